"""What is filled in to settle goods in suspense."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bonded.models import WAYS_OF_SHORT, Admission, AdmissionState, SuspenseWay
from bonded.suspense import SuspensePosition
from documents.form_fields import BinField, quantity_field
from registry.models import User
from registry.wording import plain_digits

MOST_ADMISSIONS = 50


class AdmissionChoice(forms.ModelChoiceField):
    def label_from_instance(self, admission: Admission) -> str:
        return f"{admission.number} · {admission.declaration_number}"


class ResolutionForm(forms.Form):
    """How a quantity of one lot in suspense ends; only what fits short or over goods is offered."""

    way = forms.ChoiceField(label=_("How it is settled"))
    quantity = quantity_field()
    to_place = BinField(_("To bin"), required=False)
    admission = AdmissionChoice(
        Admission.objects.none(),
        label=_("Admitted by"),
        required=False,
        help_text=_("The admission of their own that declares these goods; it is counted already."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, user: User, position: SuspensePosition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["way"].choices = [
            choice for choice in SuspenseWay.choices if (choice[0] in WAYS_OF_SHORT) == position.is_short
        ]
        fields["quantity"].initial = plain_digits(position.quantity)
        if position.is_short:
            fields["to_place"].offer_to(user, position.site)
            fields["to_place"].help_text = _("Only for goods that are found.")
            del fields["admission"]
        else:
            del fields["to_place"]
            fields["admission"].queryset = Admission.objects.filter(
                site=position.site,
                owner=position.lot.owner_id,
                lines__item=position.lot.item_id,
                state__in=[AdmissionState.COUNTED, AdmissionState.CLOSED],
                counted_at__gte=position.since,
            ).distinct()
