"""Reversal of a posted document: asked for with a reason, decided by a second person, refused while others depend.

A kind of document is reversed so when one of its acts was made by `reversal_act`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from documents.kinds import declared_kinds, kinds
from documents.models import Document, Reversal, ReversalState
from documents.operations import documents
from documents.operations.acts import BY_SUPERVISORS, Act, Operation, Who, act, take_back_act
from documents.operations.documents import NotAsRequired
from documents.operations.reversals import post_back, reversible_transactions
from registry.errors import Conflict, FieldError
from registry.history import save_as
from registry.models import User

REVERSED = "reversed"


class NothingToReverse(Conflict):
    """The document has posted nothing that still stands."""

    code = "nothing-to-reverse"


class ReversalRequestedAlready(Conflict):
    """The reversal of the document was asked for already."""

    code = "reversal-asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReversalAct(Act):
    """Asking for the reversal of one kind of document, with what of a reversal is this kind's own.

    Args:
        decided_by: who decides on it.
        ends_as: tells the state that a document comes to; one with `is_reversed` is marked so too.
        require_reversible: raises what stands in the way of a document's reversal beside later movements.
        undo: given the document, undoes what it did beside its postings.
    """

    decided_by: Who = BY_SUPERVISORS
    ends_as: Callable[[Any], str] = lambda _document: REVERSED
    require_reversible: Callable[[Any], None] = lambda _document: None
    undo: Callable[..., None] = lambda document: None


def reversal_act(model: type[Document], argument: str, *states: str, **declared: Any) -> Operation[..., Reversal]:
    """The act by which whoever posts such documents asks a second person to reverse one.

    Args:
        argument: what the operation calls the document.
        states: those in which it is offered.
        declared: the rest of `ReversalAct`.
    """

    @act(
        model,
        "reverse",
        *states,
        declares=ReversalAct,
        argument=argument,
        with_reason=True,
        keeps=False,
        **declared,
    )
    def ask_to_reverse(*, actor: User, at: datetime, reason: str, **document: Any) -> Reversal:
        """Ask a second person to reverse everything that the document has posted.

        Raises:
            NothingToReverse, ReversalRequestedAlready, LaterMovementsDepend, WrongState: as request_reversal.
        """
        return request_reversal(document=document[argument], reason=reason, actor=actor, at=at)

    return ask_to_reverse


def reversal_acts() -> dict[str, ReversalAct]:
    """How each kind of document is reversed that is reversed on request, by the kind's name."""
    return {
        kind.name: offer.act for kind in declared_kinds() for offer in kind.offers if isinstance(offer.act, ReversalAct)
    }


@transaction.atomic
def request_reversal(*, document: Document, reason: str, actor: User, at: datetime) -> Reversal:
    """Ask a second person to reverse everything that a document has posted.

    Raises:
        NotAllowed: the actor posts no documents at the site.
        NotAsRequired: there is no reason, or a longer one than is kept.
        NothingToReverse: nothing that it posted still stands.
        ReversalRequestedAlready: somebody has asked already.
        LaterMovementsDepend: naming the documents that are to be reversed first.
        WrongState: its kind is undone in another way as it stands.
    """
    document = documents.locked(document)
    documents.require_poster(actor, document.site)
    reason = _short_enough(documents.require_reason(reason))
    reversal_acts()[document.kind].require_reversible(document)
    _require_any(reversible_transactions(document), document)
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
        raise ReversalRequestedAlready(_("The reversal of %(number)s was asked for already.") % words) from error
    return reversal


def _who_decides(reversal: Reversal) -> Who:
    return reversal_acts()[reversal.document_kind].decided_by


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

    Raises:
        LaterMovementsDepend: naming the documents that are to be reversed first.
        NotAsRequired: a longer reason than is kept.
        NothingToReverse, WrongState: it was undone in another way meanwhile.
    """
    document: Any = documents.locked(document_of(reversal))
    known = reversal_acts()[document.kind]
    known.require_reversible(document)
    _require_any(post_back(document, actor=actor, occurred_at=at, reason=reversal.reason), document)
    if hasattr(document, "is_reversed"):
        document.is_reversed = True
    if hasattr(document, "state"):
        document.state = known.ends_as(document)
    known.undo(document=document)
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


take_back_reversal = take_back_act(Reversal, "reversal", ReversalState.REQUESTED, to=ReversalState.WITHDRAWN)


def document_of(reversal: Reversal) -> Document:
    """The document that the reversal is about."""
    found: Document = kinds()[reversal.document_kind]._default_manager.get(pk=reversal.document_id)
    return found


def _require_any(transaction_ids: list[int], document: Document) -> None:
    if not transaction_ids:
        raise NothingToReverse(_("%(number)s has posted nothing that still stands.") % {"number": document.number})


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
