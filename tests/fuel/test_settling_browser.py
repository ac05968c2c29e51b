"""A supervisor replaces a disputed ticket and approves what somebody charges by hand, as the screen shows it."""

import os
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe

from fuel.billing.disputes.operations import raise_dispute
from fuel.billing.statements.operations import issue_statement
from fuel.models import DeliveryTicket, ManualCharge
from registry.models import Role
from tests.bonded.test_pages_browser import Desk
from tests.fuel.build import TankFarm
from tests.fuel.pricing import f9
from tests.registry import build

pytestmark = pytest.mark.django_db(transaction=True)


def looked_at(page: Any, name: str) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, f"{name}: {found.generate_report()}"
    if folder := os.environ.get("SHOTS"):
        for width in (1280, 820, 390):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=str(Path(folder) / f"{name}-{width}.png"), full_page=True)
        page.set_viewport_size({"width": 1280, "height": 900})


def test_a_disputed_ticket_is_replaced_and_a_manual_charge_approved(
    page: Any, live_server: Any, committed_urumqi: TankFarm
) -> None:
    farm = committed_urumqi
    farm.released("900000")
    f9(farm)
    wrong = farm.matched("T-1", mass_kg="54321")
    farm.now = farm.now.replace(month=7, day=2)
    statement = issue_statement(
        site=farm.site,
        airline=farm.airline,
        from_date=date(2026, 6, 1),
        through_date=date(2026, 6, 30),
        actor=farm.supervisor,
        at=farm.tick(),
        request_key=uuid4(),
    )
    dispute = raise_dispute(
        charge=statement.lines.get().charge,
        ground="quantity",
        message="Our log says 65,000 L.",
        actor=build.user("amelia", Role.AIRLINE, farm.airline.organisation),
        at=farm.tick(),
        request_key=uuid4(),
    )
    desk = Desk(page, live_server.url)
    desk.sign_in(farm.supervisor)
    page.goto(live_server.url + dispute.get_absolute_url())
    page.get_by_role("link", name="Replace the ticket by a corrected one").click()
    page.locator("[name=litres_observed]").wait_for()
    looked_at(page, "replace")
    page.locator("[name=litres_observed]").fill("65000")
    page.locator("[name=reason]").fill("Litres of another flight")
    page.locator("[name=evidence]").fill("Meter log of R-1")
    page.get_by_role("button", name="Replace").click()
    desk.expect("stands in its place")
    corrected = DeliveryTicket.objects.get(replaces=wrong)
    assert corrected.litres_observed == Decimal(65000)
    looked_at(page, "corrected")
    page.goto(live_server.url + dispute.get_absolute_url())
    desk.expect(corrected.number)
    desk.sign_in(farm.operator)
    page.goto(f"{live_server.url}/fuel/manual-charges/new/")
    page.locator("[name=contract]").select_option(str(farm.airline.fuel_contracts.get().pk))
    written = {
        "from_date": "2026-06-01",
        "through_date": "2026-06-30",
        "description": "Call-out at night",
        "net_amount": "1200.50",
        "vat_percent": "6",
        "reason": "Order of 14 June",
    }
    for name, text in written.items():
        page.locator(f"[name={name}]").fill(text)
    looked_at(page, "manual-new")
    page.get_by_role("button", name="Send").click()
    desk.expect("waits until somebody else approves it")
    desk.sign_in(farm.supervisor)
    by_hand = ManualCharge.objects.get()
    page.goto(f"{live_server.url}/fuel/manual-charges/")
    looked_at(page, "manual-list")
    page.goto(live_server.url + by_hand.get_absolute_url())
    looked_at(page, "manual")
    page.goto(f"{live_server.url}{by_hand.get_absolute_url()}approve/")
    desk.expect("1,272.53")
    looked_at(page, "manual-approve")
    page.get_by_role("button", name="Approve").click()
    page.locator(".state", has_text="Charged").wait_for()
    assert desk.complaints == []
