"""Bands begin where the standard says, and nothing is told beyond what a standard or a table covers."""

from decimal import Decimal
from typing import Any

import pytest

from fuel.measurement import (
    Base,
    Instrument,
    Method,
    OutsideTheStandard,
    Standard,
    api_1980,
    api_2004,
    base_density,
    gauge_tank,
    measure,
    volume_correction,
)

EDITION_1980 = Method(standard=Standard.API_1980)
EDITION_2004 = Method(standard=Standard.API_2004)
AT_60F = Method(standard=Standard.API_2004, base=Base.FAHRENHEIT_60)
AT_20C = Method(standard=Standard.API_1980, base=Base.CELSIUS_20)


@pytest.mark.parametrize(
    ("density", "band"),
    [
        (653.0, 0), (770.0, 0), (770.2, 0), (770.249, 0), (770.25, 1), (770.3, 1), (770.5, 1),
        (787.5, 1), (787.7, 1), (787.749, 1), (787.75, 2), (787.8, 2), (788.0, 2),
        (838.5, 2), (838.7, 2), (838.749, 2), (838.75, 3), (838.8, 3), (839.0, 3), (1075.0, 3),
    ],
)  # fmt: skip
def test_band_of_1980_follows_the_density_rounded_to_a_half(density: float, band: int) -> None:
    assert api_1980.band(density) is api_1980.BANDS[band]


@pytest.mark.parametrize(
    ("density", "alpha"),
    [
        (770.0, 346.4228 / 770.0**2 + 0.4388 / 770.0),
        (770.5, -0.00336312 + 2680.3206 / 770.5**2),
        (787.5, -0.00336312 + 2680.3206 / 787.5**2),
        (788.0, 594.5418 / 788.0**2),
        (838.5, 594.5418 / 838.5**2),
        (839.0, 186.9696 / 839.0**2 + 0.4862 / 839.0),
    ],
)
def test_expansion_of_1980_on_both_sides_of_every_edge(density: float, alpha: float) -> None:
    assert api_1980.expansion(density) == pytest.approx(alpha, rel=1e-14)


@pytest.mark.parametrize(
    ("density_60f", "k0"),
    [
        (610.6, 192.4571), (770.3519, 192.4571), (770.3520, 1489.0670), (787.5194, 1489.0670),
        (787.5195, 330.3010), (838.3126, 330.3010), (838.3127, 103.8720), (1163.5, 103.8720),
    ],
)  # fmt: skip
def test_group_of_2004_begins_at_its_lowest_density(density_60f: float, k0: float) -> None:
    assert api_2004.group(density_60f).k0 == k0


@pytest.mark.parametrize(
    ("method", "given", "field", "lowest", "highest"),
    [
        (EDITION_1980, {"density": "652.9"}, "density", "653.0", "1075.0"),
        (EDITION_1980, {"density": "1075.1"}, "density", "653.0", "1075.0"),
        (EDITION_1980, {"celsius": "-40.1"}, "celsius", "-40", "125"),
        (EDITION_1980, {"celsius": "125.1"}, "celsius", "-40", "125"),
        (EDITION_1980, {"density": "778.0", "celsius": "95.1"}, "celsius", "-40", "95"),
        (EDITION_1980, {"density": "900", "celsius": "150.1"}, "celsius", "-40", "150"),
        (EDITION_1980, {"gauge_pressure_kpa": "5"}, "gauge_pressure_kpa", "0", "0"),
        (AT_20C, {"density": "648.1"}, "density", "648.2", "1071.6"),
        (AT_60F, {"density": "610.5"}, "density", "610.6", "1163.5"),
        (AT_60F, {"density": "1163.6"}, "density", "610.6", "1163.5"),
        (EDITION_2004, {"density": "611.1"}, "density", "611.2", "1163.8"),
        (EDITION_2004, {"celsius": "-50.1"}, "celsius", "-50", "150"),
        (EDITION_2004, {"celsius": "150.1"}, "celsius", "-50", "150"),
        (EDITION_2004, {"gauge_pressure_kpa": "-1"}, "gauge_pressure_kpa", "0", "10342.1355"),
        (EDITION_2004, {"gauge_pressure_kpa": "10343"}, "gauge_pressure_kpa", "0", "10342.1355"),
        (EDITION_2004, {"celsius": "NaN"}, "celsius", "-50", "150"),
    ],
)
def test_figure_outside_the_standard_is_refused_with_its_limits(
    method: Method, given: dict[str, str], field: str, lowest: str, highest: str
) -> None:
    figures: dict[str, Any] = {"density": Decimal(800), "celsius": Decimal(15)}
    figures |= {name: Decimal(figure) for name, figure in given.items()}
    with pytest.raises(OutsideTheStandard) as refusal:
        volume_correction(**figures, method=method)
    refused = refusal.value
    assert refused.field == field
    assert str(refused.figure) == str(figures[field])
    assert (refused.lowest, refused.highest) == (Decimal(lowest), Decimal(highest))
    assert refused.standard == method.standard


@pytest.mark.parametrize(
    ("method", "density", "celsius"),
    [
        (EDITION_1980, "653.0", "95"), (EDITION_1980, "653.0", "-40"), (EDITION_1980, "1075.0", "150"),
        (AT_20C, "648.2", "20"), (AT_20C, "1071.6", "20"),
        (AT_60F, "610.6", "-50"), (AT_60F, "1163.5", "150"), (EDITION_2004, "611.2", "150"),
        (EDITION_2004, "1163.8", "-50"),
    ],
)  # fmt: skip
def test_limits_themselves_are_taken(method: Method, density: str, celsius: str) -> None:
    assert volume_correction(density=Decimal(density), celsius=Decimal(celsius), method=method) > 0


def test_reading_is_refused_as_it_was_read_not_as_the_glass_corrects_it() -> None:
    reading = {"celsius": Decimal(28), "instrument": Instrument.GLASS_HYDROMETER, "method": EDITION_1980}
    with pytest.raises(OutsideTheStandard) as refusal:
        base_density(reading=Decimal("600.0"), **reading)
    assert refusal.value.field == "reading"
    assert refusal.value.figure == Decimal("600.0")
    assert refusal.value.lowest is not None
    assert base_density(reading=refusal.value.lowest, **reading) in (Decimal("653.0"), Decimal("653.1"))


def test_sample_hotter_than_the_tables_reach_at_its_density_is_refused() -> None:
    with pytest.raises(OutsideTheStandard) as refusal:
        base_density(reading=Decimal(650), celsius=Decimal(96), instrument=Instrument.DENSITOMETER, method=EDITION_1980)
    assert (refusal.value.field, refusal.value.highest) == ("celsius", 95)


def test_refusal_names_the_argument_of_the_caller() -> None:
    with pytest.raises(OutsideTheStandard, match="density_at_base 600 "):
        measure(litres_observed=Decimal(1), celsius=Decimal(15), density_at_base=Decimal(600), method=EDITION_1980)
    with pytest.raises(OutsideTheStandard, match="litres_observed -1 "):
        measure(litres_observed=Decimal(-1), celsius=Decimal(15), density_at_base=Decimal(800), method=EDITION_1980)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"dip_mm": "1000.1"}, "dip_mm"),
        ({"dip_mm": "99"}, "dip_mm"),
        ({"water_mm": "50"}, "water_mm"),
        ({"water_mm": "501"}, "water_mm"),
        ({"water_mm": "-1"}, "water_mm"),
        ({"density_reading": "400"}, "density_reading"),
        ({"sample_celsius": "-41"}, "sample_celsius"),
        ({"tank_celsius": "-41"}, "tank_celsius"),
    ],
)
def test_gauge_is_refused_by_the_name_of_its_reading(changed: dict[str, str], field: str) -> None:
    readings = {
        "dip_mm": Decimal(500), "water_mm": Decimal(0), "tank_celsius": Decimal(10),
        "density_reading": Decimal(800), "sample_celsius": Decimal(10),
    }  # fmt: skip
    readings |= {name: Decimal(figure) for name, figure in changed.items()}
    rows = [(Decimal(100), Decimal(50)), (Decimal(1000), Decimal(500))]
    with pytest.raises(OutsideTheStandard) as refusal:
        gauge_tank(strapping=rows, instrument=Instrument.GLASS_HYDROMETER, method=EDITION_1980, **readings)
    assert refusal.value.field == field
    assert refusal.value.figure == readings[field]


@pytest.mark.parametrize(
    "combination",
    [
        {"standard": "1980", "base": "60F"},
        {"standard": "1980", "vcf_decimals": 3},
        {"standard": "2004", "vcf_decimals": 4},
        {"standard": "1952"},
    ],
)
def test_method_that_no_standard_has_cannot_be_made(combination: dict[str, Any]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        Method(**combination)


@pytest.mark.parametrize("method", [EDITION_1980, EDITION_2004, AT_20C], ids=["1980", "2004", "20 °C"])
def test_a_reading_at_the_base_halfway_between_two_tenths_is_rounded_up(method: Method) -> None:
    """The double next to 800.05 lies below it, and the 2004 standard goes over 60 °F and back."""
    celsius = Decimal(20) if method.base is Base.CELSIUS_20 else Decimal(15)
    for tenths in range(7000, 9000):
        reading = Decimal(tenths).scaleb(-1) + Decimal("0.05")
        found = base_density(reading=reading, celsius=celsius, instrument=Instrument.DENSITOMETER, method=method)
        assert found == Decimal(tenths + 1).scaleb(-1)


def test_fifteen_hundred_psig_lie_within_the_standard() -> None:
    most = Decimal("10342.1355")
    density, celsius = Decimal("800.0"), Decimal("20")
    volume_correction(density=density, celsius=celsius, method=EDITION_2004, gauge_pressure_kpa=most)
    with pytest.raises(OutsideTheStandard) as refused:
        volume_correction(
            density=density, celsius=celsius, method=EDITION_2004, gauge_pressure_kpa=most + Decimal("0.0001")
        )
    assert refused.value.highest == most
