"""A small zone with one site, opened through the operations, and lots to move."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from itertools import count

import pytest
from django.db import connection

from ledger.models import Lot
from ledger.operations import open_lots, post
from ledger.postings import (
    Account,
    CustomsStatus,
    Document,
    Hold,
    Journal,
    Leg,
    MovementKind,
    NewLot,
    Posted,
    Posting,
    Riding,
)
from registry.models import HsCode, Item, Organisation, Place, PlaceKind, Site, Unit, Zone
from registry.operations.sites import add_place, open_site

NOON = datetime(2026, 3, 10, 4, tzinfo=UTC)


@dataclass
class Yard:
    """What a test moves goods in."""

    zone: Zone
    site: Site
    item: Item
    owner: Organisation
    keys: "count[int]" = field(default_factory=count)

    def place(self, code: str) -> Place:
        return Place.objects.get(site=self.site, code=code)

    def account(self, code: str, hold: Hold = Hold.FREE) -> Account:
        return Account(self.place(code).pk, hold)

    def new_lot(self, quantity: str = "100", value: str = "1000.00", number: str = "") -> NewLot:
        return NewLot(
            zone_id=self.zone.pk, site_id=self.site.pk, number=number or f"LOT-{next(self.keys)}",
            item_id=self.item.pk, unit_id=self.item.unit_id, owner_id=self.owner.pk,
            customs_status=CustomsStatus.BONDED, origin="KZ", admitted_date=NOON.date(),
            document=Document("admission", 1, "A-1"), quantity=Decimal(quantity), net_mass_kg=Decimal(quantity),
            customs_value_cny=Decimal(value), duty_cny=Decimal("80.00"), consumption_tax_cny=Decimal(0),
            vat_cny=Decimal("140.40"),
        )  # fmt: skip

    def lot(self, quantity: str = "100", value: str = "1000.00") -> Lot:
        return open_lots(lots=[self.new_lot(quantity, value)], at=NOON)[0]

    def posting(
        self, lot: Lot, source: Account, target: Account, quantity: str, *, kind: MovementKind = MovementKind.RELOCATED,
        riding: Riding | None = None, at: datetime = NOON, key: str = "", document: int = 1,
    ) -> Posting:  # fmt: skip
        return Posting(
            idempotency_key=key or f"key-{next(self.keys)}", kind=kind, site_id=self.site.pk,
            document=Document("test", document, f"T-{document}"), occurred_at=at,
            legs=(Leg(Journal.STOCK, lot.pk, source, target, Decimal(quantity), riding),),
        )  # fmt: skip

    def admission(self, lot: Lot, *, at: datetime = NOON, key: str = "", document: int = 1) -> Posting:
        riding = Riding(lot.net_mass_kg, lot.customs_value_cny, lot.duty_cny, lot.consumption_tax_cny, lot.vat_cny)
        return self.posting(
            lot, self.account("ABROAD"), self.account("A-01"), str(lot.quantity),
            kind=MovementKind.ADMITTED, riding=riding, at=at, key=key, document=document,
        )  # fmt: skip

    def admit(self, lot: Lot, *, at: datetime = NOON, key: str = "", document: int = 1) -> Posted:
        return self.post(self.admission(lot, at=at, key=key, document=document))[0]

    def post(self, *postings: Posting) -> list[Posted]:
        return post(zone_id=self.zone.pk, actor_id=None, postings=postings)


def open_yard() -> Yard:
    zone = Zone.objects.create(code="XJ", name="Synthetic zone")
    keeper = Organisation.objects.create(code="KEEPER", name="Synthetic keeper", kind="warehouse_keeper")
    office = Organisation.objects.create(code="OFFICE", name="Synthetic customs office", kind="customs_office")
    site = open_site(
        site=Site(
            zone=zone, code="HRS", name="Khorgos", organisation=keeper, customs_office=office, kind="warehouse",
            regime="bonded_warehouse", un_locode="CNHRS",
        ),
        actor=None,
        at=NOON,
    )  # fmt: skip
    for code in ("A-01", "A-02"):
        add_place(site=site, code=code, kind=PlaceKind.BIN, actor=None, at=NOON)
    unit = Unit.objects.create(code="KGM", name="kilogram", symbol="kg", decimals=5)
    hs_code = HsCode.objects.create(code="080251", description="Pistachios, in shell", section="II")
    item = Item.objects.create(
        zone=zone, code="PISTACHIO", name="Pistachios", hs_code=hs_code, unit=unit, net_mass_kg_per_unit=1
    )
    return Yard(zone, site, item, keeper)


@pytest.fixture
def yard(db: None) -> Yard:
    return open_yard()


@pytest.fixture
def committed_yard(transactional_db: None) -> Yard:
    """The same, committed, for tests whose threads must see it."""
    return open_yard()


@pytest.fixture
def record_at(yard: Yard, hands_of_the_owner: None) -> Callable[[datetime], None]:
    """Set the database's clock, by putting one of the test's own before the real one until the test ends."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA clock_of_test")
        cursor.execute(
            "CREATE FUNCTION clock_of_test.clock_timestamp() RETURNS timestamptz LANGUAGE sql"
            " AS $$ SELECT current_setting('bondbook.clock_of_test')::timestamptz $$"
        )
        cursor.execute("SET LOCAL search_path = clock_of_test, pg_catalog, public")

    def set_clock(moment: datetime) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('bondbook.clock_of_test', %s, true)", [moment.isoformat()])

    return set_clock


__all__ = ["NOON", "Yard"]
