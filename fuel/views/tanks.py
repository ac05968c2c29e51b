"""Pages of tank groups and tanks: what each tank holds by book and by its last gauge, and its strapping tables."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customs.rules import may_keep_books
from customs.views import KeepsTheBooks
from documents.kinds import kind_of
from documents.lists import table_of
from fuel.filters import TankFilter, TankGroupFilter
from fuel.forms.farm import TankChangeForm, TankForm, TankGroupChangeForm, TankGroupForm
from fuel.models import Gauge, Tank, TankGroup
from fuel.operations import tanks
from fuel.queries import contents_of_tanks
from fuel.rules import may_calibrate
from fuel.tables import StrappingTableTable, TankContentTable, TankGroupTable, TankTable
from fuel.tank_timeline import timeline_of_tank
from registry.facts import Fact, facts_of
from registry.navigation import KEEPERS_OF_MASTER_DATA, STAFF
from registry.pages import Link
from registry.timeline import Entry
from registry.views import RegisterAdd, RegisterChange, RegisterDetail, RegisterList


class TankGroupList(RegisterList):
    model = TankGroup
    title = gettext_lazy("Tank groups")
    add_label = gettext_lazy("New tank group")
    readers = KEEPERS_OF_MASTER_DATA
    filterset_class = TankGroupFilter
    table_class = TankGroupTable

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site")


class TankGroupDetail(RegisterDetail):
    model = TankGroup
    list_label = gettext_lazy("Tank groups")
    template_name = "fuel/tank_group_detail.html"
    readers = KEEPERS_OF_MASTER_DATA
    fact_names = ("site", "code", "name", "mode")

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site")

    def may_change(self) -> bool:
        return may_keep_books(self.user, self.object.site)

    def links(self) -> list[Link]:
        links = super().links()
        if links:
            new = f"{reverse('fuel:tank_add')}?group={self.object.pk}"
            links.append(Link(_("New tank"), new, icon="plus", tone="primary"))
        return links

    def context(self, **more: Any) -> dict[str, Any]:
        held = contents_of_tanks(self.object.tanks.select_related("place__site", "group", "product"))
        return super().context(tanks=TankTable(held, exclude=("site", "group", "product", "gauged_at")), **more)


class TankGroupAdd(RegisterAdd):
    model = TankGroup
    title = gettext_lazy("New tank group")
    form_class = TankGroupForm

    def form_kwargs(self) -> dict[str, Any]:
        return {"user": self.user}

    def act(self, form: Any, rows: list[dict[str, Any]]) -> TankGroup:
        return tanks.open_tank_group(**form.cleaned_data, actor=self.user, at=self.now)


class TankGroupChange(KeepsTheBooks, RegisterChange):
    model = TankGroup
    form_class = TankGroupChangeForm

    def act(self, form: Any, rows: list[dict[str, Any]]) -> TankGroup:
        return tanks.change_tank_group(group=self.object, **form.cleaned_data, actor=self.user, at=self.now)


class TankList(RegisterList):
    title = gettext_lazy("Tanks")
    add_label = gettext_lazy("New tank")
    readers = KEEPERS_OF_MASTER_DATA
    model = Tank
    filterset_class = TankFilter
    table_class = TankTable

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("place__site", "group", "product")

    def rows(self, filterset: Any) -> Any:
        return contents_of_tanks(super().rows(filterset))


class TankDetail(RegisterDetail):
    model = Tank
    list_label = gettext_lazy("Tanks")
    readers = KEEPERS_OF_MASTER_DATA
    template_name = "fuel/tank_detail.html"

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("place__site", "group", "product")

    def facts(self) -> list[Fact]:
        place = self.object.place
        return [
            *facts_of(place, "site", "name"),
            *facts_of(self.object, "place", "group", "product", "customs_status", "safe_fill_m3", "is_slop"),
            Fact(_("In use"), _("Yes") if place.is_open else _("No")),
        ]

    def may_change(self) -> bool:
        return may_keep_books(self.user, self.object.site)

    def links(self) -> list[Link]:
        links = super().links()
        if may_calibrate(self.user, self.object.site):
            load = reverse("fuel:tank_load_strapping", args=[self.object.pk])
            links.append(Link(_("Load a strapping table"), load, icon="file-upload"))
        return links

    def timeline(self) -> list[Entry]:
        return timeline_of_tank(self.object)

    def context(self, **more: Any) -> dict[str, Any]:
        (contents,) = contents_of_tanks([self.object])
        strapping = StrappingTableTable(self.object.strapping_tables.select_related("loaded_by"))
        shown = {"contents": contents, "strapping": strapping, **more}
        if self.roles & STAFF:
            gauges = self.object.gauges.filter(is_void=False).select_related("site", "tank__place", "prepared_by")
            latest = gauges.order_by("-gauged_at")[:10]
            shown |= {
                "by_lot": TankContentTable(contents.lots),
                "gauges": table_of(kind_of(Gauge))(
                    latest, orderable=False, exclude=("site", "tank", "is_void", "prepared_by")
                ),
            }
        return super().context(**shown)


class TankAdd(RegisterAdd):
    model = Tank
    title = gettext_lazy("New tank")
    form_class = TankForm

    def form_kwargs(self) -> dict[str, Any]:
        return {"user": self.user}

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Tank:
        return tanks.open_tank(**form.cleaned_data, actor=self.user, at=self.now)


class TankChange(KeepsTheBooks, RegisterChange):
    model = Tank
    form_class = TankChangeForm

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("place__site", "group")

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Tank:
        return tanks.change_tank(tank=self.object, **form.cleaned_data, actor=self.user, at=self.now)
