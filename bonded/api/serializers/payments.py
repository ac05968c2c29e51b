"""The payment of duty and tax as JSON, alike for every document that made them payable."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from documents.api.answers import DocumentSerializer, person
from documents.api.requests import Figure, RequestSerializer
from registry.api.fields import Day

PAYMENT_FIELDS = (
    "payable_cny",
    "payment_cny",
    "payment_date",
    "payment_reference",
    "payment_recorded_by",
    "payment_recorded_at",
)


class PayableSerializer(DocumentSerializer):
    """A document that may have made duty and tax payable, and their payment; read through `with_payable`."""

    payable_cny = serializers.DecimalField(
        max_digits=18,
        decimal_places=2,
        read_only=True,
        allow_null=True,
        help_text=_("Duty and tax that it made payable, in CNY; null where it made none payable."),
    )
    payment_recorded_by = person()


class PaymentRequest(RequestSerializer):
    """The payment of duty and tax: exactly what is payable."""

    amount_cny = Figure()
    paid_on = Day()
    reference = serializers.CharField(max_length=60, help_text=_("Of the bank or of the tax receipt."))
    reason = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=400,
        help_text=_("Needed when another payment was recorded before."),
    )
