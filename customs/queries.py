"""What account books and guarantees say: readings of the CUSTOMS journal, never counters."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from customs.models import AccountBook, Declaration, DeclaredDocument, Guarantee
from documents.operations.shares import shares_of
from ledger.postings import Journal, Riding
from ledger.queries import amounts_held, closed_through, today, turnover_of
from registry.models import Item, Site, Unit

NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class GuaranteeReading:
    """How much of a guarantee is used and free, in CNY."""

    guarantee: Guarantee
    used_cny: Decimal

    @property
    def free_cny(self) -> Decimal:
        return self.guarantee.limit_cny - self.used_cny

    @property
    def used_share(self) -> Decimal:
        """The used fraction of the limit, to a thousandth."""
        return (self.used_cny / self.guarantee.limit_cny).quantize(Decimal("0.001"))


@dataclass(frozen=True, slots=True)
class BookReading:
    """What a book says of one item: quantities in the unit, mass in kilograms, amounts in CNY of what it holds."""

    item: Item
    unit: Unit
    actual_increase: Decimal
    actual_decrease: Decimal
    pre_decrease: Decimal
    net_mass_kg: Decimal
    customs_value_cny: Decimal
    duty_cny: Decimal
    consumption_tax_cny: Decimal
    vat_cny: Decimal

    @property
    def held(self) -> Decimal:
        """What the book has taken in and not yet discharged."""
        return self.actual_increase - self.actual_decrease

    @property
    def available(self) -> Decimal:
        """What may still be declared out of the book."""
        return self.held - self.pre_decrease

    @property
    def tax_cny(self) -> Decimal:
        """Suspended duty and taxes together."""
        return self.duty_cny + self.consumption_tax_cny + self.vat_cny


def book_readings(*, book: AccountBook, until: datetime | None = None) -> list[BookReading]:
    """What a book says of each item that was ever in it, by the item's code.

    Args:
        until: The moment just before which is asked, so midnight for the day before; None for now.
    """
    turnovers = turnover_of(place_id=book.place_id, journal=Journal.CUSTOMS, until=until)
    items = Item.objects.in_bulk({turnover.item_id for turnover in turnovers})
    units = Unit.objects.in_bulk({turnover.unit_id for turnover in turnovers})
    readings = [
        BookReading(
            item=items[turnover.item_id],
            unit=units[turnover.unit_id],
            actual_increase=turnover.came,
            actual_decrease=turnover.left,
            pre_decrease=turnover.reserved,
            net_mass_kg=turnover.net_mass_kg,
            customs_value_cny=turnover.customs_value_cny,
            duty_cny=turnover.duty_cny,
            consumption_tax_cny=turnover.consumption_tax_cny,
            vat_cny=turnover.vat_cny,
        )
        for turnover in turnovers
    ]
    return sorted(readings, key=lambda reading: (reading.item.code, reading.unit.code))


def suspended_tax_by_book(*, books: Iterable[AccountBook], until: datetime | None = None) -> dict[int, Decimal]:
    """The suspended duty and taxes in CNY that each book holds, by the book's id; zero where it holds nothing."""
    known = list(books)
    held = {
        amounts.place_id: amounts.tax_cny
        for amounts in amounts_held(place_ids=[book.place_id for book in known], journal=Journal.CUSTOMS, until=until)
    }
    return {book.pk: held.get(book.place_id, NOTHING) for book in known}


def guarantees_used_cny(*, guarantees: Iterable[Guarantee], until: datetime | None = None) -> dict[int, Decimal]:
    """How much of each guarantee is used, by its id: suspended duty and taxes in CNY of all books under it."""
    known = [guarantee.pk for guarantee in guarantees]
    books = AccountBook.objects.filter(guarantee__in=known)
    held = suspended_tax_by_book(books=books, until=until)
    used = dict.fromkeys(known, NOTHING)
    for book in books:
        if book.guarantee_id is not None:
            used[book.guarantee_id] += held[book.pk]
    return used


def guarantee_used_cny(guarantee: Guarantee, *, until: datetime | None = None) -> Decimal:
    """How much of the guarantee is used: suspended duty and taxes in CNY of all books under it."""
    return guarantees_used_cny(guarantees=[guarantee], until=until)[guarantee.pk]


def guarantee_readings(*, guarantees: Iterable[Guarantee]) -> list[GuaranteeReading]:
    """How much of each guarantee is used and free now, in the order in which they were given."""
    known = list(guarantees)
    used = guarantees_used_cny(guarantees=known)
    return [GuaranteeReading(guarantee, used[guarantee.pk]) for guarantee in known]


def day_to_close_through(*, site: Site, at: datetime) -> date:
    """The day through which a period would be closed next: the end of last month, or yesterday when that is closed."""
    present = today(at=at, site_id=site.pk)
    end_of_last_month = present.replace(day=1) - timedelta(days=1)
    closed = closed_through(site_id=site.pk)
    return end_of_last_month if closed is None or closed < end_of_last_month else present - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Deducted:
    """What of one lot a released declaration took off the book for one document, with its share of what rode on it."""

    quantity: Decimal
    riding: Riding

    def share(self, quantity: Decimal) -> Riding:
        """What rides on so much of it; the quantity is not above the whole."""
        parts = [part for part in (quantity, self.quantity - quantity) if part]
        return next(shares_of(self.riding, parts))


def deducted_for(*, document_kind: str, document_id: int) -> dict[int, Deducted]:
    """By lot what released declarations took off the book for a document; nothing before the release."""
    rows = DeclaredDocument.objects.filter(
        document_kind=document_kind, document_id=document_id, is_standing=True, deducted_quantity__gt=0
    )
    return {row.lot_id: _deducted(row) for row in rows.select_related("line")}


def _deducted(row: DeclaredDocument) -> Deducted:
    line: Any = row.line
    whole = Riding(
        net_mass_kg=line.net_mass_kg,
        customs_value_cny=line.released_value_cny,
        duty_cny=line.released_duty_cny,
        consumption_tax_cny=line.released_consumption_tax_cny,
        vat_cny=line.released_vat_cny,
    )
    quantity: Any = row.deducted_quantity
    parts = [part for part in (quantity, line.quantity - quantity) if part]
    return Deducted(quantity, next(shares_of(whole, parts)))


def deducted_before(*, document_kind: str, until: datetime) -> "QuerySet[DeclaredDocument]":
    """The documents of a kind whose goods a declaration had taken off the book just before a moment."""
    return DeclaredDocument.objects.filter(
        Q(line__declaration__undone_at__isnull=True) | Q(line__declaration__undone_at__gte=until),
        document_kind=document_kind,
        line__declaration__released_at__lt=until,
    )


def documents_of(declaration: Declaration) -> "QuerySet[DeclaredDocument]":
    """The documents of a declaration in the order in which they left."""
    rows = DeclaredDocument.objects.filter(line__declaration=declaration)
    return rows.select_related("line__item__unit", "lot").order_by("occurred_at", "pk")


def declaration_numbers_of(*, document_kind: str, document_ids: Iterable[int]) -> dict[int, str]:
    """By document the number that customs gave the declaration it stands on, once that is accepted."""
    rows = DeclaredDocument.objects.filter(
        document_kind=document_kind, document_id__in=list(document_ids), is_standing=True
    ).exclude(line__declaration__declaration_number="")
    return dict(rows.order_by("pk").values_list("document_id", "line__declaration__declaration_number"))
