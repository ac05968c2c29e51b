"""Who may do what: the small questions that every app's rules are put together from."""

from django.db.models import Exists, Q
from django.utils.translation import gettext as _

from registry.errors import NotAllowed
from registry.models import Membership, Organisation, OrganisationKind, Role, Site, User
from registry.models.people import OrganisationQuerySet
from registry.models.sites import SiteQuerySet

POSTING_ROLES = frozenset({Role.OPERATOR, Role.SUPERVISOR})
REVIEWING_ROLES = frozenset({Role.AUDITOR, Role.CUSTOMS_OFFICER})


def roles_of(user: User) -> frozenset[str]:
    """Every role that the user holds anywhere."""
    if not user.is_authenticated:
        return frozenset()
    return frozenset(user.memberships.values_list("role", flat=True))


def sites_where(user: User, *roles: Role) -> SiteQuerySet:
    """The sites at which the user holds one of the roles; any role when none is named."""
    return Site.objects.in_scope_of(user, *roles)


def roles_at(user: User, site: Site) -> frozenset[str]:
    """Every role that the user holds at the site.

    The same answer as sites_where, which a test compares, from the user's few memberships: every act asks this.
    """
    if not user.is_authenticated:
        return frozenset()
    held = user.memberships.order_by().values_list("role", "site", "organisation", "organisation__kind")
    in_charge = {site.organisation_id, site.customs_office_id}
    return frozenset(
        role
        for role, at_site, organisation, kind in held
        if at_site == site.pk
        or (at_site is None and (organisation in in_charge or kind == OrganisationKind.ZONE_OPERATOR))
    )


def has_role(user: User, site: Site, *roles: Role) -> bool:
    """Whether the user holds one of the roles at the site; any role when none is named."""
    held = roles_at(user, site)
    return bool(held & set(roles)) if roles else bool(held)


def acts_for(user: User, organisation_id: int, role: Role) -> bool:
    """Whether the user holds the role in the organisation, such as at an airline."""
    return user.is_authenticated and user.memberships.filter(organisation=organisation_id, role=role).exists()


def require_role(user: User, site: Site, *roles: Role) -> None:
    """Raise NotAllowed unless the user holds one of the roles at the site."""
    if not has_role(user, site, *roles):
        raise NotAllowed(
            _("Your roles do not allow this at %(site)s. It takes one of: %(roles)s.")
            % {"site": site.code, "roles": ", ".join(str(role.label) for role in roles)}
        )


def is_administrator(user: User) -> bool:
    """Whether the user keeps master data."""
    return Role.ADMINISTRATOR in roles_of(user)


def administered_organisations(user: User) -> OrganisationQuerySet:
    """The organisations whose people the administrator keeps: all for the zone's operator, else their own."""
    held = user.memberships.filter(role=Role.ADMINISTRATOR)
    zone_wide = held.filter(site=None, organisation__kind=OrganisationKind.ZONE_OPERATOR)
    return Organisation.objects.filter(Exists(zone_wide) | Q(pk__in=held.values("organisation")))


def may_administer_organisation(user: User, organisation: Organisation) -> bool:
    """Whether the user may grant and revoke roles in the organisation."""
    return administered_organisations(user).filter(pk=organisation.pk).exists()


def may_administer_user(actor: User, user: User) -> bool:
    """Whether the actor may change the user: no superuser, and nobody with a role outside the actor's charge."""
    if user.is_superuser or not is_administrator(actor):
        return False
    theirs = Organisation.objects.filter(memberships__user=user)
    return not theirs.exclude(pk__in=administered_organisations(actor)).exists()


def clashing_role(user: User, role: Role) -> Membership | None:
    """The membership that keeps the user from also holding the role.

    Who keeps users and master data posts and decides nothing, and who reviews posts nothing.
    """
    clashes = {
        Role.ADMINISTRATOR: POSTING_ROLES | {Role.CUSTOMS_OFFICER},
        Role.AUDITOR: POSTING_ROLES,
        Role.CUSTOMS_OFFICER: POSTING_ROLES | {Role.ADMINISTRATOR},
        Role.OPERATOR: REVIEWING_ROLES | {Role.ADMINISTRATOR},
        Role.SUPERVISOR: REVIEWING_ROLES | {Role.ADMINISTRATOR},
    }
    return user.memberships.filter(role__in=clashes.get(role, frozenset())).first()
