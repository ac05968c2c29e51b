"""Worlds that are built once for the tests that follow each other in them.

Each stands in a transaction of its own, in which every test's transaction is a savepoint: each test finds it as it was
built. One may be built in another; whatever a test does not ask for is taken down before it begins, all of it before a
test that needs real transactions.
"""

import copy
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.transaction import Atomic

Build = Callable[..., Any]

BUILDS = "_builds_a_standing_world"


def standing(build: Build) -> Any:
    """A fixture that hands out a copy of what `build` makes; other standing worlds are its only arguments."""
    within = list(inspect.signature(build).parameters.values())

    def as_built(db: None, **others: Any) -> Any:
        return worlds.copy_of(build, others)

    as_built.__name__, as_built.__doc__ = build.__name__, build.__doc__
    named = inspect.Parameter("db", inspect.Parameter.POSITIONAL_OR_KEYWORD)
    setattr(as_built, "__signature__", inspect.Signature([named, *within]))  # noqa: B010  (unknown to mypy)
    setattr(as_built, BUILDS, build)
    return pytest.fixture(as_built)


@dataclass(frozen=True)
class Level:
    """A world in the worlds that it was built in, each as its build left them."""

    build: Build
    values: dict[Build, Any]
    atomic: Atomic


class Worlds:
    """Those that stand, each built in the one before."""

    def __init__(self) -> None:
        self._levels: list[Level] = []
        self._copies: dict[Build, Any] = {}

    def make_ready(self, item: pytest.Item) -> None:
        """Let the worlds that the test asks for stand, and no others."""
        wanted = {} if _is_transactional(item) else _asked_for(item)
        order, kept = list(wanted), 0
        if connection.in_atomic_block:
            for level, build in zip(self._levels, order, strict=False):
                if level.build is not build:
                    break
                kept += 1
        self.take_down(down_to=kept)
        for build in order[kept:]:
            self._build_up(build, wanted[build])
        self._copies = self._values()

    def make_room(self, item: pytest.Item, blocker: Any) -> None:
        """Take all of them down before a test begins that needs real transactions, or a browser.

        Playwright leaves an event loop running in the thread, where Django has another connection than before.
        """
        if self._levels and (_is_transactional(item) or "page" in item.fixturenames):  # type: ignore[attr-defined]
            with blocker.unblock():
                self.take_down()

    def take_down(self, *, down_to: int = 0) -> None:
        """All of them, or only those that were built after so many."""
        while len(self._levels) > down_to:
            _undo(self._levels.pop().atomic)

    def copy_of(self, build: Build, others: dict[str, Any]) -> Any:
        """The world, or one of the test's own where it asks for it only while it runs."""
        return self._copies[build] if build in self._copies else build(**others)

    def _values(self) -> dict[Build, Any]:
        """Copies made together, so that what one world knows of another is a part of the same copy."""
        return copy.deepcopy(self._levels[-1].values) if self._levels else {}

    def _build_up(self, build: Build, within: list[Build]) -> None:
        atomic, values = transaction.atomic(), self._values()
        atomic.__enter__()
        try:
            values[build] = build(*(values[one] for one in within))
        except BaseException:
            _undo(atomic)
            raise
        self._levels.append(Level(build, values, atomic))


worlds = Worlds()


def _undo(atomic: Atomic) -> None:
    if connection.in_atomic_block:
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


def _asked_for(item: Any) -> dict[Build, list[Build]]:
    """The worlds, each after those that it is built in, with these."""
    known = item._fixtureinfo.name2fixturedefs

    def build_of(name: str) -> Build | None:
        # Of fixtures of one name the last is the nearest to the test.
        return getattr(known[name][-1].func, BUILDS, None) if known.get(name) else None

    found: dict[Build, list[Build]] = {}

    def add(build: Build | None) -> None:
        if build is not None and build not in found:
            within = [one for name in inspect.signature(build).parameters if (one := build_of(name)) is not None]
            for one in within:
                add(one)
            found[build] = within

    for name in item.fixturenames:
        add(build_of(name))
    return found


def _is_transactional(item: Any) -> bool:
    marker = item.get_closest_marker("django_db")
    by_name = {"transactional_db", "live_server"} & set(item.fixturenames)
    return bool(by_name or (marker and marker.kwargs.get("transaction")))
