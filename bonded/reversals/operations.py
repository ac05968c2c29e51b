"""Reversal of a posted document: asked for with a reason, decided by a second person, refused while others depend.

What customs accepted or released, customs decides; everything else a supervisor.
"""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from bonded.models import Admission, Relocation, Reversal, ReversalState, Withdrawal, WithdrawalState
from bonded.queries import DOCUMENTS
from customs.operations.declaration_numbers import let_go_of_number
from documents.models import Document
from documents.operations import documents
from documents.operations.acts import BY_SUPERVISORS, Who, act
from documents.operations.documents import NotAsRequired, WrongState
from ledger.operations import reverse
from ledger.postings import LaterMovementsDepend
from ledger.queries import dependants_of, standing_transactions_of
from registry.errors import Conflict, FieldError
from registry.history import save_as
from registry.models import Role, User

# What customs accepted or released, only customs lets be undone.
DECIDED_BY_CUSTOMS = frozenset({Admission.kind, Withdrawal.kind})
REVERSED = "reversed"


def _who_decides(reversal: Reversal) -> Who:
    return Who((Role.CUSTOMS_OFFICER,)) if reversal.document_kind in DECIDED_BY_CUSTOMS else BY_SUPERVISORS


class NothingToReverse(Conflict):
    """The document has posted nothing that still stands."""

    code = "nothing-to-reverse"


class ReversalAsked(Conflict):
    """The reversal of the document was asked for already."""

    code = "reversal-asked"


@transaction.atomic
def request_reversal(*, document: Document, reason: str, actor: User, at: datetime) -> Reversal:
    """Ask a second person to reverse everything that a document has posted.

    Raises:
        NotAllowed: the actor posts no documents at the site.
        NotAsRequired: there is no reason, or a longer one than is kept.
        NothingToReverse: nothing that it posted still stands.
        ReversalAsked: somebody has asked already.
        LaterMovementsDepend: naming the documents that are to be reversed first.
        WrongState: a withdrawal is not accepted; it is made void instead.
    """
    document = documents.locked(document)
    documents.require_poster(actor, document.site)
    reason = _short_enough(documents.require_reason(reason))
    _require_reversible(document)
    reversal = Reversal(
        site=document.site,
        document_kind=document.kind,
        document_id=document.pk,
        document_number=document.number,
        reason=reason,
        requested_by=actor,
        requested_at=at,
    )
    try:
        with transaction.atomic():
            save_as(reversal, actor=actor, at=at)
    except IntegrityError as error:
        words = {"number": document.number}
        raise ReversalAsked(_("The reversal of %(number)s was asked for already.") % words) from error
    return reversal


@act(
    Reversal,
    "approve",
    ReversalState.REQUESTED,
    to=ReversalState.APPROVED,
    who=_who_decides,
    not_by=("requested_by",),
)
def approve_reversal(*, reversal: Reversal, actor: User, at: datetime, reason: str = "") -> Reversal:
    """Reverse the document: every transaction of it is posted back, latest first, and its number stays.

    A withdrawal whose goods have not left becomes void, and they are free again.

    Raises:
        LaterMovementsDepend: naming the documents that are to be reversed first.
        NotAsRequired: a longer reason than is kept.
    """
    document = documents.locked(document_of(reversal))
    standing = _require_reversible(document)
    reverse(
        transaction_ids=standing,
        actor_id=actor.pk,
        occurred_at=at,
        reason=reversal.reason,
        idempotency_key=f"reversal:{reversal.pk}",
    )
    match document:
        case Relocation():
            document.is_reversed = True
        case Withdrawal() if document.passed_at is None:
            document.state = WithdrawalState.VOID
        case _:
            document.state = REVERSED  # type: ignore[attr-defined]
    let_go_of_number(document=document)
    documents.keep(document, actor=actor, at=at, reason=reversal.reason)
    return _decided(reversal, actor, at, reason)


@act(
    Reversal,
    "refuse",
    ReversalState.REQUESTED,
    to=ReversalState.REFUSED,
    who=_who_decides,
    not_by=("requested_by",),
    with_reason=True,
)
def refuse_reversal(*, reversal: Reversal, actor: User, at: datetime, reason: str) -> Reversal:
    """Leave the document as it is, and say why.

    Raises:
        NotAsRequired: a longer reason than is kept.
    """
    return _decided(reversal, actor, at, reason)


def document_of(reversal: Reversal) -> Document:
    """The document that the reversal is about."""
    rows: Any = DOCUMENTS[reversal.document_kind]._default_manager
    found: Document = rows.get(pk=reversal.document_id)
    return found


def _require_reversible(document: Document) -> list[int]:
    """The transactions that are to be posted back; raise while something stands in the way."""
    if isinstance(document, Withdrawal) and document.passed_at is None:
        words = {"number": document.number}
        if document.state == WithdrawalState.VOID:
            raise NothingToReverse(_("%(number)s is void; what it had reserved is free again.") % words)
        if document.accepted_at is None:
            raise WrongState(_("%(number)s is not accepted yet. Make it void instead.") % words)
    standing = standing_transactions_of(document_kind=document.kind, document_id=document.pk)
    if not standing:
        raise NothingToReverse(_("%(number)s has posted nothing that still stands.") % {"number": document.number})
    own = (document.kind, document.pk)
    later = [one for one in dependants_of(transaction_ids=standing) if (one.kind, one.id) != own]
    if later:
        numbers = ", ".join(one.number for one in later)
        message = _("Later documents depend on it; reverse these first: %(numbers)s.") % {"numbers": numbers}
        raise LaterMovementsDepend(message, errors=[FieldError(message, figure=numbers)])
    return standing


def _short_enough(reason: str) -> str:
    longest: Any = Reversal._meta.get_field("reason").max_length
    if len(reason) > longest:
        words = {"length": len(reason), "longest": longest}
        message = _("The reason has %(length)s characters; at most %(longest)s are kept. Shorten it.") % words
        raise NotAsRequired(message, errors=[FieldError(message, field="reason", figure=str(len(reason)))])
    return reason


def _decided(reversal: Reversal, actor: User, at: datetime, reason: str) -> Reversal:
    reversal.decided_by, reversal.decided_at = actor, at
    reversal.decision_reason = _short_enough(reason.strip())
    return reversal
