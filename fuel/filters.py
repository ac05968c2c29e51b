"""What the lists of fuel documents can be narrowed by."""

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from customs.document_tables import DocumentFilter
from fuel.models import ReconciliationState, TankReconciliation


class ReconciliationFilter(DocumentFilter):
    searched = ("number", "tank__place__code", "explanation")
    state = filters.MultipleChoiceFilter(choices=ReconciliationState.choices, label=_("State"))

    class Meta:
        model = TankReconciliation
        fields = ()
