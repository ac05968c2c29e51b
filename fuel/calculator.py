"""The calculator: litres, density and mass by either standard with every step told, for a page and for the API."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.operations.documents import NotAsRequired
from fuel import measurement
from fuel.measurement import Base, Instrument, MassIn, Measured, Method, Standard, Step
from fuel.measurement.correction import reduce_density
from fuel.operations.measuring import refusals_translated
from registry.errors import FieldError


@dataclass(frozen=True, slots=True)
class Calculated:
    """What a volume comes to, and every step that leads there, the density's first."""

    measured: Measured
    steps: tuple[Step, ...]


def calculate(
    *,
    standard: str,
    vcf_decimals: int,
    base: str,
    mass_in: str,
    litres_observed: Decimal,
    celsius: Decimal,
    density_at_base: Decimal | None = None,
    density_reading: Decimal | None = None,
    sample_celsius: Decimal | None = None,
    instrument: str = Instrument.GLASS_HYDROMETER,
    gauge_pressure_kpa: Decimal = Decimal(0),
) -> Calculated:
    """Reckon a volume; the density is given at the base temperature, or as a sample was read.

    Args:
        vcf_decimals: 4 or 5 by the 1980 standard; the 2004 standard always has 5.
        litres_observed: at ``celsius``.
        density_at_base, density_reading: kg/m³; one of them.
        sample_celsius: of the sample when it was read.
        gauge_pressure_kpa: of the volume; above zero by the 2004 standard only.
    Raises:
        NotAsRequired: naming the field, the figure and the limits.
    """
    method = _method(standard, vcf_decimals, base, mass_in)
    steps: tuple[Step, ...] = ()
    if density_at_base is not None and density_reading is not None:
        message = _("Give the density at the base temperature or the reading of a sample, not both.")
        raise NotAsRequired(message, errors=[FieldError(message, field="density_reading", figure=str(density_reading))])
    if density_at_base is None:
        if density_reading is None or sample_celsius is None:
            message = _("Give the density at the base temperature, or a reading and the temperature of its sample.")
            raise NotAsRequired(message, errors=[FieldError(message, field="density_at_base")])
        with refusals_translated(reading="density_reading", celsius="sample_celsius"):
            density_at_base, steps = reduce_density(density_reading, sample_celsius, Instrument(instrument), method)
    with refusals_translated():
        measured = measurement.measure(
            litres_observed=litres_observed,
            celsius=celsius,
            density_at_base=density_at_base,
            method=method,
            gauge_pressure_kpa=gauge_pressure_kpa,
        )
    return Calculated(measured, (*steps, *measured.steps))


def _method(standard: str, vcf_decimals: int, base: str, mass_in: str) -> Method:
    decimals = 5 if standard == Standard.API_2004 else vcf_decimals
    try:
        return Method(standard=Standard(standard), vcf_decimals=decimals, base=Base(base), mass_in=MassIn(mass_in))
    except ValueError as refused:
        message = _("The tables of 1980 have the base 15 °C or 20 °C, and factors of 4 or 5 decimals.")
        raise NotAsRequired(message, errors=[FieldError(message, field="base", figure=base)]) from refused


STEP_WORDS: dict[str, str | Promise] = {
    "glass": gettext_lazy("Correction for the glass of the hydrometer"),
    "density_observed": gettext_lazy("Density observed, corrected for the glass"),
    "density_at_base": gettext_lazy("Density at the base temperature"),
    "density_15c": gettext_lazy("Density at 15 °C"),
    "density_60f": gettext_lazy("Density at 60 °F"),
    "density_star": gettext_lazy("Density at 60 °F on the scale of 1968"),
    "temperature_difference": gettext_lazy("Difference from 15 °C"),
    "fahrenheit_68": gettext_lazy("Temperature on the scale of 1968 (°F)"),
    "expansion": gettext_lazy("Thermal expansion at 15 °C"),
    "expansion_60f": gettext_lazy("Thermal expansion at 60 °F"),
    "factor_to_15c": gettext_lazy("Factor to 15 °C"),
    "factor_of_base": gettext_lazy("Factor from 20 °C to 15 °C"),
    "ctl": gettext_lazy("Correction for temperature"),
    "compressibility": gettext_lazy("Compressibility"),
    "cpl": gettext_lazy("Correction for pressure"),
    "vcf": gettext_lazy("Volume correction factor"),
    "litres_at_base": gettext_lazy("Litres at the base temperature"),
    "mass_in_vacuum": gettext_lazy("Mass in vacuum (kg)"),
    "mass_in_air": gettext_lazy("Mass in air (kg)"),
}
STANDARD_WORDS: dict[str, str | Promise] = {
    "1980": "API MPMS 11.1-1980",
    "2004": "API MPMS 11.1-2004",
    "definition": gettext_lazy("Definition"),
    "strapping_table": gettext_lazy("Strapping table"),
}


def told(step: Step) -> dict[str, Any]:
    """A step in words, for whoever shows it."""
    return {
        "code": step.code,
        "label": STEP_WORDS.get(step.code, step.symbol),
        "symbol": step.symbol,
        "formula": step.formula,
        "value": step.value,
        "standard": STANDARD_WORDS.get(step.standard, step.standard),
    }
