"""Whatever is posted, in whatever order and from however many sessions: the ledger keeps its promises."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from ledger.models import MEASURES, Balance, Entry, Lot, Transaction
from ledger.operations import close_period, reverse
from ledger.postings import Hold, Journal, MovementKind
from ledger.queries import AccountBalance, balance_of, balances, closed_through
from ledger.verification import verify
from registry.errors import RuleBroken
from tests.ledger.conftest import NOON, Yard

# Some of them on either side of midnight in the zone, 16:00 UTC.
moments = st.builds(
    lambda days, minutes: NOON + timedelta(days=days, minutes=minutes),
    st.integers(0, 12),
    st.sampled_from([0, 60, 719, 720, 721]),
)
quantities = st.sampled_from(["0.00001", "1", "3.33333", "7", "12.5", "33", "50", "100"])
values = st.sampled_from(["0.01", "0.10", "99.99", "1000.00"])
shelves = st.sampled_from(["A-01", "A-02"])
holds = st.sampled_from(Hold)
exits = st.sampled_from(["DOMESTIC", "ABROAD", "DESTROYED"])


def naive_balances(yard: Yard, until: datetime, known_at: datetime | None) -> dict[tuple[Any, ...], list[Decimal]]:
    """What the accounts held, as the plain sum of their entries."""
    entries = Entry.objects.filter(zone=yard.zone, place__is_internal=True, occurred_at__lt=until)
    if known_at is not None:
        entries = entries.filter(recorded_at__lte=known_at)
    held: dict[tuple[Any, ...], list[Decimal]] = {}
    for entry in entries:
        account = (entry.lot_id, entry.place_id, entry.journal, entry.hold)
        sums = held.setdefault(account, [Decimal(0)] * len(MEASURES))
        held[account] = [total + getattr(entry, measure) for total, measure in zip(sums, MEASURES, strict=True)]
    return {account: sums for account, sums in held.items() if any(sums)}


def measures(row: AccountBalance) -> list[Decimal]:
    return [getattr(row, measure) for measure in MEASURES]


class Storekeeping(RuleBasedStateMachine):
    """A storekeeper who does everything at any time, also late, and is refused what cannot be."""

    yard: Yard

    def __init__(self) -> None:
        super().__init__()
        self.lots: list[Lot] = []
        self.keys = count()
        self.before = transaction.savepoint()

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.before)

    def attempt(self, *postings: Any) -> None:
        with suppress(RuleBroken):
            self.yard.post(*postings)

    @rule(quantity=quantities, value=values, at=moments)
    def admit(self, quantity: str, value: str, at: datetime) -> None:
        self.lots.append(self.yard.lot(quantity, value))
        self.attempt(self.yard.admission(self.lots[-1], at=at))

    @precondition(lambda self: self.lots)
    @rule(data=st.data(), at=moments, quantity=quantities, shelf=shelves, hold=holds)
    def admit_more(self, data: st.DataObject, at: datetime, quantity: str, shelf: str, hold: Hold) -> None:
        lot = data.draw(st.sampled_from(self.lots))
        posting = self.yard.admission(lot, at=at)
        (leg,) = posting.legs
        target = self.yard.account(shelf, hold)
        self.attempt(self.yard.posting(lot, leg.source, target, quantity, riding=leg.riding, at=at))

    @precondition(lambda self: self.lots)
    @rule(data=st.data(), steps=st.lists(st.tuples(shelves, holds, shelves, holds, quantities, moments), max_size=5))
    def move(self, data: st.DataObject, steps: list[tuple[str, Hold, str, Hold, str, datetime]]) -> None:
        """Moves, reservations and liftings of reservations, several in one call."""
        lot = data.draw(st.sampled_from(self.lots))
        account = self.yard.account
        self.attempt(
            *(
                self.yard.posting(lot, account(source, held), account(target, then), quantity, at=at)
                for source, held, target, then, quantity, at in steps
            )
        )

    @precondition(lambda self: self.lots)
    @rule(data=st.data(), shelf=shelves, hold=holds, exit_by=exits, quantity=quantities, at=moments)
    def withdraw(self, data: st.DataObject, shelf: str, hold: Hold, exit_by: str, quantity: str, at: datetime) -> None:
        lot = data.draw(st.sampled_from(self.lots))
        source, target = self.yard.account(shelf, hold), self.yard.account(exit_by)
        self.attempt(self.yard.posting(lot, source, target, quantity, kind=MovementKind.DOMESTIC_SALE, at=at))

    @precondition(lambda self: self.lots)
    @rule(data=st.data(), at=moments)
    def undo(self, data: st.DataObject, at: datetime) -> None:
        known = list(Transaction.objects.values_list("pk", flat=True))
        chosen = data.draw(st.lists(st.sampled_from(known), max_size=3, unique=True)) if known else []
        try:
            reverse(
                transaction_ids=chosen, actor_id=None, occurred_at=at, reason="", idempotency_key=f"u{next(self.keys)}"
            )
        except RuleBroken:
            return
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")

    @rule(days=st.integers(0, 2), is_due=st.integers(0, 3))
    def close(self, days: int, is_due: int) -> None:
        if is_due:
            return
        through = (closed_through(site_id=self.yard.site.pk) or NOON.date()) + timedelta(days=days)
        with suppress(RuleBroken):
            close_period(site_id=self.yard.site.pk, through=through, actor_id=None, at=NOON + timedelta(days=20))

    @precondition(lambda self: self.lots)
    @rule(data=st.data(), until=moments)
    def look_back(self, data: st.DataObject, until: datetime) -> None:
        recorded = list(Transaction.objects.values_list("recorded_at", flat=True))
        known_at = data.draw(st.none() | st.sampled_from(recorded)) if recorded else None
        expected = naive_balances(self.yard, until, known_at)
        found = balances(zone_id=self.yard.zone.pk, until=until, known_at=known_at)
        assert {(row.lot_id, row.place_id, row.journal, row.hold): measures(row) for row in found} == expected
        for account in Balance.objects.all():
            one = balance_of(
                lot_id=account.lot_id, place_id=account.place_id, journal=Journal(account.journal),
                hold=Hold(account.hold), until=until, known_at=known_at,
            )  # fmt: skip
            key = (account.lot_id, account.place_id, account.journal, account.hold)
            assert measures(one) == expected.get(key, [0] * len(MEASURES))

    @invariant()
    def nothing_differs(self) -> None:
        assert [str(difference) for difference in verify()] == []


def test_any_sequence_of_acts_keeps_the_ledger_true(yard: Yard) -> None:
    machine = type("StorekeepingHere", (Storekeeping,), {"yard": yard})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


act = st.tuples(
    st.sampled_from(["admit", "move", "reserve", "unreserve", "withdraw", "undo", "again"]),
    st.integers(0, 3),
    shelves,
    quantities,
    moments,
)


@pytest.mark.django_db(transaction=True)
@given(scripts=st.lists(st.lists(act, min_size=6, max_size=14), min_size=8, max_size=8))
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
def test_eight_sessions_at_once_keep_the_ledger_true(
    committed_yard: Yard, scripts: list[list[tuple[str, int, str, str, datetime]]]
) -> None:
    yard = committed_yard
    lots = [yard.lot("100", "99.99") for _ in range(4)]
    yard.post(*(yard.admission(lot) for lot in lots))
    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(lambda script: play(yard, lots, script), scripts))
    assert [outcome for outcome in outcomes if outcome] == []
    assert [str(difference) for difference in verify()] == []
    for lot in lots:
        inside = sum(row.quantity for row in balances(lots=[lot.pk]))
        outside = sum(entry.quantity for entry in Entry.objects.filter(lot=lot, place__is_internal=False))
        assert inside == -outside >= 0
        assert len(balances(lots=[lot.pk], until=NOON)) == 0


def play(yard: Yard, lots: Sequence[Lot], script: list[tuple[str, int, str, str, datetime]]) -> list[str]:
    """Act the script in a session of its own; what is refused by a rule is passed over, all else is returned."""
    posted: list[int] = []
    last = None
    unforeseen = []
    other = {"A-01": "A-02", "A-02": "A-01"}
    for name, number, shelf, quantity, at in script:
        lot, free = lots[number], yard.account(shelf)
        reserved = yard.account(shelf, Hold.RESERVED)
        try:
            match name:
                case "undo" if posted:
                    reverse(
                        transaction_ids=posted[-2:], actor_id=None, occurred_at=at, reason="",
                        idempotency_key=f"undo {posted[-1]}",
                    )  # fmt: skip
                case "again" if last is not None:
                    assert not any(one.is_new for one in yard.post(*last))
                case "admit":
                    last = [yard.admission(lot, at=at)]
                    posted += [one.transaction_id for one in yard.post(*last)]
                case "move" | "reserve" | "unreserve" | "withdraw":
                    source, target = {
                        "move": (free, yard.account(other[shelf])),
                        "reserve": (free, reserved),
                        "unreserve": (reserved, free),
                        "withdraw": (free if number % 2 else reserved, yard.account("DOMESTIC")),
                    }[name]
                    asked = [yard.posting(lot, source, target, quantity, at=at)]
                    if name == "move":
                        asked.append(yard.posting(lots[(number + 1) % 4], source, target, quantity, at=at))
                    posted += [one.transaction_id for one in yard.post(*asked)]
                    last = asked
        except RuleBroken:
            pass
        except Exception as error:
            unforeseen.append(f"{name}: {error!r}")
    connection.close()
    return unforeseen
