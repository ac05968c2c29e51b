"""One notion of where a request comes from: the operator's proxies count from the right; nobody else is believed."""

from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.utils import timezone
from rest_framework.test import APIClient

from config.clients import client_address, counted_address
from config.middleware import LoggedRequestMiddleware
from config.sign_in_guard import MOST_FAILURES_OF_ACCOUNT, MOST_FAILURES_OF_ADDRESS
from config.tokens import SignInRateThrottle

PASSWORD, WRONG = "correct horse battery", "wrong"


@pytest.mark.parametrize(
    ("proxies", "peer", "forwarded", "client"),
    [
        (0, "203.0.113.9", "", "203.0.113.9"),
        (0, "203.0.113.9", "198.51.100.1", "203.0.113.9"),
        (1, "10.0.0.2", "203.0.113.9", "203.0.113.9"),
        (1, "10.0.0.2", "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "10.0.0.2", "198.51.100.1, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "198.51.100.1", "203.0.113.9"),
        (1, "203.0.113.9", "", "203.0.113.9"),
        (1, "10.0.0.2", "unknown", "10.0.0.2"),
        (1, "10.0.0.2", "203.0.113.9:51234", "203.0.113.9"),
        (1, "10.0.0.2", "[2001:db8::7]:51234", "2001:db8::7"),
        (1, "10.0.0.2", "::ffff:203.0.113.9", "203.0.113.9"),
        (1, "", "203.0.113.9", "203.0.113.9"),
        (0, "", "203.0.113.9", ""),
    ],
)
def test_the_client_is_as_many_from_the_right_as_there_are_proxies(
    settings: Any, proxies: int, peer: str, forwarded: str, client: str
) -> None:
    settings.PROXY_COUNT = proxies
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    request = RequestFactory().get("/", REMOTE_ADDR=peer, **headers)
    assert client_address(request) == client
    assert counted_address(request) == ({"": None, "2001:db8::7": "2001:db8::"}.get(client, client))


def test_the_log_names_the_same_client(settings: Any) -> None:
    import structlog

    settings.PROXY_COUNT = 1
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.2", HTTP_X_FORWARDED_FOR="198.51.100.1, 203.0.113.9")
    with structlog.contextvars.bound_contextvars():
        LoggedRequestMiddleware.bind_ip(request)
        assert structlog.contextvars.get_contextvars()["ip"] == "203.0.113.9"


@pytest.fixture
def anna(settings: Any) -> Any:
    settings.AXES_ENABLED = True
    cache.clear()
    return get_user_model().objects.create_user("anna@bondbook.example", PASSWORD, name="Anna")


class Door:
    """Signs in by page or by API from an address, behind so many proxies."""

    def __init__(self, way: str, proxies: int) -> None:
        self.way, self.proxies = way, proxies

    def knock(self, address: str, password: str = WRONG, account: str = "anna@bondbook.example") -> int:
        where = {"REMOTE_ADDR": address}
        if self.proxies:
            # What stands on the left the client wrote, another each time.
            where = {"REMOTE_ADDR": "10.0.0.2", "HTTP_X_FORWARDED_FOR": f"198.51.100.{len(password)}, {address}"}
        if self.way == "api":
            answer: Any = APIClient().post("/api/v1/sign-in/", {"email": account, "password": password}, **where)
        else:
            answer = Client().post("/sign-in/", {"username": account, "password": password}, **where)
        return int(answer.status_code)


@pytest.fixture(params=[("page", 0), ("page", 1), ("api", 0), ("api", 1)], ids=lambda param: f"{param[0]}-{param[1]}")
def door(request: Any, settings: Any) -> Door:
    way, settings.PROXY_COUNT = request.param
    return Door(way, settings.PROXY_COUNT)


LOCKED = 429


@pytest.mark.django_db
def test_who_guesses_is_locked_out_and_the_owner_elsewhere_is_not(anna: Any, door: Door) -> None:
    answers = [door.knock("203.0.113.9") for _guess in range(5)]
    assert LOCKED not in answers[:4]
    assert door.knock("203.0.113.9", PASSWORD) == LOCKED
    assert door.knock("203.0.113.77", PASSWORD) in {201, 302}
    assert set(AccessAttempt.objects.values_list("ip_address", flat=True)) == {"203.0.113.9"}


@pytest.mark.django_db
def test_who_tries_one_password_on_many_accounts_is_locked_out(anna: Any, door: Door) -> None:
    for number in range(MOST_FAILURES_OF_ADDRESS):
        door.knock("203.0.113.9", account=f"person-{number}@bondbook.example")
    assert door.knock("203.0.113.9", PASSWORD) == LOCKED
    assert door.knock("203.0.113.10", PASSWORD) in {201, 302}


@pytest.mark.django_db
def test_many_addresses_do_not_guess_one_account_nor_lock_its_owner_out(anna: Any, door: Door) -> None:
    assert door.knock("203.0.113.77", PASSWORD) in {201, 302}, "from where the owner works"
    for number in range(MOST_FAILURES_OF_ACCOUNT):
        door.knock(f"192.0.2.{number}")
    assert door.knock("192.0.2.200", PASSWORD) == LOCKED
    assert door.knock("203.0.113.77", PASSWORD) in {201, 302}
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(hours=1, minutes=1))
    assert door.knock("192.0.2.200", PASSWORD) in {201, 302}, "what was refused is not counted, so it ends"


def test_what_a_client_writes_into_the_header_does_not_get_it_past_the_throttle(settings: Any) -> None:
    for proxies in (0, 1):
        settings.PROXY_COUNT = proxies
        asked = [
            RequestFactory().post("/", REMOTE_ADDR="203.0.113.9", HTTP_X_FORWARDED_FOR=f"198.51.100.{n}, 203.0.113.9")
            for n in range(3)
        ]
        throttle = SignInRateThrottle.__new__(SignInRateThrottle)
        assert {throttle.get_ident(_Wrapped(request)) for request in asked} == {"203.0.113.9"}


class _Wrapped:
    def __init__(self, request: Any) -> None:
        self._request = request
