"""Who keeps what customs demands: books and guarantees by site, regimes for the zone."""

from django.utils.translation import gettext as _

from registry.errors import NotAllowed
from registry.models import Role, Site, User
from registry.rules import administers_zone, has_role, require_role

CLOSING_ROLES = (Role.SUPERVISOR, Role.CUSTOMS_OFFICER)


def may_keep_books(user: User, site: Site) -> bool:
    """Whether the user opens and changes account books and guarantees of the site."""
    return has_role(user, site, Role.ADMINISTRATOR)


def require_may_keep_books(user: User | None, site: Site) -> None:
    """Raise NotAllowed unless the user may; None stands for the system, which may."""
    if user is not None:
        require_role(user, site, Role.ADMINISTRATOR)


def may_change_regimes(user: User) -> bool:
    """Whether the user administers the whole zone: a regime binds every site that is under it."""
    return administers_zone(user)


def require_may_change_regimes(user: User | None) -> None:
    """Raise NotAllowed unless the user may; None stands for the system, which may."""
    if user is not None and not may_change_regimes(user):
        raise NotAllowed(_("Only an administrator of the zone's operator changes what a regime demands."))


def may_close_period(user: User, site: Site) -> bool:
    """Whether the user may close the site's periods."""
    return has_role(user, site, *CLOSING_ROLES)
