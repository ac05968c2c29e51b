"""Goods at the gate are not missing; goods past their date are not chosen unless named, and are told on every line."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from bonded.models import StockVariance
from bonded.stock_counts.operations import CountedLine, record_counts, record_recounts
from bonded.withdrawals.operations import withdrawals
from documents.reversals.operations import approve_reversal, request_reversal
from ledger.postings import NotEnoughStock
from tests.bonded.build import Warehouse, item, out
from tests.bonded.calls import office
from tests.bonded.test_pages import signed_in
from tests.bonded.test_stock_counts import _open
from tests.standing import standing

pytestmark = pytest.mark.django_db


@standing
def goods(khorgos: Warehouse) -> Any:
    return item()


def picked(khorgos: Warehouse, goods: Any, quantity: str) -> Any:
    withdrawal = khorgos.accepted_withdrawal(out(goods, quantity))
    return withdrawals.confirm_picking(withdrawal=withdrawal, actor=khorgos.operator, at=khorgos.tick())


def found(khorgos: Warehouse, goods: Any, quantity: str) -> list[CountedLine]:
    return [CountedLine(place=khorgos.bin, item=goods, quantity=Decimal(quantity))]


def test_what_stands_picked_at_the_gate_is_not_missing_in_its_bin(khorgos: Warehouse, goods: Any) -> None:
    khorgos.admitted(khorgos.line(goods, "1000", "10000"))
    withdrawal = picked(khorgos, goods, "300")
    stock_count = _open(khorgos)
    page = signed_in(khorgos.operator).get(reverse("bonded:stock_count_counts", args=[stock_count.pk])).content.decode()
    assert f"What was picked for {withdrawal.number} stands at the gate" in page
    counts = found(khorgos, goods, "700")
    stock_count = record_counts(stock_count=stock_count, counts=counts, actor=khorgos.operator, at=khorgos.tick())
    assert (stock_count.state, stock_count.lines.get().expected_quantity) == ("recounted", 700)
    assert not StockVariance.objects.exists(), "no shortage, no tax"


def test_what_is_missing_beside_the_gate_is_short_once_and_leaves_the_picked_goods_alone(
    khorgos: Warehouse, goods: Any
) -> None:
    khorgos.admitted(khorgos.line(goods, "1000", "10000"))
    picked(khorgos, goods, "300")
    counts = found(khorgos, goods, "690")
    stock_count = record_counts(stock_count=_open(khorgos), counts=counts, actor=khorgos.supervisor, at=khorgos.tick())
    stock_count = record_recounts(stock_count=stock_count, counts=counts, actor=khorgos.operator, at=khorgos.tick())
    assert [one.quantity for one in StockVariance.objects.all()] == [-10]


def test_what_is_only_reserved_lies_in_its_bin(khorgos: Warehouse, goods: Any) -> None:
    khorgos.admitted(khorgos.line(goods, "1000"))
    khorgos.accepted_withdrawal(out(goods, "300"))
    counts = found(khorgos, goods, "1000")
    stock_count = record_counts(stock_count=_open(khorgos), counts=counts, actor=khorgos.operator, at=khorgos.tick())
    assert stock_count.state == "recounted"


def test_what_was_put_back_after_the_moment_counted_was_not_missing_then(khorgos: Warehouse, goods: Any) -> None:
    khorgos.admitted(khorgos.line(goods, "1000"))
    withdrawal, stock_count = picked(khorgos, goods, "300"), _open(khorgos)
    asked = request_reversal(document=withdrawal, reason="Sold out", actor=khorgos.operator, at=khorgos.tick())
    approve_reversal(reversal=asked, actor=khorgos.officer, at=khorgos.tick())
    counts = found(khorgos, goods, "700")
    stock_count = record_counts(stock_count=stock_count, counts=counts, actor=khorgos.operator, at=khorgos.tick())
    assert stock_count.state == "recounted"
    later = record_counts(
        stock_count=_open(khorgos), counts=found(khorgos, goods, "1000"), actor=khorgos.operator, at=khorgos.tick()
    )
    assert later.state == "recounted"


def dated(khorgos: Warehouse, goods: Any, quantity: str, *, days: int) -> Any:
    """A lot that expires so many days from now."""
    expiry_date: date = khorgos.now.date() + timedelta(days=days)
    return khorgos.admitted(khorgos.line(goods, quantity, expiry_date=expiry_date)).lines.get().lot


@pytest.mark.parametrize("identification", ["fefo", "fifo"])
def test_expired_goods_are_not_chosen_for_sale(khorgos: Warehouse, goods: Any, identification: str) -> None:
    expired = dated(khorgos, goods, "50", days=-1)
    good_today, later = dated(khorgos, goods, "10", days=0), dated(khorgos, goods, "40", days=30)
    sale = khorgos.accepted_withdrawal(out(goods, "45", identification=identification))
    taken = {pick.lot_id: pick.quantity for one in sale.lines.all() for pick in one.picks.all()}
    assert taken == {good_today.pk: 10, later.pk: 35}
    with pytest.raises(NotEnoughStock) as refused:
        khorgos.submitted_withdrawal(out(goods, "20", identification=identification))
    assert f"50\xa0kg has; it leaves only when its lot is named: {expired.number}" in str(refused.value)


def test_expired_goods_leave_when_their_lot_is_named_and_for_destruction(khorgos: Warehouse, goods: Any) -> None:
    expired = dated(khorgos, goods, "50", days=-1)
    named = khorgos.accepted_withdrawal(out(goods, "10", lot=expired), purpose="re_export", destination="KZ")
    assert named.lines.get().picks.get().lot_id == expired.pk
    destroyed = khorgos.accepted_withdrawal(out(goods, "10"), purpose="destruction", certificate_number="C-1")
    assert destroyed.lines.get().picks.get().lot_id == expired.pk


def test_what_has_expired_is_told_on_every_line(khorgos: Warehouse, goods: Any) -> None:
    expired = dated(khorgos, goods, "50", days=-1)
    desk = office(khorgos)
    sale = khorgos.accepted_withdrawal(out(goods, "10", lot=expired))
    (told,) = desk.operator.read(f"withdrawals/{sale.pk}")["lines"]
    assert (told["is_expired"], told["picks"][0]["is_expired"]) == (True, True)
    assert told["picks"][0]["expiry_date"] == expired.expiry_date.isoformat()
    client = signed_in(khorgos.operator)
    page = client.get(sale.get_absolute_url()).content.decode()
    assert page.count(">Expired<") == 2, "on the named lot and on the pick"
    assert "it has expired" in client.get(reverse("ledger:lot_detail", args=[expired.pk])).content.decode()
    offered = client.get(reverse("ledger:free_lot_suggest"), {"q": expired.number}).json()["results"]
    assert "expired" in offered[0]["name"]


def test_a_program_is_told_which_lots_have_expired(khorgos: Warehouse, goods: Any) -> None:
    expired = dated(khorgos, goods, "50", days=-1)
    desk = office(khorgos)
    draft = desk.operator.done("withdrawals", desk.withdrawal({"item": "PISTACHIO", "quantity": "5"}))
    address = f"withdrawals/{draft['id']}"
    refused = desk.operator.post(f"{address}/submit")
    assert refused.status_code == 409
    assert expired.number in refused.json()["errors"][0]["message"]
