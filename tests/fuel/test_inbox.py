"""The inbox: which fuel documents wait for whom, decided from there, in as many queries for three as for one."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documents import waiting
from documents.inbox import decisions_in_all, longest_waiting, piles_elsewhere, piles_to_decide
from documents.officers import decider
from fuel.consignments.operations import quality
from fuel.models import Defuel, FuelConsignment, TankReconciliation
from fuel.reconciliations.operations.reconciling import draw_up_reconciliation
from registry.models import Role
from registry.navigation import sections_for
from tests.fuel.build import TankFarm, fuel_tariff, tank_farm
from tests.fuel.farm import Farm
from tests.registry import build

pytestmark = pytest.mark.django_db

INBOX = "/approvals/"


@pytest.fixture
def urumqi(small: Farm) -> Farm:
    return small


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def waiting_for(user: Any) -> list[tuple[str, list[str]]]:
    return [(one.number, [step.name for step in one.steps]) for one in longest_waiting(user=user, most=100)]


def lost(urumqi: Farm, code: str) -> FuelConsignment:
    """A released consignment that lost more than is tolerated."""
    tank = urumqi.tank(code)
    return urumqi.released(urumqi.received(urumqi.accepted("800000"), urumqi.gauged(tank, "790000")))


def test_a_consignment_waits_at_each_step_for_somebody_else(urumqi: Farm) -> None:
    consignment = urumqi.advised()
    assert waiting_for(urumqi.officer) == [(consignment.number, ["accept", "return"])]
    # The site has customs officers.
    assert waiting_for(urumqi.supervisor) == waiting_for(urumqi.auditor) == waiting_for(urumqi.operator) == []
    consignment = urumqi.received(
        urumqi.accepted("700000"), urumqi.gauged(urumqi.tank("T1"), "690000"), actor=urumqi.supervisor
    )
    assert (consignment.number, ["release", "hold"]) in waiting_for(urumqi.officer)
    assert consignment.number not in dict(waiting_for(urumqi.supervisor)), "the supervisor measured it"
    quality.hold_consignment(consignment=consignment, actor=urumqi.officer, at=urumqi.tick(), reason="water")
    assert (consignment.number, ["release"]) in waiting_for(urumqi.officer)
    urumqi.released(consignment, actor=urumqi.officer)
    assert (consignment.number, ["approve_loss"]) in waiting_for(urumqi.officer)
    quality.approve_transport_loss(consignment=consignment, actor=urumqi.officer, at=urumqi.tick(), reason="leaked")
    assert consignment.number not in dict(waiting_for(urumqi.officer))


def test_duty_paid_fuel_and_tolerated_losses_wait_for_nobody(urumqi: Farm) -> None:
    urumqi.advised(customs_status="duty_paid")
    urumqi.released(urumqi.received(urumqi.accepted(), urumqi.gauged(urumqi.tank("T1"), "797600")))
    assert waiting_for(urumqi.officer) == []
    assert piles_to_decide(urumqi.officer) == []


def test_another_site_does_not_see_what_waits_here(urumqi: Farm) -> None:
    urumqi.advised()
    stranger = build.user("nadia", Role.SUPERVISOR, build.organisation("ELSEWHERE"))
    assert waiting_for(stranger) == []
    assert decisions_in_all(stranger) == 0
    assert decisions_in_all(urumqi.officer) == 1


def everything_waits() -> TankFarm:
    """A site with a defuel, a reconciliation that is within tolerance and a signed ticket."""
    fuel_tariff()
    there = tank_farm()
    there.gauged("0")
    there.released("100000")
    ticket = there.signed("T-1", mass_kg="10000")
    there.defuelled(ticket, "1000")
    closing = there.gauged("91000")
    draw_up_reconciliation(tank=there.tank, gauge=closing, actor=there.operator, at=there.tick(), request_key=uuid4())
    return there


def test_a_defuel_and_a_reconciliation_wait_and_a_signed_ticket_is_counted() -> None:
    there = everything_waits()
    defuel = Defuel.objects.get()
    assert (defuel.number, ["release", "slop"]) in waiting_for(there.supervisor)
    assert [(pile.number, pile.url) for pile in piles_elsewhere(there.supervisor)] == [
        (1, "/fuel/tickets/?state=signed"),
        (2, "/fuel/ticket-exceptions/?state=open"),  # no flight record, no contract
    ]
    page = signed_in(there.supervisor).get(INBOX).content.decode()
    assert "Signed delivery tickets to match" in page
    assert piles_elsewhere(there.operator) == []


def test_a_supervisor_approves_a_reconciliation_and_nobody_who_drew_it_up() -> None:
    there = everything_waits()
    number = TankReconciliation.objects.get(state="drawn").number
    assert (number, ["approve", "void"]) in waiting_for(there.supervisor)
    assert number not in dict(waiting_for(there.officer)), "a customs officer approves no reconciliation"
    build.grant(there.operator, Role.SUPERVISOR, there.site.organisation)
    assert number not in dict(waiting_for(there.operator))


def offered_of(user: Any) -> int:
    """How many documents wait for the user; each is offered only what the rules allow."""
    who, asked = decider(user), 0
    for decision in waiting._decisions():
        for document in decision.rows(who):
            asked += 1
            assert set(decision.waits.answers_to(document, decision.offer.act.name)) <= set(
                decision.kind.acts_on(user, document)
            ), document
    return asked


def test_of_a_consignment_is_offered_what_the_rules_allow(urumqi: Farm) -> None:
    urumqi.advised()
    urumqi.received(urumqi.accepted(), urumqi.gauged(urumqi.tank("T1"), "800000"))
    lost(urumqi, "T2")
    urumqi.received(urumqi.accepted("700000"), urumqi.gauged(urumqi.tank("T3"), "700001"))
    assert [offered_of(user) for user in (urumqi.officer, urumqi.supervisor)] == [5, 0]


def test_of_defuels_and_reconciliations_is_offered_what_the_rules_allow() -> None:
    there = everything_waits()
    assert [offered_of(user) for user in (there.officer, there.supervisor)] == [1, 2]


def test_one_decides_from_the_inbox_and_comes_back_to_it(urumqi: Farm) -> None:
    consignment = urumqi.advised()
    client = signed_in(urumqi.officer)
    page = client.get(INBOX).content.decode()
    accept = reverse("fuel:fuel_consignment_accept", args=[consignment.pk]) + "?from=approvals"
    assert accept in page
    assert "800,000\xa0kg by document" in page
    assert client.post(accept).url == INBOX
    assert FuelConsignment.objects.get().state == "accepted"
    assert "Nothing waits for you" in client.get(INBOX).content.decode()
    assert signed_in(urumqi.operator).get(INBOX).status_code == 403


def test_a_release_asks_for_its_certificate_and_a_wrong_answer_asks_again(urumqi: Farm) -> None:
    consignment = urumqi.received(urumqi.accepted(), urumqi.gauged(urumqi.tank("T1"), "800000"))
    client = signed_in(urumqi.officer)
    release = reverse("fuel:fuel_consignment_release", args=[consignment.pk]) + "?from=approvals"
    page = client.get(INBOX).content.decode()
    assert release in page
    assert f'id="fuel_consignment_{consignment.pk}_release_certificate_number"' in page
    asked_again = client.post(release, {"certificate_kind": "rcq", "certificate_number": " "})
    assert asked_again.status_code == 200
    assert FuelConsignment.objects.get().state == "gauged"
    answered = client.post(release, {"certificate_kind": "rcq", "certificate_number": "Q-1"})
    assert answered.url == INBOX
    assert FuelConsignment.objects.get().state == "released"


def test_the_inbox_asks_the_same_for_one_document_and_for_three(urumqi: Farm) -> None:
    client = signed_in(urumqi.officer)

    def ask() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(INBOX)
        return len(asked)

    def one_of_each(number: int) -> None:
        urumqi.advised()
        urumqi.received(urumqi.accepted(), urumqi.gauged(urumqi.tank(f"A{number}"), "800000"))
        lost(urumqi, f"B{number}")
        urumqi.received(urumqi.accepted("700000"), urumqi.gauged(urumqi.tank(f"C{number}"), "700001"))

    one_of_each(1)
    ask()
    once = ask()
    one_of_each(2)
    one_of_each(3)
    assert len(longest_waiting(user=urumqi.officer, most=100)) == 15
    assert ask() == once


def test_only_the_longest_waiting_are_shown_and_all_are_counted(urumqi: Farm, monkeypatch: Any, rf: Any) -> None:
    monkeypatch.setattr("documents.views.MOST_SHOWN", 2)
    numbers = [urumqi.advised().number for _nth in range(3)]
    page = signed_in(urumqi.officer).get(INBOX).content.decode()
    assert [number in page for number in numbers] == [True, True, False]
    assert "3 documents wait for your decision" in page
    assert "Only the 2 that have waited longest are shown." in page
    request = rf.get("/")
    request.user = urumqi.officer
    links = [link for section in sections_for(request, {Role.CUSTOMS_OFFICER}) for link in section.items]
    assert [link.waiting for link in links if link.url == INBOX] == [3]
