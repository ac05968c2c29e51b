"""Posting a consignment or a tank movement back, by another person than whoever entered it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from customs.models import Document
from customs.operations import documents
from customs.operations.documents import OwnWork, WrongState
from fuel.models import FuelConsignment, TankMovement
from ledger.operations import reverse
from ledger.postings import LaterMovementsDepend
from ledger.queries import dependants_of, standing_transactions_of
from registry.errors import FieldError
from registry.models import User


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
    tank_movement = documents.locked(tank_movement)
    documents.require_decider(actor, tank_movement.site)
    documents.require_second_person(tank_movement, actor)
    reason = documents.require_reason(reason)
    if tank_movement.is_reversed:
        raise WrongState(_("%(number)s was reversed already.") % {"number": tank_movement.number})
    _post_back(tank_movement, actor, at, reason)
    tank_movement.is_reversed = True
    documents.keep(tank_movement, actor=actor, at=at, reason=reason)
    return tank_movement


def _post_back(document: Document, actor: User, at: datetime, reason: str) -> None:
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
