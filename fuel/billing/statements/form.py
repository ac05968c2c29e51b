"""What is filled in to issue a statement."""

from django import forms
from django.utils.translation import gettext_lazy as _

from fuel.forms.prices import OfAirlineForm
from registry.forms import UppercaseField


class StatementForm(OfAirlineForm):
    from_date = forms.DateField(label=_("From"))
    through_date = forms.DateField(label=_("Through"))
    currency = UppercaseField(
        label=_("Currency (ISO 4217)"),
        max_length=3,
        required=False,
        help_text=_("Where charges in several wait; each has a statement of its own."),
    )
    remark = forms.CharField(label=_("Remark"), max_length=400, required=False)
