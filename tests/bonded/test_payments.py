"""A domestic sale is paid, then released, then leaves; and nobody undoes alone what customs or a count has decided."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from bonded.admissions.operations.receiving import CountInput, count_admission
from bonded.checks import tax_not_paid
from bonded.operations.payments import record_payment
from bonded.payable import payable_cny
from bonded.stock_counts.operations import CountedLine, approve_stock_count, void_stock_count
from bonded.withdrawals.operations import discharge, withdrawals
from documents.operations.documents import NotAsRequired, OwnWork, WrongState
from documents.reversals.operations import approve_reversal, request_reversal
from registry.errors import NotAllowed
from registry.models import Role
from registry.wording import CUSTOMS_TIME
from reports.reconciliation import Scope, reconcile
from tests.bonded.build import Warehouse, item, out
from tests.bonded.calls import office
from tests.bonded.test_pages import signed_in
from tests.bonded.test_stock_counts import _counted_twice, _found, _open
from tests.bonded.test_suspense import _settle
from tests.registry import build
from tests.standing import standing


@standing
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
    return record_payment(document=sale, at=at, **given)


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


@standing
def short(khorgos: Warehouse) -> Any:
    """7 of 100 walnuts for 1,000.00 short: 70.00 at 8 % duty and 13 % VAT owe 5.60 and 9.83."""
    admission = khorgos.arrived(khorgos.line(item("WALNUT", hs="080231"), "100", "1000"))
    found = [CountInput(line=admission.lines.get(), place=khorgos.bin, quantity=Decimal(93))]
    count_admission(admission=admission, counted=found, actor=khorgos.operator, at=khorgos.tick())
    return _settle(khorgos, "taxed", "7")


@standing
def shortage(khorgos: Warehouse) -> Any:
    """12 of 900 for 900.00 missing in a bin that is counted: 12.00 owe 0.96 and 1.68."""
    goods, place = item("ALMOND", hs="080211"), build.bin_place(khorgos.site, "C-01")
    khorgos.admitted(khorgos.line(goods, "900", "900"), into=place)
    second = build.user("second", Role.OPERATOR, khorgos.site.organisation, at_site=khorgos.site)
    found = [CountedLine(place=place, item=goods, quantity=Decimal(888))]
    stock_count = _counted_twice(_open(khorgos, places=[place]), found, khorgos.operator, second, khorgos)
    return approve_stock_count(stock_count=stock_count, actor=khorgos.supervisor, at=khorgos.tick())


def _record(khorgos: Warehouse, document: Any, amount_cny: str, **more: Any) -> Any:
    return _pay(khorgos, document, amount_cny=Decimal(amount_cny), **more)


def test_the_tax_of_short_goods_is_paid_once_by_the_whole(khorgos: Warehouse, short: Any) -> None:
    for wrong in ("15.42", "15.44"):
        with pytest.raises(NotAsRequired) as refused:
            _record(khorgos, short, wrong)
        assert refused.value.errors[0].field == "amount_cny"
    with pytest.raises(NotAsRequired) as refused:
        _record(khorgos, short, "15.43", paid_on=(khorgos.now + timedelta(days=1)).date())
    assert refused.value.errors[0].field == "paid_on"
    with pytest.raises(NotAllowed):
        _record(khorgos, short, "15.43", actor=khorgos.officer)
    paid = _record(khorgos, short, "15.43")
    assert (paid.payment_cny, paid.payment_reference, paid.payment_recorded_by) == (
        Decimal("15.43"), "CEB 0001", khorgos.operator,
    )  # fmt: skip
    with pytest.raises(OwnWork):
        _record(khorgos, short, "15.43", reason="Twice")
    with pytest.raises(NotAsRequired, match="why"):
        _record(khorgos, short, "15.43", reference="CEB 2", actor=khorgos.supervisor)
    corrected = _record(khorgos, short, "15.43", reference="CEB 2", actor=khorgos.supervisor, reason="Mistyped")
    assert [one.payment_reference for one in corrected.history.all()[:2]] == ["CEB 2", "CEB 0001"]


def test_the_tax_of_a_counts_shortage_is_paid(khorgos: Warehouse, shortage: Any) -> None:
    assert payable_cny(shortage) == Decimal("2.64")
    with pytest.raises(NotAsRequired, match=r"2\.64"):
        _record(khorgos, shortage, "2.63")
    assert _record(khorgos, shortage, "2.64").payment_cny == Decimal("2.64")


def test_one_payment_stands_on_one_document_of_whatever_kind(
    khorgos: Warehouse, sale: Any, shortage: Any, short: Any
) -> None:
    _record(khorgos, short, "15.43", reference="ceb-0001")
    for other, owed in ((sale, "22.04"), (shortage, "2.64")):
        with pytest.raises(NotAsRequired, match=short.number):
            _record(khorgos, other, owed, reference="CEB 0001")


def test_what_owes_nothing_or_is_not_decided_is_not_paid(khorgos: Warehouse, short: Any) -> None:
    khorgos.admitted(khorgos.line(item("CASHEW", hs="080132"), "5"))
    stock_count = _open(khorgos)
    assert payable_cny(stock_count) == 0
    with pytest.raises(WrongState):
        _record(khorgos, stock_count, "0")
    asked = request_reversal(document=short, reason="Found", actor=khorgos.operator, at=khorgos.tick())
    approve_reversal(reversal=asked, actor=khorgos.supervisor, at=khorgos.tick())
    with pytest.raises(WrongState):
        _record(khorgos, short, "15.43")


def test_what_is_not_paid_is_listed_and_stands_in_the_checklist(khorgos: Warehouse, short: Any, shortage: Any) -> None:
    client = signed_in(khorgos.operator)

    def unpaid() -> tuple[list[str], list[Any], list[Any]]:
        items = tax_not_paid(khorgos.site, khorgos.now.astimezone(CUSTOMS_TIME).date())
        lists = [
            client.get(reverse(f"bonded:{kind}_list"), {"is_paid": "false"}).context["table"].data
            for kind in ("suspense_resolution", "stock_count", "withdrawal")
        ]
        cards = [str(card.label) for card in client.get("/").context["work"] if "is_paid" in card.url]
        return [one.document_number for one in items], [len(rows) for rows in lists], cards

    assert "What has waited longest" not in client.get("/").content.decode(), "no table of nothing"
    assert unpaid() == (
        [short.number, shortage.number],
        [1, 1, 0],
        ["Shortages of stock counts to pay duty and tax on", "Short goods to pay duty and tax on"],
    )
    day = khorgos.now.date()
    scope = Scope(khorgos.book, day.replace(day=1), day)
    counted = reconcile(scope).counted
    assert counted is not None
    assert (counted.tax_due_cny, counted.tax_unpaid_cny) == (Decimal("2.64"), Decimal("2.64"))
    _record(khorgos, short, "15.43")
    _record(khorgos, shortage, "2.64", reference="CEB 0002")
    assert unpaid() == ([], [0, 0, 0], [])
    counted = reconcile(scope).counted
    assert counted is not None
    assert counted.tax_unpaid_cny == 0
    paid = client.get(reverse("bonded:suspense_resolution_list"), {"is_paid": "true"})
    assert len(paid.context["table"].data) == 1


def test_pages_offer_the_payment_with_what_is_payable_and_tell_it_in_the_history(
    khorgos: Warehouse, short: Any, shortage: Any
) -> None:
    client = signed_in(khorgos.operator)
    for document, owed in ((short, "15.43"), (shortage, "2.64")):
        page = document.get_absolute_url()
        assert f"{page}pay/" in client.get(page).content.decode()
        form = client.get(f"{page}pay/").content.decode()
        assert owed in form
        version = document.history.latest().pk
        given = {
            "amount_cny": owed,
            "paid_on": khorgos.now.astimezone(CUSTOMS_TIME).date().isoformat(),
            "reference": f"P {owed}",
            "version": version,
        }
        assert client.post(f"{page}pay/", given).status_code == 302
        shown = client.get(page).content.decode()
        assert f"P {owed}" in shown
        # By what payments are told apart is nobody's to read.
        assert "payment key" not in shown.lower()
        assert f"{page}pay/" not in shown


def test_programs_record_the_payment_and_read_what_waits_for_it(khorgos: Warehouse, short: Any, shortage: Any) -> None:
    desk = office(khorgos)
    for kind, document, owed in (("suspense-resolutions", short, "15.43"), ("stock-counts", shortage, "2.64")):
        (row,) = desk.operator.read(kind, is_paid="false")["results"]
        assert (row["id"], row["payable_cny"], row["payment_cny"]) == (document.pk, owed, None)
        asked = {"amount_cny": owed, "paid_on": timezone.now().date().isoformat(), "reference": f"X {owed}"}
        told = desk.operator.done(f"{kind}/{document.pk}/pay", asked)
        assert (told["payment_cny"], told["payment_recorded_by"]) == (owed, khorgos.operator.email)
        assert desk.operator.read(kind, is_paid="false")["results"] == []
