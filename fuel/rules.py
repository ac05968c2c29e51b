"""Who may do what to which fuel document, and when: what pages offer and refuse. The operations ask for themselves."""

from typing import Any

from customs.numbered import is_kept_from_number, number_act
from documents.acts import Act, Rules, customs_decision, decision, may_post, step
from documents.officers import decides_for_customs
from documents.operations.documents import DECIDERS, POSTERS
from fuel.models import (
    ConsignmentState,
    Defuel,
    DefuelState,
    DeliveryTicket,
    FuelConsignment,
    Gauge,
    ReconciliationState,
    TankMovement,
    TankMovementState,
    TankReconciliation,
    TicketState,
)
from fuel.models.tickets import LIFTED
from fuel.queries import (
    IN_THE_TANKS,
    has_undecided_over_delivery,
    is_for_customs,
    outstanding_loss,
    reconciliation_after,
)
from ledger.postings import CustomsStatus
from registry.models import Role, Site, User
from registry.rules import has_role, require_role

__all__ = ["RULES", "acts_on", "may_act", "may_calibrate", "may_decide", "may_post", "require_may_calibrate"]

SUPERVISOR = (Role.SUPERVISOR,)
CALIBRATORS = (Role.ADMINISTRATOR, Role.SUPERVISOR)

RECONCILIATION_ACTS = (
    step("explain", ReconciliationState.BREACHED),
    Act(
        "approve",
        frozenset({ReconciliationState.DRAWN, ReconciliationState.EXPLAINED}),
        DECIDERS,
        by_another=True,
    ),
    step("void", ReconciliationState.DRAWN, ReconciliationState.BREACHED, ReconciliationState.EXPLAINED),
    decision("reverse", ReconciliationState.APPROVED),
)

CONSIGNMENT_ACTS = (
    customs_decision("accept", ConsignmentState.ADVISED),
    customs_decision("return", ConsignmentState.ADVISED),
    step("submit", ConsignmentState.RETURNED),
    step("receive", ConsignmentState.ADVISED, ConsignmentState.ACCEPTED),
    step("change", ConsignmentState.ADVISED, ConsignmentState.RETURNED),
    Act("release", frozenset({ConsignmentState.GAUGED, ConsignmentState.HELD}), DECIDERS),
    Act("hold", frozenset({ConsignmentState.GAUGED}), (*POSTERS, Role.CUSTOMS_OFFICER)),
    Act("approve_loss", frozenset({ConsignmentState.RELEASED}), DECIDERS),
    customs_decision("admit_over", *IN_THE_TANKS),
    customs_decision("take_out_over", *IN_THE_TANKS),
    number_act(
        ConsignmentState.ACCEPTED,
        ConsignmentState.GAUGED,
        ConsignmentState.HELD,
        ConsignmentState.RELEASED,
    ),
    step("void", ConsignmentState.ADVISED, ConsignmentState.RETURNED),
    decision(
        "reverse",
        ConsignmentState.ACCEPTED,
        ConsignmentState.GAUGED,
        ConsignmentState.HELD,
        ConsignmentState.RELEASED,
    ),
)
TANK_MOVEMENT_ACTS = (
    decision("approve", TankMovementState.ASKED),
    decision("return", TankMovementState.ASKED),
    step("change", TankMovementState.RETURNED),
    step("void", TankMovementState.ASKED, TankMovementState.RETURNED),
    decision("reverse", TankMovementState.POSTED),
)
GAUGE_ACTS = (step("void", "posted"),)

TICKET_ACTS = (
    step("sign", TicketState.METERED),
    step("change", TicketState.DRAFT, TicketState.METERED),
    Act("match", frozenset({TicketState.SIGNED}), DECIDERS, by_another=True),
    step("defuel", *LIFTED),
    customs_decision("reclassify", *LIFTED),
    Act("replace", frozenset(LIFTED), SUPERVISOR, by_another=True),
    Act(
        "void",
        frozenset({TicketState.DRAFT, TicketState.METERED, TicketState.SIGNED, TicketState.MATCHED}),
        tuple(sorted({*POSTERS, *DECIDERS})),
    ),
)
DEFUEL_ACTS = (
    decision("release", DefuelState.HELD),
    decision("slop", DefuelState.HELD),
    decision("void", DefuelState.HELD),
)

# Decided by another than who measured the consignment.
AFTER_RECEIPT = frozenset({"release", "approve_loss", "admit_over", "take_out_over", "reverse"})


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
    TankReconciliation: RECONCILIATION_ACTS,
    FuelConsignment: CONSIGNMENT_ACTS,
    TankMovement: TANK_MOVEMENT_ACTS,
    Gauge: GAUGE_ACTS,
    DeliveryTicket: TICKET_ACTS,
    Defuel: DEFUEL_ACTS,
}


def _is_done(document: Any, name: str) -> bool:
    """Acts that the state would allow but that do not apply to this document, or were done."""
    if isinstance(document, FuelConsignment):
        return _is_done_to_consignment(document, name)
    if isinstance(document, Gauge):
        return document.is_void
    if isinstance(document, TankReconciliation):
        return name == "reverse" and reconciliation_after(document) is not None
    if isinstance(document, Defuel):
        return name == "void" and document.charges.exists()  # type: ignore[attr-defined]
    if isinstance(document, DeliveryTicket):
        is_cleared = document.customs_status != CustomsStatus.BONDED
        return is_cleared and (name == "reclassify" or (name == "defuel" and hasattr(document, "reclassification")))
    return False


def _is_done_to_consignment(consignment: FuelConsignment, name: str) -> bool:
    """Customs accepts bonded fuel before it is measured, and duty-paid fuel never."""
    is_bonded = not consignment.is_past_customs
    if name in {"accept", "return", "number"}:
        return not is_bonded
    if name == "receive":
        return is_bonded and consignment.state == ConsignmentState.ADVISED
    if name in {"admit_over", "take_out_over"}:
        return not has_undecided_over_delivery(consignment)
    return name == "approve_loss" and outstanding_loss(consignment) is None


def _is_kept_away(user: User, document: Any, act: Act) -> bool:
    """Whoever did the step before does not decide on it."""
    if isinstance(document, TankReconciliation) and act.name in {"approve", "reverse"}:
        is_first_hand = user.pk in {document.explained_by_id, document.approved_by_id}
        return is_first_hand or not _approves(user, document)
    if isinstance(document, DeliveryTicket):
        return _is_kept_from_ticket(user, document, act)
    if isinstance(document, FuelConsignment) and act.name in AFTER_RECEIPT:
        is_bonded = document.customs_status == CustomsStatus.BONDED
        is_others = is_bonded and not decides_for_customs(user, document.site)
        return is_others or bool(document.received_by_id == user.pk)
    return is_kept_from_number(user, document, act)


def _approves(user: User, reconciliation: TankReconciliation) -> bool:
    """Customs where bonded fuel was lost or found out of tolerance, else whoever supervises the site."""
    if is_for_customs(reconciliation):
        return decides_for_customs(user, reconciliation.site)
    return has_role(user, reconciliation.site, Role.SUPERVISOR)


def _is_kept_from_ticket(user: User, ticket: DeliveryTicket, act: Act) -> bool:
    """Whoever fuelled does not decide; a ticket that is not signed is made void by whoever posts."""
    if act.name == "void" and ticket.is_open_for_change:
        return not has_role(user, ticket.site, *POSTERS)
    if act.name in {"match", "reclassify", "replace", "void"}:
        is_first_hand = user.pk in {ticket.prepared_by_id, ticket.signed_by_id}
        return is_first_hand or not has_role(user, ticket.site, *DECIDERS)
    return False


RULES = Rules(ACTS_OF, is_done=_is_done, is_kept_away=_is_kept_away)
acts_on = RULES.acts_on
may_act = RULES.may_act
