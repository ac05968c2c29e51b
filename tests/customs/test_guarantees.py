"""A guarantee covers what is suspended under it, and not a fen more."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier, Event
from time import sleep

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from customs.models import AccountBook
from customs.operations.books import BookNotEmpty, close_account_book
from customs.operations.guarantees import (
    BookClosed,
    GuaranteeExceeded,
    LimitBelowUsed,
    MissingGuarantee,
    change_guarantee,
    enter_guarantee,
    require_guarantee,
)
from customs.queries import guarantee_used_cny, guarantees_used_cny
from registry.errors import NotAllowed
from registry.models import Site, User
from registry.operations.register import NotFitForRegister
from tests.customs import build as customs
from tests.customs.conftest import warehouse
from tests.registry import build

# T1: 100,000 USD FOB and 3,000 USD freight, insured at 0.3 %, at 7.1000 CNY, duty 8 %, VAT 13 %.
T1_DUTY, T1_VAT, T1_SUSPENDED = "58680.04", "102983.47", Decimal("161663.51")


@pytest.mark.parametrize(("limit", "fits"), [("160000.00", False), ("161663.50", False), ("161663.51", True)])
def test_admission_is_refused_when_its_tax_exceeds_what_is_free(site: Site, limit: str, fits: bool) -> None:
    book = customs.book(site, guarantee=customs.guarantee(site, limit_cny=limit))
    if fits:
        require_guarantee(book=book, suspended_tax_cny=T1_SUSPENDED)
        return
    with pytest.raises(GuaranteeExceeded) as refused:
        require_guarantee(book=book, suspended_tax_cny=T1_SUSPENDED, row=2)
    (error,) = refused.value.errors
    assert (error.field, error.row, error.figure) == ("book", 2, T1_SUSPENDED)
    assert refused.value.code == "guarantee-exceeded"
    assert refused.value.status == 409


def test_refusal_names_limit_used_free_and_asked(site: Site) -> None:
    book = customs.book(site, guarantee=customs.guarantee(site, number="G-7", limit_cny="1000.00"))
    customs.into_book(book, build.item(), duty_cny="80.00", vat_cny="140.40")
    with pytest.raises(GuaranteeExceeded) as refused:
        require_guarantee(book=book, suspended_tax_cny=Decimal("779.61"))
    said = str(refused.value).replace("\xa0", " ")
    assert said == (
        "The guarantee G-7 covers 1,000.00 CNY, of which 220.40 CNY are used and 779.60 CNY are free;"
        " 779.61 CNY are asked for."
    )
    require_guarantee(book=book, suspended_tax_cny=Decimal("779.60"))


def test_used_is_what_the_customs_journal_suspends_in_every_book_under_the_guarantee(site: Site) -> None:
    guarantee, other = customs.guarantee(site), customs.guarantee(site)
    first, second = customs.book(site, guarantee=guarantee), customs.book(site, guarantee=guarantee)
    item = build.item()
    lot = customs.into_book(first, item, duty_cny="80.00", vat_cny="140.40")
    customs.into_book(second, item, duty_cny="0.00", vat_cny="9.60")
    customs.into_book(customs.book(site, guarantee=other), item, duty_cny="1.00", vat_cny="0.00")
    customs.into_book(customs.book(site), item)
    assert guarantee_used_cny(guarantee) == Decimal("230.00")
    customs.reserve_in_book(first, lot, "40")
    assert guarantee_used_cny(guarantee) == Decimal("230.00")
    customs.out_of_book(first, lot, "50")
    used = guarantees_used_cny(guarantees=[guarantee, other])
    assert used == {guarantee.pk: Decimal("119.80"), other.pk: Decimal("1.00")}


def test_book_without_guarantee_is_refused_where_the_regime_takes_one(site: Site) -> None:
    book = customs.book(site)
    with pytest.raises(MissingGuarantee, match="stands under none"):
        require_guarantee(book=book, suspended_tax_cny=Decimal(1))
    free_zone = build.site("HRS")
    require_guarantee(book=customs.book(free_zone), suspended_tax_cny=Decimal(1_000_000_000))


def test_closed_book_admits_nothing(site: Site) -> None:
    book = customs.book(site, guarantee=customs.guarantee(site))
    close_account_book(book=book, closed_date=build.AT.date(), actor=None, at=build.AT)
    with pytest.raises(BookClosed):
        require_guarantee(book=book, suspended_tax_cny=Decimal(0))


def test_only_an_administrator_of_the_site_enters_guarantees(
    site: Site, alice: User, sally: User, stranger: User
) -> None:
    def enter(actor: User, number: str, limit: str = "1.00") -> None:
        enter_guarantee(
            site=site, number=number, guarantor="Bank", limit_cny=Decimal(limit), actor=actor, at=build.AT
        )  # fmt: skip

    enter(alice, "G-A")
    for refused in (sally, stranger):
        with pytest.raises(NotAllowed):
            enter(refused, "G-B")
    with pytest.raises(NotFitForRegister, match="above zero"):
        enter(alice, "G-C", "0")
    with pytest.raises(NotFitForRegister) as taken:
        enter(alice, "G-A")
    assert taken.value.errors[0].field == "number"


def test_limit_cannot_fall_below_what_is_used(site: Site, alice: User) -> None:
    guarantee = customs.guarantee(site)
    customs.into_book(customs.book(site, guarantee=guarantee), build.item(), duty_cny="80.00", vat_cny="140.40")

    def change(limit: str) -> None:
        change_guarantee(
            guarantee=guarantee, guarantor="Another bank", limit_cny=Decimal(limit), actor=alice, at=build.AT,
            reason="New contract",
        )  # fmt: skip

    with pytest.raises(LimitBelowUsed) as refused:
        change("220.39")
    assert refused.value.errors[0].field == "limit_cny"
    change("220.40")
    guarantee.refresh_from_db()
    assert (guarantee.limit_cny, guarantee.guarantor) == (Decimal("220.40"), "Another bank")
    assert guarantee.history.first().history_change_reason == "New contract"


@pytest.fixture
def committed_book(transactional_db: None) -> AccountBook:
    """A book with 161663.51 CNY free, committed, so that threads see it."""
    customs.regimes()
    site = warehouse()
    return customs.book(site, guarantee=customs.guarantee(site, limit_cny=str(T1_SUSPENDED)))


def test_of_two_admissions_at_once_exactly_one_fits(committed_book: AccountBook) -> None:
    item = build.item()
    both_ready = Barrier(2)

    def admit(_number: int) -> str:
        try:
            both_ready.wait(timeout=20)
            with transaction.atomic():
                require_guarantee(book=committed_book, suspended_tax_cny=T1_SUSPENDED)
                customs.into_book(committed_book, item, duty_cny=T1_DUTY, vat_cny=T1_VAT)
        except GuaranteeExceeded:
            return "refused"
        finally:
            connection.close()
        return "accepted"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(admit, range(2))) == ["accepted", "refused"]
    assert guarantee_used_cny(committed_book.guarantee) == T1_SUSPENDED


def test_book_is_not_closed_while_something_is_being_admitted_to_it(committed_book: AccountBook) -> None:
    item = build.item()
    admitting = Event()

    def admit() -> None:
        try:
            with transaction.atomic():
                require_guarantee(book=committed_book, suspended_tax_cny=Decimal("220.40"))
                admitting.set()
                sleep(0.5)
                customs.into_book(committed_book, item)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        admitted = pool.submit(admit)
        assert admitting.wait(timeout=20)
        with pytest.raises(BookNotEmpty):
            close_account_book(book=committed_book, closed_date=build.AT.date(), actor=None, at=build.AT)
        admitted.result()


def test_guarantee_is_asked_for_inside_a_transaction(committed_book: AccountBook) -> None:
    with pytest.raises(TransactionManagementError):
        require_guarantee(book=committed_book, suspended_tax_cny=Decimal(1))
