"""What waits for whoever posts documents: each state in which a kind says that its documents wait for the next step."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import QuerySet, Value
from django.utils.functional import Promise

from documents.kinds import Kind, Waits, declared_kinds
from registry.counting import count_each
from registry.models import Site, User
from registry.rules import POSTERS, sites_where

Text = str | Promise
# What is read of a document that waits.
COLUMNS = ("id", "number", "state", "prepared_at", "site_id")


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

    def rows(self, sites: QuerySet[Any]) -> QuerySet[Any]:
        """The documents that wait at these sites."""
        found: QuerySet[Any] = self.kind.model._default_manager.filter(
            self.waits.only, site__in=sites, state=self.state
        )
        return found


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
        for offer, waits in kind.waiting(for_posters=True)
        for state in waits.states or sorted(offer.act.states)
    )


def work_waiting(*, user: User) -> list[Work]:
    """What waits for somebody who posts documents at the user's sites, in the order of the work; zeros too.

    All kinds are counted by one question.
    """
    sites = sites_where(user, *POSTERS)
    steps = _work_steps()
    numbers = count_each([step.rows(sites) for step in steps])
    return [Work(step, number) for step, number in zip(steps, numbers, strict=True)]


def oldest_work(*, user: User, most: int) -> list[Any]:
    """The documents that have waited longest for somebody who posts at the user's sites, oldest first.

    One question finds them, whatever their kinds; each has its number, state, site and when it was prepared.
    """
    sites = sites_where(user, *POSTERS)
    steps = _work_steps()
    waiting = [
        step.rows(sites).annotate(nth=Value(nth)).order_by("prepared_at", "number").values_list(*COLUMNS, "nth")[:most]
        for nth, step in enumerate(steps)
    ]
    if not waiting:
        return []
    found = list(waiting[0].union(*waiting[1:], all=True).order_by("prepared_at", "number")[:most])
    documents = [_read(steps[nth].kind.model, dict(zip(COLUMNS, columns, strict=True))) for *columns, nth in found]
    site_of = Site.objects.in_bulk({document.site_id for document in documents})
    for document in documents:
        document.site = site_of[document.site_id]
    return documents


def _read(model: Any, columns: dict[str, Any]) -> Any:
    """A document of which these columns were read; the others are read when they are asked for."""
    in_order = [known.attname for known in model._meta.concrete_fields if known.attname in columns]
    return model.from_db(DEFAULT_DB_ALIAS, in_order, [columns[name] for name in in_order])
