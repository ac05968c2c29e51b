"""What is measured, and how: slices that run side by side, and readings that are repeated."""

import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from statistics import median

from django.db import connection

Rate = Callable[[], float]
LONGEST_FAILURE = 200


@dataclass
class Row:
    """One line of the result: what, how much of it, and its ratio to what it is held against.

    Args:
        ratio: to `against`; None where nothing is held against it.
        target: what the ratio, or without one the value, must reach or must not exceed; None where nothing is promised.
        is_ceiling: whether the target must not be exceeded.
        failure: why it could not be measured; empty where it was.
    """

    code: str
    title: str
    unit: str
    value: float
    ratio: float | None = None
    spread: tuple[float, float] | None = None
    against: str = "RAW"
    target: float | None = None
    is_ceiling: bool = False
    failure: str = ""

    @property
    def holds(self) -> bool | None:
        """Whether the promise is kept; None where there is none. What failed keeps none."""
        if self.failure:
            return False
        if self.target is None:
            return None
        promised = self.value if self.ratio is None else self.ratio
        return promised <= self.target if self.is_ceiling else promised >= self.target


@dataclass(frozen=True)
class Paced:
    """The median rate, the median ratio to RAW, and the lowest and highest ratio."""

    rate: float
    ratio: float
    spread: tuple[float, float]


def failed(code: str, title: str, problem: BaseException) -> Row:
    """The row of what could not be measured: it says why, in one line."""
    told = str(problem).strip().splitlines() or [type(problem).__name__]
    return Row(code, title, "", 0.0, failure=told[-1][:LONGEST_FAILURE])


def attempted(code: str, title: str, rows: Callable[[], Iterable[Row]]) -> Iterator[Row]:
    """The rows of a part as they are measured; where it fails, a row that says so in their place."""
    try:
        yield from rows()
    except Exception as problem:
        traceback.print_exc()
        yield failed(code, title, problem)


def beside_raw(raw: Rate, measured: Mapping[str, Rate], *, rounds: int) -> Iterator[tuple[str, Paced | Exception]]:
    """Run RAW, the first, RAW, the first, RAW ... then the second so; each told as soon as its rounds are over.

    Each slice is held against the mean of the two slices of RAW around it, so that what else the machine does meets
    both. One that fails is told with what it died of, and the next is run.
    """
    for code, rate in measured.items():
        try:
            yield code, _paced(list(_slices(raw, rate, rounds)))
        except Exception as problem:
            yield code, problem


def _slices(raw: Rate, rate: Rate, rounds: int) -> Iterator[tuple[float, float]]:
    before = raw()
    for _ in range(rounds):
        achieved, after = rate(), raw()
        yield achieved, achieved / ((before + after) / 2)
        before = after


def _paced(slices: list[tuple[float, float]]) -> Paced:
    ratios = [ratio for _rate, ratio in slices]
    return Paced(median(rate for rate, _ratio in slices), median(ratios), (min(ratios), max(ratios)))


def milliseconds_in_database(sql: str, parameters: list[object], *, times: int) -> float:
    """The median time that PostgreSQL itself takes for planning and executing a statement, when it has run before."""
    with connection.cursor() as cursor:
        taken = []
        for _ in range(times + 1):
            cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}", parameters)
            (plan,) = cursor.fetchone()[0]
            taken.append(plan["Planning Time"] + plan["Execution Time"])
    return median(taken[1:])
