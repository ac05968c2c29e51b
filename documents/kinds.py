"""A kind of document, declared once as data in the `kind.py` of its folder, and all the kinds that there are.

Addresses, pages, API, next steps, inbox, start page, period checks, scan, links and navigation are derived from it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

from django import forms
from django.apps import apps
from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse

from documents.api.requests import EmptyRequest, ReasonRequest, RequestSerializer
from documents.bridges import Bridge
from documents.form_fields import ReasonForm
from documents.models import Document
from documents.officers import Decider
from documents.operations.acts import BY_POSTERS, Act
from documents.steps import OfferedStep, Step
from registry.models import Role, User
from registry.navigation import STAFF
from registry.pages import Text
from registry.rules import roles_at

Figures = list[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """Documents that wait for an act: a decision in the inbox, other work on the start page of who posts.

    Args:
        label: what waits, in words.
        states: of the act's states those meant here; all of them when left out.
        since: the column that says since when.
        only: which of the documents in these states wait, where it is not all.
        find: finds the documents by who decides, where sites and states do not tell it.
        answers: the acts that are offered in the inbox, what lets the document go on first; this act when left out.
        query: narrows the list that the number leads to, where the states alone do not.
        elsewhere: the name of the address where they are decided together, where they wait in such numbers that the
            inbox only counts them.
        counted: what is counted of them, given the documents that wait, where it is not they themselves.
    """

    label: Text
    icon: str
    states: tuple[str, ...] = ()
    since: str = "prepared_at"
    only: Q = field(default_factory=Q)
    find: Callable[[Decider], QuerySet[Any]] | None = None
    answers: tuple[str, ...] | Callable[[Any], tuple[str, ...]] = ()
    query: str = ""
    elsewhere: str = ""
    counted: Callable[[QuerySet[Any]], QuerySet[Any]] = lambda waiting: waiting

    def answers_to(self, document: Any, name: str) -> tuple[str, ...]:
        """The acts that answer it, where it waits for the act of that name."""
        named = self.answers
        return named(document) if callable(named) else named or (name,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """How an act is offered on the document's page, in the inbox and in the API.

    Args:
        operation: declares the act.
        question: is asked over the page; without one the act has a page of its own.
        form: what is filled in; a reason alone where the act needs one.
        asked: what a request sends; a reason alone where the act needs one. None where the API offers it otherwise.
        path: how the address in the API ends, where it is not the act's name.
        posted: its POST in the API, where that answers something else than the document.
        told: what is said when it is done.
        page: the page of the act, where it has a flow of its own.
    """

    operation: Any
    label: Text
    icon: str
    tone: str = ""
    question: Text = ""
    form: type[forms.Form] | None = None
    asked: type[RequestSerializer] | None = EmptyRequest
    path: str = ""
    posted: Any = None
    told: Callable[[Any], Text] | None = None
    page: type[Any] | None = None
    waits: tuple[Waits, ...] = ()

    @property
    def act(self) -> Act:
        found: Act = self.operation.act
        return found

    @property
    def step(self) -> Step:
        form_class = self.form or (ReasonForm if self.act.with_reason else forms.Form)
        return Step(self.label, self.icon, self.tone, self.question, form_class)

    @property
    def request(self) -> type[RequestSerializer] | None:
        """The shape of a request."""
        return ReasonRequest if self.asked is EmptyRequest and self.act.with_reason else self.asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """How a document is entered, and how one that was returned is said anew.

    Args:
        operation: enters it; takes what the form or the request says, actor, time and request key.
        title: of the page and of the button that leads there.
        form: its page's form; `figures` gives the operation's arguments.
        asked: what a request sends.
        details: what the operation that changes one is given, made of the same arguments.
        told: what is said when it is done.
    """

    operation: Any
    title: Text
    form: type[forms.Form]
    asked: type[RequestSerializer]
    subtitle: Text = ""
    button: Text = ""
    lines: type[Any] | None = None
    details: type[Any] | None = None
    button_again: Text = ""
    told: Callable[[Any], Text] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """How a document is answered in the API.

    Args:
        whole: with its lines and acts.
        row: as a list has it.
        related: what is read with every row.
        lines: what is read with one whole document.
        doc: what such a document is, for the schema.
        base: the resource, where it has addresses beside those of its acts.
        path: where it lies in the API, if not where its pages do.
    """

    whole: type[Any]
    row: type[Any]
    doc: str
    related: tuple[str, ...] = ("site", "prepared_by")
    lines: tuple[str, ...] = ()
    base: type[Any] | None = None
    path: str = ""


_acted: dict[str, "Acted"] = {}


@dataclass(frozen=True, kw_only=True, eq=False)
class Acted:
    """What somebody acts on: its acts, the next step first, and how each is offered."""

    model: type[Any]
    offers: tuple[Offer, ...]
    readers: frozenset[Role] = STAFF

    @property
    def name(self) -> str:
        """As the ledger, addresses and operations call it."""
        found: str = self.model.kind
        return found

    @property
    def namespace(self) -> str:
        """Of its addresses."""
        return str(self.model._meta.app_label)

    def url(self, end: str, *args: Any) -> str:
        """One of its addresses."""
        return reverse(f"{self.namespace}:{self.name}_{end}", args=args)

    @cached_property
    def offer_of(self) -> dict[str, Offer]:
        """How each act is offered, by its name."""
        return {offer.act.name: offer for offer in self.offers}

    def offered(self, names: Iterable[str], document: Any, *, query: str = "") -> list[OfferedStep]:
        """The acts of these names with their addresses; only the first is drawn as the next step.

        Args:
            document: read by `with_version`.
            query: what the addresses carry.
        """
        found: list[OfferedStep] = []
        for name in names:
            step = self.offer_of[name].step
            form = step.form_class(auto_id=f"{self.name}_{document.pk}_{name}_%s")
            tone = step.tone if not found or step.tone != "primary" else ""
            url = self.url(name, document.pk) + query
            found.append(OfferedStep(name, step, url, tone, form, document.version_in_view))
        return found

    def for_customs(self, document: Any) -> set[str]:
        """The acts on the document that are customs' to decide."""
        return {offer.act.name for offer in self.offers if offer.act.who_for(document).for_customs}

    def acts_on(self, user: User, document: Any, *, held: frozenset[str] | None = None) -> list[str]:
        """What the user may do to the document as it stands now, the next step first.

        Args:
            held: the user's roles at the document's site, when they are known already.
        """
        acts = [offer.act for offer in self.offers if offer.act.is_possible(document)]
        held = roles_at(user, document.site) if acts and held is None else held
        return [act.name for act in acts if act.may(user, document, held=held)]

    def __post_init__(self) -> None:
        _acted[self.model.kind] = self

    def waiting(self, *, for_posters: bool) -> list[tuple[Offer, Waits]]:
        """What waits for an act, and for which: of who posts on the start page, or else a decision in the inbox."""
        return [
            (offer, waits)
            for offer in self.offers
            if (offer.act.who is BY_POSTERS) == for_posters
            for waits in offer.waits
        ]

    def decides(self, name: str, document: Any) -> bool:
        """Whether the act answers what waits in the inbox."""
        return any(
            name in waits.answers_to(document, offer.act.name) for offer, waits in self.waiting(for_posters=False)
        )

    def may_act(self, user: User, document: Any, name: str) -> bool:
        """Whether the act is for this user at all, whatever the state; the operation then says what is wrong."""
        return self.offer_of[name].act.may(user, document)


@dataclass(frozen=True, kw_only=True, eq=False)
class Kind(Acted):
    """A kind of document.

    Args:
        model: names the kind in ledger and addresses, and gives the words for one and several.
        path: where its pages lie below those of its app, and in the API.
        title: of its list.
        place: where it stands among the others: in the navigation, in the inbox, on the start page, among the checks.
        section: of the navigation; empty where its list is not in it.
        shortcut: the letter that opens its list after `g`.
        offers: its acts, the next step of a document first.
        entry: how one is entered; None where it comes out of something else.
        columns: of its list beside number, site, and who prepared it when; `sequence` where they stand.
        filters: of its list beside site, day and number; `folded` those that are folded away on the page.
        searched: the columns in which the search box looks.
        scanned: the columns whose codes, scanned or typed, lead to the document; each is indexed.
        related: what is read with a row of the list; `detail_related` with the one of a page.
        facts: the fields that its page tells.
        figures: what it comes to.
        tables: its lines, each table with its title.
        about: what it comes to in a line of the inbox: words for each of several, in a constant number of queries.
        reason: what is told beside it in the inbox.
        unfinished: the states in which something has still to be done before a period ends, and the column that says
            to which period it belongs.
        bridge: what its documents put between an account book and the floor.
        answers: its shapes in the API.
        pages: those that have a flow of their own, by the end of their name: list, detail, add, change; None where
            there is no such page.
        readers: who reads it at all.
    """

    path: str
    columns: Mapping[str, Any]
    empty_text: Text
    filters: Mapping[str, Any]
    answers: Answers
    title: Text
    place: int
    section: str = ""
    icon: str = ""
    shortcut: str = ""
    entry: Entry | None = None
    sequence: tuple[str, ...] = ("number", "state", "site", "...", "prepared_at", "prepared_by")
    folded: tuple[str, ...] = ()
    searched: tuple[str, ...] = ("number", "remark", "prepared_by__name")
    scanned: tuple[str, ...] = ("number",)
    related: tuple[str, ...] = ("site", "prepared_by")
    detail_related: tuple[str, ...] = ("site__zone", "prepared_by")
    facts: tuple[str, ...] = ()
    figures: Callable[[Any], Figures] = lambda _document: []
    tables: Callable[[Any], list[tuple[Text, Any]]] = lambda _document: []
    about: Callable[[list[Any]], Mapping[int, list[str]]] = lambda _documents: {}
    reason: Callable[[Any], str] = lambda document: str(document.remark)
    unfinished: tuple[str, tuple[str, ...]] | None = None
    bridge: Bridge | None = None
    pages: Mapping[str, type[Any] | None] = field(default_factory=dict)

    @property
    def has_entry_page(self) -> bool:
        """Whether one is entered on a page of its own, and not from something else."""
        return self.entry is not None and self.pages.get("add", self.model) is not None


_kinds: dict[type[Document], Kind] = {}


def discover_kinds() -> None:
    """Read the `kind.py` of every document's folder in the project's own apps; from the ready() of this app."""
    for app in apps.get_app_configs():
        folder = Path(app.path)
        if settings.BASE_DIR not in folder.parents:
            continue
        for file in folder.glob("*/**/kind.py"):
            kind: Kind = import_module(".".join((app.name, *file.relative_to(folder).with_suffix("").parts))).KIND
            _kinds[kind.model] = kind


def declared_kinds(namespace: str = "") -> list[Kind]:
    """The kinds of an app, or of all, in their order."""
    found = [kind for kind in _kinds.values() if namespace in {"", kind.namespace}]
    return sorted(found, key=lambda kind: kind.place)


def kind_of(document: Any) -> Kind:
    """The kind of a document, or of a model."""
    return _kinds[document if isinstance(document, type) else type(document)]


def acted_on(name: str) -> Acted:
    """What is acted on under that name: a kind of document, or a request about documents."""
    return _acted[name]


@cache
def kinds() -> dict[str, type[Any]]:
    """The model of each kind, by the name that the ledger knows it by."""
    return {model.kind: model for model in apps.get_models() if issubclass(model, Document)}


def url_of(*, kind: str, document_id: int) -> str:
    """Where a document of the ledger has its page; empty for what is no document of ours.

    Asks nothing of the database: a list of movements has a link in every row.
    """
    model = kinds().get(kind)
    return str(model(pk=document_id).get_absolute_url()) if model else ""


def each(tell: Callable[[Any], Iterable[str]]) -> Callable[[list[Any]], dict[int, list[str]]]:
    """Words for each of several documents, where one needs no question of its own."""
    return lambda documents: {document.pk: list(tell(document)) for document in documents}
