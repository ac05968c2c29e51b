"""Account books, guarantees and goods in them, built by calling operations; other apps' tests use it too."""

from datetime import date, datetime
from decimal import Decimal
from importlib import import_module
from itertools import count
from typing import Any

from django.apps import apps

from customs.models import AccountBook, AccountBookKind, Guarantee, Regime
from customs.operations.books import open_account_book
from customs.operations.guarantees import enter_guarantee
from ledger.operations import open_lots, post
from ledger.postings import (
    Account,
    CustomsStatus,
    Document,
    Hold,
    Journal,
    Leg,
    MovementKind,
    NewLot,
    Posted,
    Posting,
    Riding,
)
from registry.models import Item, Place, PlaceKind, Site
from tests.registry import build

OPENED = date(2026, 1, 1)
_numbers = count(1)


def declaration_number(year: int = 2026) -> str:
    """A number as China's customs gives it, and none that was given before."""
    return f"9402{year}{next(_numbers):010d}"


def regimes() -> None:
    """Enter what the migration entered, after a transactional test has emptied every table."""
    if not Regime.objects.exists():
        import_module("customs.migrations.0001_initial").enter_regimes(apps, None)


def guarantee(at_site: Site, *, number: str = "", limit_cny: str = "160000.00") -> Guarantee:
    return enter_guarantee(
        site=at_site,
        number=number or f"GUARANTEE-{next(_numbers)}",
        guarantor="Bank of Examples",
        limit_cny=Decimal(limit_cny),
        actor=None,
        at=build.AT,
    )


def book(at_site: Site, number: str = "", **fields: Any) -> AccountBook:
    given = {
        "kind": AccountBookKind.LOGISTICS,
        "holder": at_site.organisation,
        "opened_date": OPENED,
        "actor": None,
        "at": build.AT,
        **fields,
    }
    return open_account_book(site=at_site, number=number or f"BOOK-{next(_numbers)}", **given)


def place(at_site: Site, kind: PlaceKind) -> Place:
    return Place.objects.get(site=at_site, kind=kind)


def into_book(
    in_book: AccountBook,
    of_item: Item,
    quantity: str = "100",
    *,
    value_cny: str = "1000.00",
    duty_cny: str = "80.00",
    vat_cny: str = "140.40",
    at: datetime = build.AT,
) -> int:
    """Admit a lot to the book, as the acceptance of an admission does; its id."""
    number = next(_numbers)
    document = Document("admission", number, f"ADM-{number}")
    amounts = Decimal(quantity), Decimal(value_cny), Decimal(duty_cny), Decimal(0), Decimal(vat_cny)
    site = in_book.site
    new = NewLot(
        site.zone_id, site.pk, f"LOT-{number}", of_item.pk, of_item.unit_id, site.organisation_id,
        CustomsStatus.BONDED, "UZ", at.date(), document, Decimal(quantity), *amounts,
    )  # fmt: skip
    (lot,) = open_lots(lots=[new], at=at)
    abroad = Account(place(site, PlaceKind.ABROAD).pk)
    leg = Leg(Journal.CUSTOMS, lot.pk, abroad, Account(in_book.place_id), Decimal(quantity), Riding(*amounts))
    _post(site, MovementKind.ADMITTED, leg, document, at)
    return lot.pk


def reserve_in_book(in_book: AccountBook, lot_id: int, quantity: str, *, at: datetime = build.AT) -> Posted:
    """Pre-deduct from the book, as the acceptance of a withdrawal does."""
    source, target = Account(in_book.place_id), Account(in_book.place_id, Hold.RESERVED)
    leg = Leg(Journal.CUSTOMS, lot_id, source, target, Decimal(quantity))
    return _post(in_book.site, MovementKind.RESERVED, leg, _withdrawal(), at)


def out_of_book(
    in_book: AccountBook, lot_id: int, quantity: str, *, hold: Hold = Hold.FREE, at: datetime = build.AT
) -> Posted:
    """Discharge from the book to the domestic market."""
    source, target = Account(in_book.place_id, hold), Account(place(in_book.site, PlaceKind.DOMESTIC).pk)
    leg = Leg(Journal.CUSTOMS, lot_id, source, target, Decimal(quantity))
    return _post(in_book.site, MovementKind.DOMESTIC_SALE, leg, _withdrawal(), at)


def move_stock(
    at_site: Site, lot_id: int, source: Place, target: Place, quantity: str, *, at: datetime = build.AT
) -> Posted:
    """Put goods somewhere in the yard; from a boundary they bring nothing but their mass."""
    riding = None if source.is_internal else Riding(Decimal(quantity), *[Decimal(0)] * 4)
    leg = Leg(Journal.STOCK, lot_id, Account(source.pk), Account(target.pk), Decimal(quantity), riding)
    return _post(at_site, MovementKind.RELOCATED, leg, _withdrawal(), at)


def _withdrawal() -> Document:
    number = next(_numbers)
    return Document("withdrawal", number, f"WDR-{number}")


def _post(at_site: Site, kind: MovementKind, leg: Leg, document: Document, at: datetime) -> Posted:
    posting = Posting(f"{document.number}:{kind}", kind, at_site.pk, document, at, (leg,))
    return post(zone_id=at_site.zone_id, actor_id=None, postings=[posting])[0]
