"""A program signs in with a token, and out again."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from rest_framework.test import APIClient

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"


@pytest.fixture
def anna() -> Any:
    return get_user_model().objects.create_user("anna@bondbook.example", PASSWORD, name="Anna")


def test_a_token_opens_the_api_until_it_is_given_back(anna: Any) -> None:
    client = APIClient()
    answer = client.post("/api/v1/sign-in/", {"email": "Anna@bondbook.example", "password": PASSWORD})
    assert answer.status_code == 201
    assert answer.json()["token"].startswith("bb_")
    client.credentials(HTTP_AUTHORIZATION=f"Token {answer.json()['token']}")
    assert client.get("/api/v1/schema/").status_code == 200
    assert client.post("/api/v1/sign-out/").status_code == 204
    assert client.get("/api/v1/schema/").status_code == 401


def test_a_wrong_password_is_refused_without_saying_which_was_wrong(anna: Any) -> None:
    client = APIClient()
    wrong = client.post("/api/v1/sign-in/", {"email": "anna@bondbook.example", "password": "wrong"})
    stranger = client.post("/api/v1/sign-in/", {"email": "nobody@bondbook.example", "password": "wrong"})
    assert wrong.status_code == stranger.status_code == 403
    assert wrong.json()["detail"] == stranger.json()["detail"]


def test_a_user_who_left_gets_no_token(anna: Any) -> None:
    anna.is_active = False
    anna.save()
    answer = APIClient().post("/api/v1/sign-in/", {"email": "anna@bondbook.example", "password": PASSWORD})
    assert answer.status_code == 403


def test_a_forgotten_figure_is_named() -> None:
    answer = APIClient().post("/api/v1/sign-in/", {"email": "anna"})
    assert answer.status_code == 400
    assert {error["field"] for error in answer.json()["errors"]} == {"email", "password"}
