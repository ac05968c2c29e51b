"""A month issued for every airline: each on its own, once, whatever happens to the worker."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from threading import Barrier, Event
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from redis import Redis

from config.celery import app
from documents.operations.documents import NotAsRequired, RequestKeyUsed, WrongState
from fuel.billing.charges.operations import credit_and_rebill
from fuel.billing.statement_runs import operations as statement_runs
from fuel.billing.statement_runs.operations import (
    RunUnderWay,
    begin_statement_run,
    cancel_statement_run,
    issue_next_of_run,
    runs_gone_silent,
)
from fuel.billing.statements.operations import NothingToBill, issue_statement
from fuel.models import Charge, Statement, StatementRun
from fuel.tasks import issue_statements_of_run, resume_statement_runs, send_statement_run
from registry.errors import NotAllowed
from registry.models import Airline, Role
from registry.operations.memberships import revoke_membership
from tests.config.hanging import hanging
from tests.fuel.build import TankFarm, airline
from tests.fuel.pricing import contract
from tests.fuel.runs import KEY, asked, month, outcomes, worked
from tests.registry import build

pytestmark = pytest.mark.django_db
AS_A_MONTH_ENDS = {"Q1": "issued", "A2": "refused", "A3": "nothing", "A4": "issued"}


def test_every_airline_gets_its_statement_or_is_told_why_not(urumqi: TankFarm) -> None:
    month(urumqi)
    signed = urumqi.signed("T-9")
    run = worked(urumqi, asked(urumqi))
    assert run.state == "done"
    assert run.ended_at == urumqi.now
    assert outcomes(run) == AS_A_MONTH_ENDS
    lines = {line.airline.iata_code: line for line in run.lines.select_related("airline", "statement")}
    assert lines["Q1"].statement.airline == urumqi.airline
    assert (lines["Q1"].statement.from_date, lines["Q1"].statement.through_date) == (run.from_date, run.through_date)
    assert lines["A2"].refusal_code == "no-price"
    (refusal,) = lines["A2"].refusals
    assert (refusal["field"], refusal["figure"]) == ("contract", "URC-TKT-2026-000002")
    assert "A2 has no contract at URC" in refusal["message"]
    # What is not matched is left out, and said so.
    assert (signed.airline.iata_code, lines["Q1"].unmatched_tickets, lines["A4"].unmatched_tickets) == ("Q1", 1, 0)


def test_what_was_refused_is_issued_by_a_later_run_and_nothing_twice(urumqi: TankFarm) -> None:
    carriers = month(urumqi)
    worked(urumqi, asked(urumqi))
    contract(urumqi, number="FC-2", airline=carriers["A2"])
    again = worked(urumqi, asked(urumqi))
    assert outcomes(again) == {**dict.fromkeys(carriers, "nothing"), "A2": "issued"}
    assert Statement.objects.count() == 3


def test_the_run_takes_airlines_without_contract_that_have_only_a_credit_waiting(urumqi: TankFarm) -> None:
    """Their contract ended long ago; what they get back is not forgotten."""
    month(urumqi)
    worked(urumqi, asked(urumqi))
    charge = Charge.objects.get(airline=urumqi.airline)
    credit_and_rebill(charge=charge, reason="Twice", actor=urumqi.supervisor, at=urumqi.tick(), is_rebilled=False)
    urumqi.now = urumqi.now.replace(month=8, day=2)
    july = asked(urumqi, from_date=date(2026, 7, 1), through_date=date(2026, 7, 31))
    assert outcomes(worked(urumqi, july))["Q1"] == "issued"


def test_only_a_supervisor_of_the_site_asks_and_cancels(urumqi: TankFarm) -> None:
    month(urumqi)
    for person in (urumqi.operator, urumqi.officer, urumqi.auditor, urumqi.administrator):
        with pytest.raises(NotAllowed):
            asked(urumqi, actor=person)
    run = asked(urumqi)
    with pytest.raises(NotAllowed):
        cancel_statement_run(run=run, actor=urumqi.operator, at=urumqi.tick())


def test_who_lost_the_role_issues_nothing_more(urumqi: TankFarm) -> None:
    month(urumqi)
    run = asked(urumqi)
    held = urumqi.supervisor.memberships.get(role=Role.SUPERVISOR)
    revoke_membership(membership=held, actor=build.zone_administrator(), at=urumqi.tick())
    assert set(outcomes(worked(urumqi, run)).values()) == {"refused"}
    assert not Statement.objects.exists()


@pytest.mark.parametrize(
    ("from_date", "through_date", "told"),
    [
        (date(2026, 6, 30), date(2026, 6, 1), "ends before it begins"),
        (date(2026, 7, 1), date(2026, 7, 31), "is not over yet"),
    ],
)
def test_the_period_is_over_and_in_order(urumqi: TankFarm, from_date: date, through_date: date, told: str) -> None:
    month(urumqi)
    with pytest.raises(NotAsRequired, match=told) as refused:
        asked(urumqi, from_date=from_date, through_date=through_date)
    assert refused.value.errors[0].field == "through_date"


def test_a_period_without_any_airline_is_refused(urumqi: TankFarm) -> None:
    with pytest.raises(NothingToBill, match="No airline"):
        asked(urumqi)
    assert not StatementRun.objects.exists()


def test_the_same_request_gives_one_run_and_another_waits_its_turn(urumqi: TankFarm) -> None:
    month(urumqi)
    run = asked(urumqi, request_key=KEY)
    assert asked(urumqi, request_key=KEY) == run
    with pytest.raises(RunUnderWay, match=run.number) as refused:
        asked(urumqi)
    assert (refused.value.status, refused.value.errors[0].figure) == (409, run.number)
    with pytest.raises(RunUnderWay):
        asked(urumqi, from_date=date(2026, 5, 1), through_date=date(2026, 5, 31))
    worked(urumqi, run)
    assert asked(urumqi, request_key=KEY) == run
    assert asked(urumqi) != run


def test_a_key_of_somebody_else_is_refused(urumqi: TankFarm) -> None:
    month(urumqi)
    asked(urumqi, request_key=KEY)
    other = build.user("sam", Role.SUPERVISOR, urumqi.site.organisation, at_site=urumqi.site)
    with pytest.raises(RequestKeyUsed):
        asked(urumqi, request_key=KEY, actor=other)


def test_a_task_delivered_twice_issues_nothing_twice(urumqi: TankFarm) -> None:
    month(urumqi)
    run = asked(urumqi)
    issue_statements_of_run.delay(run.pk)
    issue_statements_of_run.delay(run.pk)
    assert outcomes(run) == AS_A_MONTH_ENDS
    assert Statement.objects.count() == 2
    assert StatementRun.objects.get().state == "done"


class Killed(BaseException):
    """What happens to a worker whose machine is switched off."""


def killed_at(place: int, monkeypatch: pytest.MonkeyPatch, error: type[BaseException] = Killed) -> None:
    """Let the statement of that place be the last thing a worker does; it is charged and numbered by then."""
    calls = 0

    def issue(**given: Any) -> Any:
        nonlocal calls
        issued = issue_statement(**given)
        calls += 1
        if calls == place:
            raise error
        return issued

    monkeypatch.setattr(statement_runs, "issue_statement", issue)


def test_a_run_survives_the_end_of_its_worker(urumqi: TankFarm, monkeypatch: pytest.MonkeyPatch) -> None:
    month(urumqi)
    run = asked(urumqi)
    with monkeypatch.context() as patch:
        # A2 is refused and A3 has nothing; the statement of A4 is cut off in the middle.
        killed_at(1, patch)
        with pytest.raises(Killed):
            issue_statements_of_run.delay(run.pk)
    assert outcomes(run) == {**AS_A_MONTH_ENDS, "A4": "waiting", "Q1": "waiting"}
    assert not Statement.objects.exists()
    assert StatementRun.objects.get().state == "running"
    issue_statements_of_run.delay(run.pk)
    assert outcomes(run) == AS_A_MONTH_ENDS
    assert sorted(Statement.objects.values_list("number", flat=True)) == [
        "URC-STM-2026-000001",
        "URC-STM-2026-000002",
    ]
    assert StatementRun.objects.get().state == "done"


def test_a_database_that_is_away_leaves_the_airline_waiting(urumqi: TankFarm, monkeypatch: pytest.MonkeyPatch) -> None:
    month(urumqi)
    run = asked(urumqi)
    with monkeypatch.context() as patch:
        killed_at(1, patch, OperationalError)
        with pytest.raises(OperationalError):
            issue_statements_of_run.delay(run.pk)
    assert outcomes(run)["A4"] == "waiting"


def test_one_airlines_surprise_is_not_the_others(urumqi: TankFarm, monkeypatch: pytest.MonkeyPatch) -> None:
    month(urumqi)
    run = asked(urumqi)
    with monkeypatch.context() as patch:
        killed_at(1, patch, ZeroDivisionError)
        run = worked(urumqi, run)
    assert outcomes(run) == {**AS_A_MONTH_ENDS, "A4": "failed"}
    assert run.state == "failed"
    assert Statement.objects.get().airline == urumqi.airline


def test_a_run_that_nobody_moves_is_taken_up_again(urumqi: TankFarm) -> None:
    month(urumqi)
    run = asked(urumqi)
    assert runs_gone_silent(at=urumqi.now + timedelta(minutes=1)) == []
    assert runs_gone_silent(at=urumqi.now + timedelta(minutes=3)) == [run]
    begin_statement_run(run=run, at=urumqi.tick(minutes=2))
    issue_next_of_run(run=run, at=urumqi.tick(minutes=2))
    assert runs_gone_silent(at=urumqi.now + timedelta(minutes=1)) == []
    assert resume_statement_runs.delay().result == 1
    assert outcomes(run) == AS_A_MONTH_ENDS
    assert resume_statement_runs.delay().result == 0
    assert settings.CELERY_BEAT_SCHEDULE["resume-statement-runs"]["task"] == resume_statement_runs.name


def test_a_cancelled_run_stops_after_the_airline_at_hand(urumqi: TankFarm) -> None:
    month(urumqi)
    run = begin_statement_run(run=asked(urumqi), at=urumqi.tick())
    for _airline in ("A2", "A3", "A4"):
        assert issue_next_of_run(run=run, at=urumqi.tick())
    cancelled = cancel_statement_run(run=run, actor=urumqi.supervisor, at=urumqi.tick())
    assert cancelled.ended_at == urumqi.now
    assert not issue_next_of_run(run=run, at=urumqi.tick())
    assert outcomes(run) == {**AS_A_MONTH_ENDS, "Q1": "waiting"}
    assert StatementRun.objects.get().state == "cancelled"
    with pytest.raises(WrongState, match="has ended already"):
        cancel_statement_run(run=run, actor=urumqi.supervisor, at=urumqi.tick())
    issue_statements_of_run.delay(run.pk)
    assert outcomes(run)["Q1"] == "waiting"
    # The rest is asked for anew.
    assert outcomes(worked(urumqi, asked(urumqi)))["Q1"] == "issued"


def test_a_refusal_is_written_in_the_language_of_whoever_asked(urumqi: TankFarm) -> None:
    month(urumqi)
    urumqi.supervisor.language = "zh-hans"
    urumqi.supervisor.save()
    run = asked(urumqi)
    issue_statements_of_run.delay(run.pk)
    (message,) = run.lines.get(airline__iata_code="A2").messages
    assert "has no contract" not in message
    assert "A2" in message


def test_an_airline_takes_as_many_queries_whether_three_wait_or_one(urumqi: TankFarm) -> None:
    month(urumqi)
    for number in range(3):
        contract(urumqi, number=f"FC-B{number}", airline=airline(f"B{number}"))
    run = begin_statement_run(run=asked(urumqi), at=urumqi.tick())
    counts: list[int] = []
    for _airline in outcomes(run):
        with CaptureQueriesContext(connection) as captured:
            issue_next_of_run(run=run, at=urumqi.tick())
        counts.append(len(captured))
    by_airline = dict(zip(sorted(outcomes(run)), counts, strict=True))
    # All with nothing to bill: the first of them, one in the middle, the last.
    assert by_airline["A3"] == by_airline["B0"] == by_airline["B2"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_share_a_run_and_issue_nothing_twice(committed_urumqi: TankFarm) -> None:
    farm = committed_urumqi
    month(farm)
    run = asked(farm)
    in_hand, goes_on = Event(), Event()
    both = Barrier(2)

    def work(number: int) -> None:
        try:
            both.wait(timeout=30)
            if number:
                in_hand.wait(timeout=30)
            issue_statements_of_run(run.pk)
            goes_on.set()
        finally:
            connection.close()

    def issue(**given: Any) -> Any:
        # The first worker keeps its airline in hand until the second has gone through all the others.
        if not in_hand.is_set():
            in_hand.set()
            assert goes_on.wait(timeout=30)
        return issue_statement(**given)

    with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(2) as threads:
        patch.setattr(statement_runs, "issue_statement", issue)
        list(threads.map(work, range(2)))
    assert outcomes(run) == AS_A_MONTH_ENDS
    assert Statement.objects.count() == 2
    assert StatementRun.objects.get().state == "done"


@pytest.mark.django_db(transaction=True)
def test_of_two_desks_that_ask_at_once_one_is_told_of_the_other(committed_urumqi: TankFarm) -> None:
    farm = committed_urumqi
    month(farm)
    farm.tick(days=40)
    both = Barrier(2)

    def ask(*, same_key: bool) -> Callable[[int], Any]:
        def one(_number: int) -> Any:
            try:
                both.wait(timeout=30)
                return asked(farm, request_key=KEY if same_key else uuid4())
            except RunUnderWay as refused:
                return refused
            finally:
                connection.close()

        return one

    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(ask(same_key=False), range(2)))
    (refused,) = [answer for answer in answers if isinstance(answer, RunUnderWay)]
    run = StatementRun.objects.get()
    assert run.number in str(refused)
    worked(farm, run)
    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(ask(same_key=True), range(2)))
    assert answers[0] == answers[1] != run


def seen(run: StatementRun, expected: dict[str, str], *, state: str = "done", within: int = 90) -> bool:
    """Whether the run comes to this state, with these outcomes, within so many seconds."""

    def now() -> tuple[str, dict[str, str]]:
        return StatementRun.objects.get(pk=run.pk).state, outcomes(run)

    until = time.monotonic() + within
    while now() != (state, expected) and time.monotonic() < until:
        time.sleep(0.1)
    return now() == (state, expected)


@pytest.fixture
def broker() -> Iterator[None]:
    """Tasks go through the real broker, as they do outside of tests."""
    # Messages that wait, and those that a killed worker had in hand, are of runs that are gone.
    Redis.from_url(settings.CELERY_BROKER_URL).flushdb()
    app.conf.task_always_eager = False
    yield
    app.conf.task_always_eager = True


@contextmanager
def worker(log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A worker of its own, killed at the end; what it writes goes to that file."""
    server = os.environ["DATABASE_URL"].rpartition("/")[0]
    # It is the application, not the owner of the tables.
    as_application = {"DATABASE_URL": f"{server}/{connection.settings_dict['NAME']}", "DATABASE_OWNER_URL": ""}
    environment = {**os.environ, **as_application}
    command = [sys.executable, "-m", "celery", "--app=config", "worker", "--pool=solo", "--without-mingle"]
    with log.open("ab") as written:
        process = subprocess.Popen(command, env=environment, stdout=written, stderr=written)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("broker")
def test_a_worker_of_its_own_does_what_the_broker_hands_it(committed_urumqi: TankFarm, tmp_path: Path) -> None:
    month(committed_urumqi)
    run = asked(committed_urumqi)
    log = tmp_path / "worker.log"
    with worker(log):
        send_statement_run(run)
        assert seen(run, AS_A_MONTH_ENDS), log.read_text()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("broker")
def test_a_run_asked_for_while_the_broker_hangs_is_kept_and_taken_up_later(
    committed_urumqi: TankFarm, monkeypatch: pytest.MonkeyPatch
) -> None:
    month(committed_urumqi)
    with monkeypatch.context() as patch, hanging() as hung:
        patch.setenv("CELERY_BROKER_URL", f"redis://127.0.0.1:{hung.port}/0")
        patch.setattr(app, "_pool", None)
        patch.setattr(app.amqp, "_producer_pool", None)
        with transaction.atomic():
            run = asked(committed_urumqi)
            send_statement_run(run)
            began = time.monotonic()
        assert time.monotonic() - began < 8
    assert outcomes(run)["Q1"] == "waiting"
    app.conf.task_always_eager = True
    # The run is of a month long past, so it has been silent for long.
    assert resume_statement_runs.delay().result == 1
    assert outcomes(run) == AS_A_MONTH_ENDS


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("broker")
def test_a_worker_is_killed_in_the_middle_and_the_next_one_goes_on(committed_urumqi: TankFarm, tmp_path: Path) -> None:
    month(committed_urumqi)
    run = asked(committed_urumqi)
    log = tmp_path / "worker.log"
    with transaction.atomic():
        # The statement of Q1 comes last, and cannot be issued as long as somebody holds the airline.
        Airline.objects.select_for_update().get(pk=committed_urumqi.airline.pk)
        issue_statements_of_run.delay(run.pk)
        with worker(log) as first:
            assert seen(run, {**AS_A_MONTH_ENDS, "Q1": "waiting"}, state="running"), log.read_text()
            first.kill()
    assert StatementRun.objects.get().state == "running"
    with worker(log):
        for _try in range(10):
            # As resume_statement_runs does: PostgreSQL may take a moment to see that the killed one is gone.
            send_statement_run(run)
            if seen(run, AS_A_MONTH_ENDS, within=9):
                break
    assert outcomes(run) == AS_A_MONTH_ENDS, log.read_text()
    assert Statement.objects.count() == 2
    assert StatementRun.objects.get().state == "done"
