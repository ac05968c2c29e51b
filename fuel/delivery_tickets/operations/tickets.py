"""Delivery tickets: entered, amended, signed so that their fuel leaves the tank, made void."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from documents.operations import documents
from documents.operations.acts import BY_DECIDERS, BY_POSTERS, DID_IT_BEFORE, Who, act
from documents.operations.documents import NotAsRequired, OwnWork, Refusals, WrongState
from documents.operations.numbers import give_number
from fuel.delivery_tickets.model import OPEN
from fuel.delivery_tickets.operations.entry import TicketDetails, TicketIntake, missing_figures
from fuel.delivery_tickets.operations.exceptions import (
    Explanations,
    exceptions_of,
    neighbours_of,
    note_exceptions,
    refresh_exceptions,
    require_explained,
)
from fuel.models import AttachmentKind, DefuelState, DeliveryTicket, Tank, TicketAttachment, TicketState
from fuel.operations.attachments import PICTURES, check_attachment
from fuel.operations.plausibility import implausible
from fuel.operations.tank_stock import lock_tanks, moment_of_correction
from fuel.operations.uplifts import post_uplifts
from ledger.operations import reverse
from ledger.queries import standing_transactions_of
from registry.errors import Conflict, FieldError
from registry.models import Site, User


class TicketNumberTaken(Conflict):
    """The vendor already has a ticket with this number, and it says something else."""

    code = "ticket-number-taken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A drawn signature or a photo as it was sent: PNG or JPEG, at most 5 MB."""

    kind: str
    content: bytes


def record_ticket(
    *,
    site: Site,
    details: TicketDetails,
    actor: User,
    at: datetime,
    request_key: UUID,
    pictures: Sequence[Picture] = (),
) -> DeliveryTicket:
    """Enter a ticket; measured it is metered, else a draft. Nothing leaves the tank before it is signed.

    The same request twice gives one ticket.

    Args:
        pictures: drawn or photographed so far; they stay with the ticket until it is signed, and after.
    Raises:
        NotAllowed: the actor posts no documents at the site.
        NotAsRequired: naming each field, figure and picture that cannot be accepted.
        TicketNumberTaken: the vendor has a ticket with this number.
        RequestKeyUsed: the key stands for somebody else's document.
    """
    documents.require_poster(actor, site)

    def prepare() -> DeliveryTicket:
        ticket = DeliveryTicket(site=site, prepared_by=actor, prepared_at=at, request_key=request_key)
        fill_ticket(ticket, details, at)
        give_number(document=ticket, at=at)
        documents.keep(ticket, actor=actor, at=at)
        attach(ticket=ticket, pictures=pictures, actor=actor, at=at)
        _note_implausible(ticket, details.explanations, actor, at)
        return ticket

    with transaction.atomic(), ticket_number_refused(details):
        return documents.prepared_once(DeliveryTicket, request_key=request_key, actor=actor, prepare=prepare)


@act(DeliveryTicket, "change", *OPEN)
def amend_ticket(
    *, ticket: DeliveryTicket, details: TicketDetails, actor: User, at: datetime, pictures: Sequence[Picture] = ()
) -> DeliveryTicket:
    """Replace what a ticket says that is not signed yet; what was drawn or photographed before stays with it.

    Raises:
        NotAsRequired, TicketNumberTaken: as record_ticket.
    """
    with ticket_number_refused(details), transaction.atomic():
        fill_ticket(ticket, details, at)
        documents.keep(ticket, actor=actor, at=at)
        attach(ticket=ticket, pictures=pictures, actor=actor, at=at)
        _note_implausible(ticket, details.explanations, actor, at)
    return ticket


@act(DeliveryTicket, "sign", *OPEN, to=TicketState.SIGNED, is_due=lambda ticket: ticket.state == TicketState.METERED)
def sign_ticket(
    *,
    ticket: DeliveryTicket,
    actor: User,
    at: datetime,
    signatory: str = "",
    pictures: Sequence[Picture] = (),
    explanations: Explanations | None = None,
) -> DeliveryTicket:
    """Sign a metered ticket: its fuel leaves the tank at the time of delivery, the oldest consignment first.

    What is implausible of it is asked back first; see fuel.operations.plausibility.

    Args:
        signatory: who signed for the airline; left out, whom the ticket names.
        pictures: the drawn signature and photos.
        explanations: of what is implausible, by the kind of exception, or under "" for all of it.
    Raises:
        ExceptionsUnexplained: naming everything implausible that nobody explained yet, with its figures.
        NotAsRequired: nobody signed, a picture is none, or a figure is missing.
        NotEnoughStock: less than that is released in the tank.
        PeriodClosed, NegativeInThePast: the delivery cannot be posted to its time any more.
    """
    require_complete(ticket)
    ticket.signatory = signatory.strip() or ticket.signatory
    require_signatory(ticket)
    documents.require_fit(ticket)
    require_explained([ticket], {id(ticket): explanations or {}}, rows={})
    ticket.signed_by, ticket.signed_at = actor, at
    documents.keep(ticket, actor=actor, at=at)
    attach(ticket=ticket, pictures=pictures, actor=actor, at=at)
    post_uplifts(tickets=[ticket], actor=actor)
    note_delivered([ticket], {ticket.pk: explanations or {}}, actor, at)
    return ticket


def _who_voids(ticket: DeliveryTicket) -> Who:
    """Whoever posts gives up what is not signed yet; what has left the tank is for others to decide."""
    return BY_POSTERS if ticket.signed_at is None else BY_DECIDERS


def _is_kept_from_void(user: User, ticket: DeliveryTicket) -> bool:
    return ticket.signed_at is not None and user.pk in {ticket.prepared_by_id, ticket.signed_by_id}


@act(
    DeliveryTicket,
    "void",
    *(*OPEN, TicketState.SIGNED, TicketState.MATCHED),
    to=TicketState.VOID,
    who=_who_voids,
    with_reason=True,
    is_kept_away=_is_kept_from_void,
)
def void_ticket(*, ticket: DeliveryTicket, actor: User, at: datetime, reason: str) -> DeliveryTicket:
    """Make a ticket void; its number stays. The fuel of a signed one is where it was drawn from, as if it never left.

    It comes back at the moment of delivery while those days are open, so that the ticket can be entered anew as it
    ought to have been; after that it comes back now.

    Raises:
        OwnWork: a signed ticket is made void by another than who entered or signed it.
        WrongState: it is charged, or fuel of it was taken back or cleared for the domestic market, or its tank is out
            of use.
    """
    if ticket.signed_at is not None:
        _require_not_the_fueller(ticket, actor)
    if ticket.charges.exists():
        message = _("%(number)s is charged already. Replace it by a corrected ticket.")
        raise WrongState(message % {"number": ticket.number})
    put_back(ticket=ticket, actor=actor, at=at, reason=reason)
    documents.keep(ticket, actor=actor, at=at, reason=reason)
    refresh_exceptions(neighbours_of([ticket]), at=at)
    return ticket


def put_back(*, ticket: DeliveryTicket, actor: User, at: datetime, reason: str) -> datetime:
    """Let the fuel of a ticket that becomes void be where it was drawn from; nothing of it is exceptional any more.

    Returns:
        The moment since which it is there: just before the delivery, or ``at`` where those days are settled.
    Raises:
        WrongState: fuel of it was taken back or cleared for the domestic market, or its tank is out of use.
    """
    (tank,) = lock_tanks([ticket.tank])
    note_exceptions({ticket.pk: []}, at=at)
    standing = standing_transactions_of(document_kind=ticket.kind, document_id=ticket.pk)
    if standing:
        _require_may_come_back(ticket, tank)
    moment = moment_of_correction(document=ticket, tank=tank, moment=ticket.delivered_at, at=at)
    reverse(
        transaction_ids=standing,
        actor_id=actor.pk,
        occurred_at=moment,
        reason=reason,
        idempotency_key=f"{ticket.kind}:{ticket.pk}:reverse",
    )
    return moment


def _require_may_come_back(ticket: DeliveryTicket, tank: Tank) -> None:
    words = {"number": ticket.number, "tank": tank.code}
    taken_back: Any = ticket.defuels.exclude(state=DefuelState.VOID).first()
    if taken_back is not None:
        words["defuel"] = taken_back.number
        raise WrongState(_("Fuel of %(number)s was taken back by %(defuel)s; it cannot be made void any more.") % words)
    if hasattr(ticket, "reclassification"):
        message = _(
            "The fuel of %(number)s was cleared for the domestic market, with duty and tax; it stays delivered."
        )
        raise WrongState(message % words)
    if not tank.place.is_open:
        message = _("Tank %(tank)s is out of use. Take it into use again before fuel of %(number)s comes back to it.")
        raise WrongState(message % words)


def _require_not_the_fueller(ticket: DeliveryTicket, actor: User) -> None:
    documents.require_second_person(ticket, actor)
    if ticket.signed_by_id == actor.pk:
        raise OwnWork(DID_IT_BEFORE["signed_by"] % {"number": ticket.number})


def attach(*, ticket: DeliveryTicket, pictures: Sequence[Picture], actor: User, at: datetime) -> None:
    """Keep a signature and photos with their ticket.

    Raises:
        NotAsRequired: naming the picture that is neither PNG nor JPEG, or too large.
    """
    refusals = Refusals()
    rows = []
    for picture in pictures:
        kind = AttachmentKind(picture.kind)
        content_type = check_attachment(picture.content, allowed=PICTURES, refusals=refusals, field=kind.value)
        rows.append(
            TicketAttachment(
                ticket=ticket,
                kind=picture.kind,
                content_type=content_type,
                content=picture.content,
                sha256=hashlib.sha256(picture.content).digest(),
                added_by=actor,
                added_at=at,
            )
        )
    refusals.raise_if_any()
    TicketAttachment.objects.bulk_create(rows)


def fill_ticket(ticket: DeliveryTicket, details: TicketDetails, at: datetime) -> None:
    """Write the details on a ticket and measure it; raise NotAsRequired naming everything that cannot be accepted."""
    refusals = Refusals()
    intake = TicketIntake(ticket.site, at=at)
    is_complete = intake.fill(ticket, details, refusals, row=None)
    if not is_complete and ticket.state == TicketState.METERED:
        note_missing_figures(ticket, refusals, None)
    refusals.raise_if_any()
    if is_complete:
        ticket.state = TicketState.METERED


def _note_implausible(ticket: DeliveryTicket, explanations: Explanations, actor: User, at: datetime) -> None:
    """Keep what was explained while the ticket is still being written."""
    note_exceptions({ticket.pk: implausible([ticket])[0]}, at=at, actor=actor, explanations={ticket.pk: explanations})


def note_delivered(
    tickets: Sequence[DeliveryTicket], explanations: Mapping[int, Explanations], actor: User, at: datetime
) -> None:
    """Keep what is exceptional of tickets that were signed now, and look again at those that they bear on."""
    note_exceptions(exceptions_of(tickets), at=at, actor=actor, explanations=explanations)
    others = ~Q(pk__in=[ticket.pk for ticket in tickets])
    refresh_exceptions(neighbours_of(tickets) & others, at=at)


def require_complete(ticket: DeliveryTicket) -> None:
    """Raise NotAsRequired naming the figures without which a draft cannot be signed."""
    refusals = Refusals()
    note_missing_figures(ticket, refusals, None)
    refusals.raise_if_any()


def require_signatory(ticket: DeliveryTicket) -> None:
    """Raise NotAsRequired unless the ticket names who signed for the airline."""
    if not ticket.signatory.strip():
        message = _("Write who signed for the airline.")
        raise NotAsRequired(message, errors=[FieldError(message, field="signatory")])


def note_missing_figures(ticket: DeliveryTicket, refusals: Refusals, row: int | None) -> None:
    for field in missing_figures(ticket):
        if not refusals.is_refused(field, row):
            refusals.add(_("Without this figure the ticket cannot be signed."), field, row)


@contextmanager
def ticket_number_refused(details: TicketDetails) -> Iterator[None]:
    """Tell a ticket number that the vendor used before by its field."""
    try:
        yield
    except IntegrityError as error:
        if not is_ticket_number_taken(error):
            raise
        figure = details.ticket_number.strip()
        message = _("The vendor already has a ticket with the number %(ticket)s.") % {"ticket": figure}
        errors = [FieldError(message, field="ticket_number", figure=figure)]
        raise TicketNumberTaken(message, errors=errors) from error


def is_ticket_number_taken(error: IntegrityError) -> bool:
    diagnosis = getattr(error.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", "") == "ticket_number_once_per_vendor"
