"""Roles: what they reach, who grants them, and which exclude each other."""

from typing import Any

import pytest

from registry.errors import NotAllowed
from registry.models import OrganisationKind, Role, Site, User
from registry.operations.memberships import OwnRoles, RolesClash, SiteOfAnother, grant_membership
from registry.operations.register import NotFitForRegister
from registry.operations.users import PasswordTooWeak, reset_password
from registry.rules import has_role, require_role, roles_of, site_ids_by_role, sites_where
from tests.registry import build

pytestmark = pytest.mark.django_db


def test_a_role_at_a_site_reaches_that_site_only(site: Site, bob: User) -> None:
    other = build.site("AKL")
    assert has_role(bob, site, Role.OPERATOR)
    assert has_role(bob, site)
    assert not has_role(bob, site, Role.SUPERVISOR, Role.AUDITOR)
    assert not has_role(bob, other)
    with pytest.raises(NotAllowed, match="AKL"):
        require_role(bob, other, Role.OPERATOR)


def test_a_role_without_a_site_reaches_what_the_organisation_keeps_or_supervises(site: Site) -> None:
    build.site("AKL")
    keeper = build.user("keeper", Role.SUPERVISOR, site.organisation)
    officer = build.user("officer", Role.CUSTOMS_OFFICER, site.customs_office)
    auditor = build.user("auditor", Role.AUDITOR)
    assert list(sites_where(keeper, Role.SUPERVISOR)) == [site]
    assert list(sites_where(officer)) == [site]
    assert sites_where(auditor, Role.AUDITOR).count() == 2
    assert not sites_where(auditor, Role.OPERATOR).exists()


def test_one_site_is_judged_as_all_sites_are(site: Site) -> None:
    elsewhere = build.site("AKL")
    people = [
        build.user("keeper", Role.SUPERVISOR, site.organisation),
        build.user("worker", Role.OPERATOR, site.organisation, at_site=site),
        build.user("officer", Role.CUSTOMS_OFFICER, site.customs_office),
        build.user("auditor", Role.AUDITOR),
        build.user("pilot", Role.AIRLINE, build.organisation("AIR", OrganisationKind.AIRLINE)),
        build.user("nobody", None),
    ]
    for person in people:
        for asked in [(), *((role,) for role in Role)]:
            for one in (site, elsewhere):
                assert has_role(person, one, *asked) == sites_where(person, *asked).filter(pk=one.pk).exists()
        by_role = site_ids_by_role(person)
        assert by_role == {role: ids for role in Role if (ids := {one.pk for one in sites_where(person, role)})}


def test_who_is_not_signed_in_has_no_role(site: Site) -> None:
    from django.contrib.auth.models import AnonymousUser

    assert roles_of(AnonymousUser()) == frozenset()
    assert not sites_where(AnonymousUser()).exists()


@pytest.mark.parametrize(
    ("held", "asked"),
    [
        (Role.ADMINISTRATOR, Role.OPERATOR),
        (Role.ADMINISTRATOR, Role.CUSTOMS_OFFICER),
        (Role.OPERATOR, Role.ADMINISTRATOR),
        (Role.AUDITOR, Role.SUPERVISOR),
        (Role.SUPERVISOR, Role.CUSTOMS_OFFICER),
    ],
)
def test_who_keeps_or_reviews_does_not_post(alice: User, site: Site, held: Role, asked: Role) -> None:
    user = build.user("eve", held)
    with pytest.raises(RolesClash, match="Revoke the one first"):
        grant_membership(user=user, organisation=build.zone_operator(), role=asked, site=None, actor=alice, at=build.AT)


def test_roles_are_granted_only_where_one_administers(alice: User, site: Site) -> None:
    keeper_admin = build.user("kim", Role.ADMINISTRATOR, site.organisation)
    eve = build.user("eve", Role.SUPERVISOR, site.organisation)
    granted = {"user": eve, "role": Role.OPERATOR, "site": None, "at": build.AT}
    grant_membership(organisation=site.organisation, actor=keeper_admin, **granted)
    with pytest.raises(NotFitForRegister, match="already holds this role"):
        grant_membership(organisation=site.organisation, actor=alice, **granted)
    with pytest.raises(NotAllowed):
        grant_membership(organisation=build.zone_operator(), actor=keeper_admin, **granted)
    with pytest.raises(OwnRoles):
        grant_membership(organisation=site.organisation, actor=keeper_admin, **{**granted, "user": keeper_admin})


def test_a_keeper_s_people_work_only_at_its_own_sites(alice: User, site: Site) -> None:
    other = build.site("AKL")
    carrier = build.organisation("CAR", OrganisationKind.CARRIER)
    eve = build.user("eve", None)
    granted = {"user": eve, "role": Role.OPERATOR, "site": other, "actor": alice, "at": build.AT}
    with pytest.raises(SiteOfAnother) as refused:
        grant_membership(organisation=site.organisation, **granted)
    assert refused.value.errors[0].figure == "AKL"
    grant_membership(organisation=carrier, **granted)


def test_passwords_of_superusers_are_not_reset_from_the_pages(alice: User) -> None:
    root = User.objects.create_superuser("root@example.com", build.PASSWORD, name="Root")
    with pytest.raises(NotAllowed):
        reset_password(user=root, password="another long password", actor=alice, at=build.AT)
    eve = build.user("eve", Role.AUDITOR)
    with pytest.raises(PasswordTooWeak) as refused:
        reset_password(user=eve, password="eve", actor=alice, at=build.AT)
    assert {error.field for error in refused.value.errors} == {"password"}
    assert all(error.figure is None for error in refused.value.errors), "a password is never shown again"


def test_an_airline_s_people_see_their_own_organisation_only(site: Site) -> None:
    airline = build.organisation("AIR", OrganisationKind.AIRLINE)
    pilot = build.user("pilot", Role.AIRLINE, airline)
    build.user("alice", Role.ADMINISTRATOR)
    visible = type(airline).objects.visible_to(pilot)
    assert list(visible) == [airline]
    assert list(User.objects.visible_to(pilot)) == [pilot]
    assert not Site.objects.visible_to(pilot).exists()


def test_memberships_are_read_once_a_request_and_else_as_they_stand(django_assert_num_queries: Any) -> None:
    site = build.site()
    keeper = build.user("keeper", Role.SUPERVISOR, site.organisation)
    keeper.begin_request()
    with django_assert_num_queries(1):
        assert roles_of(keeper) == {"supervisor"}
        assert [one.role for one in keeper.held()] == ["supervisor"]
    keeper.memberships.all().delete()
    assert roles_of(keeper) == {"supervisor"}, "the request goes on as it began"
    assert not has_role(keeper, site, Role.SUPERVISOR), "what an operation requires is asked as it stands"
    keeper.begin_request()
    assert roles_of(keeper) == frozenset()
