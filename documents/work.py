"""What waits for whoever posts documents: every app adds the states in which its documents wait for the next step."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise

from documents.models import Document
from registry.models import User
from registry.rules import POSTERS, sites_where

Text = str | Promise


@dataclass(frozen=True, slots=True)
class WorkStep:
    """A state in which documents of a kind wait for somebody who posts, and what that person does next.

    Args:
        listed_at: the name of the address of their list, which is asked for the state.
        only: those in the state that wait at all, where some do not.
    """

    model: type[Document]
    state: str
    label: Text
    icon: str
    listed_at: str
    only: Q | None = None

    @property
    def condition(self) -> Q:
        in_state = Q(state=self.state)
        return in_state if self.only is None else in_state & self.only


@dataclass(frozen=True, slots=True)
class Work:
    """How many documents wait at a step."""

    step: WorkStep
    number: int


_steps: list[WorkStep] = []


def register_work(*steps: WorkStep) -> None:
    """Add steps in the order of the work, from an app's ``ready()``; the same once."""
    _steps.extend(step for step in steps if step not in _steps)


def work_waiting(*, user: User) -> list[Work]:
    """What waits for somebody who posts documents at the user's sites, in the order of the work; zeros too.

    Each kind is counted by one question.
    """
    sites = sites_where(user, *POSTERS)
    numbers: dict[int, int] = {}
    for model, steps in _by_model():
        counts = {f"step_{index}": Count("pk", filter=step.condition) for index, step in steps}
        told = _at(model, sites, steps).aggregate(**counts)
        numbers |= {index: told[f"step_{index}"] for index, _step in steps}
    return [Work(step, numbers[index]) for index, step in enumerate(_steps)]


def oldest_work(*, user: User, most: int) -> list[Any]:
    """The documents that have waited longest for somebody who posts at the user's sites, oldest first."""
    sites = sites_where(user, *POSTERS)
    found: list[Any] = []
    for model, steps in _by_model():
        rows = _at(model, sites, steps).filter(_any(step.condition for _index, step in steps))
        found.extend(rows.select_related("site").order_by("prepared_at", "pk")[:most])
    return sorted(found, key=lambda document: (document.prepared_at, document.number))[:most]


Steps = list[tuple[int, WorkStep]]


def _by_model() -> list[tuple[type[Document], Steps]]:
    steps: dict[type[Document], Steps] = {}
    for index, step in enumerate(_steps):
        steps.setdefault(step.model, []).append((index, step))
    return list(steps.items())


def _at(model: type[Document], sites: QuerySet[Any], steps: Steps) -> QuerySet[Any]:
    rows: QuerySet[Any] = model._default_manager.filter(site__in=sites, state__in={step.state for _, step in steps})
    return rows


def _any(conditions: Iterable[Q]) -> Q:
    found = Q()
    for condition in conditions:
        found |= condition
    return found
