"""Language and colours, chosen in the frame of any page."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from registry.context import THEME_COOKIE

pytestmark = pytest.mark.django_db


def test_a_signed_in_persons_language_is_kept_with_the_person(client: Client) -> None:
    li = get_user_model().objects.create_user("li@bondbook.example", "correct horse", name="Li Wei")
    client.force_login(li)
    client.post("/preferences/", {"language": "zh-hans", "next": "/"})
    li.refresh_from_db()
    assert li.language == "zh-hans"


def test_a_stranger_keeps_the_language_in_the_browser(client: Client) -> None:
    client.post("/preferences/", {"language": "ru", "next": "/sign-in/"})
    assert client.get("/sign-in/").headers["Content-Language"] == "ru"


@pytest.mark.parametrize(("language", "theme"), [("xx", "pink"), ("", "")])
def test_what_is_not_offered_is_not_kept(client: Client, language: str, theme: str) -> None:
    answer = client.post("/preferences/", {"language": language, "theme": theme})
    assert not answer.cookies


def test_colours_can_follow_the_device_again(client: Client) -> None:
    client.post("/preferences/", {"theme": "dark"})
    assert 'data-bs-theme="dark"' in client.get("/sign-in/").content.decode()
    client.post("/preferences/", {"theme": "auto"})
    assert not client.cookies[THEME_COOKIE].value


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_nobody_is_sent_elsewhere(client: Client, elsewhere: Any) -> None:
    assert client.post("/preferences/", {"theme": "dark", "next": elsewhere}).headers["Location"] == "/"
