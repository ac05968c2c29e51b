"""Gauges: what a tank holds by its dip, and what makes a wrong one void."""

import django_filters as filters
import django_tables2 as tables
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.kinds import Answers, Entry, Figures, Kind
from documents.offers import offer_void
from fuel.gauges import operations
from fuel.gauges.form import GaugeForm
from fuel.gauges.shapes import GaugeRequest, GaugeRowSerializer, GaugeSerializer
from fuel.models import Gauge, GaugePurpose
from registry.columns import CodeColumn, LocalTimeColumn, QuantityColumn, YesColumn
from registry.filters import CodeFilter, yes_or_no
from registry.pages import Text
from registry.wording import quantity_text


def figures(gauge: Gauge) -> Figures:
    """What the tank holds."""
    return [
        {"label": _("Gross observed volume"), "value": quantity_text(gauge.gross_observed_m3), "unit": "m³"},
        {"label": _("Gross standard volume"), "value": quantity_text(gauge.gross_standard_m3), "unit": "m³"},
        {"label": _("Mass"), "value": quantity_text(gauge.mass_kg), "unit": "kg"},
    ]


def made_void(gauge: Gauge) -> Text:
    """What is said when it was made void."""
    return _("%(number)s is void now. Gauge the tank again.") % {"number": gauge.number}


KIND = Kind(
    model=Gauge,
    path="gauges",
    title=gettext_lazy("Gauges"),
    section="fuel",
    place=280,
    icon="ruler-measure",
    entry=Entry(
        operation=operations.record_gauge,
        title=gettext_lazy("Gauge a tank"),
        form=GaugeForm,
        button=gettext_lazy("Record the gauge"),
        asked=GaugeRequest,
    ),
    offers=(offer_void(operations.void_gauge, told=made_void),),
    columns={
        "tank": CodeColumn(accessor="tank__place__code", verbose_name=gettext_lazy("Tank")),
        "purpose": tables.Column(verbose_name=gettext_lazy("Purpose")),
        "gauged_at": LocalTimeColumn(verbose_name=gettext_lazy("Gauged")),
        "dip_mm": QuantityColumn(verbose_name=gettext_lazy("Dip (mm)")),
        "water_mm": QuantityColumn(verbose_name=gettext_lazy("Water dip (mm)")),
        "gross_standard_m3": QuantityColumn(verbose_name=gettext_lazy("Gross standard volume (m³)")),
        "mass_kg": QuantityColumn(verbose_name=gettext_lazy("Mass (kg)")),
        "is_void": YesColumn(verbose_name=gettext_lazy("Void")),
    },
    sequence=("number", "site", "...", "prepared_at", "prepared_by"),
    empty_text=gettext_lazy("No gauge matches what you asked for."),
    searched=("number", "tank__place__code", "remark"),
    filters={
        "tank": CodeFilter("tank__place__code", label=gettext_lazy("Code of the tank")),
        "purpose": filters.ChoiceFilter(choices=GaugePurpose.choices, label=gettext_lazy("Purpose")),
        "is_void": yes_or_no(gettext_lazy("Void")),
    },
    folded=("tank",),
    related=("site", "prepared_by", "tank__place"),
    detail_related=("site__zone", "prepared_by", "tank__place", "strapping_table__tank__place"),
    facts=(
        *("site", "tank", "purpose", "gauged_at", "dip_mm", "water_mm", "tank_celsius", "density_reading"),
        *("sample_celsius", "instrument", "strapping_table", "total_observed_m3", "free_water_m3"),
        *("gross_observed_m3", "density_at_base", "vcf", "gross_standard_m3", "standard", "base", "mass_in"),
        *("is_void", "prepared_by", "prepared_at", "remark"),
    ),
    figures=figures,
    answers=Answers(
        whole=GaugeSerializer,
        row=GaugeRowSerializer,
        doc="Tanks as they were gauged; none posts stock, and a wrong one is made void and gauged again.",
        related=("site", "prepared_by", "tank__place"),
    ),
)
