"""Who may do what to which fuel document, and when: what pages offer and refuse. The operations ask for themselves."""

from typing import Any

from customs.acts import Act, Rules, decision, may_post, step
from customs.operations.documents import DECIDERS, POSTERS
from fuel.models import (
    UNDER_WAY,
    ConsignmentState,
    Defuel,
    DefuelState,
    DeliveryTicket,
    FuelConsignment,
    Gauge,
    ReconciliationState,
    Statement,
    StatementRun,
    StatementState,
    TankMovement,
    TankReconciliation,
    TicketState,
)
from fuel.models.tickets import FUEL_IS_OUT
from fuel.queries import outstanding_loss
from ledger.postings import CustomsStatus
from registry.models import Role, User
from registry.rules import has_role

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

TICKET_ACTS = (
    step("sign", TicketState.METERED),
    step("change", TicketState.DRAFT, TicketState.METERED),
    Act("match", frozenset({TicketState.SIGNED}), DECIDERS, by_another=True),
    step("defuel", *FUEL_IS_OUT),
    decision("reclassify", *FUEL_IS_OUT),
    Act(
        "void",
        frozenset({TicketState.DRAFT, TicketState.METERED, TicketState.SIGNED, TicketState.MATCHED}),
        tuple(sorted({*POSTERS, *DECIDERS})),
    ),
)
STATEMENT_ACTS = (Act("reissue", frozenset({StatementState.ISSUED}), SUPERVISOR),)
STATEMENT_RUN_ACTS = (Act("cancel", frozenset(UNDER_WAY), SUPERVISOR),)
DEFUEL_ACTS = (decision("release", DefuelState.HELD), decision("slop", DefuelState.HELD))

ACTS_OF: dict[type[Any], tuple[Act, ...]] = {
    TankReconciliation: RECONCILIATION_ACTS,
    FuelConsignment: CONSIGNMENT_ACTS,
    TankMovement: TANK_MOVEMENT_ACTS,
    Gauge: GAUGE_ACTS,
    DeliveryTicket: TICKET_ACTS,
    Defuel: DEFUEL_ACTS,
    Statement: STATEMENT_ACTS,
    StatementRun: STATEMENT_RUN_ACTS,
}


def _is_done(document: Any, name: str) -> bool:
    """Acts that the state would allow but that do not apply to this document, or were done."""
    if isinstance(document, FuelConsignment):
        return _is_done_to_consignment(document, name)
    if isinstance(document, Gauge):
        return document.is_void
    if isinstance(document, DeliveryTicket):
        is_cleared = document.customs_status != CustomsStatus.BONDED
        return is_cleared and (name == "reclassify" or (name == "defuel" and hasattr(document, "reclassification")))
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
    if isinstance(document, DeliveryTicket):
        return _is_kept_from_ticket(user, document, act)
    if isinstance(document, FuelConsignment) and act.name in {"release", "approve_loss", "reverse"}:
        return bool(document.received_by_id == user.pk)
    return False


def _is_kept_from_ticket(user: User, ticket: DeliveryTicket, act: Act) -> bool:
    """Whoever fuelled does not decide; a ticket that is not signed is made void by whoever posts."""
    if act.name == "void" and ticket.is_open_for_change:
        return not has_role(user, ticket.site, *POSTERS)
    if act.name in {"match", "reclassify", "void"}:
        is_first_hand = user.pk in {ticket.prepared_by_id, ticket.signed_by_id}
        return is_first_hand or not has_role(user, ticket.site, *DECIDERS)
    return False


RULES = Rules(ACTS_OF, is_done=_is_done, is_kept_away=_is_kept_away)
acts_on = RULES.acts_on
may_act = RULES.may_act
