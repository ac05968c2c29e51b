"""Pages of tanks: what each holds by book and by its last gauge."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fuel.filters import TankFilter
from fuel.models import Tank
from fuel.queries import contents_of_tanks
from fuel.tables import GaugeTable, TankContentTable, TankTable
from registry.navigation import STAFF
from registry.pages import DetailPage, Link, ListPage
from registry.timeline import Entry, timeline_of


class TankList(ListPage):
    title = gettext_lazy("Tanks")
    readers = STAFF
    model = Tank
    filterset_class = TankFilter
    table_class = TankTable

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("place__site", "group", "product")

    def rows(self, filterset: Any) -> Any:
        return contents_of_tanks(super().rows(filterset))


class TankDetail(DetailPage):
    readers = STAFF
    model = Tank
    template_name = "fuel/tank_detail.html"
    fact_names = ("place", "group", "product", "customs_status", "safe_fill_m3")

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("place__site", "group", "product")

    def back(self) -> Link:
        return Link(_("Tanks"), reverse("fuel:tank_list"))

    def timeline(self) -> list[Entry]:
        return timeline_of(self.object)

    def context(self, **more: Any) -> dict[str, Any]:
        (contents,) = contents_of_tanks([self.object])
        gauges = self.object.gauges.filter(is_void=False).select_related("site", "tank__place", "prepared_by")
        latest = gauges.order_by("-gauged_at")[:10]
        return super().context(
            contents=contents,
            by_lot=TankContentTable(contents.lots),
            gauges=GaugeTable(latest, orderable=False, exclude=("site", "tank", "is_void", "prepared_by")),
            **more,
        )
