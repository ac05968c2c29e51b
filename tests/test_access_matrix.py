"""Who gets what at every address of the project; an address that stands in no row of the matrix fails.

A row is a method, an address by name, and what each actor is answered, in the order of ACTORS; see tests/access.py.
"""

import logging
import re
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.conf import settings
from django.contrib import auth
from django.db import transaction
from django.http import HttpResponse, HttpResponseForbidden, HttpResponseNotFound
from django.test import Client, RequestFactory
from django.test.client import ClientHandler
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from config import urls
from registry import navigation, pages
from tests.access import ACTORS, MATRIX
from tests.world import OTHER_ADMINISTRATORS, OTHERS, World

# Named like another object than the one in the address.
OBJECT_OF = {
    "registry:place_add": "site",
    "registry:membership_add": "user",
    "customs:period_detail": "site",
    "customs:period_close": "site",
}
# What an address has to be asked with, so that it answers figures.
QUESTION_OF = {
    "api_period-checklist": "?site={site}&through_date=2026-06-30",
    "reconciliation": "?book={book_number}&from_date=2026-06-01&through_date=2026-06-30",
}
METHODS_OF_FUNCTIONS = {"preferences": ["POST"]}
SAME_FOR_ALL = "admin:"
# The last actors, whom a row may leave out.
ADMINISTRATORS_ELSEWHERE = 4


@dataclass(frozen=True)
class Address:
    """One URL of the project, and the methods it answers."""

    name: str
    route: str
    methods: tuple[str, ...]
    parameters: tuple[str, ...] = field(default=())

    @property
    def rows(self) -> list[str]:
        return [f"{method} {self.name}" for method in self.methods]


def addresses(patterns: Any = None, namespace: str = "", before: str = "") -> Iterator[Address]:
    """Every URL that the resolver knows."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = f"{before}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            inside = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern.url_patterns, inside, route)
        else:
            name = f"{namespace}{pattern.name}" if pattern.name else f"{namespace}{route}"
            parameters = tuple(pattern.pattern.regex.groupindex)
            yield Address(name, route, tuple(_methods(name, pattern)), parameters)


def _methods(name: str, pattern: URLPattern) -> list[str]:
    view: Any = pattern.callback
    handlers = getattr(view, "actions", None)
    shown = getattr(view, "cls", None) or getattr(view, "view_class", None)
    if handlers:
        found = [method for method in handlers if method in shown.http_method_names]
    elif shown:
        offered = [method for method in ("get", "post", "patch", "delete") if hasattr(shown, method)]
        found = [method for method in offered if method in shown.http_method_names]
    else:
        return METHODS_OF_FUNCTIONS.get(name, ["GET"])
    return sorted(method.upper() for method in found)


def rows() -> dict[str, dict[str, str]]:
    """The matrix: by method and name of the address who asks it, and what each is answered.

    Administrators of one organisation are answered alike: of the kinds beside the columns one asks, and of all of them
    where a row forbids them, each in turn.
    """
    read: dict[str, dict[str, str]] = {}
    for number, row in enumerate(MATRIX.strip().splitlines()):
        method, name, *letters = row.split()
        answers = dict(zip(ACTORS, letters, strict=False))
        if len(letters) == len(ACTORS):
            answers[OTHER_ADMINISTRATORS[number % len(OTHERS)]] = answers.pop("other_admin")
        else:
            assert len(letters) == len(ACTORS) - ADMINISTRATORS_ELSEWHERE, row
            elsewhere = (*ACTORS[-ADMINISTRATORS_ELSEWHERE:-1], *OTHER_ADMINISTRATORS)
            answers[elsewhere[number % len(elsewhere)]] = "f"
        assert f"{method} {name}" not in read, f"{row} stands there twice"
        read[f"{method} {name}"] = answers
    return read


class Sessions:
    """Of the people of a world: a browser each time, and one session a person."""

    def __init__(self, there: World) -> None:
        self._there = there
        self._cookies: dict[str, str] = {}

    def browser(self, actor: str) -> "Browser":
        if actor not in self._cookies:
            client = Client()
            if user := self._there.people[actor]:
                client.force_login(user)
            self._cookies[actor] = client.cookies.output(attrs=[], header="", sep=";").strip()
        return Browser(headers={"cookie": self._cookies[actor]})


def url_of(address: Address, there: World) -> str:
    named = {name: there.objects[_object(address.name, name, there)] for name in address.parameters}
    question = QUESTION_OF.get(address.name, "").format(**there.objects)
    return reverse(address.name, kwargs=named) + question


def _object(name: str, parameter: str, there: World) -> str:
    if parameter in there.objects:
        return parameter
    if parameter == "token_key":
        return "token"
    bare = name.rpartition(":")[2].removeprefix("api_")
    known = [kind for kind in there.objects if bare.startswith(kind)] or [f"an object for {name}"]
    return OBJECT_OF.get(name) or max(known, key=len)


class Browser(RequestFactory):
    """Django's client without what it keeps of each page for tests: thousands of answers are only asked their status.

    All share one chain of middleware, which takes longer to make than most answers.
    """

    _site = ClientHandler(enforce_csrf_checks=False)

    def request(self, **request: Any) -> Any:
        return self._site(self._base_environ(**request))


def letter(method: str, response: Any) -> str:
    """What the answer comes to; see tests/access.py."""
    status = response.status_code
    sent_to = response.headers.get("Location", "")
    if status == 401 or (status == 302 and sent_to.startswith(f"{reverse(settings.LOGIN_URL)}?")):
        return "s"
    if status in {403, 404}:
        return {403: "f", 404: "n"}[status]
    if method == "GET":
        return {200: "r", 302: "l"}.get(status, str(status))
    return "a" if status in {200, 201, 204, 302, 400, 409, 422} else str(status)


def answered(browser: Browser, method: str, url: str) -> str:
    """What the actor is answered; nothing that the request did remains."""
    given = {"data": "{}", "content_type": "application/json"} if url.startswith("/api/") and method != "GET" else {}
    with transaction.atomic():
        response = browser.generic(method, url, **given)
        transaction.set_rollback(True)
    return letter(method, response)


OURS = [address for address in addresses() if not address.name.startswith(SAME_FOR_ALL)]


def part_of(address: Address) -> str:
    """Which test asks the address: they run side by side."""
    if address.name.startswith("fuel:"):
        return "pages of fuel"
    kind = "API" if address.route.startswith("api/") else "pages"
    subject = address.name.removeprefix("api_").partition("_")[0].partition("-")[0]
    documents = {"admission", "withdrawal", "relocation", "stock", "reversal"}
    is_of_documents = address.name.startswith("bonded:") or (kind == "API" and subject in documents)
    return f"{kind} of {'documents' if is_of_documents else 'everything else'}"


@pytest.fixture
def bare(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Thousands of answers are asked for their status only: none is laid out, and no refusal is logged.

    Tests of the pages look at them. No link counts what waits behind it. Who a session is of is looked up once.
    Failures are raised.
    """
    people: dict[str, Any] = {}

    def who_is_signed_in(request: Any) -> Any:
        key = request.session.session_key
        if key not in people:
            people[key] = find_who_is_signed_in(request)
        return copy(people[key])

    find_who_is_signed_in = auth.get_user
    monkeypatch.setattr(auth, "get_user", who_is_signed_in)
    settings.DEBUG_PROPAGATE_EXCEPTIONS = True
    monkeypatch.setattr(navigation, "WAITING", {})
    monkeypatch.setattr(pages, "render", lambda *_page, status=200: HttpResponse(status=status))
    monkeypatch.setattr(urls, "handler403", lambda _request, exception: HttpResponseForbidden())
    monkeypatch.setattr(urls, "handler404", lambda _request, exception: HttpResponseNotFound())
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def test_every_address_stands_in_the_matrix_and_nothing_else_does() -> None:
    known, asked = {row for address in OURS for row in address.rows}, set(rows())
    assert sorted(known - asked) == [], "write these into tests/access.py, with what each actor is to be answered"
    assert sorted(asked - known) == [], "there are no such addresses any more"


@pytest.mark.django_db
@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize("part", sorted({part_of(address) for address in OURS}))
def test_everybody_is_answered_as_the_matrix_says(there: World, part: str) -> None:
    expected, sessions = rows(), Sessions(there)
    wrong = []
    for address in OURS:
        if part_of(address) != part:
            continue
        url = url_of(address, there)
        for method in address.methods:
            row = f"{method} {address.name}"
            for actor, wanted in expected.get(row, {}).items():
                got = answered(sessions.browser(actor), method, url)
                wrong += [f"{row}: {actor} is answered {got}, not {wanted}"] if got != wanted else []
    assert wrong == []


@pytest.mark.django_db
@pytest.mark.usefixtures("bare")
def test_the_admin_opens_to_nobody_but_superusers(there: World) -> None:
    sessions = Sessions(there)
    browsers = [sessions.browser(actor) for actor in ("anonymous", "operator", "administrator")]
    for address in addresses():
        if address.name.startswith(SAME_FOR_ALL) and address.name != "admin:login":
            url = "/" + re.sub(r"<[^>]*>|\^?\(\?P.*\)/?\$", "1", address.route)
            assert {browser.get(url).status_code for browser in browsers} <= {302, 404, 405}, url
