"""What a document did to the ledger, as its page tells it: every transaction with the goods that it moved."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from documents.operations.documents import in_ledger
from ledger.postings import Hold, Journal
from ledger.queries import entries_of, transactions_of

MOST_MOVES = 200


@dataclass(frozen=True, slots=True)
class Move:
    """A quantity of one lot from one account to another, in the lot's unit."""

    journal: Any
    lot: Any
    lot_url: str
    from_place: Any
    from_hold: str
    to_place: Any
    to_hold: str
    quantity: Any


@dataclass(frozen=True, slots=True)
class Moved:
    """A transaction with its moves; `more` counts those that are not shown."""

    transaction: Any
    moves: list[Move]
    more: int


def moved_by(document: Any) -> list[Moved]:
    """The transactions of a document in order of posting, in a constant number of queries."""
    transactions = list(transactions_of(document_kind=document.kind, document_id=document.pk))
    if not transactions:
        return []
    entries = defaultdict(list)
    for entry in entries_of(document=in_ledger(document)).select_related("lot__unit", "place").order_by("line"):
        entries[entry.transaction_id].append(entry)
    return [_moved(one, entries[one.pk]) for one in transactions]


def _moved(transaction: Any, entries: list[Any]) -> Moved:
    # Both sides of a move stand beside each other: where the goods left, then where they came to.
    pairs = list(zip(entries[::2], entries[1::2], strict=True))
    return Moved(transaction, [_move(left, came) for left, came in pairs[:MOST_MOVES]], max(0, len(pairs) - MOST_MOVES))


def _move(left: Any, came: Any) -> Move:
    return Move(
        journal=Journal(came.journal).label,
        lot=came.lot,
        lot_url=reverse("ledger:lot_detail", args=[came.lot_id]),
        from_place=left.place,
        from_hold=_hold(left),
        to_place=came.place,
        to_hold=_hold(came),
        quantity=came.quantity,
    )


def _hold(entry: Any) -> str:
    return str(Hold(entry.hold).label) if entry.hold != Hold.FREE else ""
