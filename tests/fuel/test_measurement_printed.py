"""Both standards give the figures that they print, and those that were worked by hand."""

import json
from decimal import Decimal, localcontext
from typing import Any

import pytest

from fuel.measurement import (
    Base,
    Instrument,
    MassIn,
    Method,
    Standard,
    api_1980,
    api_2004,
    base_density,
    gauge_tank,
    measure,
    volume_correction,
)
from tests.worked import VECTORS, figures

PRINTED: dict[str, Any] = json.loads((VECTORS / "fuel.json").read_text(encoding="utf-8"))
API_EXAMPLES = PRINTED["api_11_1_2004"]
F1, F2, F4 = (figures("fuel", name) for name in ("F1", "F2", "F4"))

PRINTED_TABLE = Method(standard=Standard.API_1980, vcf_decimals=4)
PRINTED_TABLE_IN_AIR = Method(standard=Standard.API_1980, vcf_decimals=4, mass_in=MassIn.AIR)
EDITION_2004 = Method(standard=Standard.API_2004)


def exact(figure: float | str) -> Decimal:
    return Decimal(str(figure))


def printed_rows() -> list[tuple[float, float, str]]:
    tables = (PRINTED["table_54b_1980_printed"], PRINTED["avgas_54b_1980_printed"])
    return [(one["density_15c_kg_m3"], *row) for one in tables for row in one["rows_celsius_vcf"]]


@pytest.mark.parametrize(("density", "celsius", "printed"), printed_rows())
def test_table_54b_is_reproduced_to_the_fourth_decimal(density: float, celsius: float, printed: str) -> None:
    vcf = volume_correction(density=exact(density), celsius=exact(celsius), method=PRINTED_TABLE)
    assert str(vcf) == printed


def test_jet_example_of_the_2004_standard_to_the_last_printed_digit() -> None:
    example = API_EXAMPLES[0]
    density_60f = example["relative_density_60f"] * example["water_density"]
    found = api_2004.factors(density_60f, example["temperature_f"], example["pressure_psig"])
    assert round(found.alpha60, 12) == example["alpha60"]
    assert round(found.ctl, 12) == example["ctl"]
    assert round(found.cpl, 12) == example["cpl"]
    assert f"{found.ctpl:.5f}" == example["ctpl"]


def test_gasoline_example_of_the_2004_standard_to_the_last_printed_digit() -> None:
    example = API_EXAMPLES[1]
    found = api_2004.factors(example["density_60f_kg_m3"], example["temperature_f"], example["pressure_psig"])
    assert round(found.ctl, 12) == example["ctl"]
    assert f"{found.ctpl:.5f}" == example["ctpl"]


def test_examples_of_the_2004_standard_through_the_public_door() -> None:
    """The same figures handed over as Celsius and kilopascals, at base 60 °F."""
    for example, density in ((API_EXAMPLES[0], 0.7943 * 999.016), (API_EXAMPLES[1], 657.3)):
        vcf = volume_correction(
            density=exact(density),
            celsius=exact((example["temperature_f"] - 32) / 1.8),
            gauge_pressure_kpa=exact(example["pressure_psig"] * api_2004.KPA_PER_PSI),
            method=Method(standard=Standard.API_2004, base=Base.FAHRENHEIT_60),
        )
        assert str(vcf) == example["ctpl"]


def test_inverse_example_of_the_2004_standard_at_the_edge_of_two_groups() -> None:
    example = API_EXAMPLES[2]
    fahrenheit, psig = example["temperature_f"], example["pressure_psig"]
    density = api_2004.density_60f(example["observed_density_kg_m3"], fahrenheit, psig)
    assert density == pytest.approx(example["density_60f_kg_m3"], abs=example["tolerance_kg_m3"])
    assert round(api_2004.factors(density, fahrenheit, psig).ctl, 8) == round(example["ctl"], 8)


def test_base_temperature_on_the_scale_of_the_data() -> None:
    assert api_2004.on_ipts_68(60.0) == pytest.approx(api_2004.BASE_ON_IPTS_68, abs=1e-7)


def test_uplift_measured_cold() -> None:
    given, expected = F1["in"], F1["out"]
    figures_given = {
        "litres_observed": exact(given["observed_litres"]),
        "celsius": exact(given["celsius"]),
        "density_at_base": exact(given["density_15c"]),
    }
    in_vacuum = measure(**figures_given, method=PRINTED_TABLE)
    in_air = measure(**figures_given, method=PRINTED_TABLE_IN_AIR)
    assert str(in_vacuum.vcf) == expected["vcf"]
    assert in_vacuum.litres_at_base == Decimal(expected["litres_15c"])
    assert str(in_vacuum.mass_kg) == expected["mass_vacuum_kg"]
    assert str(in_air.mass_kg) == expected["mass_air_kg_minus_1.1"]
    by_2004 = measure(**figures_given, method=EDITION_2004)
    assert str(by_2004.vcf) == F1["out_2004"]["vcf"]
    assert str(by_2004.litres_at_base) == F1["out_2004"]["litres_15c"]


@pytest.mark.parametrize("case", F2["cases"])
def test_reading_becomes_density_at_15c(case: dict[str, Any]) -> None:
    density = base_density(
        reading=exact(case["reading"]),
        celsius=exact(case["celsius"]),
        instrument=Instrument(case["instrument"].replace(" ", "_")),
        method=PRINTED_TABLE,
    )
    assert str(density) == case["density_15c"]


def test_tank_is_gauged() -> None:
    given, expected = F4["in"], F4["out"]
    rows = [(exact(mm), exact(m3)) for mm, m3 in given["water_mm_m3"] + given["strapping_mm_m3"]]
    readings = {
        "strapping": rows,
        "dip_mm": exact(given["dip_mm"]),
        "water_mm": exact(given["water_mm"]),
        "tank_celsius": exact(given["tank_celsius"]),
        "density_reading": exact(given["hydrometer"]),
        "sample_celsius": exact(given["sample_celsius"]),
        "instrument": Instrument.GLASS_HYDROMETER,
    }
    gauged = gauge_tank(**readings, method=PRINTED_TABLE)
    in_air = gauge_tank(**readings, method=PRINTED_TABLE_IN_AIR)
    assert str(gauged.total_observed_m3) == expected["total_observed_m3"]
    assert str(gauged.free_water_m3) == expected["free_water_m3"]
    assert str(gauged.gross_observed_m3) == expected["gross_observed_m3"]
    assert str(gauged.density_at_base) == expected["density_15c"]
    assert str(gauged.vcf) == expected["vcf"]
    assert str(gauged.gross_standard_m3) == expected["gross_standard_m3"]
    assert str((gauged.mass_kg / 1000).quantize(Decimal("0.001"))) == expected["tonnes_vacuum"]
    assert str((in_air.mass_kg / 1000).quantize(Decimal("0.001"))) == expected["tonnes_air"]


def by_decimal_1980(density: Decimal, celsius: Decimal) -> Decimal:
    """The formulas of Table 54B anew, with the bands written out and forty digits."""
    halves = (density * 2).to_integral_value(rounding="ROUND_HALF_UP") / 2
    if halves <= Decimal("770.0"):
        alpha = Decimal("346.4228") / density**2 + Decimal("0.4388") / density
    elif halves <= Decimal("787.5"):
        alpha = Decimal("-0.00336312") + Decimal("2680.3206") / density**2
    elif halves <= Decimal("838.5"):
        alpha = Decimal("594.5418") / density**2
    else:
        alpha = Decimal("186.9696") / density**2 + Decimal("0.4862") / density
    difference = celsius - 15
    return (-alpha * difference * (1 + Decimal("0.8") * alpha * difference)).exp()


def by_decimal_2004(density: Decimal, celsius: Decimal, psig: Decimal) -> Decimal:
    """The formulas of 11.1.6.1 anew, with forty digits."""
    k0, k1, k2 = (
        ("103.8720", "0.2701", "0") if density >= Decimal("838.3127")
        else ("330.3010", "0", "0") if density >= Decimal("787.5195")
        else ("1489.0670", "0", "-0.00186840") if density >= Decimal("770.3520")
        else ("192.4571", "0.2438", "0")
    )  # fmt: skip
    k0, k1, k2, delta, eight = (Decimal(one) for one in (k0, k1, k2, "0.01374979547", "0.8"))
    a = delta / 2 * (k0 / density**2 + k1 / density + k2)
    b = (2 * k0 + k1 * density) / (k0 + k1 * density + k2 * density**2)
    star = density * (1 + ((a * (1 + eight * a)).exp() - 1) / (1 + a * (1 + 2 * eight * a) * b))
    alpha = k0 / star**2 + k1 / star + k2
    polynomial = (
        "-0.148759", "-0.267408", "1.080760", "1.269056", "-4.089591", "-1.871251", "7.438081", "-3.536296",
    )  # fmt: skip
    shift = sum(Decimal(one) * (celsius / 630) ** power for power, one in enumerate(polynomial, start=1))
    fahrenheit = (celsius - shift) * Decimal("1.8") + 32
    heat = fahrenheit - Decimal("60.0068749")
    ctl = (-alpha * heat * (1 + eight * alpha * (heat + delta))).exp()
    compressibility = (
        Decimal("-1.9947") + Decimal("0.00013427") * fahrenheit + (793920 + 2326 * fahrenheit) / star**2
    ).exp()
    return ctl / (1 - compressibility * psig / 100000)


def rounded(figure: Decimal, decimals: int) -> Decimal:
    return figure.quantize(Decimal(1).scaleb(-decimals), rounding="ROUND_HALF_UP")


def test_whole_grid_of_1980_recomputed_in_forty_digits() -> None:
    five = Method(standard=Standard.API_1980, vcf_decimals=5)
    with localcontext(prec=40):
        for tenths in range(6530, 10751, 37):
            density = Decimal(tenths) / 10
            hottest = int(api_1980.highest_celsius(float(density)))
            for celsius in (Decimal(halves) / 2 for halves in range(-80, 2 * hottest + 1, 9)):
                independent = by_decimal_1980(density, celsius)
                vcf = volume_correction(density=density, celsius=celsius, method=PRINTED_TABLE)
                assert vcf == rounded(independent, 4), (density, celsius)
                assert volume_correction(density=density, celsius=celsius, method=five) == rounded(independent, 5)


def test_whole_grid_of_2004_recomputed_in_forty_digits() -> None:
    at_60f = Method(standard=Standard.API_2004, base=Base.FAHRENHEIT_60)
    with localcontext(prec=40):
        for tenths in range(6106, 11636, 91):
            density = Decimal(tenths) / 10
            for celsius in (Decimal(quarters) / 4 for quarters in range(-200, 601, 37)):
                for kpa in (Decimal(0), Decimal(345), Decimal(10340)):
                    psig = kpa / Decimal("6.894757")
                    vcf = volume_correction(density=density, celsius=celsius, gauge_pressure_kpa=kpa, method=at_60f)
                    assert vcf == rounded(by_decimal_2004(density, celsius, psig), 5), (density, celsius, kpa)


def test_base_15c_and_20c_of_2004_recomputed_from_60f_in_forty_digits() -> None:
    with localcontext(prec=40):
        for base, base_celsius in ((Base.CELSIUS_15, Decimal(15)), (Base.CELSIUS_20, Decimal(20))):
            method = Method(standard=Standard.API_2004, base=base)
            for tenths in range(6206, 11500, 501):
                density_60f = Decimal(tenths) / 10
                of_base = by_decimal_2004(density_60f, base_celsius, Decimal(0))
                for celsius in range(-50, 151, 25):
                    expected = by_decimal_2004(density_60f, Decimal(celsius), Decimal(0)) / of_base
                    vcf = volume_correction(density=density_60f * of_base, celsius=Decimal(celsius), method=method)
                    assert vcf == rounded(expected, 5)
