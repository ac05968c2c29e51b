"""Reconciling a tank through the operations: the worked figures, tolerances, second persons, and what is posted."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from documents.operations.documents import WrongState
from fuel.models import TankReconciliation
from fuel.operations import reconciliation_rules
from fuel.queries import is_for_customs
from fuel.reconciliations.operations import reconciling
from fuel.reconciliations.operations.reconciling import BookHasChanged, GaugeNotUsable
from fuel.tank_movements.operations import move_fuel
from ledger.verification import verify
from registry.errors import NotAllowed
from tests.fuel.build import JANUARY, TankFarm


def drawn_up(farm: TankFarm, physical_kg: str, **more: Any) -> TankReconciliation:
    gauge = farm.gauged(physical_kg)
    return reconciling.draw_up_reconciliation(
        **{
            "tank": farm.tank,
            "gauge": gauge,
            "actor": farm.operator,
            "at": farm.tick(),
            "request_key": uuid4(),
            **more,
        }
    )


def approved(farm: TankFarm, one: TankReconciliation) -> TankReconciliation:
    """By customs where bonded fuel is out of tolerance."""
    now = TankReconciliation.objects.get(pk=one.pk)
    actor = farm.officer if is_for_customs(now) else farm.supervisor
    return reconciling.approve_reconciliation(reconciliation=one, actor=actor, at=farm.tick())


def drain(farm: TankFarm, mass_kg: str, status: str = "bonded") -> None:
    at = farm.tick()
    move_fuel(
        movement="drain",
        from_tank=farm.tank,
        to_tank=farm.slops(status),
        customs_status=status,
        mass_kg=Decimal(mass_kg),
        moved_at=at,
        actor=farm.operator,
        at=at,
        request_key=uuid4(),
    )


def commingled(farm: TankFarm) -> None:
    """Bonded and duty-paid fuel in one tank."""
    farm.gauged("0")
    farm.released("320000")
    farm.released("300000", customs_status="duty_paid")


def test_a_loss_is_shared_and_posted_so_that_book_is_what_the_gauge_says(urumqi: TankFarm) -> None:
    commingled(urumqi)
    one = drawn_up(urumqi, "619700")
    assert one.book_kg == 620_000
    assert one.gain_loss_kg == one.physical_kg - 620_000 < 0
    lines = {line.customs_status: line for line in one.lines.all()}
    assert lines["bonded"].receipts_kg == 320_000
    assert lines["duty_paid"].receipts_kg == 300_000
    assert sum(line.gain_loss_kg for line in lines.values()) == one.gain_loss_kg
    assert one.state == "drawn"
    assert urumqi.held() == 620_000
    approved(urumqi, one)
    assert urumqi.held() == one.physical_kg
    assert urumqi.held(status="bonded") == 320_000 + lines["bonded"].gain_loss_kg
    assert urumqi.in_book() == urumqi.held(status="bonded")
    assert list(verify()) == []


def test_the_next_reconciliation_opens_with_what_the_last_one_closed(urumqi: TankFarm) -> None:
    commingled(urumqi)
    first = approved(urumqi, drawn_up(urumqi, "619800"))
    drain(urumqi, "1000")
    second = drawn_up(urumqi, "618850")
    assert second.begins_at == first.ends_at
    assert sum(line.opening_kg for line in second.lines.all()) == first.physical_kg
    assert second.book_kg == first.physical_kg - 1000
    drained = {line.customs_status: line.drains_kg for line in second.lines.all()}
    assert drained == {"bonded": 1000, "duty_paid": 0}


def test_a_gain_joins_the_newest_lot(urumqi: TankFarm) -> None:
    commingled(urumqi)
    one = drawn_up(urumqi, "620400")
    assert one.gain_loss_kg > 0
    approved(urumqi, one)
    assert urumqi.held() == one.physical_kg
    assert list(verify()) == []


def test_out_of_tolerance_is_explained_first_and_approved_by_customs(urumqi: TankFarm) -> None:
    commingled(urumqi)
    one = drawn_up(urumqi, "610000")
    assert one.state == "breached"
    with pytest.raises(WrongState):
        approved(urumqi, one)
    explained = reconciling.explain_reconciliation(
        reconciliation=one, explanation="A valve leaked into the bund", actor=urumqi.supervisor, at=urumqi.tick()
    )
    with pytest.raises(NotAllowed, match="for customs to decide"):
        reconciling.approve_reconciliation(reconciliation=explained, actor=urumqi.supervisor, at=urumqi.tick())
    again = reconciling.void_reconciliation(
        reconciliation=explained, actor=urumqi.operator, at=urumqi.tick(), reason="To be explained by the operator"
    )
    assert again.state == "void"
    second = drawn_up(urumqi, "610000")
    reconciling.explain_reconciliation(
        reconciliation=second, explanation="A valve leaked into the bund", actor=urumqi.operator, at=urumqi.tick()
    )
    done = approved(urumqi, second)
    assert (done.state, done.explanation) == ("approved", "A valve leaked into the bund")
    assert urumqi.held() == done.physical_kg
    assert urumqi.held(status="bonded") <= done.physical_kg


def test_what_is_posted_into_its_days_afterwards_calls_for_another(urumqi: TankFarm) -> None:
    commingled(urumqi)
    before = urumqi.now
    one = drawn_up(urumqi, "619800")
    move_fuel(
        movement="sample",
        from_tank=urumqi.tank,
        customs_status="bonded",
        mass_kg=Decimal(1),
        moved_at=before,
        actor=urumqi.operator,
        at=urumqi.tick(),
        request_key=uuid4(),
    )
    with pytest.raises(BookHasChanged, match="“samples” was 0 kg and is 1 kg now"):
        approved(urumqi, one)


def test_a_tank_has_one_undecided_reconciliation_and_one_for_each_gauge(urumqi: TankFarm) -> None:
    commingled(urumqi)
    one = drawn_up(urumqi, "619800")
    with pytest.raises(WrongState, match=one.number):
        drawn_up(urumqi, "619800")
    approved(urumqi, one)
    with pytest.raises(GaugeNotUsable):
        drawn_up(urumqi, "0", gauge=one.gauge)


def test_the_same_request_twice_draws_up_once(urumqi: TankFarm) -> None:
    commingled(urumqi)
    gauge, key = urumqi.gauged("619800"), uuid4()
    asked = {"gauge": gauge, "request_key": key}
    first = reconciling.draw_up_reconciliation(tank=urumqi.tank, actor=urumqi.operator, at=urumqi.tick(), **asked)
    again = reconciling.draw_up_reconciliation(tank=urumqi.tank, actor=urumqi.operator, at=urumqi.tick(), **asked)
    assert first == again


def test_who_may_not(urumqi: TankFarm) -> None:
    commingled(urumqi)
    gauge = urumqi.gauged("619800")
    with pytest.raises(NotAllowed):
        drawn_up(urumqi, "0", gauge=gauge, actor=urumqi.auditor)
    one = drawn_up(urumqi, "0", gauge=gauge)
    for actor in (urumqi.operator, urumqi.auditor, urumqi.officer):
        with pytest.raises(NotAllowed):
            reconciling.approve_reconciliation(reconciliation=one, actor=actor, at=urumqi.tick())


def test_a_rule_counts_from_its_day_on_and_gets_a_version(urumqi: TankFarm) -> None:
    rule = reconciliation_rules.set_reconciliation_rule(
        site=urumqi.site,
        name="By issues",
        valid_from_date=JANUARY.replace(month=2),
        split_by="book",
        tolerance_percent_of_issues=Decimal("0.2"),
        tolerance_percent_of_throughput=Decimal("0.1"),
        actor=None,
        at=urumqi.now,
    )
    assert rule.version == 2
    assert reconciling.rule_on(site=urumqi.site, day=JANUARY).version == 1
    assert reconciling.rule_on(site=urumqi.site, day=JANUARY.replace(month=3)) == rule
