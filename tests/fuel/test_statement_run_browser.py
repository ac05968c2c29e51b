"""A supervisor watches a run in the browser: the page moves on by itself until the run has ended."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from fuel.models import StatementRun
from fuel.operations.statement_runs import begin_statement_run, issue_next_of_run
from tests.bonded.test_pages_browser import Desk
from tests.fuel.build import TankFarm
from tests.fuel.runs import asked, month, worked

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("front")]


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
    page.get_by_text("A2 has no contract at URC").wait_for()
    worked(committed_urumqi, run)
    page.locator(".state", has_text="Done").wait_for()
    assert page.locator("progress").count() == 0
    assert page.get_by_role("link", name="Run the rest again").is_visible()
    assert StatementRun.objects.get().state == "done"
    assert desk.complaints == []
