"""What is filled in to accept a declaration."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AcceptanceForm(forms.Form):
    """The number that customs gives, and hidden the duty and tax that were in view."""

    declaration_number = forms.CharField(
        label=_("Customs declaration number"), max_length=40, required=False, help_text=_("As customs gave it.")
    )
    previewed_tax_cny = forms.DecimalField(required=False, widget=forms.HiddenInput)
