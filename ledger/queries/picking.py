"""What of an account book can still be promised to somebody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import OuterRef, Subquery

from ledger.models import Balance, CustomsStatus, Hold, Journal
from registry.models.sites import PHYSICAL_KINDS


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


def free_stock(*, site_id: int, book_place_id: int, owner_id: int, item_ids: Iterable[int]) -> list[FreeStock]:
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
            place__kind__in=sorted(PHYSICAL_KINDS),
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
