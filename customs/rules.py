"""Who keeps what customs demands: books and guarantees by site, regimes for the zone; who declares and decides."""

from typing import Any

from django.utils.translation import gettext as _

from customs.models import Declaration, DeclarationState
from customs.numbered import is_kept_from_number, number_act
from documents.acts import Act, Rules, customs_decision, step
from documents.officers import decides_for_customs
from documents.operations.documents import DECIDERS, POSTERS
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


DECLARATION_ACTS = (
    customs_decision("accept", DeclarationState.SUBMITTED),
    customs_decision("return", DeclarationState.SUBMITTED),
    step("submit", DeclarationState.DRAFT, DeclarationState.RETURNED),
    step("redraw", DeclarationState.DRAFT, DeclarationState.RETURNED),
    customs_decision("release", DeclarationState.ACCEPTED),
    customs_decision("close", DeclarationState.RELEASED),
    Act(
        "void",
        frozenset(
            {
                DeclarationState.DRAFT,
                DeclarationState.RETURNED,
                DeclarationState.SUBMITTED,
                DeclarationState.ACCEPTED,
            }
        ),
        tuple(sorted({*POSTERS, *DECIDERS})),
    ),
    customs_decision("reverse", DeclarationState.RELEASED, DeclarationState.CLOSED),
    number_act(DeclarationState.ACCEPTED, DeclarationState.RELEASED, DeclarationState.CLOSED),
)


def _is_kept_away(user: User, document: Any, act: Act) -> bool:
    """Before it is accepted, whoever posts gives it up; after that customs, and another than who prepared it."""
    if act.name != "void":
        return is_kept_from_number(user, document, act)
    if document.state == DeclarationState.ACCEPTED:
        return bool(document.prepared_by_id == user.pk) or not decides_for_customs(user, document.site)
    return not has_role(user, document.site, *POSTERS)


DECLARATION_RULES = Rules({Declaration: DECLARATION_ACTS}, is_kept_away=_is_kept_away)
