"""The register's pages: who reads, who writes, and what becomes of wrong figures."""

import csv
import io
from typing import Any

import pytest
from django.urls import reverse

from registry import urls
from registry.models import Item, Organisation, OrganisationKind, PlaceKind, Role, User
from tests.registry import build
from tests.registry.conftest import signed_in

LISTS = [pattern.name for pattern in urls.urlpatterns if str(pattern.name).endswith("_list")]
ADDS = ["item_add", "site_add", "organisation_add", "exchange_rate_add", "tariff_rate_add", "user_add"]

pytestmark = pytest.mark.django_db


def rows_of(response: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig"))))


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_read_by_every_role_and_by_nobody_without_one(name: str, alice: User, bob: User, dana: User) -> None:
    address = reverse(f"registry:{name}")
    assert signed_in(alice).get(address).status_code == 200
    assert signed_in(bob).get(address).status_code == 200
    assert signed_in(dana).get(address).status_code == (200 if name == "token_list" else 403)


@pytest.mark.parametrize("name", ADDS)
def test_only_administrators_add(name: str, alice: User, bob: User, charlie: User) -> None:
    address = reverse(f"registry:{name}")
    assert signed_in(alice).get(address).status_code == 200
    for reader in (bob, charlie):
        assert signed_in(reader).get(address).status_code == 403
        assert signed_in(reader).post(address, {}).status_code == 403
    assert not Organisation.objects.filter(code="NEW").exists()


def test_who_is_not_signed_in_is_asked_to(client: Any) -> None:
    assert client.get(reverse("registry:item_list")).headers["Location"].startswith("/sign-in/")
    asked_by_script = client.get(reverse("registry:item_list"), headers={"HX-Request": "true"})
    assert asked_by_script.headers["HX-Redirect"].startswith("/sign-in/")


def test_sites_of_others_are_not_there(bob: User) -> None:
    other = build.site("AKL")
    place = other.places.get(kind=PlaceKind.SUSPENSE)
    assert signed_in(bob).get(other.get_absolute_url()).status_code == 404
    assert signed_in(bob).get(place.get_absolute_url()).status_code == 404
    assert signed_in(bob).get(reverse("registry:site_change", args=[other.pk])).status_code == 404


def test_an_item_is_added_and_corrected_with_its_history(alice: User) -> None:
    build.hs_code("080211"), build.unit()
    client = signed_in(alice)
    given = {
        "zone": build.zone().pk,
        "code": "ALMOND",
        "name": "Almonds in shell",
        "hs_code": "080211",
        "unit": "KGM",
        "net_mass_kg_per_unit": "1",
        "origin": "uz",
    }
    response = client.post(reverse("registry:item_add"), given)
    item = Item.objects.get()
    assert response.headers["Location"] == item.get_absolute_url()
    assert item.origin == "UZ"

    seen = item.history.latest("history_id").history_id
    change = reverse("registry:item_change", args=[item.pk])
    given |= {"name": "Almonds, in shell", "reason": "Spelling", "seen_history_id": seen}
    assert client.post(change, given).status_code == 302
    page = client.get(item.get_absolute_url()).content.decode()
    assert "Almonds in shell" in page
    assert "Spelling" in page
    assert "Alice" in page

    response = client.post(change, {**given, "name": "Something else"})
    assert response.status_code == 409
    assert "after you opened it" in response.content.decode()
    assert "Something else" in response.content.decode(), "what was typed is not lost"
    item.refresh_from_db()
    assert item.name == "Almonds, in shell"


@pytest.mark.parametrize(
    ("field", "figure", "message"),
    [
        ("hs_code", "999999", "There is nothing with the code “999999”"),
        ("unit", "XXX", "There is nothing with the code “XXX”"),
        ("net_mass_kg_per_unit", "-1", "above zero"),
        ("net_mass_kg_per_unit", "1.123456", "5 decimal places"),
        ("net_mass_kg_per_unit", "99999999999999", "13 digits"),
        ("national_code", "0806100000", "does not begin with the HS code 080211"),
        ("origin", "XX", "“XX” is not a country"),
        ("statutory_unit_1", "KGM", "or neither"),
    ],
)
def test_a_wrong_figure_is_refused_beside_its_field(alice: User, field: str, figure: str, message: str) -> None:
    build.hs_code("080211"), build.unit()
    given = {
        "zone": build.zone().pk,
        "code": "ALMOND",
        "name": "Almonds",
        "hs_code": "080211",
        "unit": "KGM",
        "net_mass_kg_per_unit": "1",
        field: figure,
    }
    response = signed_in(alice).post(reverse("registry:item_add"), given)
    form = response.context["form"]
    assert message in " ".join(form.errors.get(field, []) + form.non_field_errors())
    assert not Item.objects.exists()


def test_the_file_holds_exactly_the_rows_that_are_shown(alice: User) -> None:
    for number in range(30):
        build.item(f"NUT-{number:02}", name="=1+1" if number == 7 else f"Nut {number}")
    build.item("WALNUT")
    client = signed_in(alice)
    address = reverse("registry:item_list") + "?q=nut-&sort=-code"
    table = client.get(address).context["table"]
    assert len(table.page.object_list) == 25
    rows = rows_of(client.get(f"{address}&format=csv"))
    assert [row["Item number"] for row in rows] == [f"NUT-{number:02}" for number in reversed(range(30))]
    assert rows[22]["Name"] == "'=1+1", "a spreadsheet must not reckon with it"
    assert rows[0]["Net mass per unit (kg)"] == "1"


def test_a_wrong_filter_shows_nothing_rather_than_everything(alice: User) -> None:
    build.item()
    response = signed_in(alice).get(reverse("registry:item_list") + "?is_perishable=perhaps")
    assert len(response.context["table"].rows) == 0
    assert "perhaps" in response.content.decode()


def test_a_site_is_opened_with_its_places(alice: User) -> None:
    keeper = build.organisation("KEEP")
    given = {
        "zone": build.zone().pk,
        "code": "HRS1",
        "name": "Khorgos 1",
        "organisation": keeper.pk,
        "customs_office": build.organisation("CUSTOMS", OrganisationKind.CUSTOMS_OFFICE).pk,
        "kind": "warehouse",
        "regime": "bonded_warehouse",
        "un_locode": "CNHRS",
        "time_zone": "Asia/Shanghai",
    }
    response = signed_in(alice).post(reverse("registry:site_add"), given, follow=True)
    site = response.context["object"]
    assert {PlaceKind.SUSPENSE, PlaceKind.ABROAD} <= set(site.places.values_list("kind", flat=True))

    response = signed_in(alice).post(reverse("registry:place_add", args=[site.pk]), {"code": "A-01", "kind": "bin"})
    place = site.places.get(code="A-01")
    assert (place.barcode, place.is_internal) == ("HRS1-A-01", True)
    boundary = site.places.get(kind=PlaceKind.ABROAD)
    assert signed_in(alice).get(reverse("registry:place_change", args=[boundary.pk])).status_code == 403


def test_a_user_is_added_with_a_role_and_loses_it_again(alice: User) -> None:
    given = {
        "email": "Eve@Example.com",
        "name": "Eve",
        "password": "a long enough password",
        "time_zone": "Asia/Shanghai",
        "organisation": build.zone_operator().pk,
        "role": Role.AUDITOR,
    }
    client = signed_in(alice)
    assert client.post(reverse("registry:user_add"), {**given, "password": "short"}).status_code == 200
    assert not User.objects.filter(name="Eve").exists(), "nothing is half done"
    assert client.post(reverse("registry:user_add"), given).status_code == 302
    eve = User.objects.get(email="eve@example.com")
    membership = eve.memberships.get()

    grant = reverse("registry:membership_add", args=[eve.pk])
    response = client.post(grant, {"organisation": build.zone_operator().pk, "role": Role.OPERATOR})
    assert "already Auditor" in response.content.decode()

    revoke = reverse("registry:membership_revoke", args=[membership.pk])
    assert client.get(revoke).status_code == 200
    assert client.post(revoke, {"reason": "Left"}).status_code == 302
    page = client.get(eve.get_absolute_url()).content.decode()
    assert "Removed: Auditor" in page
    assert "Left" in page


def test_nobody_grants_themselves_a_role_or_bars_themselves(alice: User) -> None:
    client = signed_in(alice)
    operator = build.zone_operator()
    grant = reverse("registry:membership_add", args=[alice.pk])
    assert client.post(grant, {"organisation": operator.pk, "role": Role.AUDITOR}).status_code == 403
    response = client.post(
        reverse("registry:user_change", args=[alice.pk]),
        {"email": alice.email, "name": "Alice", "time_zone": "Asia/Shanghai"},
    )
    assert "You cannot bar yourself" in response.content.decode()


def test_an_administrator_of_one_organisation_keeps_only_its_people(alice: User) -> None:
    keeper, other = build.organisation("KEEP"), build.organisation("OTHER")
    keeper_admin = build.user("kim", Role.ADMINISTRATOR, keeper)
    theirs = build.user("theirs", Role.OPERATOR, keeper)
    client = signed_in(keeper_admin)
    assert client.get(reverse("registry:user_change", args=[theirs.pk])).status_code == 200
    assert client.get(reverse("registry:user_change", args=[alice.pk])).status_code == 404
    address = reverse("registry:membership_add", args=[theirs.pk])
    grant = client.post(address, {"organisation": other.pk, "role": Role.SUPERVISOR})
    assert "organisation" in grant.context["form"].errors
    build.grant(theirs, Role.OPERATOR, other)
    assert client.get(reverse("registry:user_change", args=[theirs.pk])).status_code == 403
    assert client.get(address).status_code == 403


def test_people_choose_their_settings_and_tokens(dana: User) -> None:
    client = signed_in(dana)
    given = {"name": "Dana B.", "language": "zh-hans", "time_zone": "Asia/Almaty"}
    assert client.post(reverse("registry:own_settings"), given).status_code == 302
    dana.refresh_from_db()
    assert (dana.name, dana.language, dana.time_zone) == ("Dana B.", "zh-hans", "Asia/Almaty")

    created = client.post(reverse("registry:token_add"), {"days": "30"})
    secret = created.context["token"].secret
    assert secret in created.content.decode()
    assert secret not in client.get(reverse("registry:token_list")).content.decode()
    key = dana.auth_token_set.get().token_key
    other = signed_in(build.user("other", None))
    assert other.post(reverse("registry:token_revoke", args=[key])).status_code == 404
    assert client.post(reverse("registry:token_revoke", args=[key])).status_code == 302
    assert not dana.auth_token_set.exists()


def test_the_present_password_is_needed_for_a_new_one(dana: User) -> None:
    client = signed_in(dana)
    given = {"present_password": "wrong", "password": "another long password", "again": "another long password"}
    response = client.post(reverse("registry:own_password"), given)
    assert "This is not your present password." in response.content.decode()
    assert (
        client.post(reverse("registry:own_password"), {**given, "present_password": build.PASSWORD}).status_code == 302
    )
    dana.refresh_from_db()
    assert dana.check_password("another long password")
    assert client.get(reverse("registry:own_settings")).status_code == 200, "this session goes on"


def test_codes_are_suggested_by_their_beginning_first(bob: User) -> None:
    build.item("X-NUT"), build.item("NUT-1"), build.item("SEED", name="Nutmeg")
    results = signed_in(bob).get(reverse("registry:item_suggest") + "?q=nut").json()["results"]
    assert [result["code"] for result in results] == ["NUT-1", "SEED", "X-NUT"]
