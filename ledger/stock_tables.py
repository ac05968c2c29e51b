"""The columns of stock and lots."""

from typing import Any
from urllib.parse import urlencode

import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_tables2.data import TableQuerysetData

from ledger.above import above
from ledger.columns import ExpiryColumn
from ledger.postings import CustomsStatus
from ledger.queries import Grouping
from registry.columns import CodeColumn, CustomsTimeColumn, LocalTimeColumn, MoneyColumn, QuantityColumn
from registry.models import PlaceKind
from registry.templatetags.ui import DASH
from registry.wording import money_text, name_text, quantity_text

STARTS_ANEW = ("page", "sort", "format", "per_page")


class StockData(TableQuerysetData):
    """A StockList under a table: it counts, sorts and slices in the database as a queryset does."""

    ordering = None


class NameColumn(tables.Column):
    """The name, in the reader's language, of the record or of what its field `of` points to."""

    def __init__(self, *args: Any, of: str = "", **extra: Any) -> None:
        super().__init__(*args, **{"attrs": {"td": {"class": "wrap"}}, **extra})
        self.of = of

    def render(self, record: Any) -> str:
        return self.value(record)

    def value(self, record: Any) -> str:
        return name_text(getattr(record, self.of) if self.of else record)


class WordColumn(tables.Column):
    """A code in the words of its choices."""

    def __init__(self, *args: Any, choices: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.words = dict(choices)

    def render(self, value: Any) -> str:
        return str(self.words.get(value, value))

    def value(self, value: Any) -> str:
        return self.render(value)


def _total(name: str, text: Any) -> Any:
    return lambda table: text(getattr(table.data.data.totals, name))


def _total_quantity(name: str) -> Any:
    return lambda table: quantity_text(getattr(table.data.data.totals, name), table.data.data.totals.unit or "")


class HeldColumn(QuantityColumn):
    """A quantity of which there is often none: a page shows a dash, so that the eye finds where there is some."""

    def render(self, value: Any, record: Any) -> str:
        return super().render(value, record) if value else DASH


def _quantity(name: str, label: Any) -> HeldColumn:
    return HeldColumn(unit="unit", verbose_name=label, footer=_total_quantity(name))


def _narrowed(**terms: str) -> Any:
    """A link to the same question about one row, whose `terms` name the record's fields or are words themselves."""

    def url(record: Any, table: tables.Table) -> str:
        asked = {name: value for name, value in table.request.GET.items() if name not in STARTS_ANEW}
        asked |= {name: str(getattr(record, field, field)) for name, field in terms.items()}
        return f"{reverse('ledger:stock')}?{urlencode(asked)}"

    return url


class StockTable(tables.Table):
    """What every grouping shows last."""

    items = QuantityColumn(verbose_name=_("Items"))
    lots = QuantityColumn(verbose_name=_("Lots"))
    quantity = _quantity("quantity", _("Quantity"))
    free = _quantity("free", _("Free"))
    reserved = _quantity("reserved", _("Reserved"))
    apart = _quantity("apart", _("Blocked or in suspense"))
    net_mass_kg = QuantityColumn(verbose_name=_("Net mass (kg)"), footer=_total("net_mass_kg", quantity_text))
    customs_value_cny = MoneyColumn(
        verbose_name=_("Customs value (CNY)"), footer=_total("customs_value_cny", money_text)
    )
    tax_cny = MoneyColumn(verbose_name=_("Suspended tax (CNY)"), footer=_total("tax_cny", money_text))

    class Meta:
        caption = _("Stock")
        empty_text = _("There is no stock that matches what you asked for.")


class StockByItem(StockTable):
    code = CodeColumn(verbose_name=_("Item number"), linkify=_narrowed(by="lot", item="key"), footer=_("Total"))
    name = NameColumn(verbose_name=_("Name"))

    class Meta(StockTable.Meta):
        sequence = ("code", "name", "lots", "...")
        exclude = ("items",)


class StockByLot(StockTable):
    code = CodeColumn(
        verbose_name=_("Lot number"),
        linkify=lambda record: reverse("ledger:lot_detail", args=[record.key]),
        footer=_("Total"),
    )
    item_code = CodeColumn(verbose_name=_("Item number"))
    name = NameColumn(verbose_name=_("Name"))
    site_code = CodeColumn(verbose_name=_("Site"))
    place_code = CodeColumn(verbose_name=_("Place"), empty_values=())
    owner_name = tables.Column(verbose_name=_("Goods owner"))
    customs_status = WordColumn(verbose_name=_("Customs status"), choices=CustomsStatus.choices)
    admitted_date = LocalTimeColumn(verbose_name=_("Admitted"))
    expiry_date = ExpiryColumn(verbose_name=_("Expires"))

    class Meta(StockTable.Meta):
        sequence = (
            "code", "item_code", "name", "site_code", "place_code", "quantity", "free", "reserved", "apart",
            "net_mass_kg", "customs_value_cny", "tax_cny", "...",
        )  # fmt: skip
        exclude = ("items", "lots")

    def render_place_code(self, value: str | None, record: Any) -> str:
        return value or ngettext("%(number)s place", "%(number)s places", record.places) % {"number": record.places}

    def value_place_code(self, value: str | None, record: Any) -> str:
        return self.render_place_code(value, record)


class StockByPlace(StockTable):
    site_code = CodeColumn(verbose_name=_("Site"), footer=_("Total"))
    code = CodeColumn(verbose_name=_("Place"), linkify=_narrowed(by="lot", site="site_id", place="code"))
    name = tables.Column(verbose_name=_("Name"))
    place_kind = WordColumn(verbose_name=_("Kind"), choices=PlaceKind.choices)

    class Meta(StockTable.Meta):
        sequence = ("site_code", "code", "name", "place_kind", "items", "lots", "quantity", "...")
        exclude = ("free", "reserved", "apart")


class StockBySite(StockTable):
    code = CodeColumn(verbose_name=_("Site"), linkify=_narrowed(by="item", site="key"), footer=_("Total"))
    name = NameColumn(verbose_name=_("Name"))
    places = QuantityColumn(verbose_name=_("Places in use"))

    class Meta(StockTable.Meta):
        sequence = ("code", "name", "places", "items", "lots", "...")
        exclude = ("quantity", "free", "reserved", "apart")


class StockByStatus(StockTable):
    code = WordColumn(
        verbose_name=_("Customs status"),
        choices=CustomsStatus.choices,
        linkify=_narrowed(by="item", status="key"),
        footer=_("Total"),
    )

    class Meta(StockTable.Meta):
        sequence = ("code", "items", "lots", "...")
        exclude = ("quantity", "free", "reserved", "apart")


class StockByOwner(StockTable):
    code = CodeColumn(verbose_name=_("Code"), linkify=_narrowed(by="item", owner="key"), footer=_("Total"))
    name = NameColumn(verbose_name=_("Goods owner"))

    class Meta(StockTable.Meta):
        sequence = ("code", "name", "items", "lots", "...")
        exclude = ("quantity", "free", "reserved", "apart")


STOCK_TABLES = {
    Grouping.ITEM: StockByItem,
    Grouping.LOT: StockByLot,
    Grouping.PLACE: StockByPlace,
    Grouping.SITE: StockBySite,
    Grouping.STATUS: StockByStatus,
    Grouping.OWNER: StockByOwner,
}


class LotTable(tables.Table):
    number = CodeColumn(
        verbose_name=_("Lot number"), linkify=lambda record: reverse("ledger:lot_detail", args=[record.pk])
    )
    item = CodeColumn(accessor="item__code", verbose_name=_("Item number"))
    name = NameColumn(accessor="item__name", of="item", verbose_name=_("Name"))
    stock_quantity = HeldColumn(unit="unit", verbose_name=_("On the floor"))
    book_quantity = HeldColumn(unit="unit", verbose_name=_("In the book"))
    quantity = QuantityColumn(unit="unit", verbose_name=_("Admitted quantity"))
    admitted_date = LocalTimeColumn(verbose_name=_("Admitted"))
    time_limit_date = LocalTimeColumn(verbose_name=_("May stay through"))
    expiry_date = ExpiryColumn(verbose_name=_("Expires"))
    customs_status = tables.Column(verbose_name=_("Customs status"))
    owner = NameColumn(accessor="owner__name", of="owner", verbose_name=_("Goods owner"))
    origin = CodeColumn(verbose_name=_("Origin"))
    customs_value_cny = MoneyColumn(verbose_name=_("Customs value (CNY) as booked"))

    class Meta:
        caption = _("Lots")
        empty_text = _("No lot matches what you asked for.")


class LotStatementTable(tables.Table):
    """A lot's entries in the order in which they happened; running figures allow no other order."""

    occurred_at = CustomsTimeColumn(verbose_name=_("Occurred"))
    kind = tables.Column(accessor="transaction__get_kind_display", verbose_name=_("What"))
    document = CodeColumn(
        accessor="transaction__document_number",
        linkify=lambda record: _document_url(record.transaction),
        verbose_name=_("Document"),
    )
    journal = tables.Column(accessor="get_journal_display", verbose_name=_("Journal"))
    place = CodeColumn(accessor="place__code", verbose_name=_("Place"))
    hold = tables.Column(accessor="get_hold_display", verbose_name=_("Hold"))
    quantity = QuantityColumn(unit="lot__unit", verbose_name=_("Quantity"))
    account_quantity = QuantityColumn(unit="lot__unit", verbose_name=_("Balance at the place"))
    lot_quantity = QuantityColumn(unit="lot__unit", verbose_name=_("Balance of the lot"))
    net_mass_kg = QuantityColumn(verbose_name=_("Net mass (kg)"))
    customs_value_cny = MoneyColumn(verbose_name=_("Customs value (CNY)"))
    actor = tables.Column(accessor="transaction__actor", verbose_name=_("Posted by"))
    recorded_at = CustomsTimeColumn(verbose_name=_("Recorded"))
    reason = tables.Column(accessor="transaction__reason", verbose_name=_("Reason"), attrs={"td": {"class": "wrap"}})

    class Meta:
        orderable = False
        caption = _("Entries of the lot")
        empty_text = _("Nothing was posted for this lot in this journal.")


def _document_url(transaction: Any) -> str | None:
    return above.url_of(kind=transaction.document_kind, document_id=transaction.document_id) or None
