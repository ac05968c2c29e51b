"""What posting costs: the function, post() from Django, batches, contention, a hot boundary, the API, and the peers."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection

from bench import workers
from bench.measure import Paced, Rate, Row, beside_raw
from bench.pgbench import Pgbench
from bench.scripts import ADMIT, RAW, RELOCATE
from bench.sizes import API_BATCH, BATCH, CLIENTS, CONTENDED_ACCOUNTS, PROCESSES, Sizes
from bench.yard import Yard

ACT_LEGS = 5


@dataclass(frozen=True)
class Writing:
    """Everything that the measurements of posting share.

    Args:
        peers: each peer's module, by its name, and the URL of its prepared database.
        api: the address of the REST API, and the token to use it with.
    """

    yard: Yard
    sizes: Sizes
    pgbench: Pgbench
    peers: dict[str, tuple[str, str]]
    api: tuple[str, str]

    def rows(self) -> list[Row]:
        """Measure everything in the same rounds, and put it in order."""
        deadlocks = _deadlocks()
        measured = {
            "raw_prepared": lambda: self._pgbench(RAW, prepared=True),
            "function": lambda: self._pgbench(RELOCATE),
            "post_1": self._post(processes=1),
            "post_4": self._post(processes=PROCESSES),
            "batch": self._post(processes=PROCESSES, batch=BATCH),
            "contended": lambda: self._pgbench(RELOCATE, few=True),
            "contended_acts": self._post(processes=PROCESSES, batch=ACT_LEGS, few=True),
            "boundary": lambda: self._pgbench(ADMIT),
            "api_single": self._api(batch=1),
            "api_batch": self._api(batch=API_BATCH),
            **{f"peer_{name}": self._peer(name) for name in self.peers},
        }
        raw: list[float] = []

        def measure_raw() -> float:
            raw.append(self._pgbench(RAW))
            return raw[-1]

        paced = beside_raw(measure_raw, measured, rounds=self.sizes.rounds)
        raw.sort()
        return [
            Row("raw", f"RAW: one statement per posting, {CLIENTS} clients", "postings/s", raw[len(raw) // 2], 1.0),
            *self._promised(paced),
            Row(
                "deadlocks",
                "deadlocks in all of this",
                "",
                _deadlocks() - deadlocks,
                target=0,
                is_ceiling=True,
            ),
            *self._peer_rows(paced),
        ]

    def _promised(self, paced: dict[str, Paced]) -> list[Row]:
        told: list[tuple[str, str, float | None]] = [
            ("raw_prepared", "RAW, its statement prepared once per session", None),
            ("function", f"the SQL function, {CLIENTS} clients", 0.70),
            ("post_1", "post() from Django, 1 process", None),
            ("post_4", f"post() from Django, {PROCESSES} processes", 0.22),
            ("batch", f"post() in batches of {BATCH:,}, {PROCESSES} processes", 2.0),
            ("contended", f"{CONTENDED_ACCOUNTS} contended accounts, {CLIENTS} clients", 0.45),
            ("contended_acts", f"acts of {ACT_LEGS} legs on them, {PROCESSES} processes", None),
            ("boundary", f"one hot boundary account, {CLIENTS} clients", 0.60),
            ("api_single", f"REST API, one relocation per request, {PROCESSES} clients", None),
            ("api_batch", f"REST API, {API_BATCH} relocations per request, {PROCESSES} clients", None),
        ]
        return [_row(code, title, paced[code], target) for code, title, target in told]

    def _peer_rows(self, paced: dict[str, Paced]) -> list[Row]:
        peers = [_row(f"peer_{name}", f"{name}, {PROCESSES} processes", paced[f"peer_{name}"]) for name in self.peers]
        fastest = max(peers, key=lambda row: row.value)
        ahead = Row(
            "ahead_of_peers",
            f"post() from Django, {PROCESSES} processes",
            "postings/s",
            paced["post_4"].rate,
            paced["post_4"].ratio / (fastest.ratio or 1),
            against=fastest.title,
            target=1.0,
        )
        return [*peers, ahead]

    def _pgbench(self, script: str, *, few: bool = False, prepared: bool = False) -> float:
        ids = self._yard(few=few).ids()
        return self.pgbench.rate(script, ids=ids, seconds=self.sizes.seconds, prepared=prepared)

    def _yard(self, *, few: bool) -> Yard:
        return self.yard.with_accounts(CONTENDED_ACCOUNTS) if few else self.yard

    def _post(self, *, processes: int, batch: int = 1, few: bool = False) -> Rate:
        arguments = [json.dumps(self._yard(few=few).ids()), str(batch), str(self.sizes.seconds)]
        return lambda: workers.rate("bench.posting", arguments, processes=processes)

    def _api(self, *, batch: int) -> Rate:
        arguments = [*self.api, json.dumps(self.yard.ids()), str(batch), str(self.sizes.seconds)]
        return lambda: workers.rate("bench.requesting", arguments, processes=PROCESSES)

    def _peer(self, name: str) -> Callable[[], float]:
        module, database_url = self.peers[name]
        return lambda: workers.rate(module, ["post", database_url, str(self.sizes.seconds)], processes=PROCESSES)


def _row(code: str, title: str, paced: Paced, target: float | None = None) -> Row:
    return Row(code, title, "postings/s", paced.rate, paced.ratio, paced.spread, target=target)


def _deadlocks() -> int:
    """Deadlocks that the server has met in any database so far."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute("SELECT sum(deadlocks) FROM pg_stat_database")
        (deadlocks,) = cursor.fetchone()
    return int(deadlocks)
