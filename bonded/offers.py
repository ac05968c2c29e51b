"""How the acts are offered that every kind of warehouse document has."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonded.api.serializers.payments import PaymentAsked
from bonded.forms.acceptance import AcceptanceForm
from bonded.forms.payments import PaymentForm
from bonded.models import Reversal
from bonded.views.payments import PaymentOfKind
from customs.api.asked import AcceptanceAsked
from documents.kinds import Offer, Waits
from registry.pages import Text


def offer_reversal_request(operation: Any) -> Offer:
    """Asking a second person to reverse a document; the API answers the request, not the document."""
    return Offer(
        operation=operation,
        label=gettext_lazy("Request reversal"),
        icon="history",
        tone="outline-danger",
        question=gettext_lazy(
            "Somebody else decides: customs on what it accepted, a supervisor on the rest. Everything that the"
            " document posted is then posted back, and reserved goods are free again."
        ),
        asked=None,
        path="request-reversal",
        told=asked_for_reversal,
    )


def asked_for_reversal(reversal: Reversal) -> Text:
    """What is said when a reversal is asked for."""
    return _("The reversal of %(number)s waits for the decision of somebody else.") % {
        "number": reversal.document_number
    }


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
        asked=AcceptanceAsked,
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
        asked=PaymentAsked,
        page=PaymentOfKind,
    )
