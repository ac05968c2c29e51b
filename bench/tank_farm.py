"""A tank farm to fuel from: a tank that never runs dry, airlines with their contracts, and whoever does the work."""

import csv
import io
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

from bench.history import CUSTOMS_TIME
from customs.models import AccountBook
from customs.operations.books import open_account_book
from customs.operations.guarantees import enter_guarantee
from fuel.consignments.operations import declaring, quality, receipts
from fuel.consignments.operations.declaring import ConsignmentDetails
from fuel.consignments.operations.receipts import ReceiptInput
from fuel.delivery_tickets.operations.entry import TicketDetails
from fuel.delivery_tickets.operations.matching import FlightToRecord, match_tickets, record_flights
from fuel.delivery_tickets.operations.taking_in import MOST_TICKETS_AT_ONCE, take_in_tickets
from fuel.importers import TICKET_COLUMNS, read_tickets, ticket_sheet
from fuel.models import CarrierNationality, FlightType, FuelContract, PriceIndex, ReliefRule, Tank
from fuel.operations import contracts, measurement_bases, tanks
from registry.models import (
    Airline,
    Airport,
    ExchangeRate,
    HsCode,
    Item,
    Organisation,
    OrganisationKind,
    RegimeCode,
    Role,
    Site,
    SiteKind,
    TariffRate,
    Unit,
    User,
    Zone,
)
from registry.operations.register import enter_in_register
from registry.operations.sites import open_site
from registry.operations.users import add_user

SITE = "URC-FUEL"
KEEPER = "FUEL-KEEPER"
TANK = "T-101"
HOME = "URC"
ABROAD = {"ALA": "KZ", "IST": "TR", "LGG": "BE", "TAS": "UZ"}
# Tickets that come one by one; and whose statements are short and long.
CASUAL, SHORT, LONG = "Q1", "S1", "L1"
INDEX = "BENCH-JET"
STOCK_KG = Decimal(1_000_000_000)
AIRCRAFT = 12
# Quotes, prices and rates are there before the first flight.
READY_DAYS = 45

TicketRow = dict[str, str]


@dataclass(frozen=True)
class TankFarm:
    """The site, and who enters and who matches its tickets."""

    site: Site
    tank: Tank
    operator: User
    supervisor: User

    def read(self, content: bytes) -> list[TicketDetails]:
        """The tickets of a file."""
        return read_tickets(ticket_sheet(content), site=self.site)

    def lift(self, iata_code: str, count: int, *, first: date, last: date, at: datetime) -> None:
        """Let an airline lift fuel as often, by files of tickets whose flights are recorded and which are matched."""
        rows = ticket_rows(iata_code, count, first=first, last=last)
        for start in range(0, count, MOST_TICKETS_AT_ONCE):
            details = self.read(csv_of(rows[start : start + MOST_TICKETS_AT_ONCE]))
            flights = [
                FlightToRecord(
                    airline=one.airline,
                    flight_number=one.flight_number,
                    flight_date=one.flight_date,
                    registration=one.registration,
                    destination=one.destination,
                    litres_reported=one.litres_observed,
                    source="Movement message",
                )
                for one in details
            ]
            record_flights(site=self.site, flights=flights, actor=self.operator, at=at)
            take_in_tickets(site=self.site, details=details, actor=self.operator, at=at)
        match_tickets(site=self.site, actor=self.supervisor, at=at, through_date=last)


def ticket_rows(iata_code: str, count: int, *, first: date, last: date) -> list[TicketRow]:
    """Tickets as a file or a request has them, spread over the days; no two of one flight."""
    chance = random.Random(iata_code)
    begins_at = datetime.combine(first, datetime.min.time(), CUSTOMS_TIME)
    step = (last - first + timedelta(days=1)) / count
    return [
        ticket_row(
            iata_code,
            begins_at + step * number,
            chance,
            ticket_number=f"{iata_code}-{number:06d}",
            flight_number=f"{iata_code}{number % 9999 + 1}",
        )
        for number in range(count)
    ]


def ticket_row(
    iata_code: str, delivered_at: datetime, chance: random.Random, *, ticket_number: str, flight_number: str
) -> TicketRow:
    """One signed ticket with temperature and density as fuel has them over a year."""
    return {
        "vendor": KEEPER,
        "ticket_number": ticket_number,
        "airline": iata_code,
        "flight_number": flight_number,
        "flight_date": delivered_at.astimezone(CUSTOMS_TIME).date().isoformat(),
        "registration": f"UP-B67{chance.randrange(AIRCRAFT):02d}",
        "airport": HOME,
        "destination": chance.choice(list(ABROAD)),
        "tank": TANK,
        "customs_status": "bonded",
        "litres_observed": str(chance.randrange(1_000, 3_000)),
        "celsius": str(Decimal(chance.randrange(-250, 350)) / 10),
        "density_at_base": str(Decimal(chance.randrange(7_900, 8_100)) / 10),
        "delivered_at": delivered_at.isoformat(),
        "signatory": "Synthetic captain",
    }


def csv_of(rows: Iterable[TicketRow]) -> bytes:
    """The file of the refuelling vehicles."""
    text = io.StringIO()
    writer = csv.DictWriter(text, TICKET_COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def open_tank_farm(*, first: date) -> TankFarm:
    """Open all of it through the operations, ready to fuel on the first day."""
    opened_at = datetime.combine(first, datetime.min.time(), CUSTOMS_TIME) - timedelta(days=1)
    site = _site(opened_at)
    keeper = site.organisation
    operator = _user("operator", Role.OPERATOR, keeper, opened_at)
    supervisor = _user("supervisor", Role.SUPERVISOR, keeper, opened_at)
    officer = _user("officer", Role.CUSTOMS_OFFICER, site.customs_office, opened_at)
    guarantee = enter_guarantee(
        site=site, number="G-1", guarantor="Synthetic bank", limit_cny=STOCK_KG * 10, actor=None, at=opened_at
    )
    book = open_account_book(
        site=site,
        number="BENCH-FUEL",
        kind="fuel",
        holder=keeper,
        opened_date=opened_at.date(),
        guarantee=guarantee,
        actor=None,
        at=opened_at,
    )
    tank = _tank(site, opened_at)
    _enter_rules(site, opened_at)
    _enter_contracts(site, supervisor, opened_at)
    _fill(tank, book, (operator, officer), opened_at)
    return TankFarm(site, tank, operator, supervisor)


def _site(at: datetime) -> Site:
    zone = Zone.objects.create(code="BENCH", name="Synthetic zone")
    kinds = {KEEPER: OrganisationKind.WAREHOUSE_KEEPER, "FUEL-OFFICE": OrganisationKind.CUSTOMS_OFFICE}
    keeper, office = (
        enter_in_register(row=Organisation(code=code, name=f"Synthetic {kind}", kind=kind), actor=None, at=at)
        for code, kind in kinds.items()
    )
    row = Site(
        zone=zone,
        code=SITE,
        name="Urumqi fuel",
        organisation=keeper,
        customs_office=office,
        kind=SiteKind.TANK_FARM,
        regime=RegimeCode.BONDED_FUEL,
        un_locode="CNURC",
    )
    return open_site(site=row, actor=None, at=at)


def _user(name: str, role: Role, organisation: Organisation, at: datetime) -> User:
    row = User(email=f"{name}@bench.example", name=f"Synthetic {name}")
    return add_user(user=row, password=None, organisation=organisation, role=role, actor=None, at=at)


def _tank(site: Site, at: datetime) -> Tank:
    unit = Unit.objects.create(code="KGM", name="kilogram", symbol="kg", decimals=5)
    hs_code = HsCode.objects.create(code="271019", description="Kerosene", section="V")
    row = Item(
        zone=site.zone, code="JET-A1", name="Jet fuel", hs_code=hs_code, unit=unit, net_mass_kg_per_unit=1, origin="KZ"
    )
    product = enter_in_register(row=row, actor=None, at=at)
    group = tanks.open_tank_group(site=site, code="NORTH", mode="book", actor=None, at=at)
    return tanks.open_tank(group=group, code=TANK, product=product, actor=None, at=at)


def _enter_rules(site: Site, at: datetime) -> None:
    measurement_bases.set_measurement_basis(
        site=site, valid_from_date=at.date(), standard="1980", vcf_decimals=4, actor=None, at=at
    )
    ready = at.date() - timedelta(days=READY_DAYS)
    rows: Sequence[object] = (
        TariffRate(
            hs_prefix="271019",
            duty_rate=Decimal("0.09"),
            vat_rate=Decimal("0.13"),
            consumption_tax_cny_per_unit=Decimal("0.5"),
            valid_from_date=ready,
        ),
        *(
            ExchangeRate(currency="USD", valid_from_date=day, cny_per_unit=Decimal("7.1352"))
            for day in (ready.replace(day=1) + timedelta(days=number) for number in range(READY_DAYS + 62))
            if day.day == 1
        ),
        *(
            ReliefRule(
                valid_from_date=ready,
                nationality=nationality,
                flight_type=FlightType.INTERNATIONAL,
                relieves_duty=True,
                relieves_consumption_tax=True,
                relieves_vat=nationality == CarrierNationality.FOREIGN,
            )
            for nationality in CarrierNationality.values
        ),
        *(
            Airport(iata_code=code, name=f"Airport {code}", country=country, time_zone="Asia/Shanghai")
            for code, country in {HOME: "CN", **ABROAD}.items()
        ),
    )
    for row in rows:
        enter_in_register(row=row, actor=None, at=at)


def _enter_contracts(site: Site, supervisor: User, at: datetime) -> None:
    first = at.date() - timedelta(days=READY_DAYS)
    index = enter_in_register(row=PriceIndex(code=INDEX, name="Synthetic index"), actor=None, at=at)
    chance = random.Random(INDEX)
    quotes = [
        {
            "index": INDEX,
            "quoted_date": (first + timedelta(days=number)).isoformat(),
            "price": f"{chance.uniform(80, 100):.2f}",
            "source": "synthetic",
        }
        for number in range(3 * READY_DAYS)
    ]
    contracts.publish_quotes(rows=quotes, actor=None, at=at)
    airport = Airport.objects.get(iata_code=HOME)
    contracts.set_duty_paid_price(
        airport=airport,
        valid_from_date=first,
        price_cny_per_tonne=Decimal(7_450),
        source="synthetic",
        actor=None,
        at=at,
    )
    for iata_code in (CASUAL, SHORT, LONG):
        carrier = Organisation(
            code=f"AIR-{iata_code}", name=f"Airline {iata_code}", kind=OrganisationKind.AIRLINE, country="KZ"
        )
        enter_in_register(row=carrier, actor=None, at=at)
        airline = Airline(organisation=carrier, iata_code=iata_code, icao_code=f"{iata_code[0]}BX")
        enter_in_register(row=airline, actor=None, at=at)
        contract = FuelContract(
            number=f"FC-{iata_code}",
            site=site,
            airline=airline,
            airport=airport,
            valid_from_date=first,
            index=index,
            averaging="week_before",
            differential=Decimal("3.20"),
            into_plane_fee_per_tonne=Decimal("28.50"),
        )
        contracts.open_contract(contract=contract, actor=supervisor, at=at)


def _fill(tank: Tank, book: AccountBook, people: tuple[User, User], at: datetime) -> None:
    operator, officer = people
    supplier = enter_in_register(
        row=Organisation(code="SUPPLIER", name="Synthetic supplier", kind=OrganisationKind.FUEL_SUPPLIER),
        actor=None,
        at=at,
    )
    details = ConsignmentDetails(
        customs_status="bonded",
        supplier=supplier,
        product=tank.product,
        document_mass_kg=STOCK_KG,
        source="abroad",
        book=book,
        origin="KZ",
        invoice_value=STOCK_KG * 5,
        declaration_number="940220260000000001",
    )
    consignment = declaring.advise_consignment(
        site=book.site, details=details, actor=operator, at=at, request_key=uuid4()
    )
    consignment = declaring.accept_consignment(consignment=consignment, actor=officer, at=at)
    density = Decimal(800)
    row = ReceiptInput(
        tank=tank, litres_observed=STOCK_KG * 1000 / density, celsius=Decimal(15), density_at_base=density
    )
    consignment = receipts.receive_consignment(
        consignment=consignment, receipts=[row], received_at=at, actor=operator, at=at
    )
    quality.release_consignment(
        consignment=consignment, certificate_kind="rcq", certificate_number="RCQ-1", actor=officer, at=at
    )
