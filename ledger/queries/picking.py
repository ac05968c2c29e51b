"""What of an account book can still be promised to somebody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import OuterRef, Subquery

from ledger.models import Balance, CustomsStatus, Hold, Journal, Lot
from ledger.queries.stock import balances
from registry.models.sites import BIN_KINDS


@dataclass(frozen=True, slots=True)
class FreeStock:
    """What of a lot lies free in one bin, and how much of the lot the account book has free; in the lot's unit."""

    item_id: int
    lot_id: int
    place_id: int
    quantity: Decimal
    book_quantity: Decimal
    admitted_date: date
    expiry_date: date | None


def free_stock(
    *,
    site_id: int,
    book_place_id: int,
    owner_id: int,
    item_ids: Iterable[int],
    place_kinds: Iterable[str] = BIN_KINDS,
) -> list[FreeStock]:
    """Free stock of an owner's items in a site's bins that stands in an account book, first admitted first.

    Nothing is locked: what is found may be gone a moment later, and the posting then says so.

    Args:
        book_place_id: The account book's place in the CUSTOMS journal.
    """
    in_book = Balance.objects.filter(
        lot=OuterRef("lot"), place=book_place_id, journal=Journal.CUSTOMS, hold=Hold.FREE, quantity__gt=0
    )
    found = (
        Balance.objects.filter(
            journal=Journal.STOCK,
            hold=Hold.FREE,
            quantity__gt=0,
            place__site=site_id,
            place__kind__in=sorted(place_kinds),
            lot__item__in=list(item_ids),
            lot__owner=owner_id,
        )
        .exclude(lot__customs_status=CustomsStatus.UNADMITTED)
        .annotate(book_quantity=Subquery(in_book.values("quantity")[:1]))
        .filter(book_quantity__isnull=False)
        .order_by("lot__admitted_date", "lot", "place")
        .values_list(
            "lot__item",
            "lot",
            "place",
            "quantity",
            "book_quantity",
            "lot__admitted_date",
            "lot__expiry_date",
        )
    )
    return [FreeStock(*row) for row in found]


@dataclass(frozen=True, slots=True)
class BookStock:
    """What of a lot lies in one bin, with its customs value in CNY; quantity in the lot's unit."""

    lot_id: int
    item_id: int
    place_id: int
    origin: str
    tariff_code: str
    quantity: Decimal
    customs_value_cny: Decimal


def book_stock(
    *, book_place_id: int, place_ids: Iterable[int], until: datetime | None = None, is_free: bool = False
) -> list[BookStock]:
    """What lies in some bins of the lots that were admitted to one account book, first admitted first.

    Args:
        book_place_id: The account book's place in the CUSTOMS journal; a lot is the book's when it ever stood there.
        until: The moment just before which is asked; None for now.
        is_free: Only what is neither reserved nor blocked.
    """
    held: dict[tuple[int, int], list[Decimal]] = {}
    for row in balances(places=place_ids, journal=Journal.STOCK, until=until):
        if row.quantity and (row.hold == Hold.FREE or not is_free):
            sums = held.setdefault((row.lot_id, row.place_id), [Decimal(0), Decimal(0)])
            sums[0] += row.quantity
            sums[1] += row.customs_value_cny
    of_book = Balance.objects.filter(
        lot__in={lot_id for lot_id, _place_id in held}, place=book_place_id, journal=Journal.CUSTOMS
    )
    lots = Lot.objects.filter(pk__in=of_book.values("lot")).order_by("admitted_date", "pk")
    bins_of: dict[int, list[int]] = {}
    for lot_id, place_id in held:
        bins_of.setdefault(lot_id, []).append(place_id)
    return [
        BookStock(lot.pk, lot.item_id, place_id, lot.origin, lot.tariff_code, *held[lot.pk, place_id])
        for lot in lots
        for place_id in bins_of[lot.pk]
    ]


@dataclass(frozen=True, slots=True)
class PlaceStock:
    """What of a lot lies in one place under one hold; in the lot's unit, with its mass in kilograms."""

    lot_id: int
    place_id: int
    hold: Hold
    customs_status: str
    admitted_date: date
    quantity: Decimal
    net_mass_kg: Decimal


def stock_in(*, place_ids: Iterable[int], hold: Hold | None = None, customs_status: str = "") -> list[PlaceStock]:
    """What lies in some places, first admitted first; nothing is locked.

    Args:
        hold: only what is under this hold; None for every hold.
        customs_status: only lots of this status.
    """
    rows = Balance.objects.filter(journal=Journal.STOCK, place__in=list(place_ids), quantity__gt=0)
    if hold is not None:
        rows = rows.filter(hold=hold)
    if customs_status:
        rows = rows.filter(lot__customs_status=customs_status)
    found = rows.order_by("lot__admitted_date", "lot", "place", "hold").values_list(
        "lot", "place", "hold", "lot__customs_status", "lot__admitted_date", "quantity", "net_mass_kg"
    )
    return [
        PlaceStock(lot_id, place_id, Hold(under), status, admitted, quantity, mass_kg)
        for lot_id, place_id, under, status, admitted, quantity, mass_kg in found
    ]
