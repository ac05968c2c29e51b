"""The tank farm of the demo year: what its crew knows, its tanks and meters, its rules and prices."""

import random
from collections import Counter, defaultdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from customs.models import AccountBook
from fuel.models import (
    CarrierNationality,
    FlightType,
    FuelContract,
    Meter,
    PriceIndex,
    ReliefRule,
    Tank,
)
from fuel.operations import (
    contracts,
    limits,
    measurement_bases,
    meters,
    movement_limits,
    reconciliation_rules,
    strapping,
    tanks,
)
from registry.models import Aircraft, Airline, Airport, Item, Organisation, Site
from registry.operations.register import enter_in_register
from reports.demo.aviation import HOME, JET_FUEL
from reports.demo.calendar import CUSTOMS_TIME, Agenda
from reports.demo.fuel_prices import INDEX, Prices, publish_prices
from reports.demo.people import Crew
from reports.demo.warehouse import Pace

SITE = "URC-FUEL"
STRAPPED_TO = Decimal("0.0001")


class TankFarm:
    """The tank farm as its crew knows it; deterministic by its seed."""

    def __init__(self, crew: Crew, until: datetime, pace: Pace) -> None:
        self.site = Site.objects.select_related("zone", "organisation", "customs_office").get(code=SITE)
        self.book = AccountBook.objects.select_related("place", "site__zone").get(site=self.site)
        self.crew, self.until, self.pace = crew, until, pace
        self.today = until.astimezone(CUSTOMS_TIME).date()
        self.agenda = Agenda(until)
        self.supplier: Any = Organisation.objects.filter(kind="fuel_supplier").order_by("code").first()
        self.last_gauged_at = until
        # How many weeks were told, and how many months billed.
        self.weeks = 0
        self.months = 0
        self.operator = crew.operators[0]
        self.chance = random.Random("bondbook fuel")  # noqa: S311  (a story, not a secret)
        self.told: Counter[str] = Counter()
        self.product = Item.objects.select_related("unit").get(code=JET_FUEL)
        # What may be drawn for whom a tank is for, and what of duty-paid fuel a commingled tank holds besides.
        self.held_kg: dict[int, Decimal] = {}
        self.duty_paid_kg: defaultdict[int, Decimal] = defaultdict(Decimal)
        self.totaliser: dict[int, Decimal] = {}
        self.tanks: list[Tank] = []
        self.slop_tank: Tank
        self.meters: list[Meter] = []
        self.airlines: dict[str, Airline] = {}
        self.airports: dict[str, Airport] = {}
        self.aircraft: dict[int, list[Aircraft]] = {}
        self.airport: Airport
        self.prices = Prices()

    def key(self) -> UUID:
        return UUID(int=self.chance.getrandbits(128), version=4)


def open_farm(farm: TankFarm, first: date, at: datetime) -> None:
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
        rows = [(Decimal(mm), (Decimal(size_m3) * mm / 15_000).quantize(STRAPPED_TO)) for mm in range(0, 15_001, 250)]
        strapping.load_strapping_table(tank=tank, rows=rows, valid_from_date=first, actor=farm.crew.supervisor, at=at)
        farm.tanks.append(tank)
        farm.held_kg[tank.pk] = Decimal(0)
    farm.slop_tank = tanks.open_tank(
        group=commingled,
        code="T-301",
        product=farm.product,
        customs_status="",
        safe_fill_m3=Decimal(400),
        is_slop=True,
        name="Slops",
        actor=None,
        at=at,
    )
    movement_limits.set_movement_limit(
        site=farm.site,
        valid_from_date=first,
        drain_kg_per_act=Decimal(200),
        drain_kg_per_day=Decimal(500),
        sample_kg_per_act=Decimal(5),
        sample_kg_per_day=Decimal(20),
        actor=None,
        at=at,
    )
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
    # Synthetic: what fuel is ever measured at here, and more than any aircraft of the story takes.
    limits.set_fuel_limits(
        site=farm.site,
        product=farm.product,
        lowest_celsius=Decimal(-35),
        highest_celsius=Decimal(45),
        largest_uplift_litres=Decimal(130_000),
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
    farm.airport = Airport.objects.get(iata_code=HOME)
    publish_prices(farm, through=first, at=at)
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
