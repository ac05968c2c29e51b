"""Transfers, samples and drains: the oldest lot first, books and floor together, and what is refused."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from documents.operations.documents import NotAsRequired, OwnWork, RequestKeyUsed, WrongState
from fuel.consignments.operations.receipts import ReceiptInput
from fuel.models import TankMovement
from fuel.tank_movements import operations as tank_movements
from ledger.postings import NotEnoughStock
from ledger.queries import lots
from ledger.verification import verify
from registry.errors import NotAllowed
from registry.models import PlaceKind
from tests.fuel.farm import Farm


@pytest.fixture
def urumqi(small: Farm) -> Farm:
    return small


def test_a_transfer_takes_the_oldest_lot_first_and_leaves_the_book_alone(urumqi):
    source, target = urumqi.tank("T1"), urumqi.tank("T2")
    old, new = urumqi.stocked(source, "1000.5"), urumqi.stocked(source, "2000")
    movement = urumqi.moved("transfer", source, "1500.125", to_tank=target)
    assert list(movement.draws.values_list("lot", "mass_kg")) == [
        (old.lot_id, Decimal("1000.500")),
        (new.lot_id, Decimal("499.625")),
    ]
    assert urumqi.held(source.place) == Decimal("1500.375")
    assert urumqi.held(target.place) == Decimal("1500.125")
    assert urumqi.in_book() == Decimal("3000.5")
    assert not list(verify())


def test_what_leaves_the_tanks_leaves_the_book_too(urumqi):
    tank = urumqi.tank("T1")
    urumqi.stocked(tank, "1000")
    urumqi.moved("sample", tank, "3.333")
    urumqi.moved("sample", tank, "3.333")
    assert urumqi.held(tank.place) == urumqi.in_book() == Decimal("993.334")
    urumqi.moved("sample", tank, "993.334")
    assert urumqi.held(tank.place) == urumqi.in_book() == 0
    assert not list(verify())


def test_duty_paid_fuel_touches_no_book(urumqi):
    tank = urumqi.tank("C1", "")
    urumqi.stocked(tank, "1000")
    urumqi.stocked(tank, "500", customs_status="duty_paid")
    urumqi.moved("drain", tank, "500", customs_status="duty_paid")
    assert urumqi.in_book() == urumqi.held(tank.place) == 1000
    with pytest.raises(NotEnoughStock):
        urumqi.moved("drain", tank, "1", customs_status="duty_paid")


def test_more_than_there_is_is_refused_with_the_figures(urumqi):
    tank = urumqi.tank("T1")
    urumqi.stocked(tank, "1000")
    with pytest.raises(NotEnoughStock, match="1,000 kg") as refused:
        urumqi.moved("drain", tank, "1000.001")
    (error,) = refused.value.errors
    assert (error.field, error.figure) == ("mass_kg", "1000.001")
    assert not TankMovement.objects.exists()


def test_a_segregated_tank_takes_only_its_status(urumqi):
    source, target = urumqi.tank("T1"), urumqi.tank("T9", "duty_paid")
    urumqi.stocked(source, "1000")
    with pytest.raises(NotAsRequired) as refused:
        urumqi.moved("transfer", source, "10", to_tank=target)
    assert [error.field for error in refused.value.errors] == ["to_tank"]


def test_a_transfer_fills_no_tank_above_its_safe_fill(urumqi):
    source, target = urumqi.tank("T1"), urumqi.tank("T2", safe_fill_m3=Decimal(90))
    urumqi.stocked(source, "80000")
    urumqi.stocked(target, "40000")
    # At 800 kg/m³ the target holds 50 m³, and 32,000 kg are the 40 m³ that it can still take.
    with pytest.raises(NotAsRequired, match=r"T2 would hold 90\.001 m³; its safe fill is 90 m³") as refused:
        urumqi.moved("transfer", source, "32000.8", to_tank=target)
    assert [(error.field, error.figure) for error in refused.value.errors] == [("to_tank", "T2")]
    assert not TankMovement.objects.exists()
    urumqi.moved("transfer", source, "32000", to_tank=target)
    assert urumqi.held(target.place) == 72000
    with pytest.raises(NotAsRequired, match=r"90\.001"):
        urumqi.moved("transfer", source, "0.8", to_tank=target)


def test_water_under_the_fuel_takes_its_room_too(urumqi):
    source, target = urumqi.tank("T1"), urumqi.tank("T2", safe_fill_m3=Decimal(90))
    urumqi.stocked(source, "80000")
    urumqi.stocked(target, "40000")
    urumqi.gauge(target, "40000", free_water_m3=Decimal(2))
    with pytest.raises(NotAsRequired, match="T2 would hold 92 m³"):
        urumqi.moved("transfer", source, "32000", to_tank=target)
    urumqi.moved("transfer", source, "30400", to_tank=target)


def test_what_was_never_gauged_is_reckoned_by_what_came_in(urumqi):
    source, target = urumqi.tank("T1"), urumqi.tank("T2", safe_fill_m3=Decimal(50))
    metered = ReceiptInput(
        tank=source, litres_observed=Decimal(100000), celsius=Decimal(15), density_at_base=Decimal(800)
    )
    urumqi.released(urumqi.received(urumqi.accepted("80000"), metered))
    with pytest.raises(NotAsRequired, match=r"T2 would hold 50\.001 m³"):
        urumqi.moved("transfer", source, "40000.8", to_tank=target)
    urumqi.moved("transfer", source, "40000", to_tank=target)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"movement": "transfer"}, "to_tank"),
        ({"movement": "transfer", "to_tank": "source"}, "to_tank"),
        ({"movement": "sample", "to_tank": "target"}, "to_tank"),
        ({"movement": "burn"}, "movement"),
        ({"mass_kg": "0"}, "mass_kg"),
        ({"mass_kg": "-1"}, "mass_kg"),
        ({"mass_kg": "NaN"}, "mass_kg"),
        ({"mass_kg": "0.0001"}, "mass_kg"),
        ({"customs_status": "unadmitted"}, "customs_status"),
    ],
)
def test_what_cannot_be_moved_is_refused_by_field(urumqi, given, field):
    tanks = {"source": urumqi.tank("T1"), "target": urumqi.tank("T2")}
    urumqi.stocked(tanks["source"], "1000")
    asked = {"movement": "drain", "mass_kg": "10", **given}
    if "to_tank" in asked:
        asked["to_tank"] = tanks[asked["to_tank"]]
    with pytest.raises(NotAsRequired) as refused:
        urumqi.moved(asked.pop("movement"), tanks["source"], asked.pop("mass_kg"), **asked)
    assert field in {error.field for error in refused.value.errors}


def test_the_same_request_twice_moves_once(urumqi):
    tank, key = urumqi.tank("T1"), uuid4()
    urumqi.stocked(tank, "1000")
    first = urumqi.moved("drain", tank, "10", request_key=key)
    assert urumqi.moved("drain", tank, "10", request_key=key) == first
    assert urumqi.held(tank.place) == 990
    with pytest.raises(RequestKeyUsed):
        urumqi.moved("drain", tank, "10", request_key=key, actor=urumqi.supervisor)


def test_who_does_not_post_moves_nothing(urumqi):
    tank = urumqi.tank("T1")
    urumqi.stocked(tank, "1000")
    for actor in (urumqi.auditor, urumqi.officer):
        with pytest.raises(NotAllowed):
            urumqi.moved("drain", tank, "10", actor=actor)


def test_a_movement_is_not_in_the_future(urumqi):
    tank = urumqi.tank("T1")
    urumqi.stocked(tank, "1000")
    with pytest.raises(NotAsRequired):
        urumqi.moved("drain", tank, "10", moved_at=urumqi.now + timedelta(days=1))


def test_a_movement_is_reversed_by_another_once(urumqi):
    tank = urumqi.tank("T1")
    urumqi.stocked(tank, "1000")
    movement = urumqi.moved("sample", tank, "10", actor=urumqi.supervisor)
    given = {"tank_movement": movement, "reason": "not taken"}
    with pytest.raises(OwnWork):
        tank_movements.reverse_tank_movement(actor=urumqi.supervisor, at=urumqi.tick(), **given)
    tank_movements.reverse_tank_movement(actor=urumqi.officer, at=urumqi.tick(), **given)
    assert urumqi.held(tank.place) == urumqi.in_book() == 1000
    assert urumqi.place(PlaceKind.SAMPLED) is not None
    with pytest.raises(WrongState):
        tank_movements.reverse_tank_movement(actor=urumqi.officer, at=urumqi.tick(), **given)
    assert lots().count() == 1
    assert not list(verify())
