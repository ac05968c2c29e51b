"""A closed period holds what its accounts held, and nothing enters it any more."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from threading import Event

import pytest
from django.db import connection, transaction

from ledger.models import Closing, Period
from ledger.operations import close_period
from ledger.postings import PeriodClosed, PeriodNotOver
from ledger.queries import closed_through, day_after
from ledger.verification import verify
from tests.ledger.conftest import NOON, Yard

DAY = NOON.date()


def close(yard: Yard, through: date) -> Period:
    return close_period(site_id=yard.site.pk, through=through, actor_id=None, at=NOON + timedelta(days=30))


def closings(through: date) -> list[tuple[str, Decimal, Decimal]]:
    return list(
        Closing.objects.filter(closed_through_date=through)
        .order_by("place__code")
        .values_list("place__code", "quantity", "customs_value_cny")
    )


def test_closing_carries_the_previous_one_and_the_movements_since(yard: Yard) -> None:
    lot = yard.lot()
    yard.admit(lot)
    bin_one, bin_two = yard.account("A-01"), yard.account("A-02")
    assert closed_through(site_id=yard.site.pk) is None
    close(yard, DAY)
    yard.post(yard.posting(lot, bin_one, bin_two, "40", at=NOON + timedelta(days=2)))
    yard.post(yard.posting(lot, bin_one, yard.account("DOMESTIC"), "60", at=NOON + timedelta(days=5)))
    close(yard, DAY + timedelta(days=3))
    close(yard, DAY + timedelta(days=5))
    close(yard, DAY + timedelta(days=9))
    assert closings(DAY) == [("A-01", 100, 1000)]
    assert closings(DAY + timedelta(days=3)) == [("A-01", 60, 600), ("A-02", 40, 400)]
    assert closings(DAY + timedelta(days=5)) == closings(DAY + timedelta(days=9)) == [("A-02", 40, 400)]
    assert closed_through(site_id=yard.site.pk) == DAY + timedelta(days=9)
    assert list(verify()) == []


def test_closed_period_cannot_be_closed_again(yard: Yard) -> None:
    close(yard, DAY)
    for day in (DAY, DAY - timedelta(days=1)):
        with pytest.raises(PeriodClosed):
            close(yard, day)


def test_day_is_closed_only_when_it_is_over_in_the_zone(yard: Yard) -> None:
    midnight = day_after(day=DAY, site_id=yard.site.pk)
    act = {"site_id": yard.site.pk, "through": DAY, "actor_id": None}
    with pytest.raises(PeriodNotOver):
        close_period(**act, at=midnight - timedelta(seconds=1))
    close_period(**act, at=midnight)


def waits_for_period_lock(number: int) -> None:
    """Return when so many sessions wait for the table of periods."""
    for _ in range(500):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'ledger_period'::regclass")
            if cursor.fetchone() == (number,):
                return
        time.sleep(0.01)
    raise AssertionError(f"No {number} sessions wait for the table of periods")


@pytest.mark.django_db(transaction=True)
def test_closing_waits_for_postings_under_way_and_refuses_those_behind_it(committed_yard: Yard) -> None:
    yard = committed_yard
    first, second = yard.lot(), yard.lot()
    early, late = yard.admission(first), yard.admission(second)
    posted, may_commit = Event(), Event()

    def post_early() -> None:
        with transaction.atomic():
            yard.post(early)
            posted.set()
            assert may_commit.wait(20)
        connection.close()

    def close_day() -> None:
        close(yard, DAY)
        connection.close()

    def post_late() -> None:
        try:
            with pytest.raises(PeriodClosed):
                yard.post(late)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        running = [pool.submit(post_early)]
        assert posted.wait(20)
        running.append(pool.submit(close_day))
        waits_for_period_lock(1)
        running.append(pool.submit(post_late))
        waits_for_period_lock(2)
        may_commit.set()
        for task in running:
            task.result(timeout=20)
    assert list(Closing.objects.values_list("lot", "quantity")) == [(first.pk, 100)]
    assert list(verify()) == []


@pytest.mark.django_db(transaction=True)
def test_closing_amid_postings_from_many_sessions_holds_all_that_was_posted(committed_yard: Yard) -> None:
    yard = committed_yard
    lots = [yard.lot() for _ in range(6)]
    for lot in lots:
        yard.admit(lot)
    bin_one, bin_two = yard.account("A-01"), yard.account("A-02")
    postings = [[yard.posting(lot, bin_one, bin_two, "1") for _ in range(15)] for lot in lots]

    def post_until_closed(number: int) -> int:
        done = 0
        try:
            for posting in postings[number]:
                yard.post(posting)
                done += 1
        except PeriodClosed:
            pass
        finally:
            connection.close()
        return done

    def close_day() -> None:
        close(yard, DAY)
        connection.close()

    with ThreadPoolExecutor(7) as pool:
        counts = [pool.submit(post_until_closed, number) for number in range(6)]
        pool.submit(close_day).result()
        moved = [count.result() for count in counts]
    held = Closing.objects.filter(place=bin_two.place_id).values_list("lot", "quantity")
    assert dict(held) == {lot.pk: count for lot, count in zip(lots, moved, strict=True) if count}
    assert list(verify()) == []
