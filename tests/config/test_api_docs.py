"""The API's documentation: for people who have signed in, without a network, under the strict policy."""

from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client


@pytest.fixture
def anna(db: None) -> Any:
    return get_user_model().objects.create_user("anna@bondbook.example", "correct horse battery", name="Anna")


@pytest.mark.parametrize("path", ["/api/v1/docs/", "/api/v1/schema/"])
def test_the_documentation_is_for_people_who_have_signed_in(client: Client, anna: Any, path: str) -> None:
    assert client.get(path).status_code == 401
    client.force_login(anna)
    assert client.get(path).status_code == 200


def test_the_schema_is_whole(client: Client, anna: Any) -> None:
    client.force_login(anna)
    schema = client.get("/api/v1/schema/?format=json").json()
    assert schema["info"]["title"] == "Bondbook API"
    assert all(path.startswith("/api/v1/") for path in schema["paths"])


@pytest.mark.django_db(transaction=True)
def test_the_documentation_is_drawn_without_a_network(live_server: Any, anna: Any, page: Any) -> None:
    client = Client()
    client.force_login(anna)
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    complaints: list[str] = []
    page.on("console", lambda message: message.type == "error" and complaints.append(message.text))
    page.on(
        "request", lambda request: request.url.startswith((live_server.url, "data:")) or complaints.append(request.url)
    )
    page.goto(f"{live_server.url}/api/v1/docs/")
    page.get_by_role("heading", name="Bondbook API").wait_for()
    assert complaints == []
