"""`make demo`, without its year: it serves, survives whatever is killed under load, stops as one, starts again quickly.

One demonstration for all of it, because making its tables takes longer than the rest.
"""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from config.embedded.ports import is_free
from reports.demo.people import PASSWORD
from tests.config.demonstration import Demo, all_gone, children_of, data, running

__all__ = ["data"]
pytestmark = pytest.mark.slow

CLIENTS = 3
ANSWERS_NOTHING = {"The worker", "The timetable"}
MOVED = Decimal("0.01")
# A few days of one site, so that there is stock to move.
STOCK = """
import django; django.setup()
from django.core.management import call_command
from reports.demo.warehouse import Pace
few = Pace(admissions=0.4, withdrawals=0, relocations=0, lines=4)
call_command("load_demo", days=8, site=["HRS"], processes=1, pace=few)
"""


@dataclass
class Load:
    """Programs that move a little again and again; a request without an answer is sent again under its key."""

    demo: Demo
    headers: dict[str, str]
    moves: list[dict[str, str]]
    acknowledged: list[tuple[str, str]] = field(default_factory=list)
    refused: list[Any] = field(default_factory=list)
    ending: threading.Event = field(default_factory=threading.Event)
    # Between two moves, in seconds: while a process is killed that answers none of them, the load need not be heavy.
    pause: float = 0

    def go_on(self, move: dict[str, str]) -> None:
        while not self.ending.wait(self.pause):
            body = {"site": "HRS", "lines": [{**move, "quantity": str(MOVED)}]}
            self._until_acknowledged(str(uuid4()), body)

    def _until_acknowledged(self, key: str, body: Any) -> None:
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline:
            try:
                status, answer = self.demo.ask(
                    "POST", "/api/v1/relocations/", body, **self.headers, **{"Idempotency-Key": key}
                )
            except OSError:
                status, answer = 0, None
            if status == 201:
                self.acknowledged.append((key, answer["number"]))
                return
            if 400 <= status < 500:
                self.refused.append(answer)
                return
            time.sleep(0.1)
        self.refused.append(f"no answer to {key}")

    def wait_for_more(self, number: int = 5) -> None:
        """Wait until as many more are acknowledged by each program."""
        wanted, deadline = len(self.acknowledged) + number * CLIENTS, time.monotonic() + 90
        while len(self.acknowledged) < wanted:
            assert time.monotonic() < deadline, (self.demo.said, self.refused)
            time.sleep(0.05)


@contextmanager
def _under_load(load: Load) -> Iterator[None]:
    programs = [threading.Thread(target=load.go_on, args=[move]) for move in load.moves]
    for program in programs:
        program.start()
    try:
        load.wait_for_more()
        yield
    finally:
        load.ending.set()
        for program in programs:
            program.join()


def _signed_in(demo: Demo) -> dict[str, str]:
    sign_in = {"email": "operator@bondbook.example", "password": PASSWORD}
    status, answer = demo.ask("POST", "/api/v1/sign-in/", sign_in)
    assert status == 201, answer
    return {"Authorization": f"Token {answer['token']}"}


def _moves(demo: Demo, headers: dict[str, str]) -> list[dict[str, str]]:
    """For each program some lot with plenty of it in a bin, and another bin to move it to."""
    _status, held = demo.ask("GET", "/api/v1/balances/?site=HRS&journal=stock&hold=free&page_size=500", **headers)
    _status, places = demo.ask("GET", "/api/v1/places/?site=HRS&kind=bin&page_size=500", **headers)
    bins = {one["code"] for one in places["results"]}
    plenty = [one for one in held["results"] if one["place"] in bins and Decimal(one["quantity"]) > 100]
    by_lot = {one["lot"]: one["place"] for one in plenty}
    there = dict(list(by_lot.items())[:CLIENTS])
    assert len(there) == CLIENTS, held
    elsewhere = cycle(sorted(bins))
    return [
        {"lot": lot, "from_place": place, "to_place": next(one for one in elsewhere if one != place)}
        for lot, place in there.items()
    ]


def _count(demo: Demo, headers: dict[str, str]) -> int:
    number, path = 0, "/api/v1/relocations/?page_size=1000"
    while path:
        _status, listed = demo.ask("GET", path, **headers)
        number += len(listed["results"])
        following = urlsplit(listed["next"] or "")
        path = f"{following.path}?{following.query}" if following.query else ""
    return number


def _held(demo: Demo, headers: dict[str, str], move: dict[str, str], place: str) -> Decimal:
    _status, held = demo.ask("GET", f"/api/v1/balances/?lot={move['lot']}&journal=stock&page_size=500", **headers)
    return sum((Decimal(one["quantity"]) for one in held["results"] if one["place"] == move[place]), Decimal(0))


def _child(parent: int, mark: str) -> int:
    return next(pid for command, pid in children_of(parent).items() if mark in command)


def test_it_serves_loses_and_doubles_nothing_stops_in_order_and_starts_again(project: Path, data: Path) -> None:
    with running(project, data) as demo:
        assert f"http://127.0.0.1:{demo.port}/" in "\n".join(demo.said)
        assert (demo.status("/healthz"), demo.status("/sign-in/")) == (200, 200)
        assert len(demo.processes()) == 5
        demo.run("-c", STOCK)
        _nothing_is_lost_or_doubled_whatever_is_killed(demo)
        relocations = _count(demo, _signed_in(demo))
        children = list(demo.processes().values())
        assert len(children) == 5
        demo.process.send_signal(signal.SIGINT)
        assert demo.process.wait(60) == 0
        assert all_gone(children)
        assert is_free(demo.port)

    began = time.monotonic()
    with running(project, data) as demo:
        assert time.monotonic() - began < 20
        assert demo.status("/healthz") == 200
        assert "Making the tables ..." not in demo.said
        assert _count(demo, _signed_in(demo)) == relocations


def _nothing_is_lost_or_doubled_whatever_is_killed(demo: Demo) -> None:
    headers = _signed_in(demo)
    load = Load(demo, headers, _moves(demo, headers))
    relocations = _count(demo, headers)
    there_before = [_held(demo, headers, move, "to_place") for move in load.moves]
    with _under_load(load):
        for title, find in _victims(demo):
            heard = len(demo.said)
            load.pause = 0.3 if title in ANSWERS_NOTHING else 0
            os.kill(find(), signal.SIGKILL)
            if title:
                demo.wait_until_it_says(f"{title} ended by itself (killed by SIGKILL)", after=heard)
                demo.wait_until_it_says("Starting it again", after=heard)
                demo.wait_until_it_says(f"{title} runs again", after=heard)
            load.wait_for_more()
        _until(lambda: demo.status("/healthz") == 200)

    assert load.refused == []
    numbers = {number for _key, number in load.acknowledged}
    assert len(numbers) == len(load.acknowledged) == _count(demo, headers) - relocations
    moved = [
        _held(demo, headers, move, "to_place") - before for move, before in zip(load.moves, there_before, strict=True)
    ]
    assert sum(moved) == MOVED * len(load.acknowledged)
    demo.run("manage.py", "verify_ledger")


def _victims(demo: Demo) -> list[tuple[str, Callable[[], int]]]:
    """Each process, found anew when asked; with its name where the launcher starts it again and says so."""

    def launched(mark: str) -> Callable[[], int]:
        return lambda: _child(demo.process.pid, mark)

    database, web, worker = launched("bin/postgres"), launched("gunicorn"), launched(" worker ")
    return [
        ("", lambda: _child(database(), "bondbook bondbook")),
        ("", lambda: _child(web(), "gunicorn")),
        ("", lambda: _child(worker(), "celery")),
        ("The worker", worker),
        ("The timetable", launched(" beat ")),
        ("The broker", launched("valkey")),
        ("The web server", web),
        ("The database", database),
    ]


def _until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)
