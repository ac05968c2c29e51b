"""What every quantity must be before anything else is asked about it."""

from decimal import Decimal

from django.utils.translation import gettext as _

from registry.errors import FieldError, RuleBroken
from registry.models import Unit
from registry.wording import quantity_text

# The ledger keeps eighteen digits, five of them behind the point.
TOO_MUCH = Decimal(10) ** 13
# The smallest amount of money in CNY; what is shared or reckoned is rounded to it.
FEN = Decimal("0.01")


class NotAQuantity(RuleBroken):
    """A quantity that nobody can have counted, weighed or measured."""

    code = "not-a-quantity"


def check_quantity(value: Decimal, unit: Unit, *, field: str = "quantity", row: int | None = None) -> Decimal:
    """Return the quantity if goods can be kept in it.

    Args:
        value: quantity in the unit.
        unit: the unit, whose decimals are the finest that quantities in it may have.
        field: name of the field that the figure stands in.
        row: row that the figure stands in; 0 is the first.
    Raises:
        NotAQuantity: it is no number, not above zero, finer than the unit allows, or 10^13 and more.
    """
    figure = _digits_of(value)
    if not value.is_finite():
        message = _("%(figure)s is not a number.")
    elif value < 0:
        message = _("%(figure)s %(unit)s is negative. Write how much there is; the document says which way it goes.")
    elif value == 0:
        message = _("The quantity is zero. Write how much there is, or take the row out.")
    elif value >= TOO_MUCH:
        message = _("%(figure)s %(unit)s cannot be right. Check the figure and its unit.")
    elif _decimals_of(value) > unit.decimals:
        message = _("%(figure)s is too precise: quantities in %(unit)s have at most %(decimals)s decimals.")
    else:
        return value
    words = {"figure": _in_words(value), "unit": unit, "decimals": unit.decimals}
    raise NotAQuantity(message % words, errors=[FieldError(message % words, field=field, row=row, figure=figure)])


def _decimals_of(value: Decimal) -> int:
    """Decimals that say something: 2.500 has one."""
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _is_readable(value: Decimal) -> bool:
    """An absurd figure may have thousands of digits; the reader needs to recognise it, not to read it."""
    return value.is_finite() and abs(value.adjusted()) < 30


def _digits_of(value: Decimal) -> str:
    return f"{value:f}" if _is_readable(value) else f"{value:.3E}" if value.is_finite() else str(value)


def _in_words(value: Decimal) -> str:
    return quantity_text(value) if _is_readable(value) else _digits_of(value)
