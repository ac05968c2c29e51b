"""Lots with what is held of them now, and the account of one lot's whole life."""

from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case, DecimalField, F, OuterRef, QuerySet, Subquery, Sum, When, Window
from django.db.models.functions import Coalesce

from ledger.models import Balance, Entry, Journal, LotQuerySet, Transaction
from ledger.queries.movements import lot_life, lots
from registry.models.sites import FLOOR_KINDS

_ZERO: Any = 0


def lots_held() -> LotQuerySet:
    """Lots with ``stock_quantity`` and ``book_quantity``: what is on the floor and in the books now, in their unit."""
    on_floor = _held(Journal.STOCK, place__kind__in=sorted(FLOOR_KINDS))
    return lots().annotate(stock_quantity=on_floor, book_quantity=_held(Journal.CUSTOMS))


def lot_statement(*, lot_id: int) -> "QuerySet[Entry]":
    """The life of a lot with what there was after each entry, in the lot's unit.

    ``account_quantity`` is what the entry's own account then held, None at a boundary, which holds nothing;
    ``lot_quantity`` what there was of the lot inside the zone, in the entry's journal, after the whole transaction.
    Entries may be narrowed by journal; by anything else they would no longer sum to what was held.
    """
    order = ("occurred_at", "transaction_id")
    on_account = Window(Sum("quantity"), [F("journal"), F("place"), F("hold")], [*order, "line"])
    # Rows of one transaction are peers in this order, so each shows what the transaction came to.
    inside = Case(When(place__is_internal=True, then=F("quantity")), default=_ZERO, output_field=_quantity())
    return lot_life(lot_id=lot_id).annotate(
        account_quantity=Case(When(place__is_internal=True, then=on_account), output_field=_quantity()),
        lot_quantity=Window(Sum(inside), [F("journal")], [*order]),
    )


def transactions_of_lot(*, lot_id: int) -> "QuerySet[Transaction]":
    """The transactions that moved a lot, the latest first, with actor and ``journals``: in which journals they did."""
    journals = Entry.objects.filter(lot=lot_id, transaction=OuterRef("pk")).order_by().values("transaction")
    return (
        Transaction.objects.filter(pk__in=Entry.objects.filter(lot=lot_id).order_by().values("transaction"))
        .annotate(journals=Subquery(journals.annotate(found=ArrayAgg("journal", distinct=True)).values("found")))
        .select_related("actor")
        .order_by("-occurred_at", "-pk")
    )


def _held(journal: Journal, **narrowed: Any) -> Coalesce:
    held = Balance.objects.filter(lot=OuterRef("pk"), journal=journal, **narrowed).order_by().values("lot")
    return Coalesce(Subquery(held.annotate(held=Sum("quantity")).values("held")), _ZERO, output_field=_quantity())


def _quantity() -> "DecimalField[Any, Any]":
    return DecimalField(max_digits=18, decimal_places=5)
