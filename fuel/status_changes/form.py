"""What is filled in to clear bonded fuel for the domestic market."""

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.form_fields import DocumentForm, moment_field
from fuel.forms.tank_field import TankField


class StatusChangeForm(DocumentForm):
    from_tank = TankField(label=_("In tank"))
    to_tank = TankField(
        label=_("To tank"),
        required=False,
        help_text=_("Empty means that it stays there. Where duty statuses are kept apart, name a duty-paid tank."),
    )
    mass_kg = forms.DecimalField(label=_("Mass (kg)"))
    reference = forms.CharField(
        label=_("Domestic declaration number"), max_length=40, help_text=_("Of the declaration on which tax was paid.")
    )
    changed_at = moment_field(_("Cleared"), help_text=_("The rates of this day count. Empty means now."))
    remark = forms.CharField(label=_("Remark"), max_length=400, required=False)
