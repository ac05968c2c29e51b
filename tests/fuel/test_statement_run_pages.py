"""Pages of statement runs: asked for by a supervisor, watched while they run, with what came of each airline."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fuel.billing.statement_runs.operations import begin_statement_run, cancel_statement_run, issue_next_of_run
from fuel.models import Statement, StatementRun
from registry.models import Role
from tests.fuel.build import TankFarm, airline
from tests.fuel.pricing import contract
from tests.fuel.runs import asked, month, outcomes, worked
from tests.registry import build
from tests.registry.conftest import signed_in

pytestmark = pytest.mark.django_db
JUNE = {"from_date": "2026-06-01", "through_date": "2026-06-30"}
POLLING = 'hx-trigger="every 2s"'


def page_of(client: Client, run: StatementRun) -> Any:
    return client.get(run.get_absolute_url())


def polled(client: Client, run: StatementRun, seen: str) -> Any:
    """What a page is answered that shows the run in the state and asks how far it is."""
    return client.get(run.get_absolute_url(), {"seen": seen}, headers={"HX-Request": "true"})


def test_a_month_is_issued_from_the_list_of_statements(
    urumqi: TankFarm, django_capture_on_commit_callbacks: Any
) -> None:
    month(urumqi)
    client = signed_in(urumqi.supervisor)
    assert "/fuel/statement-runs/new/" in client.get("/fuel/statements/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/fuel/statement-runs/new/", {"site": urumqi.site.pk, **JUNE, "remark": "June"})
    run = StatementRun.objects.get()
    assert answer.headers["Location"] == run.get_absolute_url()
    assert run.state == "done"
    page = page_of(client, run).content.decode()
    assert POLLING not in page
    for statement in Statement.objects.all():
        assert statement.remark == "June"
        assert f'href="{statement.get_absolute_url()}"' in page
    assert "A2 has no contract at URC" in page
    assert f"?site={urumqi.site.pk}&amp;from_date=2026-06-01&amp;through_date=2026-06-30" in page
    again = client.get(f"/fuel/statement-runs/new/?site={urumqi.site.pk}&from_date=2026-06-01").content.decode()
    assert 'value="2026-06-01"' in again


def test_the_form_sent_twice_asks_for_one_run_and_another_is_told_of_it(urumqi: TankFarm) -> None:
    month(urumqi)
    client = signed_in(urumqi.supervisor)
    given = {"site": urumqi.site.pk, **JUNE, "request_key": "7a4f8f0e-0000-4000-8000-000000000001"}
    client.post("/fuel/statement-runs/new/", given)
    client.post("/fuel/statement-runs/new/", given)
    run = StatementRun.objects.get()
    refused = client.post("/fuel/statement-runs/new/", {"site": urumqi.site.pk, **JUNE}).content.decode()
    assert f"{run.number}, from" in refused
    assert "is still under way at this site" in refused
    assert 'value="2026-06-01"' in refused


def test_a_run_page_asks_again_until_the_run_has_ended(urumqi: TankFarm) -> None:
    month(urumqi)
    client = signed_in(urumqi.auditor)
    run = asked(urumqi)
    page = page_of(client, run).content.decode()
    assert "Waiting for a worker" in page
    assert POLLING in page
    assert "<noscript>" in page
    assert polled(client, run, "queued").content.decode().lstrip().startswith('<div id="run"')
    begin_statement_run(run=run, at=urumqi.tick())
    # The badge beside the title has to change too, so the page is drawn whole.
    assert polled(client, run, "queued").headers["HX-Refresh"] == "true"
    issue_next_of_run(run=run, at=urumqi.tick())
    fragment = polled(client, run, "running").content.decode()
    assert fragment.lstrip().startswith('<div id="run"')
    assert '<progress aria-labelledby="progress-label" value="1" max="4">' in fragment
    assert POLLING in fragment
    worked(urumqi, run)
    assert polled(client, run, "running").headers["HX-Refresh"] == "true"


def test_a_supervisor_cancels_and_the_rest_is_told_as_not_begun(urumqi: TankFarm) -> None:
    month(urumqi)
    run = asked(urumqi)
    client = signed_in(urumqi.supervisor)
    cancel = f"{run.get_absolute_url()}cancel/"
    assert cancel in page_of(client, run).content.decode()
    client.post(cancel)
    assert StatementRun.objects.get().state == "cancelled"
    page = page_of(client, run).content.decode()
    assert "Not begun" in page
    assert cancel not in page
    assert "has ended already" in client.post(cancel).content.decode()


def test_a_run_printed_has_its_airlines_on_paper(urumqi: TankFarm) -> None:
    month(urumqi)
    run = worked(urumqi, asked(urumqi))
    paper = signed_in(urumqi.auditor).get(f"{run.get_absolute_url()}?print").content.decode()
    assert "A2 has no contract at URC" in paper


def test_an_airline_hears_nothing_of_a_run(urumqi: TankFarm) -> None:
    month(urumqi)
    run = worked(urumqi, asked(urumqi))
    client = signed_in(build.user("amelia-q1", Role.AIRLINE, urumqi.airline.organisation))
    for path in ("/fuel/statement-runs/", run.get_absolute_url(), "/fuel/statement-runs/new/"):
        assert client.get(path).status_code == 403


def test_three_runs_take_as_many_queries_as_one(urumqi: TankFarm) -> None:
    month(urumqi)
    client = signed_in(urumqi.auditor)
    counts = []
    for _number in range(3):
        cancel_statement_run(run=asked(urumqi), actor=urumqi.supervisor, at=urumqi.tick())
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/fuel/statement-runs/").status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[2]


def test_three_airlines_of_a_run_take_as_many_queries_as_one(urumqi: TankFarm) -> None:
    urumqi.released("900000")
    client = signed_in(urumqi.auditor)
    counts = []
    for number in range(3):
        contract(urumqi, number=f"FC-B{number}", airline=airline(f"B{number}"))
        urumqi.matched(f"T-{number}", airline=airline(f"C{number}"))
        run = worked(urumqi, asked(urumqi))
        urumqi.now = urumqi.now.replace(month=6, day=3)
        assert len(outcomes(run)) == 2 * (number + 1)
        with CaptureQueriesContext(connection) as captured:
            assert page_of(client, run).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[2]
