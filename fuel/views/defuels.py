"""Pages of defuels: fuel that came back, and what quality decides on it."""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fuel.consignment_tables import DrawTable
from fuel.filters import DefuelFilter
from fuel.models import Defuel
from fuel.operations import defuels
from fuel.ticket_tables import DefuelTable
from fuel.views.documents import DocumentAct, DocumentDetail, DocumentList
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
        "remark",
    )

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site__zone", "ticket", "tank__place", "prepared_by", "decided_by")

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
        return defuels.send_defuel_to_slops(
            defuel=self.object, reason=form.cleaned_data["reason"], actor=self.user, at=self.now
        )
