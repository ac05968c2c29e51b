"""Posting a consignment, tank movement or status change back, by another person than whoever entered it."""

from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from customs.operations import documents
from customs.operations.documents import OwnWork, WrongState
from fuel.models import FuelConsignment, StatusChange, TankMovement
from ledger.operations import reverse
from ledger.postings import LaterMovementsDepend
from ledger.queries import dependants_of, standing_transactions_of
from registry.errors import FieldError
from registry.models import User

PostedAtOnce = TypeVar("PostedAtOnce", TankMovement, StatusChange)


@transaction.atomic
def reverse_consignment(*, consignment: FuelConsignment, actor: User, at: datetime, reason: str) -> FuelConsignment:
    """Reverse everything that a consignment has posted, in stock and in the account book; its number stays.

    Raises:
        NotAllowed, OwnWork: the actor decides nothing at the site, or advised or measured the consignment.
        NotAsRequired: there is no reason.
        WrongState: it has posted nothing, or is reversed.
        LaterMovementsDepend: naming the documents that are to be reversed first.
    """
    consignment = documents.locked(consignment)
    documents.require_decider(actor, consignment.site)
    documents.require_second_person(consignment, actor)
    if consignment.received_by_id == actor.pk:
        words = {"number": consignment.number}
        raise OwnWork(_("You measured %(number)s yourself. Somebody else has to decide on it.") % words)
    reason = documents.require_reason(reason)
    documents.move_on(consignment, "reverse")
    _post_back(consignment, actor, at, reason)
    documents.keep(consignment, actor=actor, at=at, reason=reason)
    return consignment


@transaction.atomic
def reverse_tank_movement(*, tank_movement: TankMovement, actor: User, at: datetime, reason: str) -> TankMovement:
    """Bring back what a tank movement took; its number stays.

    Raises:
        NotAllowed, OwnWork: the actor decides nothing at the site, or entered the movement.
        NotAsRequired: there is no reason.
        WrongState: it is reversed.
        LaterMovementsDepend: naming the documents that are to be reversed first.
    """
    return _reversed(tank_movement, actor, at, reason)


@transaction.atomic
def reverse_status_change(*, status_change: StatusChange, actor: User, at: datetime, reason: str) -> StatusChange:
    """Make fuel bonded again that was cleared, in tank and account book; its number stays, and its lots hold nothing.

    Raises:
        NotAllowed, OwnWork: the actor decides nothing at the site, or entered the change.
        NotAsRequired: there is no reason.
        WrongState: it is reversed.
        LaterMovementsDepend: naming the documents that are to be reversed first.
        PeriodClosed: the day is in a closed period.
    """
    return _reversed(status_change, actor, at, reason)


def _reversed(document: PostedAtOnce, actor: User, at: datetime, reason: str) -> PostedAtOnce:
    document = documents.locked(document)
    documents.require_decider(actor, document.site)
    documents.require_second_person(document, actor)
    reason = documents.require_reason(reason)
    if document.is_reversed:
        raise WrongState(_("%(number)s was reversed already.") % {"number": document.number})
    _post_back(document, actor, at, reason)
    document.is_reversed = True
    documents.keep(document, actor=actor, at=at, reason=reason)
    return document


def _post_back(document: FuelConsignment | TankMovement | StatusChange, actor: User, at: datetime, reason: str) -> None:
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
        occurred_at=at,
        reason=reason,
        idempotency_key=f"{document.kind}:{document.pk}:reverse",
    )
