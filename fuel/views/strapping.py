"""Pages of strapping tables: one with its rows, and loading one from a file or from pasted rows."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tables2 import RequestConfig

from fuel.forms.farm import StrappingForm
from fuel.importers import read_strapping
from fuel.models import StrappingTable, Tank
from fuel.operations.strapping import StrappingTrial, load_strapping_table, try_strapping_table
from fuel.rules import may_calibrate
from fuel.tables import StrappingRowTable
from fuel.views.imports import FilePage
from registry.navigation import KEEPERS_OF_MASTER_DATA
from registry.pages import FILES, DetailPage, Link, Text
from registry.timeline import Entry

CHARTED = 120
SAMPLED = 12
ROWS_A_PAGE = 50


class StrappingTableDetail(DetailPage):
    model = StrappingTable
    template_name = "fuel/strapping_table_detail.html"
    readers = KEEPERS_OF_MASTER_DATA
    fact_names = ("tank", "version", "valid_from_date", "certificate_number", "loaded_by", "loaded_at")

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("tank__place__site", "loaded_by")

    def get_title(self) -> Text:
        words = {"tank": self.object.tank.code, "version": self.object.version}
        return _("Strapping table of %(tank)s, version %(version)s") % words

    def back(self) -> Link:
        return Link(self.object.tank.code, self.object.tank.get_absolute_url())

    def timeline(self) -> list[Entry]:
        return [Entry(what=_("Loaded"), who=str(self.object.loaded_by), at=self.object.loaded_at)]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if write := FILES.get(request.GET.get("format", "")):
            name = f"strapping-{self.object.tank.code}-v{self.object.version}"
            return write(StrappingRowTable(self._rows()), name=name)
        return super().get(request, *args, **kwargs)

    def context(self, **more: Any) -> dict[str, Any]:
        table = StrappingRowTable(self._rows())
        RequestConfig(self.request, paginate={"per_page": ROWS_A_PAGE}).configure(table)
        figures = list(self._rows().values_list("dip_mm", "volume_m3"))
        files = {f"{kind}_query": f"format={kind}" for kind in FILES}
        return super().context(table=table, chart=chart_of(figures), **files, **more)

    def _rows(self) -> models.QuerySet[Any]:
        rows: models.QuerySet[Any] = self.object.rows.order_by("dip_mm")
        return rows


class TankLoadStrapping(FilePage):
    """A calibration is shown as it would be loaded first, and loaded when that is confirmed; a file is always shown."""

    model = Tank
    readers = KEEPERS_OF_MASTER_DATA
    form_class = StrappingForm
    template_name = "fuel/strapping_import.html"
    button = gettext_lazy("Check the table")
    trial: StrappingTrial | None = None
    shown_form: Any = None
    figures: Sequence[Any] = ()

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("place__site", "group")

    def get_title(self) -> Text:
        return _("Load a strapping table of %(tank)s") % {"tank": self.object.code}

    def back(self) -> Link:
        return Link(self.object.code, self.object.get_absolute_url())

    def may_act(self) -> bool:
        return may_calibrate(self.user, self.object.site)

    def act(self, form: Any, rows: list[dict[str, Any]]) -> StrappingTable | StrappingTrial:
        given = form.cleaned_data
        is_confirmed = "load" in self.request.POST and not given["file"]
        act = load_strapping_table if is_confirmed else try_strapping_table
        self.shown_form = form
        with self.cells_named(given["sheet"]):
            self.figures = read_strapping(given["sheet"])
            return act(
                tank=self.object,
                rows=self.figures,
                valid_from_date=given["valid_from_date"],
                certificate_number=given["certificate_number"],
                actor=self.user,
                at=self.now,
            )

    def answer(self, outcome: StrappingTable | StrappingTrial) -> HttpResponse:
        if isinstance(outcome, StrappingTable):
            return super().answer(outcome)
        self.trial = outcome
        return self.ask(self.shown_form, None)

    def success_message(self, outcome: StrappingTable) -> Text:
        words = {"tank": self.object.code, "version": outcome.version}
        return _("Version %(version)s of the strapping table of %(tank)s was loaded.") % words

    def context(self, **more: Any) -> dict[str, Any]:
        if self.trial is None:
            return super().context(**more)
        rows = [{"dip_mm": dip_mm, "volume_m3": volume_m3} for dip_mm, volume_m3 in thinned(self.figures, SAMPLED)]
        sample = StrappingRowTable(rows)
        return super().context(trial=self.trial, chart=chart_of(self.figures), sample=sample, **more)


def thinned(rows: Sequence[Any], most: int) -> list[Any]:
    """At most so many of the rows, evenly spread, with the first and the last."""
    if len(rows) <= most:
        return list(rows)
    return [rows[number * (len(rows) - 1) // (most - 1)] for number in range(most)]


def chart_of(rows: Sequence[Any]) -> dict[str, Any]:
    """The volume over the dip."""
    drawn = thinned(rows, CHARTED)
    return {
        "kind": "lines",
        "label": _("Dip (mm)"),
        "x": [f"{dip_mm.normalize():f}" for dip_mm, _volume_m3 in drawn],
        "at": [float(dip_mm) for dip_mm, _volume_m3 in drawn],
        "series": [{"label": _("Volume"), "unit": "m³", "values": [float(volume_m3) for _dip, volume_m3 in drawn]}],
    }
