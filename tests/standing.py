"""Worlds that are built once for the tests that follow each other in them.

A world stands in a transaction of its own, in which every test's transaction is a savepoint: each finds it as it was
built. It is taken down before a test that needs another one, none, or real transactions.
"""

import copy
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.transaction import Atomic

Build = Callable[[], Any]

BUILDS = "_builds_a_standing_world"


def standing(build: Build) -> Any:
    """A fixture that hands out a copy of what `build` makes."""

    def as_built(db: None) -> Any:
        return worlds.copy_of(build)

    as_built.__name__, as_built.__doc__ = build.__name__, build.__doc__
    setattr(as_built, BUILDS, build)
    return pytest.fixture(as_built)


class Worlds:
    """At most one of them stands."""

    def __init__(self) -> None:
        self._build: Build | None = None
        self._built: Any = None
        self._atomic: Atomic | None = None

    def make_ready(self, item: pytest.Item) -> None:
        """Let the world that the test asks for stand, and no other."""
        wanted = None if _is_transactional(item) else _asked_for(item)
        if wanted is not self._build or (self._build is not None and not connection.in_atomic_block):
            self.take_down()
            if wanted is not None:
                self._build_up(wanted)

    def take_down(self) -> None:
        if self._atomic is not None:
            if connection.in_atomic_block:
                transaction.set_rollback(True)
                self._atomic.__exit__(None, None, None)
            self._build = self._built = self._atomic = None

    def copy_of(self, build: Build) -> Any:
        """The world, or one of the test's own where it asks for it only while it runs, or for several."""
        return copy.deepcopy(self._built) if build is self._build else build()

    def _build_up(self, build: Build) -> None:
        self._atomic = transaction.atomic()
        self._atomic.__enter__()
        self._build = build
        try:
            self._built = build()
        except BaseException:
            self.take_down()
            raise


worlds = Worlds()


def _asked_for(item: Any) -> Build | None:
    known = item._fixtureinfo.name2fixturedefs
    # Of fixtures of one name the last is the nearest to the test.
    asked = [getattr(known[name][-1].func, BUILDS, None) for name in item.fixturenames if known.get(name)]
    found = [build for build in asked if build is not None]
    return found[0] if len(found) == 1 else None


def _is_transactional(item: Any) -> bool:
    marker = item.get_closest_marker("django_db")
    by_name = {"transactional_db", "live_server"} & set(item.fixturenames)
    return bool(by_name or (marker and marker.kwargs.get("transaction")))
