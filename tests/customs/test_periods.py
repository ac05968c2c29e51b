"""Closing a period: what is open is dealt with or explained, and then nothing is posted into it."""

from datetime import date, timedelta

import pytest

from customs.operations.periods import PeriodNotReady, close_period
from documents import checklist
from documents.checklist import OpenItem, register_check, run_checklist
from ledger.postings import PeriodClosed, PeriodNotOver
from ledger.queries import closed_periods, closed_through
from registry.errors import NotAllowed
from registry.models import PlaceKind, Site, User
from tests.customs import build as customs
from tests.registry import build

MAY, JUNE = date(2026, 5, 31), date(2026, 6, 30)
IN_JULY = build.AT + timedelta(days=40)


@pytest.fixture(autouse=True)
def only_the_checks_of_customs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checklist, "_checks", [one for one in checklist._checks if "customs." in one[1].__module__])


def goods_in_suspense(site: Site) -> int:
    """A lot of which 4 were counted over the declaration."""
    book = customs.book(site, guarantee=customs.guarantee(site))
    lot = customs.into_book(book, build.item(), "4")
    customs.move_stock(
        site, lot, customs.place(site, PlaceKind.ABROAD), customs.place(site, PlaceKind.SUSPENSE), "4"
    )  # fmt: skip
    return lot


def test_supervisor_closes_a_period_in_which_nothing_is_open(site: Site, sally: User) -> None:
    close_period(site=site, through_date=JUNE, actor=sally, at=IN_JULY)
    period = closed_periods().get(site=site)
    assert (period.closed_through_date, period.closed_by, period.reason) == (JUNE, sally, "")
    book = customs.book(site)
    with pytest.raises(PeriodClosed):
        customs.into_book(book, build.item())


def test_customs_officer_closes_too_and_nobody_else(
    site: Site, bob: User, alice: User, charlie: User, stranger: User, olga: User
) -> None:
    for refused in (bob, alice, charlie, stranger):
        with pytest.raises(NotAllowed):
            close_period(site=site, through_date=JUNE, actor=refused, at=IN_JULY)
    close_period(site=site, through_date=JUNE, actor=olga, at=IN_JULY)
    assert closed_through(site_id=site.pk) == JUNE


def test_day_that_is_not_over_or_closed_is_refused_beside_its_field(site: Site, sally: User) -> None:
    with pytest.raises(PeriodNotOver) as not_over:
        close_period(site=site, through_date=JUNE, actor=sally, at=build.AT)
    close_period(site=site, through_date=JUNE, actor=sally, at=IN_JULY)
    with pytest.raises(PeriodClosed) as closed:
        close_period(site=site, through_date=MAY, actor=sally, at=IN_JULY)
    assert {refused.value.errors[0].field for refused in (not_over, closed)} == {"through_date"}


def test_suspense_keeps_a_period_open_until_it_is_explained(site: Site, sally: User) -> None:
    goods_in_suspense(site)
    with pytest.raises(PeriodNotReady, match="1 thing is still open") as refused:
        close_period(site=site, through_date=JUNE, actor=sally, at=IN_JULY, explanation="  ")
    assert refused.value.errors[0].field == "explanation"
    close_period(site=site, through_date=JUNE, actor=sally, at=IN_JULY, explanation="The owner admits them in July.")
    told = closed_periods().get(site=site).reason.splitlines()
    assert told[:2] == ["The owner admits them in July.", "Goods in suspense (1):"]
    assert "Item ALMOND over the declaration" in told[2]


def test_goods_that_came_after_the_period_are_not_open_in_it(site: Site, sally: User) -> None:
    goods_in_suspense(site)
    assert not any(result.items for result in run_checklist(site=site, through_date=MAY))
    close_period(site=site, through_date=MAY, actor=sally, at=IN_JULY)


def test_lot_of_which_book_and_floor_differ_is_named_with_both_figures(site: Site) -> None:
    book = customs.book(site, guarantee=customs.guarantee(site))
    lot = customs.into_book(book, build.item(), "100")
    same = customs.into_book(book, build.item("HONEY"), "5")
    abroad, shelf = customs.place(site, PlaceKind.ABROAD), build.bin_place(site)
    customs.move_stock(site, lot, abroad, shelf, "90")
    customs.move_stock(site, same, abroad, shelf, "5")
    (difference,) = [item for result in run_checklist(site=site, through_date=JUNE) for item in result.items]
    said = str(difference.label).replace("\xa0", " ")
    assert "100 kg in the book, 90 kg on the floor" in said
    assert difference.document_number.startswith("ADM-")


def test_other_apps_add_their_checks(site: Site, sally: User) -> None:
    def open_documents(at_site: Site, through_date: date) -> list[OpenItem]:
        return [OpenItem("Admission is a draft", f"{at_site.code}-ADM-1", "/admissions/1/")]

    register_check("Open documents", open_documents)
    register_check("Open documents", open_documents)
    (found,) = [result for result in run_checklist(site=site, through_date=JUNE) if result.items]
    assert (found.name, len(found.items)) == ("Open documents", 1)
    with pytest.raises(PeriodNotReady):
        close_period(site=site, through_date=JUNE, actor=sally, at=IN_JULY)


def test_what_is_opened_while_the_period_is_being_closed_refuses_it(site: Site, sally: User) -> None:
    asked = iter([[], [OpenItem("Came in between")]])
    register_check("Open documents", lambda _site, _day: next(asked))
    with pytest.raises(PeriodNotReady, match="while the period was being closed"):
        close_period(site=site, through_date=JUNE, actor=sally, at=IN_JULY)
    assert closed_through(site_id=site.pk) is None
