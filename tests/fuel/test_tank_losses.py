"""What a tank loses beyond its tolerance is taxed and for customs to decide; what it gains has value and tax."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from documents.officers import decider
from documents.operations.documents import WrongState
from fuel.gain_loss import Turnover, tolerated_kg
from fuel.models import TankLoss, TankReconciliation
from fuel.operations.movement_limits import set_movement_limit
from fuel.reconciliations.kind import reconciliations_to_approve
from fuel.reconciliations.operations import reconciling
from fuel.status_changes.operations import ask_for_status_change
from fuel.tank_movements.operations import approve_tank_movement, move_fuel
from ledger.postings import Journal
from ledger.queries import balances, entries_of
from ledger.verification import verify
from registry.errors import NotAllowed
from registry.models import Item
from registry.operations.register import enter_in_register
from tests.bonded.build import tariff
from tests.fuel.build import JANUARY, TankFarm
from tests.registry import build
from tests.registry.conftest import signed_in


def drawn_up(farm: TankFarm, physical_kg: str, **more: Any) -> TankReconciliation:
    gauge = farm.gauged(physical_kg)
    given = {"tank": farm.tank, "gauge": gauge, "actor": farm.operator, "request_key": uuid4(), **more}
    return reconciling.draw_up_reconciliation(at=farm.tick(), **given)


def explained(farm: TankFarm, physical_kg: str) -> TankReconciliation:
    return reconciling.explain_reconciliation(
        reconciliation=drawn_up(farm, physical_kg), explanation="A valve leaked", actor=farm.operator, at=farm.tick()
    )


def approved(farm: TankFarm, one: TankReconciliation, actor: Any) -> TankReconciliation:
    return reconciling.approve_reconciliation(reconciliation=one, actor=actor, at=farm.tick())


def test_tax_is_assessed_on_what_is_lost_beyond_the_tolerance(urumqi: TankFarm) -> None:
    urumqi.gauged("0")
    consignment = urumqi.released("100000")  # 5 CNY a kilogram: 500,000.00 CNY
    one = explained(urumqi, "90000")
    # 183.1 mm are 112.497 m³ and 89,997.6 kg, so 10,002.4 kg are lost. Nothing was issued, so 0.1 % of 100,000 kg
    # are tolerated.
    assert one.gain_loss_kg == Decimal("-10002.4")
    with pytest.raises(NotAllowed, match="for customs to decide"):
        approved(urumqi, one, urumqi.supervisor)
    approved(urumqi, one, urumqi.officer)
    loss = TankLoss.objects.get()
    assert (loss.lot_id, loss.lost_mass_kg) == (consignment.lot_id, Decimal("10002.4"))
    assert (loss.tolerated_mass_kg, loss.taxed_mass_kg) == (100, Decimal("9902.4"))
    # Value 49,512.00; duty 9 %: 4,456.08; 0.5 CNY/kg: 4,951.20; VAT 13 % of 58,919.28: 7,659.5064.
    assert (loss.customs_value_cny, loss.duty_cny) == (Decimal("49512.00"), Decimal("4456.08"))
    assert (loss.consumption_tax_cny, loss.vat_cny) == (Decimal("4951.20"), Decimal("7659.51"))
    assert loss.tax_cny == Decimal("17066.79")
    assert urumqi.held() == urumqi.in_book() == Decimal("89997.6")
    page = signed_in(urumqi.officer).get(one.get_absolute_url()).content.decode()
    for told in ("17,066.79", "9,902.4", "Bonded fuel lost beyond the tolerance"):
        assert told in page
    assert list(verify()) == []


def test_what_is_lost_is_taxed_under_the_code_that_it_was_declared_under(urumqi: TankFarm) -> None:
    urumqi.gauged("0")
    urumqi.released("100000")
    one = explained(urumqi, "90000")
    tariff("270730", duty="0.5")
    product = Item.objects.get(pk=urumqi.product.pk)
    product.hs_code, product.national_code = build.hs_code("270730"), ""
    enter_in_register(row=product, actor=None, at=urumqi.now)
    approved(urumqi, one, urumqi.officer)
    assert TankLoss.objects.get().duty_rate == Decimal("0.09")


def test_the_oldest_lots_bear_what_is_tolerated(urumqi: TankFarm) -> None:
    urumqi.gauged("0")
    urumqi.released("50")
    second = urumqi.released("99950")
    approved(urumqi, explained(urumqi, "90000"), urumqi.officer)
    loss = TankLoss.objects.get()
    # 100 kg are tolerated: the first lot whole, and 50 kg of the second.
    assert (loss.lot_id, loss.tolerated_mass_kg, loss.taxed_mass_kg) == (second.lot_id, 50, Decimal("9902.4"))


def test_within_tolerance_a_loss_is_excused_and_the_supervisor_approves(urumqi: TankFarm) -> None:
    urumqi.gauged("0")
    urumqi.released("320000")
    one = drawn_up(urumqi, "319900")
    with pytest.raises(NotAllowed):
        approved(urumqi, one, urumqi.officer)
    approved(urumqi, one, urumqi.supervisor)
    assert not TankLoss.objects.exists()


def test_duty_paid_fuel_out_of_tolerance_is_no_matter_of_customs(urumqi: TankFarm) -> None:
    urumqi.gauged("0")
    urumqi.released("320000", customs_status="duty_paid")
    one = explained(urumqi, "300000")
    with pytest.raises(NotAllowed):
        approved(urumqi, one, urumqi.officer)
    approved(urumqi, one, urumqi.supervisor)
    assert not TankLoss.objects.exists()


def test_a_loss_beyond_the_tolerance_waits_in_the_inbox_of_customs(urumqi: TankFarm) -> None:
    urumqi.gauged("0")
    urumqi.released("320000")
    one = explained(urumqi, "300000")
    assert list(reconciliations_to_approve(decider(urumqi.officer))) == [one]
    assert list(reconciliations_to_approve(decider(urumqi.supervisor))) == []
    inbox = signed_in(urumqi.officer).get(reverse("documents:approvals")).content.decode()
    assert reverse("fuel:tank_reconciliation_approve", args=[one.pk]) in inbox


def test_what_a_tank_gains_enters_with_the_average_value_and_tax(urumqi: TankFarm) -> None:
    urumqi.gauged("0")
    consignment = urumqi.released("320000")
    one = drawn_up(urumqi, "320200")
    # 651.4 mm are 400.22 m³ and 320,176 kg. By kilogram: value 5, duty 0.45, consumption tax 0.5, VAT 0.7735 CNY.
    assert one.gain_loss_kg == Decimal(176)
    approved(urumqi, one, urumqi.supervisor)
    gained = entries_of(lot_ids=[consignment.lot_id], journal=Journal.CUSTOMS).get(quantity=Decimal(176))
    assert (gained.customs_value_cny, gained.duty_cny) == (Decimal("880.00"), Decimal("79.20"))
    assert (gained.consumption_tax_cny, gained.vat_cny) == (Decimal("88.00"), Decimal("136.14"))
    in_tank, in_book = (balances(places=[place])[0] for place in (urumqi.tank.place_id, urumqi.book.place_id))
    assert (in_tank.customs_value_cny, in_tank.vat_cny) == (in_book.customs_value_cny, in_book.vat_cny)
    assert list(verify()) == []


def test_the_lesser_of_both_percentages_is_tolerated() -> None:
    turnover = Turnover(opening_kg=Decimal(100_000), receipts_kg=Decimal(20_000), uplifts_kg=Decimal(50_001))
    percent = {"percent_of_issues": Decimal("0.2"), "percent_of_throughput": Decimal("0.1")}
    assert tolerated_kg(statuses=[turnover], **percent) == Decimal("100.002")
    assert tolerated_kg(statuses=[turnover], **{**percent, "percent_of_throughput": Decimal("0.05")}) == 60
    assert tolerated_kg(statuses=[Turnover()], **percent) == 0


def test_what_waits_for_approval_is_not_taken_for_a_loss(urumqi: TankFarm) -> None:
    limits = {f"{kind}_kg_per_{of}": Decimal(0) for kind in ("drain", "sample") for of in ("act", "day")}
    set_movement_limit(site=urumqi.site, valid_from_date=JANUARY.replace(day=2), actor=None, at=urumqi.now, **limits)
    urumqi.gauged("0")
    urumqi.released("100000")
    at = urumqi.tick()
    drain = move_fuel(
        movement="drain",
        from_tank=urumqi.tank,
        to_tank=urumqi.slops(),
        customs_status="bonded",
        mass_kg=Decimal(10_000),
        moved_at=at,
        actor=urumqi.operator,
        at=at,
        request_key=uuid4(),
    )
    one = explained(urumqi, "90000")
    with pytest.raises(WrongState, match=drain.number):
        approved(urumqi, one, urumqi.officer)
    approve_tank_movement(tank_movement=drain, actor=urumqi.supervisor, at=urumqi.tick())
    reconciling.void_reconciliation(reconciliation=one, actor=urumqi.operator, at=urumqi.tick(), reason="Drained")
    again = reconciling.draw_up_reconciliation(
        tank=urumqi.tank, gauge=one.gauge, actor=urumqi.operator, at=urumqi.tick(), request_key=uuid4()
    )
    (bonded, _duty_paid) = again.lines.order_by("customs_status")
    assert (bonded.drains_kg, again.gain_loss_kg) == (10_000, Decimal("-2.4"))
    cleared = ask_for_status_change(
        from_tank=urumqi.tank,
        mass_kg=Decimal(1000),
        reference="940120261000000017",
        changed_at=drain.moved_at,
        actor=urumqi.operator,
        at=urumqi.tick(),
        request_key=uuid4(),
    )
    with pytest.raises(WrongState, match=cleared.number):
        approved(urumqi, again, urumqi.supervisor)
