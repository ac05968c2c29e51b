"""Three-way match of a ticket: with its meter, other tickets, and what the schedule or the airline says."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F, Q, TextChoices, Window
from django.db.models.functions import Lag
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customs.operations import documents
from customs.operations.documents import NotAsRequired, Refusals
from fuel.models import DeliveryTicket, FlightRecord, FuelContract, TicketState
from fuel.models.tickets import LIFTED
from fuel.operations.prices import local_day
from fuel.operations.tickets import require_not_the_fueller
from fuel.queries import has_ticket
from registry.errors import FieldError
from registry.history import create_all_as, update_all_as
from registry.models import Aircraft, Airline, Airport, Site, User
from registry.operations.register import enter_in_register
from registry.wording import local_time_text, quantity_text

# What two meters of the same litres may differ: 0.3 %, and never less than 20 L.
QUANTITY_APART = Decimal("0.003")
LEAST_LITRES_APART = Decimal(20)


class MatchException(TextChoices):
    QUANTITY = "quantity", gettext_lazy("Quantity differs")
    PRICE = "price", gettext_lazy("No price")
    DUPLICATE = "duplicate", gettext_lazy("Possible duplicate")
    GHOST_FLIGHT = "ghost_flight", gettext_lazy("No such flight")
    WRONG_REGISTRATION = "wrong_registration", gettext_lazy("Wrong registration")
    WRONG_DESTINATION = "wrong_destination", gettext_lazy("Wrong destination")
    METER_GAP = "meter_gap", gettext_lazy("Meter not continuous")
    MISSING_TICKET = "missing_ticket", gettext_lazy("Missing ticket")


@dataclass(frozen=True, slots=True)
class Exceptional:
    """What does not fit, with its figures in words."""

    kind: MatchException
    message: str


class ExceptionsUnexplained(NotAsRequired):
    """A ticket with exceptions is matched only with an explanation."""

    code = "exceptions-unexplained"


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
    number = flight_number.strip().upper()
    flight = FlightRecord.objects.filter(
        site=site, airline=airline, flight_number=number, flight_date=flight_date
    ).first() or FlightRecord(site=site, airline=airline, flight_number=number, flight_date=flight_date)
    flight.registration = registration.strip().upper()
    flight.destination = destination
    flight.litres_reported = litres_reported
    flight.source = source.strip()
    return enter_in_register(row=flight, actor=actor, at=at)


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
            flight_number=one.flight_number.strip().upper(),
            flight_date=one.flight_date,
            registration=one.registration.strip().upper(),
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


@transaction.atomic
def match_ticket(*, ticket: DeliveryTicket, actor: User, at: datetime, reason: str = "") -> DeliveryTicket:
    """Match a signed ticket; what does not fit has to be explained.

    Args:
        reason: what explains the exceptions.
    Raises:
        NotAllowed, OwnWork: the actor decides nothing at the site, or entered or signed the ticket.
        ExceptionsUnexplained: naming each exception with its figures.
        WrongState: it is not signed, or matched already.
    """
    ticket = documents.locked(ticket)
    documents.require_decider(actor, ticket.site)
    require_not_the_fueller(ticket, actor)
    documents.move_on(ticket, "match")
    found = exceptions_of([ticket])[ticket.pk]
    if found and not reason.strip():
        errors = [FieldError(one.message, field="reason", figure=str(one.kind)) for one in found]
        raise ExceptionsUnexplained(found[0].message, errors=errors)
    _keep_matched(ticket, actor, at, reason.strip())
    return ticket


@transaction.atomic
def match_tickets(*, site: Site, actor: User, at: datetime, through_date: date) -> list[DeliveryTicket]:
    """Match every signed ticket of a site, up to a day, in which nothing is exceptional; the others stay signed.

    Tickets that the actor entered or signed are left to somebody else.

    Raises:
        NotAllowed: the actor decides nothing at the site.
    """
    documents.require_decider(actor, site)
    rows: Any = DeliveryTicket.objects.select_for_update(of=("self",)).select_related(
        "site__zone", "airline", "destination"
    )
    waiting = list(
        rows.filter(site=site, state=TicketState.SIGNED, flight_date__lte=through_date)
        .exclude(Q(signed_by=actor) | Q(prepared_by=actor))
        .order_by("pk")
    )
    found = exceptions_of(waiting)
    matched = [ticket for ticket in waiting if not found[ticket.pk]]
    for ticket in matched:
        ticket.match()
        ticket.matched_by, ticket.matched_at = actor, at
    update_all_as(matched, fields=["state", "matched_by", "matched_at"], actor=actor, at=at)
    return matched


def exceptions_of(tickets: Sequence[DeliveryTicket]) -> dict[int, list[Exceptional]]:
    """What does not fit, by ticket; a constant number of queries for any number of tickets."""
    found: dict[int, list[Exceptional]] = {ticket.pk: [] for ticket in tickets}
    if not tickets:
        return found
    flights = _flights_of(tickets)
    aircraft = {
        one.registration: one
        for one in Aircraft.objects.filter(registration__in={ticket.registration for ticket in tickets})
    }
    ends = _earlier_ends(tickets)
    twins = _twins_of(tickets)
    contracts = _contracts_of(tickets)
    for ticket in tickets:
        noted = found[ticket.pk]
        others = [twin for twin in twins.get(_flight(ticket), []) if twin.pk != ticket.pk]
        noted += _of_flight(ticket, flights.get(_flight(ticket)), others)
        noted += _of_aircraft(ticket, aircraft.get(ticket.registration))
        noted += _of_meter(ticket, ends)
        noted += _of_contract(ticket, contracts)
        noted += [_duplicate(ticket, twin) for twin in others if _litres_apart(ticket, twin) <= LEAST_LITRES_APART]
    return found


def flights_without_ticket(*, site: Site, from_date: date, through_date: date) -> list[FlightRecord]:
    """Flights of a period that took fuel by the airline's word and have no ticket."""
    flights: Any = FlightRecord.objects.filter(
        ~has_ticket(), site=site, flight_date__range=(from_date, through_date), litres_reported__gt=0
    )
    return list(flights.select_related("airline__organisation", "destination"))


def _keep_matched(ticket: DeliveryTicket, actor: User, at: datetime, note: str) -> None:
    ticket.matched_by, ticket.matched_at, ticket.match_note = actor, at, note
    documents.keep(ticket, actor=actor, at=at, reason=note)


def _flight(one: Any) -> tuple[int, str, date]:
    return one.airline_id, one.flight_number, one.flight_date


def _same_flights(tickets: Iterable[DeliveryTicket]) -> Q:
    named = list(tickets)
    return Q(
        site=named[0].site_id,
        flight_number__in={one.flight_number for one in named},
        flight_date__in={one.flight_date for one in named},
    )


def _flights_of(tickets: Sequence[DeliveryTicket]) -> dict[tuple[int, str, date], FlightRecord]:
    rows = FlightRecord.objects.filter(_same_flights(tickets)).select_related("destination")
    return {_flight(one): one for one in rows}


def _twins_of(tickets: Sequence[DeliveryTicket]) -> dict[tuple[int, str, date], list[DeliveryTicket]]:
    twins: dict[tuple[int, str, date], list[DeliveryTicket]] = {}
    rows = DeliveryTicket.objects.filter(_same_flights(tickets), state__in=LIFTED)
    for one in rows.only("airline_id", "flight_number", "flight_date", "number", "litres_observed"):
        twins.setdefault(_flight(one), []).append(one)
    return twins


def _earlier_ends(tickets: Sequence[DeliveryTicket]) -> dict[int, tuple[Decimal, str] | None]:
    """By ticket where its meter stood after the delivery before, and that ticket's number."""
    meters = {ticket.meter_id for ticket in tickets if ticket.meter_id}
    if not meters:
        return {}
    earliest = min(ticket.delivered_at for ticket in tickets if ticket.meter_id)
    before: dict[int, tuple[Decimal, str] | None] = {}
    by_meter: dict[str, Any] = {"partition_by": [F("meter")], "order_by": [F("delivered_at"), F("pk")]}
    rows = DeliveryTicket.objects.filter(meter__in=meters, state__in=LIFTED, meter_end__isnull=False)
    latest_before = (
        rows.filter(delivered_at__lt=earliest).order_by("meter_id", "-delivered_at", "-pk").distinct("meter_id")
    )
    wanted = rows.filter(Q(delivered_at__gte=earliest) | Q(pk__in=latest_before.values("pk")))
    for pk, end, number in wanted.annotate(
        end_before=Window(Lag("meter_end"), **by_meter), number_before=Window(Lag("number"), **by_meter)
    ).values_list("pk", "end_before", "number_before"):
        before[pk] = None if end is None else (end, number)
    return before


def _litres_apart(ticket: DeliveryTicket, other: DeliveryTicket) -> Decimal:
    return abs((ticket.litres_observed or Decimal(0)) - (other.litres_observed or Decimal(0)))


def _of_flight(
    ticket: DeliveryTicket, flight: FlightRecord | None, others: Sequence[DeliveryTicket]
) -> list[Exceptional]:
    """A flight may be served by two refuellers: the airline reports what all its tickets delivered together."""
    if flight is None:
        words = {"flight": ticket.flight_number}
        message = _("No record says that %(flight)s flew on this day.") % words
        return [Exceptional(MatchException.GHOST_FLIGHT, message)]
    noted = []
    if flight.registration != ticket.registration:
        words = {"ticket": ticket.registration, "record": flight.registration}
        message = _("The ticket says %(ticket)s, the flight record %(record)s.") % words
        noted.append(Exceptional(MatchException.WRONG_REGISTRATION, message))
    if flight.destination_id != ticket.destination_id:
        words = {"ticket": ticket.destination.iata_code, "record": flight.destination.iata_code}
        message = _("The ticket says that the flight went to %(ticket)s, the flight record says %(record)s.") % words
        noted.append(Exceptional(MatchException.WRONG_DESTINATION, message))
    reported = flight.litres_reported
    delivered = sum((one.litres_observed or Decimal(0) for one in (ticket, *others)), Decimal(0))
    if reported is not None:
        apart = abs(reported - delivered)
        if apart > max(LEAST_LITRES_APART, QUANTITY_APART * delivered):
            words = {"delivered": quantity_text(delivered), "reported": quantity_text(reported)}
            message = _("%(delivered)s L were delivered, the airline reports %(reported)s L.") % words
            noted.append(Exceptional(MatchException.QUANTITY, message))
    return noted


def _of_aircraft(ticket: DeliveryTicket, aircraft: Aircraft | None) -> list[Exceptional]:
    if aircraft is None or aircraft.airline_id == ticket.airline_id:
        return []
    words = {"registration": ticket.registration}
    message = _("%(registration)s is registered for another airline.") % words
    return [Exceptional(MatchException.WRONG_REGISTRATION, message)]


def _of_meter(ticket: DeliveryTicket, ends: Mapping[int, tuple[Decimal, str] | None]) -> list[Exceptional]:
    earlier = ends.get(ticket.pk)
    if earlier is None or ticket.meter_start is None or ticket.meter_start == earlier[0]:
        return []
    words = {"start": quantity_text(ticket.meter_start), "end": quantity_text(earlier[0]), "number": earlier[1]}
    message = _("The meter began at %(start)s, but %(number)s left it at %(end)s.") % words
    return [Exceptional(MatchException.METER_GAP, message)]


def _contracts_of(tickets: Sequence[DeliveryTicket]) -> list[FuelContract]:
    airlines = {ticket.airline_id for ticket in tickets}
    return list(FuelContract.objects.filter(site=tickets[0].site_id, airline__in=airlines))


def _of_contract(ticket: DeliveryTicket, contracts: Sequence[FuelContract]) -> list[Exceptional]:
    """Quotes may still come before the statement is issued; a contract ought to be there when fuel is lifted."""
    day = local_day(ticket)
    if any(one.covers(ticket, day) for one in contracts):
        return []
    words = {"airline": ticket.airline.iata_code, "day": local_time_text(day)}
    message = _("%(airline)s has no contract on %(day)s; the uplift has no price.") % words
    return [Exceptional(MatchException.PRICE, message)]


def _duplicate(ticket: DeliveryTicket, twin: DeliveryTicket) -> Exceptional:
    words = {"number": twin.number, "flight": ticket.flight_number}
    message = _("%(number)s delivered as much into the flight %(flight)s of the same day.") % words
    return Exceptional(MatchException.DUPLICATE, message)
