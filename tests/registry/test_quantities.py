"""Quantities that nobody can have counted are refused before anything else is asked."""

from decimal import Decimal

import pytest

from registry.models import Unit
from registry.quantities import NotAQuantity, check_quantity

KG = Unit(code="KGM", symbol="kg", decimals=5)
PIECES = Unit(code="H87", symbol="pcs", decimals=0)


@pytest.mark.parametrize(
    ("figure", "unit"),
    [("0.00001", KG), ("9999999999999.99999", KG), ("1", PIECES), ("12.000", PIECES), ("1E+3", PIECES)],
)
def test_what_can_be_counted_is_returned(figure: str, unit: Unit) -> None:
    assert check_quantity(Decimal(figure), unit) == Decimal(figure)


@pytest.mark.parametrize(
    ("figure", "unit", "words"),
    [
        ("-1", KG, "negative"),
        ("0", KG, "zero"),
        ("-0.0", KG, "zero"),
        ("0.000001", KG, "at most 5 decimals"),
        ("1.5", PIECES, "in pcs have at most 0 decimals"),
        ("10000000000000", KG, "cannot be right"),
        ("1E+400000", KG, "cannot be right"),
        ("NaN", KG, "not a number"),
        ("Infinity", KG, "not a number"),
    ],
)
def test_what_cannot_be_counted_is_refused_with_field_row_and_figure(figure: str, unit: Unit, words: str) -> None:
    with pytest.raises(NotAQuantity, match=words) as refused:
        check_quantity(Decimal(figure), unit, field="declared_quantity", row=4)
    (error,) = refused.value.errors
    assert (error.field, error.row) == ("declared_quantity", 4)
    assert error.figure
    assert len(str(error.figure)) < 100
