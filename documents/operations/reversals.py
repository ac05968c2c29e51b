"""Posting back what a document posted: nothing in the ledger is ever edited or deleted."""

from datetime import datetime

from django.utils.translation import gettext as _

from documents.models import Document
from ledger.operations import reverse
from ledger.postings import LaterMovementsDepend
from ledger.queries import dependants_of, standing_transactions_of
from registry.errors import FieldError
from registry.models import User


def reversible_transactions(document: Document) -> list[int]:
    """The ids of the transactions that a document has posted and that were not reversed.

    Raises:
        LaterMovementsDepend: naming the documents that are to be reversed first.
    """
    standing = standing_transactions_of(document_kind=document.kind, document_id=document.pk)
    own = (document.kind, document.pk)
    later = [one for one in dependants_of(transaction_ids=standing) if (one.kind, one.id) != own]
    if later:
        numbers = ", ".join(one.number for one in later)
        message = _("Later documents depend on it; reverse these first: %(numbers)s.") % {"numbers": numbers}
        raise LaterMovementsDepend(message, errors=[FieldError(message, figure=numbers)])
    return standing


def post_back(document: Document, *, actor: User, occurred_at: datetime, reason: str) -> list[int]:
    """Reverse everything that a document has posted and that was not reversed.

    Args:
        occurred_at: when the correction takes effect.
    Returns:
        The ids of the transactions that were reversed.
    Raises:
        LaterMovementsDepend: naming the documents that are to be reversed first.
        PeriodClosed, NegativeInThePast: the moment cannot be posted to any more.
    """
    standing = reversible_transactions(document)
    reverse(
        transaction_ids=standing,
        actor_id=actor.pk,
        occurred_at=occurred_at,
        reason=reason,
        idempotency_key=f"{document.kind}:{document.pk}:reverse",
    )
    return standing
