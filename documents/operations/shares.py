"""Splitting what rides on a quantity, to the fen and so that the parts are the whole."""

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from ledger.postings import Riding
from registry.quantities import FEN

HUNDRED_THOUSANDTH = Decimal("0.00001")
_MEASURES = (
    ("net_mass_kg", HUNDRED_THOUSANDTH),
    ("customs_value_cny", FEN),
    ("duty_cny", FEN),
    ("consumption_tax_cny", FEN),
    ("vat_cny", FEN),
)


def riding_of(measured: Any) -> Riding:
    """What rides on a lot, an entry or a balance."""
    return Riding(**{name: getattr(measured, name) for name, _place in _MEASURES})


def shares_of(whole: Riding, quantities: Sequence[Decimal]) -> Iterator[Riding]:
    """What rides on each quantity when they make up the whole: half-up in turn, the last takes what remains.

    This is how the ledger itself shares what rides on an account when it is drawn on bit by bit.

    Args:
        whole: kilograms and CNY that ride on all the quantities together.
        quantities: above zero.
    """
    rest = whole
    rest_quantity = sum(quantities, Decimal(0))
    for quantity in quantities:
        share = Riding(**{name: _share(getattr(rest, name), quantity, rest_quantity, to) for name, to in _MEASURES})
        yield share
        rest = Riding(**{name: getattr(rest, name) - getattr(share, name) for name, _to in _MEASURES})
        rest_quantity -= quantity


def _share(whole: Decimal, quantity: Decimal, of_quantity: Decimal, to: Decimal) -> Decimal:
    if quantity == of_quantity:
        return whole
    return (whole * quantity / of_quantity).quantize(to, rounding=ROUND_HALF_UP)
