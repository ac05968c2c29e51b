"""Stock count: blind and twice, gross, taxed, and approved by somebody who neither prepared nor counted."""

from decimal import Decimal
from uuid import uuid4

import pytest

from bonded.models import StockVariance
from bonded.operations.documents import NotAsRequired, OwnWork, WrongState
from bonded.operations.stock_counts import (
    CountedLine,
    approve_stock_count,
    open_stock_count,
    record_counts,
    record_recounts,
    void_stock_count,
)
from ledger.postings import CustomsStatus, Journal, NotEnoughStock
from ledger.queries import balances, lots
from ledger.verification import verify
from registry.errors import NotAllowed
from registry.models import PlaceKind, Role
from tests.bonded.build import Warehouse, item, out, tariff, warehouse
from tests.registry import build
from tests.worked import figures

T10 = figures("goods", "T10")


@pytest.fixture
def counted(db):
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
    given = {"actor": khorgos.operator, "at": at, "counted_as_of": at, "request_key": uuid4(), **more}
    return open_stock_count(site=khorgos.site, book=khorgos.book, places=[khorgos.bin, khorgos.other_bin], **given)


def _found(khorgos, goods, first, second):
    return [
        CountedLine(place=khorgos.bin, item=goods, quantity=Decimal(first)),
        CountedLine(place=khorgos.other_bin, item=goods, quantity=Decimal(second)),
    ]


def _settled(counted):
    khorgos, goods, second = counted
    found = _found(khorgos, goods, *(bin_of["count"] for bin_of in T10["in"]["bins"]))
    stock_count = record_counts(stock_count=_open(khorgos), counts=found, actor=khorgos.operator, at=khorgos.tick())
    assert stock_count.state == "counted"
    return record_recounts(stock_count=stock_count, counts=found, actor=second, at=khorgos.tick())


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


def test_missing_goods_that_are_reserved_are_named(counted):
    khorgos, goods, second = counted
    khorgos.accepted_withdrawal(out(goods, "900"))
    found = _found(khorgos, goods, 0, 1545)
    stock_count = record_counts(stock_count=_open(khorgos), counts=found, actor=khorgos.operator, at=khorgos.tick())
    with pytest.raises(NotEnoughStock, match="reserved"):
        record_recounts(stock_count=stock_count, counts=found, actor=second, at=khorgos.tick())


def test_a_void_count_cannot_be_approved(counted):
    khorgos, _goods, _second = counted
    stock_count = void_stock_count(
        stock_count=_open(khorgos), actor=khorgos.operator, at=khorgos.tick(), reason="Wrong bins"
    )
    with pytest.raises(WrongState):
        approve_stock_count(stock_count=stock_count, actor=khorgos.supervisor, at=khorgos.tick())
