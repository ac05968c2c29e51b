"""A domestic sale is paid, then released, then leaves; and nobody undoes alone what customs or a count has decided."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from bonded.operations import discharge, withdrawals
from bonded.operations.payments import payable_cny, record_payment
from bonded.operations.stock_counts import void_stock_count
from customs.operations.documents import NotAsRequired, OwnWork, WrongState
from registry.errors import NotAllowed
from registry.models import Role
from registry.wording import CUSTOMS_TIME
from tests.bonded.build import Warehouse, item, out
from tests.bonded.test_stock_counts import _counted_twice, _found, _open
from tests.registry import build


@pytest.fixture
def sale(khorgos: Warehouse) -> Any:
    """Accepted: 10 of 100 for 1,000.00, so 100.00 at 8 % duty and 13 % VAT owe 8.00 and 14.04."""
    goods = item()
    khorgos.admitted(khorgos.line(goods, "100", "1000"))
    withdrawal = khorgos.accepted_withdrawal(out(goods, "10"))
    return withdrawals.confirm_picking(withdrawal=withdrawal, actor=khorgos.operator, at=khorgos.tick())


def _pay(khorgos: Warehouse, sale: Any, **more: Any) -> Any:
    at = khorgos.tick()
    given = {
        "amount_cny": Decimal("22.04"),
        "paid_on": at.astimezone(CUSTOMS_TIME).date(),
        "reference": "CEB 0001",
        "actor": khorgos.operator,
        **more,
    }
    return record_payment(withdrawal=sale, at=at, **given)


def _pass(khorgos: Warehouse, sale: Any) -> Any:
    at = khorgos.tick()
    return discharge.pass_gate(withdrawal=sale, actor=khorgos.operator, at=at, passed_at=at)


def _release(khorgos: Warehouse, sale: Any) -> Any:
    return discharge.release_withdrawal(withdrawal=sale, actor=khorgos.officer, at=khorgos.tick())


def test_a_domestic_sale_leaves_only_paid_and_released(khorgos: Warehouse, sale: Any) -> None:
    assert payable_cny(sale) == Decimal("22.04")
    with pytest.raises(WrongState, match="not released"):
        _pass(khorgos, sale)
    with pytest.raises(NotAsRequired, match=r"22\.04"):
        _release(khorgos, sale)
    sale = _pay(khorgos, sale)
    with pytest.raises(WrongState, match="not released"):
        _pass(khorgos, sale)
    _release(khorgos, sale)
    assert _pass(khorgos, sale).state == "discharged"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"amount_cny": Decimal("22.03")}, "amount_cny"),
        ({"amount_cny": Decimal("22.05")}, "amount_cny"),
        ({"paid_on": None}, "paid_on"),
        ({"reference": " - "}, "reference"),
        ({"reference": "x" * 61}, "reference"),
    ],
)
def test_a_payment_is_the_whole_of_what_is_payable_on_a_day_since_acceptance(
    khorgos: Warehouse, sale: Any, wrong: dict[str, Any], field: str
) -> None:
    if "paid_on" in wrong:
        wrong = {"paid_on": (khorgos.now + timedelta(days=1)).date()}
    with pytest.raises(NotAsRequired) as refused:
        _pay(khorgos, sale, **wrong)
    assert [error.field for error in refused.value.errors] == [field]


def test_one_payment_stands_on_one_sale_however_it_is_written(khorgos: Warehouse, sale: Any) -> None:
    _pay(khorgos, sale)
    goods = sale.lines.get().item
    other = khorgos.accepted_withdrawal(out(goods, "10"))
    with pytest.raises(NotAsRequired, match=sale.number):
        _pay(khorgos, other, reference="ceb-0001", amount_cny=payable_cny(other))


def test_a_recorded_payment_is_corrected_by_another_who_says_why_and_until_the_release(
    khorgos: Warehouse, sale: Any
) -> None:
    sale = _pay(khorgos, sale)
    with pytest.raises(OwnWork):
        _pay(khorgos, sale, reference="CEB 0002", reason="Mistyped")
    with pytest.raises(NotAsRequired, match="why"):
        _pay(khorgos, sale, reference="CEB 0002", actor=khorgos.supervisor)
    sale = _pay(khorgos, sale, reference="CEB 0002", actor=khorgos.supervisor, reason="Mistyped")
    assert [one.payment_reference for one in sale.history.all()[:2]] == ["CEB 0002", "CEB 0001"]
    _release(khorgos, sale)
    with pytest.raises(WrongState):
        _pay(khorgos, sale, reference="CEB 0003", reason="Again")


def test_nobody_alone_gives_up_a_count_that_showed_a_shortage(khorgos: Warehouse) -> None:
    goods = item()
    khorgos.admitted(khorgos.line(goods, "900", "1000"))
    khorgos.admitted(khorgos.line(goods, "1545", "1000"), into=khorgos.other_bin)
    second = build.user("second", Role.OPERATOR, khorgos.site.organisation, at_site=khorgos.site)
    third = build.user("third", Role.OPERATOR, khorgos.site.organisation, at_site=khorgos.site)
    found = _found(khorgos, goods, 888, 1545)
    stock_count = _counted_twice(_open(khorgos), found, khorgos.operator, second, khorgos)
    for actor, refusal in ((khorgos.operator, NotAllowed), (second, NotAllowed), (third, NotAllowed)):
        with pytest.raises(refusal):
            void_stock_count(stock_count=stock_count, actor=actor, at=khorgos.tick(), reason="Counted badly")
    void = void_stock_count(stock_count=stock_count, actor=khorgos.supervisor, at=khorgos.tick(), reason="Fog")
    assert void.state == "void"
