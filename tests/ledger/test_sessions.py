"""Sessions that post at once wait for each other in one order and never for ever."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from django.db import connection, transaction

from ledger.models import Balance, Closing
from ledger.operations import close_period
from ledger.postings import NotEnoughStock, PeriodClosed, Posting
from ledger.verification import verify
from tests.conftest import AS_OWNER
from tests.ledger.conftest import NOON, Yard

pytestmark = pytest.mark.django_db(transaction=True)


class Session:
    """One database session of several in a test: it posts, and commits when it is told to."""

    def __init__(self, pool: ThreadPoolExecutor, yard: Yard, *steps: tuple[Posting, ...]) -> None:
        self.yard, self.steps = yard, steps
        self.has_posted = Event()
        self.may_go_on = Event()
        self.task = pool.submit(self.run)

    def run(self) -> None:
        try:
            with transaction.atomic():
                for postings in self.steps:
                    self.yard.post(*postings)
                    self.has_posted.set()
                    assert self.may_go_on.wait(20)
        finally:
            connection.close()

    def post_first(self) -> "Session":
        assert self.has_posted.wait(20)
        return self

    def go_on(self) -> None:
        self.may_go_on.set()


def in_session(act: Callable[[], Any]) -> Callable[[], Any]:
    def acting() -> Any:
        try:
            return act()
        finally:
            connection.close()

    return acting


def until_waiting(number: int) -> None:
    """Return when so many sessions of this database wait for a lock."""
    for _ in range(1000):
        with transaction.atomic(), connection.cursor() as cursor:
            # What a session waits for is told to the role that it was begun for.
            cursor.execute(AS_OWNER)
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone() == (number,):
                return
        time.sleep(0.01)
    raise AssertionError(f"No {number} sessions wait")


def close(yard: Yard) -> None:
    close_period(site_id=yard.site.pk, through=NOON.date(), actor_id=None, at=NOON + timedelta(days=9))


def test_of_two_withdrawals_at_once_exactly_one_succeeds(committed_yard: Yard) -> None:
    yard = committed_yard
    lot = yard.lot("100")
    yard.admit(lot)
    postings = [yard.posting(lot, yard.account("A-01"), yard.account("DOMESTIC"), "60") for _ in range(2)]

    def withdraw(number: int) -> bool:
        try:
            yard.post(postings[number])
        except NotEnoughStock:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(withdraw, range(2))) == [False, True]
    assert Balance.objects.get(lot=lot).quantity == 40


def test_closing_waits_for_postings_under_way_and_refuses_those_behind_it(committed_yard: Yard) -> None:
    yard = committed_yard
    first, second = yard.lot(), yard.lot()
    late = yard.admission(second)
    with ThreadPoolExecutor(3) as pool:
        early = Session(pool, yard, (yard.admission(first),)).post_first()
        closing = pool.submit(in_session(lambda: close(yard)))
        until_waiting(1)
        refused = pool.submit(in_session(lambda: yard.post(late)))
        until_waiting(2)
        early.go_on()
        early.task.result(20)
        closing.result(20)
        with pytest.raises(PeriodClosed):
            refused.result(20)
    assert list(Closing.objects.values_list("lot", "quantity")) == [(first.pk, 100)]
    assert list(verify()) == []


def test_closing_amid_postings_from_many_sessions_holds_all_that_was_posted(committed_yard: Yard) -> None:
    yard = committed_yard
    lots = [yard.lot() for _ in range(6)]
    yard.post(*(yard.admission(lot) for lot in lots))
    bin_one, bin_two = yard.account("A-01"), yard.account("A-02")
    postings = [[yard.posting(lot, bin_one, bin_two, "1") for _ in range(15)] for lot in lots]

    def post_until_closed(number: int) -> int:
        for done, posting in enumerate(postings[number]):
            try:
                yard.post(posting)
            except PeriodClosed:
                return done
        return len(postings[number])

    with ThreadPoolExecutor(7) as pool:
        counts = [pool.submit(in_session(lambda number=number: post_until_closed(number))) for number in range(6)]
        pool.submit(in_session(lambda: close(yard))).result(20)
        moved = [count.result(20) for count in counts]
    held = Closing.objects.filter(place=bin_two.place_id).values_list("lot", "quantity")
    assert dict(held) == {lot.pk: count for lot, count in zip(lots, moved, strict=True) if count}
    assert list(verify()) == []


def test_batch_that_waits_for_a_closing_holds_no_account_meanwhile(committed_yard: Yard) -> None:
    yard = committed_yard
    first, second = yard.lot(), yard.lot()
    yard.post(yard.admission(first), yard.admission(second))
    shelf, market = yard.account("A-01"), yard.account("DOMESTIC")
    batch = [yard.posting(second, shelf, market, "1") for _ in range(2)]
    with ThreadPoolExecutor(3) as pool:
        early = Session(
            pool, yard, (yard.posting(first, shelf, market, "1"),), (yard.posting(second, shelf, market, "1"),)
        ).post_first()
        closing = pool.submit(in_session(lambda: close(yard)))
        until_waiting(1)
        refused = pool.submit(in_session(lambda: yard.post(*batch)))
        until_waiting(2)
        early.go_on()
        early.task.result(20)
        closing.result(20)
        with pytest.raises(PeriodClosed):
            refused.result(20)


def test_single_posting_and_batch_into_the_same_new_account_do_not_deadlock(committed_yard: Yard) -> None:
    yard = committed_yard
    lot = yard.lot()
    yard.admit(lot)
    bin_one, bin_two, market = (yard.account(code) for code in ("A-01", "A-02", "DOMESTIC"))
    single = yard.posting(lot, bin_one, bin_two, "1")
    batch = [yard.posting(lot, bin_one, bin_two, "1") for _ in range(2)]
    with ThreadPoolExecutor(3) as pool:
        holder = Session(pool, yard, (yard.posting(lot, bin_one, market, "1"),)).post_first()
        tasks = [pool.submit(in_session(lambda: yard.post(single)))]
        until_waiting(1)
        tasks.append(pool.submit(in_session(lambda: yard.post(*batch))))
        until_waiting(2)
        holder.go_on()
        for task in [holder.task, *tasks]:
            task.result(20)
    held = Balance.objects.filter(lot=lot).order_by("place__code").values_list("place__code", "quantity")
    assert list(held) == [("A-01", 96), ("A-02", 3)]
    assert list(verify()) == []
