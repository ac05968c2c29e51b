"""What is filled in to move fuel out of a tank."""

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.form_fields import DocumentForm, moment_field
from fuel.forms.tank_field import TankField
from fuel.models import TankMovementKind
from fuel.models.tickets import DUTY_STATUSES


class TankMovementForm(DocumentForm):
    movement = forms.ChoiceField(label=_("Movement"), choices=TankMovementKind.choices)
    from_tank = TankField(label=_("From tank"), with_slops=True)
    to_tank = TankField(
        label=_("To tank"),
        with_slops=True,
        required=False,
        help_text=_("Of a transfer; for a drain, the slop tank."),
    )
    customs_status = forms.ChoiceField(label=_("Duty status"), choices=DUTY_STATUSES)
    mass_kg = forms.DecimalField(label=_("Mass (kg)"))
    moved_at = moment_field(_("Moved"))
    certificate_number = forms.CharField(
        label=_("Customs certificate of destruction"),
        max_length=60,
        required=False,
        help_text=_("For the destruction of bonded slops only."),
    )
    remark = forms.CharField(label=_("Remark"), max_length=400, required=False)
