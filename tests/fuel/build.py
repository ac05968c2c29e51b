"""A tank farm at an airport with its people, tanks and meters; fuel comes in and goes out through the operations."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from customs.models import AccountBook
from customs.operations.books import open_account_book
from customs.operations.guarantees import enter_guarantee
from fuel.consignments.operations import declaring, quality, receipts
from fuel.consignments.operations.declaring import ConsignmentDetails
from fuel.consignments.operations.receipts import ReceiptInput
from fuel.defuels import operations as defuels
from fuel.delivery_tickets.operations import matching, tickets
from fuel.delivery_tickets.operations.entry import TicketDetails
from fuel.gauges import operations as gauges
from fuel.models import (
    CarrierNationality,
    Defuel,
    DeliveryTicket,
    FlightRecord,
    FlightType,
    FuelConsignment,
    Gauge,
    Meter,
    ReliefRule,
    Tank,
    TankGroup,
)
from fuel.operations import (
    measurement_bases,
    meters,
    movement_limits,
    reconciliation_rules,
    strapping,
    tanks,
)
from ledger.postings import Hold, Journal
from ledger.queries import balances, lots, stock_in
from registry.models import (
    Airline,
    Airport,
    Item,
    Organisation,
    OrganisationKind,
    RegimeCode,
    Role,
    Site,
    SiteKind,
    TariffRate,
    User,
)
from registry.operations.register import enter_in_register
from registry.operations.sites import open_site
from tests.customs.build import declaration_number
from tests.registry import build

AT = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)
JANUARY = date(2026, 1, 1)
# A cylinder of straight walls: 0.6144 m³ to the millimetre, as in the worked figures.
STRAPPING = [(Decimal(mm), Decimal(mm) * Decimal("0.6144")) for mm in range(0, 10_001, 500)]


@dataclass
class TankFarm:
    """What a test works in; `now` moves on with every act."""

    site: Site
    book: AccountBook
    supplier: Organisation
    product: Item
    group: TankGroup
    tank: Tank
    other_tank: Tank
    meter: Meter
    airport: Airport
    abroad: Airport
    airline: Airline
    operator: User
    supervisor: User
    officer: User
    auditor: User
    administrator: User
    now: datetime = field(default=AT)

    def tick(self, **by: int) -> datetime:
        self.now += timedelta(**(by or {"minutes": 1}))
        return self.now

    def details(self, mass_kg: str, **more: Any) -> ConsignmentDetails:
        status = more.pop("customs_status", "bonded")
        given = {
            "customs_status": status,
            "supplier": self.supplier,
            "product": self.product,
            "document_mass_kg": Decimal(mass_kg),
            "source": "abroad" if status == "bonded" else "domestic",
            "book": self.book if status == "bonded" else None,
            "origin": "KZ" if status == "bonded" else "CN",
            "invoice_value": Decimal(mass_kg) * 5 if status == "bonded" else Decimal(0),
            "loss_tolerance_percent": Decimal("0.2"),
            "declaration_number": declaration_number() if status == "bonded" else "",
            **more,
        }
        return ConsignmentDetails(**given)

    def advised(self, mass_kg: str, **more: Any) -> FuelConsignment:
        return declaring.advise_consignment(
            site=self.site,
            details=self.details(mass_kg, **more),
            actor=self.operator,
            at=self.tick(),
            request_key=uuid4(),
        )

    def accepted(self, mass_kg: str, **more: Any) -> FuelConsignment:
        consignment = self.advised(mass_kg, **more)
        if consignment.customs_status != "bonded":
            return consignment
        return declaring.accept_consignment(consignment=consignment, actor=self.officer, at=self.tick())

    def received(
        self, mass_kg: str, *, tank: Tank | None = None, received_kg: str = "", **more: Any
    ) -> FuelConsignment:
        """Measured at 15 °C and 800 kg/m³, where 1.25 L is a kilogram."""
        consignment = self.accepted(mass_kg, **more)
        litres = Decimal(received_kg or mass_kg) / Decimal("0.8")
        at = self.tick()
        row = ReceiptInput(
            tank=tank or self.tank,
            litres_observed=litres,
            celsius=Decimal(15),
            density_at_base=Decimal("800.0"),
        )
        return receipts.receive_consignment(
            consignment=consignment, receipts=[row], actor=self.operator, at=at, received_at=at
        )

    def released(self, mass_kg: str, **more: Any) -> FuelConsignment:
        consignment = self.received(mass_kg, **more)
        return quality.release_consignment(
            consignment=consignment,
            certificate_kind="rcq",
            certificate_number="RCQ-1",
            specification="GB 6537",
            batch_number="B-1",
            actor=self.officer if consignment.customs_status == "bonded" else self.supervisor,
            at=self.tick(),
        )

    def gauged(self, mass_kg: str, *, tank: Tank | None = None, **more: Any) -> Gauge:
        """A gauge that comes to the mass, as near as the dip's tenth of a millimetre allows."""
        at = self.tick()
        dip_mm = (Decimal(mass_kg) / Decimal("491.52")).quantize(Decimal("0.1"))
        return gauges.record_gauge(
            **{
                "tank": tank or self.tank,
                "gauged_at": at,
                "dip_mm": dip_mm,
                "tank_celsius": Decimal(15),
                "density_reading": Decimal("800.0"),
                "sample_celsius": Decimal(15),
                "actor": self.operator,
                "at": at,
                "request_key": uuid4(),
                **more,
            }
        )

    def ticket_details(self, number: str, **more: Any) -> TicketDetails:
        """Metered at 15 °C and 800 kg/m³, where 1.25 L is a kilogram."""
        mass_kg = more.pop("mass_kg", "8000")
        given = {
            "vendor": self.site.organisation,
            "ticket_number": number,
            "airline": self.airline,
            "flight_number": "Q1801",
            "flight_date": self.now.date(),
            "registration": "UP-B6701",
            "airport": self.airport,
            "destination": self.abroad,
            "tank": self.tank,
            "delivered_at": self.now,
            "litres_observed": None if mass_kg is None else Decimal(mass_kg) / Decimal("0.8"),
            "celsius": Decimal(15),
            "density_at_base": Decimal("800.0"),
            "signatory": "A. Captain",
            **more,
        }
        return TicketDetails(**given)

    def metered(self, number: str, **more: Any) -> DeliveryTicket:
        self.tick()
        return tickets.record_ticket(
            site=self.site,
            details=self.ticket_details(number, **more),
            actor=self.operator,
            at=self.tick(),
            request_key=uuid4(),
        )

    def signed(self, number: str, **more: Any) -> DeliveryTicket:
        ticket = self.metered(number, **more)
        return tickets.sign_ticket(ticket=ticket, actor=self.operator, at=self.tick())

    def flight(self, ticket: DeliveryTicket, **more: Any) -> FlightRecord:
        """The flight of the ticket as the airline reports it."""
        return matching.record_flight(
            **{
                "site": self.site,
                "airline": ticket.airline,
                "flight_number": ticket.flight_number,
                "flight_date": ticket.flight_date,
                "registration": ticket.registration,
                "destination": ticket.destination,
                "litres_reported": ticket.litres_observed,
                "actor": self.operator,
                "at": self.tick(),
                **more,
            }
        )

    def matched(self, number: str, **more: Any) -> DeliveryTicket:
        ticket = self.signed(number, **{"flight_number": f"Q{number.replace('-', '')[-4:]}", **more})
        self.flight(ticket)
        return matching.match_ticket(ticket=ticket, actor=self.supervisor, at=self.tick(), reason="No contract yet")

    def defuelled(self, ticket: DeliveryTicket, mass_kg: str, **more: Any) -> Defuel:
        at = self.tick()
        return defuels.record_defuel(
            **{
                "ticket": ticket,
                "tank": ticket.tank,
                "litres_observed": Decimal(mass_kg) / Decimal("0.8"),
                "celsius": Decimal(15),
                "density_at_base": Decimal("800.0"),
                "defuelled_at": at,
                "actor": self.operator,
                "at": at,
                "request_key": uuid4(),
                **more,
            }
        )

    def slops(self, customs_status: str = "bonded") -> Tank:
        """The site's slop tank; in a segregated group, the one of a duty status."""
        status = customs_status if self.group.mode == "segregated" else ""
        known = Tank.objects.filter(place__site=self.site, is_slop=True, customs_status=status).first()
        return known or tanks.open_tank(
            group=self.group,
            code=f"SLOP-{status}".upper().strip("-"),
            product=self.product,
            customs_status=status,
            is_slop=True,
            actor=None,
            at=AT,
        )

    def lots_held(self, tank: Tank | None = None, *, hold: Hold = Hold.FREE) -> dict[str, Decimal]:
        """Kilograms of each lot in the tank, by the number of the lot's consignment."""
        rows = stock_in(place_ids=[(tank or self.tank).place_id], hold=hold)
        number_of = dict(lots().values_list("pk", "document_number"))
        return {number_of[row.lot_id]: row.quantity for row in rows}

    def held(self, tank: Tank | None = None, *, hold: Hold = Hold.FREE, status: str = "") -> Decimal:
        """Kilograms in the tank."""
        rows = stock_in(place_ids=[(tank or self.tank).place_id], hold=hold, customs_status=status)
        return sum((row.quantity for row in rows), Decimal(0))

    def in_book(self) -> Decimal:
        """Kilograms in the account book."""
        rows = balances(places=[self.book.place_id], journal=Journal.CUSTOMS)
        return sum((row.quantity for row in rows), Decimal(0))


def tank_farm(code: str = "URC", *, mode: str = "book") -> TankFarm:
    site = open_site(
        site=Site(
            zone=build.zone(),
            code=code,
            name=f"Tank farm {code}",
            organisation=build.organisation(f"{code}-KEEPER"),
            customs_office=build.organisation(f"{code}-CUSTOMS", OrganisationKind.CUSTOMS_OFFICE),
            kind=SiteKind.TANK_FARM,
            regime=RegimeCode.BONDED_FUEL,
            un_locode="CNURC",
        ),
        actor=None,
        at=AT,
    )
    guarantee = enter_guarantee(
        site=site,
        number=f"G-{code}",
        guarantor="Synthetic Bank",
        limit_cny=Decimal(900_000_000),
        actor=None,
        at=AT,
    )
    book = open_account_book(
        site=site,
        number=f"T{code}2026F00001",
        kind="fuel",
        holder=site.organisation,
        opened_date=JANUARY,
        guarantee=guarantee,
        actor=None,
        at=AT,
    )
    product = build.item("JET-A1", hs_code=build.hs_code("271019"), unit=build.unit("KGM"), origin="KZ")
    group = tanks.open_tank_group(site=site, code="NORTH", mode=mode, actor=None, at=AT)
    statuses = ("bonded", "duty_paid") if mode == "segregated" else ("", "")
    both = [
        tanks.open_tank(group=group, code=f"T-{number}", product=product, customs_status=status, actor=None, at=AT)
        for number, status in enumerate(statuses, start=101)
    ]
    administrator = build.user(f"ada-{code}".lower(), Role.ADMINISTRATOR, site.organisation, at_site=site)
    for tank in both:
        strapping.load_strapping_table(tank=tank, rows=STRAPPING, valid_from_date=JANUARY, actor=administrator, at=AT)
    meter = meters.open_meter(site=site, code="R-1", kind="refueller", digits=8, actor=None, at=AT)
    meters.record_proving(
        meter=meter, proved_at=AT - timedelta(days=30), factor=Decimal("1.0000"), actor=administrator, at=AT
    )
    measurement_bases.set_measurement_basis(
        site=site, valid_from_date=JANUARY, standard="1980", vcf_decimals=4, actor=None, at=AT
    )
    reconciliation_rules.set_reconciliation_rule(
        site=site,
        name="By issues",
        valid_from_date=JANUARY,
        split_by="issues",
        tolerance_percent_of_issues=Decimal("0.2"),
        tolerance_percent_of_throughput=Decimal("0.1"),
        actor=None,
        at=AT,
    )
    movement_limits.set_movement_limit(
        site=site,
        valid_from_date=JANUARY,
        drain_kg_per_act=Decimal(1_000_000),
        drain_kg_per_day=Decimal(1_000_000),
        sample_kg_per_act=Decimal(1_000_000),
        sample_kg_per_day=Decimal(1_000_000),
        actor=None,
        at=AT,
    )
    relief_rules()
    return TankFarm(
        site=site,
        book=book,
        supplier=build.organisation(f"{code}-SUPPLIER", OrganisationKind.FUEL_SUPPLIER),
        product=product,
        group=group,
        tank=both[0],
        other_tank=both[1],
        meter=meter,
        airport=airport("URC", "CN"),
        abroad=airport("ALA", "KZ"),
        airline=airline(),
        operator=build.user(f"oscar-{code}".lower(), Role.OPERATOR, site.organisation, at_site=site),
        supervisor=build.user(f"sally-{code}".lower(), Role.SUPERVISOR, site.organisation, at_site=site),
        officer=build.user(f"olga-{code}".lower(), Role.CUSTOMS_OFFICER, site.customs_office),
        auditor=build.user(f"arthur-{code}".lower(), Role.AUDITOR),
        administrator=administrator,
    )


def airport(iata_code: str, country: str) -> Airport:
    row = Airport(iata_code=iata_code, name=f"Airport {iata_code}", country=country, time_zone="Asia/Shanghai")
    return enter_in_register(row=row, actor=None, at=AT)


def airline(iata_code: str = "Q1", *, country: str = "KZ") -> Airline:
    carrier = build.organisation(f"CARRIER-{iata_code}", OrganisationKind.AIRLINE, country=country)
    row = Airline(
        organisation=carrier, iata_code=iata_code, icao_code=f"{iata_code[0]}{chr(ord('A') + int(iata_code[1]))}X"
    )
    return enter_in_register(row=row, actor=None, at=AT)


def relief_rules() -> None:
    """A foreign carrier abroad pays nothing, a Chinese one the VAT, nobody is relieved inside the country."""
    for nationality in CarrierNationality.values:
        for flight_type in FlightType.values:
            is_abroad = flight_type != FlightType.DOMESTIC
            row = ReliefRule(
                valid_from_date=JANUARY,
                nationality=nationality,
                flight_type=flight_type,
                relieves_duty=is_abroad,
                relieves_consumption_tax=is_abroad,
                relieves_vat=is_abroad and nationality == CarrierNationality.FOREIGN,
            )
            enter_in_register(row=row, actor=None, at=AT)


def fuel_tariff() -> TariffRate:
    """The rates that fuel would be taxed at; synthetic."""
    row = TariffRate(
        hs_prefix="271019",
        duty_rate=Decimal("0.09"),
        vat_rate=Decimal("0.13"),
        consumption_tax_cny_per_unit=Decimal("0.5"),
        valid_from_date=JANUARY,
    )
    return enter_in_register(row=row, actor=None, at=AT)
