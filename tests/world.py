"""One of everything at a warehouse and a tank farm, and somebody in each role: what every address is asked about."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import uuid4

from knox.models import AuthToken

from bonded.admissions.operations.receiving import CountInput, count_admission
from bonded.relocations.operations import RelocationLineInput, relocate
from bonded.stock_counts.operations import open_stock_count
from bonded.suspense_resolutions.operations import submit_resolution
from documents.models import Notice
from documents.reversals.operations import request_reversal
from ledger.operations import close_period
from ledger.queries import closed_periods, transactions_of
from registry.models import CountryGroup, KeptFile, OrganisationKind, Role, User
from tests.bonded.build import JANUARY, Warehouse, exchange_rate, item, out, tariff, warehouse
from tests.fuel.objects import fuel_objects
from tests.registry import build

# Organisations that keep and supervise no site.
OTHERS = (
    OrganisationKind.GOODS_OWNER,
    OrganisationKind.CARRIER,
    OrganisationKind.FUEL_SUPPLIER,
    OrganisationKind.MAINTENANCE,
)
OTHER_ADMINISTRATORS = tuple(f"other_admin_{number}" for number in range(len(OTHERS)))


@dataclass
class World:
    """One of everything at a warehouse, and somebody in each role."""

    people: dict[str, User | None]
    objects: dict[str, Any]


def world() -> World:
    tariff("08", duty="0.08")
    rate = exchange_rate("USD", "7.1")
    khorgos = warehouse(limit_cny="1000000")
    goods = item()
    admission = khorgos.admitted(khorgos.line(goods, "100"))
    lot = admission.lines.get().lot
    withdrawal = khorgos.passed(out(goods, "10"))
    at = khorgos.tick()
    move = RelocationLineInput(lot=lot, from_place=khorgos.bin, to_place=khorgos.other_bin, quantity=Decimal(1))
    given = {"site": khorgos.site, "actor": khorgos.operator, "at": at}
    relocation = relocate(**given, lines=[move], occurred_at=at, request_key=uuid4())
    stock_count = open_stock_count(
        **given, book=khorgos.book, places=[khorgos.bin], counted_as_of=at, request_key=uuid4()
    )
    odd = khorgos.arrived(khorgos.line(item("ALMOND", hs="080211"), "10"))
    (line,) = odd.lines.all()
    found = [CountInput(line=line, place=khorgos.bin, quantity=Decimal(12))]
    over = count_admission(admission=odd, counted=found, actor=khorgos.operator, at=khorgos.tick()).lines.get().over_lot
    resolution = submit_resolution(
        **{**given, "at": khorgos.tick()},
        lot=over,
        way="left",
        quantity=Decimal(1),
        reason="Loaded too much",
        request_key=uuid4(),
    )
    reversal = request_reversal(document=relocation, reason="Wrong bin", actor=khorgos.operator, at=at)
    close_period(site_id=khorgos.site.pk, through=JANUARY, actor_id=None, at=at)
    token, _secret = AuthToken.objects.create(user=khorgos.operator)
    kept = KeptFile.objects.create(
        user=khorgos.operator, name="photo.png", content_type="image/png", content=b"", kept_at=at
    )
    fuel = fuel_objects(khorgos, goods)
    carrier = fuel.pop("carrier")
    return World(
        people={**_people(khorgos), **_administrators(khorgos, carrier), "carrier": carrier},
        objects={
            "item": goods.pk,
            "hs_code": goods.hs_code_id,
            "unit": goods.unit_id,
            "zone": goods.zone_id,
            "organisation": khorgos.site.organisation_id,
            "site": khorgos.site.pk,
            "place": khorgos.bin.pk,
            "exchange_rate": rate.pk,
            "tariff_rate": tariff("07", duty="0.1").pk,
            "country_group": CountryGroup.objects.create(code="BRI", name="Belt and Road").pk,
            "user": khorgos.operator.pk,
            "membership": khorgos.operator.memberships.get().pk,
            "token": token.token_key,
            "kept": kept.token,
            "account_book": khorgos.book.pk,
            "book_number": khorgos.book.number,
            "guarantee": khorgos.book.guarantee_id,
            "regime": khorgos.site.regime,
            "period": closed_periods().get().pk,
            "lot": lot.pk,
            "transaction": transactions_of(document_kind="admission", document_id=admission.pk)[0].pk,
            "admission": admission.pk,
            "withdrawal": withdrawal.pk,
            "relocation": relocation.pk,
            "stock_count": stock_count.pk,
            "reversal": reversal.pk,
            "suspense": over.pk,
            "suspense_resolution": resolution.pk,
            "notice": Notice.objects.filter(to=khorgos.operator).earliest("pk").pk,
            "line": "noted_not_arrived",
            **fuel,
        },
    )


def _people(khorgos: Warehouse) -> dict[str, User | None]:
    carrier = build.organisation("CZ", OrganisationKind.AIRLINE)
    return {
        "anonymous": None,
        "operator": khorgos.operator,
        "supervisor": khorgos.supervisor,
        "auditor": build.user("charlie", Role.AUDITOR),
        "customs_officer": khorgos.officer,
        "administrator": build.user("alice", Role.ADMINISTRATOR),
        "airline": build.user("amelia", Role.AIRLINE, carrier),
        "stranger": warehouse("ALA").operator,
    }


def _administrators(khorgos: Warehouse, carrier: User) -> dict[str, User]:
    """An administrator of every kind of organisation; the zone's is of `_people`."""
    homes = {
        "keeper_admin": khorgos.site.organisation,
        "customs_admin": khorgos.site.customs_office,
        "airline_admin": carrier.memberships.get().organisation,
        **{
            name: build.organisation(name.upper().replace("_", "-"), kind)
            for name, kind in zip(OTHER_ADMINISTRATORS, OTHERS, strict=True)
        },
    }
    return {
        name: build.user(name.replace("_", "-"), Role.ADMINISTRATOR, organisation)
        for name, organisation in homes.items()
    }
