"""What is filled in when fuel comes back from an aircraft."""

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.form_fields import DocumentForm, moment_field
from fuel.forms.consignments import TankField


class DefuelForm(DocumentForm):
    tank = TankField(label=_("Into tank"))
    litres_observed = forms.DecimalField(label=_("Litres observed"))
    celsius = forms.DecimalField(label=_("Temperature (°C)"))
    density_at_base = forms.DecimalField(label=_("Density at base (kg/m³)"))
    defuelled_at = moment_field(_("Defuelled"))
    remark = forms.CharField(label=_("Remark"), max_length=400, required=False)
