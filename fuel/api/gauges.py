from typing import Any

import django_filters as filters
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from documents.api.asked import OptionalReasonAsked, ReasonAsked
from documents.api.documents import act
from documents.api.filters import CodeFilter, DocumentFilter
from fuel.api import gauge_shapes as shapes
from fuel.api.documents import DocumentResource
from fuel.models import Gauge, GaugePurpose, ReconciliationState, TankReconciliation
from fuel.operations import gauges, reconciliation, reversals
from registry.filters import yes_or_no


class GaugeFilter(DocumentFilter):
    tank = CodeFilter(field_name="tank__place__code", label=_("Code of the tank"))
    purpose = filters.ChoiceFilter(choices=GaugePurpose.choices, label=_("Purpose"))
    is_void = yes_or_no(_("Void"))

    class Meta:
        model = Gauge
        fields = ()


class TankReconciliationFilter(DocumentFilter):
    state = filters.MultipleChoiceFilter(choices=ReconciliationState.choices, label=_("State"))
    tank = CodeFilter(field_name="tank__place__code", label=_("Code of the tank"))

    class Meta:
        model = TankReconciliation
        fields = ()


class GaugeResource(DocumentResource):
    """Tanks as they were gauged; none posts stock, and a wrong one is made void and gauged again."""

    model = Gauge
    argument = "gauge"
    serializer_class = shapes.GaugeSerializer
    row_class = shapes.GaugeRowSerializer
    filterset_class = GaugeFilter
    related = ("site", "prepared_by", "tank__place")

    @extend_schema(request=shapes.GaugeAsked, responses={201: shapes.GaugeSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Gauge a tank: what was read becomes volume and mass by the strapping table and the standard of the day."""
        return self.enter(gauges.record_gauge, shapes.GaugeAsked)

    void = act("void", gauges.void_gauge, ReasonAsked)


class TankReconciliationResource(DocumentResource):
    """Tanks held against a gauge: book, physical, gain or loss, and each duty status' share of it."""

    model = TankReconciliation
    argument = "reconciliation"
    serializer_class = shapes.TankReconciliationSerializer
    row_class = shapes.TankReconciliationRowSerializer
    filterset_class = TankReconciliationFilter
    related = ("site", "prepared_by", "tank__place", "gauge", "rule", "explained_by", "approved_by")
    lines = ("lines", "losses__lot")

    @extend_schema(request=shapes.TankReconciliationAsked, responses={201: shapes.TankReconciliationSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Hold a tank's book against a gauge; nothing is posted yet."""
        return self.enter(reconciliation.draw_up_reconciliation, shapes.TankReconciliationAsked)

    explain = act("explain", reconciliation.explain_reconciliation, shapes.ExplainAsked)
    approve = act("approve", reconciliation.approve_reconciliation, OptionalReasonAsked)
    void = act("void", reconciliation.void_reconciliation, ReasonAsked)
    reverse = act("reverse", reversals.reverse_reconciliation, ReasonAsked)
