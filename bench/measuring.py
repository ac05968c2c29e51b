"""What a volume correction costs, singly and in bulk, against NumPy doing the bare formula of 1980 in one band."""

import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from statistics import median

import numpy as np
from numpy.typing import NDArray

from bench.measure import Row, beside_raw, failed
from bench.sizes import Sizes
from fuel.measurement import Method, Standard, volume_correction
from fuel.measurement.bulk import volume_corrections

BARE = "NumPy"
RATE = "factors/s"
SINGLY = 2_000
METHODS = {"1980": Method(standard=Standard.API_1980, vcf_decimals=4), "2004": Method(standard=Standard.API_2004)}

Figures = NDArray[np.float64]


def measuring_rows(sizes: Sizes) -> Iterator[Row]:
    """Corrections of densities and temperatures as tickets of a year have them."""
    chance = np.random.default_rng(1)
    density = np.round(chance.uniform(775.0, 840.0, sizes.corrections), 1)
    celsius = np.round(chance.uniform(-35.0, 40.0, sizes.corrections), 2)
    singly = [(Decimal(str(d)), Decimal(str(t))) for d, t in zip(density[:SINGLY], celsius[:SINGLY], strict=True)]
    measured: dict[str, Callable[[], float]] = {}
    for name, method in METHODS.items():
        measured[f"bulk_{name}"] = _rate(sizes.corrections, _bulk(density, celsius, method))
        measured[f"single_{name}"] = _rate(len(singly), _singly(singly, method))
    bare = _rate(sizes.corrections, lambda: _bare(density, celsius))
    title = "NumPy, the bare formula of one band"
    yield Row("vcf_numpy", title, RATE, median([bare() for _ in range(3)]), 1.0, None, BARE)
    for code, one in beside_raw(bare, measured, rounds=sizes.rounds):
        way, standard = code.split("_")
        title = f"volume corrections by {standard}, {'in bulk' if way == 'bulk' else 'one by one'}"
        if isinstance(one, Exception):
            yield failed(f"vcf_{code}", title, one)
        else:
            yield Row(f"vcf_{code}", title, RATE, one.rate, one.ratio, one.spread, BARE)


def _rate(count: int, work: Callable[[], object]) -> Callable[[], float]:
    def rate() -> float:
        began = time.perf_counter()
        work()
        return count / (time.perf_counter() - began)

    return rate


def _bare(density: Figures, celsius: Figures) -> Figures:
    """exp[−α·Δ·(1 + 0.8·α·Δ)] of 788.0–838.5 kg/m³ for everything: no bands, no rounding, no limits."""
    heat = 594.5418 / density**2 * (celsius - 15.0)
    return np.asarray(np.exp(-heat * (1 + 0.8 * heat)))


def _bulk(density: Figures, celsius: Figures, method: Method) -> Callable[[], object]:
    return lambda: volume_corrections(density=density, celsius=celsius, method=method)


def _singly(figures: list[tuple[Decimal, Decimal]], method: Method) -> Callable[[], object]:
    return lambda: [volume_correction(density=density, celsius=celsius, method=method) for density, celsius in figures]
