"""A statement can be recomputed by its reader: every line to the fen from the CSV, JSON or XLSX file alone."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.utils import translation
from openpyxl import load_workbook

from fuel.billing.charges.operations import Right, credit_and_rebill, credit_part
from fuel.billing.statement_files import FORMATS
from fuel.billing.statement_files.rows import headings
from fuel.billing.statement_reading import content_of
from fuel.billing.statements.operations import issue_statement
from fuel.delivery_tickets.operations.reclassification import reclassify_ticket
from fuel.models import Charge, FuelContract, Statement
from fuel.operations.contracts import open_contract
from tests.fuel.build import TankFarm, airline, airport
from tests.fuel.pricing import contract, duty_paid, f9, quote
from tests.fuel.recomputing import recomputed
from tests.standing import standing

JUNE = {"from_date": date(2026, 6, 1), "through_date": date(2026, 6, 30)}


@standing
def farm(urumqi: TankFarm) -> TankFarm:
    """A week's average of odd quotes, and a duty-paid price without the into-plane fee."""
    urumqi.released("900000")
    f9(urumqi, cny_per_usd="7.1352")
    priced = FuelContract.objects.get()
    priced.averaging, priced.differential, priced.into_plane_fee_per_tonne = "week_before", "4.95", "24.31"
    open_contract(contract=priced, actor=urumqi.supervisor, at=urumqi.tick())
    for day, price in ((25, "103.11"), (26, "103.49"), (27, "103.45"), (28, "103.27"), (29, "103.52")):
        quote(date(2026, 5, day), price)
    return urumqi


def issued(farm: TankFarm, **more: Any) -> Statement:
    farm.now = max(farm.now, farm.now.replace(month=7, day=2))
    given = {"site": farm.site, "airline": farm.airline, **JUNE, "actor": farm.supervisor, "at": farm.tick()}
    return issue_statement(**{**given, "request_key": uuid4(), **more})


def of_csv(content: bytes) -> Iterator[dict[str, Any]]:
    yield from csv.DictReader(io.StringIO(content.decode("utf-8-sig")))


def of_xlsx(content: bytes) -> Iterator[dict[str, Any]]:
    told, *rows = load_workbook(io.BytesIO(content), read_only=True).worksheets[1].iter_rows(values_only=True)
    name_of = {heading: name for name, heading in headings().items()}
    names = [name_of[heading] for heading in told]
    for row in rows:
        yield {str(name): "" if cell is None else cell for name, cell in zip(names, row, strict=True)}


def of_json(content: bytes) -> Iterator[dict[str, Any]]:
    for line in json.loads(content)["lines"]:
        quotes = "; ".join(f"{one['quoted_date']}={one['price']}" for one in line["quotes"])
        has_fee = "yes" if line["duty_paid_has_fee"] else "no"
        saving = {f"saving_{name}": figure for name, figure in line["saving"].items()}
        yield {**line, **saving, "quotes": quotes, "duty_paid_has_fee": has_fee}


READERS = {"csv": of_csv, "xlsx": of_xlsx, "json": of_json}


def require_recomputable(statement: Statement) -> None:
    for suffix, reader in READERS.items():
        with translation.override("en"):
            lines = list(reader(b"".join(FORMATS[suffix].write(content_of(statement)))))
        assert lines
        for line in lines:
            if line["kind"] == "credit":
                continue
            for name, figure in recomputed(line).items():
                assert Decimal(str(line[name])) == figure, (suffix, line["row"], name)
        told = sum((Decimal(str(line["total_amount"])) for line in lines), Decimal(0))
        assert told == statement.charges_total


@pytest.mark.django_db
def test_every_line_is_recomputed_to_the_fen_from_each_file_alone(farm: TankFarm) -> None:
    farm.matched("T-1", mass_kg="54321")
    half = farm.matched("T-2", mass_kg="38777.7")
    farm.defuelled(half, "4321.2")
    domestic = farm.matched("T-3", mass_kg="21987.6")
    reclassify_ticket(
        ticket=domestic, destination=airport("CGO", "CN"), actor=farm.officer, at=farm.tick(), reason="Ended there"
    )
    statement = issued(farm)
    require_recomputable(statement)
    charge = Charge.objects.get(ticket__ticket_number="T-1")
    # (103.368 + 4.95) × 7.9 + 24.31: what no reader could reckon while 7.9 stood nowhere.
    assert (charge.index_price, charge.unit_price) == (Decimal("103.3680"), Decimal("880.02"))
    right = Right(litres_observed=Decimal(66000))
    credit_part(charge=charge, right=right, reason="Log", actor=farm.supervisor, at=farm.tick())
    quote(date(2026, 5, 27), "103.5525")
    second = Charge.objects.get(ticket__ticket_number="T-2", kind="uplift")
    credit_and_rebill(charge=second, reason="A quote was corrected", actor=farm.supervisor, at=farm.tick())
    following = issued(farm)
    kinds = sorted(line.kind for line in content_of(following).lines)
    assert kinds == ["credit", "credit", "part", "rebill", "rebill"]
    require_recomputable(following)


@pytest.mark.django_db
def test_a_carrier_that_pays_the_vat_and_a_price_with_the_fee_are_recomputed(farm: TankFarm) -> None:
    chinese = airline("C1", country="CN")
    contract(farm, number="FC-2", airline=chinese, differential_unit="t", differential=Decimal("31.47"))
    farm.matched("T-1", mass_kg="54321", airline=chinese)
    statement = issued(farm, airline=chinese)
    assert Charge.objects.get().vat_rate == Decimal("0.13")
    require_recomputable(statement)


@pytest.mark.django_db
def test_both_sides_of_a_saving_have_the_into_plane_fee(farm: TankFarm) -> None:
    farm.matched("T-1", mass_kg="10000")
    issued(farm)
    with_fee = Charge.objects.get()
    assert with_fee.duty_paid_cny == Decimal("74500.00")
    farm.now = farm.now.replace(month=7, day=3)
    duty_paid_later = duty_paid(farm, "7450", valid_from=date(2026, 7, 1))
    assert not duty_paid_later.has_into_plane_fee
    for day in range(22, 30):
        quote(date(2026, 6, day), "103.368")
    farm.now = farm.now.replace(month=7, day=5)
    farm.matched("T-2", mass_kg="10000")
    farm.now = farm.now.replace(month=8, day=2)
    issued(farm, from_date=date(2026, 7, 1), through_date=date(2026, 7, 31))
    without = Charge.objects.get(ticket__ticket_number="T-2")
    # 10 t of fuel at 7,450 and of the service at 24.31 × 7.1352.
    assert without.duty_paid_cny == Decimal("76234.57")


@pytest.mark.django_db
def test_a_duty_paid_uplift_saves_nothing(farm: TankFarm) -> None:
    duty_paid(farm, "7450", valid_from=date(2026, 6, 1))
    ticket = farm.matched("T-1", mass_kg="37345")
    reclassify_ticket(
        ticket=ticket, destination=airport("CGO", "CN"), actor=farm.officer, at=farm.tick(), reason="Ended there"
    )
    statement = issued(farm)
    charge = Charge.objects.get()
    assert charge.unit_price == Decimal("1068.43")  # 7,450 / 7.1352 + 24.31
    assert (charge.saving_cny, charge.saving_price_cny) == (0, 0)
    assert content_of(statement).totals.saving.total_cny == 0


@pytest.mark.django_db
def test_the_local_time_of_the_json_file_is_local_with_its_offset(farm: TankFarm) -> None:
    farm.matched("T-1")
    (line,) = of_json(b"".join(FORMATS["json"].write(content_of(issued(farm)))))
    assert line["delivered_at"].endswith("Z")
    assert line["delivered_local"].endswith("+08:00")
    assert line["delivered_local"][11:13] != line["delivered_at"][11:13]


@pytest.mark.django_db
def test_net_vat_and_total_have_these_names_in_every_file(farm: TankFarm) -> None:
    farm.matched("T-1")
    content = content_of(issued(farm))
    names = {"net_amount", "vat_rate", "vat_amount", "total_amount", "litres_observed", "litres_at_base"}
    names |= {"us_gallons_observed", "barrels_per_tonne", "index_unit", "differential_unit", "quotes"}
    names |= {"duty_paid_cny_per_tonne", "duty_paid_from_date", "duty_paid_source"}
    for suffix, reader in READERS.items():
        (line,) = reader(b"".join(FORMATS[suffix].write(content)))
        assert names <= line.keys(), suffix
        assert "amount" not in line
    printed = b"".join(FORMATS["xml"].write(content)).decode()
    for element in ("NetAmount", "VATRate", "VATAmount", "TotalAmount", "BarrelsPerTonne", 'IndexQuote date="'):
        assert f"<{element}" in printed
