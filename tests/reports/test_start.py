"""The start page: to each role what waits for them, with figures that lead to exactly their rows."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bonded.admissions.operations.admissions import submit_admission
from documents.reversals.operations import request_reversal
from ledger.queries import first_days_of_months
from registry.models import Item, OrganisationKind, Role
from tests.bonded.build import Warehouse, item, out, tariff, warehouse
from tests.bonded.test_relocations import _move
from tests.registry import build
from tests.registry.conftest import signed_in

START = "/"


@pytest.fixture
def khorgos(db: None) -> Warehouse:
    """A warehouse whose goods came this very hour, so that they are in the chart's last month."""
    tariff("08", duty="0.08")
    place = warehouse()
    place.now = timezone.now() - timedelta(hours=1)
    return place


@pytest.fixture
def almonds(khorgos: Warehouse) -> Item:
    return item("ALMOND-01", hs="080211", name="Almonds")


def start(user: Any) -> Any:
    response = signed_in(user).get(START)
    assert response.status_code == 200
    return response


def figures(cards: list[Any]) -> dict[str, int]:
    return {str(card.label): card.value for card in cards}


def test_signing_in_leads_here() -> None:
    assert settings.LOGIN_REDIRECT_URL == START


def test_the_page_greets_every_role(khorgos: Warehouse) -> None:
    parts = {
        khorgos.operator: {"is_posting", "is_staff"},
        khorgos.supervisor: {"is_posting", "is_deciding", "is_reviewing", "is_staff"},
        khorgos.officer: {"is_deciding", "is_reviewing", "is_staff"},
        build.user("charlie", Role.AUDITOR): {"is_reviewing", "is_staff"},
        build.user("alice", Role.ADMINISTRATOR): {"is_administering"},
        build.user("anna", Role.AIRLINE, build.organisation("AIR", OrganisationKind.AIRLINE)): set(),
        build.user("dana", None): set(),
    }
    every = set().union(*parts.values())
    for user, expected in parts.items():
        response = start(user)
        assert {part for part in every if response.context.get(part)} == expected, user
    assert "You have no role yet" in start(build.user("eve", None)).content.decode()
    assert signed_in(khorgos.operator).post(START).status_code == 405


def test_an_operator_sees_the_open_work_and_where_it_is(khorgos: Warehouse, almonds: Item) -> None:
    assert "Nothing waits for you" in start(khorgos.operator).content.decode()
    draft = khorgos.prepare(khorgos.line(almonds, "1"))
    khorgos.accepted(khorgos.line(almonds, "1"))
    khorgos.arrived(khorgos.line(almonds, "1"))
    khorgos.admitted(khorgos.line(almonds, "100"))
    khorgos.accepted_withdrawal(out(almonds, "10"))
    khorgos.submitted(khorgos.line(almonds, "1"))
    response = start(khorgos.operator)
    assert figures(response.context["work"]) == {
        "Admissions to finish and submit": 1,
        "Admissions on their way here": 1,
        "Admissions to count": 1,
        "Withdrawals to pick": 1,
        "Sales to pay duty and tax on": 1,
    }
    assert response.context["oldest"][0].document == draft
    assert len(response.context["oldest"]) == 4
    client = signed_in(khorgos.operator)
    for card in response.context["work"]:
        assert len(client.get(card.url).context["table"].rows) == card.value, card.label
    assert not start(warehouse("FAR").operator).context["work"]


def test_a_supervisor_sees_what_others_ask_to_be_decided(khorgos: Warehouse, almonds: Item) -> None:
    khorgos.admitted(khorgos.line(almonds, "100"))
    khorgos.submitted(khorgos.line(almonds, "1"))
    khorgos.accepted_withdrawal(out(almonds, "10"))
    khorgos.submitted_withdrawal(out(almonds, "5"))
    admission = khorgos.admitted(khorgos.line(almonds, "1"))
    lot = admission.lines.get().lot
    moved = _move(khorgos, (lot, khorgos.bin, khorgos.other_bin, "1"))
    request_reversal(document=moved, reason="Wrong bin", actor=khorgos.operator, at=khorgos.tick())
    response = start(khorgos.supervisor)
    assert figures(response.context["decisions"]) == {
        "Admissions to accept or return": 1,
        "Withdrawals to accept or return": 1,
        "Reversals to decide": 1,
        "Withdrawals to release": 1,
    }
    client = signed_in(khorgos.supervisor)
    for card in response.context["decisions"]:
        assert client.get(card.url).status_code == 200, card.label
    assert [row.document_number for row, _url in response.context["reversals"]] == [moved.number]
    assert "Wrong bin" in response.content.decode()
    assert "Reversals to decide" not in figures(start(khorgos.officer).context["decisions"])


def test_nobody_is_asked_to_decide_on_their_own_work(khorgos: Warehouse, almonds: Item) -> None:
    admission = khorgos.prepare(khorgos.line(almonds, "1"), actor=khorgos.supervisor)
    submit_admission(admission=admission, actor=khorgos.supervisor, at=khorgos.tick())
    assert start(khorgos.supervisor).context["decisions"] == []
    assert figures(start(khorgos.officer).context["decisions"]) == {"Admissions to accept or return": 1}


def test_the_chart_leads_to_the_rows_that_it_sums(khorgos: Warehouse, almonds: Item) -> None:
    khorgos.admitted(khorgos.line(almonds, "100", "1000"))
    khorgos.withdrawn(out(almonds, "30"))
    khorgos.accepted_withdrawal(out(almonds, "10"))
    warehouse("FAR")
    response = start(khorgos.operator)
    months = response.context["months"]
    assert len(months) == 12
    assert [(month.came_cny, month.left_cny) for month in months[:-2]] == [(0, 0)] * 10
    assert sum(month.came_cny for month in months) == 1000
    assert sum(month.left_cny for month in months) == 300
    chart = response.context["months_chart"]
    assert [Decimal(value) for value in chart["series"][1]["values"]] == [month.left_cny for month in months]
    client = signed_in(khorgos.operator)
    for month in months:
        for address, value in ((month.came_url, month.came_cny), (month.left_url, -month.left_cny)):
            table = client.get(address).context["table"]
            assert table.totals["customs_value_cny"] == value
    assert parse_qs(urlsplit(months[0].url).query).keys() == {"from_date", "through_date"}
    (row, address) = response.context["sites"][0]
    assert (row.code, row.customs_value_cny) == ("HRS", 700)
    assert client.get(address).context["totals"].customs_value_cny == 700


def test_the_months_run_through_the_turn_of_the_year() -> None:
    days = first_days_of_months(date(2027, 2, 28), 4)
    assert days == [date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)]


def test_an_administrator_finds_the_register(khorgos: Warehouse, almonds: Item) -> None:
    response = start(build.user("alice", Role.ADMINISTRATOR))
    cards = figures(response.context["register"])
    assert (cards["Items"], cards["Sites"]) == (1, 1)
    client = signed_in(build.user("ada", Role.ADMINISTRATOR))
    assert all(client.get(card.url).status_code == 200 for card in response.context["register"])


def test_the_movements_of_the_books_are_for_who_works_with_goods(khorgos: Warehouse, almonds: Item) -> None:
    khorgos.admitted(khorgos.line(almonds, "100"))
    address = "/book-movements/"
    assert len(signed_in(khorgos.officer).get(address).context["table"].rows) == 1
    assert len(signed_in(warehouse("FAR").operator).get(address).context["table"].rows) == 0
    assert signed_in(khorgos.officer).get(f"{address}?way=out&format=xlsx").status_code == 200
    assert len(signed_in(khorgos.officer).get(f"{address}?from_date=never").context["table"].rows) == 0
    assert signed_in(build.user("alice", Role.ADMINISTRATOR)).get(address).status_code == 403


@pytest.mark.parametrize("role", ["operator", "supervisor", "officer"])
def test_the_page_asks_as_often_for_three_rows_as_for_one(khorgos: Warehouse, almonds: Item, role: str) -> None:
    client = signed_in(getattr(khorgos, role))

    def work() -> None:
        khorgos.prepare(khorgos.line(almonds, "1"))
        khorgos.submitted(khorgos.line(almonds, "1"))
        admission = khorgos.admitted(khorgos.line(almonds, "100"))
        request_reversal(document=admission, reason="Wrong owner", actor=khorgos.operator, at=khorgos.tick())
        khorgos.drafted_withdrawal(out(almonds, "1"))
        khorgos.accepted_withdrawal(out(almonds, "10"))

    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    addresses = [START, "/book-movements/"]
    work()
    queries(START)
    with_one = [queries(address) for address in addresses]
    work()
    work()
    assert [queries(address) for address in addresses] == with_one
