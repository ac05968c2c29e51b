"""A supervisor on a tablet loads a calibration, mending the cell that is named; and the farm's pages are readable."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from fuel.models import MeasurementBasis, ReconciliationRule, StrappingTable
from tests.bonded.test_pages_browser import Desk
from tests.fuel.build import STRAPPING, TankFarm
from tests.fuel.test_farm_pages import table_text
from tests.fuel.test_ticket_browser import TABLET

pytestmark = pytest.mark.django_db(transaction=True)


def readable(page: Any) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, f"{page.url}: {found.generate_report()}"


def test_a_calibration_is_checked_mended_and_loaded_on_a_tablet(
    page: Any, live_server: Any, committed_urumqi: TankFarm
) -> None:
    page.set_viewport_size(TABLET)
    desk = Desk(page, live_server.url)
    desk.sign_in(committed_urumqi.supervisor)
    page.goto(live_server.url + committed_urumqi.tank.get_absolute_url())
    page.get_by_role("link", name="Load a strapping table").click()
    page.locator("[name=valid_from_date]").fill("2026-07-01")
    page.locator("[name=certificate_number]").fill("C-7")
    page.locator("[name=rows]").fill(table_text().replace("1500\t921.6000", "1500\t92l.6"))
    page.get_by_role("button", name="Check the table").click()
    desk.expect("1 cell cannot be accepted")
    desk.expect("92l.6")
    readable(page)
    rows = page.locator("[name=rows]")
    rows.fill(rows.input_value().replace("92l.6", "921.6"))
    page.get_by_role("button", name="Check the table").click()
    desk.expect("This would be loaded as version 2")
    page.locator("figure.chart canvas").wait_for()
    readable(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Load version 2").click()
    desk.expect("Version 2 of the strapping table of T-101 was loaded.")
    assert StrappingTable.objects.get(version=2).rows.count() == len(STRAPPING)
    assert desk.complaints == []


def test_the_farms_pages_are_readable_for_everybody(page: Any, live_server: Any, committed_urumqi: TankFarm) -> None:
    urumqi = committed_urumqi
    desk = Desk(page, live_server.url)
    desk.sign_in(urumqi.administrator)
    for path in (
        "/fuel/tank-groups/",
        "/fuel/tank-groups/new/",
        urumqi.group.get_absolute_url(),
        "/fuel/tanks/new/",
        urumqi.tank.get_absolute_url(),
        f"{urumqi.tank.get_absolute_url()}change/",
        urumqi.tank.strapping_tables.get().get_absolute_url(),
        f"{urumqi.meter.get_absolute_url()}prove/",
        "/fuel/measurement-bases/",
        "/fuel/measurement-bases/new/",
        MeasurementBasis.objects.get().get_absolute_url(),
        "/fuel/reconciliation-rules/",
        ReconciliationRule.objects.get().get_absolute_url(),
    ):
        page.goto(live_server.url + path)
        readable(page)
    assert desk.complaints == []
