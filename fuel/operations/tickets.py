"""Delivery tickets: entered, amended, signed so that their fuel leaves the tank, taken in by the file, made void."""

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
from documents.operations.documents import NotAsRequired, OwnWork, Refusals, WrongState
from documents.operations.numbers import give_number, give_numbers
from fuel.models import AttachmentKind, DefuelState, DeliveryTicket, Tank, TicketAttachment, TicketState
from fuel.models.flight_numbers import flight_key
from fuel.operations.attachments import PICTURES, check_attachment
from fuel.operations.plausibility import implausible
from fuel.operations.tank_stock import lock_tanks, moment_of_correction
from fuel.operations.ticket_entry import TicketDesk, TicketDetails, missing_figures
from fuel.operations.ticket_exceptions import (
    Explanations,
    exceptions_of,
    neighbours_of,
    note_exceptions,
    refresh_exceptions,
    require_explained,
)
from fuel.operations.uplifts import post_uplifts
from ledger.operations import reverse
from ledger.postings import CustomsStatus
from ledger.queries import standing_transactions_of
from registry.errors import Conflict, FieldError
from registry.history import create_all_as
from registry.identity import folded_key
from registry.models import Site, User

MOST_TICKETS_AT_ONCE = 1000
# What makes two tickets of one vendor and number the same ticket, as they were written.
_TOLD = ("flight_date", "delivered_at", "meter_start", "meter_end", "celsius", "density_at_base")
_NAMED = ("airline", "airport", "destination", "tank", "meter")


class TicketNumberTaken(Conflict):
    """The vendor already has a ticket with this number, and it says something else."""

    code = "ticket-number-taken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A drawn signature or a photo as it was sent: PNG or JPEG, at most 5 MB."""

    kind: str
    content: bytes


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came of many tickets: those that are new, and those that had come before."""

    new: list[DeliveryTicket]
    known: list[DeliveryTicket]


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


@transaction.atomic
def amend_ticket(
    *, ticket: DeliveryTicket, details: TicketDetails, actor: User, at: datetime, pictures: Sequence[Picture] = ()
) -> DeliveryTicket:
    """Replace what a ticket says that is not signed yet; what was drawn or photographed before stays with it.

    Raises:
        NotAllowed, NotAsRequired, TicketNumberTaken: as record_ticket.
        WrongState: it is signed or void.
    """
    ticket = documents.locked(ticket)
    documents.require_poster(actor, ticket.site)
    documents.require_open_for_change(ticket)
    with ticket_number_refused(details), transaction.atomic():
        fill_ticket(ticket, details, at)
        documents.keep(ticket, actor=actor, at=at)
        attach(ticket=ticket, pictures=pictures, actor=actor, at=at)
        _note_implausible(ticket, details.explanations, actor, at)
    return ticket


@transaction.atomic
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
        NotAllowed: the actor posts no documents at the site.
        NotAsRequired: nobody signed, a picture is none, or a figure is missing.
        NotEnoughStock: less than that is released in the tank.
        WrongState: it is signed already, or void.
        PeriodClosed, NegativeInThePast: the delivery cannot be posted to its time any more.
    """
    ticket = documents.locked(ticket)
    documents.require_poster(actor, ticket.site)
    require_complete(ticket)
    ticket.signatory = signatory.strip() or ticket.signatory
    require_signatory(ticket)
    documents.require_fit(ticket)
    require_explained([ticket], {id(ticket): explanations or {}}, rows={})
    documents.move_on(ticket, "sign")
    ticket.signed_by, ticket.signed_at = actor, at
    documents.keep(ticket, actor=actor, at=at)
    attach(ticket=ticket, pictures=pictures, actor=actor, at=at)
    post_uplifts(tickets=[ticket], actor=actor)
    note_delivered([ticket], {ticket.pk: explanations or {}}, actor, at)
    return ticket


def take_in_tickets(*, site: Site, details: Sequence[TicketDetails], actor: User, at: datetime) -> TakenIn:
    """Take in signed tickets, all or none; those that had come before with the same figures are left as they are.

    One that had come before and waits for its signature is signed by this. A ticket is compared with what was written
    on it: what became of it since - another flight, a tank out of use - makes it no other ticket.

    Args:
        details: at most 1,000, each with everything that a signed ticket says.
    Raises:
        NotAllowed: the actor posts no documents at the site.
        NotAsRequired: naming row, field and figure of everything at fault: also a ticket twice with other figures,
            and more than is released in a tank.
        ExceptionsUnexplained: naming by its row everything implausible that its ticket does not explain.
        PeriodClosed, NegativeInThePast: a delivery cannot be posted to its time any more.
    """
    documents.require_poster(actor, site)
    documents.require_lines(details)
    if len(details) > MOST_TICKETS_AT_ONCE:
        words = {"rows": len(details), "most": MOST_TICKETS_AT_ONCE}
        raise NotAsRequired(_("%(rows)s tickets at once; at most %(most)s can be taken in.") % words)
    try:
        return _take_in(site, details, actor, at)
    except IntegrityError as error:
        if not _is_ticket_number_taken(error):
            raise
    # Another desk took in some of them at the same moment; now they are known.
    return _take_in(site, details, actor, at)


@transaction.atomic
def void_ticket(*, ticket: DeliveryTicket, actor: User, at: datetime, reason: str) -> DeliveryTicket:
    """Make a ticket void; its number stays. The fuel of a signed one is where it was drawn from, as if it never left.

    It comes back at the moment of delivery while those days are open, so that the ticket can be entered anew as it
    ought to have been; after that it comes back now.

    Raises:
        NotAllowed: the actor posts no documents at the site; for a signed ticket: decides nothing there.
        OwnWork: a signed ticket is made void by another than who entered or signed it.
        NotAsRequired: there is no reason.
        WrongState: it is declared, charged, invoiced or void, or fuel of it was taken back or cleared for the domestic
            market, or its tank is out of use.
    """
    ticket = documents.locked(ticket)
    if ticket.is_open_for_change:
        documents.require_poster(actor, ticket.site)
    else:
        documents.require_decider(actor, ticket.site)
        require_not_the_fueller(ticket, actor)
    reason = documents.require_reason(reason)
    documents.move_on(ticket, "make_void")
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


def require_not_the_fueller(ticket: DeliveryTicket, actor: User) -> None:
    """Raise OwnWork when the actor entered or signed the ticket."""
    documents.require_second_person(ticket, actor)
    if ticket.signed_by_id == actor.pk:
        words = {"number": ticket.number}
        raise OwnWork(_("You signed %(number)s yourself. Somebody else has to decide on it.") % words)


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


@transaction.atomic
def _take_in(site: Site, details: Sequence[TicketDetails], actor: User, at: datetime) -> TakenIn:
    refusals = Refusals()
    desk = TicketDesk(site, at=at, meters=list({one.meter.pk: one.meter for one in details if one.meter}.values()))
    known_by_number, replaced = _known(details)
    known: list[DeliveryTicket] = []
    to_sign: list[DeliveryTicket] = []
    new: list[DeliveryTicket] = []
    numbers_seen: dict[tuple[int, str], int] = {}
    for row, given in enumerate(details):
        key = (given.vendor.pk, folded_key(given.ticket_number))
        earlier = known_by_number.get(key)
        if key in numbers_seen:
            message = _("Ticket %(number)s stands in row %(row)s too.")
            words = {"number": given.ticket_number, "row": numbers_seen[key] + 1}
            refusals.add(message % words, "ticket_number", row, given.ticket_number)
            continue
        numbers_seen[key] = row
        wrong = replaced.get(key)
        if wrong is not None and _written_on(wrong) == _written(given):
            known.append(wrong)
        elif earlier is not None and _written_on(earlier) != _written(given):
            refusals.add(_taken(earlier), "ticket_number", row, given.ticket_number)
        elif earlier is not None and not earlier.is_open_for_change:
            known.append(earlier)
        else:
            ticket = earlier or DeliveryTicket(site=site, prepared_by=actor, prepared_at=at)
            if not desk.fill(ticket, given, refusals, row=row):
                _note_missing_figures(ticket, refusals, row)
            if not ticket.signatory.strip():
                refusals.add(_("Write who signed for the airline."), "signatory", row)
            (new if earlier is None else to_sign).append(ticket)
    refusals.raise_if_any()
    signed = [*new, *to_sign]
    if signed:
        row_of = {id(one): numbers_seen[one.vendor_id, one.ticket_key] for one in signed}
        explanations = {id(one): details[row_of[id(one)]].explanations for one in signed}
        require_explained(signed, explanations, rows=row_of)
        _keep_signed(new, to_sign, actor, at)
        # New ones have their ids by now.
        post_uplifts(tickets=signed, actor=actor, rows={one.pk: row_of[id(one)] for one in signed})
        note_delivered(signed, {one.pk: explanations[id(one)] for one in signed}, actor, at)
    return TakenIn(signed, known)


def fill_ticket(ticket: DeliveryTicket, details: TicketDetails, at: datetime) -> None:
    """Write the details on a ticket and measure it; raise NotAsRequired naming everything that cannot be accepted."""
    refusals = Refusals()
    desk = TicketDesk(ticket.site, at=at)
    is_complete = desk.fill(ticket, details, refusals, row=None)
    if not is_complete and ticket.state == TicketState.METERED:
        _note_missing_figures(ticket, refusals, None)
    refusals.raise_if_any()
    if is_complete:
        documents.move_on(ticket, "record_metering")


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
    if ticket.state != TicketState.DRAFT:
        return
    refusals = Refusals()
    _note_missing_figures(ticket, refusals, None)
    refusals.raise_if_any()


def require_signatory(ticket: DeliveryTicket) -> None:
    """Raise NotAsRequired unless the ticket names who signed for the airline."""
    if not ticket.signatory.strip():
        message = _("Write who signed for the airline.")
        raise NotAsRequired(message, errors=[FieldError(message, field="signatory")])


def _note_missing_figures(ticket: DeliveryTicket, refusals: Refusals, row: int | None) -> None:
    for field in missing_figures(ticket):
        if not refusals.is_refused(field, row):
            refusals.add(_("Without this figure the ticket cannot be signed."), field, row)


def _keep_signed(new: Sequence[DeliveryTicket], known: Sequence[DeliveryTicket], actor: User, at: datetime) -> None:
    for ticket in (*new, *known):
        ticket.record_metering()
        ticket.sign()
        ticket.signed_by, ticket.signed_at = actor, at
    if new:
        give_numbers(documents=new, at=at)
        create_all_as(new, actor=actor, at=at)
    for ticket in known:
        documents.keep(ticket, actor=actor, at=at)


_ByNumber = dict[tuple[int, str], DeliveryTicket]


def _known(details: Sequence[TicketDetails]) -> tuple[_ByNumber, _ByNumber]:
    """By vendor and number the tickets that stand, and those that gave way to a corrected one."""
    rows: Any = DeliveryTicket.objects.select_for_update(of=("self",))
    found = (
        rows.filter(
            vendor__in={given.vendor.pk for given in details},
            ticket_key__in={folded_key(given.ticket_number) for given in details},
        )
        .exclude(state=TicketState.VOID, replaced_by=None)
        .select_related("site__zone", "reclassification")
        .order_by("pk")
    )
    by_number = [((ticket.vendor_id, ticket.ticket_key), ticket) for ticket in found]
    standing = {key: ticket for key, ticket in by_number if ticket.state != TicketState.VOID}
    return standing, {key: ticket for key, ticket in by_number if ticket.state == TicketState.VOID}


def _written(one: Any) -> dict[str, Any]:
    """What was written on a ticket, of its details or of the ticket; litres only where no meter tells them."""
    told = {name: getattr(one, name) for name in _TOLD}
    told |= {name: _key_of(one, name) for name in _NAMED}
    told |= {"flight_number": flight_key(one.flight_number), "registration": folded_key(one.registration)}
    is_metered = None not in (told["meter"], one.meter_start, one.meter_end)
    told["litres_observed"] = None if is_metered else one.litres_observed
    return {**told, "customs_status": str(one.customs_status)}


def _key_of(one: Any, name: str) -> int | None:
    """Of a ticket without asking for the row that it names: a file may know a thousand."""
    if isinstance(one, DeliveryTicket):
        key: int | None = getattr(one, f"{name}_id")
        return key
    named = getattr(one, name)
    return None if named is None else int(named.pk)


def _written_on(ticket: DeliveryTicket) -> dict[str, Any]:
    """As it was written, before its flight turned domestic."""
    told = _written(ticket)
    if hasattr(ticket, "reclassification"):
        told["destination"] = ticket.reclassification.was_destination_id
        told["customs_status"] = str(CustomsStatus.BONDED.value)
    return told


def _taken(known: DeliveryTicket) -> str:
    words = {"ticket": known.ticket_number, "number": known.number}
    return _("The vendor's ticket %(ticket)s came before as %(number)s and says something else.") % words


@contextmanager
def ticket_number_refused(details: TicketDetails) -> Iterator[None]:
    """Tell a ticket number that the vendor used before by its field."""
    try:
        yield
    except IntegrityError as error:
        if not _is_ticket_number_taken(error):
            raise
        figure = details.ticket_number.strip()
        message = _("The vendor already has a ticket with the number %(ticket)s.") % {"ticket": figure}
        errors = [FieldError(message, field="ticket_number", figure=figure)]
        raise TicketNumberTaken(message, errors=errors) from error


def _is_ticket_number_taken(error: IntegrityError) -> bool:
    diagnosis = getattr(error.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", "") == "ticket_number_once_per_vendor"
