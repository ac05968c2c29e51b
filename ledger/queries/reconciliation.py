"""What a reconciliation of one account book reads: its balance, what moved in a period, and what lies on the floor."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import F, Sum

from ledger.models import CustomsStatus, Hold, Journal, MovementKind
from ledger.postings import Document
from ledger.queries.movements import entries_of


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums over lots of one item and customs status: quantity in the item's unit, amounts in CNY."""

    item_id: int
    customs_status: CustomsStatus
    quantity: Decimal
    customs_value_cny: Decimal
    tax_cny: Decimal


@dataclass(frozen=True, slots=True)
class KindSums(Sums):
    """What moved for one reason; plus came, minus left."""

    kind: MovementKind


@dataclass(frozen=True, slots=True)
class PlaceSums(Sums):
    """What lies at places of one kind."""

    place_kind: str


@dataclass(frozen=True, slots=True)
class SuspenseLot(Sums):
    """A lot that customs has not admitted, with the document that found it."""

    document: Document


def book_balance(*, book_place_id: int, until: datetime | None, item_id: int | None = None) -> list[Sums]:
    """What an account book held just before a moment, by item and customs status, under any hold."""
    return [
        Sums(item, CustomsStatus(status), quantity, value_cny, tax_cny)
        for item, status, quantity, value_cny, tax_cny in _rows(
            "SELECT l.item_id, l.customs_status, sum(s.quantity), sum(s.customs_value_cny),"
            " sum(s.duty_cny + s.consumption_tax_cny + s.vat_cny)"
            " FROM ledger_stock_at(NULL, %s::bigint[], NULL, %s::smallint, %s::timestamptz, NULL) s"
            " JOIN ledger_lot l ON l.id = s.lot_id WHERE %s::bigint IS NULL OR l.item_id = %s::bigint"
            " GROUP BY 1, 2 ORDER BY 1, 2",
            [[book_place_id], Journal.CUSTOMS, until, item_id, item_id],
        )
    ]


def book_movements_by_kind(
    *, site_id: int, book_place_id: int, from_date: date, through_date: date, item_id: int | None = None
) -> list[KindSums]:
    """What moved into and out of an account book in a period; what only changes its hold sums to nothing.

    Reads only the entries of the period. A reversal counts under the kind of what it reverses, with the other sign.
    """
    keys = ("lot__item", "lot__customs_status", "transaction__kind")
    rows = (
        entries_of(
            site_id=site_id,
            journal=Journal.CUSTOMS,
            from_date=from_date,
            through_date=through_date,
            place_ids=[book_place_id],
            item_id=item_id,
        )
        .select_related(None)
        .order_by(*keys)
        .values_list(*keys)
        .annotate(
            total_quantity=Sum("quantity"),
            total_value=Sum("customs_value_cny"),
            total_tax=Sum(F("duty_cny") + F("consumption_tax_cny") + F("vat_cny")),
        )
    )
    return [
        KindSums(item, CustomsStatus(status), quantity, value_cny, tax_cny, MovementKind(kind))
        for item, status, kind, quantity, value_cny, tax_cny in rows
        if quantity or value_cny or tax_cny
    ]


def floor_of_book(
    *, site_id: int, book_place_id: int, until: datetime | None, item_id: int | None = None
) -> list[PlaceSums]:
    """What lies at a site's places of the lots of an account book, by kind of place; the STOCK journal's answer.

    A lot is the book's when it ever stood in it, also when nothing of it does any more.
    """
    return [
        PlaceSums(item, CustomsStatus(status), quantity, value_cny, tax_cny, kind)
        for item, status, kind, quantity, value_cny, tax_cny in _rows(
            "SELECT l.item_id, l.customs_status, p.kind, sum(s.quantity), sum(s.customs_value_cny),"
            " sum(s.duty_cny + s.consumption_tax_cny + s.vat_cny)"
            " FROM ledger_stock_at(NULL, %s::bigint[], NULL, %s::smallint, %s::timestamptz, NULL) s"
            " JOIN ledger_lot l ON l.id = s.lot_id JOIN registry_place p ON p.id = s.place_id"
            " WHERE (%s::bigint IS NULL OR l.item_id = %s::bigint) AND EXISTS (SELECT FROM ledger_balance b"
            "  WHERE b.lot_id = s.lot_id AND b.place_id = %s AND b.journal = %s AND b.hold = %s)"
            " GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
            [_places(site_id), Journal.STOCK, until, item_id, item_id, book_place_id, Journal.CUSTOMS, Hold.FREE],
        )
    ]


def lots_in_suspense(*, site_id: int, until: datetime | None, item_id: int | None = None) -> list[SuspenseLot]:
    """Lots at a site that were found and not admitted, in the STOCK journal."""
    return [
        SuspenseLot(item, CustomsStatus(status), quantity, value_cny, tax_cny, Document(kind, document_id, number))
        for item, status, kind, document_id, number, quantity, value_cny, tax_cny in _rows(
            "SELECT l.item_id, l.customs_status, l.document_kind, l.document_id, l.document_number, sum(s.quantity),"
            " sum(s.customs_value_cny), sum(s.duty_cny + s.consumption_tax_cny + s.vat_cny)"
            " FROM ledger_stock_at(NULL, %s::bigint[], NULL, %s::smallint, %s::timestamptz, NULL) s"
            " JOIN ledger_lot l ON l.id = s.lot_id AND l.customs_status = %s"
            " WHERE %s::bigint IS NULL OR l.item_id = %s::bigint"
            " GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 4",
            [_places(site_id), Journal.STOCK, until, CustomsStatus.UNADMITTED, item_id, item_id],
        )
    ]


def book_from_entries(
    *, book_place_id: int, before: datetime | None = None, since: datetime | None = None
) -> Iterator[tuple[int, CustomsStatus, MovementKind, Decimal, Decimal, Decimal]]:
    """An account book straight from its entries, without balances, movements or closings: the check on the rest.

    Yields item, customs status, kind, quantity, customs value and suspended tax, summed.
    """
    for item, status, kind, quantity, value_cny, tax_cny in _rows(
        "SELECT l.item_id, l.customs_status, t.kind, sum(e.quantity), sum(e.customs_value_cny),"
        " sum(e.duty_cny + e.consumption_tax_cny + e.vat_cny)"
        " FROM ledger_entry e JOIN ledger_transaction t ON t.id = e.transaction_id JOIN ledger_lot l ON l.id = e.lot_id"
        " WHERE e.place_id = %s AND e.journal = %s"
        " AND (%s::timestamptz IS NULL OR e.occurred_at < %s::timestamptz)"
        " AND (%s::timestamptz IS NULL OR e.occurred_at >= %s::timestamptz)"
        " GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
        [book_place_id, Journal.CUSTOMS, before, before, since, since],
    ):
        yield item, CustomsStatus(status), MovementKind(kind), quantity, value_cny, tax_cny


def _places(site_id: int) -> list[int]:
    return [pk for (pk,) in _rows("SELECT id FROM registry_place WHERE site_id = %s AND is_internal", [site_id])]


def _rows(sql: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())
