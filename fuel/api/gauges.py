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
from fuel.models import ReconciliationState, TankReconciliation
from fuel.operations import reconciliation, reversals


class TankReconciliationFilter(DocumentFilter):
    state = filters.MultipleChoiceFilter(choices=ReconciliationState.choices, label=_("State"))
    tank = CodeFilter(field_name="tank__place__code", label=_("Code of the tank"))

    class Meta:
        model = TankReconciliation
        fields = ()


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
