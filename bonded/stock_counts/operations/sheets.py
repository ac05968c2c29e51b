"""The sheets of a stock count: what lies in each bin, kept from the counters, and what was found there.

What is only reserved lies in its bin. What was picked stands ready at the gate, though the ledger has it in its bin
until it passes: it is neither counted there nor missing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from bonded.models import StockCount, StockCountLine, Withdrawal, WithdrawalPick, WithdrawalState
from documents.operations.documents import Refusals
from ledger.postings import Journal
from ledger.queries import balances, book_stock, lots
from registry.errors import Conflict, FieldError

BinAndItem = tuple[int, int]


class EnteredLate(Conflict):
    """What the ledger says of the moment counted has changed since the sheets were drawn up."""

    code = "entered-late"


def lines_of(stock_count: StockCount) -> dict[BinAndItem, StockCountLine]:
    """The lines of the sheets by bin and item."""
    return {(line.place_id, line.item_id): line for line in stock_count.lines.select_related("place", "item__unit")}


def expected_in(stock_count: StockCount, place_ids: Iterable[int]) -> dict[BinAndItem, Decimal]:
    """What of the book's goods lay in the bins at the moment counted, reserved or not, as it is known now."""
    places = list(place_ids)
    expected: dict[BinAndItem, Decimal] = defaultdict(Decimal)
    for row in book_stock(book_place_id=stock_count.book.place_id, place_ids=places, until=stock_count.counted_as_of):
        expected[row.place_id, row.item_id] += row.quantity
    for pick in picked_from(stock_count, at=stock_count.counted_as_of).filter(place__in=places):
        expected[pick.place_id, pick.line.item_id] -= pick.quantity
    return dict(expected)


def picked_from(stock_count: StockCount, *, at: datetime | None = None) -> QuerySet[WithdrawalPick]:
    """What of the book's goods had been picked and stood at the gate, with its line.

    Args:
        at: the moment just before which is asked; None for now.
    """
    picks = WithdrawalPick.objects.filter(line__withdrawal__book=stock_count.book_id).select_related("line")
    if at is None:
        return picks.filter(line__withdrawal__state=WithdrawalState.PICKED)
    # What was put back after that moment still stood at the gate then.
    put_back: Any = Withdrawal.history.filter(
        id=OuterRef("line__withdrawal"), state=WithdrawalState.VOID, history_date__gte=at
    )
    stood_there = (
        Q(line__withdrawal__state=WithdrawalState.PICKED) | Q(line__withdrawal__passed_at__gte=at) | Exists(put_back)
    )
    return picks.filter(stood_there, line__withdrawal__picked_at__lt=at)


def draw_up(stock_count: StockCount, place_ids: Iterable[int]) -> None:
    """Write a line for every item of the book in the bins."""
    expected = expected_in(stock_count, place_ids)
    _add_lines(stock_count, sorted(expected), expected, after=0)


def bring_up_to_date(stock_count: StockCount, counted: Iterable[BinAndItem]) -> dict[BinAndItem, StockCountLine]:
    """Take in what was entered since the sheets were drawn up, and add lines for what was found beside them.

    A line that is added has the ledger's figure, not zero: the bin may be one that the sheets do not cover.
    """
    lines = lines_of(stock_count)
    of_sheets = {place_id for place_id, _item_id in lines}
    expected = expected_in(stock_count, of_sheets | {place_id for place_id, _item_id in counted})
    for key, line in lines.items():
        line.expected_quantity = expected.get(key, Decimal(0))
    StockCountLine.objects.bulk_update(lines.values(), ["expected_quantity"])
    due = set(counted) | {key for key in expected if key[0] in of_sheets}
    _add_lines(stock_count, sorted(due - lines.keys()), expected, after=len(lines))
    return lines_of(stock_count)


def note_goods_of_other_books(
    stock_count: StockCount, counted: Mapping[BinAndItem, Decimal], row_of: Mapping[BinAndItem, int], refusals: Refusals
) -> None:
    """Note what was found of an item that lies in the bin for other account books only: no overage of this one."""
    places = {place_id for place_id, _item_id in counted}
    expected = expected_in(stock_count, places)
    there = balances(places=places, journal=Journal.STOCK, until=stock_count.counted_as_of)
    found = lots().filter(pk__in={row.lot_id for row in there}).select_related("item")
    item_of = {lot.pk: lot.item for lot in found}
    elsewhere = {(row.place_id, item_of[row.lot_id].pk): item_of[row.lot_id] for row in there if row.quantity}
    for key, item in elsewhere.items():
        if counted.get(key) and key not in expected:
            words = {"item": item.code, "book": stock_count.book.number}
            message = _("%(item)s in this bin does not stand in account book %(book)s. Count it with its own book.")
            refusals.add(message % words, "item", row_of[key], item.code)


def require_still_known_so(stock_count: StockCount) -> None:
    """Raise EnteredLate when something entered since has changed what lay there at the moment counted."""
    lines = lines_of(stock_count)
    expected = expected_in(stock_count, {place_id for place_id, _item_id in lines})
    changed = [line for key, line in lines.items() if line.expected_quantity != expected.get(key, Decimal(0))]
    if changed:
        message = _(
            "What was entered late has changed what lay there at the moment counted: %(item)s in %(place)s."
            " Make this count void and count again."
        )
        errors = [
            FieldError(
                message % {"item": line.item.code, "place": line.place.code},
                field="expected_quantity",
                row=line.row - 1,
                figure=line.expected_quantity,
            )
            for line in changed
        ]
        raise EnteredLate(errors[0].message, errors=errors)


def _add_lines(
    stock_count: StockCount, keys: Iterable[BinAndItem], expected: Mapping[BinAndItem, Decimal], *, after: int
) -> None:
    StockCountLine.objects.bulk_create(
        StockCountLine(
            stock_count=stock_count,
            row=row,
            place_id=place_id,
            item_id=item_id,
            expected_quantity=expected.get((place_id, item_id), Decimal(0)),
        )
        for row, (place_id, item_id) in enumerate(keys, start=after + 1)
    )
