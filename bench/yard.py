"""Where the postings of the benchmark go: one site, its account book, its bins, and lots that lie in every bin."""

from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal

from bench.sizes import BATCH
from customs.models import AccountBookKind
from customs.operations.books import open_account_book
from ledger.models import CustomsStatus, Journal, Lot, MovementKind
from ledger.operations import post
from ledger.postings import Account, Document, Leg, Posting, Riding
from registry.models import HsCode, Item, Organisation, Place, PlaceKind, Site, Unit, Zone
from registry.operations.sites import add_place, open_site

SITE = "HRS"
BOOK = "BENCH-BOOK"
STOCK_PER_ACCOUNT = 1_000_000
# What one unit carries, so that whole units carry whole fen.
PER_UNIT = Riding(Decimal("1.00000"), Decimal("12.50"), Decimal("1.00"), Decimal("0.00"), Decimal("1.75"))


@dataclass(frozen=True)
class Yard:
    """The ids that postings name. Bins and lots are numbered without gaps, so that they can be drawn from a range."""

    zone: int
    site: int
    abroad: int
    book: int
    first_bin: int
    last_bin: int
    first_lot: int
    last_lot: int

    def ids(self) -> dict[str, int]:
        return asdict(self)

    def with_accounts(self, count: int) -> "Yard":
        """The same yard, but of its accounts only one lot in that many bins."""
        return Yard(**(self.ids() | {"last_lot": self.first_lot, "last_bin": self.first_bin + count - 1}))


def open_yard(*, bins: int, lots: int, opened_at: datetime) -> Yard:
    """Open all of it through the register's operations, and admit every lot into every bin and into the book.

    Raises:
        RuntimeError: the database is not new.
    """
    site = _site(opened_at)
    book = open_account_book(
        site=site,
        number=BOOK,
        kind=AccountBookKind.LOGISTICS,
        holder=site.organisation,
        opened_date=opened_at.date(),
        actor=None,
        at=opened_at,
    )
    bin_ids = [
        add_place(site=site, code=f"B-{number:03}", kind=PlaceKind.BIN, actor=None, at=opened_at).pk
        for number in range(bins)
    ]
    lot_ids = [lot.pk for lot in _lots(site, bins, lots, opened_at)]
    for ids in (bin_ids, lot_ids):
        if ids != list(range(ids[0], ids[0] + len(ids))):
            raise RuntimeError("The benchmark draws ids from a range and needs a new database.")
    abroad = Place.objects.get(site=site, kind=PlaceKind.ABROAD).pk
    yard = Yard(site.zone_id, site.pk, abroad, book.place_id, bin_ids[0], bin_ids[-1], lot_ids[0], lot_ids[-1])
    admissions = [_admission(yard, lot, place, opened_at) for lot in lot_ids for place in bin_ids]
    for start in range(0, len(admissions), BATCH):
        post(zone_id=yard.zone, actor_id=None, postings=admissions[start : start + BATCH])
    return yard


def _site(opened_at: datetime) -> Site:
    zone = Zone.objects.create(code="BENCH", name="Synthetic zone")
    keeper = Organisation.objects.create(code="KEEPER", name="Synthetic keeper", kind="warehouse_keeper")
    office = Organisation.objects.create(code="OFFICE", name="Synthetic customs office", kind="customs_office")
    return open_site(
        site=Site(
            zone=zone,
            code=SITE,
            name="Khorgos",
            organisation=keeper,
            customs_office=office,
            kind="warehouse",
            regime="bonded_warehouse",
            un_locode="CNHRS",
        ),
        actor=None,
        at=opened_at,
    )


def _lots(site: Site, bins: int, lots: int, opened_at: datetime) -> list[Lot]:
    unit = Unit.objects.create(code="KGM", name="kilogram", symbol="kg", decimals=5)
    hs_code = HsCode.objects.create(code="080251", description="Pistachios, in shell", section="II")
    item = Item.objects.create(
        zone=site.zone, code="PISTACHIO", name="Pistachios", hs_code=hs_code, unit=unit, net_mass_kg_per_unit=1
    )
    quantity = STOCK_PER_ACCOUNT * bins
    return Lot.objects.bulk_create(
        Lot(
            zone=site.zone,
            site=site,
            number=f"LOT-{number:05}",
            item=item,
            unit=unit,
            owner=site.organisation,
            customs_status=CustomsStatus.BONDED,
            origin="KZ",
            admitted_date=opened_at.date(),
            document_kind="admission",
            document_id=number,
            document_number=f"A-{number}",
            quantity=quantity,
            net_mass_kg=quantity * PER_UNIT.net_mass_kg,
            customs_value_cny=quantity * PER_UNIT.customs_value_cny,
            duty_cny=quantity * PER_UNIT.duty_cny,
            consumption_tax_cny=quantity * PER_UNIT.consumption_tax_cny,
            vat_cny=quantity * PER_UNIT.vat_cny,
            created_at=opened_at,
        )
        for number in range(lots)
    )


def _admission(yard: Yard, lot_id: int, place_id: int, opened_at: datetime) -> Posting:
    quantity = Decimal(STOCK_PER_ACCOUNT)
    riding = Riding(
        quantity * PER_UNIT.net_mass_kg,
        quantity * PER_UNIT.customs_value_cny,
        quantity * PER_UNIT.duty_cny,
        quantity * PER_UNIT.consumption_tax_cny,
        quantity * PER_UNIT.vat_cny,
    )
    return Posting(
        idempotency_key=f"opening-{lot_id}-{place_id}",
        kind=MovementKind.ADMITTED,
        site_id=yard.site,
        document=Document("admission", lot_id, f"A-{lot_id}"),
        occurred_at=opened_at,
        legs=(
            Leg(Journal.STOCK, lot_id, Account(yard.abroad), Account(place_id), quantity, riding),
            Leg(Journal.CUSTOMS, lot_id, Account(yard.abroad), Account(yard.book), quantity, riding),
        ),
    )
