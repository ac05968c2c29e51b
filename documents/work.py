"""What waits for whoever posts documents: each state in which a kind says that its documents wait for the next step."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise

from documents.kinds import Kind, Waits, declared_kinds
from documents.operations.acts import BY_POSTERS
from registry.models import User
from registry.rules import POSTERS, sites_where

Text = str | Promise


@dataclass(frozen=True, slots=True)
class WorkStep:
    """A state in which documents of a kind wait for somebody who posts, and what that person does next."""

    kind: Kind
    waits: Waits
    state: str

    @property
    def label(self) -> Text:
        return self.waits.label

    @property
    def icon(self) -> str:
        return self.waits.icon

    @property
    def url(self) -> str:
        """Where they are listed."""
        return f"{self.kind.url('list')}?state={self.state}"

    @property
    def condition(self) -> Q:
        return Q(state=self.state) & self.waits.only


@dataclass(frozen=True, slots=True)
class Work:
    """How many documents wait at a step."""

    step: WorkStep
    number: int


@cache
def _work_steps() -> tuple[WorkStep, ...]:
    """All of them in the order of the work."""
    return tuple(
        WorkStep(kind, waits, state)
        for kind in declared_kinds()
        for offer in kind.offers
        if offer.act.who is BY_POSTERS
        for waits in offer.waits
        for state in waits.states or sorted(offer.act.states)
    )


def work_waiting(*, user: User) -> list[Work]:
    """What waits for somebody who posts documents at the user's sites, in the order of the work; zeros too.

    Each kind is counted by one question.
    """
    sites = sites_where(user, *POSTERS)
    numbers: dict[int, int] = {}
    for kind, steps in _by_kind():
        counts = {f"step_{index}": Count("pk", filter=step.condition) for index, step in steps}
        told = _at(kind, sites, steps).aggregate(**counts)
        numbers |= {index: told[f"step_{index}"] for index, _step in steps}
    return [Work(step, numbers[index]) for index, step in enumerate(_work_steps())]


def oldest_work(*, user: User, most: int) -> list[Any]:
    """The documents that have waited longest for somebody who posts at the user's sites, oldest first."""
    sites = sites_where(user, *POSTERS)
    found: list[Any] = []
    for kind, steps in _by_kind():
        rows = _at(kind, sites, steps).filter(_any(step.condition for _index, step in steps))
        found.extend(rows.select_related("site").order_by("prepared_at", "pk")[:most])
    return sorted(found, key=lambda document: (document.prepared_at, document.number))[:most]


Steps = list[tuple[int, WorkStep]]


def _by_kind() -> list[tuple[Kind, Steps]]:
    steps: dict[Kind, Steps] = {}
    for index, step in enumerate(_work_steps()):
        steps.setdefault(step.kind, []).append((index, step))
    return list(steps.items())


def _at(kind: Kind, sites: QuerySet[Any], steps: Steps) -> QuerySet[Any]:
    states = {step.state for _, step in steps}
    rows: QuerySet[Any] = kind.model._default_manager.filter(site__in=sites, state__in=states)
    return rows


def _any(conditions: Iterable[Q]) -> Q:
    found = Q()
    for condition in conditions:
        found |= condition
    return found
