"""Volume corrections of many figures at once, in NumPy: the same rounded factors as ``volume_correction`` gives.

An array is reckoned in double precision as one figure is. The last bit may differ all the same, so wherever that bit
could decide - close to half a unit of the last decimal, to the edge of a band, to a limit - the figure is reckoned
singly. Those are few.
"""

from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from fuel.measurement import api_1980, api_2004
from fuel.measurement.correction import volume_correction
from fuel.measurement.method import Base, Method, Standard

Figures = NDArray[np.float64]
Flags = NDArray[np.bool_]

_EDGES_1980 = np.array([group.highest_density for group in api_1980.BANDS[:-1]])
_COEFFICIENTS_1980 = np.array([group[1:] for group in api_1980.BANDS]).T
# A band, or a limit of temperature, ends a quarter above its highest density, which is rounded to halves.
_LEAPS_1980 = np.array([*_EDGES_1980, *(density for density, _celsius in api_1980.HIGHEST_CELSIUS[:-1])]) + 0.25
_RISING_2004 = api_2004.GROUPS[::-1]
_EDGES_2004 = np.array([group.lowest_density_60f for group in _RISING_2004[1:]])
_COEFFICIENTS_2004 = np.array([group[1:] for group in _RISING_2004]).T

_NEAR_AN_EDGE = 0.1
"""kg/m³: wider than any leap between bands at 20 °C, which is the warmest base."""
_NEAR_HALF = 1e-4
"""Of the last decimal: far wider than what two ways to the same double can differ by."""


def volume_corrections(
    *, density: Figures, celsius: Figures, method: Method, gauge_pressure_kpa: Figures | float = 0.0
) -> Figures:
    """The factors of many volumes, rounded as the method says.

    Args:
        density: at the method's base temperature, kg/m³.
        celsius: of the observed volumes, °C.
        gauge_pressure_kpa: of the observed volumes; above zero by the 2004 standard only.
        The three are broadcast against each other.
    Raises:
        OutsideTheStandard: of the first figure that the standard does not cover.
    """
    densities, temperatures, pressures = np.broadcast_arrays(
        *(np.atleast_1d(np.asarray(one, dtype=np.float64)) for one in (density, celsius, gauge_pressure_kpa))
    )
    # Figures outside the standard overflow on their way to being refused.
    with np.errstate(all="ignore"):
        if method.standard is Standard.API_1980:
            factors, sure = _factors_1980(densities, temperatures, method.base)
            sure &= pressures == 0
        else:
            factors, sure = _factors_2004(densities, temperatures, pressures, method.base)
        unit = 10.0**method.vcf_decimals
        scaled = factors * unit
        whole = np.floor(scaled)
        sure &= np.abs(scaled - whole - 0.5) > _NEAR_HALF
        rounded: Figures = np.floor(scaled + 0.5) / unit
    for place in zip(*np.nonzero(~sure), strict=True):
        factor = volume_correction(
            density=Decimal(repr(float(densities[place]))),
            celsius=Decimal(repr(float(temperatures[place]))),
            method=method,
            gauge_pressure_kpa=Decimal(repr(float(pressures[place]))),
        )
        rounded[place] = float(factor)
    return rounded


def _nearest_half(density: Figures) -> Figures:
    halves: Figures = np.floor(density * 2 + 0.5) / 2
    return halves


def _corrections_1980(density_15c: Figures, celsius: Figures | float) -> Figures:
    band = np.searchsorted(_EDGES_1980, _nearest_half(density_15c), side="left")
    constant, per_square, per_density = (row[band] for row in _COEFFICIENTS_1980)
    alpha = constant + per_square / density_15c**2 + per_density / density_15c
    heat = alpha * (celsius - api_1980.BASE_CELSIUS)
    corrections: Figures = np.exp(-heat * (1 + 0.8 * heat))
    return corrections


def _factors_1980(density: Figures, celsius: Figures, base: Base) -> tuple[Figures, Flags]:
    density_15c = density
    settled = np.ones(density.shape, dtype=np.bool_)
    if base is not Base.CELSIUS_15:
        for _ in range(100):
            refined = density / _corrections_1980(density_15c, base.celsius)
            settled = np.abs(refined - density_15c) < 1e-9
            density_15c = refined
            if settled.all():
                break
    factors = _corrections_1980(density_15c, celsius)
    if base is not Base.CELSIUS_15:
        factors = factors / _corrections_1980(density_15c, base.celsius)
    sure = settled & _inside(density_15c, api_1980.LOWEST_DENSITY, api_1980.HIGHEST_DENSITY, _LEAPS_1980)
    hottest = np.full(density.shape, -np.inf)
    for highest_density, highest_celsius in reversed(api_1980.HIGHEST_CELSIUS):
        hottest[_nearest_half(density_15c) <= highest_density] = highest_celsius
    return factors, sure & (celsius >= api_1980.LOWEST_CELSIUS) & (celsius <= hottest)


def _factors_2004(density: Figures, celsius: Figures, kpa: Figures, base: Base) -> tuple[Figures, Flags]:
    density_60f = density
    settled = np.ones(density.shape, dtype=np.bool_)
    at_base: Figures | float = 1.0
    if base is not Base.FAHRENHEIT_60:
        # Base and 60 °F lie so near that substitution gains two digits with each step.
        for _ in range(30):
            at_base, _unused = _factors_at(density_60f, np.float64(base.fahrenheit))
            refined = density / at_base
            settled = np.abs(refined - density_60f) < 1e-10
            density_60f = refined
            if settled.all():
                break
    ctl, compressibility = _factors_at(density_60f, celsius * 1.8 + 32)
    psig = kpa / api_2004.KPA_PER_PSI
    factors = ctl / at_base / (1 - 1e-5 * compressibility * psig)
    sure = settled & _inside(density_60f, api_2004.LOWEST_DENSITY_60F, api_2004.HIGHEST_DENSITY_60F, _EDGES_2004)
    sure &= (celsius >= float(api_2004.LOWEST_CELSIUS)) & (celsius <= float(api_2004.HIGHEST_CELSIUS))
    return factors, sure & (psig >= 0) & (psig < api_2004.HIGHEST_PSIG - 1)


def _factors_at(density_60f: Figures, fahrenheit: Figures | np.float64) -> tuple[Figures, Figures]:
    """CTL and Fp to 60 °F, as ``api_2004.factors``."""
    k0, k1, k2, _pace = (row[np.searchsorted(_EDGES_2004, density_60f, side="right")] for row in _COEFFICIENTS_2004)
    shift = api_2004.DELTA_60 / 2 * ((k0 / density_60f + k1) / density_60f + k2)
    steepness = (2 * k0 + k1 * density_60f) / (k0 + (k1 + k2 * density_60f) * density_60f)
    star = density_60f * (1 + (np.exp(shift * (1 + 0.8 * shift)) - 1) / (1 + shift * (1 + 1.6 * shift) * steepness))
    alpha60 = (k0 / star + k1) / star + k2
    celsius = (fahrenheit - 32) / 1.8
    scaled = celsius / 630
    difference = scaled * 0
    for coefficient in reversed(api_2004.IPTS_68):
        difference = (difference + coefficient) * scaled
    fahrenheit_68 = (celsius - difference) * 1.8 + 32
    heat = fahrenheit_68 - api_2004.BASE_ON_IPTS_68
    ctl = np.exp(-alpha60 * heat * (1 + 0.8 * alpha60 * (heat + api_2004.DELTA_60)))
    compressibility = np.exp(-1.9947 + 0.00013427 * fahrenheit_68 + (793920 + 2326 * fahrenheit_68) / star**2)
    return ctl, compressibility


def _inside(density: Figures, lowest: float, highest: float, edges: Figures) -> Flags:
    """Whether a density lies so far from limits and edges that its last bit decides nothing."""
    inside: Flags = (density > lowest + _NEAR_AN_EDGE) & (density < highest - _NEAR_AN_EDGE)
    for edge in edges:
        inside &= np.abs(density - edge) > _NEAR_AN_EDGE
    return inside
