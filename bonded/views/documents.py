"""What the pages of every warehouse document share: the list, the document with its next steps, and one act on it."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonded.rules import acts_on, may_act, may_post
from ledger.queries import transactions_of
from registry.navigation import STAFF
from registry.pages import ActPage, DetailPage, Link, ListPage, Text


@dataclass(frozen=True, slots=True)
class Step:
    """How an act is offered on a document's page; a question opens as a dialog there."""

    label: Text
    icon: str
    tone: str = ""
    question: Text = ""


@dataclass(frozen=True, slots=True)
class OfferedStep:
    step: Step
    url: str
    tone: str = ""


STEPS: dict[str, Step] = {
    "change": Step(gettext_lazy("Change"), "edit"),
    "submit": Step(
        gettext_lazy("Submit"), "send", "primary", gettext_lazy("It then waits for somebody else to accept it.")
    ),
    "accept": Step(gettext_lazy("Accept"), "check", "primary", gettext_lazy("The rates of today are fixed with it.")),
    "return": Step(gettext_lazy("Return"), "arrow-back-up"),
    "arrive": Step(gettext_lazy("Record arrival"), "truck-delivery", "primary"),
    "count": Step(gettext_lazy("Enter the count"), "clipboard-check", "primary"),
    "counts": Step(gettext_lazy("Enter the first count"), "clipboard-check", "primary"),
    "recounts": Step(gettext_lazy("Enter the second count"), "clipboard-check", "primary"),
    "pick": Step(
        gettext_lazy("Confirm picking"),
        "checks",
        "primary",
        gettext_lazy("All picks stand ready for the gate."),
    ),
    "pass": Step(gettext_lazy("Pass the gate"), "truck-delivery", "primary"),
    "release": Step(
        gettext_lazy("Release"),
        "check",
        "primary",
        gettext_lazy("Customs releases the declaration; goods that have passed the gate leave the account book."),
    ),
    "approve": Step(gettext_lazy("Approve"), "check", "primary"),
    "refuse": Step(gettext_lazy("Refuse"), "x"),
    "close": Step(gettext_lazy("Close"), "lock", "", gettext_lazy("Nothing more is done to it.")),
    "void": Step(gettext_lazy("Make void"), "ban"),
    "reverse": Step(gettext_lazy("Ask for reversal"), "rotate-2"),
}


class DocumentList(ListPage):
    """A list of one kind of document, newest first, with a way to a new one for who posts."""

    readers = STAFF
    kind_url = ""
    add_label: Text = ""

    def links(self) -> list[Link]:
        if not may_post(self.user):
            return []
        return [Link(self.add_label, reverse(f"bonded:{self.kind_url}_add"), icon="plus", tone="primary")]


class DocumentDetail(DetailPage):
    """A document: its facts and lines, what it did to the ledger, its history, and what this user may do now."""

    readers = STAFF
    kind_url = ""
    list_label: Text = ""
    template_name = "bonded/document_detail.html"

    def back(self) -> Link:
        return Link(self.list_label, reverse(f"bonded:{self.kind_url}_list"))

    def steps(self) -> list[OfferedStep]:
        offered = []
        for name in acts_on(self.user, self.object):
            step = STEPS[name]
            # One button is the next step; any other is drawn more quietly.
            tone = step.tone if not offered else ""
            url = reverse(f"bonded:{self.kind_url}_{name}", args=[self.object.pk])
            offered.append(OfferedStep(step, url, tone))
        return offered

    def tables(self) -> list[Any]:
        """The tables of the document, each with its title."""
        return []

    def context(self, **more: Any) -> dict[str, Any]:
        transactions = transactions_of(document_kind=self.object.kind, document_id=self.object.pk)
        return super().context(
            steps=self.steps(),
            tables=self.tables(),
            transactions=list(transactions),
            # A relocation is posted at once and has no state to show.
            document=self.object if hasattr(self.object, "state") else None,
            **more,
        )


class DocumentAct(ActPage):
    """One act on a document. Declare `act_name` and write `act()`."""

    readers = STAFF
    kind_url = ""
    act_name = ""

    def may_act(self) -> bool:
        return may_act(self.user, self.object, self.act_name)

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site__zone")

    @property
    def step(self) -> Step:
        return STEPS[self.act_name]

    @property
    def button(self) -> Text:  # type: ignore[override]
        return self.step.label

    @property
    def question(self) -> Text:
        return self.step.question

    def get_title(self) -> Text:
        return f"{self.step.label}: {self.object.number}"

    def back(self) -> Link:
        return Link(self.object.number, self.object.get_absolute_url())

    def success_message(self, outcome: Any) -> Text:
        words = {"number": outcome.number, "state": outcome.get_state_display()}
        return _("%(number)s is now in the state “%(state)s”.") % words


class DocumentQuestion(DocumentAct):
    """An act that asks nothing but whether it is meant; offered as a dialog on the document's page."""

    is_question = True


class NewDocument(ActPage):
    """A form with lines from which a document is prepared."""

    readers = STAFF
    kind_url = ""
    list_label: Text = ""
    button = gettext_lazy("Save")
    lines_title = gettext_lazy("Lines")
    template_name = "bonded/document_form.html"

    def may_act(self) -> bool:
        return may_post(self.user)

    def back(self) -> Link:
        return Link(self.list_label, reverse(f"bonded:{self.kind_url}_list"))

    def form_kwargs(self) -> dict[str, Any]:
        return {"user": self.user}

    def success_message(self, outcome: Any) -> Text:
        return _("%(number)s is saved.") % {"number": outcome.number}
