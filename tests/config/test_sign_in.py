"""Signing in: slow to guess, in the person's language, and open to everyone only in a demonstration."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from rest_framework.test import APIClient

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"


@pytest.fixture
def anna() -> Any:
    return get_user_model().objects.create_user("anna@bondbook.example", PASSWORD, name="Anna")


def _sign_in(client: Client, password: str) -> Any:
    return client.post("/sign-in/", {"username": "anna@bondbook.example", "password": password})


def test_the_right_password_opens_the_start_page(client: Client, anna: Any) -> None:
    answer = _sign_in(client, PASSWORD)
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/"


def test_the_sixth_guess_is_not_even_looked_at(client: Client, anna: Any, settings: Any) -> None:
    settings.AXES_ENABLED = True
    for spelling in ("anna", "Anna", "ANNA", "aNNa", "annA"):
        client.post("/sign-in/", {"username": f"{spelling}@bondbook.example", "password": "wrong"})
    assert _sign_in(client, PASSWORD).status_code == 429
    by_program = APIClient().post("/api/v1/sign-in/", {"email": anna.email, "password": PASSWORD})
    assert by_program.status_code == 429
    assert by_program.json()["type"] == "urn:bondbook:problem:locked-out"


def test_the_users_own_language_wins_over_the_browsers(client: Client, anna: Any) -> None:
    anna.language = "ru"
    anna.save()
    client.force_login(anna)
    answer = client.get("/healthz", headers={"accept-language": "zh-hans"})
    assert answer.headers["Content-Language"] == "ru"


@pytest.mark.parametrize(("asked", "given"), [("zh-CN,zh;q=0.9", "zh-hans"), ("ru", "ru"), ("de", "en")])
def test_a_stranger_is_answered_in_the_browsers_language(client: Client, asked: str, given: str) -> None:
    answer = client.get("/sign-in/", headers={"accept-language": asked})
    assert answer.headers["Content-Language"] == given


@pytest.mark.parametrize("shown", [True, False])
def test_demonstration_sign_ins_are_offered_only_in_a_demonstration(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch, shown: bool
) -> None:
    settings.SHOW_DEMO_SIGN_INS = shown
    olga = SimpleNamespace(title="Operator", email="olga@demo.example", password="demonstration")
    monkeypatch.setattr("config.demonstration.find_spec", lambda name: True)
    monkeypatch.setattr("config.demonstration.import_module", lambda name: SimpleNamespace(DEMO_SIGN_INS=[olga]))
    assert (olga.email in client.get("/sign-in/").content.decode()) is shown
