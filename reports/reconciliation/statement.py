"""Drawing up a statement: what the account book says, what the floor says, and the bridge between them.

The two sides are read independently: book lines from the CUSTOMS journal, the floor from the STOCK journal, and the
goods between them from the documents. What they leave unexplained is an error and must be zero.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet, Sum

from bonded.models import (
    StockCountLine,
    StockCountState,
    StockVariance,
)
from customs.models import AccountBook, Regime
from documents.bridges import Bridge
from documents.kinds import declared_kinds, kinds
from ledger.postings import CustomsStatus
from ledger.queries import (
    book_balance,
    book_movements_by_kind,
    day_after,
    floor_of_book,
    lots_in_suspense,
)
from registry.models import Item, PlaceKind
from registry.models.sites import FLOOR_KINDS
from reports.reconciliation.definition import LINE_OF_KIND, LINE_OF_PLACE, LINES, Section

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a statement is about: one account book, some days (both included), perhaps one item or customs status."""

    book: AccountBook
    from_date: date
    through_date: date
    item: Item | None = None
    customs_status: str = ""

    @property
    def began_at(self) -> datetime:
        return day_after(day=date.fromordinal(self.from_date.toordinal() - 1), site_id=self.book.site_id)

    @property
    def ended_at(self) -> datetime:
        return day_after(day=self.through_date, site_id=self.book.site_id)


@dataclass(slots=True)
class Figures:
    """Quantity in the item's unit, customs value and suspended duty and tax in CNY; signed as the line counts."""

    quantity: Decimal = ZERO
    customs_value_cny: Decimal = ZERO
    tax_cny: Decimal = ZERO

    def add(self, other: Any, *, sign: int = 1) -> None:
        self.quantity += sign * (other.quantity or ZERO)
        self.customs_value_cny += sign * (other.customs_value_cny or ZERO)
        self.tax_cny += sign * (other.tax_cny or ZERO)

    def __bool__(self) -> bool:
        return bool(self.quantity or self.customs_value_cny or self.tax_cny)


@dataclass(slots=True)
class Counted:
    """What was counted of an item in the period, bin by bin the latest count; shortage and overage gross."""

    expected: Decimal = ZERO
    counted: Decimal = ZERO
    shortage: Decimal = ZERO
    overage: Decimal = ZERO
    tax_due_cny: Decimal = ZERO
    tax_unpaid_cny: Decimal = ZERO
    is_approved: bool = True

    @property
    def variance(self) -> Decimal | None:
        """The net difference as a fraction of what was expected; None where nothing was."""
        return (self.overage - self.shortage) / self.expected if self.expected else None


@dataclass(slots=True)
class ItemStatement:
    """The statement of one item."""

    item: Item
    lines: dict[str, Figures] = field(default_factory=lambda: {line.code: Figures() for line in LINES})
    counted: Counted | None = None

    def close(self) -> None:
        """Add up the totals."""
        book, expected = self.lines["book_closing"], self.lines["expected"]
        for line in LINES:
            if line.section == Section.BOOK and line.code != "book_closing":
                book.add(self.lines[line.code])
        expected.add(book)
        for line in LINES:
            if line.section == Section.BRIDGE and line.code != "expected":
                expected.add(self.lines[line.code])
        self.lines["unexplained"].quantity = expected.quantity - self.lines["on_floor"].quantity

    @property
    def is_empty(self) -> bool:
        return not any(self.lines.values()) and self.counted is None


@dataclass(slots=True)
class Statement:
    """Statements of every item that the book held, moved or has on the floor, by item code, and their total."""

    scope: Scope
    items: list[ItemStatement]
    loss_tolerance: Decimal

    @property
    def total(self) -> dict[str, Figures]:
        """Every line over all items; quantities of different units are added only where there is one unit."""
        sums = {line.code: Figures() for line in LINES}
        for statement in self.items:
            for code, figures in statement.lines.items():
                sums[code].add(figures)
        return sums

    @property
    def unit(self) -> Any:
        """The one unit that all quantities are in; None where there are several."""
        units = {statement.item.unit_id: statement.item.unit for statement in self.items}
        return next(iter(units.values())) if len(units) == 1 else None

    @property
    def counted(self) -> Counted | None:
        """All counts together; None where nothing was counted."""
        found = [statement.counted for statement in self.items if statement.counted is not None]
        if not found:
            return None
        total = Counted(is_approved=all(one.is_approved for one in found))
        for one in found:
            total.expected += one.expected
            total.counted += one.counted
            total.shortage += one.shortage
            total.overage += one.overage
            total.tax_due_cny += one.tax_due_cny
            total.tax_unpaid_cny += one.tax_unpaid_cny
        return total

    @property
    def unexplained(self) -> list[ItemStatement]:
        """The items whose book and floor the bridge does not bring together."""
        return [statement for statement in self.items if statement.lines["unexplained"].quantity]


def reconcile(scope: Scope) -> Statement:
    """Draw up the statement of a period, in a constant number of queries.

    Its opening is the balance of the book just before the first day, so it equals the closing of the period before.
    """
    drawn = _Drawing(scope)
    for sums in book_balance(book_place_id=scope.book.place_id, until=scope.began_at, item_id=drawn.item_id):
        drawn.add("opening", sums)
    for moved in book_movements_by_kind(
        site_id=scope.book.site_id,
        book_place_id=scope.book.place_id,
        from_date=scope.from_date,
        through_date=scope.through_date,
        item_id=drawn.item_id,
    ):
        # Reservations change the hold within the book, and are no line.
        if moved.kind in LINE_OF_KIND:
            drawn.add(LINE_OF_KIND[moved.kind], moved)
    for lying in floor_of_book(
        site_id=scope.book.site_id, book_place_id=scope.book.place_id, until=scope.ended_at, item_id=drawn.item_id
    ):
        if lying.place_kind in FLOOR_KINDS:
            drawn.add("on_floor", lying)
        elif lying.place_kind in LINE_OF_PLACE:
            drawn.add(LINE_OF_PLACE[PlaceKind(lying.place_kind)], lying, sign=-1)
    for lot in _suspense_of(scope, drawn.item_id):
        drawn.add("over", lot)
        drawn.add("on_floor", lot)
    for bridge, rows in bridges_of(scope):
        for row in _summed(bridge, rows):
            drawn.add(bridge.line, row, sign=-1)
    drawn.count(_counted(scope))
    regime = Regime.objects.get(code=scope.book.site.regime)
    return Statement(scope, drawn.finished(), regime.loss_tolerance)


@dataclass(slots=True)
class Row:
    """One sum by item and customs status, before it is added to a line."""

    item_id: int
    customs_status: str
    quantity: Decimal
    customs_value_cny: Decimal
    tax_cny: Decimal


class _Drawing:
    """A statement while it is drawn up."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.item_id = scope.item.pk if scope.item else None
        self.lines: dict[int, dict[str, Figures]] = {}
        self.counted: dict[int, Counted] = {}

    def add(self, code: str, row: Any, *, sign: int = 1) -> None:
        if self.scope.customs_status and row.customs_status != self.scope.customs_status:
            return
        lines = self.lines.setdefault(row.item_id, {line.code: Figures() for line in LINES})
        lines[code].add(row, sign=sign)

    def count(self, counted: dict[int, Counted]) -> None:
        self.counted = counted
        for item_id in counted:
            self.lines.setdefault(item_id, {line.code: Figures() for line in LINES})

    def finished(self) -> list[ItemStatement]:
        items = Item.objects.filter(pk__in=self.lines).select_related("unit").order_by("code", "pk")
        statements = [ItemStatement(item, self.lines[item.pk], self.counted.get(item.pk)) for item in items]
        for statement in statements:
            statement.close()
        return [statement for statement in statements if not statement.is_empty]


def _suspense_of(scope: Scope, item_id: int | None) -> Iterator[Any]:
    """Lots in suspense that documents of this book have found."""
    lots = lots_in_suspense(site_id=scope.book.site_id, until=scope.ended_at, item_id=item_id)
    of_book = {
        (kind, pk)
        for kind in {lot.document.kind for lot in lots}
        for pk in _ids_of(kinds()[kind], scope.book, {lot.document.id for lot in lots if lot.document.kind == kind})
    }
    return (lot for lot in lots if (lot.document.kind, lot.document.id) in of_book)


def _ids_of(model: Any, book: AccountBook, ids: set[int]) -> Iterable[int]:
    return model._default_manager.filter(book=book, pk__in=ids).values_list("pk", flat=True) if ids else ()


def bridges_of(scope: Scope, line: str = "") -> Iterator[tuple[Bridge, QuerySet[Any]]]:
    """What each kind of document puts between the book and the floor at the end of the period, perhaps of one line."""
    for kind in declared_kinds():
        bridge = kind.bridge
        if bridge is not None and line in {"", bridge.line}:
            rows = bridge.find(scope.book, scope.ended_at)
            yield bridge, rows.filter(**{bridge.item: scope.item}) if scope.item else rows


def _summed(bridge: Bridge, rows: QuerySet[Any]) -> Iterator[Row]:
    duty, consumption_tax, vat = bridge.taxes_cny
    sums = (
        rows.select_related(None)
        .order_by()
        .values_list(bridge.item, "lot__customs_status")
        .annotate(
            sum_quantity=Sum(bridge.quantity),
            sum_value=Sum(bridge.customs_value_cny),
            sum_tax=Sum(F(duty) + F(consumption_tax) + F(vat)),
        )
    )
    return (Row(*row) for row in sums)


def _counted(scope: Scope) -> dict[int, Counted]:
    """The latest settled count of every bin and item in the period, by item."""
    if scope.customs_status and scope.customs_status != CustomsStatus.BONDED:
        return {}
    lines = StockCountLine.objects.filter(
        stock_count__book=scope.book,
        stock_count__state__in=[StockCountState.RECOUNTED, StockCountState.APPROVED],
        stock_count__counted_as_of__gte=scope.began_at,
        stock_count__counted_as_of__lt=scope.ended_at,
    )
    if scope.item:
        lines = lines.filter(item=scope.item)
    latest = list(
        lines.order_by("place_id", "item_id", "-stock_count__counted_as_of", "-pk")
        .distinct("place_id", "item_id")
        .select_related("stock_count")
    )
    found: dict[int, Counted] = {}
    for line in latest:
        one = found.setdefault(line.item_id, Counted())
        one.expected += line.expected_quantity
        counted: Any = line.final_quantity
        one.counted += counted
        one.is_approved = one.is_approved and line.stock_count.state == StockCountState.APPROVED
    unpaid = {line.pk for line in latest if line.stock_count.payment_recorded_at is None}
    variances = StockVariance.objects.filter(line__in=[line.pk for line in latest]).select_related("line")
    for variance in variances:
        one = found[variance.line.item_id]
        if variance.quantity < 0:
            one.shortage -= variance.quantity
            one.tax_due_cny += variance.tax_cny or ZERO
            if variance.line_id in unpaid:
                one.tax_unpaid_cny += variance.tax_cny or ZERO
        else:
            one.overage += variance.quantity
    return found
