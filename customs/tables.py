"""The columns of customs' lists."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from customs.models import Regime
from registry.columns import (
    CodeColumn,
    CustomsTimeColumn,
    LocalTimeColumn,
    MoneyColumn,
    PercentColumn,
    QuantityColumn,
    YesColumn,
)
from registry.wording import money_text


class AccountBookTable(tables.Table):
    """Books, each with what it suspends."""

    number = CodeColumn(
        accessor="book__number",
        linkify=lambda record: record.book.get_absolute_url(),
        verbose_name=_("Number"),
    )
    site = CodeColumn(accessor="book__site__code", verbose_name=_("Site"))
    kind = tables.Column(accessor="book__get_kind_display", verbose_name=_("Kind"))
    holder = tables.Column(accessor="book__holder__name", verbose_name=_("Holder"), attrs={"td": {"class": "wrap"}})
    guarantee = CodeColumn(accessor="book__guarantee__number", verbose_name=_("Guarantee"))
    suspended_tax_cny = MoneyColumn(verbose_name=_("Suspended tax (CNY)"))
    closed_date = LocalTimeColumn(accessor="book__closed_date", verbose_name=_("Closed"))

    class Meta:
        caption = _("Account books")
        empty_text = _("No account book matches what you asked for.")


def _sum_of(name: str) -> Any:
    return lambda table: money_text(sum(getattr(row, name) for row in table.data.data))


class ReadingTable(tables.Table):
    """What a book says of each item."""

    item = CodeColumn(
        accessor="item__code", linkify=lambda record: record.item.get_absolute_url(), verbose_name=_("Item number")
    )
    name = tables.Column(accessor="item__name", verbose_name=_("Name"), attrs={"td": {"class": "wrap"}})
    actual_increase = QuantityColumn(unit="unit__symbol", verbose_name=_("Actual increase"))
    actual_decrease = QuantityColumn(unit="unit__symbol", verbose_name=_("Actual decrease"))
    pre_decrease = QuantityColumn(unit="unit__symbol", verbose_name=_("Pre-decrease"))
    available = QuantityColumn(unit="unit__symbol", verbose_name=_("Available"))
    customs_value_cny = MoneyColumn(verbose_name=_("Customs value (CNY)"), footer=_sum_of("customs_value_cny"))
    tax_cny = MoneyColumn(verbose_name=_("Suspended tax (CNY)"), footer=_sum_of("tax_cny"))
    net_mass_kg = QuantityColumn(verbose_name=_("Net mass (kg)"))

    class Meta:
        caption = _("Readings of the account book")
        empty_text = _("The book has held nothing yet that matches what you asked for.")


class GuaranteeTable(tables.Table):
    """Guarantees, each with what stands under it."""

    number = CodeColumn(
        accessor="guarantee__number",
        linkify=lambda record: record.guarantee.get_absolute_url(),
        verbose_name=_("Number"),
    )
    site = CodeColumn(accessor="guarantee__site__code", verbose_name=_("Site"))
    guarantor = tables.Column(
        accessor="guarantee__guarantor", verbose_name=_("Guarantor"), attrs={"td": {"class": "wrap"}}
    )
    limit_cny = MoneyColumn(accessor="guarantee__limit_cny", verbose_name=_("Limit (CNY)"))
    used_cny = MoneyColumn(verbose_name=_("Used (CNY)"))
    free_cny = MoneyColumn(verbose_name=_("Free (CNY)"))
    used_share = PercentColumn(verbose_name=_("Used share"))

    class Meta:
        caption = _("Guarantees")
        empty_text = _("No guarantee matches what you asked for.")


class RegimeTable(tables.Table):
    code = tables.Column(linkify=True)
    storage_limit_months = QuantityColumn()
    extension_months = QuantityColumn()
    takes_guarantee = YesColumn()
    weighing_tolerance = PercentColumn()
    loss_tolerance = PercentColumn()
    allows_batch_declaration = YesColumn()
    lot_identification = tables.Column()
    declaration_number_form = CodeColumn()

    class Meta:
        model = Regime
        fields = ()
        caption = _("Regimes")
        empty_text = _("There is no regime.")


class PeriodTable(tables.Table):
    """Sites, each with its last closed period, if any."""

    site = CodeColumn(
        accessor="site__code",
        linkify=lambda record: reverse("customs:period_detail", args=[record.site.pk]),
        verbose_name=_("Site"),
    )
    name = tables.Column(accessor="site__name", verbose_name=_("Name"), attrs={"td": {"class": "wrap"}})
    regime = tables.Column(accessor="site__get_regime_display", verbose_name=_("Regime"))
    closed_through_date = LocalTimeColumn(accessor="period__closed_through_date", verbose_name=_("Closed through"))
    closed_at = CustomsTimeColumn(accessor="period__closed_at", verbose_name=_("Closed at"))
    closed_by = tables.Column(accessor="period__closed_by", verbose_name=_("Closed by"))

    class Meta:
        caption = _("Periods")
        empty_text = _("No site matches what you asked for.")
