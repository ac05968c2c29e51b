"""A statement of 2,000 uplifts, lifted, matched and issued through the operations: the same total everywhere.

In every language, and issued again, it is one of fewer: what is asked there is the same, and printing takes its time.
"""

import csv
import io
import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
from django.test import Client
from django.utils import translation
from lxml import etree
from pypdf import PdfReader

from fuel.billing.charges.operations import credit_and_rebill
from fuel.billing.statement_files import FORMATS
from fuel.billing.statement_files.rows import headings
from fuel.billing.statement_files.xml_file import NAMESPACE
from fuel.billing.statement_reading import content_of
from fuel.billing.statements.operations import issue_statement, reissue_statement
from fuel.delivery_tickets.operations.matching import FlightToRecord, match_tickets, record_flights
from fuel.delivery_tickets.operations.taking_in import MOST_TICKETS_AT_ONCE, take_in_tickets
from fuel.models import Charge, ChargeKind, Statement
from registry.wording import money_text
from tests.fuel.build import TankFarm, fuel_tariff, tank_farm
from tests.fuel.pricing import f9
from tests.standing import standing

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

UPLIFTS = 2000
FEWER = 300
JUNE = {"from_date": date(2026, 6, 1), "through_date": date(2026, 6, 30)}
INVOICE = {"f": NAMESPACE}


@standing
def lifted() -> tuple[TankFarm, Statement]:
    """The farm with 2,000 uplifts, and their statement."""
    return _lifted(UPLIFTS)


@standing
def lifted_fewer() -> tuple[TankFarm, Statement]:
    """The same of 300."""
    return _lifted(FEWER)


def _lifted(number: int) -> tuple[TankFarm, Statement]:
    fuel_tariff()
    farm = tank_farm()
    farm.released("90000000")
    f9(farm)
    _lift(farm, number)
    farm.now = farm.now.replace(month=7, day=2)
    statement = issue_statement(
        site=farm.site, airline=farm.airline, **JUNE, actor=farm.supervisor, at=farm.tick(), request_key=uuid4()
    )
    return farm, statement


def _lift(farm: TankFarm, uplifts: int) -> None:
    """Tickets of differing mass, so that no rounding hides; each with its flight, on the first of June."""
    began = farm.tick(hours=1)
    details = [
        farm.ticket_details(
            f"S-{number:04d}",
            mass_kg=str(Decimal(20000) + Decimal(number) * Decimal("1.6")),
            flight_number=f"Q{number:04d}",
            delivered_at=began + timedelta(seconds=number),
            flight_date=began.date(),
        )
        for number in range(uplifts)
    ]
    farm.now = began + timedelta(hours=2)
    given: dict[str, Any] = {"site": farm.site, "actor": farm.operator, "at": farm.now}
    flights = [
        FlightToRecord(
            airline=one.airline,
            flight_number=one.flight_number,
            flight_date=one.flight_date,
            registration=one.registration,
            destination=one.destination,
            litres_reported=one.litres_observed,
            source="Synthetic",
        )
        for one in details
    ]
    record_flights(flights=flights, **given)
    for first in range(0, uplifts, MOST_TICKETS_AT_ONCE):
        take_in_tickets(details=details[first : first + MOST_TICKETS_AT_ONCE], **given)
    matched = match_tickets(site=farm.site, actor=farm.supervisor, at=farm.tick(), through_date=began.date())
    assert len(matched) == uplifts


def printed(statement: Statement, name: str) -> bytes:
    return b"".join(FORMATS[name].write(content_of(statement)))


def totals_of_files(statement: Statement) -> dict[str, Decimal]:
    """What each file says that all charges come to: the sum of its lines where it prints no other total."""
    rows = list(csv.DictReader(io.StringIO(printed(statement, "csv").decode("utf-8-sig"))))
    book = openpyxl.load_workbook(io.BytesIO(printed(statement, "xlsx")), read_only=True)
    sheet = next(
        list(one.iter_rows(values_only=True))
        for one in book.worksheets
        if headings()["row"] in (next(one.iter_rows(values_only=True)) or ())
    )
    column = sheet[0].index(headings()["total_amount"])
    told = json.loads(printed(statement, "json"))
    invoice = etree.fromstring(printed(statement, "xml"))
    return {
        "csv": sum((Decimal(row["total_amount"]) for row in rows), Decimal(0)),
        "xlsx": sum((Decimal(str(row[column])) for row in sheet[1:]), Decimal(0)),
        "json": Decimal(told["statement"]["totals"]["total_amount"]),
        "json lines": sum((Decimal(line["total_amount"]) for line in told["lines"]), Decimal(0)),
        "xml": Decimal(invoice.findtext(".//f:InvoiceSummary/f:TotalAmount", "", INVOICE)),
        "xml lines": sum(map(Decimal, invoice.xpath("//f:InvoiceLine/f:TotalAmount/text()", namespaces=INVOICE))),
    }


def page_of(farm: TankFarm, statement: Statement, lines: int = 1) -> str:
    client = Client()
    client.force_login(farm.auditor)
    response = client.get(statement.get_absolute_url(), {"lines": lines})
    assert response.status_code == 200
    return str(response.content.decode())


def assert_printed(statement: Statement, *languages: str) -> None:
    """The total stands on the first page, and on one of the last."""
    for language in languages:
        with translation.override(language):
            reader = PdfReader(io.BytesIO(printed(statement, "pdf")))
            words = money_text(statement.charges_total)
        pages = [reader.pages[0].extract_text(), *(page.extract_text() for page in reader.pages[-4:])]
        assert words in pages[0]
        assert any(words in page for page in pages[1:])


def test_the_total_is_the_same_to_the_fen_in_page_and_every_file(lifted: tuple[TankFarm, Statement]) -> None:
    farm, statement = lifted
    total = statement.charges_total
    assert total == sum((charge.total_amount for charge in Charge.objects.all()), Decimal(0))
    assert set(totals_of_files(statement).values()) == {total}
    assert money_text(total) in page_of(farm, statement)
    assert_printed(statement, "zh-hans")


def test_the_total_is_printed_in_every_language(lifted_fewer: tuple[TankFarm, Statement]) -> None:
    _farm, statement = lifted_fewer
    assert_printed(statement, "en", "zh-hans", "ru")


def test_issued_again_the_credit_stands_beside_the_original_in_page_and_every_file(
    lifted_fewer: tuple[TankFarm, Statement],
) -> None:
    farm, statement = lifted_fewer
    charge = Charge.objects.filter(kind=ChargeKind.UPLIFT).order_by("pk")[249]
    credit_and_rebill(
        charge=charge, reason="Not this airline's", actor=farm.supervisor, at=farm.tick(), is_rebilled=False
    )
    again = reissue_statement(statement=statement, actor=farm.supervisor, at=farm.tick(), reason="One line")
    assert again.charges_total == statement.charges_total - charge.total_amount
    assert set(totals_of_files(again).values()) == {again.charges_total}
    told = json.loads(printed(again, "json"))["lines"]
    place = next(number for number, line in enumerate(told) if line["kind"] == "credit")
    assert (told[place]["corrects_row"], told[place - 1]["row"]) == (250, 250)
    assert (told[place]["corrects_statement"], told[place]["total_amount"]) == (
        again.number,
        str(-charge.total_amount),
    )
    text = page_of(farm, again, lines=3)
    assert f"({again.number} / 250)" in text
    assert "Not this airline" in text
    pages = PdfReader(io.BytesIO(printed(again, "pdf"))).pages
    # Read from where it ought to stand: a page takes its time.
    from_its_place = sorted(range(len(pages)), key=lambda page: abs(page / len(pages) - place / len(told)))
    assert any(money_text(-charge.total_amount) in pages[page].extract_text() for page in from_its_place)
