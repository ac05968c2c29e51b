"""Litres observed become litres at the base, mass and US gallons."""

from dataclasses import dataclass
from decimal import Decimal, localcontext

from fuel.measurement.correction import ATMOSPHERIC, correct_volume
from fuel.measurement.errors import called, require_within
from fuel.measurement.method import MassIn, Method
from fuel.measurement.rounding import GALLON_PLACES, KILOGRAM_PLACES, LITRE_PLACES, PRECISE, half_up
from fuel.measurement.steps import Step, subscript

LITRES_PER_US_GALLON = Decimal("3.785411784")
"""Exactly: 231 cubic inches."""

AIR_CARRIES_KG_PER_M3 = Decimal("1.1")
"""What a cubic metre weighs less in air than in vacuum. Source: ASTM D1250, Table 56; GB/T 1885."""

LITRES_PER_M3 = Decimal(1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A volume as it was observed, and what it is at the base temperature. Litres of the two are never added."""

    litres_observed: Decimal
    celsius: Decimal
    density_at_base: Decimal
    vcf: Decimal
    litres_at_base: Decimal
    mass_kg: Decimal
    us_gallons_at_base: Decimal
    method: Method
    steps: tuple[Step, ...]


def measure(
    *,
    litres_observed: Decimal,
    celsius: Decimal,
    density_at_base: Decimal,
    method: Method,
    gauge_pressure_kpa: Decimal = ATMOSPHERIC,
    round_inputs: bool = False,
) -> Measured:
    """What an observed volume is at the base temperature: litres and kilograms to 0.001, US gallons to 0.001.

    Each figure is reckoned from the rounded one before it, so that a ticket can be checked with a pocket calculator.

    Args:
        litres_observed: at ``celsius``, the meter factor already in it.
        celsius: of the volume, °C.
        density_at_base: kg/m³ at the method's base temperature.
        gauge_pressure_kpa: of the volume; above zero by the 2004 standard only.
        round_inputs: as for ``volume_correction``.
    Raises:
        OutsideTheStandard: of ``litres_observed``, ``celsius``, ``density_at_base`` or ``gauge_pressure_kpa``.
    """
    require_within(litres_observed, field="litres_observed", lowest=Decimal(0), highest=None, standard=method.standard)
    with called(density="density_at_base"):
        vcf, steps = correct_volume(density_at_base, celsius, method, gauge_pressure_kpa, round_inputs=round_inputs)
    with localcontext(PRECISE):
        litres = half_up(litres_observed * vcf, LITRE_PLACES)
    mass_kg, mass_steps = mass(litres_at_base=litres, density_at_base=density_at_base, method=method)
    at = subscript(method.base)
    volume = Step(
        code="litres_at_base", symbol=f"V{at}", formula=f"V{at} = Vt × VCF", value=litres, standard=method.standard
    )
    return Measured(
        litres_observed=litres_observed,
        celsius=celsius,
        density_at_base=density_at_base,
        vcf=vcf,
        litres_at_base=litres,
        mass_kg=mass_kg,
        us_gallons_at_base=us_gallons(litres=litres),
        method=method,
        steps=(*steps, volume, *mass_steps),
    )


def mass(*, litres_at_base: Decimal, density_at_base: Decimal, method: Method) -> tuple[Decimal, tuple[Step, ...]]:
    """Kilograms to 0.001 of a volume at the base temperature, in vacuum or in air as the method says, with its step.

    Args:
        litres_at_base: at the method's base temperature.
        density_at_base: kg/m³ at the same temperature.
    Source: ASTM D1250, Table 56; GB/T 1885.
    """
    at = subscript(method.base)
    in_air = method.mass_in is MassIn.AIR
    with localcontext(PRECISE):
        kg_per_m3 = density_at_base - AIR_CARRIES_KG_PER_M3 if in_air else density_at_base
        mass_kg = half_up(litres_at_base * kg_per_m3 / LITRES_PER_M3, KILOGRAM_PLACES)
    formula = f"m = V{at} × (ρ{at} − {AIR_CARRIES_KG_PER_M3})" if in_air else f"m = V{at} × ρ{at}"
    code = "mass_in_air" if in_air else "mass_in_vacuum"
    return mass_kg, (Step(code=code, symbol="m", formula=formula, value=mass_kg, standard="definition"),)


def us_gallons(*, litres: Decimal) -> Decimal:
    """US gallons to 0.001 of litres at the same temperature.

    Source: NIST Handbook 44, Appendix C.
    """
    with localcontext(PRECISE):
        return half_up(litres / LITRES_PER_US_GALLON, GALLON_PLACES)
