"""Whose administrator one is: only the zone's keeps what all share, and grants what reaches beyond one organisation."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from customs.models import Regime
from fuel.models import DutyPaidPrice, IndexQuote, PriceIndex, ReliefRule
from fuel.operations.contracts import publish_quotes
from registry.errors import NotAllowed
from registry.models import (
    ExchangeRate,
    Item,
    Membership,
    Organisation,
    OrganisationKind,
    PlaceKind,
    Role,
    Site,
    TariffRate,
    User,
    Zone,
)
from registry.models.people import ROLES_OF_KIND
from registry.operations.loading.rates import load_exchange_rates
from registry.operations.memberships import OwnRoles, SiteOfAnother, grant_membership, revoke_membership
from registry.operations.register import NotFitForRegister, enter_in_register
from registry.operations.sites import add_place, change_place
from registry.operations.users import add_user, change_user, reset_password
from registry.rules import administered_organisations, administers_zone, grantable_roles
from registry.shared import is_shared
from tests.registry import build
from tests.registry.conftest import signed_in
from tests.registry.test_api import as_user, item_figures

pytestmark = pytest.mark.django_db
KINDS = list(OrganisationKind)
OTHER_KINDS = [kind for kind in KINDS if kind != OrganisationKind.ZONE_OPERATOR]


def administrator_of(kind: OrganisationKind, site: Site | None = None) -> User:
    """The administrator of an organisation of the kind; keeper and customs office are the site's own."""
    own = {}
    if site is not None:
        own = {
            OrganisationKind.WAREHOUSE_KEEPER: site.organisation,
            OrganisationKind.CUSTOMS_OFFICE: site.customs_office,
        }
    home = own.get(kind) or build.organisation(f"HOME-{kind}"[:20].upper(), kind)
    return build.user(f"admin-{kind}".replace("_", "-"), Role.ADMINISTRATOR, home)


# What every organisation goes by, in the words of the API.
SHARED: dict[str, dict[str, Any]] = {
    "items": {},
    "organisations": {"code": "NEW", "name": "New Co.", "kind": "carrier", "country": "KZ"},
    "sites": {},
    "exchange-rates": {"currency": "USD", "valid_from_date": "2026-06-01", "cny_per_unit": "7.1", "source": "PBC"},
    "tariff-rates": {"hs_prefix": "08", "valid_from_date": "2026-06-01", "duty_rate": "0.1", "vat_rate": "0.09"},
    "airports": {},
    "airlines": {},
    "aircraft": {},
    "price-indices": {},
    "index-quotes": {},
    "duty-paid-prices": {},
    "relief-rules": {},
}


@pytest.mark.parametrize("kind", OTHER_KINDS)
def test_what_all_share_is_written_by_the_zones_administrator_alone(kind: OrganisationKind) -> None:
    client = as_user(administrator_of(kind))
    for name, given in SHARED.items():
        refused = client.post(f"/api/v1/{name}/", item_figures() if name == "items" else given)
        assert (refused.status_code, refused.headers["Content-Type"]) == (403, "application/problem+json"), name


@pytest.mark.parametrize("kind", KINDS)
def test_the_operation_itself_asks_whoever_calls_it(kind: OrganisationKind) -> None:
    actor = administrator_of(kind)
    rate = ExchangeRate(currency="USD", valid_from_date=date(2026, 6, 1), cny_per_unit=Decimal("7.1"), source="PBC")
    row = {"currency": "EUR", "valid_from_date": "2026-06-01", "cny_per_unit": "8", "source": "PBC"}
    if kind == OrganisationKind.ZONE_OPERATOR:
        enter_in_register(row=rate, actor=actor, at=build.AT)
        assert load_exchange_rates(rows=[row], actor=actor, at=build.AT).added == 1
        return
    with pytest.raises(NotAllowed):
        enter_in_register(row=rate, actor=actor, at=build.AT)
    with pytest.raises(NotAllowed):
        load_exchange_rates(rows=[row], actor=actor, at=build.AT)
    with pytest.raises(NotAllowed):
        publish_quotes(rows=[{"index": "X", "quoted_date": "2026-06-01", "price": "1"}], actor=actor, at=build.AT)
    assert not ExchangeRate.objects.exists()


def test_every_table_of_the_register_that_belongs_to_nobody_is_declared_shared() -> None:
    """Rows that are of no site, airline or person are everybody's."""
    of_somebody = {"place", "membership", "user", "answeredrequest", "keptfile"}
    ours = [
        model
        for model in apps.get_app_config("registry").get_models()
        if not model.__name__.startswith("Historical") and model._meta.model_name not in of_somebody
    ]
    assert [model.__name__ for model in ours if not is_shared(model)] == []
    assert all(map(is_shared, (Regime, PriceIndex, IndexQuote, DutyPaidPrice, ReliefRule, Item, TariffRate, Zone)))


@pytest.mark.parametrize("kind", OTHER_KINDS)
def test_nobody_makes_their_own_organisation_the_zones_operator(kind: OrganisationKind) -> None:
    actor = administrator_of(kind)
    home = actor.memberships.get().organisation
    for figures in ({"kind": "zone_operator"}, {"name": "Ours"}):
        assert as_user(actor).patch(f"/api/v1/organisations/{home.pk}/", figures).status_code == 403
    page = reverse("registry:organisation_change", args=[home.pk])
    assert signed_in(actor).get(page).status_code == 403
    assert signed_in(actor).post(page, {"code": home.code, "name": "x", "kind": "zone_operator"}).status_code == 403
    home.kind = OrganisationKind.ZONE_OPERATOR
    with pytest.raises(NotAllowed):
        enter_in_register(row=home, actor=actor, at=build.AT)
    assert not administers_zone(actor)


def test_a_keepers_administrator_makes_no_officer_of_customs(site: Site, alice: User) -> None:
    eve = build.user("eve", Role.OPERATOR, site.organisation)
    revoke_membership(membership=eve.memberships.get(), actor=alice, at=build.AT)
    for actor in (administrator_of(kind, site) for kind in OTHER_KINDS):
        home = actor.memberships.get().organisation
        for organisation in {home, site.customs_office}:
            granted = {"organisation": organisation, "role": Role.CUSTOMS_OFFICER, "site": None, "at": build.AT}
            with pytest.raises(NotAllowed):
                grant_membership(user=eve, actor=actor, **granted)
            with pytest.raises(NotAllowed):
                add_user(
                    user=User(email="new@example.com", name="New"), password=build.PASSWORD, actor=actor, **granted
                )
    assert not Membership.objects.filter(role=Role.CUSTOMS_OFFICER).exists()
    grant_membership(
        user=eve, organisation=site.customs_office, role=Role.CUSTOMS_OFFICER, site=None, actor=alice, at=build.AT
    )


@pytest.mark.parametrize("kind", KINDS)
def test_an_organisation_has_the_roles_of_its_kind_and_the_database_holds_to_it(kind: OrganisationKind) -> None:
    home = build.organisation("HOME", kind)
    for role in Role:
        user = build.user(f"p-{role}".replace("_", "-"), None)
        fits = role in ROLES_OF_KIND[kind]
        granted = {"user": user, "organisation": home, "role": role, "site": None, "actor": None, "at": build.AT}
        if fits:
            grant_membership(**granted)
            continue
        with pytest.raises(NotFitForRegister) as refused:
            grant_membership(**granted)
        assert [(error.field, error.figure) for error in refused.value.errors] == [("role", role)]
        with pytest.raises(IntegrityError, match="nobody is"), transaction.atomic():
            Membership.objects.bulk_create([Membership(user=user, organisation=home, role=role)])


def test_an_organisation_keeps_its_kind_while_its_people_hold_roles_that_go_with_it(site: Site, alice: User) -> None:
    office = site.customs_office
    officer = build.user("olga", Role.CUSTOMS_OFFICER, office)
    refused = as_user(alice).patch(f"/api/v1/organisations/{office.pk}/", {"kind": "warehouse_keeper"})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "kind")
    with pytest.raises(IntegrityError, match="hold roles"), transaction.atomic():
        Organisation.objects.filter(pk=office.pk).update(kind="warehouse_keeper")
    revoke_membership(membership=officer.memberships.get(), actor=alice, at=build.AT)
    refused = as_user(alice).patch(f"/api/v1/organisations/{office.pk}/", {"kind": "warehouse_keeper"})
    assert refused.status_code == 422, "it supervises a site"
    assert (
        as_user(alice).patch(f"/api/v1/sites/{site.pk}/", {"customs_office": site.organisation_id}).status_code == 422
    )


@pytest.mark.parametrize("kind", OTHER_KINDS)
def test_one_grants_roles_of_ones_own_organisation_to_ones_own_people(kind: OrganisationKind, site: Site) -> None:
    actor = administrator_of(kind, site)
    home = actor.memberships.get().organisation
    assert list(administered_organisations(actor)) == [home]
    assert grantable_roles(actor) == ROLES_OF_KIND[kind] - {Role.CUSTOMS_OFFICER}
    added = add_user(
        user=User(email="new@example.com", name="New"),
        password=build.PASSWORD,
        organisation=home,
        role=Role.AUDITOR,
        actor=actor,
        at=build.AT,
    )
    assert added.memberships.get().organisation == home
    stranger = build.user("sven", Role.AUDITOR)
    without_role = build.user("dana", None)
    for other in (stranger, without_role):
        with pytest.raises(NotAllowed):
            grant_membership(user=other, organisation=home, role=Role.AUDITOR, site=None, actor=actor, at=build.AT)
        with pytest.raises(NotAllowed):
            reset_password(user=other, password="another long password", actor=actor, at=build.AT)
        with pytest.raises(NotAllowed):
            change_user(user=other, actor=actor, at=build.AT)
    with pytest.raises(NotAllowed):
        grant_membership(
            user=added, organisation=build.zone_operator(), role=Role.AUDITOR, site=None, actor=actor, at=build.AT
        )
    with pytest.raises(OwnRoles):
        grant_membership(user=actor, organisation=home, role=Role.AUDITOR, site=None, actor=actor, at=build.AT)


def test_a_role_at_anothers_site_is_the_zones_to_grant(site: Site, alice: User) -> None:
    """Else a carrier's administrator would make its own people operators of any warehouse."""
    actor = administrator_of(OrganisationKind.CARRIER)
    home = actor.memberships.get().organisation
    driver = build.user("tim", Role.AUDITOR, home)
    revoke_membership(membership=driver.memberships.get(), actor=alice, at=build.AT)
    grant_membership(user=driver, organisation=home, role=Role.OPERATOR, site=None, actor=alice, at=build.AT)
    asked = {"user": driver, "organisation": home, "role": Role.OPERATOR, "site": site, "at": build.AT}
    with pytest.raises(NotAllowed, match="HRS"):
        grant_membership(actor=actor, **asked)
    grant_membership(actor=alice, **asked)
    airline = build.organisation("AIR", OrganisationKind.AIRLINE)
    with pytest.raises(SiteOfAnother):
        build.user("ada", Role.ADMINISTRATOR, airline, at_site=site)


def test_an_administrator_at_one_site_keeps_the_site_and_nobodys_roles(site: Site) -> None:
    local = build.user("lea", Role.ADMINISTRATOR, build.zone_operator(), at_site=site)
    colleague = build.user("cleo", Role.AUDITOR, build.zone_operator())
    assert not administers_zone(local)
    assert not administered_organisations(local).exists()
    with pytest.raises(NotAllowed):
        grant_membership(
            user=colleague,
            organisation=build.zone_operator(),
            role=Role.ADMINISTRATOR,
            site=None,
            actor=local,
            at=build.AT,
        )
    add_place(site=site, code="B-09", kind=PlaceKind.BIN, actor=local, at=build.AT)


def test_places_are_kept_by_the_administrators_of_their_site(site: Site) -> None:
    bin_place = build.bin_place(site)
    for kind in OTHER_KINDS:
        actor = administrator_of(kind, site)
        if kind in {OrganisationKind.WAREHOUSE_KEEPER, OrganisationKind.CUSTOMS_OFFICE}:
            change_place(place=bin_place, actor=actor, at=build.AT)
            continue
        with pytest.raises(NotAllowed):
            add_place(site=site, code="X", kind=PlaceKind.BIN, actor=actor, at=build.AT)
        with pytest.raises(NotAllowed):
            change_place(place=bin_place, actor=actor, at=build.AT)
    assert (
        as_user(build.user("kim", Role.ADMINISTRATOR, build.organisation("ELSE")))
        .patch(f"/api/v1/places/{bin_place.pk}/", {"is_open": False})
        .status_code
        == 404
    )


def test_an_airlines_administrator_sees_and_offers_its_own_only(site: Site) -> None:
    actor = administrator_of(OrganisationKind.AIRLINE)
    home = actor.memberships.get().organisation
    client = signed_in(actor)
    assert list(Organisation.objects.visible_to(actor)) == [home]
    form = client.get(reverse("registry:user_add")).context["form"]
    assert list(form.fields["organisation"].queryset) == [home]
    assert {value for value, _label in form.fields["role"].choices} == {"airline", "auditor", "administrator"}
    assert not form.fields["site"].queryset.exists()
    for name in ("item", "organisation", "site", "exchange_rate", "tariff_rate", "airport", "airline", "aircraft"):
        assert (
            f'href="{reverse(f"registry:{name}_add")}"'
            not in client.get(reverse(f"registry:{name}_list")).content.decode()
        )


def test_at_the_admin_site_the_same_rules_hold(site: Site) -> None:
    root = User.objects.create_superuser("root@example.com", build.PASSWORD, name="Root")
    client = signed_in(root)
    add = reverse("admin:registry_membership_add")
    olga = build.user("olga", Role.OPERATOR, site.organisation)
    given = {"user": olga.pk, "organisation": site.customs_office_id, "role": "customs_officer", "site": ""}
    assert "cannot also be" in client.post(add, given, follow=True).content.decode()
    assert client.post(add, {**given, "organisation": site.organisation_id}).status_code == 200
    assert not Membership.objects.filter(role=Role.CUSTOMS_OFFICER).exists()
    own = {"user": root.pk, "organisation": build.zone_operator().pk, "role": "administrator", "site": ""}
    assert client.post(add, own).status_code == 302
    assert Membership.history.latest("history_id").history_user == root
    change = reverse("admin:registry_organisation_change", args=[site.organisation_id])
    figures = {"code": "HRS-KEEPER", "name": "x", "kind": "carrier", "country": "CN", "name_zh": ""}
    build.user("sue", Role.SUPERVISOR, site.organisation)
    assert client.post(change, figures).status_code == 200
    site.organisation.refresh_from_db()
    assert site.organisation.kind == OrganisationKind.WAREHOUSE_KEEPER


def test_the_database_knows_the_roles_of_every_kind_as_the_code_does() -> None:
    with connection.cursor() as cursor:
        for kind in KINDS:
            for role in Role:
                cursor.execute("SELECT registry_role_fits_kind(%s, %s)", [role.value, kind.value])
                assert cursor.fetchone()[0] == (role in ROLES_OF_KIND[kind]), (role, kind)
