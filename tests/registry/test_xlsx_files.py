"""Lists as spreadsheets: the same rows as on the page, figures that can be reckoned with."""

import io
from decimal import Decimal
from typing import Any

import django_tables2 as tables
import pytest
from django.urls import reverse
from openpyxl import load_workbook

from registry.columns import MoneyColumn, QuantityColumn
from registry.csv_files import csv_response
from registry.models import User
from registry.xlsx_files import xlsx_response
from tests.registry import build
from tests.registry.conftest import signed_in


class FiguresTable(tables.Table):
    name = tables.Column()
    quantity = QuantityColumn(unit="unit")
    amount = MoneyColumn()


ROWS: list[dict[str, Any]] = [
    {"name": "=1+1", "quantity": Decimal("-12.50000"), "unit": "kg", "amount": Decimal("1234.50")},
    {"name": "long", "quantity": Decimal("1234567890123.12345"), "unit": "kg", "amount": None},
]


def sheet_of(response: Any) -> list[tuple[Any, ...]]:
    return list(load_workbook(io.BytesIO(response.getvalue())).active.iter_rows(values_only=True))


def test_figures_are_numbers_as_long_as_a_spreadsheet_keeps_their_digits() -> None:
    rows = sheet_of(xlsx_response(FiguresTable(ROWS), name="figures"))
    assert rows == [
        ("Name", "Quantity", "Quantity: unit", "Amount"),
        ("'=1+1", -12.5, "kg", 1234.5),
        ("long", "1234567890123.12345", "kg", None),
    ]


def test_a_negative_figure_in_a_csv_file_is_no_formula() -> None:
    text = csv_response(FiguresTable(ROWS), name="figures").getvalue().decode("utf-8-sig")
    assert text.splitlines()[1:] == ["'=1+1,-12.5,kg,1234.5", "long,1234567890123.12345,kg,"]


@pytest.mark.django_db
def test_a_list_gives_exactly_the_rows_that_are_shown_from_every_page(alice: User) -> None:
    for number in range(30):
        build.item(f"NUT-{number:02}")
    build.item("WALNUT")
    address = reverse("registry:item_list") + "?q=nut-&sort=-code&page=2"
    client = signed_in(alice)
    assert "format=xlsx" in client.get(address).content.decode()
    response = client.get(f"{address}&format=xlsx")
    assert response.headers["Content-Disposition"] == 'attachment; filename="item.xlsx"'
    rows = sheet_of(response)
    assert [row[0] for row in rows[1:]] == [f"NUT-{number:02}" for number in reversed(range(30))]
