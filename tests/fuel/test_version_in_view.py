"""Fuel documents are decided on as they were seen, too: by operations, pages and programs."""

from dataclasses import replace

import pytest
from django.urls import reverse

from fuel.consignments.operations import declaring
from fuel.delivery_tickets.operations import tickets
from fuel.delivery_tickets.operations.matching import match_ticket
from fuel.models import FuelConsignment
from registry.versions import ChangedMeanwhile, version_of
from tests.bonded.calls import caller
from tests.bonded.test_pages import signed_in
from tests.fuel.build import TankFarm

pytestmark = pytest.mark.django_db


def test_a_consignment_is_accepted_as_it_was_seen(urumqi: TankFarm) -> None:
    consignment = urumqi.advised("1000")
    seen = version_of(consignment)
    shown = signed_in(urumqi.officer).get(reverse("documents:approvals")).content.decode()
    assert f'name="version" value="{seen}"' in shown
    more = urumqi.details("2000")
    declaring.amend_consignment(consignment=consignment, details=more, actor=urumqi.operator, at=urumqi.tick())
    refused = caller(urumqi.officer).post(f"consignments/{consignment.pk}/accept", {"version": seen})
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:bondbook:problem:changed-meanwhile")
    (mass,) = [error for error in refused.json()["errors"] if error["field"] == "document_mass_kg"]
    assert "1,000 → 2,000" in mass["message"]
    page = signed_in(urumqi.officer).post(
        reverse("fuel:fuel_consignment_accept", args=[consignment.pk]), {"version": seen}
    )
    assert page.status_code == 409
    assert FuelConsignment.objects.get().state == "advised"


def test_a_ticket_is_signed_and_matched_as_it_was_seen(urumqi: TankFarm) -> None:
    urumqi.released("100000")
    ticket = urumqi.metered("1")
    ticket.seen_version = version_of(ticket)
    details = replace(urumqi.ticket_details("1"), remark="Second hose")
    tickets.amend_ticket(
        ticket=type(ticket).objects.get(pk=ticket.pk), details=details, actor=urumqi.operator, at=urumqi.tick()
    )
    with pytest.raises(ChangedMeanwhile):
        tickets.sign_ticket(ticket=ticket, actor=urumqi.operator, at=urumqi.tick(), pictures=())
    with pytest.raises(ChangedMeanwhile) as refused:
        match_ticket(ticket=ticket, actor=urumqi.supervisor, at=urumqi.tick())
    assert "remark" in {error.field for error in refused.value.errors}
