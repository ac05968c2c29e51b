"""Prices, contracts, payments and statements through the API: the operations of the pages, and to each their own."""

import json
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fuel.billing.statement_reading import content_of
from fuel.billing.statement_seal import seal_of
from fuel.billing.statements.operations import issue_statement
from fuel.models import Charge, FuelContract, FuelPayment, IndexQuote, Statement, StatementRun
from fuel.operations.contracts import record_payment
from registry.models import Airline, Role
from tests.bonded.calls import Caller, caller
from tests.fuel.build import TankFarm, airline
from tests.fuel.pricing import contract, price_index, quote
from tests.fuel.runs import asked, month, worked
from tests.registry import build

pytestmark = pytest.mark.django_db
PERIOD = {"from_date": "2026-06-01", "through_date": "2026-06-30"}


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


def paid(farm: TankFarm, carrier: Airline, reference: str, amount: str = "1234.56") -> FuelPayment:
    return record_payment(
        site=farm.site,
        airline=carrier,
        received_date=farm.now.date(),
        amount=Decimal(amount),
        currency="USD",
        reference=reference,
        actor=farm.supervisor,
        at=farm.tick(),
    )


def of_airline(farm: TankFarm) -> Caller:
    return caller(build.user("amelia-q1", Role.AIRLINE, farm.airline.organisation))


def problem(answer: Any) -> str:
    assert answer.headers["Content-Type"] == "application/problem+json"
    return str(answer.json()["type"]).removeprefix("urn:bondbook:problem:")


# Prices


def test_prices_are_kept_by_administrators_and_named_by_code(farm: TankFarm) -> None:
    clerk = caller(build.zone_administrator())
    index = clerk.done("price-indices", {"code": "MED-JET", "name": "Synthetic", "currency": "USD", "unit": "t"})
    made = clerk.done("index-quotes", {"index": "MED-JET", "quoted_date": "2026-06-02", "price": "801.25"})
    assert (made["index"], made["price"], made["currency"], made["unit"]) == ("MED-JET", "801.2500", "USD", "t")
    corrected = clerk.patch(f"index-quotes/{made['id']}", {"price": "801.35", "reason": "Misprint"})
    assert corrected.json()["price"] == "801.3500"
    told = clerk.read(f"index-quotes/{made['id']}/history")
    assert (told[0]["reason"], told[0]["changes"][0]["new"]) == ("Misprint", "801.35")
    listed = clerk.read("index-quotes", index="MED-JET")["results"]
    assert [one["id"] for one in listed] == [made["id"]]
    assert clerk.read("index-quotes", index="MED-JET", quoted_from="2026-06-03")["results"] == []
    price = clerk.done("duty-paid-prices", {
        "airport": "URC", "valid_from_date": "2026-07-01", "price_cny_per_tonne": "7500", "source": "synthetic",
    })  # fmt: skip
    assert price["price_cny_per_tonne"] == "7500.00"
    rule = clerk.done("relief-rules", {
        "valid_from_date": "2026-07-01", "nationality": "foreign", "flight_type": "international", "airport": "URC",
        "relieves_duty": True, "relieves_consumption_tax": True, "relieves_vat": False, "legal_basis": "Synthetic",
    })  # fmt: skip
    assert (rule["airport"], rule["relieves_vat"]) == ("URC", False)
    assert clerk.read(f"price-indices/{index['id']}")["name"] == "Synthetic"


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({"index": "NONE", "quoted_date": "2026-06-02", "price": "1"}, 400, "index"),
        ({"index": "MOPS-JET", "quoted_date": "2026-06-31", "price": "1"}, 400, "quoted_date"),
        ({"index": "MOPS-JET", "quoted_date": "2026-06-02", "price": "0"}, 422, ""),
        ({"index": "MOPS-JET", "quoted_date": "2026-05-29", "price": "1"}, 400, ""),
    ],
)
def test_a_quote_that_cannot_stand_is_named(farm: TankFarm, body: dict[str, Any], status: int, field: str) -> None:
    answer = caller(build.zone_administrator()).post("index-quotes", body)
    assert answer.status_code == status, answer.json()
    assert answer.json()["errors"][0]["field"] == field
    assert IndexQuote.objects.count() == 2


# Contracts


def terms(farm: TankFarm, **changes: Any) -> dict[str, Any]:
    return {
        "number": "FC-9",
        "site": farm.site.code,
        "airline": "Q1",
        "airport": "URC",
        "valid_from_date": "2027-01-01",
        "index": "MOPS-JET",
        "averaging": "week_before",
        "differential": "3.2",
        "into_plane_fee_per_tonne": "28.50",
        **changes,
    }


def test_a_contract_is_entered_corrected_and_ended(farm: TankFarm) -> None:
    desk = caller(farm.supervisor)
    refused = desk.post("contracts", terms(farm))
    assert (refused.status_code, problem(refused)) == (409, "contracts-overlap")
    assert refused.json()["errors"][0]["figure"] == "FC-1"
    first = FuelContract.objects.get()
    ended = desk.done(f"contracts/{first.pk}/end", {"valid_to_date": "2026-12-31", "reason": "New terms"})
    assert ended["valid_to_date"] == "2026-12-31"
    made = desk.done("contracts", terms(farm))
    assert (made["currency"], made["barrels_per_tonne"], made["payment_days"]) == ("USD", "7.9000", 30)
    # What was read may come back whole, with one figure changed.
    changed = desk.patch(f"contracts/{made['id']}", {**made, "payment_days": 45, "reason": "Agreed"})
    assert changed.status_code == 200, changed.json()
    assert changed.json() == {**made, "payment_days": 45}
    assert desk.read(f"contracts/{made['id']}/history")[0]["reason"] == "Agreed"
    _agreed, opened = desk.read(f"contracts/{made['id']}/history")
    late = desk.patch(f"contracts/{made['id']}", {"payment_days": 14, "seen_history_id": opened["history_id"]})
    assert (late.status_code, problem(late)) == (409, "changed-meanwhile")
    in_force = desk.read("contracts", airline="Q1", in_force_on="2026-06-15")["results"]
    assert [one["number"] for one in in_force] == ["FC-1"]
    farm.matched("T-1")
    issued(farm)
    kept = desk.patch(f"contracts/{first.pk}", {"payment_days": 60})
    assert (kept.status_code, problem(kept)) == (409, "conflict")


@pytest.mark.parametrize(
    ("changes", "status", "field", "figure"),
    [
        ({"index": "NONE"}, 422, "index", "NONE"),
        ({"airline": "ZZ"}, 422, "airline", "ZZ"),
        ({"barrels_per_tonne": "12"}, 422, "", None),
        ({"averaging": "yesterday"}, 400, "averaging", "yesterday"),
        ({"diferential": "1"}, 400, "diferential", "1"),
        ({"into_plane_fee_per_tonne": "1.234"}, 422, "into_plane_fee_per_tonne", "1.234"),
    ],
)
def test_terms_that_cannot_stand_are_named(
    farm: TankFarm, changes: dict[str, Any], status: int, field: str, figure: str | None
) -> None:
    farm.tick()
    answer = caller(farm.supervisor).post("contracts", {**terms(farm, airline=airline("B1").iata_code), **changes})
    assert answer.status_code == status, answer.json()
    error = answer.json()["errors"][0]
    assert (error["field"], error["figure"]) == (field, figure)
    assert not FuelContract.objects.filter(number="FC-9").exists()


# Payments


def test_a_payment_is_recorded_once(farm: TankFarm) -> None:
    desk = caller(farm.supervisor)
    body = {
        "site": farm.site.code, "airline": "Q1", "received_date": "2026-06-20", "amount": "100.50",
        "currency": "usd", "reference": "B-1",
    }  # fmt: skip
    first = desk.post("payments", body, key="b-1")
    again = desk.post("payments", body, key="b-1")
    assert first.status_code == again.status_code == 201
    assert again.headers["Idempotent-Replayed"] == "true"
    assert (first.json()["amount"], first.json()["currency"]) == ("100.50", "USD")
    assert first.json()["recorded_by"] == farm.supervisor.email
    twice = desk.post("payments", body)
    assert (twice.status_code, problem(twice)) == (409, "payment-known")
    farm.matched("T-1")
    statement = issued(farm)
    assert desk.read(f"payments/{first.json()['id']}")["statements"] == [statement.number]


# Statements


def test_a_month_end_through_the_api(farm: TankFarm) -> None:
    """Issued once however often it is sent, read in every part, credited and issued again."""
    farm.matched("T-1", mass_kg="54321")
    farm.matched("T-2", mass_kg="8000")
    desk = caller(farm.supervisor)
    body = {"site": farm.site.code, "airline": "Q1", **PERIOD, "remark": "June"}
    first = desk.post("statements", body, key="june")
    again = desk.post("statements", body, key="june")
    assert first.status_code == 201, first.json()
    told = first.json()
    assert again.json() == told
    statement = Statement.objects.get()
    content = content_of(statement)
    assert told["number"] == statement.number
    assert told["totals"]["total_amount"] == f"{content.totals.total_amount}"
    assert told["totals"]["saving"]["total_cny"] == f"{content.totals.saving.total_cny}"
    assert told["ageing"]["not_due"] == told["closing"] == f"{content.closing}"
    assert [one["name"] for one in told["by_route"]] == ["URC–ALA"]
    assert told["by_aircraft"][0]["uplifts"] == 2
    assert (told["billed_to"]["iata_code"], told["contract_number"]) == ("Q1", "FC-1")
    assert told["acts"] == ["reissue"]
    nothing = desk.post("statements", body)
    assert (nothing.status_code, problem(nothing)) == (409, "nothing-to-bill")

    lines = desk.read(f"statements/{told['id']}/lines")["results"]
    assert [line["ticket_number"] for line in lines] == ["T-1", "T-2"]
    assert sum(Decimal(line["total_amount"]) for line in lines) == content.totals.total_amount
    made = desk.done(f"charges/{lines[0]['charge']}/credit", {"reason": "Wrong price"})
    assert [one["kind"] for one in made] == ["credit", "rebill"]
    assert [one["corrects"] for one in made] == [lines[0]["charge"]] * 2
    assert Decimal(made[0]["total_amount"]) == -Decimal(lines[0]["total_amount"])
    twice = desk.post(f"charges/{lines[0]['charge']}/credit", {"reason": "Wrong price"})
    assert (twice.status_code, problem(twice)) == (409, "already-credited")

    why = desk.post(f"statements/{told['id']}/reissue", {})
    assert (why.status_code, why.json()["errors"][0]["field"]) == (422, "reason")
    second = desk.done(f"statements/{told['id']}/reissue", {"reason": "Price"})
    assert (second["supersedes"], second["state"]) == (statement.number, "issued")
    before = desk.read(f"statements/{told['id']}")
    assert (before["state"], before["superseded_by"], before["acts"]) == ("superseded", second["number"], [])
    corrected = desk.read(f"statements/{second['id']}/lines")["results"]
    assert [(line["kind"], line["corrects_row"]) for line in corrected[:3]] == [
        ("uplift", None),
        ("credit", 1),
        ("rebill", 1),
    ]
    assert desk.read(f"statements/{told['id']}/history")[0]["reason"] == "Price"


def test_a_missing_price_names_every_figure_that_lacks_one(farm: TankFarm) -> None:
    carrier = airline("A2")
    farm.matched("T-1", airline=carrier)
    body = {"site": farm.site.code, "airline": "A2", **PERIOD}
    answer = caller(farm.supervisor).post("statements", body)
    assert (answer.status_code, problem(answer)) == (422, "no-price")
    assert answer.json()["errors"][0]["field"] == "contract"
    future = caller(farm.supervisor).post("statements", {**body, "through_date": "2099-01-01"})
    assert future.json()["errors"][0]["field"] == "through_date"


@pytest.mark.parametrize(
    ("form", "accept"),
    [
        ("pdf", "application/pdf"),
        ("csv", "text/csv"),
        ("xlsx", "*/*"),
        ("json", "application/json"),
        ("xml", "application/xml"),
    ],
)
def test_every_file_is_asked_for_by_its_own_media_type(farm: TankFarm, form: str, accept: str) -> None:
    farm.matched("T-1")
    statement = issued(farm)
    reader = of_airline(farm)
    answer = reader.client.get(f"/api/v1/statements/{statement.pk}/files/{form}/", headers={"Accept": accept})
    assert answer.status_code == 200
    assert f'filename="{statement.number}.{form}"' in answer["Content-Disposition"]
    content = b"".join(answer.streaming_content)
    assert content
    if form == "json":
        assert json.loads(content)["statement"]["sha256"] == statement.sha256 == seal_of(content_of(statement))
    refused = reader.client.get(f"/api/v1/statements/{statement.pk + 1}/files/{form}/", headers={"Accept": accept})
    assert (refused.status_code, problem(refused)) == (404, "not-found")


def test_lines_are_read_page_by_page_and_no_more_than_the_page(farm: TankFarm) -> None:
    for number in range(5):
        farm.matched(f"T-{number}")
    statement = issued(farm)
    reader = caller(farm.auditor)
    path = f"/api/v1/statements/{statement.pk}/lines/?page_size=2"
    found = []
    while path:
        with CaptureQueriesContext(connection) as captured:
            page = reader.client.get(path).json()
        (asking,) = [query["sql"] for query in captured if 'FROM "fuel_statementline" INNER JOIN "fuel_charge" ON' in
                     query["sql"] and "us_gallons" in query["sql"]]  # fmt: skip
        assert "LIMIT 3" in asking
        found += [line["row"] for line in page["results"]]
        path = page["next"]
    assert found == [1, 2, 3, 4, 5]


# To each their own


def test_an_airline_reads_its_own_rows_only(farm: TankFarm) -> None:
    other = airline("A2")
    contract(farm, number="FC-2", airline=other)
    payments = paid(farm, farm.airline, "OWN-1"), paid(farm, other, "OTHER-1", "9876.54")
    farm.matched("T-1")
    farm.matched("OTHERS-1", airline=other, flight_number="A2802", mass_kg="7777.6")
    statements = issued(farm), issued(farm, other)
    charges = Charge.objects.get(airline=farm.airline), Charge.objects.get(airline=other)
    contracts = FuelContract.objects.get(number="FC-1"), FuelContract.objects.get(number="FC-2")
    reader = of_airline(farm)
    kinds = {"contracts": contracts, "payments": payments, "statements": statements, "charges": charges}
    secrets = ("A2", "FC-2", "OTHER-1", "9876.54", statements[1].number, f"{charges[1].net_amount}", "OTHERS-1")
    for kind, (own, others) in kinds.items():
        listed = reader.get(kind)
        assert [one["id"] for one in listed.json()["results"]] == [own.pk], kind
        assert reader.read(kind, airline="A2")["results"] == []
        assert reader.read(f"{kind}/{own.pk}")["id"] == own.pk
        refused = reader.get(f"{kind}/{others.pk}")
        assert refused.status_code == 404
        for answer in (listed, refused):
            assert not [secret for secret in secrets if secret in answer.content.decode()], kind
    theirs = f"statements/{statements[1].pk}"
    for path in ("lines", *(f"files/{form}" for form in ("pdf", "csv", "xlsx", "json", "xml"))):
        answer = reader.get(f"{theirs}/{path}")
        assert answer.status_code == 404, path
        assert not [secret for secret in secrets if secret in answer.content.decode()], path
    # What happens in the zone is not the airline's to read, and its own account is not the airline's to write.
    for row in (*statements, *contracts):
        kind = "statements" if row in statements else "contracts"
        assert reader.get(f"{kind}/{row.pk}/history").status_code == 403
    assert "recorded_by" not in reader.read(f"payments/{payments[0].pk}")
    assert reader.read(f"statements/{statements[0].pk}")["acts"] == []
    writes = {
        "contracts": terms(farm),
        f"contracts/{contracts[0].pk}/end": {"valid_to_date": "2026-12-31", "reason": "No"},
        "payments": {"site": "URC", "airline": "A2", "reference": "OTHER-1"},
        "statements": {"site": "URC", "airline": "A2", **PERIOD},
        f"statements/{statements[0].pk}/reissue": {"reason": "No"},
        f"charges/{charges[0].pk}/credit": {"reason": "No"},
        "statement-runs": {"site": "URC", **PERIOD},
    }
    for path, body in writes.items():
        answer = reader.post(path, body)
        assert (answer.status_code, problem(answer)) in {(403, "permission-denied"), (403, "not-allowed")}, path
        assert not [secret for secret in secrets if secret in answer.content.decode()], path
    for path in ("statement-runs", "price-indices", "index-quotes", "duty-paid-prices"):
        assert reader.get(path).status_code == 403


def test_a_supervisor_of_another_site_neither_finds_nor_writes_anything_here(farm: TankFarm) -> None:
    farm.matched("T-1")
    statement = issued(farm)
    there = build.site("ALA")
    stranger = caller(build.user("sid", Role.SUPERVISOR, there.organisation, at_site=there))
    assert stranger.read("statements")["results"] == []
    assert stranger.post(f"charges/{Charge.objects.get().pk}/credit", {"reason": "No"}).status_code == 404
    assert stranger.post(f"statements/{statement.pk}/reissue", {"reason": "No"}).status_code == 404
    answer = stranger.post("statements", {"site": "URC", "airline": "Q1", **PERIOD})
    assert (answer.status_code, problem(answer)) == (422, "unknown-code")
    assert [error["field"] for error in answer.json()["errors"]] == ["site"]


# Runs


def test_a_month_of_every_airline_is_asked_for_and_watched(
    urumqi: TankFarm, django_capture_on_commit_callbacks: Any
) -> None:
    month(urumqi)
    desk = caller(urumqi.supervisor)
    body = {"site": "URC", **PERIOD}
    with django_capture_on_commit_callbacks() as sent:
        made = desk.post("statement-runs", body, key="june")
        again = desk.post("statement-runs", body, key="june")
    assert made.status_code == 201, made.json()
    assert again.json() == made.json()
    assert (made.json()["state"], made.json()["airlines"], made.json()["acts"]) == ("queued", 4, ["cancel"])
    refused = desk.post("statement-runs", body)
    assert (refused.status_code, problem(refused)) == (409, "run-under-way")
    assert refused.json()["errors"][0]["figure"] == made.json()["number"]
    sent[0]()
    told = desk.read(f"statement-runs/{made.json()['id']}")
    assert (told["state"], told["airlines_settled"], told["acts"]) == ("done", 4, [])
    counts = ("airlines_issued", "airlines_with_nothing", "airlines_refused")
    assert [told[name] for name in counts] == [2, 1, 1]
    by_airline = {line["airline"]: line for line in told["lines"]}
    assert by_airline["Q1"]["statement"] == Statement.objects.get(airline=urumqi.airline).number
    assert by_airline["A2"]["refusal_code"] == "no-price"
    assert by_airline["A2"]["refusals"][0]["figure"] == "URC-TKT-2026-000002"
    assert desk.read("statement-runs", state="done")["results"][0]["number"] == told["number"]
    late = desk.post(f"statement-runs/{told['id']}/cancel")
    assert (late.status_code, problem(late)) == (409, "wrong-state")
    second = desk.done("statement-runs", body)
    assert desk.done(f"statement-runs/{second['id']}/cancel")["state"] == "cancelled"


# As many queries for three as for one


def queries_of(reader: Caller, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        reader.read(path)
    return len(captured)


@pytest.mark.parametrize("path", ["contracts", "payments", "statements", "charges", "index-quotes",
                                  "duty-paid-prices", "price-indices", "relief-rules"])  # fmt: skip
def test_three_rows_take_as_many_queries_as_one(farm: TankFarm, path: str) -> None:
    reader = caller(farm.auditor)
    counts = []
    for number in range(3):
        carrier = airline(f"B{number}")
        contract(farm, number=f"FC-B{number}", airline=carrier)
        farm.now = farm.now.replace(month=6, day=1)
        farm.matched(f"T-{number}", airline=carrier)
        paid(farm, carrier, f"B-{number}")
        price_index(f"INDEX-{number}")
        quote(date(2026, 5, 20 + number), "90", index=f"INDEX-{number}")
        issued(farm, carrier)
        counts.append(queries_of(reader, path))
    assert counts[0] == counts[2]


@pytest.mark.parametrize("path", ["", "/lines"])
def test_three_lines_take_as_many_queries_as_one(farm: TankFarm, path: str) -> None:
    reader = caller(farm.auditor)
    counts = []
    for carrier, number in ((farm.airline, 1), (airline("A3"), 3)):
        if number == 3:
            contract(farm, number="FC-3", airline=carrier)
        farm.now = farm.now.replace(month=6, day=1)
        for which in range(number):
            farm.matched(f"T-{number}{which}", airline=carrier)
        counts.append(queries_of(reader, f"statements/{issued(farm, carrier).pk}{path}"))
    assert counts[0] == counts[1]


def test_three_airlines_of_a_run_take_as_many_queries_as_one(urumqi: TankFarm) -> None:
    urumqi.released("900000")
    reader = caller(urumqi.auditor)
    counts = []
    for number in range(3):
        contract(urumqi, number=f"FC-B{number}", airline=airline(f"B{number}"))
        run = worked(urumqi, asked(urumqi))
        assert run.lines.count() == number + 1
        counts.append((queries_of(reader, f"statement-runs/{run.pk}"), queries_of(reader, "statement-runs")))
    assert counts[0] == counts[2]
    assert StatementRun.objects.count() == 3
