"""Stock count: blind and twice, gross, taxed, and approved by somebody who neither prepared nor counted."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from bonded.models import StockCount, StockVariance
from bonded.stock_counts.operations import (
    CountedLine,
    approve_stock_count,
    open_stock_count,
    record_counts,
    record_recounts,
    void_stock_count,
)
from bonded.stock_counts.operations.sheets import EnteredLate
from bonded.stock_counts.operations.variances import CountedTwice
from customs.operations.books import open_account_book
from documents.operations.documents import NotAsRequired, OwnWork, WrongState
from documents.reversals.operations import approve_reversal, request_reversal
from ledger.postings import CustomsStatus, Journal, NotEnoughStock
from ledger.queries import balances, lots
from ledger.verification import verify
from registry.errors import NotAllowed
from registry.models import PlaceKind, Role
from tests.bonded.build import Warehouse, item, out, tariff, warehouse
from tests.bonded.test_concurrency import at_once
from tests.bonded.test_relocations import _move
from tests.registry import build
from tests.standing import standing
from tests.worked import figures

T10 = figures("goods", "T10")


@standing
def counted():
    """T10's two bins, and a second operator who counts again."""
    tariff("08", duty=T10["in"]["duty"], vat=T10["in"]["vat"])
    khorgos = warehouse()
    goods = item()
    for place, bin_of in zip((khorgos.bin, khorgos.other_bin), T10["in"]["bins"], strict=True):
        value = str(bin_of["book"] * Decimal(T10["in"]["value_each"]))
        khorgos.admitted(khorgos.line(goods, str(bin_of["book"]), value), into=place)
    return khorgos, goods, build.user("second", Role.OPERATOR, khorgos.site.organisation, at_site=khorgos.site)


def _open(khorgos: Warehouse, **more):
    at = khorgos.tick()
    bins = [khorgos.bin, khorgos.other_bin]
    given = {
        "actor": khorgos.operator, "at": at, "counted_as_of": at, "request_key": uuid4(), "places": bins, **more,
    }  # fmt: skip
    return open_stock_count(site=khorgos.site, book=khorgos.book, **given)


def _found(khorgos, goods, first, second):
    return [
        CountedLine(place=khorgos.bin, item=goods, quantity=Decimal(first)),
        CountedLine(place=khorgos.other_bin, item=goods, quantity=Decimal(second)),
    ]


def _settled(counted):
    khorgos, goods, second = counted
    found = _found(khorgos, goods, *(bin_of["count"] for bin_of in T10["in"]["bins"]))
    return _counted_twice(_open(khorgos), found, khorgos.operator, second, khorgos)


def _counted_twice(stock_count, found, first, second, khorgos):
    stock_count = record_counts(stock_count=stock_count, counts=found, actor=first, at=khorgos.tick())
    assert stock_count.state == "counted"
    return record_recounts(stock_count=stock_count, counts=found, actor=second, at=khorgos.tick())


def _move_60(khorgos, goods, **more):
    lot = lots().filter(item=goods).order_by("pk").first()
    _move(khorgos, (lot, khorgos.bin, khorgos.other_bin, "60"), **more)


def _second_book(khorgos):
    return open_account_book(
        site=khorgos.site, number="T-SECOND", kind="logistics", holder=khorgos.site.organisation,
        opened_date=khorgos.book.opened_date, actor=None, at=khorgos.now,
    )  # fmt: skip


def test_shortage_and_overage_are_gross_and_the_shortage_is_taxed(counted):
    _settled(counted)
    short = StockVariance.objects.get(quantity__lt=0)
    over = StockVariance.objects.get(quantity__gt=0)
    expected = T10["out"]
    assert (-short.quantity, over.quantity) == (expected["shortage"], expected["overage"])
    assert short.quantity + over.quantity == expected["net"]
    assert short.tax_cny == Decimal(expected["shortage_tax"])
    assert over.tax_cny is None


def test_approval_takes_shortages_off_stock_and_book_and_overages_into_suspense(counted):
    khorgos, _goods, _second = counted
    stock_count = _settled(counted)
    stock_count = approve_stock_count(stock_count=stock_count, actor=khorgos.supervisor, at=khorgos.tick())
    assert stock_count.state == "approved"
    assert khorgos.held(Journal.STOCK, khorgos.bin) == 888
    assert khorgos.held(Journal.STOCK, khorgos.other_bin) == 1545
    assert khorgos.held(Journal.CUSTOMS, khorgos.book.place) == 2433
    (over,) = balances(places=[khorgos.site.places.get(kind=PlaceKind.SUSPENSE).pk])
    assert (over.quantity, over.customs_value_cny) == (7, 0)
    assert lots().get(pk=over.lot_id).customs_status == CustomsStatus.UNADMITTED
    assert not list(verify())


def test_a_count_without_difference_needs_no_second_one(counted):
    khorgos, goods, _second = counted
    stock_count = record_counts(
        stock_count=_open(khorgos), counts=_found(khorgos, goods, 900, 1545), actor=khorgos.operator, at=khorgos.tick()
    )
    assert stock_count.state == "recounted"
    assert not StockVariance.objects.exists()


def test_the_second_count_is_another_person_s_and_the_approval_a_third_s(counted):
    khorgos, goods, second = counted
    found = _found(khorgos, goods, 888, 1552)
    stock_count = record_counts(stock_count=_open(khorgos), counts=found, actor=khorgos.operator, at=khorgos.tick())
    with pytest.raises(OwnWork):
        record_recounts(stock_count=stock_count, counts=found, actor=khorgos.operator, at=khorgos.tick())
    stock_count = record_recounts(stock_count=stock_count, counts=found, actor=khorgos.supervisor, at=khorgos.tick())
    with pytest.raises(OwnWork):
        approve_stock_count(stock_count=stock_count, actor=khorgos.supervisor, at=khorgos.tick())
    with pytest.raises(NotAllowed):
        approve_stock_count(stock_count=stock_count, actor=second, at=khorgos.tick())


def test_a_line_that_was_not_counted_is_named(counted):
    khorgos, goods, _second = counted
    with pytest.raises(NotAsRequired) as refused:
        record_counts(
            stock_count=_open(khorgos), counts=_found(khorgos, goods, 1, 1)[:1], actor=khorgos.operator,
            at=khorgos.tick(),
        )  # fmt: skip
    assert [(error.field, error.row) for error in refused.value.errors] == [("quantity", 1)]


def test_an_item_that_the_ledger_does_not_know_there_is_an_overage(counted):
    khorgos, goods, second = counted
    found = [
        *_found(khorgos, goods, 900, 1545),
        CountedLine(place=khorgos.bin, item=item("STRAY"), quantity=Decimal(2)),
    ]
    stock_count = record_counts(stock_count=_open(khorgos), counts=found, actor=khorgos.operator, at=khorgos.tick())
    record_recounts(stock_count=stock_count, counts=found[2:], actor=second, at=khorgos.tick())
    assert StockVariance.objects.get().quantity == 2


def test_missing_goods_that_are_reserved_stop_the_approval_and_what_reserved_them_is_named(counted):
    khorgos, goods, second = counted
    withdrawal = khorgos.accepted_withdrawal(out(goods, "900"))
    found = _found(khorgos, goods, 888, 1545)
    stock_count = _counted_twice(_open(khorgos), found, khorgos.operator, second, khorgos)
    with pytest.raises(NotEnoughStock, match=withdrawal.number) as refused:
        approve_stock_count(stock_count=stock_count, actor=khorgos.supervisor, at=khorgos.tick())
    assert (refused.value.errors[0].field, refused.value.errors[0].row) == ("quantity", 0)
    assert StockCount.objects.get().state == "recounted"
    asked = request_reversal(document=withdrawal, reason="Not there", actor=khorgos.operator, at=khorgos.tick())
    approve_reversal(reversal=asked, actor=khorgos.officer, at=khorgos.tick())
    approve_stock_count(stock_count=stock_count, actor=khorgos.supervisor, at=khorgos.tick())
    assert khorgos.held(Journal.STOCK, khorgos.bin) == 888
    assert StockVariance.objects.get().tax_cny == Decimal(T10["out"]["shortage_tax"])
    assert not list(verify())


def test_a_shortage_takes_the_first_admitted_lot_first(counted):
    khorgos, goods, second = counted
    first = lots().get(number__endswith="000001-01")
    late = khorgos.admitted(khorgos.line(goods, "100", "5000"), into=khorgos.bin).lines.get().lot
    found = _found(khorgos, goods, 50, 1545)
    _counted_twice(_open(khorgos), found, khorgos.operator, second, khorgos)
    short = StockVariance.objects.order_by("pk").values_list("lot", "quantity", "customs_value_cny")
    assert list(short) == [(first.pk, -900, 90000), (late.pk, -50, 2500)]


def test_the_second_count_does_not_stand_for_the_first(counted):
    khorgos, goods, second = counted
    stock_count = _open(khorgos)
    with pytest.raises(WrongState):
        record_recounts(stock_count=stock_count, counts=_found(khorgos, goods, 1, 1), actor=second, at=khorgos.tick())
    _settled(counted)
    with pytest.raises(WrongState):
        record_counts(
            stock_count=StockCount.objects.get(state="recounted"), counts=_found(khorgos, goods, 1, 1),
            actor=khorgos.operator, at=khorgos.tick(),
        )  # fmt: skip


def test_what_only_the_second_count_found_is_named_and_not_lost(counted):
    khorgos, goods, second = counted
    found = _found(khorgos, goods, 888, 1545)
    stock_count = record_counts(stock_count=_open(khorgos), counts=found, actor=khorgos.operator, at=khorgos.tick())
    stray = CountedLine(place=khorgos.bin, item=item("STRAY"), quantity=Decimal(2))
    with pytest.raises(NotAsRequired) as refused:
        record_recounts(stock_count=stock_count, counts=[*found, stray], actor=second, at=khorgos.tick())
    assert [(error.field, error.row) for error in refused.value.errors] == [("item", 2)]


def test_what_is_counted_beside_the_sheets_is_held_against_the_ledger_too(counted):
    khorgos, goods, _second = counted
    stock_count = record_counts(
        stock_count=_open(khorgos, places=[khorgos.bin]), counts=_found(khorgos, goods, 900, 1545),
        actor=khorgos.operator, at=khorgos.tick(),
    )  # fmt: skip
    assert stock_count.state == "recounted"


def test_goods_of_another_book_are_no_overage(counted):
    khorgos, goods, _second = counted
    theirs = item("THEIRS")
    book, khorgos.book = khorgos.book, _second_book(khorgos)
    khorgos.admitted(khorgos.line(theirs, "5"), into=khorgos.bin)
    khorgos.book = book
    stock_count = _open(khorgos)
    assert {line.item for line in stock_count.lines.all()} == {goods}
    found = [*_found(khorgos, goods, 900, 1545), CountedLine(place=khorgos.bin, item=theirs, quantity=Decimal(5))]
    with pytest.raises(NotAsRequired) as refused:
        record_counts(stock_count=stock_count, counts=found, actor=khorgos.operator, at=khorgos.tick())
    assert [(error.field, error.row) for error in refused.value.errors] == [("item", 2)]


def test_what_was_entered_late_is_no_difference(counted):
    khorgos, goods, _second = counted
    before = khorgos.tick()
    stock_count = _open(khorgos)
    _move_60(khorgos, goods, occurred_at=before)
    stock_count = record_counts(
        stock_count=stock_count, counts=_found(khorgos, goods, 840, 1605), actor=khorgos.operator, at=khorgos.tick()
    )
    assert stock_count.state == "recounted"


def test_what_was_entered_late_after_the_counts_stops_the_approval(counted):
    khorgos, goods, second = counted
    before = khorgos.tick()
    stock_count = _counted_twice(_open(khorgos), _found(khorgos, goods, 840, 1605), khorgos.operator, second, khorgos)
    _move_60(khorgos, goods, occurred_at=before)
    with pytest.raises(EnteredLate) as refused:
        approve_stock_count(stock_count=stock_count, actor=khorgos.supervisor, at=khorgos.tick())
    assert [error.row for error in refused.value.errors] == [0, 1]


def test_two_counts_of_the_same_bins_settle_a_difference_once(counted):
    khorgos, _goods, _second = counted
    first, again = _settled(counted), _settled(counted)
    approve_stock_count(stock_count=first, actor=khorgos.supervisor, at=khorgos.tick())
    with pytest.raises(CountedTwice, match=first.number):
        approve_stock_count(stock_count=again, actor=khorgos.supervisor, at=khorgos.tick())
    assert khorgos.held(Journal.STOCK, khorgos.bin) == 888


@pytest.mark.django_db(transaction=True)
def test_of_two_approvals_at_once_one_succeeds(committed_khorgos):
    khorgos, goods = committed_khorgos, item()
    khorgos.admitted(khorgos.line(goods, "900"))
    second = build.user("second", Role.OPERATOR, khorgos.site.organisation, at_site=khorgos.site)
    found = _found(khorgos, goods, 888, 0)[:1]
    both = [_counted_twice(_open(khorgos), found, khorgos.operator, second, khorgos) for _ in range(2)]
    at = khorgos.tick()
    for counts, refusal in (([both[0]] * 2, WrongState), (both, CountedTwice)):
        outcomes = at_once(
            [lambda one=one: approve_stock_count(stock_count=one, actor=khorgos.supervisor, at=at) for one in counts]
        )
        assert any(isinstance(outcome, refusal) for outcome in outcomes)
        assert khorgos.held(Journal.STOCK, khorgos.bin) == 888


def test_a_stranger_and_an_officer_count_and_approve_nothing(counted):
    khorgos, goods, _second = counted
    stranger, found = warehouse("ALA"), _found(khorgos, goods, 900, 1545)
    stock_count = _open(khorgos)
    for actor in (stranger.operator, khorgos.officer):
        with pytest.raises(NotAllowed):
            _open(khorgos, actor=actor)
        with pytest.raises(NotAllowed):
            record_counts(stock_count=stock_count, counts=found, actor=actor, at=khorgos.tick())
    settled = _settled(counted)
    for actor in (stranger.supervisor, khorgos.officer):
        with pytest.raises(NotAllowed):
            approve_stock_count(stock_count=settled, actor=actor, at=khorgos.tick())


def test_the_same_request_draws_up_one_count(counted):
    khorgos, _goods, _second = counted
    key = uuid4()
    assert _open(khorgos, request_key=key) == _open(khorgos, request_key=key)
    assert StockCount.objects.count() == 1


def test_bins_of_another_site_and_a_moment_in_the_future_are_refused(counted):
    khorgos, _goods, _second = counted
    for wrong, field in (
        ({"places": [khorgos.bin, warehouse("ALA").bin]}, "places"),
        ({"counted_as_of": khorgos.now + timedelta(days=1)}, "counted_as_of"),
    ):
        with pytest.raises(NotAsRequired) as refused:
            _open(khorgos, **wrong)
        assert [error.field for error in refused.value.errors] == [field]


def test_a_void_count_cannot_be_approved(counted):
    khorgos, _goods, _second = counted
    stock_count = void_stock_count(
        stock_count=_open(khorgos), actor=khorgos.operator, at=khorgos.tick(), reason="Wrong bins"
    )
    with pytest.raises(WrongState):
        approve_stock_count(stock_count=stock_count, actor=khorgos.supervisor, at=khorgos.tick())
