"""API tokens end with the password, and with the person; administrators see and revoke those of their people."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from knox.models import AuthToken
from rest_framework.test import APIClient

from registry.errors import NotAllowed
from registry.models import Role, Site, User
from registry.operations.tokens import create_token, revoke_token, tokens_of
from registry.operations.users import change_own_password, change_own_settings, change_user, reset_password
from tests.registry import build
from tests.registry.conftest import signed_in
from tests.registry.test_api import as_user

pytestmark = pytest.mark.django_db
ANOTHER = "another long password"


@pytest.fixture
def bob(site: Site) -> User:
    return build.user("bob", Role.OPERATOR, site.organisation)


@pytest.fixture
def program(bob: User) -> APIClient:
    """A program that holds one of Bob's tokens."""
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {create_token(user=bob, days=90, at=timezone.now()).secret}")
    assert client.get("/api/v1/me/").status_code == 200
    return client


def why(user: User) -> list[str]:
    return list(user.history.order_by("-history_id").values_list("history_change_reason", flat=True))


def test_a_new_password_of_ones_own_revokes_ones_tokens(bob: User, program: APIClient) -> None:
    change_own_password(user=bob, present_password=build.PASSWORD, password=ANOTHER, at=timezone.now())
    assert program.get("/api/v1/me/").status_code == 401
    assert why(bob)[0].startswith("API tokens were revoked: 1.")


def test_a_password_that_an_administrator_sets_revokes_them(bob: User, program: APIClient, alice: User) -> None:
    reset_password(user=bob, password=ANOTHER, actor=alice, at=timezone.now())
    assert program.get("/api/v1/me/").status_code == 401
    assert bob.history.latest("history_id").history_user == alice


def test_whoever_is_barred_loses_them_for_good(bob: User, program: APIClient, alice: User) -> None:
    assert as_user(alice).patch(f"/api/v1/users/{bob.pk}/", {"is_active": False}).status_code == 200
    bob.refresh_from_db()
    bob.is_active = True
    change_user(user=bob, actor=alice, at=timezone.now())
    assert program.get("/api/v1/me/").status_code == 401


def test_the_command_for_passwords_revokes_them_too(
    bob: User, program: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("getpass.getpass", lambda prompt="": ANOTHER)
    call_command("changepassword", bob.email, stdout=StringIO())
    assert program.get("/api/v1/me/").status_code == 401


def test_a_change_that_is_saved_beside_a_new_password_does_not_bring_the_old_one_back(bob: User, alice: User) -> None:
    """Each of them loaded Bob before the other wrote."""
    opened_by_bob, opened_by_alice = User.objects.get(pk=bob.pk), User.objects.get(pk=bob.pk)
    reset_password(user=bob, password=ANOTHER, actor=alice, at=timezone.now())
    change_own_settings(user=opened_by_bob, name="Bob B.", language="", time_zone="Asia/Urumqi", at=timezone.now())
    opened_by_alice.email = "bob.b@example.com"
    change_user(user=opened_by_alice, actor=alice, at=timezone.now())
    now = User.objects.get(pk=bob.pk)
    assert now.check_password(ANOTHER)


def test_an_administrator_sees_and_revokes_the_tokens_of_their_people(
    bob: User, program: APIClient, site: Site
) -> None:
    kim = build.user("kim", Role.ADMINISTRATOR, site.organisation)
    (token,) = tokens_of(bob, at=timezone.now())
    page = signed_in(kim).get(bob.get_absolute_url()).content.decode()
    address = reverse("registry:user_token_revoke", args=[bob.pk, token.token_key])
    assert address in page
    assert token.digest not in page
    assert signed_in(kim).post(address).status_code == 302
    assert program.get("/api/v1/me/").status_code == 401
    assert bob.history.latest("history_id").history_user == kim
    assert token.token_key in why(bob)[0]


def test_over_the_api_too(bob: User, program: APIClient, alice: User) -> None:
    (told,) = as_user(alice).get(f"/api/v1/users/{bob.pk}/tokens/").json()
    assert set(told) == {"token_key", "created", "expires_at"}
    assert as_user(bob).get(f"/api/v1/users/{bob.pk}/tokens/").json() == [told]
    address = f"/api/v1/users/{bob.pk}/tokens/{told['token_key']}/"
    assert as_user(alice).delete(address).status_code == 204
    assert as_user(alice).delete(address).status_code == 404
    assert program.get("/api/v1/me/").status_code == 401


def test_nobody_else_sees_or_revokes_them(bob: User, program: APIClient, site: Site) -> None:
    (token,) = tokens_of(bob, at=timezone.now())
    colleague = build.user("sue", Role.SUPERVISOR, site.organisation)
    stranger = build.user("sven", Role.ADMINISTRATOR, build.organisation("ELSE"))
    expected: list[tuple[User, Any]] = [(colleague, 403), (stranger, 404)]
    for user, status in expected:
        assert as_user(user).get(f"/api/v1/users/{bob.pk}/tokens/").status_code == status
        assert as_user(user).delete(f"/api/v1/users/{bob.pk}/tokens/{token.token_key}/").status_code == status
        assert (
            signed_in(user).post(reverse("registry:user_token_revoke", args=[bob.pk, token.token_key])).status_code
            == status
        )
        with pytest.raises(NotAllowed):
            revoke_token(token=token, actor=user, at=timezone.now())
    assert AuthToken.objects.filter(pk=token.pk).exists()
