"""Posting a fuel document back - tank movement, reconciliation - by another person."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from documents.operations import documents
from documents.operations.documents import OwnWork, WrongState
from documents.operations.reversals import post_back
from fuel.models import TankMovement, TankReconciliation
from fuel.operations.reconciliation import LAST_MOMENT, require_who_approves
from fuel.operations.tank_stock import lock_tanks
from fuel.queries import reconciliation_after
from registry.models import User


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


def _reversed(document: TankMovement, actor: User, at: datetime, reason: str, *, for_customs: bool) -> TankMovement:
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
