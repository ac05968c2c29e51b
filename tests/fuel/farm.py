"""A tank farm as consignments and movements need it: tanks, gauges, a basis, an account book and its people."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.db import transaction

from customs.models import AccountBook
from customs.operations.books import open_account_book
from documents.operations.numbers import give_number
from fuel.consignments.operations import declaring, quality, receipts
from fuel.consignments.operations.declaring import ConsignmentDetails
from fuel.consignments.operations.receipts import ReceiptInput
from fuel.models import FuelConsignment, Gauge, MeasurementBasis, StrappingTable, Tank, TankGroup
from fuel.operations import movement_limits
from fuel.tank_movements import operations as tank_movements
from ledger.postings import Hold, Journal
from ledger.queries import balances
from registry.history import save_as
from registry.models import (
    Item,
    Organisation,
    OrganisationKind,
    Place,
    PlaceKind,
    RegimeCode,
    Role,
    Site,
    SiteKind,
    User,
)
from registry.operations.sites import add_place, open_site
from tests.bonded.build import exchange_rate, guarantee, tariff
from tests.customs.build import declaration_number
from tests.registry import build

AT = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)
JANUARY = date(2026, 1, 1)


@dataclass
class Farm:
    """What a test works in; `now` moves on with every act."""

    site: Site
    book: AccountBook
    product: Item
    supplier: Organisation
    operator: User
    supervisor: User
    officer: User
    auditor: User
    now: datetime = field(default=AT)

    def tick(self, **by: int) -> datetime:
        self.now += timedelta(**(by or {"minutes": 1}))
        return self.now

    def group(self, code: str, mode: str) -> TankGroup:
        found, _new = TankGroup.objects.get_or_create(site=self.site, code=code, defaults={"mode": mode})
        return found

    def tank(self, code: str, status: str = "bonded", **more: Any) -> Tank:
        """A tank of a segregated group, or without a status one of a group run by book."""
        group = self.group("SEG", "segregated") if status else self.group("BOOK", "book")
        place = add_place(site=self.site, code=code, kind=PlaceKind.TANK, actor=None, at=AT)
        tank = Tank(place=place, group=group, product=self.product, customs_status=status, **more)
        save_as(tank, actor=self.operator, at=AT)
        StrappingTable.objects.create(
            tank=tank, version=1, valid_from_date=JANUARY, loaded_by=self.operator, loaded_at=AT
        )
        return tank

    def gauge(self, tank: Tank, mass_kg: str, **more: Any) -> Gauge:
        """A gauge that says this mass."""
        mass = Decimal(mass_kg)
        given = {
            "purpose": "check",
            "dip_mm": Decimal(1000),
            "tank_celsius": Decimal(15),
            "density_reading": Decimal(800),
            "sample_celsius": Decimal(15),
            "total_observed_m3": mass / 800,
            "free_water_m3": Decimal(0),
            "gross_observed_m3": mass / 800,
            "gross_standard_m3": mass / 800,
            "density_at_base": Decimal(800),
            "vcf": Decimal(1),
            "standard": "1980",
            **more,
        }
        row = Gauge(
            site=self.site,
            tank=tank,
            strapping_table=tank.strapping_tables.get(),
            gauged_at=self.tick(),
            prepared_by=self.operator,
            prepared_at=self.now,
            request_key=uuid4(),
            mass_kg=mass,
            **given,
        )
        with transaction.atomic():
            give_number(document=row, at=self.now)
            save_as(row, actor=self.operator, at=self.now)
        return row

    def details(self, mass_kg: str = "800000", **more: Any) -> ConsignmentDetails:
        status = more.get("customs_status", "bonded")
        given: dict[str, Any] = {
            "customs_status": status,
            "supplier": self.supplier,
            "product": self.product,
            "document_mass_kg": Decimal(mass_kg),
            "book": self.book if status == "bonded" else None,
            "source": "abroad" if status == "bonded" else "domestic",
            "origin": "KZ",
            "invoice_value": Decimal("600000.01"),
            "currency": "USD",
            "loss_tolerance_percent": Decimal("0.3"),
            "declaration_number": declaration_number(),
            **more,
        }
        return ConsignmentDetails(**given)

    def advised(self, mass_kg: str = "800000", **more: Any) -> FuelConsignment:
        return declaring.advise_consignment(
            site=self.site,
            details=self.details(mass_kg, **more),
            actor=self.operator,
            at=self.tick(),
            request_key=uuid4(),
        )

    def accepted(self, mass_kg: str = "800000", **more: Any) -> FuelConsignment:
        consignment = self.advised(mass_kg, **more)
        if consignment.customs_status == "duty_paid":
            return consignment
        return declaring.accept_consignment(consignment=consignment, actor=self.officer, at=self.tick())

    def gauged(self, tank: Tank, mass_kg: str, *, opening_kg: str = "1000") -> ReceiptInput:
        """What two gauges say that a tank received."""
        before = self.gauge(tank, opening_kg)
        self.tick(minutes=30)
        after = self.gauge(tank, str(Decimal(opening_kg) + Decimal(mass_kg)))
        return ReceiptInput(tank=tank, gauge_before=before, gauge_after=after)

    def received(self, consignment: FuelConsignment, *lines: ReceiptInput, **more: Any) -> FuelConsignment:
        at = self.tick()
        given: dict[str, Any] = {"actor": self.operator, "received_at": at, "at": at, **more}
        return receipts.receive_consignment(consignment=consignment, receipts=lines, **given)

    def released(self, consignment: FuelConsignment, **more: Any) -> FuelConsignment:
        decider = self.officer if consignment.customs_status == "bonded" else self.supervisor
        given: dict[str, Any] = {"actor": decider, "certificate_kind": "rcq", "certificate_number": "Q-1"}
        return quality.release_consignment(consignment=consignment, at=self.tick(), **{**given, **more})

    def stocked(self, tank: Tank, mass_kg: str, **more: Any) -> FuelConsignment:
        """A consignment that came in whole and is released."""
        consignment = self.accepted(mass_kg, **{"customs_status": tank.customs_status or "bonded", **more})
        return self.released(self.received(consignment, self.gauged(tank, mass_kg)))

    def slops(self) -> Tank:
        """The site's slop tank, for slops of every duty status."""
        known = Tank.objects.filter(place__site=self.site, is_slop=True).first()
        return known or self.tank("SLOP", "", is_slop=True)

    def moved(self, movement: str, tank: Tank, mass_kg: str, **more: Any) -> Any:
        """As it was asked for; what is above the farm's limits waits."""
        if movement == "drain":
            more.setdefault("to_tank", self.slops())
        at = self.tick()
        given: dict[str, Any] = {
            "customs_status": "bonded",
            "actor": self.operator,
            "moved_at": at,
            "at": at,
            "request_key": uuid4(),
            **more,
        }
        return tank_movements.move_fuel(movement=movement, from_tank=tank, mass_kg=Decimal(mass_kg), **given)

    def place(self, kind: PlaceKind) -> Place:
        return self.site.places.get(kind=kind)

    def held(self, place: Place, hold: Hold = Hold.FREE, journal: Journal = Journal.STOCK) -> Decimal:
        found = balances(places=[place.pk], journal=journal)
        return sum((row.quantity for row in found if row.hold == hold), Decimal(0))

    def in_book(self) -> Decimal:
        return self.held(self.book.place, journal=Journal.CUSTOMS)


def farm(code: str = "URC", *, limit_cny: str = "100000000", limit_kg: str = "1000000") -> Farm:
    """A tank farm where fuel is dutied at 9 % with 13 % VAT and a dollar is 7 yuan."""
    tariff("2710", duty="0.09", consumption_tax_cny_per_unit=Decimal("1.5"))
    exchange_rate("USD", "7")
    row = Site(
        zone=build.zone(),
        code=code,
        name=f"Tank farm {code}",
        organisation=build.organisation(f"{code}-KEEPER"),
        customs_office=build.organisation(f"{code}-CUSTOMS", OrganisationKind.CUSTOMS_OFFICE),
        kind=SiteKind.TANK_FARM,
        regime=RegimeCode.BONDED_FUEL,
        un_locode="CNURC",
    )
    site = open_site(site=row, actor=None, at=AT)
    book = open_account_book(
        site=site,
        number=f"F{code}2026L00001",
        kind="fuel",
        holder=site.organisation,
        opened_date=JANUARY,
        guarantee=guarantee(site, limit_cny),
        actor=None,
        at=AT,
    )
    MeasurementBasis.objects.create(site=site, valid_from_date=JANUARY, standard="1980")
    movement_limits.set_movement_limit(
        site=site,
        valid_from_date=JANUARY,
        drain_kg_per_act=Decimal(limit_kg),
        drain_kg_per_day=Decimal(limit_kg),
        sample_kg_per_act=Decimal(limit_kg),
        sample_kg_per_day=Decimal(limit_kg),
        actor=None,
        at=AT,
    )
    return Farm(
        site=site,
        book=book,
        product=build.item("JET-A1", hs_code=build.hs_code("271019"), origin="KZ"),
        supplier=build.organisation(f"{code}-SUPPLIER", OrganisationKind.FUEL_SUPPLIER),
        operator=build.user("oscar", Role.OPERATOR, site.organisation, at_site=site),
        supervisor=build.user("sally", Role.SUPERVISOR, site.organisation, at_site=site),
        officer=build.user("olga", Role.CUSTOMS_OFFICER, site.customs_office),
        auditor=build.user("audra", Role.AUDITOR, site.organisation),
    )
