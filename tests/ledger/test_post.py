"""What the ledger promises of every posting."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from ledger.models import Balance, Entry, Hold, Movement, Period, Transaction
from ledger.operations import reverse
from ledger.postings import (
    Account,
    AlreadyReversed,
    ImpossibleFigure,
    KeyUsedForAnotherRequest,
    NegativeInThePast,
    NotEnoughStock,
    PeriodClosed,
    Posting,
    Riding,
    UnknownAccount,
)
from ledger.verification import verify
from registry.models import Organisation, PlaceKind, Site, Zone
from registry.operations.sites import add_place, open_site
from tests.ledger.conftest import NOON, Yard


def held(lot_id: int, place_id: int, hold: Hold = Hold.FREE) -> Decimal:
    row = Balance.objects.filter(lot_id=lot_id, place_id=place_id, hold=hold).first()
    return row.quantity if row else Decimal(0)


def test_last_movement_takes_what_remains(yard: Yard) -> None:
    lot = yard.lot("3", "0.10")
    yard.admit(lot)
    bin_one, bin_two = yard.account("A-01"), yard.account("A-02")
    for _ in range(3):
        yard.post(yard.posting(lot, bin_one, bin_two, "1"))
    came = Entry.objects.filter(place_id=bin_two.place_id).order_by("transaction_id")
    assert [entry.customs_value_cny for entry in came] == [Decimal("0.03"), Decimal("0.04"), Decimal("0.03")]
    left = Balance.objects.get(lot=lot, place_id=bin_one.place_id)
    assert (left.quantity, left.customs_value_cny, left.vat_cny) == (0, 0, 0)


def test_batch_posts_what_single_postings_post(yard: Yard) -> None:
    one, many = yard.lot("7", "99.99"), yard.lot("7", "99.99")
    yard.admit(one)
    yard.admit(many)
    bin_one, bin_two = yard.account("A-01"), yard.account("A-02")
    moves = [(bin_one, bin_two, "3"), (bin_two, bin_one, "1"), (bin_one, bin_two, "2"), (bin_one, bin_two, "1.5")]
    for source, target, quantity in moves:
        yard.post(yard.posting(one, source, target, quantity))
    yard.post(*(yard.posting(many, source, target, quantity) for source, target, quantity in moves))
    for model in (Balance, Movement):
        columns = [f.attname for f in model._meta.concrete_fields if f.attname not in {"lot_id", "zone_id"}]
        rows = [list(model.objects.filter(lot=lot).order_by("place_id").values_list(*columns)) for lot in (one, many)]
        assert rows[0] == rows[1]


def test_same_request_posts_once_and_another_under_its_key_is_refused(yard: Yard) -> None:
    lot = yard.lot()
    assert yard.admit(lot, key="k").is_new
    again = yard.admit(lot, key="k")
    assert not again.is_new
    assert Transaction.objects.count() == 1
    other = yard.posting(lot, yard.account("A-01"), yard.account("A-02"), "5", key="k")
    with pytest.raises(KeyUsedForAnotherRequest):
        yard.post(other)


def test_repeated_request_is_answered_after_the_stock_is_gone(yard: Yard) -> None:
    lot = yard.lot()
    yard.admit(lot)
    out = yard.posting(lot, yard.account("A-01"), yard.account("DOMESTIC"), "100")
    first = yard.post(out)[0]
    assert yard.post(out)[0] == type(first)(first.transaction_id, False)


def test_more_than_is_there_is_refused_with_both_figures(yard: Yard) -> None:
    lot = yard.lot()
    yard.admit(lot)
    with pytest.raises(NotEnoughStock) as refusal:
        yard.post(yard.posting(lot, yard.account("A-01"), yard.account("DOMESTIC"), "100.5"))
    assert refusal.value.errors[0].figure == "100.50000"
    assert held(lot.pk, yard.account("A-01").place_id) == 100


@pytest.mark.parametrize("quantity", ["0", "-1", "0.000001", "99999999999999"])
def test_impossible_quantity_is_refused(yard: Yard, quantity: str) -> None:
    lot = yard.lot()
    yard.admit(lot)
    with pytest.raises(ImpossibleFigure):
        yard.post(yard.posting(lot, yard.account("A-01"), yard.account("A-02"), quantity))


def test_back_dated_posting_that_would_have_been_negative_is_refused(yard: Yard) -> None:
    lot = yard.lot()
    yard.admit(lot, at=NOON)
    bin_one, bin_two = yard.account("A-01"), yard.account("A-02")
    yard.post(yard.posting(lot, bin_one, bin_two, "80", at=NOON + timedelta(days=2)))
    yard.post(yard.posting(lot, bin_two, bin_one, "80", at=NOON + timedelta(days=4)))
    late = NOON + timedelta(days=1)
    with pytest.raises(NegativeInThePast):
        yard.post(yard.posting(lot, bin_one, yard.account("DOMESTIC"), "30", at=late))
    yard.post(yard.posting(lot, bin_one, yard.account("DOMESTIC"), "20", at=late))
    assert held(lot.pk, bin_one.place_id) == 80


@pytest.mark.parametrize("many", [False, True])
def test_late_posting_is_judged_by_what_was_there_and_not_by_a_bound(yard: Yard, many: bool) -> None:
    lot, other = yard.lot(), yard.lot()
    yard.admit(lot)
    yard.admit(other)
    bin_one, bin_two = yard.account("A-01"), yard.account("A-02")
    morning = NOON + timedelta(days=1)
    for hour, source, target, quantity in ((0, bin_one, bin_two, "80"), (1, bin_two, bin_one, "80")):
        yard.post(yard.posting(lot, source, target, quantity, at=morning + timedelta(hours=hour)))
    yard.post(yard.posting(lot, bin_one, bin_two, "1", at=morning + timedelta(hours=4)))

    def take(quantity: str, hour: int) -> None:
        late = yard.posting(lot, bin_one, yard.account("DOMESTIC"), quantity, at=morning + timedelta(hours=hour))
        beside = yard.posting(other, bin_one, bin_two, "1", at=morning)
        yard.post(late, *[beside] * many)

    def day() -> Movement:
        return Movement.objects.get(lot=lot, place_id=bin_one.place_id, customs_date=morning.date())

    take("5", 3)
    assert (day().lowest_quantity, day().lowest_is_exact) == (Decimal("-85"), False)
    assert list(verify()) == []
    take("30", 2)  # The bound is now below what the account opened with, what was there is not.
    assert (day().lowest_quantity, day().lowest_is_exact) == (Decimal("-80"), True)
    with pytest.raises(NegativeInThePast):
        take("30", -1)


def test_nothing_is_posted_into_a_closed_period(yard: Yard) -> None:
    lot = yard.lot()
    Period.objects.create(zone=yard.zone, site=yard.site, closed_through_date=NOON.date(), closed_at=NOON)
    with pytest.raises(PeriodClosed):
        yard.admit(lot)


def test_reversal_restores_the_accounts_and_happens_once(yard: Yard) -> None:
    lot = yard.lot()
    yard.admit(lot)
    moved = yard.post(yard.posting(lot, yard.account("A-01"), yard.account("A-02"), "33"))[0]
    undo = {"actor_id": None, "occurred_at": NOON + timedelta(hours=1), "reason": "wrong bin"}
    reverse(transaction_ids=[moved.transaction_id], idempotency_key="r1", **undo)
    back = Balance.objects.get(lot=lot, place_id=yard.account("A-01").place_id)
    assert (back.quantity, back.customs_value_cny) == (100, Decimal("1000.00"))
    yard.post(yard.posting(lot, yard.account("A-01"), yard.account("A-02"), "50", at=NOON + timedelta(hours=2)))
    with pytest.raises(AlreadyReversed):
        reverse(transaction_ids=[moved.transaction_id], idempotency_key="r2", **undo)


def elsewhere() -> Site:
    zone = Zone.objects.create(code="OTHER", name="Another zone")
    site = Site(
        zone=zone, code="ELS", name="Elsewhere", organisation=Organisation.objects.get(code="KEEPER"),
        customs_office=Organisation.objects.get(code="OFFICE"), kind="warehouse", regime="bonded_warehouse",
        un_locode="CNALK",
    )  # fmt: skip
    return open_site(site=site, actor=None, at=NOON)


@pytest.mark.parametrize("many", [False, True])
def test_place_or_site_of_another_zone_is_refused(yard: Yard, many: bool) -> None:
    site = elsewhere()
    bin_elsewhere = add_place(site=site, code="E-01", kind=PlaceKind.BIN, actor=None, at=NOON)
    lot = yard.lot()
    yard.admit(lot)
    here = yard.account("A-01")
    there = Account(bin_elsewhere.pk)

    def attempt(posting: Posting) -> None:
        with pytest.raises(UnknownAccount):
            yard.post(*[posting] * (1 + many))

    attempt(yard.posting(lot, here, there, "1"))
    attempt(yard.posting(lot, there, here, "1"))
    yard.site = site
    attempt(yard.posting(lot, here, Account(here.place_id, Hold.RESERVED), "1"))


@pytest.mark.parametrize("many", [False, True])
@pytest.mark.parametrize(
    "riding",
    [
        None,
        Riding(Decimal(-1), Decimal(0), Decimal(0), Decimal(0), Decimal(0)),
        Riding(Decimal(1), Decimal("0.005"), Decimal(0), Decimal(0), Decimal(0)),
    ],
)
def test_what_cannot_ride_on_goods_is_refused(yard: Yard, many: bool, riding: Riding | None) -> None:
    lot = yard.lot()
    posting = yard.admission(lot)
    wrong = replace(posting, legs=(replace(posting.legs[0], riding=riding),))
    with pytest.raises(ImpossibleFigure) as refusal:
        yard.post(*[wrong] * (1 + many))
    assert refusal.value.errors[0].field == "riding"
