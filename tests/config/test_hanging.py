"""A database or a broker that hangs keeps nobody waiting for long, and /healthz says which of them it is."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection
from django.test import Client
from kombu.exceptions import OperationalError

from config import health
from config.celery import app
from config.patience import WEB, WORK, Patience
from config.postgres.base import BoundedConnection, NoAnswer
from tests.config.hanging import Hanging, hanging

pytestmark = pytest.mark.django_db


@contextmanager
def within(seconds: float) -> Iterator[None]:
    began = time.monotonic()
    yield
    assert time.monotonic() - began < seconds


@pytest.fixture
def fresh_probes(monkeypatch: pytest.MonkeyPatch) -> None:
    """An earlier test's question must not be the one that is waited for."""
    asked = {"database": health._database_answers, "broker": health._broker_answers}
    monkeypatch.setattr(health, "PROBES", {name: health.Probe(ask) for name, ask in asked.items()})


def test_healthz_names_a_broker_that_hangs_in_three_seconds(
    client: Client, settings: object, fresh_probes: None
) -> None:
    # The first request of all reads the addresses of the whole project.
    client.get("/healthz")
    with hanging() as broker:
        settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{broker.port}/0"  # type: ignore[attr-defined]
        for _again in range(2):
            with within(3):
                answer = client.get("/healthz")
            assert answer.status_code == 503
            assert answer.json() == {"database": "ok", "broker": "no answer"}


def test_healthz_names_a_database_that_hangs_in_three_seconds(
    client: Client, monkeypatch: pytest.MonkeyPatch, fresh_probes: None
) -> None:
    client.get("/healthz")
    with hanging() as database:
        monkeypatch.setitem(connection.settings_dict, "HOST", "127.0.0.1")
        monkeypatch.setitem(connection.settings_dict, "PORT", database.port)
        with within(3):
            answer = client.get("/healthz")
        assert answer.status_code == 503
        assert answer.json() == {"database": "no answer", "broker": "ok"}


def test_a_question_without_an_answer_is_not_asked_again() -> None:
    asked = []

    def ask() -> bool:
        asked.append(1)
        time.sleep(0.5)
        return True

    probe = health.Probe(ask)
    for _again in range(3):
        probe.begin()
        assert not probe.answered_by(time.monotonic() + 0.01)
    assert len(asked) == 1
    assert probe.answered_by(time.monotonic() + 5)


def test_the_sign_in_page_needs_no_database(client: Client, django_assert_num_queries: Callable[..., object]) -> None:
    with django_assert_num_queries(0):  # type: ignore[attr-defined]
        assert client.get("/sign-in/").status_code == 200


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> type[BoundedConnection]:
    class Impatient(BoundedConnection):
        patience_seconds = 2.0

    return Impatient


@pytest.fixture
def before_the_database() -> Iterator[Hanging]:
    with hanging((connection.settings_dict["HOST"], int(connection.settings_dict["PORT"]))) as server:
        yield server


def connected(kind: type[BoundedConnection], server: Hanging) -> BoundedConnection:
    given = connection.settings_dict
    return kind.connect(
        host="127.0.0.1", port=server.port, user=given["USER"], password=given["PASSWORD"], dbname=given["NAME"],
        autocommit=True,
    )  # fmt: skip


def test_a_statement_waits_for_a_hung_database_as_long_as_it_may_and_the_next_one_less(
    impatient: type[BoundedConnection], before_the_database: Hanging
) -> None:
    first, second = (connected(impatient, before_the_database) for _each in range(2))
    assert first.execute("SELECT 1").fetchone() == (1,)
    before_the_database.hang()
    with within(4), pytest.raises(NoAnswer, match="has not answered for 2 seconds"):
        first.execute("SELECT 1")
    assert first.closed
    with within(1.9), pytest.raises(NoAnswer, match="has not answered for 1 seconds"):
        second.execute("SELECT 1")


def test_who_waited_in_vain_waits_in_full_again_once_the_database_answers(
    impatient: type[BoundedConnection], before_the_database: Hanging
) -> None:
    impatient.hung_until = time.monotonic() + 60
    with connected(impatient, before_the_database) as answering:
        answering.execute("SELECT 1")
        answering.execute("SELECT pg_sleep(1.2)")


@pytest.mark.parametrize("patience", [WEB, WORK])
def test_every_session_is_told_how_long_it_may_take(patience: Patience) -> None:
    given = connection.settings_dict
    params = patience.connection_params()
    with psycopg.connect(
        host=given["HOST"], port=given["PORT"], user=given["USER"], password=given["PASSWORD"], dbname=given["NAME"],
        **params,  # type: ignore[arg-type]
    ) as session:  # fmt: skip
        for name, seconds in (
            ("statement_timeout", patience.statement_seconds),
            ("lock_timeout", patience.lock_seconds),
            ("idle_in_transaction_session_timeout", patience.idle_seconds),
        ):
            told = session.execute("SELECT setting::int FROM pg_settings WHERE name = %s", [name]).fetchone()
            assert told == (seconds * 1000,)


def test_a_web_server_is_less_patient_than_a_worker() -> None:
    assert 0 < WEB.statement_seconds < WORK.statement_seconds
    assert 0 < WEB.lock_seconds < WORK.lock_seconds


def test_a_job_is_not_handed_over_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    with hanging() as broker:
        monkeypatch.setenv("CELERY_BROKER_URL", f"redis://127.0.0.1:{broker.port}/0")
        monkeypatch.setattr(app, "_pool", None)
        monkeypatch.setattr(app.amqp, "_producer_pool", None)
        with within(6), pytest.raises(OperationalError, match=r"(?i)time"):
            app.send_task("registry.tasks.forget_answered_requests")
