"""What a standard or a table does not cover is refused with its figure, never extrapolated."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal


class OutsideTheStandard(ValueError):
    """A figure for which the standard, or the tank's table, has no answer.

    Attributes:
        field: the argument that holds the figure.
        figure: as it was given, in the unit of that argument.
        lowest, highest: what would be taken in its place, both included; None where there is no bound.
        standard: "1980", "2004", "strapping_table" or "meter".
    """

    def __init__(
        self, *, field: str, figure: Decimal, lowest: Decimal | None, highest: Decimal | None, standard: str
    ) -> None:
        self.field = field
        self.figure = figure
        self.lowest = lowest
        self.highest = highest
        self.standard = standard
        super().__init__(f"{field} {figure} lies outside {lowest} to {highest} of {standard}")


def require_within(
    figure: Decimal, *, field: str, lowest: Decimal | None, highest: Decimal | None, standard: str
) -> None:
    """Refuse a figure below the lowest or above the highest, and one that is no number."""
    if not figure.is_finite() or (lowest is not None and figure < lowest) or (highest is not None and figure > highest):
        raise OutsideTheStandard(field=field, figure=figure, lowest=lowest, highest=highest, standard=standard)


@contextmanager
def called(**names: str) -> Iterator[None]:
    """Let a refusal name the caller's argument: ``with called(density="density_at_base")``."""
    try:
        yield
    except OutsideTheStandard as refused:
        raise OutsideTheStandard(
            field=names.get(refused.field, refused.field),
            figure=refused.figure,
            lowest=refused.lowest,
            highest=refused.highest,
            standard=refused.standard,
        ) from None
