from typing import Any

import django_filters as filters
from django.db import models
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from fuel.api import measuring_shapes as shapes
from fuel.api.farm import FarmResource
from fuel.models import MeasurementBasis, Meter, MeterKind, MeterProving, MovementLimit, ReconciliationRule
from fuel.operations import meters
from fuel.operations.measurement_bases import set_measurement_basis
from fuel.operations.movement_limits import set_movement_limit
from fuel.operations.reconciliation_rules import set_reconciliation_rule
from fuel.rules import CALIBRATORS
from registry.api.resources import TrackedResource
from registry.filters import CodeFilter, yes_or_no


class MeterFilter(filters.FilterSet):
    site = CodeFilter(field_name="site__code", label=_("Code of the site"))
    code = CodeFilter(field_name="code", label=_("Code"))
    kind = filters.ChoiceFilter(choices=MeterKind.choices, label=_("Kind"))
    is_open = yes_or_no(_("In use"))

    class Meta:
        model = Meter
        fields = ()


class ProvingFilter(filters.FilterSet):
    site = CodeFilter(field_name="meter__site__code", label=_("Code of the site"))
    meter = CodeFilter(field_name="meter__code", label=_("Code of the meter"))

    class Meta:
        model = MeterProving
        fields = ()


class MeasurementBasisFilter(filters.FilterSet):
    site = CodeFilter(field_name="site__code", label=_("Code of the site"))

    class Meta:
        model = MeasurementBasis
        fields = ()


class MovementLimitFilter(filters.FilterSet):
    site = CodeFilter(field_name="site__code", label=_("Code of the site"))

    class Meta:
        model = MovementLimit
        fields = ()


class ReconciliationRuleFilter(filters.FilterSet):
    site = CodeFilter(field_name="site__code", label=_("Code of the site"))
    name = CodeFilter(field_name="name", label=_("Name"))

    class Meta:
        model = ReconciliationRule
        fields = ()


class MeterResource(FarmResource, TrackedResource):
    """Meters of refuellers, hydrants and receipts."""

    model = Meter
    serializer_class = shapes.MeterSerializer
    filterset_class = MeterFilter

    def get_queryset(self) -> models.QuerySet[Any]:
        rows = super().get_queryset()
        return rows if self.action == "list" else rows.prefetch_related("provings__recorded_by")

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Any]]:
        return shapes.MeterRowSerializer if self.action == "list" else super().get_serializer_class()

    @extend_schema(request=shapes.MeterRequest, responses={201: shapes.MeterSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Enter a meter."""
        return self.enter(meters.open_meter, shapes.MeterRequest)

    @extend_schema(request=shapes.MeterChangeRequest)
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Say where a meter is mounted now, or whether it is in use."""
        return self.amend(
            meters.change_meter,
            shapes.MeterChangeRequest,
            argument="meter",
            name=lambda meter: meter.name,
            is_open=lambda meter: meter.is_open,
        )


class ProvingResource(FarmResource):
    """Provings: the factor of a meter from a moment until the next."""

    model = MeterProving
    writers = frozenset(CALIBRATORS)
    related = ("meter__site", "recorded_by")
    serializer_class = shapes.ProvingSerializer
    filterset_class = ProvingFilter

    @extend_schema(request=shapes.ProvingRequest, responses={201: shapes.ProvingSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Record a proving; what was metered before keeps its own factor."""
        return self.enter(meters.record_proving, shapes.ProvingRequest)


class MeasurementBasisResource(FarmResource, TrackedResource):
    """The standards that sites measure by, each from a day until the next."""

    model = MeasurementBasis
    serializer_class = shapes.MeasurementBasisSerializer
    filterset_class = MeasurementBasisFilter

    @extend_schema(request=shapes.MeasurementBasisRequest, responses={201: shapes.MeasurementBasisSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Set the standard that a site measures by from a day on."""
        return self.enter(set_measurement_basis, shapes.MeasurementBasisRequest)


class MovementLimitResource(FarmResource, TrackedResource):
    """What one person may drain and sample at a site without a second one, from a day on; in kg."""

    model = MovementLimit
    serializer_class = shapes.MovementLimitSerializer
    filterset_class = MovementLimitFilter

    @extend_schema(request=shapes.MovementLimitRequest, responses={201: shapes.MovementLimitSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Set a limit from a day on."""
        return self.enter(set_movement_limit, shapes.MovementLimitRequest)


class ReconciliationRuleResource(FarmResource, TrackedResource):
    """How sites share gain and loss of their tanks and what they tolerate, each from a day until the next."""

    model = ReconciliationRule
    serializer_class = shapes.ReconciliationRuleSerializer
    filterset_class = ReconciliationRuleFilter

    @extend_schema(request=shapes.ReconciliationRuleRequest, responses={201: shapes.ReconciliationRuleSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Set how a site shares gain and loss from a day on; the rule of a name gets a new version."""
        return self.enter(set_reconciliation_rule, shapes.ReconciliationRuleRequest)
