"""Posting a tank movement back, by another person."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from documents.operations import documents
from documents.operations.documents import WrongState
from documents.operations.reversals import post_back
from fuel.models import TankMovement
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
