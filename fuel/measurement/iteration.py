"""Finding the density whose correction gives what was observed, where substitution alone does not settle."""

from collections.abc import Callable


def rising_root(function: Callable[[float], float], target: float, low: float, high: float) -> float:
    """Where a function that rises from low to high reaches the target, to the last bit of a double.

    A standard changes its coefficients at the edge of a band, and the function may leap over the target there: then
    the edge itself is found, the one density that a reading in the leap can mean.
    """
    while True:
        middle = (low + high) / 2
        if not low < middle < high:
            return high
        if function(middle) < target:
            low = middle
        else:
            high = middle
