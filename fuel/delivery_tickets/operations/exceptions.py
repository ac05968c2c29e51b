"""The exceptions of tickets: what is implausible, what does not fit with others' word, and what explains it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q

from fuel.delivery_tickets.model import LIFTED
from fuel.models import DeliveryTicket, ExceptionKind, FlightRecord, FuelContract, TicketException, TicketState
from fuel.operations.plausibility import Exceptional, ExceptionsUnexplained, figure, implausible
from fuel.operations.prices import local_day
from registry.identity import folded_key
from registry.models import Aircraft, User

# What two meters of the same litres may differ: 0.3 %, and never less than 20 L.
QUANTITY_APART = Decimal("0.003")
LEAST_LITRES_APART = Decimal(20)
# An explanation of all that is exceptional of a ticket, whatever it is.
ALL_KINDS = ""

LONGEST_EXPLANATION = 400
# What the exceptions of a ticket are told by.
RELATED = ("site__zone", "airline", "destination", "tank__place", "tank__product")

Explanations = Mapping[str, str]


def exceptions_of(tickets: Sequence[DeliveryTicket]) -> dict[int, list[Exceptional]]:
    """What is exceptional of each signed ticket, one of a kind; a constant number of queries for any number of tickets.

    The tickets may be of several sites.
    """
    by_site: dict[int, list[DeliveryTicket]] = {}
    for ticket in tickets:
        by_site.setdefault(ticket.site_id, []).append(ticket)
    return {pk: noted for of_site in by_site.values() for pk, noted in _exceptions_at_site(of_site).items()}


def _exceptions_at_site(tickets: Sequence[DeliveryTicket]) -> dict[int, list[Exceptional]]:
    flights = _flights_of(tickets)
    registered = Aircraft.objects.filter(registration_key__in={folded_key(one.registration) for one in tickets})
    operator = dict(registered.values_list("registration_key", "airline"))
    twins = _twins_of(tickets)
    contracts = _contracts_of(tickets)
    found: dict[int, list[Exceptional]] = {}
    for ticket, noted in zip(tickets, implausible(tickets), strict=True):
        others = [twin for twin in twins.get(_flight(ticket), []) if twin.pk != ticket.pk]
        noted += _of_flight(ticket, flights.get(_flight(ticket)), others)
        noted += _of_operator(ticket, operator.get(folded_key(ticket.registration)))
        noted += _of_contract(ticket, contracts)
        noted += [_duplicate(ticket, twin) for twin in others if _litres_apart(ticket, twin) <= LEAST_LITRES_APART][:1]
        found[ticket.pk] = noted
    return found


def require_explained(
    tickets: Sequence[DeliveryTicket],
    explanations: Mapping[Any, Explanations],
    *,
    rows: Mapping[Any, int | None],
) -> None:
    """Raise ExceptionsUnexplained unless everything implausible of tickets that are about to be signed is explained.

    Args:
        explanations: by ticket and kind, or for all kinds; what was explained while the ticket was written counts too.
        rows: by ticket where it stands in a file.
    """
    said = _said_before([ticket.pk for ticket in tickets if ticket.pk])
    unexplained = []
    for ticket, noted in zip(tickets, implausible(tickets), strict=True):
        given = explanations.get(id(ticket), {})
        for one in noted:
            earlier = said.get((ticket.pk, str(one.kind)))
            if not (_explanation(given, one) or (earlier is not None and earlier.words == one.words)):
                unexplained.append((rows.get(id(ticket)), one))
    if unexplained:
        raise ExceptionsUnexplained(unexplained)


def note_exceptions(
    found: Mapping[int, Sequence[Exceptional]],
    *,
    at: datetime,
    actor: User | None = None,
    explanations: Mapping[int, Explanations] | None = None,
) -> None:
    """Keep what is exceptional of tickets by their ids: what is new, what is explained now, and what is no longer so.

    Args:
        explanations: by ticket and kind, or for all kinds, what the actor explains.
    """
    standing = {
        (row.ticket_id, row.kind): row
        for row in TicketException.objects.select_for_update().filter(ticket__in=found, ended_at__isnull=True)
    }
    new, explained, ended = [], [], []
    for pk, noted in found.items():
        for one in noted:
            row = standing.pop((pk, str(one.kind)), None)
            if row is not None and row.words != dict(one.words):
                ended.append(row)
                row = None
            is_new = row is None
            row = row or TicketException(ticket_id=pk, kind=one.kind, words=dict(one.words), noted_at=at)
            explanation = _explanation((explanations or {}).get(pk, {}), one)
            if explanation and row.explained_at is None and actor is not None:
                row.explanation, row.explained_by, row.explained_at = explanation, actor, at
                if not is_new:
                    explained.append(row)
            if is_new:
                new.append(row)
    ended += standing.values()
    for row in ended:
        row.ended_at = at
    TicketException.objects.bulk_update(ended, ["ended_at"])
    TicketException.objects.bulk_update(explained, ["explanation", "explained_by", "explained_at"])
    TicketException.objects.bulk_create(new)


def refresh_exceptions(waiting: Any, *, at: datetime) -> None:
    """Look again at signed tickets that wait to be matched, because something that bears on them has changed.

    Args:
        waiting: which tickets, as a condition; those that are not waiting are left as they are.
    """
    # Whoever asks holds a ticket already, so waiting for a neighbour whose own act asks for this one would never end.
    # A ticket that somebody is at work on is looked at again when it is matched.
    held: Any = DeliveryTicket.objects.select_for_update(of=("self",), no_key=True, skip_locked=True)
    rows = held.filter(state=TicketState.SIGNED)
    tickets = list(rows.filter(waiting).select_related(*RELATED).order_by("pk"))
    note_exceptions(exceptions_of(tickets), at=at)


def neighbours_of(tickets: Sequence[DeliveryTicket]) -> Q:
    """The tickets on which these bear: of the same flights, and those that the same meters delivered after them."""
    same_flights = _same_flights(tickets)
    of_meters = {ticket.meter_id for ticket in tickets if ticket.meter_id}
    if not of_meters:
        return same_flights
    earliest = min(ticket.delivered_at for ticket in tickets)
    return same_flights | Q(site=tickets[0].site_id, meter__in=of_meters, delivered_at__gte=earliest)


def _said_before(tickets: Sequence[int]) -> Mapping[tuple[int, str], TicketException]:
    if not tickets:
        return {}
    rows = TicketException.objects.filter(ticket__in=tickets, ended_at__isnull=True, explained_at__isnull=False)
    return {(row.ticket_id, row.kind): row for row in rows}


def _explanation(given: Explanations, one: Exceptional) -> str:
    return (given.get(str(one.kind)) or given.get(ALL_KINDS) or "").strip()[:LONGEST_EXPLANATION]


def _flight(one: Any) -> tuple[int, str, date]:
    return one.airline_id, one.flight_key, one.flight_date


def _same_flights(tickets: Iterable[DeliveryTicket]) -> Q:
    named = list(tickets)
    return Q(
        site=named[0].site_id,
        flight_key__in={one.flight_key for one in named},
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


def _litres_apart(ticket: DeliveryTicket, other: DeliveryTicket) -> Decimal:
    return abs((ticket.litres_observed or Decimal(0)) - (other.litres_observed or Decimal(0)))


def _of_flight(
    ticket: DeliveryTicket, flight: FlightRecord | None, others: Sequence[DeliveryTicket]
) -> list[Exceptional]:
    """A flight may be served by two refuellers: the airline reports what all its tickets delivered together."""
    if flight is None:
        return [Exceptional(ExceptionKind.GHOST_FLIGHT, {"flight": ticket.flight_number})]
    noted = []
    if folded_key(flight.registration) != folded_key(ticket.registration):
        words = {"ticket": ticket.registration, "record": flight.registration}
        noted.append(Exceptional(ExceptionKind.WRONG_REGISTRATION, words))
    if flight.destination_id != ticket.destination_id:
        words = {"ticket": ticket.destination.iata_code, "record": flight.destination.iata_code}
        noted.append(Exceptional(ExceptionKind.WRONG_DESTINATION, words))
    reported = flight.litres_reported
    delivered = sum((one.litres_observed or Decimal(0) for one in (ticket, *others)), Decimal(0))
    if reported is not None:
        apart = abs(reported - delivered)
        if apart > max(LEAST_LITRES_APART, QUANTITY_APART * delivered):
            words = {"delivered": figure(delivered), "reported": figure(reported)}
            noted.append(Exceptional(ExceptionKind.QUANTITY, words))
    return noted


def _of_operator(ticket: DeliveryTicket, airline_id: int | None) -> list[Exceptional]:
    if airline_id is None or airline_id == ticket.airline_id:
        return []
    return [Exceptional(ExceptionKind.OTHER_OPERATOR, {"registration": ticket.registration})]


def _contracts_of(tickets: Sequence[DeliveryTicket]) -> list[FuelContract]:
    airlines = {ticket.airline_id for ticket in tickets}
    return list(FuelContract.objects.filter(site=tickets[0].site_id, airline__in=airlines))


def _of_contract(ticket: DeliveryTicket, contracts: Sequence[FuelContract]) -> list[Exceptional]:
    """Quotes may still come before the statement is issued; a contract ought to be there when fuel is lifted."""
    day = local_day(ticket)
    if any(one.covers(ticket, day) for one in contracts):
        return []
    return [Exceptional(ExceptionKind.PRICE, {"airline": ticket.airline.iata_code, "day": day.isoformat()})]


def _duplicate(ticket: DeliveryTicket, twin: DeliveryTicket) -> Exceptional:
    return Exceptional(ExceptionKind.DUPLICATE, {"number": twin.number, "flight": ticket.flight_number})
