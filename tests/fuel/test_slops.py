"""Drains and samples above the site's limits need a second person; slops stay in the book until they are destroyed."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from documents.operations.documents import NotAsRequired, OwnWork, WrongState
from fuel.models import Tank, TankMovement
from fuel.operations.movement_limits import set_movement_limit
from fuel.tank_movements import operations as tank_movements
from fuel.tank_movements.operations import MovementDetails
from ledger.postings import Hold, Journal, NotEnoughStock
from ledger.queries import balances
from ledger.verification import verify
from registry.errors import NotAllowed
from registry.models import Role
from tests.fuel.farm import JANUARY, Farm, farm
from tests.registry import build
from tests.registry.conftest import signed_in
from tests.standing import standing


@standing
def urumqi() -> Farm:
    return farm(limit_kg="200")


@standing
def tank(urumqi: Farm) -> Tank:
    """With 1,000 t of bonded fuel of 5,250 CNY the tonne."""
    tank = urumqi.tank("T1")
    urumqi.stocked(tank, "1000000", invoice_value=Decimal(750_000))
    return tank


def approved(urumqi: Farm, movement: TankMovement, **more: Any) -> TankMovement:
    given: dict[str, Any] = {"actor": urumqi.supervisor, "at": urumqi.tick(), **more}
    return tank_movements.approve_tank_movement(tank_movement=movement, **given)


def amounts(urumqi: Farm, place_id: int, journal: Journal) -> Decimal:
    rows = balances(places=[place_id], journal=journal)
    return sum((row.duty_cny + row.consumption_tax_cny + row.vat_cny for row in rows), Decimal(0))


def test_one_operator_drains_250_tonnes_only_when_somebody_else_approves(urumqi: Farm, tank: Tank) -> None:
    slops = urumqi.slops()
    # 250,000 kg: value 1,312,500.00; duty 9 % 118,125.00; consumption tax 1.5 CNY/kg 375,000.00;
    # VAT 13 % of 1,805,625.00 = 234,731.25; suspended 727,856.25.
    suspended = amounts(urumqi, urumqi.book.place_id, Journal.CUSTOMS)
    movement = urumqi.moved("drain", tank, "250000")
    assert movement.state == "asked"
    assert (urumqi.held(tank.place), urumqi.in_book()) == (1_000_000, 1_000_000)
    build.grant(urumqi.operator, Role.SUPERVISOR, urumqi.site.organisation)
    with pytest.raises(OwnWork):
        approved(urumqi, movement, actor=urumqi.operator)
    with pytest.raises(NotAllowed):
        approved(urumqi, movement, actor=urumqi.auditor)
    movement = approved(urumqi, movement)
    assert (movement.state, movement.decided_by) == ("posted", urumqi.supervisor)
    # It lies in the slop tank, blocked; the book holds it, and all that is suspended on it.
    assert (urumqi.held(tank.place), urumqi.held(slops.place, Hold.BLOCKED)) == (750_000, 250_000)
    assert urumqi.in_book() == 1_000_000
    assert amounts(urumqi, urumqi.book.place_id, Journal.CUSTOMS) == suspended
    assert amounts(urumqi, slops.place_id, Journal.STOCK) == Decimal("727856.25")
    with pytest.raises(WrongState):
        approved(urumqi, movement)
    assert list(verify()) == []


def test_slops_leave_the_book_when_they_are_destroyed_under_a_certificate(urumqi: Farm, tank: Tank) -> None:
    slops = urumqi.slops()
    approved(urumqi, urumqi.moved("drain", tank, "250000"))
    with pytest.raises(NotAsRequired) as refused:
        urumqi.moved("destruction", slops, "100")
    assert [error.field for error in refused.value.errors] == ["certificate_number"]
    with pytest.raises(NotAsRequired, match="no slop tank"):
        urumqi.moved("destruction", tank, "100", certificate_number="D-1")
    # However little it is.
    asked = urumqi.moved("destruction", slops, "100", certificate_number="D-1")
    assert (asked.state, urumqi.in_book()) == ("asked", 1_000_000)
    with pytest.raises(OwnWork):
        approved(urumqi, asked, actor=_supervising(urumqi.operator, urumqi))
    approved(urumqi, asked)
    assert urumqi.held(slops.place, Hold.BLOCKED) == 249_900
    assert urumqi.in_book() == 999_900
    with pytest.raises(NotEnoughStock):
        urumqi.moved("destruction", slops, "249900.001", certificate_number="D-2")
    assert list(verify()) == []


def _supervising(user: Any, urumqi: Farm) -> Any:
    build.grant(user, Role.SUPERVISOR, urumqi.site.organisation)
    return user


def test_slops_are_used_for_nothing_else(urumqi: Farm, tank: Tank) -> None:
    slops = urumqi.slops()
    urumqi.moved("drain", tank, "150")
    for movement in ("transfer", "drain"):
        with pytest.raises(NotAsRequired) as refused:
            urumqi.moved(movement, slops, "10", to_tank=tank)
        assert "from_tank" in {error.field for error in refused.value.errors}
    with pytest.raises(NotAsRequired, match="goes to a slop tank, and nothing else"):
        urumqi.moved("transfer", tank, "10", to_tank=slops)
    with pytest.raises(NotAsRequired, match="goes to a slop tank, and nothing else"):
        urumqi.moved("drain", tank, "10", to_tank=urumqi.tank("T2"))
    with pytest.raises(NotAsRequired, match="is a slop tank"):
        urumqi.received(urumqi.accepted("1000"), urumqi.gauged(slops, "1000"))


@pytest.mark.parametrize("movement", ["drain", "sample"])
def test_a_drain_or_sample_above_the_limit_of_one_act_waits(urumqi: Farm, tank: Tank, movement: str) -> None:
    assert urumqi.moved(movement, tank, "200.001").state == "asked"
    assert urumqi.moved(movement, tank, "200").state == "posted"


def test_many_small_ones_do_not_get_round_the_limit_of_a_day(urumqi: Farm, tank: Tank) -> None:
    urumqi.tick(hours=2)
    assert [urumqi.moved("drain", tank, "80").state for _time in range(3)] == ["posted", "posted", "asked"]
    # Nor over days of the past.
    back = urumqi.now - timedelta(minutes=30)
    assert urumqi.moved("drain", tank, "80", moved_at=back).state == "asked"
    urumqi.tick(days=1)
    yesterday = urumqi.now - timedelta(days=1)
    assert urumqi.moved("drain", tank, "41", moved_at=yesterday).state == "asked"
    assert urumqi.moved("drain", tank, "200").state == "posted"
    assert urumqi.moved("sample", tank, "200").state == "posted", "samples have a limit of their own"


def test_what_a_second_person_approved_uses_up_nothing(urumqi: Farm, tank: Tank) -> None:
    approved(urumqi, urumqi.moved("drain", tank, "5000"))
    assert urumqi.moved("drain", tank, "200").state == "posted"


def test_without_a_limit_every_drain_and_sample_needs_a_second_person(urumqi: Farm, tank: Tank) -> None:
    urumqi.site.movement_limits.all().delete()
    assert [urumqi.moved(movement, tank, "1").state for movement in ("drain", "sample")] == ["asked", "asked"]


def test_limits_are_set_by_an_administrator_and_count_from_their_day_on(urumqi: Farm, tank: Tank) -> None:
    given = {f"{kind}_kg_per_{of}": Decimal(10) for kind in ("drain", "sample") for of in ("act", "day")}
    given |= {"site": urumqi.site, "at": urumqi.now}
    for actor in (urumqi.operator, urumqi.supervisor, urumqi.officer):
        with pytest.raises(NotAllowed):
            set_movement_limit(valid_from_date=JANUARY, actor=actor, **given)
    ada = build.user("ada", Role.ADMINISTRATOR, urumqi.site.organisation)
    tomorrow = (urumqi.now + timedelta(days=1)).date()
    set_movement_limit(valid_from_date=tomorrow, actor=ada, **given)
    assert urumqi.moved("drain", tank, "11").state == "posted"
    urumqi.tick(days=1)
    # The limit of the day on which it is entered counts.
    assert urumqi.moved("drain", tank, "11", moved_at=urumqi.now - timedelta(days=1)).state == "asked"


def test_what_is_returned_is_said_anew_or_given_up(urumqi: Farm, tank: Tank) -> None:
    movement = urumqi.moved("drain", tank, "5000")
    given = {"tank_movement": movement, "actor": urumqi.supervisor, "at": urumqi.tick()}
    with pytest.raises(NotAsRequired):
        tank_movements.return_tank_movement(reason=" ", **given)
    with pytest.raises(WrongState):
        tank_movements.amend_tank_movement(
            tank_movement=movement, details=_details(urumqi, tank, "100"), actor=urumqi.operator, at=urumqi.tick()
        )
    movement = tank_movements.return_tank_movement(reason="How much?", **given)
    assert movement.state == "returned"
    again = {"tank_movement": movement, "actor": urumqi.operator}
    movement = tank_movements.amend_tank_movement(details=_details(urumqi, tank, "4000"), at=urumqi.tick(), **again)
    assert (movement.state, movement.mass_kg) == ("asked", 4000)
    tank_movements.return_tank_movement(reason="Still too much", **given)
    movement = tank_movements.amend_tank_movement(details=_details(urumqi, tank, "100"), at=urumqi.tick(), **again)
    assert (movement.state, urumqi.held(tank.place)) == ("posted", 999_900)
    other = urumqi.moved("drain", tank, "5000")
    tank_movements.void_tank_movement(
        tank_movement=other, actor=urumqi.operator, at=urumqi.tick(), reason="Not drained after all"
    )
    with pytest.raises(WrongState):
        approved(urumqi, other)
    assert list(verify()) == []


def _details(urumqi: Farm, tank: Tank, mass_kg: str) -> MovementDetails:
    return MovementDetails(
        movement="drain",
        from_tank=tank,
        to_tank=urumqi.slops(),
        customs_status="bonded",
        mass_kg=Decimal(mass_kg),
        moved_at=urumqi.now,
    )


def test_what_was_used_meanwhile_is_not_approved(urumqi: Farm, tank: Tank) -> None:
    first, second = urumqi.moved("drain", tank, "600000"), urumqi.moved("drain", tank, "600000")
    approved(urumqi, first)
    with pytest.raises(NotEnoughStock):
        approved(urumqi, second)
    assert TankMovement.objects.get(pk=second.pk).state == "asked"


def test_a_drain_is_reversed_unless_its_slops_are_gone(urumqi: Farm, tank: Tank) -> None:
    drain = approved(urumqi, urumqi.moved("drain", tank, "5000"))
    destroyed = approved(urumqi, urumqi.moved("destruction", urumqi.slops(), "5000", certificate_number="D-1"))
    given = {"actor": urumqi.supervisor, "reason": "Not drained"}
    with pytest.raises(Exception, match=destroyed.number):
        tank_movements.reverse_tank_movement(tank_movement=drain, at=urumqi.tick(), **given)
    tank_movements.reverse_tank_movement(tank_movement=destroyed, at=urumqi.tick(), **given)
    drain = tank_movements.reverse_tank_movement(tank_movement=drain, at=urumqi.tick(), **given)
    assert (drain.state, urumqi.held(tank.place), urumqi.in_book()) == ("reversed", 1_000_000, 1_000_000)
    assert list(verify()) == []


def test_it_is_asked_approved_and_told_on_the_pages(urumqi: Farm, tank: Tank) -> None:
    operator, supervisor = signed_in(urumqi.operator), signed_in(urumqi.supervisor)
    drain = {"movement": "drain", "from_tank": tank.pk, "to_tank": urumqi.slops().pk, "customs_status": "bonded"}
    page = operator.post(reverse("fuel:tank_movement_add"), {**drain, "mass_kg": "250000"}, follow=True)
    assert "waits until somebody else approves it; nothing is posted yet" in page.content.decode()
    movement = TankMovement.objects.get()
    approve = reverse("fuel:tank_movement_approve", args=[movement.pk])
    assert approve not in page.content.decode()
    inbox = supervisor.get(reverse("documents:approvals")).content.decode()
    assert approve in inbox
    assert "250,000" in inbox
    assert operator.post(approve).status_code == 403
    returned = reverse("fuel:tank_movement_return", args=[movement.pk])
    assert supervisor.post(returned, {"reason": "From which line?"}).status_code == 302
    change = reverse("fuel:tank_movement_change", args=[movement.pk])
    assert 'value="250000"' in operator.get(change).content.decode()
    assert operator.post(change, {**drain, "mass_kg": "240000"}).status_code == 302
    assert supervisor.post(approve).status_code == 302
    assert urumqi.held(tank.place) == 760_000
