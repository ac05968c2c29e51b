"""One fictional warehouse: its people, its trade, what it knows of its stock, and what is still to happen there."""

import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from customs.models import AccountBook
from registry.errors import RuleBroken
from registry.models import Item, Organisation, Place, Site
from registry.models.sites import BIN_KINDS
from reports.demo.calendar import Agenda, Event
from reports.demo.people import Crew
from reports.demo.trade import Assortment, season_of

# Operations that are kept together in one database transaction while a year is told.
TOGETHER = 40


@dataclass
class Pace:
    """How much happens, on average, on a working day of an ordinary month at a site of ordinary size."""

    admissions: float = 0.07
    withdrawals: float = 0.125
    relocations: float = 0.065
    lines: int = 22
    # At the tank farm, every day of the week, by so many of the airlines.
    flights: int = 8
    airlines: int = 16


@dataclass
class Warehouse:
    """One site with its people, its trade, and what it knows of its stock."""

    site: Site
    book: AccountBook
    crew: Crew
    owners: dict[str, Organisation]
    assortments: list[Assortment]
    busy: float
    pace: Pace
    agenda: Agenda
    chance: random.Random
    bins: list[Place] = field(init=False)
    free: defaultdict[tuple[str, Item], Decimal] = field(init=False)
    told: Counter[str] = field(default_factory=Counter)
    # One step follows the other within minutes.
    is_quick: bool = False

    def __post_init__(self) -> None:
        places = Place.objects.filter(site=self.site, kind__in=sorted(BIN_KINDS), is_open=True)
        self.bins = list(places.order_by("code"))
        self.room_kg = {place: place.capacity_kg or Decimal(10**9) for place in self.bins}
        self.free = defaultdict(Decimal)

    def live(self) -> None:
        """Let everything happen, in order of time."""
        while self.agenda:
            if self.agenda.next_is_alone:
                self.let_happen(*self.agenda.take())
                continue
            with transaction.atomic():
                for _ in range(TOGETHER):
                    if not self.agenda or self.agenda.next_is_alone:
                        break
                    self.let_happen(*self.agenda.take())

    def let_happen(self, at: datetime, event: Event) -> None:
        """Let an event happen; what the rules refuse is counted."""
        try:
            event(at)
        except RuleBroken as refused:
            self.told[f"refused: {refused.code}"] += 1

    def number(self, expected: float) -> int:
        """How often something happens on a day on which it is expected so often at a site of ordinary size."""
        whole, rest = divmod(expected * self.busy, 1)
        return int(whole) + (self.chance.random() < rest)

    def season(self, month: int) -> float:
        """How much is traded here in the month, against an ordinary one."""
        items = [item for assortment in self.assortments for item in assortment.items]
        return sum(season_of(item, month) for item in items) / len(items)

    def later(self, at: datetime, first: int, last: int) -> datetime:
        """Some hours later; what would fall into the night happens the next morning."""
        if self.is_quick:
            return at + timedelta(minutes=self.chance.randint(4, 9))
        then = at + timedelta(hours=self.chance.randint(first, last), minutes=self.chance.randrange(60))
        if not 8 <= then.hour < 20:
            then = (then + timedelta(hours=12)).replace(hour=self.chance.randint(8, 11))
        return then

    def key(self) -> UUID:
        """A request key that is the same whenever the year is told anew."""
        return UUID(int=self.chance.getrandbits(128), version=4)
