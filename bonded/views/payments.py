"""The page on which the payment of duty and tax is recorded, alike for every document that made them payable."""

from typing import Any

from django.utils.translation import gettext as _

from bonded.operations.payments import record_payment
from bonded.payable import payable_cny
from documents.kind_pages import KindAct
from registry.pages import Text
from registry.wording import CUSTOMS_TIME, money_text

# The payment among the facts of a document.
PAYMENT_FACTS = ("payment_cny", "payment_date", "payment_reference", "payment_recorded_by")


class PayPage:
    """The act of a document's own page; stands before `DocumentAct`."""

    act_name = "pay"
    user: Any
    object: Any
    now: Any

    def initial(self) -> dict[str, Any]:
        """What is payable, paid today; what somebody wrote comes before it."""
        today = self.now.astimezone(CUSTOMS_TIME).date()
        before: dict[str, Any] = super().initial()  # type: ignore[misc]
        return {"amount_cny": payable_cny(self.object), "paid_on": today, **before}

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Any:
        return record_payment(document=self.object, actor=self.user, at=self.now, **form.cleaned_data)

    def success_message(self, outcome: Any) -> Text:
        words = {"number": outcome.number, "paid": money_text(outcome.payment_cny, "CNY")}
        return _("The payment of %(paid)s for %(number)s is recorded.") % words


class PaymentOfKind(PayPage, KindAct):
    """The same page of a declared kind."""

    act = KindAct.act
