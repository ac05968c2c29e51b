"""Opening a site with all its places at once, and adding people who do not sign in yet."""

import pytest
from django.contrib.auth import authenticate

from registry.models import PlaceKind, Role, Site, User
from registry.models.sites import SINGLE_KINDS
from registry.operations.register import NotFitForRegister
from registry.operations.sites import add_place
from registry.operations.users import add_user, reset_password
from tests.registry import build

pytestmark = pytest.mark.django_db


def test_every_place_of_a_new_site_stands_in_its_history(alice: User) -> None:
    places = build.site().places.all()
    assert {place.kind for place in places} == SINGLE_KINDS
    for place in places:
        (added,) = place.history.all()
        assert (added.history_type, added.code, added.barcode) == ("+", place.code, f"HRS-{place.code}")


def test_a_site_whose_barcode_is_in_use_is_not_opened_and_the_barcode_is_named() -> None:
    add_place(site=build.site(), code="A-01", kind=PlaceKind.BIN, barcode="ALA-ABROAD", actor=None, at=build.AT)
    with pytest.raises(NotFitForRegister) as refused:
        build.site("ALA")
    assert [(error.field, error.figure) for error in refused.value.errors] == [("barcode", "ALA-ABROAD")]
    assert not Site.objects.filter(code="ALA").exists()


def test_who_was_given_no_password_cannot_sign_in_before_one_is_set(alice: User, rf) -> None:
    user = add_user(
        user=User(email="eve@example.com", name="Eve"),
        password=None,
        organisation=build.zone_operator(),
        role=Role.AUDITOR,
        actor=alice,
        at=build.AT,
    )
    assert authenticate(rf.post("/"), username="eve@example.com", password="") is None
    reset_password(user=user, password=build.PASSWORD, actor=alice, at=build.AT)
    assert authenticate(rf.post("/"), username="eve@example.com", password=build.PASSWORD) == user
