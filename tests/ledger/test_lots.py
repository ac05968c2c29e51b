"""Lots are opened all or none, and only with figures that the ledger can keep."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from ledger.models import Lot
from ledger.operations import open_lots
from ledger.postings import ImpossibleFigure, LotNumberTaken
from tests.ledger.conftest import NOON, Yard


def test_lots_are_opened_in_order_in_one_statement(yard: Yard, django_assert_num_queries: Any) -> None:
    numbers = [f"L-{number}" for number in range(50)]
    with django_assert_num_queries(4):  # what the items are declared as; then the statement, in a savepoint
        opened = open_lots(lots=[yard.new_lot(number=number) for number in numbers], at=NOON)
    assert [lot.number for lot in opened] == numbers
    assert [lot.pk for lot in opened] == sorted(lot.pk for lot in opened)
    assert Lot.objects.get(pk=opened[7].pk).document_number == "A-1"


@pytest.mark.parametrize(
    ("field", "figure"),
    [
        ("quantity", "0"),
        ("quantity", "-1"),
        ("quantity", "1.000001"),
        ("quantity", "10000000000000"),
        ("quantity", "NaN"),
        ("net_mass_kg", "-0.5"),
        ("customs_value_cny", "1.005"),
        ("duty_rate", "0.1234567"),
    ],
)
def test_impossible_figure_is_named_by_field_and_row(yard: Yard, field: str, figure: str) -> None:
    wrong = replace(yard.new_lot(), **{field: Decimal(figure)})
    with pytest.raises(ImpossibleFigure) as refusal:
        open_lots(lots=[yard.new_lot(), wrong], at=NOON)
    assert [(error.field, error.row) for error in refusal.value.errors] == [(field, 1)]
    assert not Lot.objects.exists()


def test_lot_number_is_taken_once_in_a_zone(yard: Yard) -> None:
    open_lots(lots=[yard.new_lot(number="A")], at=NOON)
    with pytest.raises(LotNumberTaken) as refusal:
        open_lots(lots=[yard.new_lot(number=number) for number in ("B", "A", "B")], at=NOON)
    assert [(error.field, error.row, error.figure) for error in refusal.value.errors] == [
        ("number", 1, "A"),
        ("number", 2, "B"),
    ]
    assert Lot.objects.count() == 1
