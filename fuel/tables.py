"""The columns of the lists of fuel documents."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fuel.importers import STRAPPING_LABELS
from fuel.models import (
    FuelLimits,
    MeasurementBasis,
    Meter,
    MovementLimit,
    ReconciliationRule,
    StrappingTable,
    TankGroup,
)
from registry.columns import CodeColumn, LocalTimeColumn, QuantityColumn, YesColumn


class MeterTable(tables.Table):
    code = CodeColumn(linkify=True)
    site = CodeColumn(accessor="site__code", verbose_name=_("Site"))
    name = tables.Column()
    kind = tables.Column()
    digits = tables.Column()
    is_open = YesColumn(verbose_name=_("In use"))

    class Meta:
        model = Meter
        fields = ()
        caption = _("Meters")
        empty_text = _("No meter matches what you asked for.")


class ProvingTable(tables.Table):
    """The factors of a meter, newest first."""

    proved_at = LocalTimeColumn(verbose_name=_("Proved"))
    factor = QuantityColumn(verbose_name=_("Meter factor"))
    certificate_number = CodeColumn(verbose_name=_("Proving certificate"))
    recorded_by = tables.Column(accessor="recorded_by__name", verbose_name=_("Recorded by"))

    class Meta:
        caption = _("Provings")
        orderable = False


class TankTable(tables.Table):
    """Tanks with what they hold; the rows are what a query of the app answers."""

    tank = CodeColumn(
        accessor="tank__place__code", linkify=lambda record: record.tank.get_absolute_url(), verbose_name=_("Tank")
    )
    site = CodeColumn(accessor="tank__place__site__code", verbose_name=_("Site"))
    group = CodeColumn(accessor="tank__group__code", verbose_name=_("Tank group"))
    product = CodeColumn(accessor="tank__product__code", verbose_name=_("Product"))
    is_slop = YesColumn(accessor="tank__is_slop", verbose_name=_("Slop tank"))
    bonded_kg = QuantityColumn(verbose_name=_("Bonded (kg)"))
    duty_paid_kg = QuantityColumn(verbose_name=_("Duty paid (kg)"))
    blocked_kg = QuantityColumn(verbose_name=_("Of which blocked (kg)"))
    book_kg = QuantityColumn(verbose_name=_("Book (kg)"))
    gauged_kg = QuantityColumn(verbose_name=_("Last gauge (kg)"))
    gauged_at = LocalTimeColumn(accessor="gauge__gauged_at", verbose_name=_("Gauged"))

    class Meta:
        attrs = {"class": "table table-dense table-tall-head"}
        orderable = False
        caption = _("Tanks")
        empty_text = _("No tank matches what you asked for.")


class TankContentTable(tables.Table):
    lot = CodeColumn(
        accessor="lot__number",
        linkify=lambda record: reverse("ledger:lot_detail", args=[record.lot.pk]),
        verbose_name=_("Lot"),
    )
    status = tables.Column(accessor="lot__get_customs_status_display", verbose_name=_("Duty status"))
    owner = tables.Column(accessor="lot__owner__name", verbose_name=_("Supplier"))
    hold = tables.Column(verbose_name=_("Hold"))
    mass_kg = QuantityColumn(verbose_name=_("Mass (kg)"))

    class Meta:
        orderable = False
        caption = _("Lots in the tank, the oldest first")
        empty_text = _("The tank is empty by book.")


class TankGroupTable(tables.Table):
    code = CodeColumn(linkify=True)
    site = CodeColumn(accessor="site__code", verbose_name=_("Site"))
    name = tables.Column()
    mode = tables.Column()

    class Meta:
        model = TankGroup
        fields = ()
        caption = _("Tank groups")
        empty_text = _("No tank group matches what you asked for.")


class StrappingTableTable(tables.Table):
    """The versions of a tank's calibration, the newest first."""

    version = tables.Column(linkify=True)
    valid_from_date = tables.Column()
    certificate_number = CodeColumn()
    loaded_by = tables.Column(accessor="loaded_by__name", verbose_name=_("Loaded by"))

    class Meta:
        model = StrappingTable
        fields = ()
        caption = _("Strapping tables")
        orderable = False
        empty_text = _("The tank cannot be gauged before its strapping table is loaded.")


class StrappingRowTable(tables.Table):
    dip_mm = QuantityColumn(verbose_name=STRAPPING_LABELS["dip_mm"])
    volume_m3 = QuantityColumn(verbose_name=STRAPPING_LABELS["volume_m3"])

    class Meta:
        caption = _("Volume below each dip")
        orderable = False


class MeasurementBasisTable(tables.Table):
    valid_from_date = tables.Column(linkify=True)
    site = CodeColumn(accessor="site__code", verbose_name=_("Site"))
    standard = tables.Column()
    vcf_decimals = tables.Column(verbose_name=_("Decimals of the factor"))
    base = tables.Column()
    mass_in = tables.Column()
    agreed_in = tables.Column()

    class Meta:
        model = MeasurementBasis
        fields = ()
        attrs = {"class": "table table-dense table-tall-head"}
        caption = _("Measurement bases")
        empty_text = _("No measurement basis matches what you asked for.")


class FuelLimitsTable(tables.Table):
    product = CodeColumn(accessor="product__code", linkify=lambda record: record.get_absolute_url())
    site = CodeColumn(accessor="site__code", verbose_name=_("Site"))
    specification = tables.Column()
    density_base = tables.Column()
    lowest_density = QuantityColumn()
    highest_density = QuantityColumn()
    lowest_celsius = QuantityColumn()
    highest_celsius = QuantityColumn()
    largest_uplift_litres = QuantityColumn()

    class Meta:
        model = FuelLimits
        fields = ()
        attrs = {"class": "table table-dense table-tall-head"}
        caption = _("Limits of plausibility")
        empty_text = _("No limits match what you asked for.")


class ReconciliationRuleTable(tables.Table):
    name = tables.Column(linkify=True)
    version = tables.Column()
    site = CodeColumn(accessor="site__code", verbose_name=_("Site"))
    valid_from_date = tables.Column()
    split_by = tables.Column()
    all_to_status = tables.Column()
    tolerance_percent_of_issues = QuantityColumn()
    tolerance_percent_of_throughput = QuantityColumn()

    class Meta:
        model = ReconciliationRule
        fields = ()
        attrs = {"class": "table table-dense table-tall-head"}
        caption = _("Reconciliation rules")
        empty_text = _("No reconciliation rule matches what you asked for.")


class MovementLimitTable(tables.Table):
    site = CodeColumn(accessor="site__code", linkify=True, verbose_name=_("Site"))
    valid_from_date = tables.Column(linkify=True)
    drain_kg_per_act = QuantityColumn()
    drain_kg_per_day = QuantityColumn()
    sample_kg_per_act = QuantityColumn()
    sample_kg_per_day = QuantityColumn()

    class Meta:
        model = MovementLimit
        fields = ()
        attrs = {"class": "table table-dense table-tall-head"}
        caption = _("Limits of drains and samples")
        empty_text = _("No limit matches what you asked for.")


class RefusedCellTable(tables.Table):
    """Cells of a file that cannot be accepted, each with the line of the file that it stands in."""

    line = tables.Column(verbose_name=_("Row"))
    field = CodeColumn(verbose_name=_("Column"))
    figure = CodeColumn(verbose_name=_("Figure"))
    message = tables.Column(verbose_name=_("What is wrong"), attrs={"td": {"class": "wrap"}})

    class Meta:
        caption = _("Cells that cannot be accepted")
        orderable = False
