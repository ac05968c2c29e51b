"""Disputes: an airline objects to a charge, the supplier answers, and it ends credited, withdrawn or as it was."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from documents.operations import documents
from documents.operations.acts import BY_SUPERVISORS, Who, act
from documents.operations.documents import NotAsRequired, Refusals
from documents.operations.numbers import give_number
from fuel.billing.charges.operations import Right, credit_and_rebill, credit_part, lock_airline, require_standing
from fuel.models import (
    UNDECIDED,
    Charge,
    DeliveryTicket,
    Dispute,
    DisputeAttachment,
    DisputeMessage,
    DisputeState,
    Statement,
    StatementState,
    TicketState,
)
from fuel.operations.attachments import PICTURES_AND_PDF, check_attachment
from registry.errors import Conflict, FieldError
from registry.models import Role, User

# Of a dispute, and of a charge that may become one.
BY_AIRLINE = Who(
    (Role.AIRLINE,),
    organisation_of=lambda document: document.airline.organisation_id,
    refusal=lambda document: _("Only people of %(airline)s may do this.") % {"airline": document.airline.iata_code},
)
LONGEST_MESSAGE = 4000
MOST_ATTACHMENTS = 5


class DisputedAlready(Conflict):
    """Somebody of the airline objected to the charge before, and it is not decided."""

    code = "disputed-already"


class NotOnAStatement(NotAsRequired):
    """The charge stands on no statement that is in force."""

    code = "not-on-a-statement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A picture or PDF as it was sent: PNG, JPEG or PDF, at most 5 MB."""

    name: str
    content: bytes


def raise_dispute(
    *,
    charge: Charge,
    ground: str,
    message: str,
    actor: User,
    at: datetime,
    request_key: UUID,
    claimed_amount: Decimal | None = None,
    attachments: Sequence[Attachment] = (),
) -> Dispute:
    """Object to a charge of a statement; its ticket is disputed until it is decided. The same request twice gives one.

    Args:
        ground: one of DisputeGround.
        claimed_amount: what would be right, with VAT, in the currency of the statement.
        attachments: at most five.
    Raises:
        NotAllowed: the actor is not of the airline that is charged.
        NotAsRequired: naming the message, amount or attachment that cannot be accepted.
        NotOnAStatement: the charge was not issued, or its statement is superseded.
        AlreadyCredited: the charge is a credit, or was credited.
        DisputedAlready: naming the dispute that is not decided.
        RequestKeyUsed: the key stands for somebody else's document.
    """
    BY_AIRLINE.require(actor, charge)

    def prepare() -> Dispute:
        locked = _locked_charge(charge)
        _require_disputable(locked)
        dispute = Dispute(
            site=locked.site,
            airline=locked.airline,
            charge=locked,
            statement=_statement_of(locked),
            ground=ground,
            claimed_amount=claimed_amount,
            prepared_by=actor,
            prepared_at=at,
            request_key=request_key,
        )
        documents.require_fit(dispute)
        _require_amount(claimed_amount)
        give_number(document=dispute, at=at)
        documents.keep(dispute, actor=actor, at=at)
        _say(dispute, message, attachments, actor=actor, at=at, is_of_airline=True)
        _move_ticket(dispute, TicketState.INVOICED, TicketState.DISPUTED, actor, at)
        return dispute

    with transaction.atomic():
        return documents.prepared_once(Dispute, request_key=request_key, actor=actor, prepare=prepare)


@act(Dispute, "answer", *UNDECIDED, to=DisputeState.ANSWERED, who=BY_SUPERVISORS, tells=("prepared_by",))
def answer_dispute(
    *, dispute: Dispute, message: str, actor: User, at: datetime, attachments: Sequence[Attachment] = ()
) -> Dispute:
    """Answer the airline without deciding; it then waits for the airline.

    Raises:
        NotAsRequired: there is no message, or an attachment cannot be kept.
    """
    _say(dispute, message, attachments, actor=actor, at=at, is_of_airline=False)
    return dispute


@act(Dispute, "reply", *UNDECIDED, to=DisputeState.OPEN, who=BY_AIRLINE)
def reply_to_dispute(
    *, dispute: Dispute, message: str, actor: User, at: datetime, attachments: Sequence[Attachment] = ()
) -> Dispute:
    """Add to what the airline said; it then waits for the supplier.

    Raises:
        NotAsRequired: there is no message, or an attachment cannot be kept.
    """
    _say(dispute, message, attachments, actor=actor, at=at, is_of_airline=True)
    return dispute


@act(Dispute, "withdraw", *UNDECIDED, to=DisputeState.WITHDRAWN, who=BY_AIRLINE, with_reason=True)
def withdraw_dispute(*, dispute: Dispute, actor: User, at: datetime, reason: str) -> Dispute:
    """Take the objection back; the charge stands."""
    _decide(dispute, reason, actor, at, is_of_airline=True)
    _let_ticket_stand(dispute, actor, at)
    return dispute


@act(
    Dispute,
    "refuse",
    *UNDECIDED,
    to=DisputeState.REFUSED,
    who=BY_SUPERVISORS,
    not_by=("prepared_by",),
    with_reason=True,
)
def refuse_dispute(*, dispute: Dispute, actor: User, at: datetime, reason: str) -> Dispute:
    """Let the charge stand, and say why."""
    _decide(dispute, reason, actor, at, is_of_airline=False)
    _let_ticket_stand(dispute, actor, at)
    return dispute


@act(
    Dispute,
    "credit",
    *UNDECIDED,
    to=DisputeState.CREDITED,
    who=BY_SUPERVISORS,
    not_by=("prepared_by",),
    with_reason=True,
    # As statements do: the airline first.
    lock_first=lambda dispute: lock_airline(dispute.airline),
)
def credit_dispute(
    *,
    dispute: Dispute,
    actor: User,
    at: datetime,
    reason: str,
    is_rebilled: bool = True,
    right: Right | None = None,
) -> Dispute:
    """Credit the charge, whole or down to what is right; it stands on the next statement.

    Args:
        is_rebilled: of one that is credited whole: False leaves it at the credit, else the ticket is charged again as
            it stands now.
        right: what stands afterwards of one that is credited in part.
    Raises:
        AlreadyCredited: the charge was credited meanwhile; refuse the dispute and say so.
        NotAsRequired: what is right is not less than what stands.
        NoPrice: the ticket cannot be priced as it stands now.
    """
    _decide(dispute, reason, actor, at, is_of_airline=False)
    # First, because a ticket that is only credited is not disputed any more.
    _let_ticket_stand(dispute, actor, at)
    charge: Any = Charge.objects.select_related("site__zone", "airline", "defuel").get(pk=dispute.charge_id)
    if right is not None:
        credit_part(charge=charge, right=right, reason=reason, actor=actor, at=at)
    else:
        credit_and_rebill(charge=charge, reason=reason, actor=actor, at=at, is_rebilled=is_rebilled)
    return dispute


def settle_disputes_of(*, ticket: DeliveryTicket, actor: User, at: datetime, reason: str) -> list[Dispute]:
    """Decide what an airline objects to of a ticket that gives way to a corrected one: it is credited whole."""
    undecided: Any = Dispute.objects.filter(charge__ticket=ticket, state__in=UNDECIDED).order_by("pk")
    settled = [documents.locked(dispute) for dispute in undecided]
    for dispute in settled:
        documents.require_second_person(dispute, actor)
        credit_dispute.act.move_on(dispute)
        _decide(dispute, reason, actor, at, is_of_airline=False)
    return settled


def disputable_statement(charge: Charge) -> Statement | None:
    """The statement in force that a charge stands on; None where it stands on none."""
    rows: Any = Statement.objects.filter(lines__charge=charge, state=StatementState.ISSUED)
    found: Statement | None = rows.order_by("-pk").first()
    return found


def _locked_charge(charge: Charge) -> Charge:
    """The charge, which nobody else objects to or credits until the transaction ends."""
    lock_airline(charge.airline)
    found: Charge = Charge.objects.select_related("site__zone", "airline", "ticket").get(pk=charge.pk)
    return found


def _require_disputable(charge: Charge) -> None:
    require_standing(charge)
    undecided: Any = charge.disputes.filter(state__in=UNDECIDED).first()
    if undecided is not None:
        words = {"number": undecided.number}
        raise DisputedAlready(_("%(number)s objects to this charge and is not decided. Add to it there.") % words)


def _statement_of(charge: Charge) -> Statement:
    statement = disputable_statement(charge)
    if statement is None:
        raise NotOnAStatement(_("This charge stands on no statement yet. Object to it once it is issued."))
    return statement


def _require_amount(claimed_amount: Decimal | None) -> None:
    if claimed_amount is not None and claimed_amount < 0:
        message = _("%(amount)s cannot be right here.") % {"amount": claimed_amount}
        raise NotAsRequired(message, errors=[FieldError(message, field="claimed_amount", figure=str(claimed_amount))])


def _say(
    dispute: Dispute,
    message: str,
    attachments: Sequence[Attachment],
    *,
    actor: User,
    at: datetime,
    is_of_airline: bool,
    field: str = "message",
) -> None:
    refusals = Refusals()
    text = message.strip()
    if not text:
        refusals.add(_("Say what it is about."), field)
    if len(text) > LONGEST_MESSAGE:
        words = {"length": len(text), "longest": LONGEST_MESSAGE}
        message = _("The message has %(length)s characters; at most %(longest)s are kept. Shorten it.")
        refusals.add(message % words, field, None, len(text))
    if len(attachments) > MOST_ATTACHMENTS:
        words = {"number": len(attachments), "most": MOST_ATTACHMENTS}
        refusals.add(_("%(number)s attachments; at most %(most)s are kept.") % words, "attachments")
    types = [
        check_attachment(one.content, allowed=PICTURES_AND_PDF, refusals=refusals, field="attachments")
        for one in attachments
    ]
    refusals.raise_if_any()
    said = DisputeMessage.objects.create(
        dispute=dispute, is_of_airline=is_of_airline, text=text, written_by=actor, written_at=at
    )
    longest: Any = DisputeAttachment._meta.get_field("name").max_length
    DisputeAttachment.objects.bulk_create(
        DisputeAttachment(
            message=said,
            name=one.name[-longest:],
            content_type=content_type,
            content=one.content,
            sha256=hashlib.sha256(one.content).digest(),
        )
        for one, content_type in zip(attachments, types, strict=True)
    )


def _decide(dispute: Dispute, reason: str, actor: User, at: datetime, *, is_of_airline: bool) -> None:
    dispute.decided_by, dispute.decided_at = actor, at
    documents.keep(dispute, actor=actor, at=at)
    _say(dispute, reason, (), actor=actor, at=at, is_of_airline=is_of_airline, field="reason")


def _let_ticket_stand(dispute: Dispute, actor: User, at: datetime) -> None:
    """Unless another charge of the ticket is still disputed, the ticket is invoiced as before."""
    if dispute.charge.ticket_id is None:
        return
    others = Dispute.objects.filter(charge__ticket=dispute.charge.ticket_id, state__in=UNDECIDED)
    if not others.exclude(pk=dispute.pk).exists():
        _move_ticket(dispute, TicketState.DISPUTED, TicketState.INVOICED, actor, at)


def _move_ticket(dispute: Dispute, from_state: str, to_state: str, actor: User, at: datetime) -> None:
    if dispute.charge.ticket is None:
        return
    ticket: DeliveryTicket = documents.locked(dispute.charge.ticket)
    if ticket.state == from_state:
        ticket.state = to_state
        documents.keep(ticket, actor=actor, at=at, reason=dispute.number)
