"""What every kind of document holds that is declared, whichever and however many there are."""

import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from inspect import Parameter, signature
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import django_filters as filters
import polib
import pytest
from django import forms
from django.http import QueryDict
from django.test import Client
from django.urls import NoReverseMatch, ResolverMatch, resolve, reverse
from django.utils import translation
from django.utils.functional import Promise

from documents.inbox import piles_to_decide
from documents.kinds import Kind, Offer, Waits, declared_kinds, kind_of, kinds
from documents.lists import FORMER_NAMES, filterset_of
from documents.officers import decider
from documents.operations.acts import BY_POSTERS, DID_IT_BEFORE, POSTED_AT_ONCE, Act, Who
from documents.waiting import _decisions
from registry.models import Role, User
from registry.navigation import SECTIONS
from tests.world import World

KINDS = declared_kinds()
# Where documents end: no act leads on from there.
ENDS = frozenset(
    {
        *("void", "reversed", "refused", "withdrawn", "superseded", "charged", "credited", "slopped"),
        *("cancelled", "done", "failed"),
    }
)
ENDS_OF_A_KIND = {"defuel": frozenset({"released"})}
FILTERS_OF_ALL = ("q", "site", "prepared_from", "prepared_to", "number")

for_every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


def test_some_are_declared() -> None:
    assert KINDS


# Names and addresses


@for_every_kind
def test_it_goes_by_one_name(kind: Kind) -> None:
    assert kind.name
    assert kinds()[kind.name] is kind.model
    assert kind_of(kind.model) is kind
    assert kind.model(pk=7).get_absolute_url() == kind.url("detail", 7)
    assert page_at(kind.url("list")).namespace == kind.namespace == kind.model._meta.app_label


@for_every_kind
def test_its_pages_have_addresses_of_its_name(kind: Kind) -> None:
    ends = {"list": "", "detail": "7/"} | ({"add": "new/"} if kind.has_entry_page else {})
    acts = {name: f"7/{name.replace('_', '-')}/" for name in kind.offer_of}
    for end, address in {**ends, **acts}.items():
        url = kind.url(end, *([7] if address.startswith("7/") else []))
        found = page_at(url)
        assert found.url_name == f"{kind.name}_{end}"
        assert found.func.view_initkwargs["kind"] is kind  # type: ignore[attr-defined]
        assert url.endswith(f"/{kind.path}/{address}")


@for_every_kind
def test_its_resource_answers_at_addresses_of_its_name(kind: Kind) -> None:
    listed, one = (
        page_at(reverse(f"api_{kind.name}-{end}", args=given)) for end, given in (("list", ()), ("detail", (7,)))
    )
    for found in (listed, one):
        assert found.func.cls.model is kind.model  # type: ignore[attr-defined]
        assert found.func.cls.rules is kind  # type: ignore[attr-defined]
    assert reverse(f"api_{kind.name}-list") == f"/api/v1/{kind.answers.path or kind.path}/"
    assert ("post" in methods_of(listed)) >= (kind.entry is not None)
    for name, offer in kind.offer_of.items():
        if name == "change":
            assert {"put", "patch"} <= methods_of(one)
        elif offer.request is not None:
            assert "post" in methods_of(page_at(address_in_api(kind, end_in_api(offer))))


# Acts and states


@for_every_kind
def test_each_act_is_an_operation_on_it(kind: Kind) -> None:
    assert len(kind.offer_of) == len(kind.offers)
    for offer in kind.offers:
        act, takes = offer.act, signature(offer.operation).parameters
        assert act.model is kind.model, act.name
        needed = {act.argument, "actor", "at", *(("reason",) if act.with_reason else ())}
        assert needed <= set(takes) or Parameter.VAR_KEYWORD in {one.kind for one in takes.values()}, act.name
        assert offer.operation.__doc__, act.name
        assert isinstance(act.who, Who) or callable(act.who), act.name
        for column in act.not_by:
            assert kind.model._meta.get_field(column).related_model is User, act.name
            assert isinstance(act.not_by, Mapping) or column in DID_IT_BEFORE, act.name


@for_every_kind
def test_each_of_its_acts_is_offered(kind: Kind) -> None:
    declared = [
        act
        for module in operations_of(kind)
        for found in vars(module).values()
        if isinstance(act := getattr(found, "act", None), Act)
    ]
    assert {act.name for act in declared if act.model is kind.model} <= set(kind.offer_of)


@for_every_kind
def test_its_acts_name_states_that_it_has(kind: Kind) -> None:
    known = states_of(kind)
    for offer in kind.offers:
        act = offer.act
        assert act.states, act.name
        assert act.states <= known, act.name
        assert not act.leads_to or act.leads_to in known, act.name
        for waits in offer.waits:
            assert set(waits.states) <= act.states, act.name
    if kind.unfinished is not None:
        _column, states = kind.unfinished
        assert set(states) <= known


@for_every_kind
def test_each_of_its_states_is_left_by_an_act_unless_it_ends_there(kind: Kind) -> None:
    left = {state for offer in kind.offers for state in offer.act.states}
    stuck = states_of(kind) - left - ENDS - ENDS_OF_A_KIND.get(kind.name, frozenset())
    told = "a state where documents end belongs to ENDS, or to ENDS_OF_A_KIND"
    assert stuck <= ({POSTED_AT_ONCE} if not has_states(kind) else set()), told


# Words and icons


@for_every_kind
def test_its_words_are_translated_when_they_are_shown(kind: Kind, project: Path) -> None:
    catalogue = polib.pofile(str(project / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"))
    wrong = []
    for where, word in words_of(kind):
        if not isinstance(word, Promise):
            wrong.append(f"{where}: {word!r} is no lazy translation")
            continue
        with translation.override(None):
            said = str(word)
        entry = catalogue.find(said)
        if said and (entry is None or not entry.msgstr or entry.fuzzy):
            wrong.append(f"{where}: {said!r} is not translated")
    assert wrong == []


@for_every_kind
def test_its_icons_are_drawn(kind: Kind, project: Path) -> None:
    (sprite,) = project.glob("static/vendor/tabler-icons-*/sprite.svg")
    drawn = set(re.findall(r'<symbol id="([a-z0-9-]+)"', sprite.read_text()))
    named = {offer.icon for offer in kind.offers} | {waits.icon for waits in waits_of(kind)}
    assert named | ({kind.icon} if kind.section else set()) <= drawn


@for_every_kind
def test_its_list_is_linked_once_in_its_section(kind: Kind) -> None:
    link = f"{kind.namespace}:{kind.name}_list"
    linked = [name for name, section in SECTIONS.items() for item in section.items if item.url_name == link]
    assert linked == [kind.section] if kind.section else len(linked) <= 1


# Pages and answers


@pytest.mark.django_db
@for_every_kind
def test_a_reader_sees_list_document_and_files(there: World, kind: Kind) -> None:
    client, document = signed_in(reader(there, kind)), document_of(kind)
    listed = kind.url("list")
    assert document.number in client.get(listed).content.decode()
    for form in ("csv", "xlsx"):
        file = client.get(listed, {"format": form})
        assert (file.status_code, file["Content-Disposition"].endswith(f'.{form}"')) == (200, True)
    for query in ({}, {"print": ""}):
        shown = client.get(document.get_absolute_url(), query)
        assert shown.status_code == 200
        assert document.number in shown.content.decode()


@pytest.mark.django_db
@for_every_kind
def test_a_reader_is_answered_the_same_by_the_api(there: World, kind: Kind) -> None:
    client, document = signed_in(reader(there, kind)), document_of(kind)
    listed = client.get(reverse(f"api_{kind.name}-list"))
    assert listed.status_code == 200
    (row,) = [row for row in listed.json()["results"] if row["id"] == document.pk]
    whole = client.get(reverse(f"api_{kind.name}-detail", args=[document.pk]))
    assert whole.status_code == 200
    assert set(row) <= set(whole.json())
    assert row["number"] == whole.json()["number"] == document.number


@pytest.mark.django_db
@for_every_kind
def test_what_the_api_says_may_be_done_has_an_address(there: World, kind: Kind) -> None:
    document = document_of(kind)
    entered_elsewhere = {end_in_api(offer) for offer in kind.offers if offer.request is None}
    for person in those_who_act(there, kind):
        whole = signed_in(person).get(reverse(f"api_{kind.name}-detail", args=[document.pk])).json()
        told = set(whole.get("acts", [])) - entered_elsewhere
        assert [name for name in told if not address_in_api(kind, name)] == [], person


@pytest.mark.django_db
@for_every_kind
def test_each_page_of_an_act_is_shown_to_somebody_who_may(there: World, kind: Kind) -> None:
    document, people = document_of(kind), those_who_act(there, kind)
    for name in kind.offer_of:
        for person in [one for one in people if kind.may_act(one, document, name)]:
            assert signed_in(person).get(kind.url(name, document.pk)).status_code < 400, (name, person)
    if kind.has_entry_page:
        assert any(signed_in(person).get(kind.url("add")).status_code == 200 for person in people)


@pytest.mark.django_db
@for_every_kind
def test_page_and_api_are_narrowed_by_the_same_names(there: World, kind: Kind) -> None:
    client, document = signed_in(reader(there, kind)), document_of(kind)
    fields = filterset_of(kind)(queryset=kind.model._default_manager.none()).form.fields
    names = {
        **dict.fromkeys((*FILTERS_OF_ALL, *FORMER_NAMES), ""),
        **{name: given(fields[name]) for name in filters_of(kind)},
    }
    assert set(kind.folded) <= set(names)
    for url in (kind.url("list"), reverse(f"api_{kind.name}-list")):
        # All at once: a name that one of them does not know is refused, and told.
        answer = client.get(url, {**names, "q": "anything"})
        assert answer.status_code == 200, (url, answer.content.decode())
        for name in ("prepared_to", *FORMER_NAMES):
            told = client.get(url, {name: "2000-01-01"}).content.decode()
            assert document.number not in told, (url, name)
        for site in (document.site_id, document.site.code):
            assert document.number in client.get(url, {"site": site}).content.decode(), (url, site)
        refused = client.get(url, {"no_such_filter": "1"})
        assert (refused.status_code, "no_such_filter" in refused.content.decode()) == (400, True), url


@for_every_kind
def test_its_list_takes_each_of_its_states(kind: Kind) -> None:
    if not has_states(kind):
        return
    asked = QueryDict(mutable=True)
    asked.setlist("state", sorted(states_of(kind)))
    found = filterset_of(kind)(asked, queryset=kind.model._default_manager.all())
    assert found.is_valid(), found.errors


# What waits


@pytest.mark.django_db
def test_every_decision_that_waits_is_counted_and_listed(there: World) -> None:
    for role in ("supervisor", "customs_officer"):
        person: Any = there.people[role]
        client = signed_in(person)
        assert client.get(reverse("documents:approvals")).status_code == 200
        assert all(pile.number for pile in piles_to_decide(person))
        for decision in _decisions():
            assert decision.rows(decider(person)).count() >= 0
            assert client.get(decision.url).status_code == 200, decision.url


@pytest.mark.django_db
@for_every_kind
def test_what_waits_says_what_it_is_about_and_is_answered_by_acts(there: World, kind: Kind) -> None:
    document = kind.model._default_manager.select_related("site", "prepared_by", *kind.related).get(
        pk=document_of(kind).pk
    )
    told = kind.about([document])
    assert set(told) <= {document.pk}
    assert all(isinstance(word, str) for words in told.values() for word in words)
    assert isinstance(kind.reason(document), str)
    for offer in kind.offers:
        for waits in offer.waits if offer.act.who is not BY_POSTERS else ():
            answers = waits.answers(document) if callable(waits.answers) else waits.answers
            assert set(answers) <= set(kind.offer_of), waits.label
            kind.model._default_manager.order_by(waits.since).first()


@pytest.mark.django_db
@for_every_kind
def test_its_unfinished_documents_are_found_by_their_day(there: World, kind: Kind) -> None:
    if kind.unfinished is not None:
        column, states = kind.unfinished
        rows = kind.model._default_manager.filter(state__in=states, **{f"{column}__isnull": False})
        assert rows.count() >= 0


def page_at(url: str) -> ResolverMatch:
    return resolve(url.partition("?")[0])


def methods_of(found: ResolverMatch) -> set[str]:
    return set(found.func.actions)  # type: ignore[attr-defined]


def end_in_api(offer: Offer) -> str:
    return offer.path or offer.act.name.replace("_", "-")


def address_in_api(kind: Kind, end: str) -> str:
    try:
        return reverse(f"api_{kind.name}-{end}", args=[7])
    except NoReverseMatch:
        return ""


def has_states(kind: Kind) -> bool:
    return any(field.name == "state" for field in kind.model._meta.fields)


def operations_of(kind: Kind) -> list[Any]:
    """The module of its operations; of a package, each module in it."""
    name = f"{kind.model.__module__.rpartition('.')[0]}.operations"
    whole: Any = import_module(name)
    return [whole, *(import_module(f"{name}.{one.name}") for one in iter_modules(getattr(whole, "__path__", ())))]


def filters_of(kind: Kind) -> dict[str, Any]:
    return {name: one for name, one in kind.filters.items() if isinstance(one, filters.Filter)}


def states_of(kind: Kind) -> set[str]:
    """The states of a kind; what has none is posted as soon as it is entered."""
    if not has_states(kind):
        return {POSTED_AT_ONCE}
    field: Any = kind.model._meta.get_field("state")
    return {str(state) for state, _words in field.choices}


def waits_of(kind: Kind) -> list[Waits]:
    return [waits for offer in kind.offers for waits in offer.waits]


def words_of(kind: Kind) -> Iterator[tuple[str, Any]]:
    """Every word of a declaration that people read, with where it stands."""
    yield from (("title", kind.title), ("empty_text", kind.empty_text))
    if kind.entry is not None:
        entry = kind.entry
        texts = (entry.title, entry.subtitle, entry.button, entry.button_again)
        yield from (("entry", text) for text in texts if text)
    for offer in kind.offers:
        yield from ((f"act {offer.act.name}", text) for text in (offer.label, offer.question) if text)
    yield from (("waits", waits.label) for waits in waits_of(kind))
    yield from ((f"column {name}", one.verbose_name) for name, one in kind.columns.items() if one.verbose_name)
    yield from ((f"filter {name}", one.label) for name, one in filters_of(kind).items())


def given(field: Any) -> str:
    """What a filter takes; one of several that are chosen cannot be empty."""
    if isinstance(field, forms.MultipleChoiceField):
        return str(next(key for key, _words in field.choices))
    return ""


def document_of(kind: Kind) -> Any:
    found = kind.model._default_manager.order_by("pk").first()
    assert found is not None, "The world of tests/world.py has none."
    return found


def reader(there: World, kind: Kind) -> Any:
    """Somebody who reads documents of the kind and acts on none."""
    assert Role.AUDITOR in kind.readers
    return there.people["auditor"]


def those_who_act(there: World, kind: Kind) -> list[User]:
    named = ("operator", "supervisor", "customs_officer", *(("carrier",) if Role.AIRLINE in kind.readers else ()))
    return [person for name in named if (person := there.people[name]) is not None]


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client
