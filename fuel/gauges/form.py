"""The form by which a tank is gauged."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.form_fields import DocumentForm, moment_field
from fuel.models import DensityInstrument, GaugePurpose, Tank
from registry.models import User
from registry.rules import POSTERS, sites_where


class GaugeForm(DocumentForm):
    tank = forms.ModelChoiceField(Tank.objects.none(), label=_("Tank"))
    purpose = forms.ChoiceField(label=_("Purpose"), choices=GaugePurpose.choices)
    gauged_at = moment_field(_("Gauged"))
    dip_mm = forms.DecimalField(label=_("Dip (mm)"), max_digits=8, decimal_places=1, min_value=Decimal(0))
    water_mm = forms.DecimalField(
        label=_("Water dip (mm)"), max_digits=8, decimal_places=1, min_value=Decimal(0), initial=0
    )
    tank_celsius = forms.DecimalField(label=_("Tank temperature (°C)"), max_digits=6, decimal_places=2)
    density_reading = forms.DecimalField(label=_("Density of the sample (kg/m³)"), max_digits=7, decimal_places=2)
    sample_celsius = forms.DecimalField(label=_("Sample temperature (°C)"), max_digits=6, decimal_places=2)
    instrument = forms.ChoiceField(label=_("Instrument"), choices=DensityInstrument.choices)
    remark = forms.CharField(label=_("Remark"), max_length=400, required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        tanks = Tank.objects.filter(place__site__in=sites_where(user, *POSTERS), place__is_open=True)
        self.fields["tank"].queryset = tanks.select_related("place__site__zone")  # type: ignore[attr-defined]
