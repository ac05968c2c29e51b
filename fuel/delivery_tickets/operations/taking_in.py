"""Signed delivery tickets taken in by the file, all or none; those that had come before are known again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from documents.operations import documents
from documents.operations.documents import NotAsRequired, Refusals
from documents.operations.numbers import give_numbers
from fuel.delivery_tickets.operations.entry import TicketDetails, TicketIntake
from fuel.delivery_tickets.operations.exceptions import require_explained
from fuel.delivery_tickets.operations.tickets import is_ticket_number_taken, note_delivered, note_missing_figures
from fuel.models import DeliveryTicket, TicketState
from fuel.models.flight_numbers import flight_key
from fuel.operations.uplifts import post_uplifts
from ledger.postings import CustomsStatus
from registry.history import create_all_as
from registry.identity import folded_key
from registry.models import Site, User

MOST_TICKETS_AT_ONCE = 1000
# What makes two tickets of one vendor and number the same ticket, as they were written.
_TOLD = ("flight_date", "delivered_at", "meter_start", "meter_end", "celsius", "density_at_base")
_NAMED = ("airline", "airport", "destination", "tank", "meter")


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came of many tickets: those that are new, and those that had come before."""

    new: list[DeliveryTicket]
    known: list[DeliveryTicket]


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
        if not is_ticket_number_taken(error):
            raise
    # Another request took in some of them at the same moment; now they are known.
    return _take_in(site, details, actor, at)


@transaction.atomic
def _take_in(site: Site, details: Sequence[TicketDetails], actor: User, at: datetime) -> TakenIn:
    refusals = Refusals()
    intake = TicketIntake(site, at=at, meters=list({one.meter.pk: one.meter for one in details if one.meter}.values()))
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
            if not intake.fill(ticket, given, refusals, row=row):
                note_missing_figures(ticket, refusals, row)
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


def _keep_signed(new: Sequence[DeliveryTicket], known: Sequence[DeliveryTicket], actor: User, at: datetime) -> None:
    for ticket in (*new, *known):
        ticket.state = TicketState.SIGNED
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
