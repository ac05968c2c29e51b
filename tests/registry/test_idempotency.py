"""An idempotency key: the same request twice acts once, also when both come at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from rest_framework.response import Response
from rest_framework.test import APIClient

from registry.models import AnsweredRequest, Item, Role, User
from registry.tasks import forget_answered_requests
from tests.registry import build

ITEMS = "/api/v1/items/"


def send(user: User, body: Any, key: str, address: str = ITEMS) -> Any:
    client = APIClient()
    client.force_authenticate(user)
    return client.post(address, body, headers={"Idempotency-Key": key})


def almonds(**figures: Any) -> dict[str, Any]:
    return {
        "zone": build.zone().pk,
        "code": "ALMOND",
        "name": "Almonds",
        "hs_code": build.hs_code("080211").pk,
        "unit": build.unit().pk,
        "net_mass_kg_per_unit": "1",
        **figures,
    }


def test_the_same_request_acts_once_and_is_answered_the_same(alice: User) -> None:
    key, body = str(uuid4()), almonds()
    first, second = send(alice, body, key), send(alice, body, key)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    assert "Idempotent-Replayed" not in first.headers
    assert second.headers["Idempotent-Replayed"] == "true"
    assert Item.objects.count() == 1


@pytest.mark.parametrize(("address", "changed"), [(ITEMS, {"name": "Pistachios"}), ("/api/v1/organisations/", {})])
def test_a_key_is_refused_for_another_request(alice: User, address: str, changed: dict[str, str]) -> None:
    key, body = "monday-1", almonds()
    send(alice, body, key)
    refused = send(alice, {**body, **changed}, key, address)
    assert refused.status_code == 409
    assert refused.json()["type"] == "urn:bondbook:problem:idempotency-key-reused"
    assert refused.json()["errors"][0]["field"] == "Idempotency-Key"
    assert refused.json()["errors"][0]["figure"] == key
    assert Item.objects.count() == 1


def test_each_user_has_keys_of_their_own(alice: User) -> None:
    eve = build.user("eve", Role.ADMINISTRATOR)
    assert send(alice, almonds(), "1").status_code == 201
    assert send(eve, almonds(code="WALNUT"), "1").status_code == 201


def test_a_refused_request_leaves_its_key_free(alice: User) -> None:
    refused = send(alice, almonds(net_mass_kg_per_unit="-1"), "1")
    assert refused.status_code == 422
    assert not AnsweredRequest.objects.exists()
    assert send(alice, almonds(), "1").status_code == 201


@pytest.mark.parametrize("key", ["", "x" * 256, "ключ", "a\tb"])
def test_a_key_that_is_none_is_refused(alice: User, key: str) -> None:
    refused = send(alice, almonds(), key)
    assert (refused.status_code, refused.json()["type"]) == (400, "urn:bondbook:problem:not-an-idempotency-key")
    assert not Item.objects.exists()


def test_a_stranger_learns_nothing_by_a_key(alice: User, dana: User) -> None:
    send(alice, almonds(), "1")
    assert send(dana, almonds(), "1").status_code == 403


def test_the_body_itself_is_not_kept(alice: User, site: Any) -> None:
    body = {
        "email": "eve@example.com",
        "name": "Eve",
        "password": build.PASSWORD,
        "organisation": site.organisation_id,
        "role": "auditor",
    }
    assert send(alice, body, "1", "/api/v1/users/").status_code == 201
    kept = AnsweredRequest.objects.get()
    assert build.PASSWORD not in f"{kept.answer}{bytes(kept.body_hash)!r}{kept.path}"


@pytest.mark.django_db(transaction=True)
def test_of_the_same_request_at_once_one_acts() -> None:
    alice = build.user("alice", Role.ADMINISTRATOR)
    body, key = almonds(), str(uuid4())
    together = Barrier(6)

    def run(_number: int) -> Response:
        try:
            together.wait(timeout=20)
            return send(alice, body, key)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(run, range(6)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert sum("Idempotent-Replayed" not in answer.headers for answer in answers) == 1
    assert Item.objects.count() == 1


def test_old_answers_are_forgotten(alice: User, capsys: pytest.CaptureFixture[str]) -> None:
    send(alice, almonds(), "1")
    send(alice, almonds(code="WALNUT"), "2")
    AnsweredRequest.objects.filter(key="1").update(received_at=timezone.now() - timedelta(days=31))
    assert forget_answered_requests() == 1
    assert AnsweredRequest.objects.get().key == "2"
    call_command("forget_answered_requests", "--days", "0")
    assert "1 forgotten" in capsys.readouterr().out
    assert not AnsweredRequest.objects.exists()
