"""The inbox: declarations wait for customs, disputes for the supplier and their answers for the airline."""

from uuid import uuid4

import pytest
from django.urls import reverse

from customs.declarations import operations as declarations
from fuel.billing.disputes import operations as disputes
from fuel.models import Charge
from fuel.queries import disputes_to_read
from registry.counting import count_each
from registry.models import Role
from tests.customs.build import declaration_number
from tests.fuel.build import TankFarm
from tests.fuel.declaring import drawn_up, submitted
from tests.fuel.pricing import f9
from tests.fuel.test_inbox import signed_in
from tests.fuel.test_statement_pages import issued
from tests.registry import build

pytestmark = pytest.mark.django_db


def inbox(user: object) -> str:
    response = signed_in(user).get(reverse("documents:approvals"))
    assert response.status_code == 200
    return str(response.content.decode())


def test_declarations_wait_to_be_accepted_and_then_to_be_released(urumqi: TankFarm) -> None:
    urumqi.released("100000")
    urumqi.matched("T-1")
    declaration = submitted(urumqi)
    text = inbox(urumqi.officer)
    for shown in (declaration.number, urumqi.airline.organisation.name, "8,000", "Accept", "Return"):
        assert shown in text
    declarations.accept_declaration(
        declaration=declaration, declaration_number=declaration_number(), actor=urumqi.officer, at=urumqi.tick()
    )
    text = inbox(urumqi.officer)
    assert declaration.number in text
    assert reverse("customs:declaration_release", args=[declaration.pk]) in text
    declarations.release_declaration(declaration=declaration, actor=urumqi.officer, at=urumqi.tick())
    assert declaration.number not in inbox(urumqi.officer)


def test_nobody_is_asked_about_a_declaration_of_their_own(urumqi: TankFarm) -> None:
    urumqi.released("100000")
    urumqi.matched("T-1")
    drawn = drawn_up(urumqi, actor=urumqi.supervisor)
    declaration = declarations.submit_declaration(declaration=drawn, actor=urumqi.operator, at=urumqi.tick())
    assert declaration.number not in inbox(urumqi.supervisor)
    assert declaration.number in inbox(urumqi.officer)


def test_a_dispute_waits_for_the_supplier_and_then_for_the_airline(urumqi: TankFarm) -> None:
    urumqi.released("900000")
    f9(urumqi)
    urumqi.matched("T-1", mass_kg="54321")
    issued(urumqi)
    amelia = build.user("amelia", Role.AIRLINE, urumqi.airline.organisation)
    dispute = disputes.raise_dispute(
        charge=Charge.objects.get(),
        ground="price",
        message="Too dear.",
        actor=amelia,
        at=urumqi.tick(),
        request_key=uuid4(),
    )
    text = inbox(urumqi.supervisor)
    for shown in (dispute.number, "42,560.50", "Credit", "Let the charge stand"):
        assert shown in text
    assert count_each(disputes_to_read(amelia)) == [0]
    disputes.answer_dispute(dispute=dispute, message="Why?", actor=urumqi.supervisor, at=urumqi.tick())
    assert count_each(disputes_to_read(amelia)) == [1]
    assert dispute.number not in inbox(urumqi.supervisor)
