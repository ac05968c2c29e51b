"""Asking for a reversal, deciding on it, and the inbox of everything that waits for a decision."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonded.forms.fields import ReasonForm
from bonded.models import Admission, Relocation, Reversal, StockCount, Withdrawal
from bonded.operations.reversals import approve_reversal, document_of, refuse_reversal, request_reversal
from bonded.queries import awaiting_decision
from bonded.rules import acts_on, may_act
from bonded.views.documents import STEPS, DocumentAct, OfferedStep
from registry.navigation import DECIDERS, STAFF
from registry.pages import ActPage, Link, Page, Text

MOST_SHOWN = 100


class AskForReversal(DocumentAct):
    """Ask a second person to reverse the document."""

    act_name = "reverse"
    form_class = ReasonForm
    is_question = True
    tone = "danger"

    @property
    def question(self) -> Text:
        return _("A supervisor decides. Everything that the document posted is then posted back.")

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Reversal:
        return request_reversal(document=self.object, reason=form.cleaned_data["reason"], actor=self.user, at=self.now)

    def success_message(self, outcome: Reversal) -> Text:
        return _("The reversal of %(number)s waits for a supervisor.") % {"number": outcome.document_number}

    def success_url(self, outcome: Reversal) -> str:
        return str(self.object.get_absolute_url())


class AdmissionReverse(AskForReversal):
    model = Admission
    kind_url = "admission"


class WithdrawalReverse(AskForReversal):
    model = Withdrawal
    kind_url = "withdrawal"


class RelocationReverse(AskForReversal):
    model = Relocation
    kind_url = "relocation"


class StockCountReverse(AskForReversal):
    model = StockCount
    kind_url = "stock_count"


class DecideReversal(ActPage):
    """A supervisor's answer to a request for reversal."""

    model = Reversal
    readers = STAFF
    is_question = True
    act_name = ""

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site__zone", "requested_by")

    def may_act(self) -> bool:
        return may_act(self.user, self.object, self.act_name)

    @property
    def button(self) -> Text:  # type: ignore[override]
        return STEPS[self.act_name].label

    def get_title(self) -> Text:
        return _("Reversal of %(number)s") % {"number": self.object.document_number}

    @property
    def question(self) -> Text:
        words = {"name": self.object.requested_by, "reason": self.object.reason}
        return _("%(name)s asks for it: %(reason)s") % words

    def back(self) -> Link:
        return Link(_("Approvals"), reverse("bonded:approvals"))

    def success_url(self, outcome: Reversal) -> str:
        return str(document_of(outcome).get_absolute_url())


class ReversalApprove(DecideReversal):
    act_name = "approve"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Reversal:
        return approve_reversal(reversal=self.object, actor=self.user, at=self.now)

    def success_message(self, outcome: Reversal) -> Text:
        return _("%(number)s is reversed.") % {"number": outcome.document_number}


class ReversalRefuse(DecideReversal):
    act_name = "refuse"
    form_class = ReasonForm

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Reversal:
        return refuse_reversal(reversal=self.object, actor=self.user, at=self.now, reason=form.cleaned_data["reason"])

    def success_message(self, outcome: Reversal) -> Text:
        return _("The reversal of %(number)s is refused.") % {"number": outcome.document_number}


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for this user's decision."""

    what: Text
    number: str
    url: str
    site: str
    who: str
    at: datetime
    reason: str
    steps: list[OfferedStep]


class Approvals(Page):
    """What waits for this user's decision, oldest first, each decided with one key."""

    readers = DECIDERS
    title = gettext_lazy("Approvals")
    template_name = "bonded/approvals.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        waiting = [
            waiting
            for document in awaiting_decision(user=self.user, most=MOST_SHOWN)
            if (waiting := self._waiting(document)).steps
        ]
        return self.show(self.context(waiting=waiting))

    def _waiting(self, document: Any) -> Waiting:
        if isinstance(document, Reversal):
            return Waiting(
                what=_("Reversal"),
                number=document.document_number,
                url=reverse(f"bonded:{document.document_kind}_detail", args=[document.document_id]),
                site=document.site.code,
                who=str(document.requested_by),
                at=document.requested_at,
                reason=document.reason,
                steps=self._steps(document, "reversal"),
            )
        return Waiting(
            what=document._meta.verbose_name,
            number=document.number,
            url=document.get_absolute_url(),
            site=document.site.code,
            who=str(document.prepared_by),
            at=document.prepared_at,
            reason=document.remark,
            steps=self._steps(document, document.kind),
        )

    def _steps(self, document: Any, kind_url: str) -> list[OfferedStep]:
        return [
            OfferedStep(STEPS[name], reverse(f"bonded:{kind_url}_{name}", args=[document.pk]), STEPS[name].tone)
            for name in acts_on(self.user, document)
            if name in {"accept", "return", "approve", "refuse"}
        ]
