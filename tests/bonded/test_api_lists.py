"""Lists of the API: filtered by code, paged, and as many queries for three rows as for one."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.bonded.build import Warehouse, item
from tests.bonded.calls import Office, line, office

LISTS = [
    "admissions",
    "withdrawals",
    "relocations",
    "stock-counts",
    "reversals",
    "lots",
    "transactions",
    "entries",
    "balances",
    "stock",
    "stock/totals",
]


@pytest.fixture
def desk(khorgos: Warehouse) -> Office:
    item()
    return office(khorgos)


def _work(desk: Office, lines: int = 1) -> dict[str, Any]:
    """One of everything, each with so many lines."""
    admission = desk.admitted(*[line("PISTACHIO", "10") for _ in range(lines)])
    moves = [
        {"lot": one["lot"], "from_place": "A-01", "to_place": "A-02", "quantity": "1"} for one in admission["lines"]
    ]
    relocation = desk.operator.done("relocations", {"site": "HRS", "lines": moves})
    wanted = [{"item": "PISTACHIO", "quantity": "2", "lot": one["lot"]} for one in admission["lines"]]
    withdrawal = desk.withdrawn(*wanted)
    sheets = {"site": "HRS", "book": desk.at.book.number, "places": ["A-01"]}
    count = desk.operator.done("stock-counts", sheets)
    asked = {"document": withdrawal["number"], "reason": "Only to see"}
    reversal = desk.operator.done("reversals", asked)
    return {
        "admissions": admission,
        "relocations": relocation,
        "withdrawals": withdrawal,
        "stock-counts": count,
        "reversals": reversal,
    }


def _queries(desk: Office, path: str, **terms: Any) -> int:
    with CaptureQueriesContext(connection) as captured:
        desk.supervisor.read(path, **terms)
    return len(captured)


def _queries_of_lists(desk: Office) -> dict[str, int]:
    terms = {"stock": {"by": "lot"}, "stock/totals": {"by": "lot"}}
    return {path: _queries(desk, path, **terms.get(path, {})) for path in LISTS}


def test_every_list_takes_as_many_queries_for_three_rows_as_for_one(desk: Office) -> None:
    _work(desk)
    _queries_of_lists(desk)
    before = _queries_of_lists(desk)
    _work(desk), _work(desk)
    assert _queries_of_lists(desk) == before


def test_a_document_takes_as_many_queries_with_three_lines_as_with_one(desk: Office) -> None:
    one, three = _work(desk), _work(desk, lines=3)
    for kind in ("admissions", "relocations", "withdrawals"):
        _queries(desk, f"{kind}/{one[kind]['id']}")
        assert _queries(desk, f"{kind}/{one[kind]['id']}") == _queries(desk, f"{kind}/{three[kind]['id']}"), kind


def test_lists_are_narrowed_by_code_and_number(desk: Office) -> None:
    work = _work(desk)
    lot = work["admissions"]["lines"][0]["lot"]
    number = work["withdrawals"]["number"]
    found = {
        ("admissions", ("site", "HRS"), ("state", "counted"), ("item", "PISTACHIO"), ("owner", "HRS-OWNER")): 1,
        ("admissions", ("state", "draft")): 0,
        ("withdrawals", ("lot", lot), ("number", number), ("book", desk.at.book.number)): 1,
        ("withdrawals", ("purpose", "re_export")): 0,
        ("relocations", ("lot", lot), ("is_reversed", "false")): 1,
        ("reversals", ("document", number), ("state", "requested")): 1,
        ("lots", ("q", "pistach"), ("is_held", "true"), ("document", work["admissions"]["number"])): 1,
        ("transactions", ("document", number), ("kind", "domestic_sale")): 2,
        ("entries", ("lot", lot), ("journal", "customs"), ("place_kind", "domestic")): 1,
        ("balances", ("lot", lot), ("place", "A-02"), ("hold", "free"), ("customs_status", "bonded")): 1,
        ("stock", ("by", "place"), ("q", "pistachio"), ("ordering", "-quantity")): 2,
    }
    for (path, *terms), rows in found.items():
        assert len(desk.supervisor.read(path, **dict(terms))["results"]) == rows, (path, terms)


def test_a_question_that_cannot_be_answered_says_what_is_wrong_with_it(desk: Office) -> None:
    wrong = {
        ("stock", "by", "colour"): 400,
        ("stock", "owner", "NOBODY"): 422,
        ("balances", "journal", "gossip"): 400,
        ("balances", "place", "Z-99"): 422,
        ("balances", "until", "yesterday"): 400,
        ("admissions", "state", "lost"): 400,
        ("entries", "from_date", "soon"): 400,
        ("stock", "through_date", "9999-12-31"): 400,
        ("balances", "known_at", "0001-01-01"): 400,
    }
    for (path, field, figure), status in wrong.items():
        answer = desk.operator.get(path, **{field: figure})
        assert answer.status_code == status, (path, answer.content)
        assert answer.json()["errors"][0]["field"] == field
    both = desk.operator.get("stock", until="2026-01-01T00:00:00Z", through_date="2026-01-01")
    assert both.status_code == 400


def test_long_lists_are_handed_out_in_pages(desk: Office) -> None:
    for _ in range(3):
        _work(desk)
    for path in ("admissions", "entries", "balances", "stock"):
        terms = {"page_size": 2, **({"by": "lot"} if path == "stock" else {})}
        whole = desk.supervisor.read(path, **{**terms, "page_size": 1000})["results"]
        page = desk.supervisor.read(path, **terms)
        rows = list(page["results"])
        while page["next"]:
            page = desk.supervisor.client.get(page["next"]).json()
            rows += page["results"]
        assert rows == whole
        assert len(rows) > 2
