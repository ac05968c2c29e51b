"""What the lists of fuel documents can be narrowed by."""

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from customs.document_tables import DocumentFilter
from fuel.models import (
    ConsignmentState,
    FuelConsignment,
    ReconciliationState,
    TankMovement,
    TankMovementKind,
    TankReconciliation,
)
from fuel.models.tickets import DUTY_STATUSES
from registry.filters import yes_or_no


class ReconciliationFilter(DocumentFilter):
    searched = ("number", "tank__place__code", "explanation")
    state = filters.MultipleChoiceFilter(choices=ReconciliationState.choices, label=_("State"))

    class Meta:
        model = TankReconciliation
        fields = ()


class ConsignmentFilter(DocumentFilter):
    searched = ("number", "declaration_number", "bonded_note_number", "vehicles", "supplier__name", "supplier__code")
    state = filters.MultipleChoiceFilter(choices=ConsignmentState.choices, label=_("State"))
    customs_status = filters.ChoiceFilter(choices=DUTY_STATUSES, label=_("Duty status"))

    class Meta:
        model = FuelConsignment
        fields = ()


class TankMovementFilter(DocumentFilter):
    searched = ("number", "from_tank__place__code", "to_tank__place__code", "remark")
    movement = filters.ChoiceFilter(choices=TankMovementKind.choices, label=_("Movement"))
    is_reversed = yes_or_no(_("Reversed"))

    class Meta:
        model = TankMovement
        fields = ()
