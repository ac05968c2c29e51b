"""Pages of defuels: fuel that came back, and what quality decides on it."""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.operations.documents import NotAsRequired
from fuel.consignment_tables import DrawTable
from fuel.filters import DefuelFilter
from fuel.models import Defuel, Tank
from fuel.operations import defuels
from fuel.ticket_tables import DefuelTable
from fuel.views.documents import DocumentAct, DocumentDetail, DocumentList
from registry.errors import FieldError
from registry.pages import Link
from registry.wording import quantity_text


class DefuelPage:
    model = Defuel
    kind_url = "defuel"
    list_label = gettext_lazy("Defuels")


class DefuelList(DefuelPage, DocumentList):
    """A defuel is entered from its ticket."""

    title = gettext_lazy("Defuels")
    filterset_class = DefuelFilter
    table_class = DefuelTable

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site", "ticket", "tank__place", "prepared_by")

    def links(self) -> list[Link]:
        return []


class DefuelDetail(DefuelPage, DocumentDetail):
    fact_names = (
        "site",
        "ticket",
        "tank",
        "defuelled_at",
        "litres_observed",
        "celsius",
        "density_at_base",
        "vcf",
        "litres_at_base",
        "standard",
        "base",
        "mass_in",
        "prepared_by",
        "prepared_at",
        "decided_by",
        "decided_at",
        "slop_tank",
        "remark",
    )

    def queryset(self) -> models.QuerySet[Any]:
        related = ("ticket", "tank__place", "slop_tank__place", "prepared_by", "decided_by")
        return super().queryset().select_related("site__zone", *related)

    def figures(self) -> list[dict[str, Any]]:
        return [{"label": _("Mass that came back"), "value": quantity_text(self.object.mass_kg), "unit": "kg"}]

    def tables(self) -> list[Any]:
        draws = self.object.draws.select_related("lot", "tank__place")
        return [(_("Lots restored, newest first"), DrawTable(draws))]


class DefuelRelease(DefuelPage, DocumentAct):
    act_name = "release"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Defuel:
        return defuels.release_defuel(defuel=self.object, actor=self.user, at=self.now)


class DefuelVoid(DefuelPage, DocumentAct):
    act_name = "void"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Defuel:
        return defuels.void_defuel(defuel=self.object, reason=form.cleaned_data["reason"], actor=self.user, at=self.now)


class DefuelSlop(DefuelPage, DocumentAct):
    act_name = "slop"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Defuel:
        given = form.cleaned_data
        slop_tank = self._slop_tank(given["slop_tank"]) if given["slop_tank"] else None
        return defuels.send_defuel_to_slops(
            defuel=self.object, slop_tank=slop_tank, reason=given["reason"], actor=self.user, at=self.now
        )

    def _slop_tank(self, code: str) -> Tank:
        tanks: Any = Tank.objects.filter(place__site=self.object.site, place__code=code)
        found: Tank | None = tanks.select_related("place__site", "group", "product").first()
        if found is None:
            message = _("%(place)s is no tank in use at %(site)s.") % {"place": code, "site": self.object.site.code}
            raise NotAsRequired(message, errors=[FieldError(message, field="slop_tank", figure=code)])
        return found
