"""Granting and revoking roles."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from registry.errors import FieldError, NotAllowed, RuleBroken
from registry.history import delete_as
from registry.models import Membership, Organisation, OrganisationKind, Role, Site, User
from registry.operations.register import enter_in_register
from registry.rules import administers_zone, clashing_role, may_administer_organisation, may_administer_user


class RolesClash(RuleBroken):
    """One person may not hold both roles: who keeps or reviews does not post."""

    code = "roles-clash"
    status = 409


class OwnRoles(RuleBroken):
    """Nobody grants or revokes their own roles."""

    code = "own-roles"
    status = 409


class SiteOfAnother(RuleBroken):
    """The site is neither kept nor supervised by the organisation."""

    code = "site-of-another"


@transaction.atomic
def grant_membership(
    *, user: User, organisation: Organisation, role: Role, site: Site | None, actor: User | None, at: datetime
) -> Membership:
    """Give the user a role in the organisation: at one site, or at every site in the organisation's charge.

    An organisation's administrator grants roles to its own people, at its own sites; the zone's administrator grants
    the rest, and alone makes an officer of customs.

    Args:
        actor: None for the system.
    Raises:
        NotAllowed: the actor does not administer the organisation, or may not grant this role or to this user.
        OwnRoles: the actor is the user.
        RolesClash: the user holds a role that excludes this one.
        SiteOfAnother: the organisation has nothing to do with the site.
        NotFitForRegister: the organisation's kind has no such role, or the user already holds exactly this one.
    """
    if actor is not None and not administers_zone(actor) and not may_administer_user(actor, user):
        _check_actor(actor, user, organisation)
        raise NotAllowed(_("%(user)s holds roles that you do not administer.") % {"user": user})
    return grant_first_membership(user=user, organisation=organisation, role=role, site=site, actor=actor, at=at)


@transaction.atomic
def grant_first_membership(
    *, user: User, organisation: Organisation, role: Role, site: Site | None, actor: User | None, at: datetime
) -> Membership:
    """Give a role to somebody whom the actor has just added; arguments and refusals as for `grant_membership`."""
    if actor is not None:
        _check_actor(actor, user, organisation)
        _check_role(actor, organisation, role, site)
    # Two roles granted at once must not pass the clash check beside each other.
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if clash := clashing_role(user, role):
        words = {"user": user, "held": clash.get_role_display(), "role": Role(role).label}
        message = _("%(user)s is already %(held)s and cannot also be %(role)s. Revoke the one first.") % words
        raise RolesClash(message, errors=[FieldError(message, field="role", figure=role)])
    if site is not None and not _is_in_charge(organisation, site):
        message = _("%(site)s is neither kept nor supervised by %(organisation)s.") % {
            "site": site.code,
            "organisation": organisation,
        }
        raise SiteOfAnother(message, errors=[FieldError(message, field="site", figure=site.code)])
    membership = Membership(user=user, organisation=organisation, role=role, site=site)
    return enter_in_register(row=membership, actor=actor, at=at)


@transaction.atomic
def revoke_membership(*, membership: Membership, actor: User, at: datetime, reason: str = "") -> None:
    """Take a role away; its history stays.

    Raises:
        NotAllowed: the actor does not administer the organisation.
        OwnRoles: the actor is the user.
    """
    _check_actor(actor, membership.user, membership.organisation)
    delete_as(membership, actor=actor, at=at, reason=reason)


def _check_actor(actor: User, user: User, organisation: Organisation) -> None:
    if not may_administer_organisation(actor, organisation):
        raise NotAllowed(_("You do not administer %(organisation)s.") % {"organisation": organisation})
    # A superuser gives the zone its first administrator, and there may be nobody else yet.
    if actor.pk == user.pk and not actor.is_superuser:
        raise OwnRoles(_("Nobody grants or revokes their own roles. Ask another administrator."))


def _check_role(actor: User, organisation: Organisation, role: Role, site: Site | None) -> None:
    if administers_zone(actor):
        return
    if role == Role.CUSTOMS_OFFICER:
        raise NotAllowed(_("Only an administrator of the zone's operator makes an officer of customs."))
    if site is not None and not _keeps(organisation, site):
        words = {"site": site.code, "organisation": organisation}
        raise NotAllowed(
            _("%(site)s is not of %(organisation)s. Only an administrator of the zone's operator grants a role there.")
            % words
        )


def _keeps(organisation: Organisation, site: Site) -> bool:
    return organisation.pk in {site.organisation_id, site.customs_office_id}


def _is_in_charge(organisation: Organisation, site: Site) -> bool:
    """The zone's operator works at every site; the people of carriers and owners at whichever they call at."""
    at_their_own = {OrganisationKind.WAREHOUSE_KEEPER, OrganisationKind.CUSTOMS_OFFICE, OrganisationKind.AIRLINE}
    return _keeps(organisation, site) or organisation.kind not in at_their_own
