"""A tank holds fuel, which has documents of its own: no act of the warehouse names one as a bin."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from bonded.admissions.operations.receiving import CountInput, count_admission
from bonded.models import Relocation
from bonded.relocations.operations import RelocationLineInput, relocate
from bonded.stock_counts.operations import CountedLine, open_stock_count, record_counts
from bonded.withdrawals.operations.withdrawals import prepare_withdrawal, submit_withdrawal
from documents.operations.documents import NotAsRequired
from ledger.postings import Journal, NotEnoughStock
from registry.models import Place, PlaceKind
from registry.operations.sites import add_place
from tests.bonded.build import Warehouse, item, out
from tests.fuel.farm import farm
from tests.registry.conftest import signed_in
from tests.standing import standing


@standing
def tank(khorgos: Warehouse) -> Place:
    return add_place(site=khorgos.site, code="T-101", kind=PlaceKind.TANK, actor=None, at=khorgos.tick())


def refused_at(refused: Any) -> list[tuple[str, int | None, str | None]]:
    return [(error.field, error.row, error.figure) for error in refused.value.errors]


def test_goods_are_relocated_neither_into_a_tank_nor_out_of_one(khorgos: Warehouse, tank: Place) -> None:
    lot = khorgos.admitted(khorgos.line(item(), "100")).lines.get().lot
    moves = [(khorgos.bin, khorgos.other_bin), (khorgos.bin, tank), (tank, khorgos.bin)]
    lines = [
        RelocationLineInput(lot=lot, from_place=source, to_place=target, quantity=Decimal(1))
        for source, target in moves
    ]
    at = khorgos.tick()
    with pytest.raises(NotAsRequired, match="T-101 is a tank") as refused:
        relocate(site=khorgos.site, lines=lines, actor=khorgos.operator, at=at, occurred_at=at, request_key=uuid4())
    assert refused_at(refused) == [("to_place", 1, "T-101"), ("from_place", 2, "T-101")]
    assert not Relocation.objects.exists()
    assert khorgos.held(Journal.STOCK, khorgos.bin) == 100


def test_goods_are_not_counted_into_a_tank(khorgos: Warehouse, tank: Place) -> None:
    admission = khorgos.arrived(khorgos.line(item(), "100"))
    line = admission.lines.get()
    counted = [
        CountInput(line=line, place=khorgos.bin, quantity=Decimal(60)),
        CountInput(line=line, place=tank, quantity=Decimal(40)),
    ]
    with pytest.raises(NotAsRequired, match="T-101 is a tank") as refused:
        count_admission(admission=admission, counted=counted, actor=khorgos.operator, at=khorgos.tick())
    assert refused_at(refused) == [("place", 1, "T-101")]
    assert khorgos.held(Journal.STOCK, khorgos.bin) == 0


def test_a_tank_is_gauged_and_not_counted(khorgos: Warehouse, tank: Place) -> None:
    goods = item()
    khorgos.admitted(khorgos.line(goods, "100"))
    at = khorgos.tick()
    sheets = {"site": khorgos.site, "book": khorgos.book, "actor": khorgos.operator, "at": at, "counted_as_of": at}
    with pytest.raises(NotAsRequired) as refused:
        open_stock_count(places=[khorgos.bin, tank], request_key=uuid4(), **sheets)
    assert refused_at(refused) == [("places", 1, "T-101")]
    stock_count = open_stock_count(places=[khorgos.bin], request_key=uuid4(), **sheets)
    found = [
        CountedLine(place=khorgos.bin, item=goods, quantity=Decimal(100)),
        CountedLine(place=tank, item=goods, quantity=Decimal(1)),
    ]
    with pytest.raises(NotAsRequired) as refused:
        record_counts(stock_count=stock_count, counts=found, actor=khorgos.operator, at=khorgos.tick())
    assert refused_at(refused) == [("place", 1, "T-101")]


def test_a_count_of_the_whole_site_leaves_its_tanks_out(khorgos: Warehouse, tank: Place) -> None:
    khorgos.admitted(khorgos.line(item(), "100"))
    client = signed_in(khorgos.operator)
    assert client.post("/stock-counts/new/", {"book": khorgos.book.pk, "places": []}).status_code == 302
    bins = client.get("/bins/suggest/", {"q": ""}).json()["results"]
    assert [one["code"] for one in bins if "T-101" in one["code"]] == []
    assert len(bins) == 2


def test_no_withdrawal_takes_fuel_out_of_a_tank(db: None) -> None:
    urumqi = farm()
    urumqi.stocked(urumqi.tank("T-101"), "800000")
    withdrawal = prepare_withdrawal(
        site=urumqi.site,
        book=urumqi.book,
        owner=urumqi.supplier,
        purpose="domestic_sale",
        lines=[out(urumqi.product, "100")],
        actor=urumqi.operator,
        at=urumqi.tick(),
        request_key=uuid4(),
    )
    with pytest.raises(NotEnoughStock, match="JET-A1 lies in tank T-101") as refused:
        submit_withdrawal(withdrawal=withdrawal, actor=urumqi.operator, at=urumqi.tick())
    assert refused_at(refused) == [("item", 0, "T-101")]
