"""What a hydrometer of glass shows away from the temperature that its scale was made for."""

from fuel.measurement.method import Base


def scale_correction(celsius: float, base: Base) -> float:
    """The factor from the reading to the density at the temperature of the reading.

    1 − 0.000023·Δ − 2·10⁻⁸·Δ², Δ in °C from the temperature of the scale: 15 °C (Table 53B) or 20 °C (Table 59B,
    GB/T 1885); 1 − 0.00001278·Δ − 6.2·10⁻⁹·Δ², Δ in °F, from 60 °F (Table 5B). The scale's temperature is taken to
    be the base: hydrometers are made for the base in use. The 2004 standard has no correction of its own and expects
    readings that are corrected already.

    Source: ASTM D1250-80, Tables 5B, 53B and 59B; GB/T 1885.
    """
    if base is Base.FAHRENHEIT_60:
        away = celsius * 1.8 + 32 - 60
        return 1 - 0.00001278 * away - 6.2e-9 * away**2
    away = celsius - base.celsius
    return 1 - 0.000023 * away - 2e-8 * away**2
