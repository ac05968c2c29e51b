"""The steps of a reckoning, as a page shows them."""

from dataclasses import dataclass
from decimal import Decimal

from fuel.measurement.method import Base


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: what is found, by which formula, and how much it is.

    Attributes:
        code: what the page words the step by, for example "vcf" or "free_water".
        symbol: as the standard writes it, for example "α60".
        formula: in symbols, to be set beside the figure; no words.
        value: rounded to the places that the figure is told to. Only what the standard rounds is reckoned on with.
        standard: where the formula comes from: "1980", "2004", "strapping_table" or "definition".
    """

    code: str
    symbol: str
    formula: str
    value: Decimal
    standard: str


def subscript(base: Base) -> str:
    """What ρ and V carry at this base: "15", "20" or "60"."""
    return base.value[:2]
