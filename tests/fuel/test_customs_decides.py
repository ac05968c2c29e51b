"""What customs decides is for the site's customs officers; where it has none, a supervisor enters it for them."""

from typing import Any

import pytest
from django.urls import reverse

from documents.inbox import longest_waiting
from documents.officers import decider, has_customs_officers
from documents.operations.documents import NotAsRequired, OwnWork, WrongState
from fuel.consignments.operations import declaring, quality
from fuel.models import FuelConsignment
from registry.errors import NotAllowed
from registry.models import OrganisationKind, Role
from tests.fuel.farm import Farm
from tests.registry import build
from tests.registry.conftest import signed_in


@pytest.fixture
def urumqi(small: Farm) -> Farm:
    return small


def accepted_by(urumqi: Farm, actor: Any, consignment: FuelConsignment) -> FuelConsignment:
    return declaring.accept_consignment(consignment=consignment, actor=actor, at=urumqi.tick())


def test_a_supervisor_does_nothing_of_customs_where_there_are_customs_officers(urumqi: Farm) -> None:
    consignment = urumqi.advised()
    given = {"actor": urumqi.supervisor, "at": urumqi.now}
    for act in (
        lambda: declaring.accept_consignment(consignment=consignment, **given),
        lambda: declaring.return_consignment(consignment=consignment, reason="x", **given),
    ):
        with pytest.raises(NotAllowed, match="has customs officers"):
            act()
    consignment = accepted_by(urumqi, urumqi.officer, consignment)
    with pytest.raises(NotAllowed):
        declaring.reverse_consignment(consignment=consignment, reason="x", **given)
    consignment = urumqi.received(consignment, urumqi.gauged(urumqi.tank("T1"), "790000"))
    with pytest.raises(NotAllowed):
        urumqi.released(consignment, actor=urumqi.supervisor)
    consignment = urumqi.released(consignment)
    with pytest.raises(NotAllowed):
        quality.approve_transport_loss(consignment=consignment, reason="x", **given)


def test_without_customs_officers_the_supervisor_enters_it_for_customs_and_the_page_says_so(urumqi: Farm) -> None:
    urumqi.officer.is_active = False
    urumqi.officer.save()
    assert not has_customs_officers(urumqi.site)
    consignment = urumqi.advised()
    assert [one.number for one in longest_waiting(user=urumqi.supervisor, most=5)] == [consignment.number]
    page = signed_in(urumqi.supervisor).get(consignment.get_absolute_url()).content.decode()
    assert "You enter what customs has decided." in page
    consignment = accepted_by(urumqi, urumqi.supervisor, consignment)
    assert (consignment.state, consignment.is_entered_for_customs) == ("accepted", True)
    consignment = urumqi.received(consignment, urumqi.gauged(urumqi.tank("T1"), "800000"))
    assert not consignment.is_entered_for_customs
    page = signed_in(urumqi.auditor).get(consignment.get_absolute_url()).content.decode()
    # Beside “accepted by”, and in the timeline at that act alone.
    assert page.count(f"entered by {urumqi.supervisor} for customs") == 2


def test_an_officer_of_another_office_does_not_count(urumqi: Farm) -> None:
    urumqi.officer.memberships.all().delete()
    build.user("zhu", Role.CUSTOMS_OFFICER, build.organisation("ELSEWHERE", kind=OrganisationKind.CUSTOMS_OFFICE))
    assert not has_customs_officers(urumqi.site)
    build.user("zora", Role.CUSTOMS_OFFICER, urumqi.site.customs_office, at_site=urumqi.site)
    assert has_customs_officers(urumqi.site)
    assert not decider(urumqi.supervisor).for_customs_at


def test_customs_returns_a_consignment_that_is_amended_and_submitted_again(urumqi: Farm) -> None:
    consignment = urumqi.advised("800000")
    given = {"consignment": consignment, "actor": urumqi.officer}
    with pytest.raises(NotAsRequired):
        declaring.return_consignment(at=urumqi.tick(), reason=" ", **given)
    consignment = declaring.return_consignment(at=urumqi.tick(), reason="The mass is wrong", **given)
    assert consignment.state == "returned"
    with pytest.raises(WrongState):
        accepted_by(urumqi, urumqi.officer, consignment)
    page = signed_in(urumqi.operator).get(consignment.get_absolute_url()).content.decode()
    assert "The mass is wrong" in page
    assert reverse("fuel:fuel_consignment_submit", args=[consignment.pk]) in page
    operator = {"actor": urumqi.operator, "consignment": consignment}
    declaring.amend_consignment(details=urumqi.details("750000"), at=urumqi.tick(), **operator)
    consignment = declaring.submit_consignment(at=urumqi.tick(), **operator)
    assert (consignment.state, consignment.document_mass_kg) == ("advised", 750_000)
    assert accepted_by(urumqi, urumqi.officer, consignment).state == "accepted"


def test_duty_paid_fuel_goes_past_customs(urumqi: Farm) -> None:
    consignment = urumqi.advised(customs_status="duty_paid")
    with pytest.raises(WrongState):
        declaring.return_consignment(consignment=consignment, actor=urumqi.officer, at=urumqi.tick(), reason="x")
    consignment = urumqi.received(consignment, urumqi.gauged(urumqi.tank("T9", "duty_paid"), "800000"))
    assert urumqi.released(consignment, actor=urumqi.supervisor).state == "released"


def test_who_prepared_it_does_not_decide_for_customs_either(urumqi: Farm) -> None:
    urumqi.officer.memberships.all().delete()
    build.grant(urumqi.operator, Role.SUPERVISOR, urumqi.site.organisation)
    with pytest.raises(OwnWork):
        accepted_by(urumqi, urumqi.operator, urumqi.advised())
