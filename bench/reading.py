"""What reading costs as the ledger grows, and what a back-dated posting costs in an old one."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
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


@dataclass(frozen=True)
class Readings:
    """The ledger at one age, read as of a noon in the middle of a month that has long been closed."""

    history: History
    sizes: Sizes

    @property
    def as_of(self) -> datetime:
        month = add_months(self.history.end, -min(MONTHS_BACK, self.history.months - 1))
        return datetime(month.year, month.month, 15, 12, tzinfo=CUSTOMS_TIME)

    def stock(self) -> float:
        return self._in_database(_STOCK, [self.history.yard.zone, Journal.STOCK, self.as_of])

    def full_scan(self) -> float:
        yard = self.history.yard
        return self._in_database(_FULL_SCAN, [yard.zone, Journal.STOCK, self.as_of, yard.abroad])

    def account(self) -> float:
        yard = self.history.yard
        return self._in_database(_ACCOUNT, [yard.first_lot, yard.first_bin, Journal.STOCK, Hold.FREE, self.as_of])

    def reconciliation(self) -> float:
        """A month's statement with all its lines, by the wall clock; its book and its floor must come out even.

        Raises:
            RuntimeError: they do not, or nothing moved.
        """
        first = add_months(self.history.end, -2)
        book = AccountBook.objects.get(place=self.history.yard.book)
        scope = Scope(book, first, add_months(first, 1) - timedelta(days=1))
        taken = []
        for _ in range(self.sizes.readings + 1):
            began = time.perf_counter()
            statement = reconcile(scope)
            taken.append((time.perf_counter() - began) * 1_000)
        if statement.unexplained or not statement.total["opening"].quantity:
            raise RuntimeError("The statement of the made month does not come out even.")
        return median(taken[1:])

    def _in_database(self, sql: str, parameters: list[object]) -> float:
        return milliseconds_in_database(sql, parameters, times=self.sizes.readings)


def reading_rows(history: History, sizes: Sizes) -> Iterator[Row]:
    """Grow the ledger to each of its ages, read it there, and at the end post into it."""
    statements = []
    for months in sizes.months:
        history.grow(months)
        readings, size = Readings(history, sizes), f"{history.entries() / 1_000_000:.2g} M entries"
        is_last = months == sizes.months[-1]
        scan, stock, account = readings.full_scan(), readings.stock(), readings.account()
        yield Row(f"scan_{months}", f"full scan of {size}", MILLISECONDS, scan, 1.0, against="full scan")
        yield Row(
            f"stock_{months}",
            f"stock of all accounts as of a day, {size}",
            MILLISECONDS,
            stock,
            stock / scan,
            against="full scan",
            target=1 / 30 if is_last else None,
            is_ceiling=True,
        )
        yield Row(
            f"account_{months}",
            f"one account as of a day, {size}",
            MILLISECONDS,
            account,
            target=1.0,
            is_ceiling=True,
        )
        statements.append(readings.reconciliation())
        yield Row(
            f"reconciliation_{months}",
            f"a month's reconciliation, {size}",
            MILLISECONDS,
            statements[-1],
            statements[-1] / statements[0],
            against="the younger ledger",
            target=1.5 if is_last else None,
            is_ceiling=True,
        )
    yield from _back_dated_rows(history, sizes)


def _back_dated_rows(history: History, sizes: Sizes) -> Iterator[Row]:
    """A posting of now and one that is told a month late, in turn, each committed."""
    postings = relocations(history.yard, seed=0)
    late_at = datetime.combine(history.end, datetime.min.time(), CUSTOMS_TIME) - timedelta(days=BACK_DATED_DAYS)
    taken: dict[str, list[float]] = {"normal": [], "late": []}
    for number in range(20 * sizes.readings):
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


def first_month(months: int) -> date:
    """The first of that many months, the last of which is the month before the present one."""
    return add_months(datetime.now(CUSTOMS_TIME).date(), -months)
