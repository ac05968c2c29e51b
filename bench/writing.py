"""What posting costs: the function, post() from Django, batches, contention, a hot boundary, the API, and the peers."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import connection

from bench import workers
from bench.databases import PeerFailed
from bench.measure import Paced, Rate, Row, beside_raw, failed
from bench.pgbench import Pgbench
from bench.scripts import ADMIT, RAW, RELOCATE
from bench.sizes import API_BATCH, BATCH, CLIENTS, CONTENDED_ACCOUNTS, PROCESSES, Sizes
from bench.yard import Yard

ACT_LEGS = 5


@dataclass(frozen=True)
class Writing:
    """Everything that the measurements of posting share.

    Args:
        peers: each peer's module, by its name, and the URL of its prepared database; or why it has none.
        api: the address of the REST API, and the token to use it with; or why it is not served.
    """

    yard: Yard
    sizes: Sizes
    pgbench: Pgbench
    peers: dict[str, tuple[str, str] | PeerFailed]
    api: tuple[str, str] | Exception

    def rows(self) -> Iterator[Row]:
        """Each row as soon as it is measured, in the order in which they are told."""
        deadlocks = _deadlocks()
        raw = sorted(self._raw() for _ in range(self.sizes.rounds))
        title = f"RAW: one prepared statement per posting, {CLIENTS} clients"
        yield Row("raw", title, "postings/s", raw[len(raw) // 2], 1.0)
        rates = self._rates()
        told: dict[str, Row] = {}
        measured = {code: rate for code, (_title, rate, _target) in rates.items()}
        for code, paced in beside_raw(self._raw, measured, rounds=self.sizes.rounds):
            title, _rate, target = rates[code]
            if isinstance(paced, Exception):
                told[code] = failed(code, title, paced)
            else:
                told[code] = _row(code, title, paced, target)
            yield told[code]
        yield Row("deadlocks", "deadlocks in all of this", "", _deadlocks() - deadlocks, target=0, is_ceiling=True)
        yield from _ahead(told)

    def _rates(self) -> dict[str, tuple[str, Rate, float | None]]:
        """By code what is measured: its title, how, and the ratio to RAW that is promised."""
        few = f"{CONTENDED_ACCOUNTS} contended accounts, {CLIENTS} clients"
        return {
            "raw_simple": ("RAW by the simple protocol, parsed each time", self._raw_simple, None),
            "function": (f"the SQL function, {CLIENTS} clients", lambda: self._pgbench(RELOCATE), 0.33),
            "post_1": ("post() from Django, 1 process", self._post(processes=1), None),
            "post_4": (f"post() from Django, {PROCESSES} processes", self._post(processes=PROCESSES), 0.10),
            "batch": (
                f"post() in batches of {BATCH:,}, {PROCESSES} processes",
                self._post(processes=PROCESSES, batch=BATCH),
                0.95,
            ),
            "contended": (few, lambda: self._pgbench(RELOCATE, few=True), 0.21),
            "contended_acts": (
                f"acts of {ACT_LEGS} legs on them, {PROCESSES} processes",
                self._post(processes=PROCESSES, batch=ACT_LEGS, few=True),
                None,
            ),
            "boundary": (f"one hot boundary account, {CLIENTS} clients", lambda: self._pgbench(ADMIT), 0.28),
            "api_single": (
                f"REST API, one relocation per request, {PROCESSES} clients",
                self._api(batch=1),
                None,
            ),
            "api_batch": (
                f"REST API, {API_BATCH} relocations per request, {PROCESSES} clients",
                self._api(batch=API_BATCH),
                None,
            ),
            **{f"peer_{name}": (f"{name}, {PROCESSES} processes", self._peer(name), None) for name in self.peers},
        }

    def _raw(self) -> float:
        return self._pgbench(RAW)

    def _raw_simple(self) -> float:
        return self._pgbench(RAW, prepared=False)

    def _pgbench(self, script: str, *, few: bool = False, prepared: bool = True) -> float:
        ids = self._yard(few=few).ids()
        return self.pgbench.rate(script, ids=ids, seconds=self.sizes.seconds, prepared=prepared)

    def _yard(self, *, few: bool) -> Yard:
        return self.yard.with_accounts(CONTENDED_ACCOUNTS) if few else self.yard

    def _post(self, *, processes: int, batch: int = 1, few: bool = False) -> Rate:
        arguments = [json.dumps(self._yard(few=few).ids()), str(batch), str(self.sizes.seconds)]
        return lambda: workers.rate("bench.posting", arguments, processes=processes)

    def _api(self, *, batch: int) -> Rate:
        if isinstance(self.api, Exception):
            problem = self.api
            return lambda: _raise(problem)
        arguments = [*self.api, json.dumps(self.yard.ids()), str(batch), str(self.sizes.seconds)]
        return lambda: workers.rate("bench.requesting", arguments, processes=PROCESSES)

    def _peer(self, name: str) -> Callable[[], float]:
        peer = self.peers[name]
        if isinstance(peer, PeerFailed):
            return lambda: _raise(peer)
        module, database_url = peer
        return lambda: workers.rate(module, ["post", database_url, str(self.sizes.seconds)], processes=PROCESSES)


def _raise(problem: Exception) -> float:
    raise problem


def _ahead(told: dict[str, Row]) -> Iterator[Row]:
    """How far post() is ahead of the fastest peer that could be measured."""
    ours = told["post_4"]
    peers = [row for code, row in told.items() if code.startswith("peer_") and not row.failure]
    if ours.failure or not peers:
        return
    fastest = max(peers, key=lambda row: row.value)
    ratio = (ours.ratio or 0) / (fastest.ratio or 1)
    yield Row("ahead_of_peers", ours.title, "postings/s", ours.value, ratio, against=fastest.title, target=1.0)


def _row(code: str, title: str, paced: Paced, target: float | None = None) -> Row:
    return Row(code, title, "postings/s", paced.rate, paced.ratio, paced.spread, target=target)


def _deadlocks() -> int:
    """Deadlocks that the server has met in any database so far."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute("SELECT sum(deadlocks) FROM pg_stat_database")
        (deadlocks,) = cursor.fetchone()
    return int(deadlocks)
