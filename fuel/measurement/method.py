"""How a quantity is reckoned: standard, base temperature, decimals of the factor, and what mass is meant."""

from dataclasses import dataclass
from enum import StrEnum


class Standard(StrEnum):
    """The edition of the volume correction."""

    API_1980 = "1980"
    """API MPMS 11.1-1980 (API Standard 2540, ASTM D1250-80, IP 200), Tables 53B and 54B; 59B and 60B at 20 °C."""
    API_2004 = "2004"
    """API MPMS 11.1-2004 with Addendum 1 of 2007 (ASTM D1250-04), refined products."""


class Base(StrEnum):
    """The temperature that volume and density are stated at."""

    CELSIUS_15 = "15C"
    CELSIUS_20 = "20C"
    FAHRENHEIT_60 = "60F"

    @property
    def celsius(self) -> float:
        return {"15C": 15.0, "20C": 20.0, "60F": 28.0 / 1.8}[self.value]

    @property
    def fahrenheit(self) -> float:
        return {"15C": 59.0, "20C": 68.0, "60F": 60.0}[self.value]


class Instrument(StrEnum):
    """What the density was read on. Glass expands with heat, and its scale holds at the base temperature only."""

    GLASS_HYDROMETER = "glass_hydrometer"
    DENSITOMETER = "densitometer"


class MassIn(StrEnum):
    """True mass, or what a balance shows in air, which carries 1.1 kg of every cubic metre."""

    VACUUM = "vacuum"
    AIR = "air"


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """What every quantity keeps beside its figures.

    Args:
        vcf_decimals: 4 (the printed table) or 5 by the 1980 standard; the 2004 standard knows only 5.
    Raises:
        ValueError: a combination that no standard has. Such a method must not be put in force.
    """

    standard: Standard
    vcf_decimals: int = 5
    base: Base = Base.CELSIUS_15
    mass_in: MassIn = MassIn.VACUUM

    def __post_init__(self) -> None:
        # Rows hold the bare values; a value that is no member is refused here.
        object.__setattr__(self, "standard", Standard(self.standard))
        object.__setattr__(self, "base", Base(self.base))
        object.__setattr__(self, "mass_in", MassIn(self.mass_in))
        if self.standard is Standard.API_1980 and self.base is Base.FAHRENHEIT_60:
            raise ValueError("The metric tables of 1980 have base 15 °C or 20 °C, not 60 °F.")
        if self.vcf_decimals not in ((4, 5) if self.standard is Standard.API_1980 else (5,)):
            raise ValueError(f"By the standard of {self.standard} no factor has {self.vcf_decimals} decimals.")
