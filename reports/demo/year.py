"""Telling the demo year: every site on its own, two at a time, from the first working day to this moment."""

import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from multiprocessing import get_context

import django
from django.db import connection

from customs.models import AccountBook
from registry.models import Item, Organisation, Site, User
from reports.demo.arrivals import admit_goods
from reports.demo.aviation import JET_FUEL
from reports.demo.calendar import CUSTOMS_TIME, Agenda, moment, month_ends, working_days
from reports.demo.departures import withdraw_goods
from reports.demo.fuel import tell_fuel
from reports.demo.open_work import leave_open_work
from reports.demo.people import MAIN_SITE, Crew
from reports.demo.trade import OWNERS, SITES, Assortment
from reports.demo.upkeep import close_month, count_stock, move_goods
from reports.demo.warehouse import Pace, Warehouse

CLOSED_AFTER_DAYS = 8
BUSY_DAYS = 4
LEFT_OPEN_BEFORE = timedelta(hours=3)


def year_before(day: date) -> date:
    """The same day a year earlier; of 29 February the 28th."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def tell(
    crews: dict[str, Crew],
    *,
    first: date,
    until: datetime,
    pace: Pace,
    processes: int,
    fuel_crew: Crew | None = None,
) -> Counter[str]:
    """Let every site live from the first day until the moment; return how often what happened.

    Args:
        fuel_crew: of the tank farm; without one it stays as it is.
    """
    told: Counter[str] = Counter()
    people = {code: _ids(crew) for code, crew in crews.items()}
    # The busiest first, so that the last one to end is a small one.
    codes = sorted(crews, key=lambda code: -SITES[code][1])
    if processes == 1:
        if fuel_crew is not None:
            told += fuel_at(_ids(fuel_crew), first, until, pace)
        for code in codes:
            told += live_at(code, people[code], first, until, pace)
        return told
    connection.close()
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=django.setup) as pool:
        # The tank farm takes longest, so it begins first.
        fuelled = pool.submit(fuel_at, _ids(fuel_crew), first, until, pace) if fuel_crew is not None else None
        for happened in pool.map(
            live_at, codes, *zip(*[(people[code], first, until, pace) for code in codes], strict=True)
        ):
            told += happened
        if fuelled is not None:
            told += fuelled.result()
    return told


People = tuple[tuple[int, ...], int, int]


def fuel_at(people: People, first: date, until: datetime, pace: Pace) -> Counter[str]:
    """Let the tank farm live; deterministic."""
    _lose_nothing_that_matters()
    return tell_fuel(_crew(people), first=first, until=until, pace=pace)


def live_at(code: str, people: People, first: date, until: datetime, pace: Pace) -> Counter[str]:
    """Let one site live; deterministic by its code."""
    _lose_nothing_that_matters()
    here = _warehouse(code, _crew(people), until, pace)
    _plan(here, first, until)
    here.live()
    return here.told


def _lose_nothing_that_matters() -> None:
    """A demonstration that is cut off is loaded anew; nothing is lost that anybody typed."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")


def _plan(here: Warehouse, first: date, until: datetime) -> None:
    """Put everything that begins by itself on the agenda; what follows from it is put there as it happens."""
    last = until.astimezone(CUSTOMS_TIME).date()
    for day in working_days(first, last):
        # The last days are busy, so that whoever signs in finds work in every state.
        haste = (8 if here.site.code == MAIN_SITE else 3) if (last - day).days <= BUSY_DAYS else 1
        for _ in range(here.number(here.pace.admissions * here.season(day.month) * haste)):
            _add(here, day, admit_goods)
        for _ in range(here.number(here.pace.withdrawals * haste)):
            _add(here, day, withdraw_goods)
        for _ in range(here.number(here.pace.relocations)):
            _add(here, day, move_goods)
        if _is_quarterly_count(day) or (here.site.code == MAIN_SITE and day == _last_count(last)):
            _add(here, day, count_stock)
    if here.site.code == MAIN_SITE:
        here.agenda.add(here.agenda.until - LEFT_OPEN_BEFORE, lambda at: leave_open_work(here, at), alone=True)
    for last_day in month_ends(first, last - timedelta(days=CLOSED_AFTER_DAYS)):
        closes_at = moment(last_day + timedelta(days=CLOSED_AFTER_DAYS), here.chance)
        here.agenda.add(closes_at, lambda at, day=last_day: close_month(here, day, at), alone=True)


def _is_quarterly_count(day: date) -> bool:
    """The first Saturday of February, May, August and November."""
    return day.month % 3 == 2 and day.weekday() == 5 and day.day <= 7


def _last_count(last: date) -> date:
    """A working day shortly before the end, so that a count waits for approval."""
    day = last - timedelta(days=2)
    return day if day.weekday() != 6 else day - timedelta(days=1)


def _add(here: Warehouse, day: date, happens: Callable[[Warehouse, datetime], None]) -> None:
    here.agenda.add(moment(day, here.chance), lambda at: happens(here, at))


def _warehouse(code: str, crew: Crew, until: datetime, pace: Pace) -> Warehouse:
    owners, busy = SITES[code]
    site = Site.objects.select_related("zone", "organisation", "customs_office").get(code=code)
    items = list(Item.objects.exclude(code=JET_FUEL).select_related("unit").order_by("code"))
    assortments = [
        Assortment(owner, tuple(item for item in items if item.hs_code_id[:2] in OWNERS[owner])) for owner in owners
    ]
    return Warehouse(
        site=site,
        book=AccountBook.objects.get(site=site),
        crew=crew,
        owners={row.code: row for row in Organisation.objects.filter(code__in=owners)},
        assortments=assortments,
        busy=busy,
        pace=replace(pace),
        agenda=Agenda(until),
        chance=random.Random(f"bondbook {code}"),  # noqa: S311  (a story, not a secret)
    )


def _ids(crew: Crew) -> People:
    return tuple(user.pk for user in crew.operators), crew.supervisor.pk, crew.officer.pk


def _crew(people: People) -> Crew:
    operators, supervisor, officer = people
    users = User.objects.in_bulk([*operators, supervisor, officer])
    return Crew(tuple(users[pk] for pk in operators), users[supervisor], users[officer])
