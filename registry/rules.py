"""Who may do what: the small questions that every app's rules are put together from."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from registry.errors import NotAllowed
from registry.models import Membership, Organisation, OrganisationKind, Role, Site, User
from registry.models.people import ROLES_OF_KIND, OrganisationQuerySet
from registry.models.sites import SiteQuerySet
from registry.shared import is_shared

POSTERS = (Role.OPERATOR, Role.SUPERVISOR)
DECIDERS = (Role.SUPERVISOR, Role.CUSTOMS_OFFICER)
POSTING_ROLES = frozenset(POSTERS)
REVIEWING_ROLES = frozenset({Role.AUDITOR, Role.CUSTOMS_OFFICER})


def visible_rows(model: type[Model], user: User | AnonymousUser) -> QuerySet[Any]:
    """The rows of a model that the user may see; its manager has `visible_to`."""
    manager: Any = model._default_manager
    rows: QuerySet[Any] = manager.visible_to(user)
    return rows


def roles_of(user: User | AnonymousUser) -> frozenset[str]:
    """Every role that the user holds anywhere."""
    if not user.is_authenticated:
        return frozenset()
    return frozenset(one.role for one in user.held())


def sites_where(user: User | AnonymousUser, *roles: Role) -> SiteQuerySet:
    """The sites at which the user holds one of the roles; any role when none is named."""
    return Site.objects.in_scope_of(user, *roles)


def site_ids_by_role(user: User | AnonymousUser) -> dict[str, frozenset[int]]:
    """The ids of the sites at which the user holds each role; none for a role that the user does not hold.

    The same answer as sites_where, which a test compares, for all roles by two plain queries: for ten questions about
    the same sites, which sites_where would look up once for each.
    """
    if not user.is_authenticated:
        return {}
    held = [(one.role, one.site_id, one.organisation_id, one.organisation.kind) for one in user.held()]
    sites = Site.objects.order_by().values_list("pk", "organisation", "customs_office") if held else ()
    found: dict[str, set[int]] = {}
    for site, keeper, office in sites:
        for role, at_site, organisation, kind in held:
            if _reaches(at_site, organisation, kind, site, {keeper, office}):
                found.setdefault(role, set()).add(site)
    return {role: frozenset(ids) for role, ids in found.items()}


def _reaches(at_site: int | None, organisation: int, kind: str, site: int, in_charge: set[int]) -> bool:
    """Whether a membership holds at the site."""
    if at_site is not None:
        return at_site == site
    return organisation in in_charge or kind == OrganisationKind.ZONE_OPERATOR


def roles_at(user: User | AnonymousUser, site: Site) -> frozenset[str]:
    """Every role that the user holds at the site.

    The same answer as sites_where, which a test compares, from the user's few memberships: every act asks this.
    """
    if not user.is_authenticated:
        return frozenset()
    held = user.memberships.order_by().values_list("role", "site", "organisation", "organisation__kind")
    in_charge = {site.organisation_id, site.customs_office_id}
    return frozenset(
        role for role, at_site, organisation, kind in held if _reaches(at_site, organisation, kind, site.pk, in_charge)
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


def administers_zone(user: User | AnonymousUser) -> bool:
    """Whether the user keeps what all organisations share: an administrator of the whole zone's operator.

    A superuser does too, who repairs at /admin/ what no page offers; pages and API ask for a role before.
    """
    if not user.is_authenticated:
        return False
    held = user.memberships.filter(role=Role.ADMINISTRATOR, site=None)
    return user.is_superuser or held.filter(organisation__kind=OrganisationKind.ZONE_OPERATOR).exists()


def require_administers_zone(user: User | None) -> None:
    """Raise NotAllowed unless the user keeps what all share; None stands for the system, which does."""
    if user is not None and not administers_zone(user):
        raise NotAllowed(_("Every organisation goes by this. Only an administrator of the zone's operator changes it."))


def may_keep(user: User, model: type[Model]) -> bool:
    """Whether the user adds to or changes rows of the register of this kind, be it at one site only.

    Operations ask for the site, and for what is particular to their rows.
    """
    return administers_zone(user) if is_shared(model) else sites_where(user, Role.ADMINISTRATOR).exists()


def require_may_keep(user: User | None, model: type[Model]) -> None:
    """Raise NotAllowed when all organisations go by rows of this kind and the user is not the zone's administrator."""
    if is_shared(model):
        require_administers_zone(user)


def may_keep_places(user: User, site: Site) -> bool:
    """Whether the user adds and changes the bins, tanks and stores of the site."""
    return has_role(user, site, Role.ADMINISTRATOR)


def require_may_keep_places(user: User | None, site: Site) -> None:
    """Raise NotAllowed unless the user may; None stands for the system, which may."""
    if user is not None:
        require_role(user, site, Role.ADMINISTRATOR)


def administered_organisations(user: User) -> OrganisationQuerySet:
    """The organisations whose people the administrator keeps: all for the zone's operator, else their own.

    An administrator at one site keeps that site, and nobody's roles.
    """
    if administers_zone(user):
        return Organisation.objects.all()
    held = user.memberships.filter(role=Role.ADMINISTRATOR, site=None)
    return Organisation.objects.filter(pk__in=held.values("organisation"))


def may_administer_organisation(user: User, organisation: Organisation) -> bool:
    """Whether the user keeps the people of the organisation."""
    return administered_organisations(user).filter(pk=organisation.pk).exists()


def administers_people(user: User) -> bool:
    """Whether there is an organisation whose people the user keeps."""
    return administered_organisations(user).exists()


def may_administer_user(actor: User, user: User) -> bool:
    """Whether the actor may change the user: no superuser, and nobody with a role outside the actor's charge.

    Who holds no role at all is nobody's but the zone's: they may be somebody's officer tomorrow.
    """
    if user.is_superuser:
        return False
    if administers_zone(actor):
        return True
    theirs = Organisation.objects.filter(memberships__user=user)
    return theirs.exists() and not theirs.exclude(pk__in=administered_organisations(actor)).exists()


def may_grant_to(actor: User, user: User) -> bool:
    """Whether the actor gives this user roles: their own people, and never themselves."""
    return actor.pk != user.pk and (administers_zone(actor) or may_administer_user(actor, user))


def grantable_sites(actor: User) -> SiteQuerySet:
    """The sites at which the actor may grant roles: those of the organisations whose people they keep."""
    if administers_zone(actor):
        return Site.objects.all()
    theirs = administered_organisations(actor)
    return Site.objects.filter(Q(organisation__in=theirs) | Q(customs_office__in=theirs))


def grantable_roles(actor: User, organisation: Organisation | None = None) -> frozenset[str]:
    """The roles that the actor may grant in the organisation, or in any of theirs when none is named.

    Customs' own are granted by the zone's administrator alone: no keeper makes the officer who decides on its goods.
    """
    organisations = administered_organisations(actor)
    if organisation is not None:
        organisations = organisations.filter(pk=organisation.pk)
    kinds = organisations.order_by().values_list("kind", flat=True).distinct()
    roles = frozenset(role for kind in kinds for role in ROLES_OF_KIND.get(kind, frozenset()))
    return roles if administers_zone(actor) else roles - {Role.CUSTOMS_OFFICER}


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
