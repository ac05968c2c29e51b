"""A closed period holds what its accounts held, and nothing enters it any more."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

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
