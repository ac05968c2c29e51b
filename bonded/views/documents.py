"""What the pages of every warehouse document share: the list, the document with its next steps, and its form."""

from typing import Any

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonded.models import Reversal, ReversalState
from bonded.rules import acts_on, may_act, may_post
from bonded.views.history import reversals_of, timeline_of_document
from bonded.views.moved import moved_by
from bonded.views.steps import OfferedStep, Step, offered, step_of
from registry.facts import Fact
from registry.navigation import STAFF
from registry.pages import ActPage, DetailPage, Link, ListPage, Text
from registry.timeline import Entry


class DocumentList(ListPage):
    """A list of one kind of document, newest first, with a way to a new one for who posts."""

    readers = STAFF
    kind_url = ""
    add_label: Text = ""
    tiebreak = "-pk"

    def queryset(self) -> models.QuerySet[Any]:
        # Named here, because a query that sums lines leaves the model's own order out.
        return super().queryset().order_by("-pk")

    def links(self) -> list[Link]:
        if not may_post(self.user):
            return []
        return [Link(self.add_label, reverse(f"bonded:{self.kind_url}_add"), icon="plus", tone="primary")]


class DocumentDetail(DetailPage):
    """A document: its facts and lines, what it did to the ledger, its history, and what this user may do now."""

    readers = STAFF
    kind_url = ""
    list_label: Text = ""

    @property
    def template_name(self) -> str:  # type: ignore[override]
        return "bonded/document_print.html" if self.is_printed else "bonded/document_detail.html"

    @property
    def is_printed(self) -> bool:
        return "print" in self.request.GET

    def back(self) -> Link:
        if self.is_printed:
            return Link(self.object.number, self.object.get_absolute_url())
        return Link(self.list_label, reverse(f"bonded:{self.kind_url}_list"))

    def links(self) -> list[Link]:
        return [] if self.is_printed else [Link(_("Print"), "?print", icon="printer")]

    def facts(self) -> list[Fact]:
        """What has not happened yet is left out."""
        return [fact for fact in super().facts() if fact.value]

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
        return timeline_of_document(self.object, self.reversals)

    def correction(self) -> Entry | None:
        """What is to be corrected, as long as the document is returned."""
        if getattr(self.object, "state", "") != "returned":
            return None
        return next((entry for entry in self.told if entry.reason), None)

    @cached_property
    def reversals(self) -> list[Reversal]:
        return reversals_of(self.object)

    @property
    def pending_reversal(self) -> Reversal | None:
        return next((one for one in self.reversals if one.state == ReversalState.REQUESTED), None)

    def steps(self) -> list[OfferedStep]:
        names = acts_on(self.user, self.object)
        if self.pending_reversal is not None and "reverse" in names:
            names.remove("reverse")
        return offered(names, kind_url=self.kind_url, document=self.object)

    def decisions(self) -> list[OfferedStep]:
        """What this user may answer to a reversal that was asked for."""
        asked = self.pending_reversal
        return offered(acts_on(self.user, asked), kind_url="reversal", document=asked) if asked is not None else []

    def context(self, **more: Any) -> dict[str, Any]:
        if self.is_printed:
            return super().context(tables=self.tables(), document=self._with_state(), printed_at=timezone.now(), **more)
        return super().context(
            steps=self.steps(),
            decisions=self.decisions(),
            pending_reversal=self.pending_reversal,
            correction=self.correction(),
            tables=self.tables(),
            figures=self.figures(),
            moved=moved_by(self.object),
            document=self._with_state(),
            **more,
        )

    def _with_state(self) -> Any:
        """The document, when it has a state to show: a relocation is posted at once and has none."""
        return self.object if hasattr(self.object, "state") else None


class DocumentAct(ActPage):
    """One act on a document. Declare `act_name` and write `act()`; the form is the one of the act's step."""

    readers = STAFF
    kind_url = ""
    act_name = ""
    # Acts with rows have a page of their own.
    is_question = True

    def may_act(self) -> bool:
        return may_act(self.user, self.object, self.act_name)

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site__zone")

    @property
    def step(self) -> Step:
        return step_of(self.kind_url, self.act_name)

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
        return f"{self.step.label}: {self.object.number}"

    @property
    def is_from_approvals(self) -> bool:
        return self.request.GET.get("from") == "approvals"

    def back(self) -> Link:
        if self.is_from_approvals:
            return Link(_("Approvals"), reverse("bonded:approvals"))
        return Link(self.object.number, self.object.get_absolute_url())

    def success_message(self, outcome: Any) -> Text:
        words = {"number": outcome.number, "state": outcome.get_state_display()}
        return _("%(number)s is now in the state “%(state)s”.") % words

    def success_url(self, outcome: Any) -> str:
        return reverse("bonded:approvals") if self.is_from_approvals else str(outcome.get_absolute_url())


class DocumentFormPage(ActPage):
    """A form with lines in which the user may choose what is offered to them."""

    readers = STAFF
    kind_url = ""
    list_label: Text = ""
    lines_title: Text = gettext_lazy("Lines")
    template_name = "bonded/document_form.html"
    # The field of a line that a scanned bin fills, and the one that a later scanned bin fills as destination.
    bin_field = ""
    to_field = ""

    def may_act(self) -> bool:
        return may_post(self.user)

    def back(self) -> Link:
        if self.object is not None:
            return Link(self.object.number, self.object.get_absolute_url())
        return Link(self.list_label, reverse(f"bonded:{self.kind_url}_list"))

    def form_kwargs(self) -> dict[str, Any]:
        return {"user": self.user, "site": self.object.site if self.object is not None else None}

    def lines_kwargs(self) -> dict[str, Any]:
        return self.form_kwargs()

    def success_message(self, outcome: Any) -> Text:
        return _("%(number)s was saved.") % {"number": outcome.number}

    @property
    def scan_url(self) -> str:
        return reverse("bonded:scanned")


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


class ChangePage(DraftPage):
    """The form of a draft or returned document. It keeps the site whose number it bears."""

    def get_title(self) -> Text:
        return _("Change %(number)s") % {"number": self.object.number}

    def may_act(self) -> bool:
        return may_act(self.user, self.object, "change")

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site__zone", "book", "owner")
