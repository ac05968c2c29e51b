"""A run is watched in the browser and moves on by itself; quotes are looked at before they are taken in."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from fuel.billing.statement_runs.operations import begin_statement_run, issue_next_of_run
from fuel.models import StatementRun
from tests.bonded.test_pages_browser import Desk
from tests.fuel.build import TankFarm
from tests.fuel.pricing import price_index
from tests.fuel.runs import asked, month, worked
from tests.registry import build

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_page_of_a_run_moves_on_by_itself(page: Any, live_server: Any, committed_urumqi: TankFarm) -> None:
    month(committed_urumqi)
    run = asked(committed_urumqi)
    desk = Desk(page, live_server.url)
    desk.sign_in(committed_urumqi.supervisor)
    for path in ("/fuel/statement-runs/", "/fuel/statement-runs/new/", run.get_absolute_url()):
        page.goto(live_server.url + path)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
    begin_statement_run(run=run, at=committed_urumqi.tick())
    issue_next_of_run(run=run, at=committed_urumqi.tick())
    page.locator("progress[value='1']").wait_for()
    page.locator(".state", has_text="Running").wait_for()
    page.get_by_text("A2 has no contract at URC").wait_for()
    worked(committed_urumqi, run)
    page.locator(".state", has_text="Done").wait_for()
    assert page.locator("progress").count() == 0
    assert page.get_by_role("link", name="Run the rest again").is_visible()
    assert StatementRun.objects.get().state == "done"
    assert desk.complaints == []


def test_quotes_are_looked_at_before_they_are_taken_in(page: Any, live_server: Any, committed_urumqi: TankFarm) -> None:
    index = price_index()
    desk = Desk(page, live_server.url)
    desk.sign_in(build.zone_administrator())
    page.goto(f"{live_server.url}/fuel/index-quotes/import/")
    page.locator("[name=index]").select_option(str(index.pk))
    rows = page.locator("[name=rows]")
    rows.fill("quoted_date,price\n2026-06-01,92.37\n2026-06-31,93.10")
    page.get_by_role("button", name="Preview").click()
    page.get_by_text("“2026-06-31” is not a date").wait_for()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    rows.fill("quoted_date,price\n2026-06-01,92.37\n2026-06-30,93.10")
    page.get_by_role("button", name="Preview").click()
    page.get_by_text("Of 2 rows 2 are new").wait_for()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.get_by_role("button", name="Import").click()
    page.get_by_text("2 quotes were new, 0 corrected, 0 known already.").wait_for()
    assert desk.complaints == []
