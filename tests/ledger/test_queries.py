"""The ledger is read as it was at any moment, as far as was known at any moment."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from ledger.operations import close_period, reverse
from ledger.postings import Account, Document, Hold, Journal, LaterMovementsDepend, MovementKind, NotEnoughStock
from ledger.queries import (
    balance_of,
    balances,
    day_after,
    dependants_of,
    entries_of,
    lot_life,
    movement_totals,
    today,
    transactions_of,
)
from ledger.verification import verify
from tests.ledger.conftest import NOON, Yard

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def quantity_of(yard: Yard, lot_id: int, account: Account, **moment: Any) -> Decimal:
    """What the account held, which both ways of reading must agree on."""
    one = balance_of(
        lot_id=lot_id, place_id=account.place_id, journal=Journal.STOCK, hold=account.hold, **moment
    ).quantity
    several = {
        (row.place_id, row.hold): row.quantity
        for row in balances(lots=[lot_id], site_ids=[yard.site.pk], journal=Journal.STOCK, **moment)
    }
    assert several.get((account.place_id, account.hold), 0) == one
    return one


def test_cut_off_shows_what_was_known_then(yard: Yard, record_at: Callable[[datetime], None]) -> None:
    shelf = yard.account("A-01")
    lot = yard.lot("100")
    record_at(datetime(2026, 12, 1, tzinfo=UTC))
    yard.admit(lot, at=datetime(2026, 12, 1, tzinfo=UTC))
    record_at(datetime(2027, 1, 5, tzinfo=UTC))
    exit_at = datetime(2026, 12, 30, 4, tzinfo=UTC)
    yard.post(yard.posting(lot, shelf, yard.account("ABROAD"), "30", kind=MovementKind.RE_EXPORTED, at=exit_at))
    end_of_year = day_after(day=date(2026, 12, 31), site_id=yard.site.pk)

    def known_on(day: int) -> Decimal:
        known_at = datetime(2027, 1, day, tzinfo=UTC)
        return quantity_of(yard, lot.pk, shelf, until=end_of_year, known_at=known_at)

    assert (known_on(1), known_on(6)) == (100, 70)
    assert quantity_of(yard, lot.pk, shelf, until=end_of_year) == 70


def test_day_is_by_the_clock_of_the_zone(yard: Yard) -> None:
    gate = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)
    lot = yard.lot()
    yard.admit(lot, at=gate)
    assert today(at=gate, site_id=yard.site.pk) == date(2027, 1, 1)
    assert lot_life(lot_id=lot.pk)[0].transaction.customs_date == date(2027, 1, 1)
    assert day_after(day=date(2026, 12, 31), zone_id=yard.zone.pk) == datetime(2026, 12, 31, 16, tzinfo=UTC)
    assert quantity_of(yard, lot.pk, yard.account("A-01"), until=datetime(2026, 12, 31, 16, tzinfo=UTC)) == 0


@pytest.mark.parametrize("closed", [False, True])
def test_balance_is_read_between_the_movements_of_a_day(yard: Yard, closed: bool) -> None:
    lot = yard.lot()
    bin_one, bin_two = yard.account("A-01"), yard.account("A-02")
    yard.admit(lot)
    if closed:
        close_period(site_id=yard.site.pk, through=NOON.date(), actor_id=None, at=NOON + 9 * DAY)
    for number, quantity in enumerate(("10", "20", "30")):
        yard.post(yard.posting(lot, bin_one, bin_two, quantity, at=NOON + DAY + number * HOUR))
    moments = [NOON, NOON + HOUR, NOON + DAY, NOON + DAY + HOUR, NOON + DAY + 3 * HOUR]
    assert [quantity_of(yard, lot.pk, bin_one, until=moment) for moment in moments] == [0, 100, 100, 90, 40]
    assert [quantity_of(yard, lot.pk, bin_two, until=moment) for moment in moments] == [0, 0, 0, 10, 60]
    assert quantity_of(yard, lot.pk, bin_two) == 60


def test_balances_of_nothing_are_none(yard: Yard) -> None:
    yard.admit(yard.lot())
    assert len(balances()) == 1
    assert balances(lots=[]) == balances(places=[]) == balances(site_ids=[0]) == balances(zone_id=0) == []
    assert balances(journal=Journal.CUSTOMS) == []


def test_lot_life_is_told_in_the_order_in_which_it_happened(yard: Yard, django_assert_num_queries: Any) -> None:
    lot, other = yard.lot(), yard.lot()
    bin_one, bin_two = yard.account("A-01"), yard.account("A-02")
    yard.admit(lot)
    yard.admit(other)
    yard.post(yard.posting(lot, bin_one, bin_two, "10", at=NOON + 2 * DAY))
    yard.post(yard.posting(lot, bin_one, yard.account("A-01", Hold.RESERVED), "5", at=NOON + DAY))
    with django_assert_num_queries(1):
        told = [
            (entry.occurred_at, entry.place.site.code, entry.place.code, entry.quantity, entry.transaction.actor)
            for entry in lot_life(lot_id=lot.pk)
        ]
    assert [(at - NOON, place, quantity) for at, _site, place, quantity, _actor in told] == [
        (0 * DAY, "ABROAD", -100),
        (0 * DAY, "A-01", 100),
        (DAY, "A-01", -5),
        (DAY, "A-01", 5),
        (2 * DAY, "A-01", -10),
        (2 * DAY, "A-02", 10),
    ]


def test_movement_totals_count_a_reversal_under_the_kind_that_it_reverses(yard: Yard) -> None:
    lot = yard.lot()
    bin_one, market = yard.account("A-01"), yard.account("DOMESTIC")
    yard.admit(lot)
    sales = yard.post(
        *(
            yard.posting(lot, bin_one, market, quantity, kind=MovementKind.DOMESTIC_SALE, at=NOON + DAY)
            for quantity in ("10", "25")
        )
    )
    undone = [sales[0].transaction_id]
    reverse(transaction_ids=undone, actor_id=None, occurred_at=NOON + 2 * DAY, reason="", idempotency_key="r")
    day = NOON.date()

    def totals(first: date, last: date) -> dict[tuple[str, int], Decimal]:
        rows = movement_totals(site_id=yard.site.pk, from_date=first, through_date=last, journal=Journal.STOCK)
        return {(row.kind.value, row.place_id): row.quantity for row in rows}

    assert totals(day, day) == {
        ("admitted", yard.account("ABROAD").place_id): -100,
        ("admitted", bin_one.place_id): 100,
    }
    sold = {("domestic_sale", bin_one.place_id): Decimal(-25), ("domestic_sale", market.place_id): Decimal(25)}
    assert totals(day + DAY, day + 2 * DAY) == sold
    assert totals(day + 3 * DAY, day + 9 * DAY) == {}
    assert sum(quantity for (_kind, place), quantity in totals(day, day + 9 * DAY).items()) == 0


def test_entries_behind_a_figure_sum_to_it(yard: Yard) -> None:
    lot, other = yard.lot(), yard.lot()
    bin_one, market = yard.account("A-01"), yard.account("DOMESTIC")
    yard.admit(lot)
    yard.admit(other)
    for number in range(4):
        sale = yard.posting(
            lot, bin_one, market, "10", kind=MovementKind.DOMESTIC_SALE, at=NOON + number * DAY, document=number
        )
        yard.post(sale)
    day = NOON.date()
    chosen = entries_of(
        site_id=yard.site.pk, journal=Journal.STOCK, kinds=[MovementKind.DOMESTIC_SALE], from_date=day + DAY,
        through_date=day + 2 * DAY, item_id=yard.item.pk, place_kinds=["bin"], hold=Hold.FREE,
    )  # fmt: skip
    assert [(entry.lot_id, entry.quantity) for entry in chosen] == [(lot.pk, -10), (lot.pk, -10)]
    assert [entry.quantity for entry in entries_of(document=Document("test", 3, ""), place_kinds=["domestic"])] == [10]
    assert not entries_of(kinds=[]).exists()
    assert entries_of(lot_ids=[other.pk]).count() == 2


def test_transactions_of_a_document_name_their_reversal(yard: Yard) -> None:
    lot = yard.lot()
    admitted = yard.admit(lot, document=7)
    moved = yard.post(yard.posting(lot, yard.account("A-01"), yard.account("A-02"), "1", document=7))[0]
    undo = reverse(
        transaction_ids=[moved.transaction_id], actor_id=None, occurred_at=NOON + HOUR, reason="", idempotency_key="r"
    )[0]
    found = transactions_of(document_kind="test", document_id=7)
    assert [(row.pk, row.reversed_by) for row in found] == [
        (admitted.transaction_id, None),
        (moved.transaction_id, undo.transaction_id),
        (undo.transaction_id, None),
    ]


def test_dependants_are_the_documents_that_took_the_goods_away(yard: Yard) -> None:
    lot = yard.lot()
    bin_one, bin_two, market = (yard.account(code) for code in ("A-01", "A-02", "DOMESTIC"))
    admitted = yard.admit(lot, document=1).transaction_id
    moved = yard.post(yard.posting(lot, bin_one, bin_two, "60", document=2))[0].transaction_id
    sold = yard.post(yard.posting(lot, bin_two, market, "10", document=3))[0].transaction_id
    taken = yard.post(yard.posting(lot, bin_one, market, "5", document=4))[0].transaction_id

    def numbers(*transactions: int) -> list[str]:
        return [document.number for document in dependants_of(transaction_ids=transactions)]

    def undo(transaction: int) -> None:
        reverse(
            transaction_ids=[transaction], actor_id=None, occurred_at=NOON + HOUR, reason="",
            idempotency_key=f"undo {transaction}",
        )  # fmt: skip

    assert numbers(admitted) == ["T-4", "T-2"]
    assert numbers(moved) == ["T-3"]
    assert numbers(sold) == numbers(taken) == []
    assert numbers(admitted, moved) == ["T-4", "T-3"]
    assert numbers(admitted, moved, sold, taken) == []
    with pytest.raises((LaterMovementsDepend, NotEnoughStock)):
        undo(moved)
    for transaction in (sold, moved, taken):
        undo(transaction)
    assert numbers(admitted) == []
    undo(admitted)
    assert balances() == []
    assert list(verify()) == []
