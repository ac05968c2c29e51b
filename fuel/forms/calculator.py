"""The form of the calculator."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fuel.models import BaseTemperature, DensityInstrument, MassIn, MeasurementStandard


class CalculatorForm(forms.Form):
    standard = forms.ChoiceField(
        label=_("Standard"), choices=MeasurementStandard.choices, initial=MeasurementStandard.API_1980
    )
    vcf_decimals = forms.TypedChoiceField(
        label=_("Decimals of the factor"), choices=[("4", "4"), ("5", "5")], coerce=int, initial="4"
    )
    base = forms.ChoiceField(label=_("Base temperature"), choices=BaseTemperature.choices, initial="15C")
    mass_in = forms.ChoiceField(label=_("Mass"), choices=MassIn.choices, initial=MassIn.VACUUM)
    litres_observed = forms.DecimalField(
        label=_("Litres observed"), max_digits=15, decimal_places=3, min_value=Decimal(0)
    )
    celsius = forms.DecimalField(label=_("Temperature of the volume (°C)"), max_digits=6, decimal_places=2)
    gauge_pressure_kpa = forms.DecimalField(
        label=_("Gauge pressure (kPa)"),
        max_digits=8,
        decimal_places=1,
        required=False,
        help_text=_("Above zero by the 2004 standard only."),
    )
    density_at_base = forms.DecimalField(
        label=_("Density at the base (kg/m³)"),
        max_digits=7,
        decimal_places=2,
        required=False,
        help_text=_("Or leave it empty and give the reading of a sample."),
    )
    density_reading = forms.DecimalField(
        label=_("Reading of the sample (kg/m³)"), max_digits=7, decimal_places=2, required=False
    )
    sample_celsius = forms.DecimalField(
        label=_("Temperature of the sample (°C)"), max_digits=6, decimal_places=2, required=False
    )
    instrument = forms.ChoiceField(
        label=_("Instrument"), choices=DensityInstrument.choices, initial=DensityInstrument.GLASS_HYDROMETER
    )

    def asked(self) -> dict[str, Any]:
        """The figures as the calculator takes them."""
        given = dict(self.cleaned_data)
        given["gauge_pressure_kpa"] = given["gauge_pressure_kpa"] or Decimal(0)
        return given
