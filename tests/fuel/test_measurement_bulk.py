"""Many corrections at once are the single ones, figure for figure."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fuel.measurement import Base, Method, OutsideTheStandard, Standard, volume_correction
from fuel.measurement.bulk import volume_corrections

METHODS = [
    Method(standard=Standard.API_1980, vcf_decimals=4),
    Method(standard=Standard.API_1980, vcf_decimals=5),
    Method(standard=Standard.API_1980, base=Base.CELSIUS_20),
    *(Method(standard=Standard.API_2004, base=base) for base in Base),
]
EDGES = [
    653.0,
    770.2,
    770.25,
    770.3,
    770.352,
    778.1,
    778.3,
    787.5195,
    787.7,
    787.8,
    824.2,
    838.3127,
    838.7,
    838.8,
    1060.0,
]


def singly(density: float, celsius: float, kpa: float, method: Method) -> float:
    figures = {"density": density, "celsius": celsius, "gauge_pressure_kpa": kpa}
    return float(volume_correction(**{name: Decimal(repr(one)) for name, one in figures.items()}, method=method))


@pytest.mark.parametrize("method", METHODS)
def test_bulk_equals_single_over_the_grid_and_at_every_edge(method: Method) -> None:
    densities = np.array([*np.round(np.linspace(655, 1070, 47), 1), *EDGES])
    temperatures = np.round(np.linspace(-40, 95, 28), 2)
    kpa = 0.0 if method.standard is Standard.API_1980 else 345.0
    together = volume_corrections(
        density=densities[:, None], celsius=temperatures[None, :], method=method, gauge_pressure_kpa=kpa
    )
    assert together.shape == (len(densities), len(temperatures))
    for row, density in enumerate(densities):
        for column, celsius in enumerate(temperatures):
            assert together[row, column] == singly(float(density), float(celsius), kpa, method), (density, celsius)


@settings(max_examples=50)
@given(
    figures=st.lists(st.tuples(st.floats(655, 1070), st.floats(-40, 95)), min_size=1, max_size=40),
    method=st.sampled_from(METHODS),
)
def test_bulk_equals_single_anywhere(figures: list[tuple[float, float]], method: Method) -> None:
    densities, temperatures = (np.array(column) for column in zip(*figures, strict=True))
    together = volume_corrections(density=densities, celsius=temperatures, method=method)
    assert together.tolist() == [singly(density, celsius, 0.0, method) for density, celsius in figures]


@pytest.mark.parametrize(
    ("method", "density", "celsius", "kpa", "field"),
    [
        (METHODS[0], 652.9, 15, 0, "density"),
        (METHODS[0], 800, -40.01, 0, "celsius"),
        (METHODS[0], 778.2, 100, 0, "celsius"),
        (METHODS[0], 800, 15, 1, "gauge_pressure_kpa"),
        (METHODS[2], 1080, 15, 0, "density"),
        (METHODS[3], 1170, 15, 0, "density"),
        (METHODS[3], 800, 151, 0, "celsius"),
        (METHODS[3], 800, 15, 10343, "gauge_pressure_kpa"),
        (METHODS[5], float("nan"), 15, 0, "density"),
    ],
)
def test_bulk_refuses_the_first_figure_outside_the_standard(
    method: Method, density: float, celsius: float, kpa: float, field: str
) -> None:
    with pytest.raises(OutsideTheStandard) as refusal:
        volume_corrections(
            density=np.array([800.0, density]),
            celsius=np.array([15.0, celsius]),
            gauge_pressure_kpa=np.array([0.0, kpa]),
            method=method,
        )
    assert refusal.value.field == field
