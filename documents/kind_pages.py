"""The pages of a kind of document, made of its declaration: list, document, forms, and a page for each act."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.urls import URLPattern, path
from django.utils.functional import cached_property

from documents.kinds import Acted, Entry, Kind, declared_kinds
from documents.lists import filterset_of, table_of
from documents.pages import (
    DECIDED,
    DocumentAct,
    DocumentChange,
    DocumentDetail,
    DocumentFormPage,
    DocumentList,
    DraftPage,
)
from documents.steps import Steps
from registry.errors import NotAllowed
from registry.pages import Link, Text


class PageOfKind:
    """A page of the kind that its address was made for; before one of the page classes."""

    kind: Kind

    @property
    def model(self) -> Any:
        return self.kind.model

    @property
    def readers(self) -> Any:
        return self.kind.readers

    @property
    def namespace(self) -> str:
        return self.kind.namespace

    @property
    def kind_url(self) -> str:
        return self.kind.name

    @property
    def rules(self) -> Any:
        return self.kind

    @property
    def offers(self) -> Steps:
        return self.kind.steps

    @property
    def list_label(self) -> Text:
        return self.kind.title


class KindList(PageOfKind, DocumentList):  # type: ignore[misc]
    """The documents of a kind."""

    kind: Any = None

    @property
    def title(self) -> Text:
        return self.kind.title

    @property
    def filterset_class(self) -> Any:
        return filterset_of(self.kind)

    @property
    def parameters(self) -> frozenset[str]:  # type: ignore[override]
        return frozenset(self.filterset_class.former_names)

    @property
    def table_class(self) -> Any:
        return table_of(self.kind)

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related(*self.kind.related)

    @property
    def add_label(self) -> Text:
        return self.kind.entry.title

    def links(self) -> list[Link]:
        return super().links() if self.kind.has_entry_page else []


class KindDetail(PageOfKind, DocumentDetail):  # type: ignore[misc]
    """A document."""

    kind: Any = None

    @property
    def fact_names(self) -> tuple[str, ...]:
        return self.kind.facts

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related(*self.kind.detail_related)

    def figures(self) -> list[dict[str, Any]]:
        return self.kind.figures(self.object)

    def tables(self) -> list[Any]:
        return list(self.kind.tables(self.object))


class _EntryPage(PageOfKind):
    """A form that makes a document, or says one anew."""

    kind: Any = None
    now: Any
    object: Any

    @property
    def entry(self) -> Entry:
        return self.kind.entry

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
        if self.entry.told is not None:
            return self.entry.told(outcome)
        return super().success_message(outcome)  # type: ignore[misc, no-any-return]


class KindAdd(_EntryPage, DocumentFormPage):  # type: ignore[misc]
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


class KindChange(_EntryPage, DocumentChange):  # type: ignore[misc]
    """Saying a returned document anew."""

    @property
    def button(self) -> Text:
        return self.entry.button_again or self.entry.button

    def initial(self) -> dict[str, Any]:
        return self.entry.form.of_document(self.object)

    def lines_kwargs(self) -> dict[str, Any]:
        return {**super().lines_kwargs(), "initial": self.entry.lines.of_document(self.object)}

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Any:
        given = self.figures_of(form, rows)
        details = given if self.entry.details is None else {"details": self.entry.details(**given)}
        operation = self.kind.offer_of["change"].operation
        return operation(**{operation.act.argument: self.object}, **details, actor=self.user, at=self.now)


class _DraftOfKind(DraftPage):
    """A form that is saved as a draft, or saved and submitted at once; before entering or saying anew."""

    kind: Any = None

    def save(self, form: Any, rows: list[dict[str, Any]]) -> Any:
        return super(DraftPage, self).act(form, rows)

    def submit(self, document: Any) -> Any:
        operation = self.kind.offer_of["submit"].operation
        return operation(**{operation.act.argument: document}, actor=self.user, at=self.now)


class KindDraft(_DraftOfKind, KindAdd):
    """Entering a document as a draft, or submitting it at once."""


class KindDraftChange(_DraftOfKind, KindChange):
    """Saying a draft or returned document anew, or submitting it at once."""


class KindAct(PageOfKind, DocumentAct):  # type: ignore[misc]
    """One act on a document."""

    kind: Any = None
    offer: Any = None

    @cached_property
    def act_name(self) -> str:  # type: ignore[override]
        return str(self.offer.act.name)

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

    def success_url(self, outcome: Any) -> str:
        """To the document itself where the outcome has no page; who decided is offered the next there."""
        url = super().success_url(outcome if hasattr(outcome, "get_absolute_url") else self.object)
        return f"{url}?{DECIDED}" if self.offer.act.not_by and not self.is_from_approvals else url

    def success_message(self, outcome: Any) -> Text:
        return self.offer.told(outcome) if self.offer.told is not None else super().success_message(outcome)


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
