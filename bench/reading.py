"""What reading costs as a ledger grows older, and what a back-dated posting costs in an old one.

A young and an old ledger, alike but for their age, are read in turn, so that what else the machine does meets both.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from statistics import median

from bench.history import CUSTOMS_TIME, History, add_months
from bench.measure import Row, milliseconds_in_database
from bench.posting import relocations
from bench.sizes import Sizes
from customs.models import AccountBook
from ledger.models import Hold, Journal
from ledger.operations import post
from reports.reconciliation.statement import Scope, reconcile

_STOCK = "SELECT * FROM ledger_stock_at(%s::bigint, NULL, NULL, %s::smallint, %s::timestamptz, NULL)"
_ACCOUNT = "SELECT * FROM ledger_account_at(%s::bigint, %s::bigint, %s::smallint, %s::smallint, %s::timestamptz, NULL)"
_FULL_SCAN = """
SELECT e.lot_id, e.place_id, e.journal, e.hold, sum(e.quantity), sum(e.net_mass_kg), sum(e.customs_value_cny),
    sum(e.duty_cny), sum(e.consumption_tax_cny), sum(e.vat_cny)
FROM ledger_entry e
WHERE e.zone_id = %s AND e.journal = %s AND e.occurred_at < %s AND e.place_id <> %s
GROUP BY e.lot_id, e.place_id, e.journal, e.hold
"""
MILLISECONDS = "ms"
BACK_DATED_DAYS = 30
MONTHS_BACK = 6
READINGS_A_TURN = 3
BACK_DATED_POSTINGS = 60

Using = Callable[[], AbstractContextManager[None]]


@dataclass(frozen=True)
class Ledger:
    """One ledger to be read, as of a noon in the middle of a month that has long been closed.

    Args:
        using: connects Django to its database for a while.
    """

    history: History
    entries: int
    using: Using

    @property
    def size(self) -> str:
        return f"{self.entries / 1_000_000:.2g} M entries"

    @property
    def as_of(self) -> datetime:
        month = add_months(self.history.end, -min(MONTHS_BACK, self.history.months - 1))
        return datetime(month.year, month.month, 15, 12, tzinfo=CUSTOMS_TIME)

    def read(self) -> dict[str, float]:
        """Every reading once, in milliseconds: medians of a few, after one that warms up."""
        yard = self.history.yard
        asked: dict[str, tuple[str, list[object]]] = {
            "scan": (_FULL_SCAN, [yard.zone, Journal.STOCK, self.as_of, yard.abroad]),
            "stock": (_STOCK, [yard.zone, Journal.STOCK, self.as_of]),
            "account": (_ACCOUNT, [yard.first_lot, yard.first_bin, Journal.STOCK, Hold.FREE, self.as_of]),
        }
        with self.using():
            return {
                **{
                    code: milliseconds_in_database(sql, parameters, times=READINGS_A_TURN)
                    for code, (sql, parameters) in asked.items()
                },
                "reconciliation": self._reconciliation(),
            }

    def _reconciliation(self) -> float:
        """A month's statement with all its lines, by the wall clock; its book and its floor must come out even.

        Raises:
            RuntimeError: they do not, or nothing moved.
        """
        first = add_months(self.history.end, -2)
        book = AccountBook.objects.get(place=self.history.yard.book)
        scope = Scope(book, first, add_months(first, 1) - timedelta(days=1))
        taken = []
        for _ in range(READINGS_A_TURN + 1):
            began = time.perf_counter()
            statement = reconcile(scope)
            taken.append((time.perf_counter() - began) * 1_000)
        if statement.unexplained or not statement.total["opening"].quantity:
            raise RuntimeError("The statement of the made month does not come out even.")
        return median(taken[1:])


def reading_rows(young: Ledger, old: Ledger, sizes: Sizes) -> Iterator[Row]:
    """Read both in turn, and at the end post into the old one."""
    turns = [(young.read(), old.read()) for _ in range(sizes.readings)]
    for number, ledger in enumerate((young, old)):
        read = [turn[number] for turn in turns]
        taken = {code: median(reading[code] for reading in read) for code in read[0]}
        is_old = ledger is old
        yield Row(
            f"scan_{number}", f"full scan of {ledger.size}", MILLISECONDS, taken["scan"], 1.0, against="full scan"
        )
        yield Row(
            f"stock_{number}",
            f"stock of all accounts as of a day, {ledger.size}",
            MILLISECONDS,
            taken["stock"],
            median(reading["stock"] / reading["scan"] for reading in read),
            _extremes(reading["stock"] / reading["scan"] for reading in read),
            against="full scan",
            target=1 / 30 if is_old else None,
            is_ceiling=True,
        )
        yield Row(
            f"account_{number}",
            f"one account as of a day, {ledger.size}",
            MILLISECONDS,
            taken["account"],
            target=1.0,
            is_ceiling=True,
        )
        growth = [turn[number]["reconciliation"] / turn[0]["reconciliation"] for turn in turns]
        yield Row(
            f"reconciliation_{number}",
            f"a month's reconciliation, {ledger.size}",
            MILLISECONDS,
            taken["reconciliation"],
            median(growth),
            _extremes(growth) if is_old else None,
            against="the young ledger",
            target=1.5 if is_old else None,
            is_ceiling=True,
        )
    with old.using():
        yield from _back_dated_rows(old.history, sizes)


def _extremes(ratios: Iterable[float]) -> tuple[float, float]:
    given = list(ratios)
    return min(given), max(given)


def _back_dated_rows(history: History, sizes: Sizes) -> Iterator[Row]:
    """A posting of now and one that is told a month late, in turn, each committed."""
    postings = relocations(history.yard, seed=0)
    late_at = datetime.combine(history.end, datetime.min.time(), CUSTOMS_TIME) - timedelta(days=BACK_DATED_DAYS)
    taken: dict[str, list[float]] = {"normal": [], "late": []}
    for number in range(BACK_DATED_POSTINGS * sizes.readings):
        posting, kind = next(postings), "late" if number % 2 else "normal"
        if kind == "late":
            posting = replace(posting, occurred_at=late_at + timedelta(minutes=number))
        began = time.perf_counter()
        post(zone_id=history.yard.zone, actor_id=None, postings=[posting])
        taken[kind].append((time.perf_counter() - began) * 1_000)
    normal, late = median(taken["normal"][2:]), median(taken["late"][2:])
    yield Row("post_normal", "a posting of now", MILLISECONDS, normal, 1.0, against="a posting of now")
    yield Row(
        "post_late",
        f"a posting back-dated to {BACK_DATED_DAYS} days before the last",
        MILLISECONDS,
        late,
        late / normal,
        against="a posting of now",
        target=1.5,
        is_ceiling=True,
    )
