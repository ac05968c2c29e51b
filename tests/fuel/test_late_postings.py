"""What comes late, twice or in another order: it finds the fuel that was there, or is told why not."""

from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents.operations.documents import NotAsRequired, WrongState
from documents.unfinished import unfinished_of
from fuel.consignments.operations import receipts
from fuel.consignments.operations.receipts import ReceiptInput
from fuel.delivery_tickets.operations import tickets
from fuel.delivery_tickets.operations.reclassification import reclassify_ticket
from fuel.delivery_tickets.operations.taking_in import take_in_tickets
from fuel.gain_loss import Turnover, gain_loss_of, split
from fuel.gauges import operations as gauges
from fuel.models import Gauge, TankReconciliation
from fuel.operations import tanks
from fuel.queries import is_for_customs, posted_late_kg
from fuel.reconciliations.operations import reconciling
from fuel.tank_movements.operations import move_fuel
from ledger.postings import Hold, NotEnoughStock
from ledger.verification import verify
from registry.models import Role
from tests.fuel.build import TankFarm, airport
from tests.fuel.test_ticket_pages import file_of, row, take_in
from tests.registry import build
from tests.registry.conftest import signed_in

pytestmark = pytest.mark.django_db


def drawn_up(farm: TankFarm, mass_kg: str, **more: Any) -> TankReconciliation:
    gauge = farm.gauged(mass_kg, **more)
    return reconciling.draw_up_reconciliation(
        tank=gauge.tank, gauge=gauge, actor=farm.operator, at=farm.tick(), request_key=uuid4()
    )


def approved(farm: TankFarm, one: TankReconciliation) -> TankReconciliation:
    if one.state == "breached":
        one = reconciling.explain_reconciliation(
            reconciliation=one, explanation="Looked at", actor=farm.operator, at=farm.tick()
        )
    now = TankReconciliation.objects.get(pk=one.pk)
    actor = farm.officer if is_for_customs(now) else farm.supervisor
    return reconciling.approve_reconciliation(reconciliation=one, actor=actor, at=farm.tick())


def voided(farm: TankFarm, ticket: Any) -> Any:
    return tickets.void_ticket(ticket=ticket, actor=farm.supervisor, at=farm.tick(), reason="Typed wrong")


def taken_in(farm: TankFarm, *details: Any) -> Any:
    return take_in_tickets(site=farm.site, details=details, actor=farm.operator, at=farm.tick())


def by_gauges(farm: TankFarm, before: Gauge, after: Gauge, mass_kg: str) -> Any:
    return receipts.receive_consignment(
        consignment=farm.accepted(mass_kg),
        receipts=[ReceiptInput(tank=farm.tank, gauge_before=before, gauge_after=after)],
        received_at=after.gauged_at,
        actor=farm.operator,
        at=farm.tick(),
    )


def test_a_mistyped_ticket_is_entered_anew_under_its_own_number_though_the_tank_is_nearly_empty(
    urumqi: TankFarm,
) -> None:
    urumqi.released("8000")
    urumqi.tick(hours=1)
    wrong = urumqi.signed("T-1", mass_kg="8000")
    voided(urumqi, wrong)
    right = urumqi.signed("T-1", mass_kg="7000", delivered_at=wrong.delivered_at)
    assert (right.ticket_number, urumqi.held()) == ("T-1", 1000)
    # The file of the vendor knows the one that stands.
    again = urumqi.ticket_details("T-1", mass_kg="7000", delivered_at=wrong.delivered_at)
    assert taken_in(urumqi, again).known == [right]
    assert not list(verify())


def test_a_late_ticket_is_told_that_later_ones_took_the_fuel_and_follows_when_those_are_made_void(
    urumqi: TankFarm,
) -> None:
    urumqi.released("10000")
    late = urumqi.tick(hours=1)
    urumqi.tick(hours=1)
    urumqi.signed("T-1", mass_kg="6000")
    urumqi.released("50000")
    later = urumqi.signed("T-2", mass_kg="4000")
    with pytest.raises(NotEnoughStock, match="only 0 kg are left: the rest came later"):
        urumqi.signed("T-3", mass_kg="3000", delivered_at=late)
    voided(urumqi, later)
    urumqi.signed("T-3a", mass_kg="3000", delivered_at=late)
    urumqi.signed("T-2", mass_kg="4000", delivered_at=later.delivered_at)
    assert urumqi.held() == 47000
    assert not list(verify())


def test_a_ticket_of_reconciled_days_comes_back_now_and_not_then(urumqi: TankFarm) -> None:
    urumqi.gauged("0")
    urumqi.released("100000")
    ticket = urumqi.signed("T-1", mass_kg="8000")
    one = approved(urumqi, drawn_up(urumqi, "92000"))
    voided(urumqi, ticket)
    two = drawn_up(urumqi, "92000")
    assert sum(line.opening_kg for line in two.lines.all()) == one.physical_kg
    assert two.gain_loss_kg == -8000


def test_what_is_posted_late_into_reconciled_days_is_told_on_the_next_reconciliation(urumqi: TankFarm) -> None:
    urumqi.gauged("0")
    urumqi.released("100000")
    late = urumqi.tick(hours=1)
    approved(urumqi, drawn_up(urumqi, "99900"))
    urumqi.signed("T-1", mass_kg="5000", delivered_at=late)
    two = drawn_up(urumqi, "94900")
    assert posted_late_kg(two) == -5000
    client = signed_in(urumqi.supervisor)
    assert "Posted late to earlier days" in client.get(two.get_absolute_url()).content.decode()
    told = client.get(f"/api/v1/tank-reconciliations/{two.pk}/").json()
    assert Decimal(told["posted_late_kg"]) == -5000


def test_a_cleared_ticket_stays_delivered_and_its_file_may_come_again(urumqi: TankFarm) -> None:
    urumqi.released("10000")
    urumqi.tick(hours=1)
    details = urumqi.ticket_details("T-1", mass_kg="1000")
    (ticket,) = taken_in(urumqi, details).new
    cleared = reclassify_ticket(
        ticket=ticket,
        destination=airport("CGO", "CN"),
        actor=urumqi.officer,
        at=urumqi.tick(),
        reason="Ended in Zhengzhou",
    )
    with pytest.raises(WrongState, match="cleared for the domestic market"):
        voided(urumqi, cleared)
    assert taken_in(urumqi, details).known == [cleared]


def test_a_file_signs_what_waits_for_its_signature_and_tells_the_row_that_is_short(urumqi: TankFarm) -> None:
    urumqi.released("10000")
    urumqi.tick(hours=1)
    waiting = urumqi.metered("T-1", mass_kg="1000")
    details = urumqi.ticket_details("T-1", mass_kg="1000", delivered_at=waiting.delivered_at)
    (signed,) = taken_in(urumqi, details).new
    assert (signed.pk, signed.state, signed.signed_by) == (waiting.pk, "signed", urumqi.operator)
    assert urumqi.held() == 9000
    too_much = urumqi.ticket_details("T-2", mass_kg="20000")
    with pytest.raises(NotAsRequired) as refused:
        taken_in(urumqi, details, too_much)
    assert [error.row for error in refused.value.errors] == [1]


def test_a_known_ticket_is_left_though_its_tank_is_out_of_use_since(urumqi: TankFarm) -> None:
    urumqi.released("1000")
    urumqi.tick(hours=1)
    details = urumqi.ticket_details("T-1", mass_kg="1000")
    (ticket,) = taken_in(urumqi, details).new
    tanks.change_tank(
        tank=urumqi.tank,
        name="",
        safe_fill_m3=None,
        is_open=False,
        actor=urumqi.administrator,
        at=urumqi.tick(),
    )
    assert taken_in(urumqi, details).known == [ticket]
    with pytest.raises(WrongState, match="out of use"):
        voided(urumqi, ticket)


def test_many_known_tickets_take_as_many_queries_as_one(urumqi: TankFarm) -> None:
    urumqi.released("10000")
    urumqi.tick(hours=1)
    details = [urumqi.ticket_details(f"T-{number}", mass_kg="1000") for number in range(3)]
    taken_in(urumqi, *details)

    def queries(*again: Any) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert not taken_in(urumqi, *again).new
        return len(captured)

    assert queries(*details) == queries(details[0])


def test_fuel_is_lifted_at_an_airport_of_the_sites_country(urumqi: TankFarm) -> None:
    urumqi.released("10000")
    urumqi.tick(hours=1)
    elsewhere = replace(
        urumqi.ticket_details("T-1", mass_kg="1000"), airport=urumqi.abroad, destination=airport("CGO", "CN")
    )
    with pytest.raises(NotAsRequired, match="is no airport of CN") as refused:
        taken_in(urumqi, elsewhere)
    assert refused.value.errors[0].field == "airport"


def test_requested_litres_are_above_zero(urumqi: TankFarm) -> None:
    with pytest.raises(NotAsRequired) as refused:
        urumqi.metered("T-1", mass_kg="1000", requested_litres=Decimal(-5))
    assert refused.value.errors[0].field == "requested_litres"


def test_nothing_else_moves_between_the_gauges_of_a_receipt_whichever_is_entered_first(urumqi: TankFarm) -> None:
    urumqi.released("50000")
    before = urumqi.gauged("50000")
    meanwhile = urumqi.tick(hours=1)
    after = urumqi.gauged("140000")
    by_gauges(urumqi, before, after, "90000")
    with pytest.raises(NotAsRequired, match="nothing else moved meanwhile") as refused:
        urumqi.signed("T-1", mass_kg="1000", delivered_at=meanwhile)
    assert refused.value.errors[0].field == "delivered_at"
    with pytest.raises(NotAsRequired, match="nothing else moved meanwhile"):
        move_fuel(
            movement="drain",
            from_tank=urumqi.tank,
            to_tank=urumqi.slops(),
            customs_status="bonded",
            mass_kg=Decimal(1),
            moved_at=meanwhile,
            actor=urumqi.operator,
            at=urumqi.tick(),
            request_key=uuid4(),
        )


def test_a_gauge_that_was_made_void_meanwhile_is_refused(urumqi: TankFarm) -> None:
    before, after = urumqi.gauged("0"), urumqi.gauged("8000")
    seen = Gauge.objects.get(pk=after.pk)
    gauges.void_gauge(gauge=after, actor=urumqi.operator, at=urumqi.tick(), reason="Misread")
    with pytest.raises(reconciling.GaugeNotUsable):
        reconciling.draw_up_reconciliation(
            tank=urumqi.tank, gauge=seen, actor=urumqi.operator, at=urumqi.tick(), request_key=uuid4()
        )
    with pytest.raises(NotAsRequired, match="is void"):
        by_gauges(urumqi, before, seen, "8000")


def held(farm: TankFarm) -> dict[Hold, Decimal]:
    return {hold: farm.held(hold=hold) for hold in (Hold.FREE, Hold.BLOCKED)}


@pytest.mark.parametrize(("gauged", "left"), [("79990", 79990), ("80010", 80010)])
def test_gain_and_loss_of_a_tank_with_held_fuel_only_stay_held(urumqi: TankFarm, gauged: str, left: int) -> None:
    urumqi.gauged("0")
    urumqi.received("80000")
    approved(urumqi, drawn_up(urumqi, gauged))
    of_tank = held(urumqi)
    assert of_tank[Hold.FREE] == 0
    assert abs(of_tank[Hold.BLOCKED] - left) < 50


def test_a_status_whose_issues_were_taken_back_bears_no_gain_of_the_others_loss() -> None:
    statuses = {
        "bonded": Turnover(opening_kg=Decimal(100_000), uplifts_kg=Decimal(-3000)),
        "duty_paid": Turnover(opening_kg=Decimal(50_000), uplifts_kg=Decimal(5000)),
    }
    shares = split(gain_loss_kg=Decimal("-113.6"), statuses=statuses, split_by="issues")
    assert shares == {"bonded": 0, "duty_paid": Decimal("-113.6")}
    only_back = {"bonded": Turnover(opening_kg=Decimal(100), uplifts_kg=Decimal(-3))}
    assert gain_loss_of(statuses=only_back, physical_kg=Decimal(100)).percent_of_issues is None


def test_a_gauge_far_from_the_book_is_told_with_its_percentage(urumqi: TankFarm) -> None:
    urumqi.gauged("0")
    urumqi.released("8")
    urumqi.tick(hours=1)
    urumqi.signed("T-1", mass_kg="4")
    one = drawn_up(urumqi, "100000")
    assert one.percent_of_issues is not None
    assert one.percent_of_issues > 1_000_000


def test_a_period_waits_for_tickets_without_signature_and_defuels_without_decision(urumqi: TankFarm) -> None:
    urumqi.released("10000")
    urumqi.tick(hours=1)
    urumqi.metered("T-1", mass_kg="1000")
    urumqi.defuelled(urumqi.signed("T-2", mass_kg="1000"), "100")
    waiting = unfinished_of("fuel")(urumqi.site, urumqi.now.date())
    assert [one.document_number for one in waiting] == ["URC-TKT-2026-000001", "URC-DFL-2026-000001"]


def test_an_airline_sees_no_draft_that_was_made_void(urumqi: TankFarm) -> None:
    voided(urumqi, urumqi.metered("T-1", mass_kg="1000"))
    person = build.user("ann", Role.AIRLINE, urumqi.airline.organisation)
    assert not type(urumqi.metered("T-2", mass_kg="1")).objects.visible_to(person).exists()


def test_bonded_fuel_is_accepted_under_a_declaration_number(urumqi: TankFarm) -> None:
    with pytest.raises(NotAsRequired, match="declaration number") as refused:
        urumqi.accepted("1000", declaration_number="")
    assert refused.value.errors[0].field == "declaration_number"


def test_a_form_that_is_sent_again_with_other_figures_is_another_document(urumqi: TankFarm) -> None:
    urumqi.released("10000")
    client = signed_in(urumqi.operator)
    key = client.get("/fuel/tank-movements/new/").context["page"].shown_key
    moment = urumqi.now.astimezone().strftime("%Y-%m-%dT%H:%M")
    sent = {
        "request_key": str(key),
        "movement": "drain",
        "from_tank": urumqi.tank.pk,
        "to_tank": urumqi.slops().pk,
        "customs_status": "bonded",
        "mass_kg": "5",
        "moved_at": moment,
    }
    addresses = [
        client.post("/fuel/tank-movements/new/", {**sent, "mass_kg": mass_kg})["Location"] for mass_kg in "556"
    ]
    assert addresses[0] == addresses[1] != addresses[2]
    assert urumqi.held() == 10000 - 5 - 6


@pytest.mark.parametrize("when", ["9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+14:00"])
def test_a_moment_at_the_end_of_the_calendar_is_refused_by_its_cell(urumqi: TankFarm, when: str) -> None:
    assert "is not a moment" in take_in(urumqi, file_of([row(urumqi, "T-1", delivered_at=when)]))


def test_a_file_with_binary_zeros_is_refused_as_no_text(urumqi: TankFarm) -> None:
    assert "neither XLSX nor text" in take_in(urumqi, file_of([row(urumqi, "T-1", signatory="A\0B")]))
