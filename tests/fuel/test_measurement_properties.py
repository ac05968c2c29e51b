"""What holds for every density, temperature and pressure of a standard."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuel.measurement import Base, Method, Standard, api_1980, api_2004, volume_correction
from fuel.measurement.correction import density_at_60f

densities_1980 = st.floats(api_1980.LOWEST_DENSITY, api_1980.HIGHEST_DENSITY)
densities_2004 = st.floats(api_2004.LOWEST_DENSITY_60F, api_2004.HIGHEST_DENSITY_60F)
shares = st.floats(0, 1)
AGREEMENT_KG_M3 = 0.001
LEAPS_1980 = (770.25, 787.75, 838.75)
LEAPS_2004 = (770.3520, 787.5195, 838.3127)


def celsius_1980(density: float, share: float) -> float:
    return api_1980.LOWEST_CELSIUS + share * (api_1980.highest_celsius(density) - api_1980.LOWEST_CELSIUS)


@given(density=densities_1980, share=shares)
def test_forward_and_inverse_of_1980_agree(density: float, share: float) -> None:
    celsius = celsius_1980(density, share)
    observed = density * api_1980.correction(density, celsius)
    found = api_1980.density_15c(observed, celsius)
    # What was found gives the reading back; close to a leap, where two densities may give it, it is one of them.
    assert found * api_1980.correction(found, celsius) == pytest.approx(observed, abs=AGREEMENT_KG_M3)
    near_a_leap = any(abs(density - leap) < 0.3 for leap in LEAPS_1980)
    assert found == pytest.approx(density, abs=0.3 if near_a_leap else AGREEMENT_KG_M3)


@given(leap=st.sampled_from(LEAPS_1980), aside=st.floats(-0.2, 0.2), share=shares)
def test_reading_near_a_leap_of_1980_is_always_answered(leap: float, aside: float, share: float) -> None:
    """Some of these readings no density gives: the tables leap over them, by less than 0.09 kg/m³."""
    celsius = celsius_1980(leap, share)
    observed = (leap + aside) * api_1980.correction(leap, celsius)
    found = api_1980.density_15c(observed, celsius)
    assert found * api_1980.correction(found, celsius) == pytest.approx(observed, abs=0.09)


@given(density=densities_2004, celsius=st.floats(-50, 150), psig=st.floats(0, 1500))
def test_forward_and_inverse_of_2004_agree(density: float, celsius: float, psig: float) -> None:
    fahrenheit = celsius * 1.8 + 32
    observed = density * api_2004.factors(density, fahrenheit, psig).ctpl
    found = api_2004.density_60f(observed, fahrenheit, psig)
    assert found * api_2004.factors(found, fahrenheit, psig).ctpl == pytest.approx(observed, abs=AGREEMENT_KG_M3)
    assert found == pytest.approx(density, abs=AGREEMENT_KG_M3)


@given(leap=st.sampled_from(LEAPS_2004), aside=st.floats(-0.02, 0.02), celsius=st.floats(-50, 150))
def test_forward_and_inverse_of_2004_agree_at_the_edge_of_groups(leap: float, aside: float, celsius: float) -> None:
    density, fahrenheit = leap + aside, celsius * 1.8 + 32
    observed = density * api_2004.factors(density, fahrenheit, 0.0).ctpl
    found = api_2004.density_60f(observed, fahrenheit)
    assert found * api_2004.factors(found, fahrenheit, 0.0).ctpl == pytest.approx(observed, abs=AGREEMENT_KG_M3)


@given(density=densities_2004, base=st.sampled_from([Base.CELSIUS_15, Base.CELSIUS_20]))
def test_density_of_2004_goes_to_another_base_and_back(density: float, base: Base) -> None:
    at_base = density * api_2004.factors(density, base.fahrenheit, 0.0).ctl
    assert density_at_60f(at_base, base) == pytest.approx(density, abs=AGREEMENT_KG_M3)


@given(density=st.floats(660, 1060), first=shares, second=shares, standard=st.sampled_from(Standard))
def test_warmer_fuel_shrinks_more_on_its_way_to_the_base(
    density: float, first: float, second: float, standard: Standard
) -> None:
    colder, warmer = (
        volume_correction(
            density=Decimal(repr(density)),
            celsius=Decimal(repr(celsius_1980(density, share))),
            method=Method(standard=standard),
        )
        for share in sorted((first, second))
    )
    assert colder >= warmer
