"""The register through the API: the same rules as its pages, answered as problem documents."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from registry.api.urls import router
from registry.models import Item, PlaceKind, Role, Site, User
from tests.registry import build

pytestmark = pytest.mark.django_db
LISTS = [f"/api/v1/{prefix}/" for prefix, _resource, _name in router.registry]


def as_user(user: User) -> APIClient:
    client = APIClient()
    client.force_authenticate(user)
    return client


def item_figures(**figures: Any) -> dict[str, Any]:
    build.hs_code("080211"), build.unit()
    return {
        "zone": build.zone().pk,
        "code": "ALMOND",
        "name": "Almonds",
        "hs_code": "080211",
        "unit": "KGM",
        "net_mass_kg_per_unit": "1",
        **figures,
    }


@pytest.mark.parametrize("address", LISTS)
def test_lists_are_read_with_a_role_and_by_nobody_else(address: str, alice: User, bob: User, dana: User) -> None:
    assert as_user(alice).get(address).status_code == 200
    assert as_user(bob).get(address).status_code == 200
    assert as_user(dana).get(address).status_code == 403
    assert APIClient().get(address).status_code == 401


@pytest.mark.parametrize("address", LISTS)
def test_only_administrators_write(address: str, bob: User, charlie: User) -> None:
    for reader in (bob, charlie):
        answer = as_user(reader).post(address, {})
        assert answer.status_code in {400, 403, 405}
        assert answer.headers["Content-Type"] == "application/problem+json"
    assert as_user(charlie).post("/api/v1/items/", item_figures()).status_code == 403
    assert not Item.objects.exists()


def test_an_item_is_added_and_corrected(alice: User) -> None:
    client = as_user(alice)
    created = client.post("/api/v1/items/", item_figures())
    assert created.status_code == 201
    assert created.data["net_mass_kg_per_unit"] == "1.00000"
    address = f"/api/v1/items/{created.data['id']}/"
    seen = Item.history.latest("history_id").history_id
    change = {"name": "Almonds in shell", "reason": "Clearer", "seen_history_id": seen}
    assert client.patch(address, change).status_code == 200
    refused = client.patch(address, change)
    assert refused.status_code == 409
    assert refused.data["type"] == "urn:bondbook:problem:changed-meanwhile"
    told = client.get(f"{address}history/").json()
    assert [entry["reason"] for entry in told] == ["Clearer", ""]
    assert told[0]["changes"] == [{"label": "name", "old": "Almonds", "new": "Almonds in shell"}]


@pytest.mark.parametrize(
    ("field", "figure", "status"),
    [
        ("hs_code", "999999", 400),
        ("unit", "XXX", 400),
        ("net_mass_kg_per_unit", "1.123456", 400),
        ("net_mass_kg_per_unit", "-1", 422),
        ("national_code", "0806100000", 422),
        ("origin", "XX", 400),
    ],
)
def test_a_wrong_figure_is_named(alice: User, field: str, figure: str, status: int) -> None:
    answer = as_user(alice).post("/api/v1/items/", item_figures(**{field: figure}))
    assert answer.status_code == status
    (error,) = answer.json()["errors"]
    assert error["field"] == (field if figure != "-1" else "")
    assert figure == "-1" or error["figure"] == figure
    assert not Item.objects.exists()


def test_items_are_narrowed_by_the_beginning_of_their_hs_code(alice: User) -> None:
    build.item("A", hs_code=build.hs_code("080211")), build.item("B", hs_code=build.hs_code("220820"))
    for beginning, codes in {"08": ["A"], "220820": ["B"], "9": []}.items():
        found = as_user(alice).get("/api/v1/items/", {"hs_code": beginning}).json()["results"]
        assert [row["code"] for row in found] == codes


def test_another_site_is_not_there(bob: User, site: Site) -> None:
    other = build.site("AKL")
    client = as_user(bob)
    assert client.get(f"/api/v1/sites/{site.pk}/").status_code == 200
    assert client.get(f"/api/v1/sites/{other.pk}/").status_code == 404
    assert client.patch(f"/api/v1/sites/{site.pk}/", {"name": "Mine"}).status_code == 403
    assert client.patch(f"/api/v1/sites/{other.pk}/", {"name": "Mine"}).status_code == 404


def test_a_list_is_narrowed_to_a_site_by_its_code_as_everywhere_else(alice: User, site: Site) -> None:
    client = as_user(alice)
    by_id, by_code = (client.get("/api/v1/places/", {"site": one}).json() for one in (site.pk, site.code))
    assert by_code == by_id
    assert {one["site"] for one in by_code["results"]} == {site.pk}
    unknown = client.get("/api/v1/places/", {"site": "NONE"})
    assert (unknown.status_code, unknown.json()["errors"][0]["field"]) == (400, "site")


def test_places_are_added_but_boundaries_stay_as_they_are(alice: User, site: Site) -> None:
    client = as_user(alice)
    created = client.post("/api/v1/places/", {"site": site.pk, "code": "B-01", "kind": "bin", "capacity_kg": "100"})
    assert created.data["barcode"] == "HRS-B-01"
    assert client.post("/api/v1/places/", {"site": site.pk, "code": "X", "kind": "abroad"}).status_code == 400
    address = f"/api/v1/places/{created.data['id']}/"
    assert client.patch(address, {"is_open": False}).status_code == 200
    assert client.patch(address, {"kind": "tank"}).status_code == 400
    boundary = site.places.get(kind=PlaceKind.ABROAD)
    assert client.patch(f"/api/v1/places/{boundary.pk}/", {"code": "OUT"}).status_code == 403


def test_users_and_their_roles_are_kept(alice: User, site: Site) -> None:
    client = as_user(alice)
    given = {
        "email": "eve@example.com",
        "name": "Eve",
        "password": build.PASSWORD,
        "organisation": site.organisation_id,
        "role": "operator",
        "site": site.pk,
    }
    assert client.post("/api/v1/users/", {**given, "password": "short"}).json()["errors"][0]["field"] == "password"
    created = client.post("/api/v1/users/", given)
    assert created.status_code == 201
    assert created.data["memberships"][0]["role"] == Role.OPERATOR
    assert "password" not in created.data
    grant = {"user": created.data["id"], "organisation": site.organisation_id, "role": "administrator", "site": None}
    refused = client.post("/api/v1/memberships/", grant)
    assert (refused.status_code, refused.data["type"]) == (409, "urn:bondbook:problem:roles-clash")
    membership = created.data["memberships"][0]["id"]
    assert client.delete(f"/api/v1/memberships/{membership}/").status_code == 204
    assert client.patch(f"/api/v1/users/{alice.pk}/", {"is_active": False}).status_code == 409
    assert client.get("/api/v1/me/").data["email"] == alice.email


@pytest.mark.parametrize("address", ["/api/v1/items/", "/api/v1/users/", "/api/v1/sites/", "/api/v1/country-groups/"])
def test_lists_take_as_many_queries_for_three_rows_as_for_one(address: str, alice: User) -> None:
    client = as_user(alice)
    build.item("A"), build.site("S1")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    before = queries()
    build.item("B"), build.item("C"), build.site("S2"), build.site("S3"), build.user("eve", Role.AUDITOR)
    assert queries() == before
