"""/healthz tells what answers and nothing else."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_healthz_is_open_and_answers_when_all_is_well(client: Client) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"database": "ok", "broker": "ok"}
    assert "no-store" in answer.headers["Cache-Control"]


def test_healthz_names_the_broker_that_does_not_answer(client: Client, settings: object) -> None:
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"  # type: ignore[attr-defined]
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json() == {"database": "ok", "broker": "no answer"}


def test_no_page_may_run_a_script_or_style_of_its_own(client: Client) -> None:
    policy = client.get("/healthz").headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy
