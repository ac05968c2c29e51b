"""What waits for a decision, as the kinds of document declare it: the inbox."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from documents.inbox import FROM_INBOX, Heap, Inbox, Waiting, register_inbox
from documents.kinds import Kind, Offer, Waits, declared_kinds
from documents.officers import Decider
from documents.operations.acts import Who
from registry.counting import count_each
from registry.models import Role
from registry.versions import with_version


@dataclass(frozen=True, slots=True)
class _Decision:
    """An act that somebody other than who prepared the document is waited for."""

    kind: Kind
    offer: Offer
    waits: Waits

    @property
    def states(self) -> tuple[str, ...]:
        return self.waits.states or tuple(sorted(self.offer.act.states))

    def rows(self, who: Decider) -> QuerySet[Any]:
        """The documents that wait for somebody; for nobody who did a step before."""
        found: Any = self.kind.model._default_manager
        if self.waits.find is not None:
            found = self.waits.find(who)
        else:
            found = found.filter(self.waits.only, state__in=self.states, site__in=sites_of(self.offer.act.who, who))
        did_it_before = Q()
        for column in self.offer.act.not_by:
            did_it_before |= Q(**{column: who.user})
        rows: QuerySet[Any] = found.exclude(did_it_before) if did_it_before else found
        return rows

    @property
    def url(self) -> str:
        """Where they are listed."""
        asked = self.waits.query or urlencode([("state", state) for state in self.states])
        listed_at = reverse(self.waits.elsewhere) if self.waits.elsewhere else self.kind.url("list")
        return f"{listed_at}?{asked}"


def register_waiting() -> None:
    """Let the inbox ask what the kinds declare; from the ready() of this app."""
    register_inbox(Inbox(heaps=_heaps, oldest=_oldest, elsewhere=partial(_heaps, elsewhere=True)))


def sites_of(who: Any, decides: Decider) -> frozenset[int]:
    """The ids of the sites where somebody is one of those who may act."""
    if not isinstance(who, Who):
        raise TypeError("Who decides depends on the document: its Waits have to find the documents.")
    if who.for_customs:
        return decides.for_customs_at
    at_role = {Role.SUPERVISOR: decides.supervises, Role.CUSTOMS_OFFICER: decides.is_officer_at}
    return frozenset().union(*(at_role.get(role, frozenset()) for role in who.roles))


def _decisions(*, elsewhere: bool = False) -> list[_Decision]:
    return [
        _Decision(kind, offer, waits)
        for kind in declared_kinds()
        for offer, waits in kind.waiting(for_posters=False)
        if bool(waits.elsewhere) == elsewhere
    ]


def _heaps(who: Decider, *, elsewhere: bool = False) -> list[Heap]:
    return [
        Heap(one.waits.label, one.waits.counted(one.rows(who)), one.url, one.waits.icon)
        for one in _decisions(elsewhere=elsewhere)
    ]


def _oldest(who: Decider, most: int) -> list[Waiting]:
    found: list[Waiting] = []
    decisions = _decisions()
    # One question tells of which kinds something waits at all.
    for one, number in zip(decisions, count_each([one.rows(who) for one in decisions]), strict=True):
        if not number:
            continue
        rows = with_version(one.rows(who)).select_related(*{"site", "prepared_by", *one.kind.related})
        documents = list(rows.order_by(one.waits.since, "pk")[:most])
        about = one.kind.about(documents)
        found.extend(_waiting(one, document, about.get(document.pk, [])) for document in documents)
    return found


def _waiting(one: _Decision, document: Any, about: list[str]) -> Waiting:
    kind = one.kind
    return Waiting(
        what=document._meta.verbose_name,
        number=document.number,
        url=document.get_absolute_url(),
        site=document.site.code,
        who=str(document.prepared_by),
        at=getattr(document, one.waits.since),
        about=" · ".join(about),
        reason=kind.reason(document),
        steps=kind.offered(one.waits.answers_to(document, one.offer.act.name), document, query=FROM_INBOX),
    )
