"""The columns of the lists of warehouse documents."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ledger.columns import ExpiryColumn
from registry.columns import CodeColumn, MoneyColumn, QuantityColumn
from registry.templatetags import ui
from registry.wording import money_text, quantity_text

# Lines with many columns are as narrow as can be.
FITTED = {"class": "table table-dense table-fitted"}


def _sum(name: str, write: Any) -> Any:
    """The column's total over every row, under a column of figures that share their unit."""

    def total(table: tables.Table) -> str:
        figures = [figure for row in table.data if (figure := getattr(row, name)) is not None]
        return write(sum(figures)) if figures else ""

    return total


def _money(name: str, label: Any) -> MoneyColumn:
    return MoneyColumn(verbose_name=label, footer=_sum(name, money_text))


class ItemColumn(tables.Column):
    """An item's code, which leads to it, above its name."""

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **{"attrs": {"td": {"class": "wrap"}}, "verbose_name": _("Item"), **extra})

    def render(self, value: Any) -> str:
        name = value.name_zh if (get_language() or "").startswith("zh") and value.name_zh else value.name
        url = reverse("registry:item_detail", args=[value.pk])
        return format_html('<a class="code" href="{}">{}</a> {}', url, value.code, name)


class LotColumn(CodeColumn):
    """A lot's number, which leads to it."""

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)

    def render(self, value: Any) -> str:
        return format_html('<a href="{}">{}</a>', reverse("ledger:lot_detail", args=[value.pk]), value.number)


class LineTable(tables.Table):
    """Lines of one document, all on its page."""

    row = tables.Column(verbose_name=_("No."), footer=_("Total"))
    item = ItemColumn()

    class Meta:
        orderable = False
        attrs = FITTED


class AdmissionLineTable(LineTable):
    quantity = QuantityColumn(unit="item__unit", verbose_name=_("Declared"))
    counted_quantity = QuantityColumn(unit="item__unit", verbose_name=_("Counted"))
    packages = QuantityColumn(verbose_name=_("Packages"), footer=_sum("packages", quantity_text))
    net_mass_kg = QuantityColumn(verbose_name=_("Net mass (kg)"), footer=_sum("net_mass_kg", quantity_text))
    gross_mass_kg = QuantityColumn(verbose_name=_("Gross mass (kg)"), footer=_sum("gross_mass_kg", quantity_text))
    invoice_value = MoneyColumn(unit="currency", verbose_name=_("Invoice value"))
    terms = tables.Column(verbose_name=_("Terms"), accessor="terms")
    origin = CodeColumn(verbose_name=_("Origin"))
    expiry_date = ExpiryColumn(verbose_name=_("Expires"))
    customs_value_cny = _money("customs_value_cny", _("Customs value (CNY)"))
    duty_cny = _money("duty_cny", _("Duty (CNY)"))
    consumption_tax_cny = _money("consumption_tax_cny", _("Consumption tax (CNY)"))
    vat_cny = _money("vat_cny", _("VAT (CNY)"))
    lot = LotColumn(verbose_name=_("Lot"))
    over_lot = LotColumn(verbose_name=_("Lot found over"))

    # Columns that are left out until there is something in them.
    later = (
        "counted_quantity",
        "expiry_date",
        "customs_value_cny",
        "duty_cny",
        "consumption_tax_cny",
        "vat_cny",
        "lot",
        "over_lot",
    )

    class Meta(LineTable.Meta):
        caption = _("Lines of the admission")

    def __init__(self, data: Any, **kwargs: Any) -> None:
        super().__init__(data, **{"exclude": _empty(data, *self.later), **kwargs})

    def render_terms(self, record: Any) -> str:
        return str(record.terms)

    def render_counted_quantity(self, value: Any, record: Any) -> str:
        """What differs from the declaration is set off by more than its figure."""
        text = ui.quantity(value, str(record.item.unit))
        return text if value == record.quantity else ui.badge("warning", quantity_text(value, str(record.item.unit)))


class CountedGoodsTable(tables.Table):
    row = tables.Column(accessor="line__row", verbose_name=_("Line"))
    item = ItemColumn(accessor="line__item")
    place = CodeColumn(
        accessor="place__code", linkify=("registry:place_detail", {"pk": tables.A("place_id")}), verbose_name=_("Bin")
    )
    quantity = QuantityColumn(unit="line__item__unit", verbose_name=_("Counted quantity"))

    class Meta:
        orderable = False
        attrs = FITTED
        caption = _("Counted goods")
        empty_text = _("Nothing of it arrived.")


class UndeclaredGoodsTable(tables.Table):
    """What came with an admission and stands on no line of it."""

    row = tables.Column(verbose_name=_("No."))
    item = ItemColumn()
    place = CodeColumn(
        accessor="place__code", linkify=("registry:place_detail", {"pk": tables.A("place_id")}), verbose_name=_("Bin")
    )
    quantity = QuantityColumn(unit="item__unit", verbose_name=_("Quantity"))
    description = tables.Column(attrs={"td": {"class": "wrap"}}, verbose_name=_("Description"))
    lot = LotColumn(verbose_name=_("Lot in suspense"))

    class Meta:
        orderable = False
        attrs = FITTED
        caption = _("Undeclared goods")


class WithdrawalLineTable(LineTable):
    quantity = QuantityColumn(unit="item__unit", verbose_name=_("Quantity"))
    identification = tables.Column(verbose_name=_("Lot identification"))
    lot = LotColumn(verbose_name=_("Named lot"))
    expiry_date = ExpiryColumn(accessor="lot__expiry_date", verbose_name=_("Expires"))
    released_value_cny = _money("released_value_cny", _("Booked value (CNY)"))
    released_tax_cny = _money("released_tax_cny", _("Suspended, released (CNY)"))
    payable_cny = _money("payable_cny", _("Payable (CNY)"))

    class Meta(LineTable.Meta):
        caption = _("Lines of the withdrawal")

    def __init__(self, data: Any, **kwargs: Any) -> None:
        empty = _empty(data, "lot", "released_value_cny", "released_tax_cny", "payable_cny")
        if not any(line.lot and line.lot.expiry_date for line in data):
            empty = (*empty, "expiry_date")
        super().__init__(data, **{"exclude": empty, "show_footer": "released_value_cny" not in empty, **kwargs})


class PickTable(tables.Table):
    """What is taken from which lot and bin, what it releases, and what is payable on it."""

    row = tables.Column(accessor="line__row", verbose_name=_("Line"), footer=_("Total"))
    place = CodeColumn(
        accessor="place__code", linkify=("registry:place_detail", {"pk": tables.A("place_id")}), verbose_name=_("Bin")
    )
    lot = LotColumn(verbose_name=_("Lot"))
    expiry_date = ExpiryColumn(accessor="lot__expiry_date", verbose_name=_("Expires"))
    item = ItemColumn(accessor="line__item")
    quantity = QuantityColumn(unit="line__item__unit", verbose_name=_("Quantity"))
    net_mass_kg = QuantityColumn(verbose_name=_("Net mass (kg)"), footer=_sum("net_mass_kg", quantity_text))
    released_value_cny = _money("released_value_cny", _("Booked value (CNY)"))
    released_tax_cny = _money("released_tax_cny", _("Suspended, released (CNY)"))
    customs_value_cny = _money("customs_value_cny", _("Customs value (CNY)"))
    duty_cny = _money("duty_cny", _("Duty payable (CNY)"))
    consumption_tax_cny = _money("consumption_tax_cny", _("Consumption tax payable (CNY)"))
    vat_cny = _money("vat_cny", _("VAT payable (CNY)"))

    class Meta:
        orderable = False
        attrs = FITTED
        caption = _("Picks of the withdrawal")

    def __init__(self, data: Any, **kwargs: Any) -> None:
        empty = _empty(data, "customs_value_cny", "duty_cny", "consumption_tax_cny", "vat_cny")
        if not any(pick.lot.expiry_date for pick in data):
            empty = (*empty, "expiry_date")
        super().__init__(data, **{"exclude": empty, **kwargs})


class BlindSheetTable(tables.Table):
    """What is to be counted, without any figure."""

    row = tables.Column(verbose_name=_("No."))
    place = CodeColumn(accessor="place__code", verbose_name=_("Bin"))
    item = ItemColumn()
    unit = tables.Column(accessor="item__unit", verbose_name=_("Unit"))

    class Meta:
        orderable = False
        attrs = FITTED
        caption = _("Sheet of the stock count")
        empty_text = _("The ledger has nothing of this account book in these bins.")


class StockCountLineTable(BlindSheetTable):
    """The lines once they are settled: the ledger's figure beside what was counted."""

    expected_quantity = QuantityColumn(unit="item__unit", verbose_name=_("In the ledger"))
    counted_quantity = QuantityColumn(unit="item__unit", verbose_name=_("First count"))
    counted_by = tables.Column(verbose_name=_("Counted by"))
    recounted_quantity = QuantityColumn(unit="item__unit", verbose_name=_("Second count"))
    recounted_by = tables.Column(verbose_name=_("Recounted by"))

    class Meta(BlindSheetTable.Meta):
        exclude = ("unit",)
        caption = _("Lines of the stock count")


class VarianceTable(tables.Table):
    """Shortages and overages, gross."""

    row = tables.Column(accessor="line__row", verbose_name=_("Line"), footer=_("Total"))
    place = CodeColumn(accessor="line__place__code", verbose_name=_("Bin"))
    item = ItemColumn(accessor="line__item")
    lot = LotColumn(verbose_name=_("Lot"))
    quantity = QuantityColumn(unit="line__item__unit", verbose_name=_("Difference"))
    customs_value_cny = _money("customs_value_cny", _("Customs value (CNY)"))
    tax_cny = _money("tax_cny", _("Tax due (CNY)"))

    class Meta:
        orderable = False
        attrs = FITTED
        caption = _("Shortage and overage")


def _empty(rows: Any, *names: str) -> tuple[str, ...]:
    """The columns that say nothing on any row."""
    return tuple(name for name in names if all(getattr(row, name) is None for row in rows))
