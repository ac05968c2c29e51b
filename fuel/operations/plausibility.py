"""What of a delivery is implausible: asked back before the ticket is signed, by page, interface and file alike.

Nothing here is refused: fuel that has flowed has flowed. It has to be explained by whoever signs, and whoever matches
reads the explanation. Refused is only what cannot be: see fuel.delivery_tickets.operations.entry.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Max

from documents.operations.documents import NotAsRequired
from fuel import measurement
from fuel.delivery_tickets.model import LIFTED
from fuel.models import DeliveryTicket, ExceptionKind, FuelLimits, TicketState
from fuel.models.plausibility import sentence
from registry.errors import FieldError
from registry.identity import folded_key
from registry.models import Aircraft

# What a delivery may differ from what was requested without a word: one of the two is enough.
REQUEST_APART = Decimal("0.02")
LEAST_REQUEST_APART = Decimal(500)


@dataclass(frozen=True, slots=True)
class Exceptional:
    """What is implausible or does not fit, with its figures."""

    kind: ExceptionKind
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def message(self) -> str:
        return sentence(self.kind, self.words)


def figure(quantity: Decimal) -> str:
    """A figure as exceptions keep it: the same whether it was just written or read from the database."""
    return f"{quantity.normalize():f}"


class ExceptionsUnexplained(NotAsRequired):
    """A ticket with exceptions goes on only with an explanation of each."""

    code = "exceptions-unexplained"

    def __init__(self, unexplained: Sequence[tuple[int | None, Exceptional]], *, field: str = "explanations") -> None:
        errors = [FieldError(one.message, field=field, row=row, figure=str(one.kind)) for row, one in unexplained]
        super().__init__(errors[0].message, errors=errors)
        self._with_rows = list(unexplained)
        self.unexplained = [one for _row, one in unexplained]

    def told_under(self, field: str) -> "ExceptionsUnexplained":
        """The same, told of another field."""
        return ExceptionsUnexplained(self._with_rows, field=field)


def implausible(tickets: Sequence[DeliveryTicket]) -> list[list[Exceptional]]:
    """What is implausible of each measured ticket of one site, signed or not; queries do not grow with their number.

    - litres that differ from those requested by more than 2 % and more than 500 L;
    - more litres into one flight than the tanks of its aircraft hold, or of the largest aircraft of the type;
    - more litres than the site ever delivers at once;
    - a totaliser that rolled over, begins elsewhere than the delivery before it ended, or ended elsewhere than the
      delivery after it began, where that was signed before;
    - a density outside the product's specification, a temperature that the site never measures;
    - a ticket number that differs from another of the vendor in leading zeros alone.
    """
    measured = [one for one in tickets if one.litres_observed is not None]
    if not measured:
        return [[] for _ticket in tickets]
    limits = _limits_of(measured)
    aircraft = _Hangar(measured)
    flights = _litres_of_flights(measured)
    meters = _Meters(measured)
    twins = _twins(measured)
    return [
        [
            *_of_request(ticket),
            *_of_aircraft(ticket, aircraft, flights),
            *_of_limits(ticket, limits[ticket.tank_id]),
            *meters.exceptions_of(ticket),
            *twins.get(_identity(ticket), []),
        ]
        if ticket.litres_observed is not None
        else []
        for ticket in tickets
    ]


def _of_request(ticket: DeliveryTicket) -> Iterator[Exceptional]:
    delivered, requested = ticket.litres_observed, ticket.requested_litres
    if delivered is None or requested is None:
        return
    apart = abs(delivered - requested)
    if apart > LEAST_REQUEST_APART and apart > REQUEST_APART * requested:
        yield Exceptional(ExceptionKind.OVER_REQUEST, {"delivered": figure(delivered), "requested": figure(requested)})


class _Hangar:
    """How much the tanks of aircraft hold, by registration and by type."""

    def __init__(self, tickets: Sequence[DeliveryTicket]) -> None:
        keys = {folded_key(one.registration) for one in tickets}
        known = Aircraft.objects.filter(registration_key__in=keys)
        told = list(known.values_list("registration_key", "type_designator", "tank_capacity_litres"))
        self._type_of = {key: kind for key, kind, _litres in told}
        self._of_aircraft = {key: litres for key, _kind, litres in told if litres is not None}
        types = {one.aircraft_type for one in tickets} | set(self._type_of.values())
        of_type = Aircraft.objects.filter(type_designator__in=types, tank_capacity_litres__isnull=False)
        largest = of_type.order_by().values("type_designator").annotate(most=Max("tank_capacity_litres"))
        self._of_type = dict(largest.values_list("type_designator", "most"))

    def capacity(self, ticket: DeliveryTicket) -> tuple[str, int] | None:
        """Whose tanks hold how many litres: the aircraft's own, else those of the largest of its type."""
        key = folded_key(ticket.registration)
        if key in self._of_aircraft:
            return ticket.registration, self._of_aircraft[key]
        kind = self._type_of.get(key) or ticket.aircraft_type
        return (kind, self._of_type[kind]) if kind in self._of_type else None


def _flight(ticket: DeliveryTicket) -> tuple[Any, ...]:
    return ticket.airline_id, ticket.flight_key, ticket.flight_date, folded_key(ticket.registration)


def _identity(ticket: DeliveryTicket) -> Any:
    """A ticket that is not saved yet is known by its number."""
    return ticket.pk or (ticket.vendor_id, ticket.ticket_key)


def _litres_of_flights(tickets: Sequence[DeliveryTicket]) -> Mapping[tuple[Any, ...], Decimal]:
    """Litres of each flight with these tickets and those that are signed: two refuellers may serve one aircraft."""
    litres: defaultdict[tuple[Any, ...], Decimal] = defaultdict(Decimal)
    others = DeliveryTicket.objects.filter(
        site=tickets[0].site_id,
        state__in=LIFTED,
        flight_key__in={one.flight_key for one in tickets},
        flight_date__in={one.flight_date for one in tickets},
    ).exclude(pk__in=[one.pk for one in tickets if one.pk])
    named = ("airline", "flight_number", "flight_date", "registration", "litres_observed")
    for one in [*tickets, *others.only(*named)]:
        litres[_flight(one)] += one.litres_observed or Decimal(0)
    return litres


def _of_aircraft(
    ticket: DeliveryTicket, hangar: _Hangar, flights: Mapping[tuple[Any, ...], Decimal]
) -> Iterator[Exceptional]:
    held = hangar.capacity(ticket)
    delivered = flights[_flight(ticket)]
    if held is not None and delivered > held[1]:
        words = {"delivered": figure(delivered), "aircraft": held[0], "capacity": str(held[1])}
        yield Exceptional(ExceptionKind.OVER_CAPACITY, words)


def _limits_of(tickets: Sequence[DeliveryTicket]) -> Mapping[int, FuelLimits]:
    """By tank the limits of its site and product; where none were set, those that a product begins with."""
    tanks = {one.tank_id: one.tank for one in tickets}
    rows = FuelLimits.objects.filter(site=tickets[0].site_id)
    known = {one.product_id: one for one in rows}
    return {pk: known.get(tank.product_id) or FuelLimits() for pk, tank in tanks.items()}


def _of_limits(ticket: DeliveryTicket, limits: FuelLimits) -> Iterator[Exceptional]:
    litres, celsius, density = ticket.litres_observed, ticket.celsius, ticket.density_at_base
    if litres is not None and litres > limits.largest_uplift_litres:
        words = {"delivered": figure(litres), "most": figure(limits.largest_uplift_litres)}
        yield Exceptional(ExceptionKind.OVER_LIMIT, words)
    if density is not None:
        stated = _density_at(limits.density_base, ticket, density)
        if not limits.lowest_density <= stated <= limits.highest_density:
            words = {
                "density": figure(stated),
                "base": limits.density_base,
                "specification": limits.specification,
                "lowest": figure(limits.lowest_density),
                "highest": figure(limits.highest_density),
            }
            yield Exceptional(ExceptionKind.DENSITY, words)
    if celsius is not None and not limits.lowest_celsius <= celsius <= limits.highest_celsius:
        words = {
            "celsius": figure(celsius),
            "lowest": figure(limits.lowest_celsius),
            "highest": figure(limits.highest_celsius),
        }
        yield Exceptional(ExceptionKind.TEMPERATURE, words)


def _density_at(base: str, ticket: DeliveryTicket, density: Decimal) -> Decimal:
    """The same liquid's density at the temperature that the specification states it for."""
    if base == ticket.base:
        return density
    try:
        return measurement.base_density(
            reading=density,
            celsius=Decimal(measurement.Base(ticket.base).celsius).quantize(Decimal("0.01")),
            instrument=measurement.Instrument.DENSITOMETER,
            method=measurement.Method(standard=measurement.Standard(ticket.standard), base=measurement.Base(base)),
        )
    except measurement.OutsideTheStandard:
        # So far off that it is told as it was written.
        return density


@dataclass(frozen=True, slots=True)
class _Reading:
    """Where a meter stood before and after a delivery, and when that was signed; unsigned yet it has no moment."""

    identity: Any
    delivered_at: datetime
    start: Decimal
    end: Decimal
    number: str
    signed_at: datetime | None


class _Meters:
    """The deliveries of the meters in the order of their time, with those of the tickets among them."""

    def __init__(self, tickets: Sequence[DeliveryTicket]) -> None:
        of_tickets = [one for one in tickets if _has_readings(one)]
        by_meter: defaultdict[int, list[_Reading]] = defaultdict(list)
        for one in of_tickets:
            by_meter[one.meter_id].append(_reading(one))  # type: ignore[index]
        for row in _signed_readings(of_tickets):
            by_meter[row[0]].append(_Reading(*row[1:]))
        self._before: dict[Any, _Reading | None] = {}
        self._after: dict[Any, _Reading | None] = {}
        for readings in by_meter.values():
            # What is not saved yet comes after what is, at the same moment.
            readings.sort(key=lambda one: (one.delivered_at, not isinstance(one.identity, int), str(one.number)))
            for earlier, later in zip([None, *readings], [*readings, None], strict=True):
                if later is not None:
                    self._before[later.identity] = earlier
                if earlier is not None:
                    self._after[earlier.identity] = later

    def exceptions_of(self, ticket: DeliveryTicket) -> Iterator[Exceptional]:
        """A contradiction between two deliveries is one of the later signed."""
        if not _has_readings(ticket):
            return
        own = _reading(ticket)
        if own.end < own.start:
            words = {
                "start": figure(own.start),
                "end": figure(own.end),
                "delivered": figure(ticket.litres_observed or Decimal(0)),
            }
            yield Exceptional(ExceptionKind.ROLL_OVER, words)
        before, after = self._before.get(own.identity), self._after.get(own.identity)
        if before is not None and before.end != own.start and not _is_signed_before(own, before):
            words = {"start": figure(own.start), "end": figure(before.end), "number": before.number}
            yield Exceptional(ExceptionKind.METER_GAP, words)
        if after is not None and after.start != own.end and _is_signed_before(after, own):
            words = {"end": figure(own.end), "next": figure(after.start), "number": after.number}
            yield Exceptional(ExceptionKind.NEXT_START, words)


def _is_signed_before(one: _Reading, other: _Reading) -> bool:
    return one.signed_at is not None and (other.signed_at is None or one.signed_at < other.signed_at)


def _has_readings(ticket: DeliveryTicket) -> bool:
    return None not in (ticket.meter_id, ticket.meter_start, ticket.meter_end)


def _reading(ticket: DeliveryTicket) -> _Reading:
    start, end = ticket.meter_start or Decimal(0), ticket.meter_end or Decimal(0)
    number = ticket.number or ticket.ticket_number
    return _Reading(_identity(ticket), ticket.delivered_at, start, end, number, ticket.signed_at)


def _signed_readings(tickets: Sequence[DeliveryTicket]) -> list[tuple[Any, ...]]:
    """The signed deliveries of the tickets' meters from the one before the first to the one after the last."""
    if not tickets:
        return []
    moments = [one.delivered_at for one in tickets]
    rows = (
        DeliveryTicket.objects.filter(
            meter__in={one.meter_id for one in tickets},
            state__in=LIFTED,
            meter_start__isnull=False,
            meter_end__isnull=False,
        )
        .exclude(pk__in=[one.pk for one in tickets if one.pk])
        .order_by()
    )
    between = rows.filter(delivered_at__range=(min(moments), max(moments)))
    before = rows.filter(delivered_at__lt=min(moments)).order_by("meter_id", "-delivered_at", "-pk")
    after = rows.filter(delivered_at__gt=max(moments)).order_by("meter_id", "delivered_at", "pk")
    wanted = [one.distinct("meter_id").values("pk") for one in (before, after)]
    found = rows.filter(pk__in=wanted[0]) | rows.filter(pk__in=wanted[1]) | between
    return list(found.values_list("meter", "pk", "delivered_at", "meter_start", "meter_end", "number", "signed_at"))


def _twins(tickets: Sequence[DeliveryTicket]) -> Mapping[Any, list[Exceptional]]:
    """By ticket another of the vendor whose number differs in leading zeros alone, the latest."""
    keys = {one.ticket_twin_key for one in tickets}
    known = DeliveryTicket.objects.filter(vendor__in={one.vendor_id for one in tickets}, ticket_twin_key__in=keys)
    others = known.exclude(state=TicketState.VOID).only("vendor", "ticket_number", "number").order_by("pk")
    by_key: defaultdict[tuple[int, str], list[DeliveryTicket]] = defaultdict(list)
    for one in [*others, *(ticket for ticket in tickets if not ticket.pk)]:
        by_key[one.vendor_id, one.ticket_twin_key].append(one)
    found: dict[Any, list[Exceptional]] = {}
    for ticket in tickets:
        twins = [
            one
            for one in by_key[ticket.vendor_id, ticket.ticket_twin_key]
            if one.ticket_key != ticket.ticket_key and (ticket.pk is None or (one.pk or 0) < ticket.pk)
        ]
        if twins:
            words = {"number": twins[-1].number or twins[-1].ticket_number, "twin": twins[-1].ticket_number}
            found[_identity(ticket)] = [Exceptional(ExceptionKind.TWIN_NUMBER, words)]
    return found
