"""The columns of the lists of warehouse documents."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from registry.columns import CodeColumn, LocalTimeColumn, MoneyColumn, QuantityColumn, StatusColumn


class DocumentTable(tables.Table):
    """What every list of documents begins with."""

    number = CodeColumn(linkify=True, verbose_name=_("Number"))
    site = tables.Column(accessor="site__code", verbose_name=_("Site"))
    prepared_at = LocalTimeColumn(verbose_name=_("Prepared"))
    prepared_by = tables.Column(accessor="prepared_by__name", verbose_name=_("By"))


class AdmissionTable(DocumentTable):
    state = StatusColumn(verbose_name=_("State"))
    source = tables.Column(verbose_name=_("Source"))
    owner = tables.Column(accessor="owner__name", verbose_name=_("Goods owner"))
    book = CodeColumn(accessor="book__number", verbose_name=_("Account book"))
    line_count = QuantityColumn(verbose_name=_("Lines"))
    tax_cny = MoneyColumn(verbose_name=_("Suspended (CNY)"))

    class Meta:
        sequence = ("number", "state", "site", "source", "owner", "book", "line_count", "tax_cny", "...")
        caption = _("Admissions")
        empty_text = _("No admission matches what you asked for.")


class WithdrawalTable(DocumentTable):
    state = StatusColumn(verbose_name=_("State"))
    purpose = tables.Column(verbose_name=_("Purpose"))
    owner = tables.Column(accessor="owner__name", verbose_name=_("Goods owner"))
    book = CodeColumn(accessor="book__number", verbose_name=_("Account book"))
    line_count = QuantityColumn(verbose_name=_("Lines"))
    tax_cny = MoneyColumn(verbose_name=_("Payable (CNY)"))

    class Meta:
        sequence = ("number", "state", "site", "purpose", "owner", "book", "line_count", "tax_cny", "...")
        caption = _("Withdrawals")
        empty_text = _("No withdrawal matches what you asked for.")


class RelocationTable(DocumentTable):
    occurred_at = LocalTimeColumn(verbose_name=_("Moved"))
    line_count = QuantityColumn(verbose_name=_("Lines"))
    is_reversed = tables.BooleanColumn(verbose_name=_("Reversed"), yesno=(_("Yes"), ""))

    class Meta:
        sequence = ("number", "site", "occurred_at", "line_count", "is_reversed", "...")
        caption = _("Relocations")
        empty_text = _("No relocation matches what you asked for.")


class StockCountTable(DocumentTable):
    state = StatusColumn(verbose_name=_("State"))
    book = CodeColumn(accessor="book__number", verbose_name=_("Account book"))
    counted_as_of = LocalTimeColumn(verbose_name=_("Counted as of"))
    line_count = QuantityColumn(verbose_name=_("Lines"))

    class Meta:
        sequence = ("number", "state", "site", "book", "counted_as_of", "line_count", "...")
        caption = _("Stock counts")
        empty_text = _("No stock count matches what you asked for.")


class LineTable(tables.Table):
    """Lines of one document, all on its page."""

    row = tables.Column(verbose_name=_("No."))
    item = CodeColumn(
        accessor="item__code", linkify=("registry:item_detail", {"pk": tables.A("item_id")}), verbose_name=_("Item")
    )
    name = tables.Column(accessor="item__name", verbose_name=_("Name"))

    class Meta:
        orderable = False
        show_footer = False


class AdmissionLineTable(LineTable):
    quantity = QuantityColumn(unit="item__unit", verbose_name=_("Declared"))
    counted = QuantityColumn(unit="item__unit", accessor="counted_quantity", verbose_name=_("Counted"))
    net_mass_kg = QuantityColumn(verbose_name=_("Net mass (kg)"))
    invoice_value = MoneyColumn(unit="currency", verbose_name=_("Invoice value"))
    terms = tables.Column(accessor="terms", verbose_name=_("Terms"))
    origin = CodeColumn(verbose_name=_("Origin"))
    customs_value_cny = MoneyColumn(verbose_name=_("Customs value (CNY)"))
    duty_cny = MoneyColumn(verbose_name=_("Duty (CNY)"))
    consumption_tax_cny = MoneyColumn(verbose_name=_("Consumption tax (CNY)"))
    vat_cny = MoneyColumn(verbose_name=_("VAT (CNY)"))
    lot = CodeColumn(accessor="lot__number", linkify=lambda record: _lot_url(record.lot_id), verbose_name=_("Lot"))

    def render_terms(self, value: str) -> str:
        return value.split(":", maxsplit=1)[0]

    class Meta(LineTable.Meta):
        caption = _("Lines of the admission")


class WithdrawalLineTable(LineTable):
    quantity = QuantityColumn(unit="item__unit", verbose_name=_("Quantity"))
    identification = tables.Column(verbose_name=_("Lot identification"))
    lot = CodeColumn(
        accessor="lot__number", linkify=lambda record: _lot_url(record.lot_id), verbose_name=_("Named lot")
    )

    class Meta(LineTable.Meta):
        caption = _("Lines of the withdrawal")


class PickTable(tables.Table):
    """What is taken from which lot and bin, what it releases, and what is payable on it."""

    row = tables.Column(accessor="line__row", verbose_name=_("Line"))
    lot = CodeColumn(accessor="lot__number", linkify=lambda record: _lot_url(record.lot_id), verbose_name=_("Lot"))
    place = CodeColumn(accessor="place__code", verbose_name=_("Bin"))
    quantity = QuantityColumn(unit="line__item__unit", verbose_name=_("Quantity"))
    net_mass_kg = QuantityColumn(verbose_name=_("Net mass (kg)"))
    released_value_cny = MoneyColumn(verbose_name=_("Booked value (CNY)"))
    released_tax_cny = MoneyColumn(verbose_name=_("Suspended, released (CNY)"))
    duty_cny = MoneyColumn(verbose_name=_("Duty payable (CNY)"))
    consumption_tax_cny = MoneyColumn(verbose_name=_("Consumption tax payable (CNY)"))
    vat_cny = MoneyColumn(verbose_name=_("VAT payable (CNY)"))

    class Meta:
        orderable = False
        show_footer = False
        caption = _("Picks of the withdrawal")
        empty_text = _("Lots are chosen and reserved when the withdrawal is accepted.")


class RelocationLineTable(tables.Table):
    row = tables.Column(verbose_name=_("No."))
    lot = CodeColumn(accessor="lot__number", linkify=lambda record: _lot_url(record.lot_id), verbose_name=_("Lot"))
    item = tables.Column(accessor="lot__item__name", verbose_name=_("Item"))
    from_place = CodeColumn(accessor="from_place__code", verbose_name=_("From bin"))
    to_place = CodeColumn(accessor="to_place__code", verbose_name=_("To bin"))
    quantity = QuantityColumn(unit="lot__unit", verbose_name=_("Quantity"))

    class Meta:
        orderable = False
        show_footer = False
        caption = _("Lines of the relocation")


class StockCountLineTable(LineTable):
    """Sheets of a count; the ledger's figure is left out while it is still counted."""

    place = CodeColumn(accessor="place__code", verbose_name=_("Bin"))
    expected_quantity = QuantityColumn(unit="item__unit", verbose_name=_("In the ledger"))
    counted_quantity = QuantityColumn(unit="item__unit", verbose_name=_("First count"))
    recounted_quantity = QuantityColumn(unit="item__unit", verbose_name=_("Second count"))

    class Meta(LineTable.Meta):
        sequence = ("row", "place", "...")
        caption = _("Lines of the stock count")
        empty_text = _("The ledger has nothing of this account book in these bins.")


class VarianceTable(tables.Table):
    """Shortages and overages, gross."""

    row = tables.Column(accessor="line__row", verbose_name=_("Line"))
    place = CodeColumn(accessor="line__place__code", verbose_name=_("Bin"))
    item = tables.Column(accessor="line__item__code", verbose_name=_("Item"))
    lot = CodeColumn(accessor="lot__number", linkify=lambda record: _lot_url(record.lot_id), verbose_name=_("Lot"))
    quantity = QuantityColumn(unit="line__item__unit", verbose_name=_("Difference"))
    customs_value_cny = MoneyColumn(verbose_name=_("Customs value (CNY)"))
    tax_cny = MoneyColumn(verbose_name=_("Tax due (CNY)"))

    class Meta:
        orderable = False
        show_footer = False
        caption = _("Shortage and overage")


def _lot_url(lot_id: int | None) -> str | None:
    return reverse("bonded:lot_detail", args=[lot_id]) if lot_id else None
