"""Density and volume reduced to the base temperature, by either standard: Decimal at the border, double inside."""

from decimal import Decimal

from fuel.measurement import api_1980, api_2004
from fuel.measurement.errors import OutsideTheStandard, require_within
from fuel.measurement.hydrometer import scale_correction
from fuel.measurement.method import Base, Instrument, Method, Standard
from fuel.measurement.rounding import DENSITY_PLACES, half_up, inwards, to_increment
from fuel.measurement.steps import Step, subscript

ATMOSPHERIC = Decimal(0)


def base_density(
    *,
    reading: Decimal,
    celsius: Decimal,
    instrument: Instrument,
    method: Method,
    gauge_pressure_kpa: Decimal = ATMOSPHERIC,
    round_inputs: bool = False,
) -> Decimal:
    """The density at the base temperature of a sample read at another, kg/m³ to 0.1.

    Args:
        reading: kg/m³, as read.
        celsius: of the sample when it was read, °C.
        instrument: a glass hydrometer's reading is first corrected for the glass, a densitometer's is not.
        gauge_pressure_kpa: of a densitometer in a line; above zero by the 2004 standard only.
        round_inputs: as for ``volume_correction``.
    Raises:
        OutsideTheStandard: of ``reading``, ``celsius`` or ``gauge_pressure_kpa``.
    Source: Table 53B (59B at 20 °C) of 1980, or 11.1.6.2 and 11.1.7.2 of 2004.
    """
    density, _ = reduce_density(reading, celsius, instrument, method, gauge_pressure_kpa, round_inputs=round_inputs)
    return density


def volume_correction(
    *,
    density: Decimal,
    celsius: Decimal,
    method: Method,
    gauge_pressure_kpa: Decimal = ATMOSPHERIC,
    round_inputs: bool = False,
) -> Decimal:
    """The factor from an observed volume to the volume at the base temperature and 0 kPa gauge.

    Args:
        density: at the method's base temperature, kg/m³.
        celsius: of the observed volume, °C.
        gauge_pressure_kpa: of the observed volume; above zero by the 2004 standard only.
        round_inputs: round density to 0.1 kg/m³, temperature to 0.05 °C and pressure to 5 kPa before reckoning, as
            the letter of 11.1.5.4 of the 2004 standard has it; without it, figures are used as they were measured.
    Raises:
        OutsideTheStandard: of ``density``, ``celsius`` or ``gauge_pressure_kpa``.
    Source: Table 54B (60B at 20 °C) of 1980, or 11.1.6.1 and 11.1.7.1 of 2004.
    """
    factor, _ = correct_volume(density, celsius, method, gauge_pressure_kpa, round_inputs=round_inputs)
    return factor


def reduce_density(
    reading: Decimal,
    celsius: Decimal,
    instrument: Instrument,
    method: Method,
    gauge_pressure_kpa: Decimal = ATMOSPHERIC,
    *,
    round_inputs: bool = False,
) -> tuple[Decimal, tuple[Step, ...]]:
    """``base_density`` with the steps that lead to it."""
    celsius, reading, gauge_pressure_kpa = _inputs(
        celsius, reading, gauge_pressure_kpa, method, round_inputs=round_inputs
    )
    _require_conditions(celsius, gauge_pressure_kpa, method)
    by_glass = Instrument(instrument) is Instrument.GLASS_HYDROMETER
    glass = scale_correction(float(celsius), method.base) if by_glass else 1.0
    observed = float(reading) * glass
    try:
        if method.standard is Standard.API_1980:
            density = _base_density_1980(observed, celsius, method.base)
        else:
            density = _base_density_2004(observed, float(celsius), method.base, _psig(gauge_pressure_kpa))
    except OutsideTheStandard as refused:
        raise _as_given(refused, "reading", reading, glass) from None
    at = subscript(method.base)
    rounded = half_up(density, DENSITY_PLACES)
    found = f"ρ{at} = ρt / VCF(ρ{at}, t)"
    steps = (
        Step(code="density_observed", symbol="ρt", formula=_glass_formula(method.base, by_glass=by_glass),
             value=half_up(observed, 3), standard=api_1980.NAME if by_glass else "definition"),
        Step(code="density_at_base", symbol=f"ρ{at}", formula=found, value=rounded, standard=method.standard),
    )  # fmt: skip
    return rounded, steps


def correct_volume(
    density: Decimal,
    celsius: Decimal,
    method: Method,
    gauge_pressure_kpa: Decimal = ATMOSPHERIC,
    *,
    round_inputs: bool = False,
) -> tuple[Decimal, tuple[Step, ...]]:
    """``volume_correction`` with the steps that lead to it."""
    celsius, density, gauge_pressure_kpa = _inputs(
        celsius, density, gauge_pressure_kpa, method, round_inputs=round_inputs
    )
    _require_conditions(celsius, gauge_pressure_kpa, method)
    try:
        if method.standard is Standard.API_1980:
            factor, steps = _factor_1980(float(density), celsius, method.base)
        else:
            factor, steps = _factor_2004(float(density), float(celsius), method.base, _psig(gauge_pressure_kpa))
    except OutsideTheStandard as refused:
        raise _as_given(refused, "density", density) from None
    vcf = half_up(factor, method.vcf_decimals)
    last = steps[-1]
    rounded = Step(code="vcf", symbol="VCF", formula=last.formula, value=vcf, standard=last.standard)
    return vcf, (*steps[:-1], rounded)


def _inputs(
    celsius: Decimal, density: Decimal, gauge_pressure_kpa: Decimal, method: Method, *, round_inputs: bool
) -> tuple[Decimal, Decimal, Decimal]:
    if not round_inputs:
        return celsius, density, gauge_pressure_kpa
    if method.standard is not Standard.API_2004:
        raise ValueError("Only the 2004 standard rounds what is put in.")
    return (
        to_increment(celsius, api_2004.CELSIUS_INCREMENT),
        to_increment(density, api_2004.DENSITY_INCREMENT),
        to_increment(gauge_pressure_kpa, api_2004.KPA_INCREMENT),
    )


def _require_conditions(celsius: Decimal, gauge_pressure_kpa: Decimal, method: Method) -> None:
    if method.standard is Standard.API_2004:
        api_2004.require_conditions(celsius, gauge_pressure_kpa)
        return
    # The tables of 1980 are for liquids at atmospheric pressure.
    require_within(
        gauge_pressure_kpa, field="gauge_pressure_kpa", lowest=ATMOSPHERIC, highest=ATMOSPHERIC,
        standard=method.standard,
    )  # fmt: skip


def _base_density_1980(observed: float, celsius: Decimal, base: Base) -> float:
    api_1980.require_celsius(celsius)
    density_15c = api_1980.density_15c(observed, float(celsius), field="reading")
    api_1980.require_celsius(celsius, density_15c)
    return density_15c * api_1980.correction(density_15c, base.celsius)


def _base_density_2004(observed: float, celsius: float, base: Base, psig: float) -> float:
    density_60f = api_2004.density_60f(observed, celsius * 1.8 + 32, psig, field="reading")
    if base is Base.FAHRENHEIT_60:
        return density_60f
    return density_60f * api_2004.factors(density_60f, base.fahrenheit, 0.0).ctl


def _factor_1980(density: float, celsius: Decimal, base: Base) -> tuple[float, tuple[Step, ...]]:
    density_15c = api_1980.density_15c(density, base.celsius)
    api_1980.require_celsius(celsius, density_15c)
    difference = float(celsius) - api_1980.BASE_CELSIUS
    alpha = api_1980.expansion(density_15c)
    to_15c = api_1980.correction(density_15c, float(celsius))
    steps = [
        _step_1980("temperature_difference", "Δ", "Δ = t − 15", difference, 2),
        _step_1980("expansion", "α", _expansion_formula(api_1980.band(density_15c)), alpha, 12),
    ]
    exponential = "VCF = exp[−α·Δ·(1 + 0.8·α·Δ)]"
    if base is Base.CELSIUS_15:
        return to_15c, (*steps, _step_1980("vcf", "VCF", exponential, to_15c, 12))
    base_to_15c = api_1980.correction(density_15c, base.celsius)
    factor = to_15c / base_to_15c
    return factor, (
        _step_1980("density_15c", "ρ15", "ρ15 = ρ20 / VCF(ρ15, 20)", density_15c, 6),
        *steps,
        _step_1980("factor_to_15c", "VCF(t)", exponential, to_15c, 12),
        _step_1980("factor_of_base", "VCF(20)", exponential, base_to_15c, 12),
        _step_1980("vcf", "VCF", "VCF = VCF(t) / VCF(20)", factor, 12),
    )


def _factor_2004(density: float, celsius: float, base: Base, psig: float) -> tuple[float, tuple[Step, ...]]:
    density_60f = density_at_60f(density, base)
    found = api_2004.factors(density_60f, celsius * 1.8 + 32, psig)
    at_base = 1.0 if base is Base.FAHRENHEIT_60 else api_2004.factors(density_60f, base.fahrenheit, 0.0).ctl
    ctl = found.ctl / at_base
    at = subscript(base)
    over = "" if base is Base.FAHRENHEIT_60 else f" / CTL60({at})"
    return ctl * found.cpl, (
        _step_2004("density_60f", "ρ60", f"ρ60 = ρ{at} / CTL60({at})" if over else "ρ60", density_60f, 6),
        _step_2004("fahrenheit_68", "t68", "t68 = t90 − Σ aᵢ·(t90/630)ⁱ", found.fahrenheit_68, 6),
        _step_2004("density_star", "ρ*", "ρ* = ρ60·{1 + [exp(A·(1 + 0.8·A)) − 1]/[1 + A·(1 + 1.6·A)·B]}",
                   found.density_star, 6),
        _step_2004("expansion_60f", "α60", _alpha_formula(api_2004.group(density_60f)), found.alpha60, 12),
        _step_2004("ctl", "CTL", f"CTL = exp{{−α60·Δt·[1 + 0.8·α60·(Δt + δ60)]}}{over}", ctl, 12),
        _step_2004("compressibility", "Fp", "Fp = exp[−1.9947 + 0.00013427·t68 + (793920 + 2326·t68)/ρ*²]",
                   found.compressibility, 6),
        _step_2004("cpl", "CPL", "CPL = 1 / (1 − 10⁻⁵·Fp·P)", found.cpl, 12),
        _step_2004("vcf", "CTPL", "CTPL = CTL × CPL", ctl * found.cpl, 12),
    )  # fmt: skip


def density_at_60f(density: float, base: Base) -> float:
    """The density at 60 °F of one stated at a base, both kg/m³ at 0 psig."""
    if base is not Base.FAHRENHEIT_60:
        return api_2004.density_60f(density, base.fahrenheit)
    lowest, highest = Decimal(str(api_2004.LOWEST_DENSITY_60F)), Decimal(str(api_2004.HIGHEST_DENSITY_60F))
    require_within(Decimal(repr(density)), field="density", lowest=lowest, highest=highest, standard=Standard.API_2004)
    return density


def _as_given(refused: OutsideTheStandard, field: str, figure: Decimal, glass: float = 1.0) -> OutsideTheStandard:
    """A density is refused as it was given, digit for digit, with limits on the scale that it was read on."""
    if refused.field != field or refused.lowest is None or refused.highest is None:
        return refused
    lowest, highest = inwards(float(refused.lowest) / glass, float(refused.highest) / glass)
    return OutsideTheStandard(field=field, figure=figure, lowest=lowest, highest=highest, standard=refused.standard)


def _psig(gauge_pressure_kpa: Decimal) -> float:
    return float(gauge_pressure_kpa) / api_2004.KPA_PER_PSI


def _glass_formula(base: Base, *, by_glass: bool) -> str:
    if not by_glass:
        return "ρt"
    if base is Base.FAHRENHEIT_60:
        return "ρt = R·[1 − 0.00001278·(t − 60) − 6.2·10⁻⁹·(t − 60)²]"
    away = f"(t − {subscript(base)})"
    return f"ρt = R·[1 − 0.000023·{away} − 2·10⁻⁸·{away}²]"


def _expansion_formula(band: api_1980.Band) -> str:
    if band.constant:
        return f"α = {band.constant:.8f} + {band.per_square}/ρ²".replace("-", "−")
    return f"α = {band.per_square}/ρ²" + (f" + {band.per_density}/ρ" if band.per_density else "")


def _alpha_formula(group: api_2004.Group) -> str:
    terms = f"α60 = {group.k0:.4f}/ρ*²" + (f" + {group.k1}/ρ*" if group.k1 else "")
    return terms + (f" − {-group.k2:.8f}" if group.k2 else "")


def _step_1980(code: str, symbol: str, formula: str, value: float, places: int) -> Step:
    return Step(code=code, symbol=symbol, formula=formula, value=half_up(value, places), standard=api_1980.NAME)


def _step_2004(code: str, symbol: str, formula: str, value: float, places: int) -> Step:
    return Step(code=code, symbol=symbol, formula=formula, value=half_up(value, places), standard=api_2004.NAME)
