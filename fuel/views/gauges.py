"""Pages of gauges."""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fuel.filters import GaugeFilter
from fuel.forms.gauges import GaugeForm
from fuel.models import Gauge
from fuel.operations import gauges
from fuel.tables import GaugeTable
from fuel.views.documents import DocumentAct, DocumentDetail, DocumentFormPage, DocumentList
from registry.pages import Text
from registry.wording import quantity_text


class GaugePage:
    model = Gauge
    kind_url = "gauge"
    list_label = gettext_lazy("Gauges")


class GaugeList(GaugePage, DocumentList):
    title = gettext_lazy("Gauges")
    add_label = gettext_lazy("Gauge a tank")
    filterset_class = GaugeFilter
    table_class = GaugeTable

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site", "tank__place", "prepared_by")


class GaugeDetail(GaugePage, DocumentDetail):
    fact_names = (
        "site",
        "tank",
        "purpose",
        "gauged_at",
        "dip_mm",
        "water_mm",
        "tank_celsius",
        "density_reading",
        "sample_celsius",
        "instrument",
        "strapping_table",
        "total_observed_m3",
        "free_water_m3",
        "gross_observed_m3",
        "density_at_base",
        "vcf",
        "gross_standard_m3",
        "standard",
        "base",
        "mass_in",
        "is_void",
        "prepared_by",
        "prepared_at",
        "remark",
    )

    def queryset(self) -> models.QuerySet[Any]:
        return (
            super()
            .queryset()
            .select_related("site__zone", "tank__place", "strapping_table__tank__place", "prepared_by")
        )

    def figures(self) -> list[dict[str, Any]]:
        one = self.object
        return [
            {"label": _("Gross observed volume"), "value": quantity_text(one.gross_observed_m3), "unit": "m³"},
            {"label": _("Gross standard volume"), "value": quantity_text(one.gross_standard_m3), "unit": "m³"},
            {"label": _("Mass"), "value": quantity_text(one.mass_kg), "unit": "kg"},
        ]


class GaugeAdd(GaugePage, DocumentFormPage):
    model = None  # type: ignore[assignment]
    title = gettext_lazy("Gauge a tank")
    template_name = "registry/act_page.html"
    form_class = GaugeForm
    button = gettext_lazy("Record the gauge")

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Gauge:
        given = dict(form.cleaned_data)
        given["gauged_at"] = given["gauged_at"] or self.now
        return gauges.record_gauge(**given, actor=self.user, at=self.now, request_key=self.request_key)


class GaugeVoid(GaugePage, DocumentAct):
    act_name = "void"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Gauge:
        return gauges.void_gauge(gauge=self.object, reason=form.cleaned_data["reason"], actor=self.user, at=self.now)

    def success_message(self, outcome: Gauge) -> Text:
        return _("%(number)s is void now. Gauge the tank again.") % {"number": outcome.number}
