"""The fuel year at Urumqi: trains come, tanks are gauged, freighters are fuelled, statements go out at month's end."""

import random
from collections import Counter, defaultdict
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from customs.models import AccountBook
from fuel.models import (
    CarrierNationality,
    DeliveryTicket,
    DutyPaidPrice,
    FlightType,
    FuelContract,
    Meter,
    PriceIndex,
    ReliefRule,
    Tank,
)
from fuel.operations import (
    consignments,
    contracts,
    defuels,
    gauges,
    measurement_bases,
    meters,
    quality,
    receipts,
    reconciliation_rules,
    strapping,
    tanks,
    tickets,
)
from fuel.operations.consignments import ConsignmentDetails
from fuel.operations.matching import FlightToRecord, match_tickets, record_flights
from fuel.operations.receipts import ReceiptInput
from fuel.operations.reclassification import reclassify_ticket
from fuel.operations.reconciliation import (
    approve_reconciliation,
    draw_up_reconciliation,
    explain_reconciliation,
)
from fuel.operations.ticket_entry import TicketDetails
from registry.models import Aircraft, Airline, Airport, Item, Organisation, Site
from registry.operations.register import enter_in_register
from reports.demo.aviation import AIRLINES, HOME, JET_FUEL, UPLIFT_LITRES, celsius_of
from reports.demo.calendar import CUSTOMS_TIME
from reports.demo.fuel_accounts import end_month
from reports.demo.people import Crew

SITE = "URC-FUEL"
INDEX = "DEMO-JET"
FLIGHTS_A_DAY = 16
TRAIN_KG = 3_900_000
# Trains come for a tank as soon as it holds less.
LOW_KG = 3_500_000
# About what a train fills a tank with.
KG_PER_M3 = 790
CENT = Decimal("0.01")


class TankFarm:
    """The tank farm as its crew knows it; deterministic by its seed."""

    def __init__(self, crew: Crew, until: datetime) -> None:
        self.site = Site.objects.select_related("zone", "organisation", "customs_office").get(code=SITE)
        self.book = AccountBook.objects.select_related("place", "site__zone").get(site=self.site)
        self.crew, self.until = crew, until
        self.operator = crew.operators[0]
        self.chance = random.Random("bondbook fuel")  # noqa: S311  (a story, not a secret)
        self.told: Counter[str] = Counter()
        self.product = Item.objects.select_related("unit").get(code=JET_FUEL)
        # What may be drawn for whom a tank is for, and what of duty-paid fuel a commingled tank holds besides.
        self.held_kg: dict[int, Decimal] = {}
        self.duty_paid_kg: defaultdict[int, Decimal] = defaultdict(Decimal)
        self.totaliser: dict[int, Decimal] = {}
        self.tanks: list[Tank] = []
        self.meters: list[Meter] = []
        self.airlines: dict[str, Airline] = {}
        self.airports: dict[str, Airport] = {}
        self.aircraft: dict[int, list[Aircraft]] = {}
        self.airport: Airport

    def key(self) -> UUID:
        return UUID(int=self.chance.getrandbits(128), version=4)


def tell_fuel(crew: Crew, *, first: date, until: datetime) -> Counter[str]:
    """Let the tank farm live from the first day until the moment; return how often what happened."""
    farm = TankFarm(crew, until)
    opened_at = datetime.combine(first, time(1), CUSTOMS_TIME)
    with transaction.atomic():
        _open(farm, first, opened_at)
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


def _open(farm: TankFarm, first: date, at: datetime) -> None:
    """Tanks, meters, the rules by which is measured, relieved and reconciled, and what is paid."""
    commingled = tanks.open_tank_group(site=farm.site, code="NORTH", name="Commingled", mode="book", actor=None, at=at)
    apart = tanks.open_tank_group(site=farm.site, code="SOUTH", name="Kept apart", mode="segregated", actor=None, at=at)
    opened = [
        (commingled, "T-101", "", 20_000),
        (commingled, "T-102", "", 20_000),
        (apart, "T-201", "bonded", 10_000),
        (apart, "T-202", "duty_paid", 10_000),
    ]
    for group, code, status, size_m3 in opened:
        tank = tanks.open_tank(
            group=group,
            code=code,
            product=farm.product,
            customs_status=status,
            safe_fill_m3=Decimal(size_m3) * Decimal("0.95"),
            actor=None,
            at=at,
        )
        rows = [(Decimal(mm), Decimal(size_m3) * mm / 15_000) for mm in range(0, 15_001, 250)]
        strapping.load_strapping_table(tank=tank, rows=rows, valid_from_date=first, actor=farm.crew.supervisor, at=at)
        farm.tanks.append(tank)
        farm.held_kg[tank.pk] = Decimal(0)
    farm.meters += [
        meters.open_meter(site=farm.site, code=f"R-{number}", kind="refueller", digits=9, actor=None, at=at)
        for number in range(1, 5)
    ]
    for meter in farm.meters:
        factor = Decimal(1) + Decimal(farm.chance.randint(-8, 8)) / 10_000
        meters.record_proving(meter=meter, proved_at=at, factor=factor, actor=farm.crew.supervisor, at=at)
        farm.totaliser[meter.pk] = Decimal(farm.chance.randint(10_000, 900_000))
    measurement_bases.set_measurement_basis(
        site=farm.site, valid_from_date=first, standard="1980", vcf_decimals=4, actor=None, at=at
    )
    reconciliation_rules.set_reconciliation_rule(
        site=farm.site,
        name="By issues",
        valid_from_date=first,
        split_by="issues",
        tolerance_percent_of_issues=Decimal("0.2"),
        tolerance_percent_of_throughput=Decimal("0.15"),
        actor=None,
        at=at,
    )
    _set_relief(first, at)
    _set_prices(farm, first, at)


def _set_relief(first: date, at: datetime) -> None:
    for nationality in CarrierNationality.values:
        for flight_type in FlightType.values:
            is_abroad = flight_type != FlightType.DOMESTIC
            rule = ReliefRule(
                valid_from_date=first,
                nationality=nationality,
                flight_type=flight_type,
                relieves_duty=is_abroad,
                relieves_consumption_tax=is_abroad,
                relieves_vat=is_abroad and nationality == CarrierNationality.FOREIGN,
                legal_basis="Synthetic, for demonstration",
            )
            enter_in_register(row=rule, actor=None, at=at)


def _set_prices(farm: TankFarm, first: date, at: datetime) -> None:
    index = enter_in_register(
        row=PriceIndex(code=INDEX, name="Synthetic jet fuel index, for demonstration"), actor=None, at=at
    )
    # Of their own, so that what happens at the tank farm is the same however many days there are quotes for.
    chance = random.Random("bondbook quotes")  # noqa: S311  (a story, not a secret)
    price, rows, day = 88.0, [], first - timedelta(days=40)
    while day <= farm.until.date():
        if day.weekday() < 5:
            price = min(max(price + chance.gauss(0, 0.9), 74), 104)
            rows.append(
                {"index": INDEX, "quoted_date": day.isoformat(), "price": f"{price:.2f}", "source": "synthetic"}
            )
        day += timedelta(days=1)
    contracts.publish_quotes(rows=rows, actor=None, at=at)
    farm.airport = Airport.objects.get(iata_code=HOME)
    for month in range(14):
        begins = (first.replace(day=1) + timedelta(days=31 * month)).replace(day=1)
        if begins <= farm.until.date() and not DutyPaidPrice.objects.filter(valid_from_date=begins).exists():
            contracts.set_duty_paid_price(
                airport=farm.airport,
                valid_from_date=begins,
                price_cny_per_tonne=Decimal(chance.randint(7650, 8350)),
                source="synthetic, for demonstration",
                actor=None,
                at=at,
            )
    farm.airlines = {one.iata_code: one for one in Airline.objects.select_related("organisation")}
    for one in Aircraft.objects.order_by("registration"):
        farm.aircraft.setdefault(one.airline_id, []).append(one)
    farm.airports = {one.iata_code: one for one in Airport.objects.all()}
    for number, airline in enumerate(farm.airlines.values(), start=1):
        contracts.open_contract(
            contract=FuelContract(
                number=f"FC-{first.year}-{number:02d}",
                site=farm.site,
                airline=airline,
                airport=farm.airport,
                valid_from_date=first,
                index=index,
                averaging=("day_before", "week_before", "month_before")[number % 3],
                differential=Decimal(farm.chance.randint(150, 520)) / 100,
                into_plane_fee_per_tonne=Decimal(farm.chance.randint(2200, 3600)) / 100,
                payment_days=(15, 30)[number % 2],
            ),
            actor=farm.crew.supervisor,
            at=at,
        )


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
        actor=farm.crew.supervisor,
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
        requested_litres=litres.quantize(Decimal(1)),
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
            actor=farm.crew.supervisor,
            at=at,
            reason="Diverted to Zhengzhou and ended there",
        )
        farm.told["flights turned domestic"] += 1


def _end_month(farm: TankFarm, begins: date, last: date, *, is_over: bool) -> None:
    """Gauge and reconcile every tank; where the month is over, a statement for every airline."""
    at = min(datetime.combine(last, time(23, 55), CUSTOMS_TIME), farm.until)
    for tank in farm.tanks:
        with transaction.atomic():
            _reconcile(farm, tank, at)
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
    approve_reconciliation(reconciliation=drawn, actor=farm.crew.supervisor, at=at)
    farm.held_kg[tank.pk] = gauge.mass_kg - farm.duty_paid_kg[tank.pk]
