"""Litres from a meter's totaliser."""

from decimal import Decimal, localcontext

from fuel.measurement.errors import require_within
from fuel.measurement.rounding import LITRE_PLACES, METER_FACTOR_PLACES, PRECISE, half_up

METER = "meter"
LOWEST_FACTOR = Decimal("0.9000")
HIGHEST_FACTOR = Decimal("1.1000")
"""A meter that errs by more than a tenth is broken, or its factor is mistyped."""


def metered_litres(*, start: Decimal, end: Decimal, digits: int, factor: Decimal = Decimal(1)) -> Decimal:
    """Litres observed between two readings, to 0.001: (end − start) × meter factor.

    An end below the start means that the totaliser rolled over once in between. Whether it did, or was misread, only
    the tickets before and after can tell.

    Args:
        start, end: litres, 0 to below 10 to the power of ``digits``.
        digits: whole-litre digits of the totaliser.
        factor: of the meter, from its last proving; taken to 0.0001.
    Raises:
        OutsideTheStandard: of ``start`` or ``end`` beyond the totaliser, or of a ``factor`` outside 0.9 to 1.1.
    Source: API MPMS 12.2; GB/T 9109.5.
    """
    with localcontext(PRECISE):
        capacity = Decimal(10) ** digits
        last = capacity - Decimal("0.001")
        require_within(start, field="start", lowest=Decimal(0), highest=last, standard=METER)
        require_within(end, field="end", lowest=Decimal(0), highest=last, standard=METER)
        require_within(factor, field="factor", lowest=LOWEST_FACTOR, highest=HIGHEST_FACTOR, standard=METER)
        indicated = end - start if end >= start else end + capacity - start
        return half_up(indicated * half_up(factor, METER_FACTOR_PLACES), LITRE_PLACES)
