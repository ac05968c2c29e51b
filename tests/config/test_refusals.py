"""Where no view answers, a program is told by a problem document all the same."""

import json
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from config.problem import PROBLEM_JSON
from registry.models import Role, User
from tests.registry import build
from tests.registry.conftest import signed_in
from tests.registry.test_api import as_user, item_figures

pytestmark = pytest.mark.django_db


def told(answer: Any, status: int, kind: str) -> dict[str, Any]:
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, PROBLEM_JSON)
    problem: dict[str, Any] = answer.json()
    assert (problem["status"], problem["type"]) == (status, f"urn:bondbook:problem:{kind}")
    assert problem["detail"]
    return problem


@pytest.fixture
def alice() -> User:
    return build.user("alice", Role.ADMINISTRATOR)


@pytest.fixture
def quiet() -> Client:
    """Answers surprises as a server does, instead of raising them into the test."""
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("address", ["/api/", "/api/v1/nothing/", "/api/v2/items/", "/api/v1/items/x/y/"])
def test_an_unknown_address_of_the_api_is_told(client: Client, address: str) -> None:
    told(client.get(address), 404, "not-found")
    told(client.post(address, {}, content_type="application/json"), 404, "not-found")


def test_a_person_at_an_unknown_address_is_shown_a_page(client: Client) -> None:
    assert client.get("/nothing/").headers["Content-Type"].startswith("text/html")


def test_a_method_that_an_address_does_not_have_is_told(alice: User) -> None:
    told(as_user(alice).put("/api/v1/units/", {}), 405, "method-not-allowed")


def test_an_unknown_host_is_told(client: Client) -> None:
    told(client.get("/api/v1/items/", headers={"host": "evil.example"}), 400, "bad-request")


def test_a_browser_without_the_token_of_its_form_is_told() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(build.user("alice", Role.ADMINISTRATOR))
    told(client.post("/api/v1/items/", {}, content_type="application/json"), 403, "permission-denied")


def test_a_surprise_is_told_and_says_nothing_of_the_inside(
    alice: User, quiet: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("registry.api.views.ItemResource.get_queryset", _raise(ZeroDivisionError("inside")))
    quiet.force_login(alice)
    assert "inside" not in str(told(quiet.get("/api/v1/items/"), 500, "server-error"))


@pytest.mark.parametrize("with_session", [True, False])
def test_an_outage_of_the_database_is_told_with_when_to_come_back(
    alice: User, quiet: Client, monkeypatch: pytest.MonkeyPatch, with_session: bool
) -> None:
    """A session is read before any view is reached, a token by the view."""
    asked = {} if with_session else {"headers": {"authorization": "Token bb_0000000000000000"}}
    if with_session:
        quiet.force_login(alice)
    with connection.execute_wrapper(_away):
        answer = quiet.get("/api/v1/items/", **asked)
        page = quiet.get(reverse("registry:item_list")) if with_session else None
    told(answer, 503, "unavailable")
    assert int(answer.headers["Retry-After"]) > 0
    assert page is None or (page.status_code, page.headers["Content-Type"][:9]) == (503, "text/html")


def _raise(exception: Exception) -> Any:
    def raising(*args: Any, **kwargs: Any) -> Any:
        raise exception

    return raising


def _away(*args: Any) -> Any:
    raise OperationalError("connection refused")


NUL, HALF = "\x00", "\ud800"


NAMES = ("²", "٣", "7", "½", NUL, HALF, "", "a.b", "__all__", "non_field_errors", "x" * 5000)


def posted(user: User, address: str, body: Any) -> Any:
    """What a program sends that escapes whatever is no ASCII."""
    return as_user(user).generic("POST", address, json.dumps(body), content_type="application/json")


@pytest.mark.parametrize("address", ["/api/v1/items/", "/api/v1/sign-in/", "/api/v1/contracts/", "/api/v1/admissions/"])
def test_a_field_may_be_called_anything_and_is_refused_as_a_field(alice: User, address: str) -> None:
    build.site()
    sue = build.user("sue", Role.SUPERVISOR)
    for name in NAMES:
        for body in ({name: 1}, {"lines": [{name: 1}]}, {"lines": {name: 1}}, {name: {name: 1}}):
            answer = posted(alice if "items" in address else sue, address, body)
            assert (answer.status_code, answer.headers["Content-Type"]) in {(400, PROBLEM_JSON), (422, PROBLEM_JSON)}
            answer.json()


@pytest.mark.parametrize("text", [f"a{NUL}b", f"a{HALF}b"])
def test_text_that_no_column_can_hold_is_refused(alice: User, text: str) -> None:
    for field in ("code", "name", "name_zh", "origin", "hs_code", "unit", "reason", "national_code"):
        answer = posted(alice, "/api/v1/items/", item_figures(**{field: text}))
        assert (answer.status_code, answer.headers["Content-Type"]) == (400, PROBLEM_JSON), field
        answer.json()


def test_a_token_that_is_no_text_is_no_token(client: Client) -> None:
    answer = client.get("/api/v1/items/", headers={"authorization": "Token \xff\xfe"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, PROBLEM_JSON)
    assert signed_in(build.user("bob", None)).get("/api/v1/me/").status_code == 200
