"""What is measured, and how: slices that run side by side, and readings that are repeated."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median

from django.db import connection

Rate = Callable[[], float]


@dataclass
class Row:
    """One line of the result: what, how much of it, and its ratio to what it is held against.

    Args:
        ratio: to `against`; None where nothing is held against it.
        target: what the ratio, or without one the value, must reach or must not exceed; None where nothing is promised.
        is_ceiling: whether the target must not be exceeded.
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

    @property
    def holds(self) -> bool | None:
        """Whether the promise is kept; None where there is none."""
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


def beside_raw(raw: Rate, measured: Mapping[str, Rate], *, rounds: int) -> dict[str, Paced]:
    """Run RAW, the first, RAW, the second, RAW ... and all of it again, so that what else the machine does meets all.

    Each slice is held against the mean of the two slices of RAW around it.
    """
    pairs: dict[str, list[tuple[float, float]]] = {code: [] for code in measured}
    before = raw()
    for _ in range(rounds):
        for code, rate in measured.items():
            achieved, after = rate(), raw()
            pairs[code].append((achieved, achieved / ((before + after) / 2)))
            before = after
    return {code: _paced(slices) for code, slices in pairs.items()}


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
