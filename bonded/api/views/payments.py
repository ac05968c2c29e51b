"""The resources whose documents make duty and tax payable."""

from typing import Any

from django.db import models

from bonded.api.serializers.payments import PaymentAsked
from bonded.operations.payments import record_payment
from bonded.payable import with_payable
from bonded.reversals.resource import ReversibleResource
from documents.api.documents import act


class PayableResource(ReversibleResource):
    def get_queryset(self) -> models.QuerySet[Any]:
        return with_payable(super().get_queryset())


def payment_act(argument: str) -> Any:
    """The POST by which the payment of duty and tax on a document is recorded; it answers the document.

    Args:
        argument: how the resource hands its document to operations.
    """

    def pay(**given: Any) -> Any:
        return record_payment(document=given.pop(argument), **given)

    pay.__doc__ = record_payment.__doc__
    return act("pay", pay, PaymentAsked)
