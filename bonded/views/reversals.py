"""Asking for the reversal of a posted document, and deciding on it."""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from bonded.models import Admission, Reversal, Withdrawal
from bonded.offers import asked_for_reversal
from bonded.operations.reversals import approve_reversal, refuse_reversal, request_reversal
from bonded.views.documents import DocumentAct
from registry.pages import Link, Text


class AskForReversal(DocumentAct):
    """Ask a second person to reverse the document."""

    act_name = "reverse"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Reversal:
        return request_reversal(document=self.object, reason=form.cleaned_data["reason"], actor=self.user, at=self.now)

    def success_message(self, outcome: Reversal) -> Text:
        return asked_for_reversal(outcome)


class AdmissionReverse(AskForReversal):
    model = Admission
    kind_url = "admission"


class WithdrawalReverse(AskForReversal):
    model = Withdrawal
    kind_url = "withdrawal"


class DecideReversal(DocumentAct):
    """The answer to a request for reversal: of customs to what it accepted, else of a supervisor."""

    model = Reversal
    kind_url = "reversal"

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("requested_by")

    def get_title(self) -> Text:
        return _("Reversal of %(number)s") % {"number": self.object.document_number}

    @property
    def question(self) -> Text:
        words = {"name": self.object.requested_by, "reason": self.object.reason}
        return _("%(name)s asks for it: %(reason)s") % words

    def back(self) -> Link:
        if self.is_from_approvals:
            return super().back()
        return Link(self.object.document_number, self.object.get_absolute_url())


class ReversalApprove(DecideReversal):
    act_name = "approve"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Reversal:
        return approve_reversal(reversal=self.object, actor=self.user, at=self.now)

    def success_message(self, outcome: Reversal) -> Text:
        return _("%(number)s is reversed.") % {"number": outcome.document_number}


class ReversalRefuse(DecideReversal):
    act_name = "refuse"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Reversal:
        return refuse_reversal(reversal=self.object, actor=self.user, at=self.now, reason=form.cleaned_data["reason"])

    def success_message(self, outcome: Reversal) -> Text:
        return _("The reversal of %(number)s is refused.") % {"number": outcome.document_number}
