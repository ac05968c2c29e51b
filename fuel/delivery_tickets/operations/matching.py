"""Three-way match of a ticket: with its meter, other tickets, and what the schedule or the airline says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from documents.operations import documents
from documents.operations.acts import BY_DECIDERS, act
from documents.operations.documents import Refusals
from fuel.delivery_tickets.operations.exceptions import (
    ALL_KINDS,
    RELATED,
    exceptions_of,
    note_exceptions,
    refresh_exceptions,
)
from fuel.models import DeliveryTicket, FlightRecord, TicketException, TicketState
from fuel.models.flight_numbers import flight_key, written_flight, written_registration
from fuel.operations.plausibility import ExceptionsUnexplained
from fuel.queries import has_ticket
from registry.history import create_all_as, update_all_as
from registry.models import Airline, Airport, Site, User
from registry.operations.register import enter_in_register


@transaction.atomic
def record_flight(
    *,
    site: Site,
    airline: Airline,
    flight_number: str,
    flight_date: date,
    registration: str,
    destination: Airport,
    actor: User,
    at: datetime,
    litres_reported: Decimal | None = None,
    source: str = "",
) -> FlightRecord:
    """Record a departure by the schedule or the airline; told again, the later word replaces the earlier.

    Raises:
        NotAllowed: the actor posts no documents at the site.
        NotFitForRegister: naming each field and figure that cannot be accepted.
    """
    documents.require_poster(actor, site)
    Site.objects.select_for_update(of=("self",)).get(pk=site.pk)
    number = written_flight(flight_number)
    flight = FlightRecord.objects.filter(
        site=site, airline=airline, flight_key=flight_key(number), flight_date=flight_date
    ).first() or FlightRecord(site=site, airline=airline, flight_number=number, flight_date=flight_date)
    flight.registration = written_registration(registration)
    flight.destination = destination
    flight.litres_reported = litres_reported
    flight.source = source.strip()
    recorded = enter_in_register(row=flight, actor=actor, at=at)
    refresh_exceptions(_of_flights(site, [recorded]), at=at)
    return recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class FlightToRecord:
    """A departure as the schedule or the airline tells it; litres where the airline tells them."""

    airline: Airline
    flight_number: str
    flight_date: date
    registration: str
    destination: Airport
    litres_reported: Decimal | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class RecordedFlights:
    """How many departures were new, how many were told otherwise before, and how many were known as they are."""

    new: int
    changed: int
    known: int


_TOLD_OF_A_FLIGHT = ("registration", "destination", "litres_reported", "source")


@transaction.atomic
def record_flights(*, site: Site, flights: Sequence[FlightToRecord], actor: User, at: datetime) -> RecordedFlights:
    """Record many departures at once, all or none; told again, the later word replaces the earlier.

    Raises:
        NotAllowed: the actor posts no documents at the site.
        NotAsRequired: naming row, field and figure of everything at fault; also a flight that is told in two ways.
    """
    documents.require_poster(actor, site)
    Site.objects.select_for_update(no_key=True, of=("self",)).get(pk=site.pk)
    rows = [
        FlightRecord(
            site=site,
            airline=one.airline,
            flight_number=written_flight(one.flight_number),
            flight_date=one.flight_date,
            registration=written_registration(one.registration),
            destination=one.destination,
            litres_reported=one.litres_reported,
            source=one.source.strip(),
        )
        for one in flights
    ]
    _require_tellable(rows)
    days = {row.flight_date for row in rows}
    known = {_flight(one): one for one in FlightRecord.objects.filter(site=site, flight_date__in=days)}
    new: list[FlightRecord] = []
    changed: list[FlightRecord] = []
    for row in {_flight(row): row for row in rows}.values():
        present = known.get(_flight(row))
        if present is None:
            new.append(row)
        elif _told(present) != _told(row):
            present.registration, present.destination = row.registration, row.destination
            present.litres_reported, present.source = row.litres_reported, row.source
            changed.append(present)
    if new:
        create_all_as(new, actor=actor, at=at)
    update_all_as(changed, fields=_TOLD_OF_A_FLIGHT, actor=actor, at=at)
    if new or changed:
        refresh_exceptions(_of_flights(site, [*new, *changed]), at=at)
    return RecordedFlights(len(new), len(changed), len(rows) - len(new) - len(changed))


def _require_tellable(rows: Sequence[FlightRecord]) -> None:
    refusals = Refusals()
    first: dict[Any, int] = {}
    for number, row in enumerate(rows):
        refusals.row_fits(row, number=number, exclude={"site", "airline", "destination"})
        litres = row.litres_reported
        if litres is not None and litres.is_finite() and litres < 0:
            refusals.add(_("The litres cannot be below zero."), "litres_reported", number, litres)
        earlier = first.setdefault(_flight(row), number)
        if _told(rows[earlier]) != _told(row):
            message = _("An earlier row tells something else of %(flight)s. Leave one of the two.") % {"flight": row}
            refusals.add(message, "flight_number", number, row.flight_number)
    refusals.raise_if_any()


def _told(flight: FlightRecord) -> tuple[Any, ...]:
    return flight.registration, flight.destination_id, flight.litres_reported, flight.source


@act(
    DeliveryTicket,
    "match",
    TicketState.SIGNED,
    to=TicketState.MATCHED,
    who=BY_DECIDERS,
    not_by=("prepared_by", "signed_by"),
    # Matched by the hundred each day, with nothing that whoever filled in or signed has to know.
    tells=(),
)
def match_ticket(*, ticket: DeliveryTicket, actor: User, at: datetime, reason: str = "") -> DeliveryTicket:
    """Match a signed ticket; what is exceptional of it has to be explained, by the fueller or now by the matcher.

    Args:
        reason: what explains the exceptions that nobody explained yet.
    Raises:
        ExceptionsUnexplained: naming each exception with its figures.
    """
    found = exceptions_of([ticket])
    note_exceptions(found, at=at, actor=actor, explanations={ticket.pk: {ALL_KINDS: reason}})
    explained = set(
        TicketException.objects.filter(ticket=ticket, ended_at__isnull=True, explained_at__isnull=False).values_list(
            "kind", flat=True
        )
    )
    unexplained = [(None, one) for one in found[ticket.pk] if one.kind not in explained]
    if unexplained:
        raise ExceptionsUnexplained(unexplained, field="reason")
    ticket.matched_by, ticket.matched_at, ticket.match_note = actor, at, reason.strip()
    return ticket


@transaction.atomic
def match_tickets(*, site: Site, actor: User, at: datetime, through_date: date) -> list[DeliveryTicket]:
    """Match every signed ticket of a site, up to a day, in which nothing is exceptional; the others stay signed.

    What a fueller explained is read by somebody before it is matched, so such tickets stay too.

    Tickets that the actor entered or signed are left to somebody else.

    Raises:
        NotAllowed: the actor decides nothing at the site.
    """
    documents.require_decider(actor, site)
    rows: Any = DeliveryTicket.objects.select_for_update(of=("self",)).select_related(*RELATED)
    waiting = list(
        rows.filter(site=site, state=TicketState.SIGNED, flight_date__lte=through_date)
        .exclude(Q(signed_by=actor) | Q(prepared_by=actor))
        .order_by("pk")
    )
    found = exceptions_of(waiting)
    note_exceptions(found, at=at)
    matched = [ticket for ticket in waiting if not found[ticket.pk]]
    for ticket in matched:
        ticket.state = TicketState.MATCHED
        ticket.matched_by, ticket.matched_at = actor, at
    update_all_as(matched, fields=["state", "matched_by", "matched_at"], actor=actor, at=at)
    return matched


def flights_without_ticket(*, site: Site, from_date: date, through_date: date) -> list[FlightRecord]:
    """Flights of a period that took fuel by the airline's word and have no ticket."""
    flights: Any = FlightRecord.objects.filter(
        ~has_ticket(), site=site, flight_date__range=(from_date, through_date), litres_reported__gt=0
    )
    return list(flights.select_related("airline__organisation", "destination"))


def _of_flights(site: Site, flights: Sequence[FlightRecord]) -> Q:
    return Q(
        site=site,
        airline__in={one.airline_id for one in flights},
        flight_key__in={one.flight_key for one in flights},
        flight_date__in={one.flight_date for one in flights},
    )


def _flight(one: FlightRecord) -> tuple[int, str, date]:
    return one.airline_id, one.flight_key, one.flight_date
