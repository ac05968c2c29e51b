"""Who may do what to which fuel document, and when: what pages offer and refuse. The operations ask for themselves."""

from typing import Any

from documents.acts import Act, Rules, may_post, step
from documents.operations.documents import DECIDERS
from fuel.models import (
    UNDECIDED,
    UNDER_WAY,
    Dispute,
    ManualCharge,
    ManualChargeState,
    Statement,
    StatementRun,
    StatementState,
)
from registry.models import Role, Site, User
from registry.rules import acts_for, has_role, require_role, roles_at

__all__ = ["RULES", "may_calibrate", "may_decide", "may_post", "require_may_calibrate"]

SUPERVISOR = (Role.SUPERVISOR,)
CALIBRATORS = (Role.ADMINISTRATOR, Role.SUPERVISOR)


DISPUTE_ACTS = (
    Act("answer", frozenset(UNDECIDED), SUPERVISOR),
    Act("credit", frozenset(UNDECIDED), SUPERVISOR),
    Act("refuse", frozenset(UNDECIDED), SUPERVISOR),
    Act("reply", frozenset(UNDECIDED), (Role.AIRLINE,)),
    Act("withdraw", frozenset(UNDECIDED), (Role.AIRLINE,)),
)
MANUAL_CHARGE_ACTS = (
    Act("approve", frozenset({ManualChargeState.ASKED}), SUPERVISOR, by_another=True),
    Act("return", frozenset({ManualChargeState.ASKED}), SUPERVISOR, by_another=True),
    step("change", ManualChargeState.RETURNED),
    step("void", ManualChargeState.ASKED, ManualChargeState.RETURNED),
)
STATEMENT_ACTS = (Act("reissue", frozenset({StatementState.ISSUED}), SUPERVISOR),)
STATEMENT_RUN_ACTS = (Act("cancel", frozenset(UNDER_WAY), SUPERVISOR),)


def may_decide(user: User) -> bool:
    """Whether the user decides on documents anywhere."""
    return user.memberships.filter(role__in=DECIDERS).exists()


def may_calibrate(user: User, site: Site) -> bool:
    """Whether the user loads strapping tables and records provings at the site."""
    return has_role(user, site, *CALIBRATORS)


def require_may_calibrate(user: User, site: Site) -> None:
    """Raise NotAllowed unless the user may."""
    require_role(user, site, *CALIBRATORS)


ACTS_OF: dict[type[Any], tuple[Act, ...]] = {
    Dispute: DISPUTE_ACTS,
    ManualCharge: MANUAL_CHARGE_ACTS,
    Statement: STATEMENT_ACTS,
    StatementRun: STATEMENT_RUN_ACTS,
}


def _is_done(document: Any, name: str) -> bool:
    """Acts that the state would allow but that do not apply to this document, or were done."""
    return False


def _is_kept_away(user: User, document: Any, act: Act) -> bool:
    """Whoever did the step before does not decide on it."""
    return False


def _roles_on(user: User, document: Any) -> frozenset[str]:
    """At a dispute the airline acts too, though it has no role at the site."""
    held = roles_at(user, document.site)
    if isinstance(document, Dispute) and acts_for(user, document.airline.organisation_id, Role.AIRLINE):
        return held | {Role.AIRLINE}
    return held


RULES = Rules(ACTS_OF, is_done=_is_done, is_kept_away=_is_kept_away, roles_on=_roles_on)
