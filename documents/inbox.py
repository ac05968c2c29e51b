"""What waits for a person's decision; every app adds the documents of its own."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from documents.officers import Decider, decider
from documents.steps import OfferedStep
from registry.counting import count_each
from registry.models import User

Text = str | Promise
# What an address carries while one decides from the inbox, so that one comes back to it.
FROM_INBOX = "?from=approvals"


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for this user's decision; `about` says in a line what it comes to.

    `steps` begin with what lets it go on; whatever stands behind sends it back.
    """

    what: Text
    number: str
    url: str
    site: str
    who: str
    at: datetime
    about: str
    reason: str
    steps: list[OfferedStep]


@dataclass(frozen=True, slots=True)
class Heap:
    """What of one kind waits for this user, not counted yet, and where it is listed."""

    label: Text
    rows: QuerySet[Any]
    url: str
    icon: str


@dataclass(frozen=True, slots=True)
class Pile:
    """How much of one kind waits for this user, and where it is listed."""

    label: Text
    number: int
    url: str
    icon: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """How an app answers what waits for a user's decision.

    Args:
        heaps: what is decided one by one, each kind; counted on every page, so it must be cheap.
        oldest: at most so many of the same, the longest waiting first; as many queries for one as for many.
        elsewhere: what waits in such numbers that it is decided on a page of its own; only counted.
    """

    heaps: Callable[[Decider], list[Heap]]
    oldest: Callable[[Decider, int], list[Waiting]]
    elsewhere: Callable[[Decider], list[Heap]] = field(default=lambda _who: [])


_inboxes: list[Inbox] = []


def register_inbox(inbox: Inbox) -> None:
    """Add what waits in an app, from its ``ready()``; the same once."""
    if inbox not in _inboxes:
        _inboxes.append(inbox)


def longest_waiting(*, user: User, most: int) -> list[Waiting]:
    """What has waited longest for the user's decision in all apps, oldest first."""
    who = decider(user)
    found = [waiting for inbox in _inboxes for waiting in inbox.oldest(who, most)]
    return sorted(found, key=lambda waiting: (waiting.at, waiting.number))[:most]


def piles_to_decide(user: User) -> list[Pile]:
    """How much of each kind waits in the inbox; kinds of which nothing waits are left out."""
    return _counted(_heaps(decider(user)))


def piles_elsewhere(user: User) -> list[Pile]:
    """What waits for the user on pages of its own; kinds of which nothing waits are left out."""
    who = decider(user)
    return _counted([heap for inbox in _inboxes for heap in inbox.elsewhere(who)])


def decisions_in_all(user: User) -> int:
    """How many decisions wait in the inbox."""
    return sum(count_each(waiting_decisions(user)))


def waiting_decisions(user: User) -> list[QuerySet[Any]]:
    """What waits in the inbox, to be counted."""
    return [heap.rows for heap in _heaps(decider(user))]


def _heaps(who: Decider) -> list[Heap]:
    return [heap for inbox in _inboxes for heap in inbox.heaps(who)]


def _counted(heaps: list[Heap]) -> list[Pile]:
    numbers = count_each([heap.rows for heap in heaps])
    return [
        Pile(heap.label, number, heap.url, heap.icon) for heap, number in zip(heaps, numbers, strict=True) if number
    ]
