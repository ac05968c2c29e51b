"""Tanks, meters, bases and rounding, where no printed figure exists but the rule is plain."""

from decimal import Decimal

import pytest

from fuel.measurement import (
    LITRES_PER_US_GALLON,
    Base,
    Instrument,
    MassIn,
    Method,
    OutsideTheStandard,
    Standard,
    base_density,
    gauge_tank,
    measure,
    metered_litres,
    us_gallons,
    volume_below,
    volume_correction,
)
from fuel.measurement.rounding import half_up, to_increment

EDITION_1980 = Method(standard=Standard.API_1980, vcf_decimals=4)
EDITION_2004 = Method(standard=Standard.API_2004)
ROWS = [(Decimal(0), Decimal(0)), (Decimal(100), Decimal("10.5")), (Decimal(300), Decimal("40.7"))]


@pytest.mark.parametrize(
    ("dip", "volume"), [("0", "0.0000"), ("100", "10.5000"), ("50", "5.2500"), ("233.3", "30.6283"), ("300", "40.7000")]
)
def test_volume_lies_on_the_line_between_two_rows(dip: str, volume: str) -> None:
    assert str(volume_below(strapping=ROWS, dip_mm=Decimal(dip))) == volume


@pytest.mark.parametrize(
    "rows", [[], [ROWS[1], ROWS[0]], [ROWS[0], ROWS[0]], [(Decimal(0), Decimal(1)), (Decimal(1), Decimal(0))]]
)
def test_strapping_table_that_does_not_rise_is_no_table(rows: list[tuple[Decimal, Decimal]]) -> None:
    with pytest.raises(ValueError, match="strapping table"):
        volume_below(strapping=rows, dip_mm=Decimal(0))


def test_dry_tank_needs_no_row_for_its_floor() -> None:
    gauged = gauge_tank(
        strapping=ROWS[1:], dip_mm=Decimal(100), water_mm=Decimal(0), tank_celsius=Decimal(15),
        density_reading=Decimal(800), sample_celsius=Decimal(15), instrument=Instrument.DENSITOMETER,
        method=EDITION_1980,
    )  # fmt: skip
    assert gauged.free_water_m3 == 0
    assert gauged.gross_standard_m3 == Decimal("10.500")
    assert gauged.mass_kg == Decimal("8400.000")


@pytest.mark.parametrize(
    ("start", "end", "digits", "factor", "litres"),
    [
        ("1000", "53340", 8, "1.0000", "52340.000"),
        ("99999000", "340", 8, "1.0000", "1340.000"),
        ("0", "10000", 6, "0.9987", "9987.000"),
        ("5", "5", 6, "1.0021", "0.000"),
        ("0.5", "100.25", 6, "1.00005", "99.760"),
    ],
)
def test_metered_litres(start: str, end: str, digits: int, factor: str, litres: str) -> None:
    metered = metered_litres(start=Decimal(start), end=Decimal(end), digits=digits, factor=Decimal(factor))
    assert str(metered) == litres


@pytest.mark.parametrize(
    ("field", "figure"), [("start", "-1"), ("start", "1000000"), ("end", "1000000"), ("factor", "0"), ("factor", "1.2")]
)
def test_reading_beyond_the_totaliser_is_refused(field: str, figure: str) -> None:
    figures = {"start": Decimal(0), "end": Decimal(10), "factor": Decimal(1)} | {field: Decimal(figure)}
    with pytest.raises(OutsideTheStandard) as refusal:
        metered_litres(digits=6, **figures)
    assert (refusal.value.field, refusal.value.figure) == (field, Decimal(figure))


def test_us_gallon_is_exact() -> None:
    assert us_gallons(litres=LITRES_PER_US_GALLON * 1000) == 1000


def test_half_a_unit_goes_away_from_zero_and_no_minus_stays_on_nought() -> None:
    assert [str(half_up(Decimal(one), 1)) for one in ("0.05", "-0.05", "0.15", "-0.04")] == [
        "0.1",
        "-0.1",
        "0.2",
        "0.0",
    ]


def test_inputs_of_2004_round_a_tie_to_even() -> None:
    assert [to_increment(Decimal(one), Decimal("0.05")) for one in ("10.025", "10.075", "-10.025")] == [
        Decimal("10.00"), Decimal("10.10"), Decimal("-10.00"),
    ]  # fmt: skip


def test_rounding_of_inputs_is_asked_for_and_only_2004_has_it() -> None:
    hot = {"density": Decimal("800.04"), "celsius": Decimal("60.02")}
    to_the_letter = volume_correction(**hot, method=EDITION_2004, round_inputs=True)
    assert to_the_letter == volume_correction(density=Decimal(800), celsius=Decimal(60), method=EDITION_2004)
    assert to_the_letter != volume_correction(**hot, method=EDITION_2004)
    with pytest.raises(ValueError, match="2004"):
        volume_correction(**hot, method=EDITION_1980, round_inputs=True)


@pytest.mark.parametrize("standard", Standard)
@pytest.mark.parametrize("base", Base)
def test_nothing_is_corrected_at_the_base(standard: Standard, base: Base) -> None:
    if standard is Standard.API_1980 and base is Base.FAHRENHEIT_60:
        pytest.skip("no such table")
    method = Method(standard=standard, base=base)
    celsius = Decimal(repr(base.celsius))
    for density in ("700.1", "770.2", "770.3", "779.0", "787.7", "787.8", "800.0", "838.7", "838.8", "990.5"):
        assert volume_correction(density=Decimal(density), celsius=celsius, method=method) == 1
        for instrument in Instrument:
            at_base = base_density(reading=Decimal(density), celsius=celsius, instrument=instrument, method=method)
            assert at_base == Decimal(density)


@pytest.mark.parametrize("standard", Standard)
def test_same_liquid_has_the_same_mass_at_15c_and_at_20c(standard: Standard) -> None:
    sample = {"reading": Decimal("812.0"), "celsius": Decimal("-12.5"), "instrument": Instrument.DENSITOMETER}
    masses = []
    for base in (Base.CELSIUS_15, Base.CELSIUS_20):
        method = Method(standard=standard, base=base)
        density = base_density(**sample, method=method)
        uplift = measure(
            litres_observed=Decimal(52340), celsius=Decimal("-12.5"), density_at_base=density, method=method
        )
        masses.append(uplift.mass_kg)
        assert uplift.mass_kg == pytest.approx(Decimal("42500.08"), rel=Decimal("0.0001"))
    assert masses[0] == pytest.approx(masses[1], rel=Decimal("0.0001"))


def test_chinese_table_60b_in_its_own_form_is_our_quotient() -> None:
    """GB/T 1885 writes exp[−α·Δ20·(1 + 0.8·α·Δ20 + 8·α)], α at 15 °C, Δ20 = t − 20."""
    from math import exp

    from fuel.measurement import api_1980

    for density_15c, celsius in ((700.0, -40.0), (780.0, 35.5), (800.0, 60.0), (900.0, 120.0)):
        alpha, away = api_1980.expansion(density_15c), celsius - 20
        written = exp(-alpha * away * (1 + 0.8 * alpha * away + 8 * alpha))
        ours = api_1980.correction(density_15c, celsius) / api_1980.correction(density_15c, 20.0)
        assert ours == pytest.approx(written, rel=1e-14)


def test_hydrometer_scale_holds_at_the_base_in_use() -> None:
    sample = {"reading": Decimal("800.0"), "celsius": Decimal(20)}
    at_20c = Method(standard=Standard.API_1980, base=Base.CELSIUS_20)
    by_glass, by_tube = (base_density(**sample, instrument=one, method=at_20c) for one in Instrument)
    assert by_glass == by_tube == Decimal("800.0")


def test_mass_in_air_is_less_by_eleven_hundred_grams_a_cubic_metre() -> None:
    volume = {"litres_observed": Decimal(1000), "celsius": Decimal(15), "density_at_base": Decimal("800.0")}
    in_air = measure(**volume, method=Method(standard=Standard.API_2004, mass_in=MassIn.AIR))
    assert in_air.mass_kg == Decimal("798.900")
    assert in_air.steps[-1].code == "mass_in_air"


@pytest.mark.parametrize(
    ("method", "codes"),
    [
        (EDITION_1980, ["temperature_difference", "expansion", "vcf", "litres_at_base", "mass_in_vacuum"]),
        (
            EDITION_2004,
            ["density_60f", "fahrenheit_68", "density_star", "expansion_60f", "ctl", "compressibility", "cpl", "vcf",
             "litres_at_base", "mass_in_vacuum"],
        ),
    ],
)  # fmt: skip
def test_steps_lead_from_the_reading_to_the_mass(method: Method, codes: list[str]) -> None:
    uplift = measure(
        litres_observed=Decimal(52340), celsius=Decimal("-21.5"), density_at_base=Decimal(800), method=method
    )
    assert [step.code for step in uplift.steps] == codes
    values = {step.code: step.value for step in uplift.steps}
    assert values["vcf"] == uplift.vcf
    assert values["litres_at_base"] == uplift.litres_at_base
    assert values["mass_in_vacuum"] == uplift.mass_kg


def test_callers_decimal_context_changes_nothing() -> None:
    from decimal import ROUND_DOWN, localcontext

    given = {"litres_observed": Decimal(52340), "celsius": Decimal("-21.5"), "density_at_base": Decimal(800)}
    plain = measure(**given, method=EDITION_1980)
    with localcontext(prec=4, rounding=ROUND_DOWN):
        assert measure(**given, method=EDITION_1980) == plain
