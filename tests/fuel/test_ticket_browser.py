"""A fueller at the aircraft with a tablet: writes the ticket, has it signed with a finger, and the fuel has left."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone

from fuel.models import DeliveryTicket, TicketState
from tests.bonded.test_pages_browser import Desk
from tests.fuel.build import TankFarm
from tests.fuel.pricing import f9
from tests.fuel.test_statement_pages import issued

pytestmark = pytest.mark.django_db(transaction=True)

TABLET = {"width": 820, "height": 1180}


def test_a_fueller_has_a_ticket_signed_on_a_tablet(page: Any, live_server: Any, committed_urumqi: TankFarm) -> None:
    urumqi = committed_urumqi
    urumqi.released("100000")
    page.set_viewport_size(TABLET)
    desk = Desk(page, live_server.url)
    desk.sign_in(urumqi.operator)
    page.goto(f"{live_server.url}/fuel/tickets/new/")
    for name, value in {
        "ticket_number": "T-1",
        "flight_number": "q1801",
        "flight_date": timezone.localdate().isoformat(),
        "registration": "up-b6701",
        "litres_observed": "10000",
        "celsius": "-21.5",
        "density_at_base": "800.0",
        "signatory": "A. Captain",
    }.items():
        page.locator(f"[name={name}]").fill(value)
    for name, value in {
        "vendor": urumqi.site.organisation_id,
        "airline": urumqi.airline.pk,
        "airport": urumqi.airport.pk,
        "destination": urumqi.abroad.pk,
        "tank": urumqi.tank.pk,
    }.items():
        page.locator(f"[name={name}]").select_option(str(value))
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    canvas = page.locator("canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + 60)
    page.mouse.down()
    for step in range(1, 9):
        page.mouse.move(box["x"] + 40 + 30 * step, box["y"] + 60 + (20 if step % 2 else -20))
    page.mouse.up()
    page.locator("[name=submit]").click()
    desk.expect("its fuel has left the tank")
    ticket = DeliveryTicket.objects.get()
    assert ticket.state == TicketState.SIGNED
    assert bytes(ticket.attachments.get().content).startswith(b"\x89PNG")
    assert desk.complaints == []


def test_fuel_pages_of_a_month_end_are_readable_for_everybody(
    page: Any, live_server: Any, committed_urumqi: TankFarm
) -> None:
    urumqi = committed_urumqi
    urumqi.released("100000")
    f9(urumqi)
    ticket = urumqi.matched("T-1")
    statement = issued(urumqi)
    desk = Desk(page, live_server.url)
    desk.sign_in(urumqi.supervisor)
    for path in (
        "/fuel/tickets/",
        ticket.get_absolute_url(),
        "/fuel/tickets/import/",
        "/fuel/statements/",
        statement.get_absolute_url(),
        "/fuel/statements/new/",
        "/fuel/contracts/",
        "/fuel/contracts/new/",
        "/fuel/payments/new/",
        reverse("registry:airline_list"),
        "/fuel/relief-rules/",
    ):
        page.goto(live_server.url + path)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
    assert desk.complaints == []
