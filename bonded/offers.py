"""How the acts are offered that every kind of warehouse document has."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy

from bonded.api.serializers.payments import PaymentRequest
from bonded.forms.acceptance import AcceptanceForm
from bonded.forms.payments import PaymentForm
from bonded.views.payments import PaymentOfKind
from customs.api.requests import AcceptanceRequest
from documents.kinds import Offer, Waits


def offer_submission(operation: Any, *waits: Waits) -> Offer:
    """Handing a draft over to whoever accepts it."""
    return Offer(
        operation=operation,
        label=gettext_lazy("Submit"),
        icon="send",
        tone="primary",
        question=gettext_lazy("It then waits for somebody else to accept it."),
        waits=waits,
    )


def offer_acceptance(operation: Any, *, page: type[Any], waits: Waits) -> Offer:
    """Accepting a declaration; without a question, because its page shows every figure that it fixes."""
    return Offer(
        operation=operation,
        label=gettext_lazy("Accept"),
        icon="check",
        tone="primary",
        form=AcceptanceForm,
        asked=AcceptanceRequest,
        page=page,
        waits=(replace(waits, since="submitted_at", answers=("accept", "return")),),
    )


def offer_closing(operation: Any) -> Offer:
    """Closing what is done."""
    return Offer(
        operation=operation,
        label=gettext_lazy("Close"),
        icon="lock",
        tone="primary",
        question=gettext_lazy("Nothing more is to be done to it."),
    )


def offer_payment(operation: Any) -> Offer:
    """Recording the payment of the duty and tax that a document made payable."""
    return Offer(
        operation=operation,
        label=gettext_lazy("Record payment"),
        icon="receipt-tax",
        tone="primary",
        form=PaymentForm,
        asked=PaymentRequest,
        page=PaymentOfKind,
    )
