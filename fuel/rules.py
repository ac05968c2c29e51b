"""Who calibrates at a tank farm."""

from registry.models import Role, Site, User
from registry.rules import has_role, require_role

CALIBRATORS = (Role.ADMINISTRATOR, Role.SUPERVISOR)


def may_calibrate(user: User, site: Site) -> bool:
    """Whether the user loads strapping tables and records provings at the site."""
    return has_role(user, site, *CALIBRATORS)


def require_may_calibrate(user: User, site: Site) -> None:
    """Raise NotAllowed unless the user may."""
    require_role(user, site, *CALIBRATORS)
