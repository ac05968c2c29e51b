"""T10 through the API alone: the roll-forward, the count, and the statement that an auditor reads."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from ledger.queries import today
from registry.models import Role
from tests.bonded.build import item, tariff, warehouse
from tests.bonded.calls import Caller, Office, caller, line, office
from tests.registry import build
from tests.worked import figures

T10 = figures("goods", "T10")
GOODS = "PISTACHIO"


@pytest.fixture
def desk(db) -> Office:
    """A warehouse with T10's opening stock from long ago; everything else is done now."""
    given = T10["in"]
    tariff("08", duty=given["duty"], vat=given["vat"])
    khorgos = warehouse()
    khorgos.now = datetime(2026, 5, 10, 2, tzinfo=UTC)
    khorgos.admitted(khorgos.line(item(GOODS), str(given["opening"]), _value(given["opening"])))
    return office(khorgos)


def _value(quantity: int) -> str:
    return str(quantity * Decimal(T10["in"]["value_each"]))


def _statement(desk: Office, reader: Caller) -> tuple[dict[str, Decimal], list[dict[str, str]]]:
    day = today(at=datetime.now(UTC), site_id=desk.at.site.pk)
    answer = reader.read(
        "reconciliation", book=desk.at.book.number, from_date=day.replace(day=1).isoformat(), through_date=str(day)
    )
    assert answer["is_explained"]
    return {row["code"]: Decimal(row["quantity"]) for row in answer["total"]}, answer["total"]


def test_t10_rolls_forward_and_is_counted_through_the_api(desk):
    given, expected = T10["in"], T10["out"]
    desk.admitted(line(GOODS, given["admitted"], _value(given["admitted"])))
    _transferred_in(desk, given["transferred_in"])
    for purpose, quantity in (
        ("consumption", given["consumed"]),
        ("domestic_sale", given["domestic"]),
        ("re_export", given["re_exported"]),
        ("transfer_out", given["transferred_out"]),
        ("destruction", given["destroyed"]),
    ):
        desk.withdrawn(
            {"item": GOODS, "quantity": quantity}, purpose=purpose, destination="KZ", certificate_number="D-1"
        )
    auditor = caller(build.user("audrey", Role.AUDITOR))
    quantities, _rows = _statement(desk, auditor)
    assert quantities["opening"] == given["opening"]
    assert quantities["book_closing"] == quantities["on_floor"] == expected["closing"]

    _shelve(desk, given["bins"][1]["book"])
    _count(desk, [bin_of["count"] for bin_of in given["bins"]])
    quantities, rows = _statement(desk, auditor)
    assert (quantities["shortage"], quantities["overage"]) == (expected["shortage"], expected["overage"])
    assert next(row["tax_cny"] for row in rows if row["code"] == "shortage") == expected["shortage_tax"]
    assert quantities["counted"] - quantities["expected"] == expected["net"]


def _transferred_in(desk: Office, quantity: int) -> None:
    body = desk.admission(line(GOODS, quantity, _value(quantity)), source="other_site")
    address = f"admissions/{desk.operator.done('admissions', body)['id']}"
    desk.operator.done(f"{address}/submit")
    desk.officer.done(f"{address}/accept")
    desk.operator.done(f"{address}/arrive", {})
    desk.operator.done(f"{address}/count", {"counted": [{"line": 1, "place": "A-01", "quantity": quantity}]})


def _shelve(desk: Office, quantity: int) -> None:
    """Bring T10's second bin to its book quantity, whichever lots that takes."""
    lines = []
    for row in desk.operator.read("balances", journal="stock")["results"]:
        bit = min(Decimal(row["quantity"]), Decimal(quantity) - sum(Decimal(one["quantity"]) for one in lines))
        if bit > 0 and row["place"] == "A-01":
            lines.append({"lot": row["lot"], "from_place": "A-01", "to_place": "A-02", "quantity": str(bit)})
    desk.operator.done("relocations", {"site": desk.at.site.code, "lines": lines})


def _count(desk: Office, found: list[int]) -> None:
    sheets = {"site": desk.at.site.code, "book": desk.at.book.number, "places": ["A-01", "A-02"]}
    address = f"stock-counts/{desk.supervisor.done('stock-counts', sheets)['id']}"
    counts = {
        "counts": [
            {"place": place, "item": GOODS, "quantity": quantity}
            for place, quantity in zip(("A-01", "A-02"), found, strict=True)
        ]
    }
    desk.operator.done(f"{address}/counts", counts)
    second = caller(build.user("second", Role.OPERATOR, desk.at.site.organisation, at_site=desk.at.site))
    second.done(f"{address}/recounts", counts)
