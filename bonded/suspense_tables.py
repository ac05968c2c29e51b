"""The columns of goods in suspense and of their settlements."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bonded.tables import FITTED
from registry.columns import CodeColumn, CustomsTimeColumn, MoneyColumn, QuantityColumn
from registry.wording import money_text, name_text


def _total(name: str) -> Any:
    return lambda table: money_text(sum(getattr(row, name) for row in table.data.data))


class SuspenseTable(tables.Table):
    """Positions in suspense, the longest first; the way to settle one stands at its end."""

    lot = CodeColumn(
        accessor="lot__number",
        linkify=lambda record: reverse("ledger:lot_detail", args=[record.lot.pk]),
        verbose_name=_("Lot number"),
        footer=_("Total"),
    )
    site = CodeColumn(accessor="site__code", verbose_name=_("Site"))
    is_short = tables.Column(verbose_name=_("Against the declaration"))
    item = CodeColumn(accessor="lot__item__code", verbose_name=_("Item number"))
    name = tables.Column(
        accessor="lot__item", order_by="lot__item__name", verbose_name=_("Name"), attrs={"td": {"class": "wrap"}}
    )
    quantity = QuantityColumn(unit="unit", verbose_name=_("Quantity"))
    customs_value_cny = MoneyColumn(verbose_name=_("Customs value (CNY)"), footer=_total("customs_value_cny"))
    tax_cny = MoneyColumn(verbose_name=_("Suspended tax (CNY)"), footer=_total("tax_cny"))
    document = CodeColumn(accessor="lot__document_number", verbose_name=_("Document"))
    since = CustomsTimeColumn(verbose_name=_("In suspense since"))
    days_waiting = QuantityColumn(verbose_name=_("Days"))
    settle = tables.Column(
        empty_values=(),
        verbose_name=_("Settle"),
        orderable=False,
        exclude_from_export=True,
        attrs={"th": {"class": "act"}, "td": {"class": "act"}, "tf": {"class": "act"}},
        linkify=lambda record: reverse("bonded:suspense_settle", args=[record.lot.pk]),
    )

    class Meta:
        attrs = FITTED
        caption = _("Goods in suspense")
        empty_text = _("Nothing is in suspense that matches what you asked for.")

    def render_name(self, value: Any) -> str:
        return name_text(value)

    def value_name(self, value: Any) -> str:
        return name_text(value)

    def render_is_short(self, record: Any) -> str:
        return str(_("Short") if record.is_short else _("Over"))

    def value_is_short(self, record: Any) -> str:
        return self.render_is_short(record)

    def render_settle(self) -> str:
        return str(_("Settle"))
