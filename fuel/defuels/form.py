"""What is filled in for fuel that comes back from an aircraft, and when it goes to slops."""

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.form_fields import DocumentForm, ReasonForm, moment_field
from fuel.forms.tank_field import TankField
from registry.forms import UppercaseField


class DefuelForm(DocumentForm):
    tank = TankField(label=_("Into tank"))
    litres_observed = forms.DecimalField(label=_("Litres observed"))
    celsius = forms.DecimalField(label=_("Temperature (°C)"))
    density_at_base = forms.DecimalField(label=_("Density at base (kg/m³)"))
    defuelled_at = moment_field(_("Defuelled"))
    remark = forms.CharField(label=_("Remark"), max_length=400, required=False)


class SlopForm(ReasonForm):
    """Why fuel that came back goes to slops, and to which slop tank."""

    slop_tank = UppercaseField(
        label=_("Slop tank"),
        max_length=40,
        required=False,
        help_text=_("Its code. Empty means the only one at the site that takes such slops."),
    )
    field_order = ("slop_tank", "reason")
