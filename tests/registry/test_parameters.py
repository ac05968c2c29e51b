"""An address that asks by an unknown name is refused, on pages, for files and over the API."""

import io
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import django_tables2 as tables
import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from registry.columns import LocalTimeColumn
from registry.csv_files import csv_response
from registry.models import User
from registry.xlsx_files import xlsx_response
from tests.registry import build
from tests.registry.conftest import signed_in

SUGGESTIONS = (
    *("registry:item_suggest", "registry:hs_code_suggest", "registry:unit_suggest", "registry:place_suggest"),
    *("ledger:owner_suggest", "ledger:bin_suggest", "ledger:lot_suggest", "ledger:free_lot_suggest"),
)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["", "&format=csv", "&format=xlsx"])
def test_an_unknown_parameter_is_refused_with_the_one_that_was_meant(alice: User, kind: str) -> None:
    answer = signed_in(alice).get(reverse("registry:item_list") + "?orgin=UZ" + kind)
    assert answer.status_code == 400
    assert "orgin" in answer.content.decode()
    assert "origin" in answer.content.decode()


@pytest.mark.django_db
def test_a_file_of_an_invalid_filter_is_refused_and_not_empty(alice: User) -> None:
    build.item("NUT")
    address = reverse("registry:item_list") + "?is_perishable=perhaps"
    assert signed_in(alice).get(address + "&format=csv").status_code == 400
    assert signed_in(alice).get(address).status_code == 400


@pytest.mark.django_db
def test_the_api_refuses_an_unknown_parameter_and_names_it(alice: User) -> None:
    answer = signed_in(alice).get("/api/v1/items/?orgin=UZ")
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert [(error["field"], error["figure"]) for error in answer.json()["errors"]] == [("orgin", "orgin")]
    assert signed_in(alice).get("/api/v1/items/?origin=UZ&page_size=5").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("name", SUGGESTIONS)
def test_a_nul_in_an_address_is_refused(alice: User, name: str) -> None:
    assert signed_in(alice).get(reverse(name) + "?q=%00").status_code == 400


class TimesTable(tables.Table):
    at = LocalTimeColumn(verbose_name="At")
    due_date = LocalTimeColumn(verbose_name="Due")


ROWS: list[dict[str, Any]] = [
    {"at": datetime(2026, 11, 2, 20, 30, tzinfo=ZoneInfo("UTC")), "due_date": date(2026, 11, 27)},
    {"at": None, "due_date": None},
]


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Asia/Shanghai"])
def test_a_file_tells_times_by_the_clock_of_customs_whoever_takes_it(zone: str) -> None:
    with timezone.override(ZoneInfo(zone)):
        text = csv_response(TimesTable(ROWS), name="times").getvalue().decode("utf-8-sig")
    assert text.splitlines() == ["At (Asia/Shanghai),Due", "2026-11-03 04:30:00,2026-11-27", ","]


def test_times_and_days_of_a_workbook_are_no_text() -> None:
    response = xlsx_response(TimesTable(ROWS), name="times")
    sheet = load_workbook(io.BytesIO(response.getvalue())).active
    assert [cell.value for cell in sheet[1]] == ["At (Asia/Shanghai)", "Due"]
    assert [cell.value for cell in sheet[2]] == [datetime(2026, 11, 3, 4, 30), datetime(2026, 11, 27)]
    assert [cell.number_format for cell in sheet[2]] == ["yyyy-mm-dd hh:mm:ss", "yyyy-mm-dd"]


def test_an_empty_list_has_its_headings() -> None:
    sheet = load_workbook(io.BytesIO(xlsx_response(TimesTable([]), name="times").getvalue())).active
    assert [cell.value for cell in sheet[1]] == ["At (Asia/Shanghai)", "Due"]
