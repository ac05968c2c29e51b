"""The page on which the payment of duty and tax is recorded, alike for every document that made them payable."""

from typing import Any

from django.utils.translation import gettext as _

from bonded.payable import payable_cny
from documents.kind_pages import KindAct
from registry.pages import Text
from registry.wording import CUSTOMS_TIME, money_text

# The payment among the facts of a document.
PAYMENT_FACTS = ("payment_cny", "payment_date", "payment_reference", "payment_recorded_by")


class PaymentOfKind(KindAct):
    """The act of a document's own page."""

    def initial(self) -> dict[str, Any]:
        """What is payable, paid today; what somebody wrote comes before it."""
        today = self.now.astimezone(CUSTOMS_TIME).date()
        return {"amount_cny": payable_cny(self.object), "paid_on": today, **super().initial()}

    def success_message(self, outcome: Any) -> Text:
        words = {"number": outcome.number, "paid": money_text(outcome.payment_cny, "CNY")}
        return _("The payment of %(paid)s for %(number)s is recorded.") % words
