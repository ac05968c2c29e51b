"""Account books: opened with a place, read from the ledger, closed when empty."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from customs.models import AccountBookKind
from customs.operations.books import (
    BookNotEmpty,
    GuaranteeOfAnotherSite,
    change_account_book,
    close_account_book,
    take_guarantee,
)
from customs.operations.guarantees import BookClosed, GuaranteeExceeded
from customs.queries import book_readings, suspended_tax_by_book
from ledger.operations import reverse
from ledger.postings import Hold
from registry.errors import NotAllowed
from registry.models import Place, PlaceKind, Site, User
from registry.operations.register import NotFitForRegister
from tests.customs import build as customs
from tests.registry import build

LATER = build.AT + timedelta(days=10)


def test_book_is_opened_with_its_place_in_the_ledger(site: Site, alice: User) -> None:
    book = customs.book(site, "B-1", actor=alice)
    assert (book.place.site, book.place.code, book.place.kind, book.place.is_internal) == (
        site, "B-1", PlaceKind.BOOK, True,
    )  # fmt: skip
    assert book.history.get().history_user == alice


def test_taken_number_is_refused_as_the_number_and_leaves_no_place(site: Site) -> None:
    customs.book(site, "B-1")
    places = Place.objects.count()
    with pytest.raises(NotFitForRegister) as refused:
        customs.book(build.site("HRS"), "B-1")
    assert refused.value.errors[0].field == "number"
    assert Place.objects.filter(kind=PlaceKind.BOOK).count() == 1
    assert Place.objects.exclude(site__code="HRS").count() == places


@pytest.mark.parametrize("figure", [0, 13])
def test_reconciliation_cycle_is_at_most_a_year(site: Site, figure: int) -> None:
    with pytest.raises(NotFitForRegister) as refused:
        customs.book(site, reconciliation_months=figure)
    assert refused.value.errors[0].field == "reconciliation_months"


def test_only_an_administrator_of_the_site_keeps_books(site: Site, sally: User, olga: User, stranger: User) -> None:
    for actor in (sally, olga, stranger):
        with pytest.raises(NotAllowed):
            customs.book(site, actor=actor)


def test_guarantee_of_another_site_is_refused(site: Site) -> None:
    elsewhere = customs.guarantee(build.site("HRS"))
    with pytest.raises(GuaranteeOfAnotherSite):
        customs.book(site, guarantee=elsewhere)
    book = customs.book(site)
    with pytest.raises(GuaranteeOfAnotherSite):
        take_guarantee(book=book, guarantee=elsewhere, actor=None, at=build.AT)


def test_book_moves_under_a_guarantee_only_when_what_it_holds_fits(site: Site) -> None:
    book = customs.book(site, guarantee=customs.guarantee(site))
    customs.into_book(book, build.item(), duty_cny="80.00", vat_cny="140.40")
    small, enough = (customs.guarantee(site, limit_cny=limit) for limit in ("220.39", "220.40"))
    with pytest.raises(GuaranteeExceeded) as refused:
        take_guarantee(book=book, guarantee=small, actor=None, at=build.AT)
    assert refused.value.errors[0].field == "guarantee"
    assert take_guarantee(book=book, guarantee=enough, actor=None, at=build.AT).guarantee == enough


def test_change_is_told_in_the_history(site: Site, alice: User) -> None:
    book = customs.book(site)
    changed = change_account_book(
        book=book, kind=AccountBookKind.PROCESSING, holder=build.organisation("HOLDER"), guarantee=None,
        reconciliation_months=6, actor=alice, at=build.AT, reason="New licence",
    )  # fmt: skip
    told = changed.history.first()
    assert (told.history_user, told.history_change_reason, told.kind) == (alice, "New licence", "processing")


def test_book_with_goods_cannot_be_closed(site: Site, alice: User) -> None:
    book = customs.book(site, "B-1")
    lot = customs.into_book(book, build.item())
    with pytest.raises(BookNotEmpty, match="still holds goods of 1 lot;"):
        close_account_book(book=book, closed_date=date(2026, 6, 30), actor=alice, at=build.AT)
    customs.out_of_book(book, lot, "100")
    closed = close_account_book(book=book, closed_date=date(2026, 6, 30), actor=alice, at=build.AT)
    assert closed.closed_date == date(2026, 6, 30)
    assert not Place.objects.get(pk=book.place_id).is_open
    with pytest.raises(BookClosed):
        take_guarantee(book=book, guarantee=None, actor=alice, at=build.AT)


def test_book_cannot_be_closed_before_it_was_opened(site: Site) -> None:
    book = customs.book(site, opened_date=date(2026, 3, 1))
    with pytest.raises(NotFitForRegister, match="before it was opened"):
        close_account_book(book=book, closed_date=date(2026, 2, 28), actor=None, at=build.AT)


def test_readings_are_increase_decrease_predecrease_and_what_is_available(site: Site) -> None:
    book = customs.book(site)
    almond, honey = build.item("ALMOND"), build.item("HONEY", hs_code=build.hs_code("040900"))
    first = customs.into_book(book, almond, "100")
    customs.into_book(book, almond, "50")
    customs.into_book(customs.book(site), almond, "7")
    customs.into_book(book, honey, "3")
    customs.reserve_in_book(book, first, "40")
    customs.out_of_book(book, first, "30", hold=Hold.RESERVED)
    customs.out_of_book(book, first, "5")
    readings = {reading.item.code: reading for reading in book_readings(book=book)}
    assert list(readings) == ["ALMOND", "HONEY"]
    almonds = readings["ALMOND"]
    assert (almonds.actual_increase, almonds.actual_decrease, almonds.pre_decrease) == (150, 35, 10)
    assert (almonds.held, almonds.available) == (115, 105)
    assert readings["HONEY"].available == 3
    by_book = suspended_tax_by_book(books=[book])
    assert sum(reading.tax_cny for reading in readings.values()) == by_book[book.pk]


def test_reversal_takes_back_from_what_it_reverses(site: Site) -> None:
    book = customs.book(site)
    lot = customs.into_book(book, build.item(), "100")
    out = customs.out_of_book(book, lot, "30")
    reverse(
        transaction_ids=[out.transaction_id], actor_id=None, occurred_at=build.AT, reason="Wrong", idempotency_key="r"
    )
    (reading,) = book_readings(book=book)
    assert (reading.actual_increase, reading.actual_decrease, reading.available) == (100, 0, 100)


def test_readings_of_an_earlier_day_leave_out_what_came_later(site: Site) -> None:
    book = customs.book(site)
    lot = customs.into_book(book, build.item(), "100")
    customs.out_of_book(book, lot, "60", at=LATER)
    (earlier,) = book_readings(book=book, until=LATER)
    assert (earlier.actual_increase, earlier.actual_decrease) == (100, 0)
    assert earlier.tax_cny == Decimal("220.40")
    (now,) = book_readings(book=book)
    assert (now.actual_decrease, now.available) == (60, 40)
    assert not book_readings(book=book, until=build.AT)


@pytest.mark.parametrize("lots", [1, 3])
def test_readings_take_three_queries_however_many_rows(
    site: Site, lots: int, django_assert_num_queries: object
) -> None:
    book = customs.book(site)
    for number in range(lots):
        customs.into_book(book, build.item(f"ITEM-{number}"))
    with django_assert_num_queries(3):  # type: ignore[operator]
        assert len(book_readings(book=book)) == lots
