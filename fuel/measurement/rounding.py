"""The one place where a measured figure is rounded, and the places that each is rounded to."""

import math
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal, localcontext

DENSITY_PLACES = 1
LITRE_PLACES = 3
GALLON_PLACES = 3
KILOGRAM_PLACES = 3
OBSERVED_CUBIC_METRE_PLACES = 4
STANDARD_CUBIC_METRE_PLACES = 3
METER_FACTOR_PLACES = 4

# The caller's context must not change what was measured; no product of two figures in use has fifty digits.
PRECISE = Context(prec=50, rounding=ROUND_HALF_UP)

SIGNIFICANT_DIGITS = 13
"""Of a double, that still count when it is rounded: the last two or three hold the noise of reckoning."""


def half_up(figure: Decimal | float, places: int) -> Decimal:
    """The figure to so many decimals, half a unit away from zero.

    A float is taken for the thirteen digits that it stands for: the double next to 800.05 lies below it, and is a tie.
    """
    exact = Decimal(f"{figure:.{SIGNIFICANT_DIGITS}g}") if isinstance(figure, float) else figure
    with localcontext(PRECISE):
        # Adding zero keeps "-0.0" off pages.
        return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP) + Decimal(0)


def inwards(lowest: float, highest: float) -> tuple[Decimal, Decimal]:
    """Limits to 0.1, rounded so that both lie within: what is named as a limit is taken."""
    # A limit that is a tenth already, but for the last bits of its double, stays that tenth.
    return half_up(math.ceil(lowest * 10 - 1e-6) / 10, 1), half_up(math.floor(highest * 10 + 1e-6) / 10, 1)


def to_increment(figure: Decimal, increment: Decimal) -> Decimal:
    """The nearest multiple of the increment, a tie to the even one: how the 2004 standard rounds what is put in.

    Source: API MPMS 11.1-2004, 11.1.5.4, "Rounding of values".
    """
    with localcontext(PRECISE):
        return (figure / increment).quantize(Decimal(1), rounding=ROUND_HALF_EVEN) * increment


def nearest_half(density: float) -> float:
    """The density to 0.5 kg/m³, half-up: how the 1980 tables are entered."""
    return math.floor(density * 2 + 0.5) / 2
