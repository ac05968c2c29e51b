"""Pages and files of statements: the same total to the fen in each, an airline sees its own, queries stay constant."""

import csv
import io
import json
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from fuel.billing.statement_reading import content_of
from fuel.billing.statements.operations import issue_statement
from fuel.delivery_tickets.operations.reclassification import reclassify_ticket
from fuel.models import Charge, FuelContract, FuelPayment, Statement
from registry.models import Airline, Role
from tests.fuel.build import TankFarm, airline, airport
from tests.fuel.pricing import contract, price_index
from tests.registry import build
from tests.registry.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def farm(priced: TankFarm) -> TankFarm:
    return priced


def issued(farm: TankFarm, carrier: Airline | None = None) -> Statement:
    farm.now = max(farm.now, farm.now.replace(month=7, day=2))
    return issue_statement(
        site=farm.site,
        airline=carrier or farm.airline,
        from_date=date(2026, 6, 1),
        through_date=date(2026, 6, 30),
        actor=farm.supervisor,
        at=farm.tick(),
        request_key=uuid4(),
    )


def file_of(client: Client, statement: Statement, form: str) -> bytes:
    answer = client.get(f"/fuel/statements/{statement.pk}/file/{form}/")
    assert answer.status_code == 200
    assert f'filename="{statement.number}.{form}"' in answer["Content-Disposition"]
    return b"".join(answer.streaming_content)


def test_every_format_has_the_same_total_to_the_fen(farm: TankFarm) -> None:
    for number, kg in enumerate(("54321", "8000.8", "12345.6")):
        farm.matched(f"T-{number}", mass_kg=kg)
    statement = issued(farm)
    client = signed_in(farm.auditor)
    total = content_of(statement).totals.total_amount
    assert total == sum(charge.total_amount for charge in Charge.objects.all())
    page = client.get(statement.get_absolute_url()).content.decode()
    assert f"{total:,.2f}" in page
    lines = list(csv.DictReader(io.StringIO(file_of(client, statement, "csv").decode("utf-8-sig"))))
    assert sum(Decimal(line["total_amount"]) for line in lines) == total
    told = json.loads(file_of(client, statement, "json"))
    assert Decimal(told["statement"]["totals"]["total_amount"]) == total
    assert sum(Decimal(line["total_amount"]) for line in told["lines"]) == total
    book = load_workbook(io.BytesIO(file_of(client, statement, "xlsx")))
    assert len(book.sheetnames) == 4
    rows = list(book.worksheets[1].values)
    amounts = [row[rows[0].index("Total")] for row in rows[1:]]
    assert round(Decimal(sum(amounts)), 2) == total
    summary = {row[0]: row[1] for row in book.worksheets[0].values}
    assert round(Decimal(summary["Total"]), 2) == total


def test_anybody_can_reckon_the_seal_again_from_the_json_file(farm: TankFarm) -> None:
    farm.matched("T-1")
    statement = issued(farm)
    written = file_of(signed_in(farm.auditor), statement, "json")
    unsealed = written.replace(statement.sha256.encode(), b"", 1)
    assert sha256(unsealed).hexdigest() == statement.sha256


def test_a_text_that_a_spreadsheet_would_take_for_a_formula_is_made_harmless(farm: TankFarm) -> None:
    farm.matched("+1", flight_number="Q1801")
    line = file_of(signed_in(farm.auditor), issued(farm), "csv").decode("utf-8-sig").splitlines()[1]
    assert "'+1" in line


def test_an_unknown_format_is_not_found(farm: TankFarm) -> None:
    farm.matched("T-1")
    statement = issued(farm)
    assert signed_in(farm.auditor).get(f"/fuel/statements/{statement.pk}/file/exe/").status_code == 404


def test_a_month_end_on_pages(farm: TankFarm) -> None:
    """Contract, issue, payment, credit and issuing again, as a fuel accountant does it."""
    ticket = farm.matched("T-1", mass_kg="54321")
    client = signed_in(farm.supervisor)
    given = {
        "site": farm.site.pk,
        "airline": farm.airline.pk,
        "from_date": "2026-06-01",
        "through_date": "2026-06-30",
    }
    page = client.post("/fuel/statements/new/", given, follow=True).content.decode()
    statement = Statement.objects.get()
    assert f"{statement.number} was issued." in page
    assert "42,560.50" in page
    paid = {
        **{name: given[name] for name in ("site", "airline")},
        "received_date": "2026-07-10",
        "amount": "42560.50",
        "currency": "usd",
        "reference": "B-1",
    }
    client.post("/fuel/payments/new/", paid)
    assert FuelPayment.objects.get().currency == "USD"
    twice = client.post("/fuel/payments/new/", paid).content.decode()
    assert "recorded already" in twice
    reclassify_ticket(
        ticket=ticket, destination=airport("CGO", "CN"), actor=farm.officer, at=farm.tick(), reason="Ended there"
    )
    client.post(f"{statement.get_absolute_url()}reissue/", {"reason": "Flight was domestic"})
    again = Statement.objects.order_by("-pk")[0]
    shown = client.get(again.get_absolute_url()).content.decode()
    assert "Credit" in shown
    assert statement.number in shown


def test_a_line_is_credited_on_its_page(farm: TankFarm) -> None:
    farm.matched("T-1")
    issued(farm)
    charge = Charge.objects.get()
    client = signed_in(farm.supervisor)
    assert (
        f"/fuel/charges/{charge.pk}/credit/" in client.get(Statement.objects.get().get_absolute_url()).content.decode()
    )
    client.post(f"/fuel/charges/{charge.pk}/credit/", {"reason": "Twice"})
    assert [one.kind for one in Charge.objects.order_by("pk")] == ["uplift", "credit"]
    refused = client.post(f"/fuel/charges/{charge.pk}/credit/", {"reason": "Twice"}).content.decode()
    assert "was credited already" in refused


def contract_form(farm: TankFarm, **changes: Any) -> dict[str, Any]:
    return {
        "number": "FC-9",
        "site": farm.site.pk,
        "airline": farm.airline.pk,
        "airport": farm.airport.pk,
        "valid_from_date": "2027-01-01",
        "index": price_index().pk,
        "averaging": "week_before",
        "publication_lag_days": "3",
        "differential": "3.2",
        "differential_unit": "bbl",
        "barrels_per_tonne": "7.9",
        "into_plane_fee_per_tonne": "28.50",
        "payment_days": "30",
        **changes,
    }


def test_a_contract_that_overlaps_is_refused_on_its_form(farm: TankFarm) -> None:
    client = signed_in(farm.supervisor)
    page = client.post("/fuel/contracts/new/", contract_form(farm)).content.decode()
    assert "FC-1" in page
    assert 'value="FC-9"' in page
    first = FuelContract.objects.get()
    client.post(f"/fuel/contracts/{first.pk}/end/", {"valid_to_date": "2026-12-31", "reason": "New terms"})
    client.post("/fuel/contracts/new/", contract_form(farm))
    assert FuelContract.objects.filter(number="FC-9").exists()


def test_a_contract_is_corrected_with_a_reason_and_not_over_what_somebody_else_has_changed(farm: TankFarm) -> None:
    client = signed_in(farm.supervisor)
    first = FuelContract.objects.get()
    url = f"/fuel/contracts/{first.pk}/change/"
    seen = client.get(url).context["form"]["seen_history_id"].value()
    words = {"number": "FC-1", "valid_from_date": "2026-01-01", "seen_history_id": seen, "reason": "Agreed anew"}
    assert client.post(url, contract_form(farm, **words, payment_days="45")).status_code == 302
    entry, _opened = client.get(first.get_absolute_url()).context["entries"]
    assert (entry.reason, [change.new for change in entry.changes][-1]) == ("Agreed anew", 45)
    late = client.post(url, contract_form(farm, **words, payment_days="14"))
    assert "after you opened it" in late.content.decode()
    assert FuelContract.objects.get().payment_days == 45


def test_an_airline_sees_its_own_statements_contracts_and_payments_only(farm: TankFarm) -> None:
    other = airline("A2")
    contract(farm, number="FC-2", airline=other)
    farm.matched("T-1")
    farm.matched("T-2", airline=other)
    own, others = issued(farm), issued(farm, other)
    client = signed_in(build.user("amelia-q1", Role.AIRLINE, farm.airline.organisation))
    listed = client.get("/fuel/statements/").content.decode()
    assert own.number in listed
    assert others.number not in listed
    assert client.get(own.get_absolute_url()).status_code == 200
    assert client.get(others.get_absolute_url()).status_code == 404
    assert client.get(f"/fuel/statements/{others.pk}/file/csv/").status_code == 404
    assert b"T-1" in file_of(client, own, "csv")
    contracts = client.get("/fuel/contracts/").content.decode()
    assert "FC-1" in contracts
    assert "FC-2" not in contracts
    assert client.get(f"{own.get_absolute_url()}reissue/").status_code == 403


def queries_of(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(url)
        assert answer.status_code == 200
        if answer.streaming:
            list(answer.streaming_content)
    return len(captured)


@pytest.mark.parametrize("form", ["", "file/csv/", "file/json/", "file/xlsx/"])
def test_three_lines_take_as_many_queries_as_one(farm: TankFarm, form: str) -> None:
    client = signed_in(farm.auditor)
    counts = []
    for carrier, number in ((farm.airline, 1), (airline("A3"), 3)):
        if number == 3:
            contract(farm, number="FC-3", airline=carrier)
        farm.now = farm.now.replace(month=6, day=1)
        for which in range(number):
            farm.matched(f"T-{number}{which}", airline=carrier)
        counts.append(queries_of(client, f"{issued(farm, carrier).get_absolute_url()}{form}"))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("url", ["/fuel/statements/", "/fuel/contracts/", "/fuel/payments/"])
def test_three_rows_take_as_many_queries_as_one(farm: TankFarm, url: str) -> None:
    client = signed_in(farm.auditor)
    counts = []
    for number in range(3):
        carrier = airline(f"A{number}")
        contract(farm, number=f"FC-{number + 5}", airline=carrier)
        farm.now = farm.now.replace(month=6, day=1)
        farm.matched(f"T-{number}", airline=carrier)
        issued(farm, carrier)
        counts.append(queries_of(client, url))
    assert counts[0] == counts[2]


def test_a_statement_workbook_is_headed_in_the_language_of_its_reader(farm: TankFarm) -> None:
    farm.matched("T-1")
    statement = issued(farm)
    client = signed_in(farm.auditor)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "zh-hans"
    book = load_workbook(io.BytesIO(file_of(client, statement, "xlsx")))
    heads = [list(next(sheet.values)) for sheet in book.worksheets]
    assert "不含税金额" in heads[1]
    assert not any("_" in str(cell) for head in heads for cell in head), "no names of columns"
