"""The pages of a kind of document, made of its declaration: list, document, forms, and a page for each act.

A page with a flow of its own extends one of them and is named in the declaration.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.inbox import Waiting, longest_waiting
from documents.kinds import Acted, Entry, Kind, declared_kinds
from documents.lists import filterset_of, table_of
from documents.moved import moved_by
from documents.officers import may_post
from documents.steps import OfferedStep, Step
from documents.timeline import timeline_of_document
from registry.errors import NotAllowed
from registry.facts import Fact
from registry.models import Role
from registry.pages import ActPage, DetailPage, Link, ListPage, Text
from registry.rules import has_role
from registry.timeline import Entry as Moment

# What the address of a document carries for whoever has just decided on it.
DECIDED = "decided"


class PageOfKind:
    """A page of the kind that its address was made for; stands before one of the page classes."""

    kind: Any = None

    @property
    def model(self) -> Any:
        return self.kind.model

    @property
    def readers(self) -> Any:
        return self.kind.readers

    def url(self, end: str, *args: Any) -> str:
        """The address of one of the kind's own pages."""
        return str(self.kind.url(end, *args))

    @property
    def list_label(self) -> Text:
        """What the way back to the list is called."""
        found: Text = self.kind.title
        return found


class KindList(PageOfKind, ListPage):
    """The documents of a kind, newest first, with a way to a new one for who posts."""

    tiebreak = "-pk"

    @property
    def title(self) -> Text:
        found: Text = self.kind.title
        return found

    @property
    def filterset_class(self) -> Any:
        return filterset_of(self.kind)

    @property
    def parameters(self) -> frozenset[str]:
        return frozenset(self.filterset_class.former_names)

    @property
    def table_class(self) -> Any:
        return table_of(self.kind)

    def queryset(self) -> models.QuerySet[Any]:
        # Named here, because a query that sums lines leaves the model's own order out.
        return super().queryset().order_by("-pk").select_related(*self.kind.related)

    @property
    def add_label(self) -> Text:
        found: Text = self.kind.entry.title
        return found

    def links(self) -> list[Link]:
        if not self.kind.has_entry_page or not may_post(self.user):
            return []
        return [Link(self.add_label, self.url("add"), icon="plus", tone="primary")]


class KindDetail(PageOfKind, DetailPage):
    """A document: its facts and lines, what it did to the ledger, its history, and what this user may do now."""

    @property
    def template_name(self) -> str:
        return "documents/document_print.html" if self.is_printed else "documents/document_detail.html"

    @property
    def fact_names(self) -> tuple[str, ...]:
        names: tuple[str, ...] = self.kind.facts
        return names

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related(*self.kind.detail_related)

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
        figures: list[dict[str, Any]] = self.kind.figures(self.object)
        return figures

    def tables(self) -> list[Any]:
        """The tables of the document, each with its title."""
        return list(self.kind.tables(self.object))

    def timeline(self) -> list[Moment]:
        return self.told

    @cached_property
    def told(self) -> list[Moment]:
        return timeline_of_document(self.object)

    def correction(self) -> Moment | None:
        """What is to be corrected, as long as the document is returned."""
        if getattr(self.object, "state", "") != "returned":
            return None
        return next((entry for entry in self.told if entry.reason), None)

    def steps(self) -> list[OfferedStep]:
        """What this user may do now, the next step first; a supervisor is told of what they enter for customs."""
        names = self.kind.acts_on(self.user, self.object)
        offered: list[OfferedStep] = self.kind.offered(names, self.object)
        for_customs = self.kind.for_customs(self.object) & set(names)
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


class KindForm(PageOfKind, ActPage):
    """A form with lines in which the user may choose what is offered to them."""

    lines_title: Text = gettext_lazy("Lines")
    # The field of a line that a scanned bin fills, and the one that a later scanned bin fills as destination.
    bin_field = ""
    to_field = ""

    @property
    def template_name(self) -> str:
        return "documents/document_form.html"

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


class _EntryPage(KindForm):
    """A form that makes a document, or says one anew."""

    @property
    def entry(self) -> Entry:
        entry: Entry = self.kind.entry
        return entry

    @property
    def form_class(self) -> Any:
        return self.entry.form

    @property
    def lines_class(self) -> Any:
        return self.entry.lines

    @property
    def template_name(self) -> str:
        return "documents/document_form.html" if self.entry.lines else "registry/act_page.html"

    def figures_of(self, form: Any, rows: list[dict[str, Any]]) -> dict[str, Any]:
        """The arguments of the operation; with lines where there are some."""
        given = form.figures(now=self.now)
        return {**given, "lines": self.entry.lines.lines_of(rows)} if self.entry.lines else given

    def success_message(self, outcome: Any) -> Text:
        return self.entry.told(outcome) if self.entry.told is not None else super().success_message(outcome)


class KindAdd(_EntryPage):
    """Entering a document."""

    model: Any = None

    @property
    def title(self) -> Text:
        return self.entry.title

    @property
    def subtitle(self) -> Text:
        return self.entry.subtitle

    @property
    def button(self) -> Text:
        return self.entry.button

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Any:
        given = self.figures_of(form, rows)
        return self.entry.operation(**given, actor=self.user, at=self.now, request_key=self.request_key)


class KindChange(_EntryPage):
    """Saying a draft or returned document anew. It keeps the site whose number it bears."""

    def get_title(self) -> Text:
        return _("Change %(number)s") % {"number": self.object.number}

    def may_act(self) -> bool:
        may: bool = self.kind.may_act(self.user, self.object, "change")
        return may

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site__zone")

    @property
    def button(self) -> Text:
        return self.entry.button_again or self.entry.button

    def initial(self) -> dict[str, Any]:
        before: Any = self.entry.form
        found: dict[str, Any] = before.of_document(self.object)
        return found

    def lines_kwargs(self) -> dict[str, Any]:
        lines: Any = self.entry.lines
        return {**super().lines_kwargs(), "initial": lines.of_document(self.object)}

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Any:
        given = self.figures_of(form, rows)
        details = given if self.entry.details is None else {"details": self.entry.details(**given)}
        operation = self.kind.offer_of["change"].operation
        return operation(**{operation.act.argument: self.object}, **details, actor=self.user, at=self.now)


class DraftPage:
    """A form that is saved as a draft, or saved and submitted at once: then both are done, or neither.

    Stands before the page that saves it.
    """

    kind: Any
    user: Any
    now: Any
    request: Any
    has_draft = True
    button: Text = gettext_lazy("Submit")

    def submit(self, document: Any) -> Any:
        operation = self.kind.offer_of["submit"].operation
        return operation(**{operation.act.argument: document}, actor=self.user, at=self.now)

    @property
    def is_submitting(self) -> bool:
        return "submit" in self.request.POST

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Any:
        with transaction.atomic():
            document = super().act(form, rows)  # type: ignore[misc]
            # Sent twice, the form finds its document submitted.
            if self.is_submitting and document.is_open_for_change:
                document = self.submit(document)
        return document

    def success_message(self, outcome: Any) -> Text:
        words = {"number": outcome.number}
        if self.is_submitting:
            return _("%(number)s was submitted. It waits for somebody else to accept it.") % words
        return _("The draft %(number)s was saved. Submit it when it is complete.") % words


class KindDraft(DraftPage, KindAdd):
    """Entering a document as a draft, or submitting it at once."""


class KindDraftChange(DraftPage, KindChange):
    """Saying a draft or returned document anew, or submitting it at once."""


class KindAct(PageOfKind, ActPage):
    """One act on a document, from its page or from the inbox; the form is the one of the act's offer."""

    offer: Any = None
    # Acts with rows have a page of their own.
    is_question = True

    def may_act(self) -> bool:
        may: bool = self.kind.may_act(self.user, self.object, self.offer.act.name)
        return may

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site__zone")

    @cached_property
    def step(self) -> Step:
        step: Step = self.offer.step
        return step

    @property
    def form_class(self) -> Any:
        return self.step.form_class

    @property
    def button(self) -> Text:
        return self.step.label

    @property
    def question(self) -> Text:
        return self.step.question

    @property
    def tone(self) -> str:
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

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Any:
        given = form.figures(now=self.now) if hasattr(form, "figures") else form.cleaned_data
        argument = {self.offer.act.argument: self.object}
        return self.offer.operation(**argument, **given, actor=self.user, at=self.now)

    def _check_may_act(self, found: Any) -> None:
        """Refused in the words of the act itself: whose it is, or that one did the step before."""
        if not self.may_act():
            try:
                self.offer.act.require_allowed(self.user, found)
            except NotAllowed as refused:
                raise PermissionDenied(str(refused)) from refused
        super()._check_may_act(found)

    def page_of(self, outcome: Any) -> str:
        """The page of what was acted on; of the document itself, where the act has made something that has none."""
        shown = outcome if hasattr(outcome, "get_absolute_url") else self.object
        return str(shown.get_absolute_url())

    @property
    def is_decision(self) -> bool:
        """Whether the act answers what waits in the inbox."""
        decides: bool = self.kind.decides(self.offer.act.name, self.object)
        return decides

    def success_url(self, outcome: Any) -> str:
        """Back to the inbox, or to the document, where whoever decided is offered the next."""
        if self.is_from_approvals:
            return reverse("documents:approvals")
        return f"{self.page_of(outcome)}?{DECIDED}" if self.is_decision else self.page_of(outcome)

    def success_message(self, outcome: Any) -> Text:
        if self.offer.told is not None:
            told: Text = self.offer.told(outcome)
            return told
        words = {"number": outcome.number, "state": outcome.get_state_display()}
        return _("%(number)s is now in the state “%(state)s”.") % words


def pages_of(namespace: str) -> list[URLPattern]:
    """The addresses of the pages of every kind of an app."""
    return [one for kind in declared_kinds(namespace) for one in _pages_of(kind)]


def _pages_of(kind: Kind) -> Iterator[URLPattern]:
    def page(end: str, usual: type[Any] | None, address: str, **more: Any) -> Iterator[URLPattern]:
        view = kind.pages.get(end, usual)
        if view is not None:
            yield path(f"{kind.path}/{address}", view.as_view(kind=kind, **more), name=f"{kind.name}_{end}")

    yield from page("list", KindList, "")
    yield from page("add", KindAdd if kind.entry else None, "new/")
    yield from page("detail", KindDetail, "<int:pk>/")
    yield from page("change", KindChange if kind.entry and "change" in kind.offer_of else None, "<int:pk>/change/")
    yield from act_pages_of(kind, kind.path)


def act_pages_of(acted: Acted, address: str) -> Iterator[URLPattern]:
    """The address of the page of each act."""
    for offer in acted.offers:
        name = offer.act.name
        if name != "change":
            view = (offer.page or KindAct).as_view(kind=acted, offer=offer)
            yield path(f"{address}/<int:pk>/{name.replace('_', '-')}/", view, name=f"{acted.name}_{name}")
