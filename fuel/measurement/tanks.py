"""A tank's contents from a dip, a water dip, a temperature and a sample."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from itertools import pairwise

from fuel.measurement.correction import correct_volume, reduce_density
from fuel.measurement.errors import called, require_within
from fuel.measurement.method import Instrument, Method
from fuel.measurement.quantities import LITRES_PER_M3, mass
from fuel.measurement.rounding import (
    OBSERVED_CUBIC_METRE_PLACES,
    PRECISE,
    STANDARD_CUBIC_METRE_PLACES,
    half_up,
)
from fuel.measurement.steps import Step

TABLE = "strapping_table"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauged:
    """A tank as gauged. Volumes in m³: observed ones at the tank's temperature, the standard one at the base."""

    total_observed_m3: Decimal
    free_water_m3: Decimal
    gross_observed_m3: Decimal
    density_at_base: Decimal
    vcf: Decimal
    gross_standard_m3: Decimal
    mass_kg: Decimal
    method: Method
    steps: tuple[Step, ...]


def volume_below(*, strapping: Sequence[tuple[Decimal, Decimal]], dip_mm: Decimal, field: str = "dip_mm") -> Decimal:
    """The volume below a dip, m³ to 0.0001: a row of the strapping table, or on the line between two.

    Args:
        strapping: rows of dip (mm) and volume (m³), dips rising.
        field: what the refusal calls the dip.
    Raises:
        OutsideTheStandard: a dip below the first row or above the last.
        ValueError: rows whose dips do not rise, whose volumes fall, or none at all.
    """
    _require_rising(strapping)
    require_within(dip_mm, field=field, lowest=strapping[0][0], highest=strapping[-1][0], standard=TABLE)
    above = bisect_left(strapping, dip_mm, key=lambda row: row[0])
    high_mm, high_m3 = strapping[above]
    if high_mm == dip_mm:
        return half_up(high_m3, OBSERVED_CUBIC_METRE_PLACES)
    low_mm, low_m3 = strapping[above - 1]
    with localcontext(PRECISE):
        risen = (high_m3 - low_m3) * (dip_mm - low_mm) / (high_mm - low_mm)
        return half_up(low_m3 + risen, OBSERVED_CUBIC_METRE_PLACES)


def gauge_tank(
    *,
    strapping: Sequence[tuple[Decimal, Decimal]],
    dip_mm: Decimal,
    water_mm: Decimal,
    tank_celsius: Decimal,
    density_reading: Decimal,
    sample_celsius: Decimal,
    instrument: Instrument,
    method: Method,
) -> Gauged:
    """What a tank holds: total observed − free water = gross observed; × VCF = gross standard; × density = mass.

    Args:
        strapping: the tank's rows of dip (mm) and volume (m³), dips rising.
        dip_mm: of the surface; ``water_mm``: of the water below the fuel, 0 for none.
        tank_celsius: mean temperature of the fuel in the tank, °C.
        density_reading: of the sample, kg/m³, read at ``sample_celsius`` on ``instrument``.
    Raises:
        OutsideTheStandard: of the argument whose figure the table or the standard does not cover.
    Source: API MPMS 12.1.1; GB/T 19779-2005.
    """
    require_within(water_mm, field="water_mm", lowest=Decimal(0), highest=dip_mm, standard=TABLE)
    total = volume_below(strapping=strapping, dip_mm=dip_mm)
    # A dry floor needs no row of the table, which may begin above the sump.
    water = volume_below(strapping=strapping, dip_mm=water_mm, field="water_mm") if water_mm else Decimal("0.0000")
    with called(reading="density_reading", celsius="sample_celsius"):
        density, density_steps = reduce_density(density_reading, sample_celsius, instrument, method)
    with called(density="density_reading", celsius="tank_celsius"):
        vcf, factor_steps = correct_volume(density, tank_celsius, method)
    with localcontext(PRECISE):
        gross = total - water
        standard = half_up(gross * vcf, STANDARD_CUBIC_METRE_PLACES)
        litres = standard * LITRES_PER_M3
    mass_kg, mass_steps = mass(litres_at_base=litres, density_at_base=density, method=method)
    return Gauged(
        total_observed_m3=total,
        free_water_m3=water,
        gross_observed_m3=gross,
        density_at_base=density,
        vcf=vcf,
        gross_standard_m3=standard,
        mass_kg=mass_kg,
        method=method,
        steps=(
            Step(code="total_observed", symbol="TOV", formula="TOV = f(h)", value=total, standard=TABLE),
            Step(code="free_water", symbol="FW", formula="FW = f(hw)", value=water, standard=TABLE),
            Step(code="gross_observed", symbol="GOV", formula="GOV = TOV − FW", value=gross, standard="definition"),
            *density_steps,
            *factor_steps,
            Step(code="gross_standard", symbol="GSV", formula="GSV = GOV × VCF", value=standard,
                 standard=method.standard),
            *mass_steps,
        ),
    )  # fmt: skip


def _require_rising(strapping: Sequence[tuple[Decimal, Decimal]]) -> None:
    if not strapping:
        raise ValueError("The strapping table has no rows.")
    for (low_mm, low_m3), (high_mm, high_m3) in pairwise(strapping):
        if high_mm <= low_mm or high_m3 < low_m3:
            raise ValueError(f"The strapping table does not rise from {low_mm} mm to {high_mm} mm.")
