"""What the lists of fuel documents can be narrowed by."""

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from customs.document_tables import DocumentFilter
from fuel.models import (
    ConsignmentState,
    FuelConsignment,
    Gauge,
    GaugePurpose,
    ReconciliationState,
    Tank,
    TankMovement,
    TankMovementKind,
    TankReconciliation,
)
from fuel.models.tickets import DUTY_STATUSES
from registry.filters import SearchFilterSet, visible_sites, yes_or_no


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


class GaugeFilter(DocumentFilter):
    searched = ("number", "tank__place__code", "remark")
    purpose = filters.ChoiceFilter(choices=GaugePurpose.choices, label=_("Purpose"))
    is_void = yes_or_no(_("Void"))

    class Meta:
        model = Gauge
        fields = ()


class TankFilter(SearchFilterSet):
    searched = ("place__code", "place__name", "group__code")
    site = filters.ModelChoiceFilter("place__site", queryset=visible_sites, label=_("Site"))

    class Meta:
        model = Tank
        fields = ()
