"""How a request for reversal is answered."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.api.requests import OptionalReasonRequest
from documents.kinds import Acted, Offer
from documents.models import Reversal
from documents.offers import offer_take_back
from documents.reversals import operations
from documents.reversals.pages import DecideReversal

REVERSALS = Acted(
    model=Reversal,
    offers=(
        Offer(
            operation=operations.approve_reversal,
            label=gettext_lazy("Approve"),
            icon="check",
            tone="primary",
            question=gettext_lazy("Everything that the document posted is posted back."),
            asked=OptionalReasonRequest,
            told=lambda reversal: _("%(number)s is reversed.") % {"number": reversal.document_number},
            page=DecideReversal,
        ),
        Offer(
            operation=operations.refuse_reversal,
            label=gettext_lazy("Refuse"),
            icon="x",
            question=gettext_lazy("Everything stays as it is. Say why; who asked for it reads this."),
            told=lambda reversal: _("The reversal of %(number)s is refused.") % {"number": reversal.document_number},
            page=DecideReversal,
        ),
        offer_take_back(
            operations.take_back_reversal,
            question=gettext_lazy("Nobody has decided on it yet. The document stays as it is."),
            told=lambda reversal: (
                _("The request to reverse %(number)s was taken back.") % {"number": reversal.document_number}
            ),
            page=DecideReversal,
        ),
    ),
)
