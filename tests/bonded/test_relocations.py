"""Relocation: posted at once, only free goods, only within the site, never more than is there."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from bonded.models import Relocation
from bonded.relocations.operations import RelocationInput, RelocationLineInput, relocate, relocate_all
from documents.operations.documents import NotAsRequired, RequestKeyUsed
from ledger.postings import Journal, NegativeInThePast, NotEnoughStock
from registry.errors import NotAllowed
from registry.models import PlaceKind
from registry.operations.sites import add_place
from tests.bonded.build import Warehouse, item, out, warehouse
from tests.bonded.test_concurrency import at_once


def _lot(khorgos: Warehouse, quantity: str = "100"):
    return khorgos.admitted(khorgos.line(item(), quantity)).lines.get().lot


def _move(khorgos: Warehouse, *moves, **more):
    lines = [
        RelocationLineInput(lot=lot, from_place=source, to_place=target, quantity=Decimal(quantity))
        for lot, source, target, quantity in moves
    ]
    at = khorgos.tick()
    given = {"actor": khorgos.operator, "at": at, "occurred_at": at, "request_key": uuid4(), **more}
    return relocate(site=khorgos.site, lines=lines, **given)


def _limit(khorgos: Warehouse, capacity_kg: str) -> None:
    khorgos.other_bin = add_place(
        site=khorgos.site, code="SMALL", kind=PlaceKind.BIN, capacity_kg=Decimal(capacity_kg), actor=None,
        at=khorgos.now,
    )  # fmt: skip


def test_goods_move_at_once(khorgos):
    lot = _lot(khorgos)
    relocation = _move(khorgos, (lot, khorgos.bin, khorgos.other_bin, "40"))
    assert relocation.number == "HRS-RLC-2026-000001"
    assert khorgos.held(Journal.STOCK, khorgos.bin) == 60
    assert khorgos.held(Journal.STOCK, khorgos.other_bin) == 40
    assert khorgos.held(Journal.CUSTOMS, khorgos.book.place) == 100


def test_the_same_request_moves_once(khorgos):
    lot, key = _lot(khorgos), uuid4()
    first = _move(khorgos, (lot, khorgos.bin, khorgos.other_bin, "40"), request_key=key)
    assert _move(khorgos, (lot, khorgos.bin, khorgos.other_bin, "40"), request_key=key) == first
    assert khorgos.held(Journal.STOCK, khorgos.bin) == 60


def test_more_than_is_there_names_the_row_and_moves_nothing(khorgos):
    lot = _lot(khorgos)
    with pytest.raises(NotEnoughStock) as refused:
        _move(khorgos, (lot, khorgos.bin, khorgos.other_bin, "60"), (lot, khorgos.bin, khorgos.other_bin, "60"))
    assert (refused.value.errors[0].field, refused.value.errors[0].row) == ("quantity", 1)
    assert khorgos.held(Journal.STOCK, khorgos.bin) == 100
    assert not Relocation.objects.exists()


def test_reserved_goods_stay(khorgos):
    lot = _lot(khorgos)
    khorgos.accepted_withdrawal(out(lot.item, "70"))
    with pytest.raises(NotEnoughStock):
        _move(khorgos, (lot, khorgos.bin, khorgos.other_bin, "40"))


def test_a_bin_of_another_site_or_the_same_bin_is_refused(khorgos):
    lot, elsewhere = _lot(khorgos), warehouse("ALA")
    for target in (elsewhere.bin, khorgos.bin, khorgos.book.place):
        with pytest.raises(NotAsRequired) as refused:
            _move(khorgos, (lot, khorgos.bin, target, "1"))
        assert refused.value.errors[0].field == "to_place"


def test_a_stranger_and_an_officer_move_nothing(khorgos):
    lot = _lot(khorgos)
    for actor in (warehouse("ALA").operator, khorgos.officer):
        with pytest.raises(NotAllowed):
            _move(khorgos, (lot, khorgos.bin, khorgos.other_bin, "1"), actor=actor)


def test_a_time_in_the_future_or_before_the_goods_were_there_is_refused(khorgos):
    lot = _lot(khorgos)
    with pytest.raises(NotAsRequired):
        _move(khorgos, (lot, khorgos.bin, khorgos.other_bin, "1"), occurred_at=khorgos.now + timedelta(days=1))
    with pytest.raises(NegativeInThePast):
        _move(khorgos, (lot, khorgos.bin, khorgos.other_bin, "1"), occurred_at=khorgos.now - timedelta(days=9))


def test_all_that_is_wrong_is_named_at_once(khorgos):
    lot = _lot(khorgos)
    with pytest.raises(NotAsRequired) as refused:
        _move(
            khorgos,
            (lot, khorgos.bin, khorgos.other_bin, "-1"),
            (lot, khorgos.bin, khorgos.bin, "1"),
            (lot, khorgos.book.place, khorgos.other_bin, "0"),
        )
    assert [(error.field, error.row) for error in refused.value.errors] == [
        ("quantity", 0), ("to_place", 1), ("quantity", 2), ("from_place", 2),
    ]  # fmt: skip


def test_a_bin_takes_no_more_than_it_holds(khorgos):
    lot = _lot(khorgos)
    _limit(khorgos, "50")
    with pytest.raises(NotAsRequired) as refused:
        _move(khorgos, *[(lot, khorgos.bin, khorgos.other_bin, "30")] * 2)
    assert [error.field for error in refused.value.errors] == ["to_place"]
    _move(khorgos, (lot, khorgos.bin, khorgos.other_bin, "50"))


@pytest.mark.django_db(transaction=True)
def test_of_two_moves_at_once_into_the_last_room_one_succeeds(committed_khorgos):
    khorgos = committed_khorgos
    both = [khorgos.admitted(khorgos.line(item(code), "100")).lines.get().lot for code in ("A", "B")]
    _limit(khorgos, "100")
    outcomes = at_once([lambda lot=lot: _move(khorgos, (lot, khorgos.bin, khorgos.other_bin, "60")) for lot in both])
    assert sum(isinstance(outcome, NotAsRequired) for outcome in outcomes) == 1
    assert khorgos.held(Journal.STOCK, khorgos.other_bin) == 60


@pytest.mark.django_db(transaction=True)
def test_several_moves_sent_twice_at_once_move_once(committed_khorgos):
    khorgos = committed_khorgos
    move = RelocationLineInput(
        lot=_lot(khorgos), from_place=khorgos.bin, to_place=khorgos.other_bin, quantity=Decimal(60)
    )
    at = khorgos.tick()
    several = [RelocationInput(lines=[move], occurred_at=at, request_key=uuid4())]
    outcomes = at_once(
        [lambda: relocate_all(site=khorgos.site, relocations=several, actor=khorgos.operator, at=at)] * 2
    )
    assert sum(isinstance(outcome, RequestKeyUsed) for outcome in outcomes) == 1
    assert khorgos.held(Journal.STOCK, khorgos.other_bin) == 60


@pytest.mark.django_db(transaction=True)
def test_of_two_moves_of_60_from_100_at_once_one_succeeds(committed_khorgos):
    khorgos = committed_khorgos
    lot = _lot(khorgos)
    outcomes = at_once([lambda: _move(khorgos, (lot, khorgos.bin, khorgos.other_bin, "60")) for _ in range(2)])
    assert sum(isinstance(outcome, NotEnoughStock) for outcome in outcomes) == 1
    assert khorgos.held(Journal.STOCK, khorgos.other_bin) == 60
    assert [row.number_sequence for row in Relocation.objects.all()] == [1]
