"""Disputes through the operations: who may, once, answered, credited beside the original, or as it was."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from documents.operations.documents import NotAsRequired, WrongState
from fuel.billing.charges.operations import AlreadyCredited, credit_and_rebill
from fuel.billing.disputes import operations as disputes
from fuel.billing.disputes.operations import Attachment, DisputedAlready, NotOnAStatement
from fuel.billing.statement_reading import content_of
from fuel.billing.statements.operations import issue_statement, reissue_statement
from fuel.models import Charge, ChargeKind, DeliveryTicket, Dispute, DisputeState, Statement, TicketState
from registry.errors import NotAllowed
from registry.models import Role, User
from tests.fuel.build import TankFarm, airline
from tests.fuel.pricing import f9
from tests.registry import build

JUNE = {"from_date": date(2026, 6, 1), "through_date": date(2026, 6, 30)}
PDF = b"%PDF-1.7 synthetic"


@pytest.fixture
def farm(priced: TankFarm) -> TankFarm:
    return priced


def accountant(farm: TankFarm, name: str = "amelia") -> User:
    return build.user(name, Role.AIRLINE, farm.airline.organisation)


def issued(farm: TankFarm) -> Statement:
    farm.now = max(farm.now, farm.now.replace(month=7, day=2))
    return issue_statement(
        site=farm.site, airline=farm.airline, **JUNE, actor=farm.supervisor, at=farm.tick(), request_key=uuid4()
    )


def raised(farm: TankFarm, charge: Charge, actor: User, **more: Any) -> Dispute:
    return disputes.raise_dispute(
        **{
            "charge": charge,
            "ground": "quantity",
            "message": "The flight log says 9,000 L.",
            "actor": actor,
            "at": farm.tick(),
            "request_key": uuid4(),
            **more,
        }
    )


def ticket_state(ticket: DeliveryTicket) -> str:
    return DeliveryTicket.objects.get(pk=ticket.pk).state


@pytest.mark.django_db
def test_an_airline_disputes_is_answered_replies_and_is_credited_beside_the_original(farm: TankFarm) -> None:
    ticket = farm.matched("T-1", mass_kg="54321")
    statement = issued(farm)
    amelia = accountant(farm)
    dispute = raised(farm, Charge.objects.get(), amelia, attachments=[Attachment(name="log.pdf", content=PDF)])
    assert (dispute.statement, dispute.state, ticket_state(ticket)) == (statement, "open", TicketState.DISPUTED)
    disputes.answer_dispute(dispute=dispute, message="Which page?", actor=farm.supervisor, at=farm.tick())
    assert Dispute.objects.get().state == DisputeState.ANSWERED
    disputes.reply_to_dispute(dispute=dispute, message="Page 2.", actor=amelia, at=farm.tick())
    disputes.credit_dispute(dispute=dispute, reason="Seen.", actor=farm.supervisor, at=farm.tick())
    assert [message.text for message in dispute.messages.order_by("pk")] == [
        "The flight log says 9,000 L.",
        "Which page?",
        "Page 2.",
        "Seen.",
    ]
    assert (Dispute.objects.get().state, ticket_state(ticket)) == (DisputeState.CREDITED, TicketState.INVOICED)
    again = reissue_statement(statement=statement, actor=farm.supervisor, at=farm.tick(), reason="Dispute")
    lines = [(line.kind, line.corrects_row) for line in content_of(again).lines]
    assert lines == [(ChargeKind.UPLIFT, None), (ChargeKind.CREDIT, 1), (ChargeKind.REBILL, 1)]
    assert again.closing == statement.closing


@pytest.mark.django_db
def test_a_credit_without_rebill_takes_the_amount_off_and_ends_the_ticket(farm: TankFarm) -> None:
    ticket = farm.matched("T-1", mass_kg="54321")
    statement = issued(farm)
    dispute = raised(farm, Charge.objects.get(), accountant(farm), ground="flight")
    disputes.credit_dispute(
        dispute=dispute, reason="Not yours.", is_rebilled=False, actor=farm.supervisor, at=farm.tick()
    )
    assert ticket_state(ticket) == TicketState.CREDITED
    again = reissue_statement(statement=statement, actor=farm.supervisor, at=farm.tick(), reason="Dispute")
    assert again.closing == 0


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["refuse", "withdraw"])
def test_refused_or_withdrawn_the_charge_and_the_ticket_stand(farm: TankFarm, ending: str) -> None:
    ticket = farm.matched("T-1")
    issued(farm)
    amelia = accountant(farm)
    dispute = raised(farm, Charge.objects.get(), amelia)
    end: dict[str, Callable[..., Dispute]] = {"refuse": disputes.refuse_dispute, "withdraw": disputes.withdraw_dispute}
    actor = {"refuse": farm.supervisor, "withdraw": amelia}[ending]
    with pytest.raises(NotAsRequired) as refused:
        end[ending](dispute=dispute, reason=" ", actor=actor, at=farm.tick())
    assert refused.value.errors[0].field == "reason"
    end[ending](dispute=dispute, reason="Checked.", actor=actor, at=farm.tick())
    assert ticket_state(ticket) == TicketState.INVOICED
    assert Charge.objects.count() == 1
    with pytest.raises(WrongState):
        disputes.answer_dispute(dispute=dispute, message="Too late", actor=farm.supervisor, at=farm.tick())


@pytest.mark.django_db
def test_only_the_airline_that_is_charged_disputes_and_only_the_supplier_decides(farm: TankFarm) -> None:
    farm.matched("T-1")
    issued(farm)
    charge = Charge.objects.get()
    stranger = build.user("stan", Role.AIRLINE, airline("Z9").organisation)
    for actor in (stranger, farm.supervisor, farm.operator, farm.auditor):
        with pytest.raises(NotAllowed):
            raised(farm, charge, actor)
    amelia = accountant(farm)
    dispute = raised(farm, charge, amelia)
    for actor in (amelia, stranger, farm.operator, farm.auditor):
        with pytest.raises(NotAllowed):
            disputes.credit_dispute(dispute=dispute, reason="x", actor=actor, at=farm.tick())
        with pytest.raises(NotAllowed):
            disputes.answer_dispute(dispute=dispute, message="x", actor=actor, at=farm.tick())
    for actor in (stranger, farm.supervisor):
        with pytest.raises(NotAllowed):
            disputes.reply_to_dispute(dispute=dispute, message="x", actor=actor, at=farm.tick())
    assert dispute.messages.count() == 1


@pytest.mark.django_db
def test_a_charge_is_disputed_once_at_a_time_and_again_after_a_refusal(farm: TankFarm) -> None:
    farm.matched("T-1")
    issued(farm)
    charge, amelia, key = Charge.objects.get(), accountant(farm), uuid4()
    first = raised(farm, charge, amelia, request_key=key)
    assert raised(farm, charge, amelia, request_key=key).pk == first.pk
    assert first.messages.count() == 1
    with pytest.raises(DisputedAlready, match=first.number):
        raised(farm, charge, amelia)
    disputes.refuse_dispute(dispute=first, reason="Checked.", actor=farm.supervisor, at=farm.tick())
    assert raised(farm, charge, amelia).number != first.number


@pytest.mark.django_db
def test_what_was_credited_or_never_issued_is_not_disputed(farm: TankFarm) -> None:
    farm.matched("T-1")
    issued(farm)
    charge, amelia = Charge.objects.get(), accountant(farm)
    credit, rebill = credit_and_rebill(charge=charge, reason="Wrong", actor=farm.supervisor, at=farm.tick())
    for one in (charge, credit):
        with pytest.raises(AlreadyCredited):
            raised(farm, one, amelia)
    with pytest.raises(NotOnAStatement):
        raised(farm, rebill, amelia)


@pytest.mark.django_db
def test_a_dispute_of_what_was_credited_meanwhile_is_refused_and_says_so(farm: TankFarm) -> None:
    farm.matched("T-1")
    issued(farm)
    charge = Charge.objects.get()
    dispute = raised(farm, charge, accountant(farm))
    credit_and_rebill(charge=charge, reason="Wrong", actor=farm.supervisor, at=farm.tick())
    with pytest.raises(AlreadyCredited):
        disputes.credit_dispute(dispute=dispute, reason="Yes", actor=farm.supervisor, at=farm.tick())
    assert Dispute.objects.get().state == DisputeState.OPEN
    disputes.refuse_dispute(dispute=dispute, reason="Was credited.", actor=farm.supervisor, at=farm.tick())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"message": "  "}, "message"),
        ({"message": "x" * 4001}, "message"),
        ({"claimed_amount": Decimal("-1")}, "claimed_amount"),
        ({"ground": "weather"}, "ground"),
        ({"attachments": [Attachment(name="run.exe", content=b"MZ")]}, "attachments"),
        ({"attachments": [Attachment(name="a.pdf", content=PDF)] * 6}, "attachments"),
        ({"attachments": [Attachment(name="a.pdf", content=b"%PDF-" + bytes(5_000_000))]}, "attachments"),
    ],
)
def test_what_cannot_be_kept_is_named_and_nothing_is_half_done(
    farm: TankFarm, wrong: dict[str, Any], field: str
) -> None:
    ticket = farm.matched("T-1")
    issued(farm)
    with pytest.raises(NotAsRequired) as refused:
        raised(farm, Charge.objects.get(), accountant(farm), **wrong)
    assert refused.value.errors[0].field == field
    assert (Dispute.objects.count(), ticket_state(ticket)) == (0, TicketState.INVOICED)


@pytest.mark.django_db
def test_a_ticket_stays_disputed_while_another_of_its_charges_is(farm: TankFarm) -> None:
    ticket = farm.matched("T-1", mass_kg="10000")
    farm.defuelled(ticket, "2000")
    issued(farm)
    amelia = accountant(farm)
    uplift, back = (Charge.objects.get(kind=kind) for kind in (ChargeKind.UPLIFT, ChargeKind.DEFUEL))
    first, second = raised(farm, uplift, amelia), raised(farm, back, amelia)
    disputes.refuse_dispute(dispute=first, reason="Checked.", actor=farm.supervisor, at=farm.tick())
    assert ticket_state(ticket) == TicketState.DISPUTED
    disputes.refuse_dispute(dispute=second, reason="Checked.", actor=farm.supervisor, at=farm.tick())
    assert ticket_state(ticket) == TicketState.INVOICED


@pytest.mark.django_db(transaction=True)
def test_two_people_of_an_airline_who_object_at_once_raise_one_dispute(committed_urumqi: TankFarm) -> None:
    farm = committed_urumqi
    farm.released("900000")
    f9(farm)
    farm.matched("T-1")
    issued(farm)
    charge, both = Charge.objects.get(), Barrier(2)

    def object_to(name: str) -> str:
        try:
            actor = accountant(farm, name)
            both.wait()
            raised(farm, charge, actor)
        except DisputedAlready as refused:
            return refused.code
        finally:
            connection.close()
        return "raised"

    with ThreadPoolExecutor(2) as people:
        assert sorted(people.map(object_to, ["amelia", "amos"])) == ["disputed-already", "raised"]
    assert Dispute.objects.count() == 1
