"""The measurement of liquid fuels: density, volume at a base temperature, and mass.

Pure figures: no database, no clock, no request. Callers hand in Decimal and get Decimal; in between the standards'
formulas run in double precision. Densities are in kg/m³, temperatures in °C, pressures in kPa gauge, dips in mm.

A figure that the standard does not cover raises OutsideTheStandard, which names the argument, the figure and the
limits; nothing is extrapolated. A method that no standard has raises ValueError when it is made.

Many corrections at once, with the same rounded figures: ``fuel.measurement.bulk``, which needs NumPy.
"""

from fuel.measurement.correction import base_density, volume_correction
from fuel.measurement.errors import OutsideTheStandard
from fuel.measurement.meters import metered_litres
from fuel.measurement.method import Base, Instrument, MassIn, Method, Standard
from fuel.measurement.quantities import LITRES_PER_US_GALLON, Measured, measure, us_gallons
from fuel.measurement.steps import Step
from fuel.measurement.tanks import Gauged, gauge_tank, volume_below

__all__ = [
    "LITRES_PER_US_GALLON",
    "Base",
    "Gauged",
    "Instrument",
    "MassIn",
    "Measured",
    "Method",
    "OutsideTheStandard",
    "Standard",
    "Step",
    "base_density",
    "gauge_tank",
    "measure",
    "metered_litres",
    "us_gallons",
    "volume_below",
    "volume_correction",
]
