"""Withdrawal: worked figure T3, lots chosen by rule, reservation, gate and release, and what is refused."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from bonded.withdrawals.operations import discharge, withdrawals
from documents.operations.documents import NotAsRequired, OwnWork, WrongState
from documents.reversals.operations import approve_reversal, request_reversal
from ledger.postings import Hold, Journal, NotEnoughStock
from ledger.queries import balances
from tests.bonded.build import item, out, tariff, warehouse
from tests.registry import build
from tests.worked import figures

T3 = figures("goods", "T3")


def _in_book(khorgos, hold=Hold.FREE):
    return khorgos.held(Journal.CUSTOMS, khorgos.book.place, hold)


def test_fifo_withdrawal_is_taxed_at_the_rates_of_its_acceptance(khorgos):
    given, expected = T3["in"], T3["out"]
    goods = item()
    lot_of = {}
    for lot in given["lots"]:
        value = str(lot["quantity"] * Decimal(lot["value_each"]))
        lot_of[lot["id"]] = khorgos.admitted(khorgos.line(goods, str(lot["quantity"]), value)).lines.get().lot
    before = sum(row.duty_cny + row.vat_cny for row in balances(places=[khorgos.book.place_id]))
    assert before == Decimal(expected["suspended_before"])
    tariff("08", duty=given["duty_at_acceptance"], valid_from=date(2026, 6, 1))

    withdrawal = khorgos.withdrawn(out(goods, str(given["withdraw"])))

    picks = list(withdrawal.lines.get().picks.all())
    assert {pick.lot_id: pick.quantity for pick in picks} == {
        lot_of[name].pk: Decimal(quantity) for name, quantity in expected["takes"].items()
    }
    assert sum(pick.released_tax_cny for pick in picks) == Decimal(expected["suspended_released"])
    assert sum(pick.tax_cny for pick in picks) == Decimal(expected["payable"])
    left = balances(places=[khorgos.book.place_id])
    assert sum(row.duty_cny + row.vat_cny for row in left) == Decimal(expected["suspended_left"])


def test_first_expired_goes_first_and_what_never_expires_goes_last(khorgos):
    goods = item()
    never = khorgos.admitted(khorgos.line(goods, "10")).lines.get().lot
    late = khorgos.admitted(khorgos.line(goods, "10", expiry_date=date(2027, 9, 1))).lines.get().lot
    soon = khorgos.admitted(khorgos.line(goods, "10", expiry_date=date(2027, 3, 1))).lines.get().lot
    withdrawal = khorgos.accepted_withdrawal(out(goods, "25", identification="fefo"))
    taken = {pick.lot_id: pick.quantity for pick in withdrawal.lines.get().picks.all()}
    assert taken == {soon.pk: Decimal(10), late.pk: Decimal(10), never.pk: Decimal(5)}


def test_the_named_lot_goes_even_when_another_line_could_take_it(khorgos):
    goods = item()
    first = khorgos.admitted(khorgos.line(goods, "10")).lines.get().lot
    second = khorgos.admitted(khorgos.line(goods, "10")).lines.get().lot
    withdrawal = khorgos.accepted_withdrawal(out(goods, "10"), out(goods, "10", identification="named", lot=first))
    by_rule, by_name = withdrawal.lines.all()
    assert [pick.lot_id for pick in by_rule.picks.all()] == [second.pk]
    assert [pick.lot_id for pick in by_name.picks.all()] == [first.pk]


def test_goods_are_reserved_at_acceptance_and_leave_the_book_only_when_released_and_passed(khorgos):
    goods = item()
    khorgos.admitted(khorgos.line(goods, "1000"))
    withdrawal = khorgos.accepted_withdrawal(out(goods, "400"), purpose="re_export", destination="KZ")
    assert khorgos.held(Journal.STOCK, khorgos.bin) == 600
    assert (_in_book(khorgos), _in_book(khorgos, Hold.RESERVED)) == (600, 400)
    with pytest.raises(NotEnoughStock, match="600"):
        khorgos.submitted_withdrawal(out(goods, "700"))
    withdrawal = withdrawals.confirm_picking(withdrawal=withdrawal, actor=khorgos.operator, at=khorgos.tick())
    at = khorgos.tick()
    withdrawal = discharge.pass_gate(withdrawal=withdrawal, actor=khorgos.operator, at=at, passed_at=at)
    assert khorgos.held(Journal.STOCK, khorgos.bin, Hold.RESERVED) == 0
    assert _in_book(khorgos, Hold.RESERVED) == 400
    withdrawal = discharge.release_withdrawal(withdrawal=withdrawal, actor=khorgos.officer, at=khorgos.tick())
    assert withdrawal.state == "discharged"
    assert _in_book(khorgos, Hold.RESERVED) == 0
    assert _in_book(khorgos) == 600


def test_a_release_before_the_gate_discharges_at_the_gate(khorgos):
    goods = item()
    khorgos.admitted(khorgos.line(goods, "10"))
    withdrawal = khorgos.released(khorgos.accepted_withdrawal(out(goods, "4")))
    assert _in_book(khorgos, Hold.RESERVED) == 4
    withdrawal = withdrawals.confirm_picking(withdrawal=withdrawal, actor=khorgos.operator, at=khorgos.tick())
    at = khorgos.tick()
    withdrawal = discharge.pass_gate(withdrawal=withdrawal, actor=khorgos.operator, at=at, passed_at=at)
    assert (withdrawal.state, withdrawal.discharged_at) == ("discharged", at)
    assert _in_book(khorgos, Hold.RESERVED) == 0
    with pytest.raises(WrongState):
        discharge.release_withdrawal(withdrawal=withdrawal, actor=khorgos.officer, at=khorgos.tick())


def test_re_exported_goods_owe_nothing(khorgos):
    goods = item()
    khorgos.admitted(khorgos.line(goods, "10"))
    withdrawal = khorgos.withdrawn(out(goods, "10"), purpose="re_export", destination="DE")
    (pick,) = withdrawal.lines.get().picks.all()
    assert pick.tax_cny is None
    assert pick.released_tax_cny == Decimal("220.40")


def test_voiding_frees_what_was_reserved_to_the_fen(khorgos):
    goods = item()
    khorgos.admitted(khorgos.line(goods, "3", "100"))
    whole = balances()
    khorgos.accepted_withdrawal(out(goods, "1"))
    withdrawal = khorgos.accepted_withdrawal(out(goods, "1"))
    other = type(withdrawal).objects.exclude(pk=withdrawal.pk).get()
    for one in (other, withdrawal):
        asked = request_reversal(document=one, reason="Cancelled", actor=khorgos.operator, at=khorgos.tick())
        approve_reversal(reversal=asked, actor=khorgos.officer, at=khorgos.tick())
    assert [row for row in balances() if row.quantity] == whole


def test_more_than_is_there_is_refused_naming_line_and_figures(khorgos):
    goods, other = item("A"), item("B")
    khorgos.admitted(khorgos.line(goods, "10"), khorgos.line(other, "10"))
    with pytest.raises(NotEnoughStock, match="only 10") as refused:
        khorgos.submitted_withdrawal(out(goods, "5"), out(other, "12"))
    assert [(error.field, error.row, error.figure) for error in refused.value.errors] == [("quantity", 1, Decimal(12))]


def test_a_lot_of_another_owner_or_item_is_refused(khorgos):
    goods = item()
    lot = khorgos.admitted(khorgos.line(goods, "10")).lines.get().lot
    stranger = build.organisation("STRANGER")
    with pytest.raises(NotAsRequired, match="does not belong") as refused:
        khorgos.drafted_withdrawal(out(goods, "5", lot=lot), owner=stranger)
    assert refused.value.errors[0].field == "lot"
    with pytest.raises(NotAsRequired, match="is not of"):
        khorgos.drafted_withdrawal(out(item("B"), "5", lot=lot))
    with pytest.raises(NotEnoughStock):
        khorgos.submitted_withdrawal(out(goods, "5"), owner=stranger)


def test_goods_of_another_site_are_not_taken(khorgos):
    goods = item()
    elsewhere = warehouse("ALA")
    elsewhere.owner = khorgos.owner
    elsewhere.admitted(elsewhere.line(goods, "10"))
    with pytest.raises(NotEnoughStock, match="only 0"):
        khorgos.submitted_withdrawal(out(goods, "5"))


def test_who_prepared_a_withdrawal_neither_accepts_nor_releases_it(khorgos):
    goods = item()
    khorgos.admitted(khorgos.line(goods, "10"))
    withdrawal = khorgos.drafted_withdrawal(out(goods, "5"), actor=khorgos.supervisor)
    withdrawals.submit_withdrawal(withdrawal=withdrawal, actor=khorgos.supervisor, at=khorgos.tick())
    with pytest.raises(OwnWork):
        discharge.accept_withdrawal(withdrawal=withdrawal, actor=khorgos.supervisor, at=khorgos.tick())
    discharge.accept_withdrawal(withdrawal=withdrawal, actor=khorgos.officer, at=khorgos.tick())
    with pytest.raises(OwnWork):
        discharge.release_withdrawal(withdrawal=withdrawal, actor=khorgos.supervisor, at=khorgos.tick())


@pytest.mark.parametrize(("purpose", "field"), [("re_export", "destination"), ("destruction", "certificate_number")])
def test_a_purpose_asks_for_what_it_needs(khorgos, purpose, field):
    goods = item()
    khorgos.admitted(khorgos.line(goods, "10"))
    with pytest.raises(NotAsRequired) as refused:
        khorgos.submitted_withdrawal(out(goods, "5"), purpose=purpose)
    assert refused.value.errors[0].field == field


def test_goods_do_not_pass_the_gate_before_they_were_reserved_or_in_the_future(khorgos):
    goods = item()
    khorgos.admitted(khorgos.line(goods, "10"))
    withdrawal = khorgos.released(khorgos.accepted_withdrawal(out(goods, "5")))
    withdrawal = withdrawals.confirm_picking(withdrawal=withdrawal, actor=khorgos.operator, at=khorgos.tick())
    for passed_at in (khorgos.now - timedelta(days=1), khorgos.now + timedelta(minutes=1)):
        with pytest.raises(NotAsRequired) as refused:
            discharge.pass_gate(withdrawal=withdrawal, actor=khorgos.operator, at=khorgos.now, passed_at=passed_at)
        assert refused.value.errors[0].field == "passed_at"


def test_what_was_found_over_cannot_be_withdrawn(khorgos):
    from bonded.admissions.operations.receiving import CountInput, count_admission

    goods = item()
    admission = khorgos.arrived(khorgos.line(goods, "10"))
    counted = [CountInput(line=admission.lines.get(), place=khorgos.bin, quantity=Decimal(15))]
    count_admission(admission=admission, counted=counted, actor=khorgos.operator, at=khorgos.tick())
    with pytest.raises(NotEnoughStock, match="only 10"):
        khorgos.submitted_withdrawal(out(goods, "12"))
