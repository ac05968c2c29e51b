"""The working days of the demo year, and the queue in which what is planned happens in order of time."""

import heapq
import random
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

CUSTOMS_TIME = ZoneInfo("Asia/Shanghai")


def working_days(first: date, last: date) -> Iterator[date]:
    """Every day but Sundays, both ends included."""
    day = first
    while day <= last:
        if day.weekday() != 6:
            yield day
        day += timedelta(days=1)


def month_ends(first: date, last: date) -> Iterator[date]:
    """The last day of every month that begins on or after the first day and is over by the last.

    Each is the day before the first of the next month, so that no month drifts into another.
    """
    begins = first.replace(day=1)
    while True:
        next_begins = (begins + timedelta(days=32)).replace(day=1)
        if next_begins > last:
            return
        yield next_begins - timedelta(days=1)
        begins = next_begins


def moment(day: date, chance: random.Random, *, first_hour: int = 9, last_hour: int = 16) -> datetime:
    """Some time of that working day, by the clock of customs."""
    return datetime(
        day.year, day.month, day.day, chance.randint(first_hour, last_hour), chance.randrange(60), tzinfo=CUSTOMS_TIME
    )


Event = Callable[..., object]


class Agenda:
    """What is still to happen, earliest first; what is due later than the end never does, and stays open work."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        self._due: list[tuple[datetime, int, bool, Event]] = []
        self._order = count()

    def __bool__(self) -> bool:
        return bool(self._due)

    def add(self, at: datetime, event: Event, *, alone: bool = False) -> None:
        """Plan an event; `alone` when it must have a database transaction of its own."""
        if at < self.until:
            heapq.heappush(self._due, (at, next(self._order), alone, event))

    @property
    def next_is_alone(self) -> bool:
        return self._due[0][2]

    def take(self) -> tuple[datetime, Event]:
        """The next event and its time."""
        at, _order, _alone, event = heapq.heappop(self._due)
        return at, event
