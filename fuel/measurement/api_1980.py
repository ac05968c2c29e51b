"""API MPMS 11.1-1980 (API Standard 2540, ASTM D1250-80): refined products, Tables 53B and 54B, base 15 °C.

Densities in kg/m³, temperatures in °C, in double precision. The 20 °C tables of Chinese practice (59B and 60B, GB/T
1885) are the same liquid: its factor to 20 °C is its factor to 15 °C over the factor of 20 °C itself.
"""

import math
from decimal import Decimal
from typing import NamedTuple

from fuel.measurement.errors import OutsideTheStandard, require_within
from fuel.measurement.iteration import rising_root
from fuel.measurement.rounding import inwards, nearest_half

NAME = "1980"
BASE_CELSIUS = 15.0
LOWEST_DENSITY = 653.0
HIGHEST_DENSITY = 1075.0
LOWEST_CELSIUS = -40.0
"""The tables themselves begin at −18 °C (0 °F). Measurement Canada prints the same formulas for aviation fuels down to
−40 °C (volume correction factors to 15 °C, January 2016), and there the printed figures that can be checked end."""

HIGHEST_CELSIUS = ((778.0, 95.0), (824.0, 125.0), (HIGHEST_DENSITY, 150.0))
"""Up to which temperature the tables reach, by density up to (kg/m³, °C). Source: API Standard 2540, Table 53B; in
Table 6B it is 200 °F, 250 °F and 300 °F for gravities above 50, above 40 and up to 40 °API."""


class Band(NamedTuple):
    """One group of products: α = constant + per_square / ρ² + per_density / ρ, up to a density rounded to 0.5."""

    highest_density: float
    constant: float
    per_square: float
    per_density: float


BANDS = (
    Band(770.0, 0.0, 346.4228, 0.4388),
    Band(787.5, -0.00336312, 2680.3206, 0.0),
    Band(838.5, 0.0, 594.5418, 0.0),
    Band(HIGHEST_DENSITY, 0.0, 186.9696, 0.4862),
)
"""Gasolines, the transition zone, jet fuels and kerosines, gas and fuel oils. The density chooses, never the name."""


def band(density_15c: float) -> Band:
    """The group that a density belongs to when it is rounded to 0.5 kg/m³."""
    rounded = nearest_half(density_15c)
    return next((one for one in BANDS if rounded <= one.highest_density), BANDS[-1])


def expansion(density_15c: float) -> float:
    """α, the thermal expansion at 15 °C, per °C. The density itself is used; rounded, it only chooses the band."""
    group = band(density_15c)
    return group.constant + group.per_square / density_15c**2 + group.per_density / density_15c


def correction(density_15c: float, celsius: float) -> float:
    """The factor from a volume at this temperature to its volume at 15 °C, not rounded. Limits are not looked at."""
    heat = expansion(density_15c) * (celsius - BASE_CELSIUS)
    return math.exp(-heat * (1 + 0.8 * heat))


def highest_celsius(density_15c: float) -> float:
    """Where the tables end for this density, °C."""
    return next(celsius for density, celsius in HIGHEST_CELSIUS if nearest_half(density_15c) <= density)


def require_celsius(celsius: Decimal, density_15c: float = HIGHEST_DENSITY) -> None:
    """Refuse a temperature that the tables do not reach at this density.

    Raises:
        OutsideTheStandard: of ``celsius``.
    """
    lowest, highest = Decimal(LOWEST_CELSIUS), Decimal(highest_celsius(density_15c))
    require_within(celsius, field="celsius", lowest=lowest, highest=highest, standard=NAME)


def density_limits(celsius: float) -> tuple[float, float]:
    """What the lowest and the highest density of the tables become at this temperature, kg/m³."""
    return LOWEST_DENSITY * correction(LOWEST_DENSITY, celsius), HIGHEST_DENSITY * correction(HIGHEST_DENSITY, celsius)


def density_15c(observed: float, celsius: float, *, field: str = "density") -> float:
    """ρ15 of a density at a temperature, not rounded: ρ15 = ρt / VCF(ρ15, t), substituted until it stands (53B).

    Where two groups of products meet, α leaps, and ρt with it: in the cold up to 0.09 kg/m³ that no ρ15 answers to,
    which is given the edge; in the heat up to 0.18 kg/m³ that two answer to, of which substitution finds one.

    Raises:
        OutsideTheStandard: of ``field``, when ρ15 lies outside 653.0 to 1075.0 kg/m³.
    """
    lowest, highest = density_limits(celsius)
    if not lowest <= observed <= highest:
        least, most = inwards(lowest, highest)
        raise OutsideTheStandard(field=field, figure=Decimal(repr(observed)), lowest=least, highest=most, standard=NAME)
    density = observed
    for _ in range(100):
        refined = observed / correction(density, celsius)
        if abs(refined - density) < 1e-11:
            return min(max(refined, LOWEST_DENSITY), HIGHEST_DENSITY)
        density = refined
    # Between two bands, or hot in the transition zone, where substitution does not settle.
    return rising_root(lambda one: one * correction(one, celsius), observed, LOWEST_DENSITY, HIGHEST_DENSITY)
