"""What the pages of every document share: the list, the document with its next steps, and its form.

An app declares a mixin with its `namespace`, `rules` and `offers`, and puts it before the page kinds of this module.
"""

from dataclasses import replace
from typing import Any

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.inbox import Waiting, longest_waiting
from documents.moved import moved_by
from documents.officers import may_post
from documents.steps import OfferedStep, Step, Steps
from documents.timeline import timeline_of_document
from registry.facts import Fact
from registry.models import Role
from registry.navigation import STAFF
from registry.pages import ActPage, DetailPage, Link, ListPage, Text
from registry.rules import has_role
from registry.timeline import Entry

# What the address of a document carries for whoever has just decided on it.
DECIDED = "decided"


class DocumentsOfAnApp:
    """Which app a page belongs to: where its addresses lie, who may do what, and how that is offered."""

    readers = STAFF
    namespace = ""
    kind_url = ""
    rules: Any
    offers: Steps

    def url(self, name: str, *args: Any) -> str:
        """The address of one of the kind's own pages."""
        return reverse(f"{self.namespace}:{self.kind_url}_{name}", args=args)


class DocumentList(DocumentsOfAnApp, ListPage):
    """A list of one kind of document, newest first, with a way to a new one for who posts."""

    add_label: Text = ""
    tiebreak = "-pk"

    def queryset(self) -> models.QuerySet[Any]:
        # Named here, because a query that sums lines leaves the model's own order out.
        return super().queryset().order_by("-pk")

    def links(self) -> list[Link]:
        if not may_post(self.user):
            return []
        return [Link(self.add_label, self.url("add"), icon="plus", tone="primary")]


class DocumentDetail(DocumentsOfAnApp, DetailPage):
    """A document: its facts and lines, what it did to the ledger, its history, and what this user may do now."""

    list_label: Text = ""

    @property
    def template_name(self) -> str:  # type: ignore[override]
        return "documents/document_print.html" if self.is_printed else "documents/document_detail.html"

    @property
    def is_printed(self) -> bool:
        return "print" in self.request.GET

    def back(self) -> Link:
        if self.is_printed:
            return Link(self.object.number, self.object.get_absolute_url())
        return Link(self.list_label, self.url("list"))

    def links(self) -> list[Link]:
        return [] if self.is_printed else [Link(_("Print"), "?print", icon="printer")]

    def facts(self) -> list[Fact]:
        """What has not happened yet is left out; what was accepted for customs says so."""
        shown = [fact for fact in super().facts() if fact.value]
        if not getattr(self.object, "accepted_by_id", None) or not hasattr(self.object, "is_entered_for_customs"):
            return shown
        label = self.object._meta.get_field("accepted_by").verbose_name
        words = {"who": self.object.accepted_by}
        told = Fact(label, _("entered by %(who)s for customs") % words)
        is_for_customs = self.object.history.filter(is_entered_for_customs=True, history_date=self.object.accepted_at)
        return [told if fact.label == label and is_for_customs.exists() else fact for fact in shown]

    def figures(self) -> list[dict[str, Any]]:
        """What the document comes to: label, value and unit of each."""
        return []

    def tables(self) -> list[Any]:
        """The tables of the document, each with its title."""
        return []

    def timeline(self) -> list[Entry]:
        return self.told

    @cached_property
    def told(self) -> list[Entry]:
        return timeline_of_document(self.object)

    def correction(self) -> Entry | None:
        """What is to be corrected, as long as the document is returned."""
        if getattr(self.object, "state", "") != "returned":
            return None
        return next((entry for entry in self.told if entry.reason), None)

    def steps(self) -> list[OfferedStep]:
        """What this user may do now, the next step first; a supervisor is told of what they enter for customs."""
        names = self.rules.acts_on(self.user, self.object)
        offered = self.offers.offered(names, kind_url=self.kind_url, document=self.object)
        for_customs = self.rules.for_customs(self.object) & set(names)
        if not for_customs or has_role(self.user, self.object.site, Role.CUSTOMS_OFFICER):
            return offered
        told = _("You enter what customs has decided.")
        return [
            replace(one, step=replace(one.step, question=f"{told} {one.step.question}"))
            if one.name in for_customs
            else one
            for one in offered
        ]

    def context(self, **more: Any) -> dict[str, Any]:
        if self.is_printed:
            on_paper = {"figures": self.figures(), "tables": self.tables(), "printed_at": timezone.now()}
            return super().context(document=self._with_state(), **on_paper, **more)
        return super().context(
            steps=self.steps(),
            correction=self.correction(),
            tables=self.tables(),
            figures=self.figures(),
            moved=moved_by(self.object),
            next_waiting=self.next_waiting(),
            document=self._with_state(),
            **more,
        )

    def next_waiting(self) -> Waiting | None:
        """What waits longest for whoever has just decided on this one."""
        if DECIDED not in self.request.GET:
            return None
        return next(iter(longest_waiting(user=self.user, most=1)), None)

    def _with_state(self) -> Any:
        """The document, when it has a state to show: a relocation is posted at once and has none."""
        return self.object if hasattr(self.object, "state") else None


class DocumentAct(DocumentsOfAnApp, ActPage):
    """One act on a document, from its page or from the inbox.

    Declare `act_name` and write `act()`; the form is the one of the act's step.
    """

    act_name = ""
    # Acts with rows have a page of their own.
    is_question = True

    def may_act(self) -> bool:
        return self.rules.may_act(self.user, self.object, self.act_name)

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site__zone")

    @property
    def step(self) -> Step:
        return self.offers.step_of(self.kind_url, self.act_name)

    @property
    def form_class(self) -> Any:  # type: ignore[override]
        return self.step.form_class

    @property
    def button(self) -> Text:  # type: ignore[override]
        return self.step.label

    @property
    def question(self) -> Text:
        return self.step.question

    @property
    def tone(self) -> str:  # type: ignore[override]
        return self.step.tone.removeprefix("outline-") or "primary"

    def get_title(self) -> Text:
        return _("%(act)s: %(number)s") % {"act": self.step.label, "number": self.object.number}

    @property
    def is_from_approvals(self) -> bool:
        return self.request.GET.get("from") == "approvals"

    def back(self) -> Link:
        if self.is_from_approvals:
            return Link(_("Approvals"), reverse("documents:approvals"))
        return Link(self.object.number, self.object.get_absolute_url())

    def success_message(self, outcome: Any) -> Text:
        words = {"number": outcome.number, "state": outcome.get_state_display()}
        return _("%(number)s is now in the state “%(state)s”.") % words

    def success_url(self, outcome: Any) -> str:
        return reverse("documents:approvals") if self.is_from_approvals else str(outcome.get_absolute_url())


class DocumentFormPage(DocumentsOfAnApp, ActPage):
    """A form with lines in which the user may choose what is offered to them."""

    list_label: Text = ""
    lines_title: Text = gettext_lazy("Lines")
    template_name = "documents/document_form.html"
    # The field of a line that a scanned bin fills, and the one that a later scanned bin fills as destination.
    bin_field = ""
    to_field = ""

    def may_act(self) -> bool:
        return may_post(self.user)

    def back(self) -> Link:
        if self.object is not None:
            return Link(self.object.number, self.object.get_absolute_url())
        return Link(self.list_label, self.url("list"))

    def form_kwargs(self) -> dict[str, Any]:
        return {"user": self.user, "site": self.object.site if self.object is not None else None}

    def lines_kwargs(self) -> dict[str, Any]:
        return self.form_kwargs()

    def success_message(self, outcome: Any) -> Text:
        return _("%(number)s was saved.") % {"number": outcome.number}


class DraftPage(DocumentFormPage):
    """A form that is saved as a draft, or saved and submitted at once: then both are done, or neither."""

    has_draft = True
    button = gettext_lazy("Submit")

    def save(self, form: Any, rows: list[dict[str, Any]]) -> Any:
        raise NotImplementedError

    def submit(self, document: Any) -> Any:
        raise NotImplementedError

    @property
    def is_submitting(self) -> bool:
        return "submit" in self.request.POST

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Any:
        with transaction.atomic():
            document = self.save(form, rows)
            # Sent twice, the form finds its document submitted.
            if self.is_submitting and document.is_open_for_change:
                document = self.submit(document)
        return document

    def success_message(self, outcome: Any) -> Text:
        words = {"number": outcome.number}
        if self.is_submitting:
            return _("%(number)s was submitted. It waits for somebody else to accept it.") % words
        return _("The draft %(number)s was saved. Submit it when it is complete.") % words


class DocumentChange(DocumentFormPage):
    """A form by which a draft or returned document is said anew. It keeps the site whose number it bears."""

    def get_title(self) -> Text:
        return _("Change %(number)s") % {"number": self.object.number}

    def may_act(self) -> bool:
        return self.rules.may_act(self.user, self.object, "change")

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site__zone")
