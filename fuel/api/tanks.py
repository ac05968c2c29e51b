from collections.abc import Sequence
from typing import Any

import django_filters as filters
from django.db import models
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from fuel.api import tank_shapes as shapes
from fuel.api.farm import FarmResource
from fuel.models import StrappingTable, Tank, TankGroup, TankMode
from fuel.models.tickets import DUTY_STATUSES
from fuel.operations import tanks
from fuel.operations.strapping import load_strapping_table
from fuel.queries import contents_of_tanks
from fuel.rules import CALIBRATORS
from fuel.tank_timeline import timeline_of_tank
from registry.api.resources import TrackedResource
from registry.api.serializers import HistoryEntrySerializer
from registry.filters import CodeFilter, yes_or_no


class TankGroupFilter(filters.FilterSet):
    site = CodeFilter(field_name="site__code", label=_("Code of the site"))
    code = CodeFilter(field_name="code", label=_("Code"))
    mode = filters.ChoiceFilter(choices=TankMode.choices, label=_("Mode"))

    class Meta:
        model = TankGroup
        fields = ()


class TankFilter(filters.FilterSet):
    site = CodeFilter(field_name="place__site__code", label=_("Code of the site"))
    group = CodeFilter(field_name="group__code", label=_("Code of the tank group"))
    code = CodeFilter(field_name="place__code", label=_("Code"))
    customs_status = filters.ChoiceFilter(choices=DUTY_STATUSES, label=_("Duty status"))
    is_open = yes_or_no(_("In use"), field_name="place__is_open")

    class Meta:
        model = Tank
        fields = ()


class StrappingTableFilter(filters.FilterSet):
    site = CodeFilter(field_name="tank__place__site__code", label=_("Code of the site"))
    tank = CodeFilter(field_name="tank__place__code", label=_("Code of the tank"))

    class Meta:
        model = StrappingTable
        fields = ()


class TankGroupResource(FarmResource, TrackedResource):
    """Tanks that are run alike: a duty status to each tank, or statuses that share the tanks by book."""

    model = TankGroup
    serializer_class = shapes.TankGroupSerializer
    filterset_class = TankGroupFilter

    @extend_schema(request=shapes.TankGroupRequest, responses={201: shapes.TankGroupSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Enter a tank group."""
        return self.enter(tanks.open_tank_group, shapes.TankGroupRequest)

    @extend_schema(request=shapes.TankGroupChangeRequest)
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Give a tank group another name."""
        return self.amend(
            tanks.change_tank_group, shapes.TankGroupChangeRequest, argument="group", name=lambda group: group.name
        )


class TankResource(FarmResource, TrackedResource):
    """Tanks with what they hold by book now and by their last gauge."""

    model = Tank
    related = ("place__site", "group", "product")
    serializer_class = shapes.TankSerializer
    filterset_class = TankFilter

    def add_figures(self, rows: Sequence[Any]) -> None:
        for tank, contents in zip(rows, contents_of_tanks(rows), strict=True):
            tank.contents = contents

    @extend_schema(request=shapes.TankRequest, responses={201: shapes.TankSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Open a tank, with its place in the ledger."""
        return self.enter(tanks.open_tank, shapes.TankRequest)

    @extend_schema(request=shapes.TankChangeRequest)
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change a tank's name or safe fill, take it out of use or into use again."""
        return self.amend(
            tanks.change_tank,
            shapes.TankChangeRequest,
            argument="tank",
            name=lambda tank: tank.place.name,
            safe_fill_m3=lambda tank: tank.safe_fill_m3,
            is_open=lambda tank: tank.place.is_open,
        )

    @extend_schema(responses=HistoryEntrySerializer(many=True), filters=False)
    @action(detail=True, pagination_class=None, filter_backends=[])
    def history(self, request: Request, *args: Any, **kwargs: Any) -> Response:  # type: ignore[override]
        """Tell the life of one tank and of its place, newest first."""
        return Response(HistoryEntrySerializer(timeline_of_tank(self.get_object()), many=True).data)


class StrappingTableResource(FarmResource):
    """Calibrations of tanks; never changed once loaded, a new one is a new version."""

    model = StrappingTable
    writers = frozenset(CALIBRATORS)
    related = ("tank__place__site", "loaded_by")
    serializer_class = shapes.StrappingTableSerializer
    filterset_class = StrappingTableFilter

    def get_queryset(self) -> models.QuerySet[Any]:
        rows = super().get_queryset()
        return rows if self.action == "list" else rows.prefetch_related("rows")

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Any]]:
        return shapes.StrappingTableRowSerializer if self.action == "list" else super().get_serializer_class()

    @extend_schema(
        request=shapes.StrappingTableRequest,
        responses={200: shapes.StrappingTableSerializer, 201: shapes.StrappingTableSerializer},
    )
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Load a tank's calibration as a new version; the same one again is answered with the first, and 200."""
        self.require_may_write()
        table = load_strapping_table(**self.asked(shapes.StrappingTableRequest))
        is_new = table.loaded_at == self.now
        return self.answer(table, code=status.HTTP_201_CREATED if is_new else status.HTTP_200_OK)
