"""The pages of consignments and tank movements in a browser: readable for everybody, and without complaints."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from fuel.models import FuelConsignment
from tests.bonded.test_pages_browser import Desk
from tests.fuel.farm import farm

pytestmark = pytest.mark.django_db(transaction=True)


def test_fuel_pages_are_readable_for_everybody(page: Any, live_server: Any) -> None:
    urumqi = farm()
    tank = urumqi.tank("T1")
    urumqi.stocked(tank, "800000")
    movement = urumqi.moved("sample", tank, "5")
    accepted, short = urumqi.accepted(), urumqi.received(urumqi.accepted(), urumqi.gauged(tank, "797000"))
    over = urumqi.released(urumqi.received(urumqi.accepted(), urumqi.gauged(urumqi.tank("T2"), "802000")))
    desk = Desk(page, live_server.url)
    desk.sign_in(urumqi.supervisor)
    for path in (
        "/fuel/consignments/",
        "/fuel/consignments/new/",
        short.get_absolute_url(),
        f"{accepted.get_absolute_url()}receive/",
        over.get_absolute_url(),
        "/approvals/",
        "/fuel/flights/import/",
        "/fuel/tank-movements/",
        "/fuel/tank-movements/new/",
        "/fuel/status-changes/",
        "/fuel/status-changes/new/",
        movement.get_absolute_url(),
    ):
        page.goto(live_server.url + path)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
    # What customs decides is not the supervisor's to open.
    page.context.clear_cookies()
    desk.sign_in(urumqi.officer)
    for path in (
        f"{short.get_absolute_url()}release/",
        f"{over.get_absolute_url()}admit-over/",
        f"{over.get_absolute_url()}take-out-over/",
    ):
        page.goto(live_server.url + path)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
    assert desk.complaints == []


def test_a_consignment_is_released_from_the_inbox_by_keys(page: Any, live_server: Any) -> None:
    urumqi = farm()
    consignment = urumqi.received(urumqi.accepted(), urumqi.gauged(urumqi.tank("T1"), "800000"))
    desk = Desk(page, live_server.url)
    desk.sign_in(urumqi.officer)
    desk.open("documents:approvals")
    page.keyboard.press("a")
    page.locator("dialog[open]").wait_for()
    # The letter that opened the dialog is not typed into it.
    number = page.locator("dialog[open] [name=certificate_number]")
    assert number.input_value() == ""
    number.fill("Q-1")
    desk.send()
    desk.expect("Nothing waits for you")
    assert FuelConsignment.objects.get(pk=consignment.pk).state == "released"
    assert desk.complaints == []
