"""Who posts documents, and who decides for customs: its officers; where a site has none, a supervisor for them."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from registry.errors import NotAllowed
from registry.models import Membership, OrganisationKind, Role, Site, User
from registry.models.sites import SiteQuerySet
from registry.rules import POSTERS, has_role, site_ids_by_role


def may_post(user: User) -> bool:
    """Whether the user posts documents anywhere."""
    return any(one.role in POSTERS for one in user.held())


def has_customs_officers(site: Site) -> bool:
    """Whether anybody who can sign in is customs officer at the site."""
    return _with_officers(Site.objects.filter(pk=site.pk)).exists()


@dataclass(frozen=True, slots=True)
class Decider:
    """Who decides, with the ids of the sites where they supervise, are customs officer, and decide for customs."""

    user: User
    supervises: frozenset[int]
    is_officer_at: frozenset[int]
    for_customs_at: frozenset[int]

    @property
    def decides_at(self) -> frozenset[int]:
        return self.supervises | self.is_officer_at


def decider(user: User) -> Decider:
    """Read once for everything that may wait for the user: who decides where is the dearest part of each question."""
    held = site_ids_by_role(user)
    supervises, officer = (held.get(role, frozenset()) for role in (Role.SUPERVISOR, Role.CUSTOMS_OFFICER))
    alone = supervises - officer
    if alone:
        alone -= set(_with_officers(Site.objects.filter(pk__in=alone)).values_list("pk", flat=True))
    return Decider(user, supervises, officer, officer | alone)


def decides_for_customs(user: User, site: Site) -> bool:
    """Whether what customs decides at the site is this user's to decide, or to enter for customs."""
    if has_role(user, site, Role.CUSTOMS_OFFICER):
        return True
    return has_role(user, site, Role.SUPERVISOR) and not has_customs_officers(site)


def require_customs(actor: User, site: Site) -> bool:
    """Whether the actor, who is no customs officer, enters what customs has decided.

    Raises:
        NotAllowed: the actor is neither customs officer at the site nor, where it has none, its supervisor.
    """
    if has_role(actor, site, Role.CUSTOMS_OFFICER):
        return False
    words = {"site": site.code}
    if not has_role(actor, site, Role.SUPERVISOR):
        raise NotAllowed(_("Customs decides this at %(site)s, and your roles there are others.") % words)
    if has_customs_officers(site):
        raise NotAllowed(_("This is for customs to decide: %(site)s has customs officers.") % words)
    return True


def _with_officers(sites: SiteQuerySet) -> SiteQuerySet:
    """As roles_at reads memberships, of people who may sign in."""
    officers = Membership.objects.filter(role=Role.CUSTOMS_OFFICER, user__is_active=True)
    everywhere = Q(organisation__kind=OrganisationKind.ZONE_OPERATOR)
    in_charge = Q(organisation=OuterRef("organisation")) | Q(organisation=OuterRef("customs_office")) | everywhere
    return sites.filter(Exists(officers.filter(Q(site=OuterRef("pk")) | Q(site=None) & in_charge)))
