"""Granting and revoking roles."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from registry.errors import FieldError, NotAllowed, RuleBroken
from registry.history import delete_as
from registry.models import Membership, Organisation, OrganisationKind, Role, Site, User
from registry.operations.register import enter_in_register
from registry.rules import clashing_role, may_administer_organisation


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

    Raises:
        NotAllowed: the actor does not administer the organisation.
        OwnRoles: the actor is the user.
        RolesClash: the user holds a role that excludes this one.
        SiteOfAnother: the organisation has nothing to do with the site.
        NotFitForRegister: the user already holds exactly this role.
    """
    if actor is not None:
        _check_actor(actor, user, organisation)
    # Two roles granted at once must not pass the clash check beside each other.
    User.objects.select_for_update().get(pk=user.pk)
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
    if actor.pk == user.pk:
        raise OwnRoles(_("Nobody grants or revokes their own roles. Ask another administrator."))


def _is_in_charge(organisation: Organisation, site: Site) -> bool:
    """The zone's operator works at every site; carriers, owners and airlines at whichever they call at."""
    keeps = organisation.pk in {site.organisation_id, site.customs_office_id}
    return keeps or organisation.kind not in {OrganisationKind.WAREHOUSE_KEEPER, OrganisationKind.CUSTOMS_OFFICE}
