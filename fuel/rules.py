"""Who may do what to which fuel document, and when: what pages offer and refuse. The operations ask for themselves."""

from typing import Any

from customs.acts import Act, Rules, decision, may_post, step
from customs.operations.documents import DECIDERS, POSTERS
from fuel.models import (
    ConsignmentState,
    FuelConsignment,
    Gauge,
    ReconciliationState,
    TankMovement,
    TankReconciliation,
)
from fuel.queries import outstanding_loss
from ledger.postings import CustomsStatus
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

CONSIGNMENT_ACTS = (
    decision("accept", ConsignmentState.ADVISED),
    step("receive", ConsignmentState.ADVISED, ConsignmentState.ACCEPTED),
    step("change", ConsignmentState.ADVISED),
    Act("release", frozenset({ConsignmentState.GAUGED, ConsignmentState.HELD}), DECIDERS),
    Act("hold", frozenset({ConsignmentState.GAUGED}), (*POSTERS, Role.CUSTOMS_OFFICER)),
    Act("approve_loss", frozenset({ConsignmentState.RELEASED}), DECIDERS),
    step("void", ConsignmentState.ADVISED),
    decision(
        "reverse",
        ConsignmentState.ACCEPTED,
        ConsignmentState.GAUGED,
        ConsignmentState.HELD,
        ConsignmentState.RELEASED,
    ),
)
TANK_MOVEMENT_ACTS = (decision("reverse", "posted"),)
GAUGE_ACTS = (step("void", "posted"),)

ACTS_OF: dict[type[Any], tuple[Act, ...]] = {
    TankReconciliation: RECONCILIATION_ACTS,
    FuelConsignment: CONSIGNMENT_ACTS,
    TankMovement: TANK_MOVEMENT_ACTS,
    Gauge: GAUGE_ACTS,
}


def _is_done(document: Any, name: str) -> bool:
    """Acts that the state would allow but that do not apply to this document, or were done."""
    if isinstance(document, FuelConsignment):
        return _is_done_to_consignment(document, name)
    if isinstance(document, Gauge):
        return document.is_void
    return isinstance(document, TankMovement) and document.is_reversed


def _is_done_to_consignment(consignment: FuelConsignment, name: str) -> bool:
    """Customs accepts bonded fuel before it is measured, and duty-paid fuel never."""
    is_bonded = consignment.customs_status == CustomsStatus.BONDED
    if name == "accept":
        return not is_bonded
    if name == "receive":
        return is_bonded and consignment.state == ConsignmentState.ADVISED
    return name == "approve_loss" and outstanding_loss(consignment) is None


def _is_kept_away(user: User, document: Any, act: Act) -> bool:
    """Whoever did the step before does not decide on it."""
    if isinstance(document, TankReconciliation) and act.name == "approve":
        return bool(document.explained_by_id == user.pk)
    if isinstance(document, FuelConsignment) and act.name in {"release", "approve_loss", "reverse"}:
        return bool(document.received_by_id == user.pk)
    return False


RULES = Rules(ACTS_OF, is_done=_is_done, is_kept_away=_is_kept_away)
acts_on = RULES.acts_on
may_act = RULES.may_act
