"""Who may do what to which fuel document, and when: what pages offer and refuse. The operations ask for themselves."""

from typing import Any

from customs.acts import Act, Rules, may_post, step
from fuel.models import ReconciliationState, TankReconciliation
from registry.models import Role, User

__all__ = ["RULES", "acts_on", "may_act", "may_post"]

SUPERVISOR = (Role.SUPERVISOR,)

RECONCILIATION_ACTS = (
    step("explain", ReconciliationState.BREACHED),
    Act(
        "approve",
        frozenset({ReconciliationState.DRAWN, ReconciliationState.EXPLAINED}),
        SUPERVISOR,
        by_another=True,
    ),
    step("void", ReconciliationState.DRAWN, ReconciliationState.BREACHED, ReconciliationState.EXPLAINED),
)

ACTS_OF: dict[type[Any], tuple[Act, ...]] = {
    TankReconciliation: RECONCILIATION_ACTS,
}


def _is_done(document: Any, name: str) -> bool:
    """Acts that the state would allow but that do not apply to this document, or were done."""
    return False


def _is_kept_away(user: User, document: Any, act: Act) -> bool:
    """Whoever did the step before does not decide on it."""
    if isinstance(document, TankReconciliation) and act.name == "approve":
        return bool(document.explained_by_id == user.pk)
    return False


RULES = Rules(ACTS_OF, is_done=_is_done, is_kept_away=_is_kept_away)
acts_on = RULES.acts_on
may_act = RULES.may_act
