"""The tables of a consignment: what came into each tank, and what was decided on the difference."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from documents.tables import WITH_TALL_HEAD
from registry.columns import CodeColumn, LocalTimeColumn, MoneyColumn, QuantityColumn


class ReceiptTable(tables.Table):
    """What came into each tank, and how it was measured."""

    tank = CodeColumn(accessor="tank__place__code", verbose_name=_("Tank"))
    gauge_before = CodeColumn(accessor="gauge_before__number", verbose_name=_("Gauge before"))
    gauge_after = CodeColumn(accessor="gauge_after__number", verbose_name=_("Gauge after"))
    meter = CodeColumn(accessor="meter__code", verbose_name=_("Meter"))
    litres_observed = QuantityColumn(verbose_name=_("Litres observed"))
    celsius = QuantityColumn(verbose_name=_("°C"))
    density_at_base = QuantityColumn(verbose_name=_("Density at base (kg/m³)"))
    vcf = QuantityColumn(verbose_name=_("Volume correction factor"))
    litres_at_base = QuantityColumn(verbose_name=_("Litres at base"))
    mass_kg = QuantityColumn(verbose_name=_("Mass (kg)"))
    standard = tables.Column(verbose_name=_("Standard"), attrs={"td": {"class": "wrap"}})

    class Meta:
        caption = _("Receipts by tank")
        attrs = WITH_TALL_HEAD
        orderable = False


class TransportLossTable(tables.Table):
    """What was lost on the way, and the tax payable on what is beyond the tolerance."""

    missing_mass_kg = QuantityColumn(verbose_name=_("Missing (kg)"))
    tolerated_mass_kg = QuantityColumn(verbose_name=_("Tolerated (kg)"))
    taxed_mass_kg = QuantityColumn(verbose_name=_("Beyond the tolerance (kg)"))
    customs_value_cny = MoneyColumn(verbose_name=_("Customs value (CNY)"))
    duty_cny = MoneyColumn(verbose_name=_("Duty (CNY)"))
    consumption_tax_cny = MoneyColumn(verbose_name=_("Consumption tax (CNY)"))
    vat_cny = MoneyColumn(verbose_name=_("VAT (CNY)"))
    tax_cny = MoneyColumn(verbose_name=_("Tax payable (CNY)"))
    rates_date = tables.DateColumn(verbose_name=_("Rates as of"))
    decided_by = tables.Column(verbose_name=_("Approved by"))
    decided_at = LocalTimeColumn(verbose_name=_("Approved"))

    class Meta:
        caption = _("Transport loss beyond the tolerance")
        attrs = WITH_TALL_HEAD
        orderable = False


class OverDeliveryTable(tables.Table):
    """What was decided on fuel that came over the document."""

    outcome = tables.Column(verbose_name=_("Outcome"))
    mass_kg = QuantityColumn(verbose_name=_("Mass (kg)"))
    reference = CodeColumn(verbose_name=_("Declaration or paper"))
    lot = CodeColumn(accessor="lot__number", verbose_name=_("Lot admitted"))
    customs_value_cny = MoneyColumn(verbose_name=_("Customs value (CNY)"))
    duty_cny = MoneyColumn(verbose_name=_("Duty (CNY)"))
    consumption_tax_cny = MoneyColumn(verbose_name=_("Consumption tax (CNY)"))
    vat_cny = MoneyColumn(verbose_name=_("VAT (CNY)"))
    tax_cny = MoneyColumn(verbose_name=_("Suspended duty and tax (CNY)"))
    rates_date = tables.DateColumn(verbose_name=_("Rates as of"))
    happened_at = LocalTimeColumn(verbose_name=_("Occurred"))
    decided_by = tables.Column(verbose_name=_("Decided by"))

    class Meta:
        caption = _("Over-deliveries")
        attrs = WITH_TALL_HEAD
        orderable = False
