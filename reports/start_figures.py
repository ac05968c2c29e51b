"""The figures of the start page: cards that lead on to their rows, and charts with the tables beside them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from bonded.queries import Waiting
from documents.work import Work
from ledger.queries import INTO_BOOKS, Grouping, MonthTotal, StockRow, StockTotals, TimeLimits
from registry.wording import money_text, quantity_text

NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Card:
    """A figure that leads on to its rows."""

    label: Any
    value: Any
    url: str
    icon: str
    unit: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    """What came into and went out of the books in a month: customs value in CNY; what went out counts as positive."""

    first_day: date
    came_cny: Decimal
    left_cny: Decimal

    @property
    def name(self) -> str:
        return self.first_day.strftime("%Y-%m")

    @property
    def url(self) -> str:
        return self._rows()

    @property
    def came_url(self) -> str:
        return self._rows("in")

    @property
    def left_url(self) -> str:
        return self._rows("out")

    def _rows(self, way: str = "") -> str:
        days = [("from_date", self.first_day.isoformat()), ("through_date", last_day_of(self.first_day).isoformat())]
        return address("reports:book_movements", [*days, *([("way", way)] if way else [])])


@dataclass(frozen=True, slots=True)
class OpenDocument:
    document: Any
    kind: Any
    url: str


def address(name: str, asked: Iterable[tuple[str, Any]] = (), **of: Any) -> str:
    """Where a page is, with its question; empty where there is no such page."""
    try:
        path = reverse(name, kwargs=of or None)
    except NoReverseMatch:
        return ""
    query = urlencode(list(asked))
    return f"{path}?{query}" if query else path


def work_card(work: Work) -> Card:
    """How many documents wait at a step; leads to their list."""
    step = work.step
    return Card(step.label, work.number, step.url, step.icon, tone="warning" if step.state == "returned" else "")


def payment_card(waiting: Waiting) -> Card:
    """On how many documents of a kind duty and tax wait to be paid; leads to their list."""
    url = address(f"bonded:{waiting.kind}_list", [("is_paid", "false")])
    return Card(waiting.label, waiting.number, url, "receipt-tax", tone="warning")


def stock_cards(totals: StockTotals) -> list[Card]:
    """What all the user's sites hold together."""
    stock = address("ledger:stock")
    return [
        Card(_("Customs value in stock"), money_text(totals.customs_value_cny), stock, "coins", "CNY"),
        Card(_("Suspended duty and tax"), money_text(totals.tax_cny), stock, "scale", "CNY"),
        Card(_("Net mass in stock"), quantity_text(totals.net_mass_kg), stock, "stack-2", "kg"),
    ]


def limit_cards(limits: TimeLimits) -> list[Card]:
    """Lots whose time limit has passed or soon ends; nothing where there are none."""
    cards = []
    if limits.late:
        url = address("ledger:lot_list", [("time_limit", "late")])
        cards.append(Card(_("Lots beyond their time limit"), limits.late, url, "alert-triangle", tone="bad"))
    for days, number in sorted(limits.within.items()):
        if number:
            url = address("ledger:lot_list", [("time_limit", days)])
            label = _("Lots with at most %(days)s days left") % {"days": days}
            cards.append(Card(label, number, url, "calendar-due", tone="warning" if days < max(limits.within) else ""))
    return cards


def month_of(first_day: date, totals: Iterable[MonthTotal]) -> Month:
    """What a month's kinds of movement come to, each way."""
    came, left = NOTHING, NOTHING
    for total in totals:
        if total.month == first_day and total.kind in INTO_BOOKS:
            came += total.customs_value_cny
        elif total.month == first_day:
            left -= total.customs_value_cny
    return Month(first_day, came, left)


def months_chart(months: Sequence[Month]) -> dict[str, Any]:
    """Both ways side by side, month by month; a click leads to the month's movements."""
    return {
        "kind": "bars",
        "label": _("Month"),
        "x": [month.name for month in months],
        "series": [
            {"label": _("Into the books"), "unit": "CNY", "values": [str(month.came_cny) for month in months]},
            {"label": _("Out of the books"), "unit": "CNY", "values": [str(month.left_cny) for month in months]},
        ],
        "urls": [month.url for month in months],
    }


def sites_chart(rows: Sequence[StockRow], addresses: Sequence[str]) -> dict[str, Any]:
    """The customs value that each site holds; a click leads to the site's stock."""
    values = [str(row.customs_value_cny) for row in rows]
    return {
        "kind": "bars",
        "label": _("Site"),
        "x": [row.code for row in rows],
        "series": [{"label": _("Customs value"), "unit": "CNY", "values": values}],
        "urls": list(addresses),
    }


def site_address(row: StockRow) -> str:
    """Where a site's stock is shown."""
    return address("ledger:stock", [("by", Grouping.ITEM.value), ("site", row.key)])


def last_day_of(first_day: date) -> date:
    """The last day of the month that begins with the day."""
    next_month = (first_day + timedelta(days=31)).replace(day=1)
    return next_month - timedelta(days=1)
