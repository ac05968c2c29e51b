"""Reversal: the only correction there is."""

from datetime import datetime

from ledger.models import Entry, Hold, Journal, MovementKind, Transaction
from ledger.operations.post import post
from ledger.postings import Account, Document, Leg, Posted, Posting, Riding


def reverse(
    *, transaction_ids: list[int], actor_id: int | None, occurred_at: datetime, reason: str, idempotency_key: str
) -> list[Posted]:
    """Post the exact opposite of transactions, latest first: the same accounts, the same measures.

    Args:
        transaction_ids: Transactions of one zone.
        occurred_at: When the correction takes effect; the original keeps its own time.
        reason: Why, in the words of whoever decided it.
        idempotency_key: Of the whole act; each reversal's key is made from it.

    Raises:
        AlreadyReversed: one of them was reversed before.
        LaterMovementsDepend, NotEnoughStock: what it would take back has moved on.
        PeriodClosed: the correction's time lies in a closed period.
        Transaction.DoesNotExist: an id is unknown.
    """
    originals = list(Transaction.objects.filter(pk__in=transaction_ids).order_by("-pk"))
    if len(originals) != len(set(transaction_ids)):
        raise Transaction.DoesNotExist(f"Not all of {transaction_ids} are ledger transactions")
    if not originals:
        return []
    sides: dict[int, list[Entry]] = {}
    for entry in Entry.objects.filter(transaction_id__in=transaction_ids).order_by("transaction_id", "line"):
        sides.setdefault(entry.transaction_id, []).append(entry)
    postings = [
        Posting(
            idempotency_key=f"{idempotency_key}:{original.pk}",
            kind=MovementKind(original.kind),
            site_id=original.site_id,
            document=Document(original.document_kind, original.document_id, original.document_number),
            occurred_at=occurred_at,
            reason=reason,
            reversal_of=original.pk,
            legs=tuple(
                _opposite(left, came)
                for left, came in reversed(list(zip(sides[original.pk][::2], sides[original.pk][1::2], strict=True)))
            ),
        )
        for original in originals
    ]
    return post(zone_id=originals[0].zone_id, actor_id=actor_id, postings=postings)


def _opposite(left: Entry, came: Entry) -> Leg:
    return Leg(
        journal=Journal(came.journal),
        lot_id=came.lot_id,
        source=Account(came.place_id, Hold(came.hold)),
        target=Account(left.place_id, Hold(left.hold)),
        quantity=came.quantity,
        riding=Riding(came.net_mass_kg, came.customs_value_cny, came.duty_cny, came.consumption_tax_cny, came.vat_cny),
    )
