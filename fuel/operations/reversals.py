"""Posting a fuel document back - consignment, tank movement, status change, reconciliation - by another person."""

from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from customs.operations.declaration_numbers import let_go_of_number
from documents.models import Document
from documents.officers import require_customs
from documents.operations import documents
from documents.operations.documents import OwnWork, WrongState
from fuel.models import FuelConsignment, StatusChange, TankMovement, TankReconciliation
from fuel.operations.reconciliation import LAST_MOMENT, require_who_approves
from fuel.operations.tank_stock import lock_tanks
from fuel.queries import reconciliation_after
from ledger.operations import reverse
from ledger.postings import LaterMovementsDepend
from ledger.queries import dependants_of, standing_transactions_of
from registry.errors import FieldError
from registry.models import User

Moved = TypeVar("Moved", TankMovement, StatusChange)


@transaction.atomic
def reverse_consignment(*, consignment: FuelConsignment, actor: User, at: datetime, reason: str) -> FuelConsignment:
    """Reverse everything that a consignment has posted, in stock and in the account book; its number stays.

    Another document may then stand under its declaration number.

    Raises:
        NotAllowed, OwnWork: the actor decides nothing at the site - for what customs accepted, customs does -, or
            advised or measured the consignment.
        NotAsRequired: there is no reason.
        WrongState: it has posted nothing, or is reversed.
        LaterMovementsDepend: naming the documents that are to be reversed first.
    """
    consignment = documents.locked(consignment)
    for_customs = _require_who_accepted(consignment, actor)
    documents.require_second_person(consignment, actor)
    if consignment.received_by_id == actor.pk:
        words = {"number": consignment.number}
        raise OwnWork(_("You measured %(number)s yourself. Somebody else has to decide on it.") % words)
    reason = documents.require_reason(reason)
    documents.move_on(consignment, "reverse")
    post_back(consignment, actor=actor, occurred_at=at, reason=reason)
    let_go_of_number(document=consignment)
    documents.keep(consignment, actor=actor, at=at, reason=reason, for_customs=for_customs)
    return consignment


def _require_who_accepted(consignment: FuelConsignment, actor: User) -> bool:
    """What customs accepted, customs takes back; whether it is entered for customs."""
    if consignment.accepted_at is not None:
        return require_customs(actor, consignment.site)
    documents.require_decider(actor, consignment.site)
    return False


@transaction.atomic
def reverse_tank_movement(*, tank_movement: TankMovement, actor: User, at: datetime, reason: str) -> TankMovement:
    """Bring back what a tank movement took; its number stays.

    Raises:
        NotAllowed, OwnWork: the actor decides nothing at the site, or entered the movement.
        NotAsRequired: there is no reason.
        WrongState: it is reversed.
        LaterMovementsDepend: naming the documents that are to be reversed first.
    """
    documents.require_decider(actor, tank_movement.site)
    return _reversed(tank_movement, actor, at, reason, for_customs=False)


@transaction.atomic
def reverse_status_change(*, status_change: StatusChange, actor: User, at: datetime, reason: str) -> StatusChange:
    """Make fuel bonded again that was cleared, in tank and account book; its number stays, and its lots hold nothing.

    Raises:
        NotAllowed, OwnWork: customs decides at the site by others, or the actor entered the change.
        NotAsRequired: there is no reason.
        WrongState: it is reversed.
        LaterMovementsDepend: naming the documents that are to be reversed first.
        PeriodClosed: the day is in a closed period.
    """
    for_customs = require_customs(actor, status_change.site)
    return _reversed(status_change, actor, at, reason, for_customs=for_customs)


def _reversed(document: Moved, actor: User, at: datetime, reason: str, *, for_customs: bool) -> Moved:
    document = documents.locked(document)
    documents.require_second_person(document, actor)
    reason = documents.require_reason(reason)
    if document.is_reversed:
        raise WrongState(_("%(number)s was reversed already.") % {"number": document.number})
    documents.move_on(document, "reverse")
    post_back(document, actor=actor, occurred_at=at, reason=reason)
    document.is_reversed = True
    documents.keep(document, actor=actor, at=at, reason=reason, for_customs=for_customs)
    return document


@transaction.atomic
def reverse_reconciliation(
    *, reconciliation: TankReconciliation, actor: User, at: datetime, reason: str
) -> TankReconciliation:
    """Post back what the last approved reconciliation of a tank posted, at its own moment; its number stays.

    The tank may then be reconciled again, to the same gauge or to another.

    Raises:
        NotAllowed, OwnWork: the actor does not supervise the site - customs decides what it approved -, or drew it up,
            explained or approved it.
        NotAsRequired: there is no reason.
        WrongState: it is not approved, or another reconciliation of the tank follows, which is named.
        LaterMovementsDepend: naming the documents that are to be reversed first.
        PeriodClosed, NegativeInThePast: the moment of the gauge cannot be posted to any more.
    """
    reconciliation = documents.locked(reconciliation)
    for_customs = require_who_approves(reconciliation, actor)
    documents.require_second_person(reconciliation, actor)
    if actor.pk in {reconciliation.explained_by_id, reconciliation.approved_by_id}:
        words = {"number": reconciliation.number}
        raise OwnWork(_("You explained or approved %(number)s yourself. Somebody else has to decide on it.") % words)
    reason = documents.require_reason(reason)
    documents.move_on(reconciliation, "reverse")
    # Whoever draws one up locks the tank too: none comes after this one meanwhile.
    lock_tanks([reconciliation.tank])
    later = reconciliation_after(reconciliation)
    if later is not None:
        words = {"number": reconciliation.number, "later": later.number, "state": later.get_state_display()}
        raise WrongState(_("%(later)s follows %(number)s and is in the state “%(state)s”. Undo it first.") % words)
    post_back(reconciliation, actor=actor, occurred_at=reconciliation.ends_at - LAST_MOMENT, reason=reason)
    documents.keep(reconciliation, actor=actor, at=at, reason=reason, for_customs=for_customs)
    return reconciliation


def post_back(document: Document, *, actor: User, occurred_at: datetime, reason: str) -> None:
    """Reverse everything that a document has posted and that was not reversed.

    Args:
        occurred_at: when the correction takes effect.
    Raises:
        LaterMovementsDepend: naming the documents that are to be reversed first.
        PeriodClosed, NegativeInThePast: the moment cannot be posted to any more.
    """
    standing = standing_transactions_of(document_kind=document.kind, document_id=document.pk)
    own = (document.kind, document.pk)
    later = [one for one in dependants_of(transaction_ids=standing) if (one.kind, one.id) != own]
    if later:
        numbers = ", ".join(one.number for one in later)
        message = _("Later documents depend on it; reverse these first: %(numbers)s.") % {"numbers": numbers}
        raise LaterMovementsDepend(message, errors=[FieldError(message, figure=numbers)])
    reverse(
        transaction_ids=standing,
        actor_id=actor.pk,
        occurred_at=occurred_at,
        reason=reason,
        idempotency_key=f"{document.kind}:{document.pk}:reverse",
    )
