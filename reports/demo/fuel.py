"""The fuel year at Urumqi: trains come, tanks are gauged, freighters are fuelled, statements go out at month's end."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db import transaction

from fuel.delivery_tickets.operations import tickets
from fuel.delivery_tickets.operations.entry import TicketDetails
from fuel.delivery_tickets.operations.matching import FlightToRecord, match_ticket, match_tickets, record_flights
from fuel.delivery_tickets.operations.taking_in import take_in_tickets
from fuel.gauges import operations as gauges
from fuel.models import (
    ExceptionKind,
    Meter,
    Tank,
)
from fuel.reconciliations.operations.reconciling import (
    approve_reconciliation,
    draw_up_reconciliation,
    explain_reconciliation,
)
from registry.models import Aircraft, Airline
from reports.demo.aviation import AIRLINES, UPLIFT_LITRES, celsius_of
from reports.demo.calendar import CUSTOMS_TIME, month_ends
from reports.demo.fuel_accounts import plan_month_end
from reports.demo.fuel_events import ask_to_clear, something_unusual
from reports.demo.fuel_prices import publish_prices
from reports.demo.fuel_trains import carry_train, receive, train
from reports.demo.people import Crew
from reports.demo.slops import move_slops
from reports.demo.tank_farm import TankFarm, open_farm
from reports.demo.warehouse import Pace

SHORT_TRAIN_KG = Decimal(600_000)
MORE_THAN_REQUESTED = 4000
# Tickets and flights are numbered from here that are still open when the story ends.
LATE_TICKETS = 90
# Tanks whose last reconciliation waits for the supervisor: one as it was drawn up, one explained.
LEFT_OPEN = ("T-101", "T-102")


def tell_fuel(crew: Crew, *, first: date, until: datetime, pace: Pace) -> Counter[str]:
    """Let the tank farm live from the first day until the moment; return how often what happened."""
    farm = TankFarm(crew, until, pace)
    opened_at = datetime.combine(first, time(1), CUSTOMS_TIME)
    with transaction.atomic():
        open_farm(farm, first, opened_at)
    _plan(farm, first)
    while farm.agenda:
        at, event = farm.agenda.take()
        event(at)
    return farm.told


def _plan(farm: TankFarm, first: date) -> None:
    """Put week after week on the agenda, and what follows the end of each month."""
    day, yesterday = first, farm.today - timedelta(days=1)
    while day <= yesterday:
        days = (day + timedelta(days=number) for number in range(7))
        week = [one for one in days if one <= yesterday and one.month == day.month]
        farm.agenda.add(_clock(day, 1), lambda at, week=week: receive(farm, week[0]))
        farm.agenda.add(_clock(week[-1], 23, 50), lambda at, week=week: _fuel(farm, week, at))
        day = week[-1] + timedelta(days=1)
        if day.month != week[0].month or day > yesterday:
            farm.last_gauged_at = _clock(week[-1], 23, 55)
            is_over = day.month != week[0].month
            farm.agenda.add(farm.last_gauged_at, lambda at, is_over=is_over: _reconcile_all(farm, at, is_over=is_over))
    farm.agenda.add(farm.until - timedelta(minutes=9), lambda at: _fuel(farm, [farm.today], at))
    farm.agenda.add(farm.until - timedelta(minutes=5), lambda at: _leave_open_work(farm, at))
    for last in month_ends(first, farm.today):
        plan_month_end(farm, max(last.replace(day=1), first), last)


def _clock(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), CUSTOMS_TIME)


@transaction.atomic
def _fuel(farm: TankFarm, week: list[date], at: datetime) -> None:
    """The flights of a week, their tickets as a file of the refuelling vehicles, and their match."""
    details: list[TicketDetails] = []
    flown: list[FlightToRecord] = []
    guessed: defaultdict[int, Decimal] = defaultdict(Decimal)
    publish_prices(farm, through=week[-1], at=at)
    for day in week:
        for which in range(farm.pace.flights):
            _code, _n, _z, _c, iata, _i, _m, routes, kind = AIRLINES[
                (which + day.toordinal() * farm.pace.flights) % farm.pace.airlines
            ]
            airline = farm.airlines[iata]
            if _clock(day, 5 + which) > at:
                # Still to come.
                continue
            aircraft = farm.chance.choice(farm.aircraft[airline.pk])
            details.append(_ticket(farm, day, which, airline, aircraft, farm.chance.choice(routes), kind))
            # About what it takes; put right as soon as it is measured.
            taken_kg = ((details[-1].meter_end or 0) - (details[-1].meter_start or 0)) * Decimal("0.8")
            farm.held_kg[details[-1].tank.pk] -= max(Decimal(taken_kg), Decimal(0))
            guessed[details[-1].tank.pk] += max(Decimal(taken_kg), Decimal(0))
            flown.append(_flight(farm, details[-1], is_odd=day >= farm.today - timedelta(days=1) and which < 2))
    if not details:
        return
    record_flights(site=farm.site, flights=flown, actor=farm.operator, at=at)
    taken = take_in_tickets(site=farm.site, details=details, actor=farm.operator, at=at)
    for tank_id, kg in guessed.items():
        farm.held_kg[tank_id] += kg
    for ticket in taken.new:
        farm.held_kg[ticket.tank_id] -= ticket.mass_kg or 0
    farm.told["delivery tickets"] += len(taken.new)
    if week[-1] < farm.today - timedelta(days=5):
        matched = match_tickets(site=farm.site, actor=farm.crew.supervisor, at=at, through_date=week[-1])
        farm.told["tickets matched"] += len(matched)
        for ticket in taken.new:
            if ticket.exceptions.filter(kind=ExceptionKind.OVER_REQUEST).exists():
                match_ticket(ticket=ticket, actor=farm.crew.supervisor, at=at, reason="Read and in order")
                farm.told["tickets matched"] += 1
    farm.weeks += 1
    something_unusual(farm, taken.new, at)


def _ticket(
    farm: TankFarm, day: date, which: int, airline: Airline, aircraft: Aircraft, destination: str, kind: str
) -> TicketDetails:
    least, most = UPLIFT_LITRES[kind]
    litres = Decimal(farm.chance.randrange(least, most, 10))
    meter: Meter = farm.meters[which % len(farm.meters)]
    start = farm.totaliser[meter.pk]
    end = (start + litres) % Decimal(10) ** meter.digits
    farm.totaliser[meter.pk] = end
    began = datetime.combine(day, time(3 + which, farm.chance.randrange(40)), CUSTOMS_TIME)
    # Once a month more is asked for than was ordered, and the fueller says why.
    is_unusual = (day.day, which) == (17, 5)
    is_domestic = airline.organisation.country == "CN" and farm.chance.random() < 0.1
    fitting = [tank for tank in farm.tanks if (tank.customs_status == "duty_paid") == is_domestic]
    tank = max(fitting, key=lambda one: farm.held_kg[one.pk])
    return TicketDetails(
        vendor=farm.site.organisation,
        ticket_number=f"{day:%y%m%d}-{which + 1:02d}",
        airline=airline,
        flight_number=f"{airline.iata_code}{900 + which}",
        flight_date=day,
        registration=aircraft.registration,
        aircraft_type=aircraft.type_designator,
        airport=farm.airport,
        destination=farm.airports["CGO" if is_domestic else destination],
        customs_status="duty_paid" if is_domestic else "bonded",
        stand=str(farm.chance.randint(301, 320)),
        tank=tank,
        meter=meter,
        meter_start=start,
        meter_end=end,
        celsius=celsius_of(day.timetuple().tm_yday, farm.chance.gauss(0, 3)),
        density_at_base=Decimal(farm.chance.randint(7960, 8030)) / 10,
        requested_litres=litres.quantize(Decimal(1)) - (MORE_THAN_REQUESTED if is_unusual else 0),
        explanations={"over_request": "The captain asked for more while we fuelled"} if is_unusual else {},
        started_at=began,
        delivered_at=began + timedelta(minutes=farm.chance.randint(18, 45)),
        signatory=farm.chance.choice(("A. Yusupov", "K. Demir", "M. Petrov", "S. Novák", "J. Claes", "R. Khan")),
    )


def _flight(farm: TankFarm, ticket: TicketDetails, *, is_odd: bool) -> FlightToRecord:
    """What the airline's message says; now and then, and on the last days for sure, not what the ticket says."""
    litres = (ticket.meter_end or Decimal(0)) - (ticket.meter_start or Decimal(0))
    registration = ticket.registration
    if farm.chance.random() < 0.004:
        registration = farm.chance.choice(farm.aircraft[ticket.airline.pk]).registration
    if is_odd or farm.chance.random() < 0.004:
        litres += 900
    return FlightToRecord(
        airline=ticket.airline,
        flight_number=ticket.flight_number,
        flight_date=ticket.flight_date,
        registration=registration,
        destination=ticket.destination,
        litres_reported=max(litres, Decimal(0)),
        source="Movement message",
    )


@transaction.atomic
def _leave_open_work(farm: TankFarm, at: datetime) -> None:
    """What waits for somebody when the story ends: tickets not measured and not signed, trains on their way."""
    # What was flown a few days ago is matched, and waits for its declaration.
    flown = farm.today - timedelta(days=3)
    match_tickets(site=farm.site, actor=farm.crew.supervisor, at=at, through_date=flown)
    airline = farm.airlines[AIRLINES[0][4]]
    for which in range(2):
        ticket = replace(
            _ticket(farm, farm.today, which, airline, farm.aircraft[airline.pk][which], "ALA", AIRLINES[0][-1]),
            ticket_number=f"{farm.today:%y%m%d}-{LATE_TICKETS + which}",
            flight_number=f"{airline.iata_code}{LATE_TICKETS + which}",
            started_at=at - timedelta(minutes=30),
            delivered_at=at - timedelta(minutes=2),
        )
        if which == 0:
            ticket = replace(ticket, meter_end=None, celsius=None, density_at_base=None)
        tickets.record_ticket(site=farm.site, details=ticket, actor=farm.operator, at=at, request_key=farm.key())
        farm.told["delivery tickets"] += 1
    emptiest = min(farm.tanks[:2], key=lambda tank: farm.held_kg[tank.pk] + farm.duty_paid_kg[tank.pk])
    ask_to_clear(farm, max(farm.tanks[:2], key=lambda tank: farm.held_kg[tank.pk]), at)
    began = at - timedelta(hours=1)
    for number, left_in in enumerate(("advised", "accepted", "gauged")):
        details = train(farm, emptiest, SHORT_TRAIN_KG, began, f"900{number:03d}")
        carry_train(farm, emptiest, details, began, left_in=left_in)


def _reconcile_all(farm: TankFarm, at: datetime, *, is_over: bool) -> None:
    """Gauge and reconcile every tank, then drain.

    Args:
        is_over: the month that it is done for.
    """
    for tank in farm.tanks:
        with transaction.atomic():
            _reconcile(farm, tank, at)
    with transaction.atomic():
        move_slops(farm, at, is_over=is_over)


def _reconcile(farm: TankFarm, tank: Tank, at: datetime) -> None:
    """A gauge that differs from the book by a little; in one month by more than is tolerated, and the last time."""
    held = farm.held_kg[tank.pk] + farm.duty_paid_kg[tank.pk]
    is_last = at >= farm.last_gauged_at
    is_breach = tank.code == "T-102" and (at.month == 8 or is_last)
    # Little goes through the tank for domestic flights, and little is lost in it.
    usual = farm.chance.uniform(-0.0006, 0.0004) * (0.05 if tank.customs_status == "duty_paid" else 1)
    if is_last and tank.code in LEFT_OPEN:
        # Nothing has to be explained of the one that waits as it was drawn up, however short its time.
        usual *= 0.02
    share = -0.0065 if is_breach else usual
    physical = max(held * (1 + Decimal(share)), Decimal(0))
    size_m3 = {True: 10_000, False: 20_000}[tank.code.startswith("T-2")]
    dip_mm = (physical / Decimal("799.6") / size_m3 * 15_000).quantize(Decimal("0.1"))
    gauge = gauges.record_gauge(
        tank=tank,
        gauged_at=at,
        dip_mm=dip_mm,
        tank_celsius=Decimal(15),
        density_reading=Decimal("799.6"),
        sample_celsius=Decimal(15),
        instrument="densitometer",
        actor=farm.operator,
        at=at,
        request_key=farm.key(),
    )
    if tank.gauges.count() < 2:
        return
    drawn = draw_up_reconciliation(tank=tank, gauge=gauge, actor=farm.operator, at=at, request_key=farm.key())
    farm.told["tank reconciliations"] += 1
    if drawn.state == "breached":
        farm.told["tolerance breaches"] += 1
        drawn = explain_reconciliation(
            reconciliation=drawn,
            explanation="A drain line was found open; the contractor confirmed it.",
            actor=farm.operator,
            at=at,
        )
    if not is_last or tank.code not in LEFT_OPEN:
        # Out of tolerance customs decides, and assesses what is beyond it.
        decider = farm.crew.officer if drawn.state == "explained" else farm.crew.supervisor
        approve_reconciliation(reconciliation=drawn, actor=decider, at=at)
    farm.held_kg[tank.pk] = gauge.mass_kg - farm.duty_paid_kg[tank.pk]
