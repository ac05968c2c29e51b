"""The fuel year at Urumqi: trains come, tanks are gauged, freighters are fuelled, statements go out at month's end."""

from collections import Counter, defaultdict
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db import transaction

from fuel.models import (
    DeliveryTicket,
    ExceptionKind,
    Meter,
    Tank,
)
from fuel.operations import (
    consignments,
    defuels,
    gauges,
    quality,
    receipts,
    tickets,
)
from fuel.operations.consignments import ConsignmentDetails
from fuel.operations.matching import FlightToRecord, match_ticket, match_tickets, record_flights
from fuel.operations.receipts import ReceiptInput
from fuel.operations.reclassification import reclassify_ticket
from fuel.operations.reconciliation import (
    approve_reconciliation,
    draw_up_reconciliation,
    explain_reconciliation,
)
from fuel.operations.ticket_entry import TicketDetails
from registry.models import Aircraft, Airline, Organisation
from reports.demo.aviation import AIRLINES, UPLIFT_LITRES, celsius_of
from reports.demo.calendar import CUSTOMS_TIME
from reports.demo.fuel_accounts import end_month
from reports.demo.people import Crew
from reports.demo.slops import move_slops
from reports.demo.tank_farm import TankFarm, open_farm

FLIGHTS_A_DAY = 16
TRAIN_KG = 3_900_000
# Trains come for a tank as soon as it holds less.
LOW_KG = 3_500_000
# About what a train fills a tank with.
KG_PER_M3 = 790
MORE_THAN_REQUESTED = 4000
CENT = Decimal("0.01")


def tell_fuel(crew: Crew, *, first: date, until: datetime) -> Counter[str]:
    """Let the tank farm live from the first day until the moment; return how often what happened."""
    farm = TankFarm(crew, until)
    opened_at = datetime.combine(first, time(1), CUSTOMS_TIME)
    with transaction.atomic():
        open_farm(farm, first, opened_at)
    day, last = first, until.astimezone(CUSTOMS_TIME).date() - timedelta(days=1)
    while day <= last:
        days = (day + timedelta(days=number) for number in range(7))
        week = [one for one in days if one <= last and one.month == day.month]
        with transaction.atomic():
            _receive(farm, day)
            _fuel(farm, week)
        day = week[-1] + timedelta(days=1)
        if day.month != week[0].month or day > last:
            _end_month(farm, week[0].replace(day=1), min(week[-1], last), is_over=day.month != week[0].month)
    return farm.told


def _receive(farm: TankFarm, day: date) -> None:
    """A train for every tank that runs low: declared, measured into it, released the next hours."""
    supplier = Organisation.objects.filter(kind="fuel_supplier").order_by("code").first()
    for number, tank in enumerate(farm.tanks):
        trains = 2 if number < 2 else 1
        status = tank.customs_status or "bonded"
        if farm.held_kg[tank.pk] > LOW_KG:
            continue
        for train in range(trains):
            at = datetime.combine(day, time(1 + train, 10 + number), CUSTOMS_TIME)
            kg = Decimal(TRAIN_KG + farm.chance.randrange(-90_000, 90_000))
            held_kg = farm.held_kg[tank.pk] + farm.duty_paid_kg[tank.pk]
            if held_kg + kg > (tank.safe_fill_m3 or 0) * KG_PER_M3:
                continue
            # A commingled tank gets duty-paid fuel for domestic flights now and then.
            is_bonded = status == "bonded" and not (number < 2 and train == 1 and farm.chance.random() < 0.08)
            details = ConsignmentDetails(
                customs_status="bonded" if is_bonded else "duty_paid",
                source="abroad" if is_bonded else "domestic",
                transport="rail",
                book=farm.book if is_bonded else None,
                supplier=supplier,
                product=farm.product,
                origin="KZ" if is_bonded else "CN",
                document_mass_kg=kg,
                document_density_15c=Decimal("799.6"),
                invoice_value=(kg * Decimal("0.69")).quantize(CENT) if is_bonded else Decimal(0),
                currency="USD" if is_bonded else "CNY",
                declaration_number=f"9402{at:%Y%m%d}{number:03d}{train:03d}" if is_bonded else "",
                vehicles=f"{farm.chance.randint(66, 74)} tank cars",
                seals=f"KZ{farm.chance.randint(100000, 999999)} ff.",
                loss_tolerance_percent=Decimal("0.3"),
            )
            _carry_train(farm, tank, details, at)


def _carry_train(farm: TankFarm, tank: Tank, details: ConsignmentDetails, at: datetime) -> None:
    consignment = consignments.advise_consignment(
        site=farm.site, details=details, actor=farm.operator, at=at, request_key=farm.key()
    )
    if details.book is not None:
        consignment = consignments.accept_consignment(consignment=consignment, actor=farm.crew.officer, at=at)
    lost = Decimal(farm.chance.randint(2, 22)) / 10_000
    litres = (details.document_mass_kg * (1 - lost) / Decimal("0.7996")).quantize(Decimal(1))
    row = ReceiptInput(tank=tank, litres_observed=litres, celsius=Decimal(15), density_at_base=Decimal("799.6"))
    later = at + timedelta(hours=1)
    consignment = receipts.receive_consignment(
        consignment=consignment, receipts=[row], received_at=later, actor=farm.operator, at=later
    )
    quality.release_consignment(
        consignment=consignment,
        certificate_kind="rcq",
        certificate_number=f"RCQ-{at:%y%m%d}-{tank.code}",
        specification="GB 6537",
        actor=farm.crew.officer if details.book is not None else farm.crew.supervisor,
        at=later + timedelta(minutes=30),
    )
    is_besides = not tank.customs_status and details.book is None
    (farm.duty_paid_kg if is_besides else farm.held_kg)[tank.pk] += consignment.received_mass_kg or 0
    farm.told["fuel consignments"] += 1


def _fuel(farm: TankFarm, week: list[date]) -> None:
    """The flights of a week, their tickets as a file of the refuelling vehicles, and their match."""
    details: list[TicketDetails] = []
    flown: list[FlightToRecord] = []
    guessed: defaultdict[int, Decimal] = defaultdict(Decimal)
    for day in week:
        for which in range(FLIGHTS_A_DAY):
            _code, _n, _z, _c, iata, _i, _m, routes, kind = AIRLINES[(which + day.toordinal()) % len(AIRLINES)]
            airline = farm.airlines[iata]
            aircraft = farm.chance.choice(farm.aircraft[airline.pk])
            details.append(_ticket(farm, day, which, airline, aircraft, farm.chance.choice(routes), kind))
            # About what it takes; put right as soon as it is measured.
            taken_kg = ((details[-1].meter_end or 0) - (details[-1].meter_start or 0)) * Decimal("0.8")
            farm.held_kg[details[-1].tank.pk] -= max(Decimal(taken_kg), Decimal(0))
            guessed[details[-1].tank.pk] += max(Decimal(taken_kg), Decimal(0))
            flown.append(_flight(farm, details[-1]))
    at = min(datetime.combine(week[-1], time(23, 50), CUSTOMS_TIME), farm.until)
    record_flights(site=farm.site, flights=flown, actor=farm.operator, at=at)
    taken = tickets.take_in_tickets(site=farm.site, details=details, actor=farm.operator, at=at)
    for tank_id, kg in guessed.items():
        farm.held_kg[tank_id] += kg
    for ticket in taken.new:
        farm.held_kg[ticket.tank_id] -= ticket.mass_kg or 0
    farm.told["delivery tickets"] += len(taken.new)
    if week[-1] < farm.until.date() - timedelta(days=5):
        matched = match_tickets(site=farm.site, actor=farm.crew.supervisor, at=at, through_date=week[-1])
        farm.told["tickets matched"] += len(matched)
        for ticket in taken.new:
            if ticket.exceptions.filter(kind=ExceptionKind.OVER_REQUEST).exists():
                ticket = match_ticket(ticket=ticket, actor=farm.crew.supervisor, at=at, reason="Read and in order")
                farm.told["tickets matched"] += 1
    _something_unusual(farm, taken.new, week[-1], at)


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


def _flight(farm: TankFarm, ticket: TicketDetails) -> FlightToRecord:
    litres = (ticket.meter_end or Decimal(0)) - (ticket.meter_start or Decimal(0))
    registration = ticket.registration
    if farm.chance.random() < 0.004:
        registration = farm.chance.choice(farm.aircraft[ticket.airline.pk]).registration
    if farm.chance.random() < 0.004:
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


def _something_unusual(farm: TankFarm, new: list[DeliveryTicket], day: date, at: datetime) -> None:
    """Once each: fuel taken back, and a flight that ended inside the country."""
    if not farm.told["defuels"] and day.month == 3:
        ticket = new[len(new) // 2]
        defuel = defuels.record_defuel(
            ticket=ticket,
            tank=ticket.tank,
            litres_observed=Decimal(3120),
            celsius=ticket.celsius,
            density_at_base=ticket.density_at_base,
            defuelled_at=at,
            actor=farm.operator,
            at=at,
            request_key=farm.key(),
            remark="Payload was increased",
        )
        defuels.release_defuel(defuel=defuel, actor=farm.crew.supervisor, at=at)
        farm.held_kg[ticket.tank_id] += defuel.mass_kg or 0
        farm.told["defuels"] += 1
    if not farm.told["flights turned domestic"] and day.month == 5:
        reclassify_ticket(
            ticket=next(one for one in new if one.airline.iata_code == "0A" and one.customs_status == "bonded"),
            destination=farm.airports["CGO"],
            actor=farm.crew.officer,
            at=at,
            reason="Diverted to Zhengzhou and ended there",
        )
        farm.told["flights turned domestic"] += 1


def _end_month(farm: TankFarm, begins: date, last: date, *, is_over: bool) -> None:
    """Gauge and reconcile every tank, then drain; where the month is over, a statement for every airline."""
    at = min(datetime.combine(last, time(23, 55), CUSTOMS_TIME), farm.until)
    for tank in farm.tanks:
        with transaction.atomic():
            _reconcile(farm, tank, at)
    with transaction.atomic():
        move_slops(farm, at, is_over=is_over)
    if not is_over:
        return
    end_month(farm, begins, last, at)


def _reconcile(farm: TankFarm, tank: Tank, at: datetime) -> None:
    """A gauge that differs from the book by a little; in one month by more than is tolerated."""
    held = farm.held_kg[tank.pk] + farm.duty_paid_kg[tank.pk]
    is_breach = tank.code == "T-102" and at.month == 8
    # Little goes through the tank for domestic flights, and little is lost in it.
    usual = farm.chance.uniform(-0.0006, 0.0004) * (0.05 if tank.customs_status == "duty_paid" else 1)
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
    # Out of tolerance customs decides, and assesses what is beyond it.
    decider = farm.crew.officer if drawn.state == "explained" else farm.crew.supervisor
    approve_reconciliation(reconciliation=drawn, actor=decider, at=at)
    farm.held_kg[tank.pk] = gauge.mass_kg - farm.duty_paid_kg[tank.pk]
