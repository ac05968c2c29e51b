from typing import Any

import django_filters as filters
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from documents.api.asked import ReasonAsked
from documents.api.documents import act
from documents.api.filters import CodeFilter, DocumentFilter
from fuel.api import gauge_shapes as shapes
from fuel.api.documents import DocumentResource
from fuel.models import Gauge, GaugePurpose
from fuel.operations import gauges
from registry.filters import yes_or_no


class GaugeFilter(DocumentFilter):
    tank = CodeFilter(field_name="tank__place__code", label=_("Code of the tank"))
    purpose = filters.ChoiceFilter(choices=GaugePurpose.choices, label=_("Purpose"))
    is_void = yes_or_no(_("Void"))

    class Meta:
        model = Gauge
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
