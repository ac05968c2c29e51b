"""The figures that an acceptance would fix, line by line."""

from typing import Any

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from bonded.tables import FITTED, ItemColumn, LotColumn
from registry.columns import CodeColumn, LocalTimeColumn, MoneyColumn, PercentColumn, PriceColumn, QuantityColumn
from registry.wording import money_text


def _money(name: str, label: Any) -> MoneyColumn:
    def total(table: tables.Table) -> str:
        figures = [figure for row in table.data if (figure := getattr(row, name)) is not None]
        return money_text(sum(figures)) if figures else ""

    return MoneyColumn(verbose_name=label, footer=total)


class RatesTable(tables.Table):
    """Rates and amounts of an assessment."""

    duty_rate = PercentColumn(verbose_name=_("Duty rate"))
    consumption_tax_rate = PercentColumn(verbose_name=_("Consumption tax rate"))
    consumption_tax_cny_per_unit = PriceColumn(verbose_name=_("Consumption tax (CNY per unit)"))
    vat_rate = PercentColumn(verbose_name=_("VAT rate"))
    customs_value_cny = _money("customs_value_cny", _("Customs value (CNY)"))
    duty_cny = _money("duty_cny", _("Duty (CNY)"))
    consumption_tax_cny = _money("consumption_tax_cny", _("Consumption tax (CNY)"))
    vat_cny = _money("vat_cny", _("VAT (CNY)"))
    tax_cny = _money("tax_cny", _("Duty and tax (CNY)"))

    class Meta:
        orderable = False
        attrs = FITTED

    def __init__(self, data: Any, **kwargs: Any) -> None:
        # A specific or ad valorem consumption tax is on few goods.
        names = ("consumption_tax_rate", "consumption_tax_cny_per_unit")
        empty = tuple(name for name in names if not any(getattr(row, name) for row in data))
        super().__init__(data, **{"exclude": empty, **kwargs})


class AdmissionTaxTable(RatesTable):
    """What an acceptance fixes of each line; what is declared of it stands in a table above. Both fit a page so."""

    item = CodeColumn(accessor="item__code", verbose_name=_("Item number"), footer=_("Total"))

    class Meta(RatesTable.Meta):
        caption = _("What acceptance fixes")
        sequence = ("item", "...")


class AdmissionDeclaredTable(tables.Table):
    """What an admission declares of each line, with the exchange rate that counts."""

    row = tables.Column(verbose_name=_("No."))
    item = ItemColumn()
    hs_code = CodeColumn(accessor="item__tariff_code", verbose_name=_("HS code"))
    origin = CodeColumn(verbose_name=_("Origin"))
    quantity = QuantityColumn(unit="item__unit", verbose_name=_("Declared"))
    invoice_value = MoneyColumn(unit="currency", verbose_name=_("Invoice value"))
    terms = tables.Column(accessor="terms", verbose_name=_("Terms"))
    freight = MoneyColumn(unit="currency", verbose_name=_("Freight"))
    insurance_rate = PercentColumn(verbose_name=_("Insurance rate"))
    exchange_rate_cny_per_unit = PriceColumn(verbose_name=_("Exchange rate (CNY)"))
    exchange_rate_date = LocalTimeColumn(verbose_name=_("Rate date"))

    class Meta:
        orderable = False
        attrs = FITTED
        caption = _("Lines of the admission")

    def render_terms(self, record: Any) -> str:
        return str(record.terms)


class WithdrawalPreviewTable(RatesTable):
    row = tables.Column(accessor="line__row", verbose_name=_("Line"), footer=_("Total"))
    item = ItemColumn(accessor="line__item")
    hs_code = CodeColumn(accessor="lot__tariff_code", verbose_name=_("HS code"))
    lot = LotColumn(verbose_name=_("Lot"))
    quantity = QuantityColumn(unit="line__item__unit", verbose_name=_("Quantity"))
    released_value_cny = _money("released_value_cny", _("Booked value (CNY)"))
    released_tax_cny = _money("released_tax_cny", _("Suspended, released (CNY)"))

    class Meta(RatesTable.Meta):
        caption = _("What acceptance fixes")
        exclude = ("customs_value_cny",)
        sequence = ("row", "item", "hs_code", "lot", "quantity", "released_value_cny", "released_tax_cny", "...")

    exclude: Any

    def __init__(self, data: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if not any(row.tax_cny for row in data):
            rates = ("duty_rate", "vat_rate", "duty_cny", "consumption_tax_cny", "vat_cny", "tax_cny")
            self.exclude = (*self.exclude, *rates)
