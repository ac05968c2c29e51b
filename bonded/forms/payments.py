"""What is filled in to record the payment of duty and tax."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PaymentForm(forms.Form):
    """The payment of duty and tax; why is only asked where one was recorded before."""

    amount_cny = forms.DecimalField(label=_("Paid (CNY)"), max_digits=18, decimal_places=2)
    paid_on = forms.DateField(label=_("Paid on"), widget=forms.DateInput)
    reference = forms.CharField(
        label=_("Payment reference"), max_length=60, help_text=_("Of the bank or of the tax receipt.")
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed when another payment was recorded before."),
    )
