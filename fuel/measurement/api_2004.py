"""API MPMS 11.1-2004 with Addendum 1 of 2007 (ASTM D1250-04): refined products at a temperature and a pressure.

The standard reckons in kg/m³, °F and psig at base 60 °F; other bases go through it (11.1.7). In double precision.
"""

import math
from decimal import Decimal
from typing import NamedTuple

from fuel.measurement.errors import OutsideTheStandard, require_within
from fuel.measurement.iteration import rising_root
from fuel.measurement.rounding import inwards

NAME = "2004"
BASE_FAHRENHEIT = 60.0
LOWEST_DENSITY_60F = 610.6
HIGHEST_DENSITY_60F = 1163.5
LOWEST_CELSIUS, HIGHEST_CELSIUS = Decimal(-50), Decimal(150)
"""−58 °F and 302 °F."""
HIGHEST_PSIG = 1500.0
KPA_PER_PSI = 6.894757
"""As the standard converts (11.1.5.1)."""
LOWEST_KPA, HIGHEST_KPA = Decimal(0), Decimal("10342.1355")
"""0 and 1500 psig."""

CELSIUS_INCREMENT = Decimal("0.05")
DENSITY_INCREMENT = Decimal("0.1")
KPA_INCREMENT = Decimal(5)
"""To which inputs are rounded where the standard is followed to the letter (11.1.5.4)."""

IPTS_68 = (-0.148759, -0.267408, 1.080760, 1.269056, -4.089591, -1.871251, 7.438081, -3.536296)
"""ITS-90 to IPTS-68: the difference in °C is Σ aᵢ·(t/630)ⁱ (11.1.5.3)."""
BASE_ON_IPTS_68 = 60.0068749
"""60 °F of ITS-90 on the scale that the data were taken on."""
DELTA_60 = 0.01374979547
"""The shift of the base temperature between the two scales, °F."""


class Group(NamedTuple):
    """A group of products: α60 = k0 / ρ*² + k1 / ρ* + k2 from a density on, and its pace of iteration Da (11.1.6)."""

    lowest_density_60f: float
    k0: float
    k1: float
    k2: float
    pace: float


GROUPS = (
    Group(838.3127, 103.8720, 0.2701, 0.0, 1.3),
    Group(787.5195, 330.3010, 0.0, 0.0, 2.0),
    Group(770.3520, 1489.0670, 0.0, -0.00186840, 8.5),
    Group(LOWEST_DENSITY_60F, 192.4571, 0.2438, 0.0, 1.5),
)
"""Fuel oils, jet fuels, the transition zone, gasolines."""


class Factors(NamedTuple):
    """What 11.1.6.1 finds on its way, nothing rounded."""

    fahrenheit_68: float
    density_star: float
    alpha60: float
    ctl: float
    compressibility: float
    cpl: float

    @property
    def ctpl(self) -> float:
        return self.ctl * self.cpl


def group(density_60f: float) -> Group:
    """The group whose coefficients hold for this density at 60 °F."""
    return next((one for one in GROUPS if density_60f >= one.lowest_density_60f), GROUPS[-1])


def on_ipts_68(fahrenheit: float) -> float:
    """A temperature of today's scale, ITS-90, on IPTS-68, in °F."""
    celsius = (fahrenheit - 32) / 1.8
    scaled = celsius / 630
    difference = 0.0
    for coefficient in reversed(IPTS_68):
        difference = (difference + coefficient) * scaled
    return (celsius - difference) * 1.8 + 32


def factors(density_60f: float, fahrenheit: float, psig: float) -> Factors:
    """CTL, CPL and what they come from, for a density at 60 °F and 0 psig (11.1.6.1). Limits are not looked at."""
    k0, k1, k2 = group(density_60f)[1:4]
    shift = DELTA_60 / 2 * ((k0 / density_60f + k1) / density_60f + k2)
    steepness = (2 * k0 + k1 * density_60f) / (k0 + (k1 + k2 * density_60f) * density_60f)
    star = density_60f * (1 + (math.exp(shift * (1 + 0.8 * shift)) - 1) / (1 + shift * (1 + 1.6 * shift) * steepness))
    alpha60 = (k0 / star + k1) / star + k2
    fahrenheit_68 = on_ipts_68(fahrenheit)
    heat = fahrenheit_68 - BASE_ON_IPTS_68
    ctl = math.exp(-alpha60 * heat * (1 + 0.8 * alpha60 * (heat + DELTA_60)))
    compressibility = math.exp(-1.9947 + 0.00013427 * fahrenheit_68 + (793920 + 2326 * fahrenheit_68) / star**2)
    cpl = 1 / (1 - 1e-5 * compressibility * psig)
    return Factors(fahrenheit_68, star, alpha60, ctl, compressibility, cpl)


def require_conditions(celsius: Decimal, gauge_pressure_kpa: Decimal) -> None:
    """Refuse a temperature outside −58 to 302 °F and a pressure outside 0 to 1500 psig.

    Raises:
        OutsideTheStandard: of ``celsius`` or ``gauge_pressure_kpa``.
    """
    require_within(celsius, field="celsius", lowest=LOWEST_CELSIUS, highest=HIGHEST_CELSIUS, standard=NAME)
    require_within(
        gauge_pressure_kpa, field="gauge_pressure_kpa", lowest=LOWEST_KPA, highest=HIGHEST_KPA, standard=NAME
    )


def density_limits(fahrenheit: float, psig: float = 0.0) -> tuple[float, float]:
    """What the lowest and the highest density of the standard become at a temperature and pressure, kg/m³."""
    lowest = LOWEST_DENSITY_60F * factors(LOWEST_DENSITY_60F, fahrenheit, psig).ctpl
    return lowest, HIGHEST_DENSITY_60F * factors(HIGHEST_DENSITY_60F, fahrenheit, psig).ctpl


def density_60f(observed: float, fahrenheit: float, psig: float = 0.0, *, field: str = "density") -> float:
    """The density at 60 °F and 0 psig of one observed at a temperature and pressure, not rounded (11.1.6.2).

    Raises:
        OutsideTheStandard: of ``field``, when the density at 60 °F lies outside 610.6 to 1163.5 kg/m³.
    """
    lowest, highest = density_limits(fahrenheit, psig)
    if not lowest <= observed <= highest:
        least, most = inwards(lowest, highest)
        raise OutsideTheStandard(field=field, figure=Decimal(repr(observed)), lowest=least, highest=most, standard=NAME)
    guess = min(max(observed, LOWEST_DENSITY_60F), HIGHEST_DENSITY_60F)
    # The standard allows fifteen steps to 10⁻⁶ kg/m³; they are few, so a closer figure costs nothing, and a reading
    # halfway between two tenths stays there on its way over 60 °F.
    for _ in range(15):
        found = factors(guess, fahrenheit, psig)
        if abs(observed - guess * found.ctpl) < 1e-11:
            return guess
        heat = found.fahrenheit_68 - BASE_ON_IPTS_68
        thermal = group(guess).pace * found.alpha60 * heat * (1 + 1.6 * found.alpha60 * (heat + DELTA_60))
        squeezed = 2 * found.cpl * psig * found.compressibility * (7.93920 + 0.02326 * found.fahrenheit_68)
        step = (observed / found.ctpl - guess) / (1 + thermal + squeezed / guess**2)
        guess = min(max(guess + step, LOWEST_DENSITY_60F), HIGHEST_DENSITY_60F)
    # Where two groups meet, the steps may go to and fro.
    return rising_root(
        lambda one: one * factors(one, fahrenheit, psig).ctpl, observed, LOWEST_DENSITY_60F, HIGHEST_DENSITY_60F
    )
