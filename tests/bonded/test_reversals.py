"""Reversal: with reason and second person, exact, and not while later documents depend on it."""

from decimal import Decimal

import pytest

from bonded.reversals.operations import (
    NothingToReverse,
    ReversalAsked,
    approve_reversal,
    refuse_reversal,
    request_reversal,
)
from bonded.stock_counts.operations import approve_stock_count
from bonded.withdrawals.operations import withdrawals
from documents.operations.documents import NotAsRequired, OwnWork, WrongState
from ledger.postings import Journal, LaterMovementsDepend
from ledger.queries import balances
from ledger.verification import verify
from registry.errors import NotAllowed
from registry.models import Role
from tests.bonded.build import item, out, warehouse
from tests.bonded.test_concurrency import at_once
from tests.bonded.test_relocations import _move
from tests.bonded.test_stock_counts import _counted_twice, _found, _open
from tests.registry import build


def _ask(khorgos, document, reason="Posted to the wrong line", actor=None):
    return request_reversal(document=document, reason=reason, actor=actor or khorgos.operator, at=khorgos.tick())


def _decider(khorgos, document):
    """Customs on what it accepted, a supervisor on the rest."""
    return khorgos.officer if document.kind in {"admission", "withdrawal"} else khorgos.supervisor


def _reverse(khorgos, document):
    reversal = _ask(khorgos, document)
    return approve_reversal(reversal=reversal, actor=_decider(khorgos, document), at=khorgos.tick())


def _held():
    return [row for row in balances() if row.quantity]


def test_a_reversed_admission_leaves_nothing_behind(khorgos):
    admission = khorgos.admitted(khorgos.line(item(), "3", "100"))
    _reverse(khorgos, admission)
    admission = type(admission).objects.get(pk=admission.pk)
    assert admission.state == "reversed"
    assert admission.history.first().history_change_reason == "Posted to the wrong line"
    assert not _held()
    assert not list(verify())


def test_a_reversed_withdrawal_is_back_in_its_bin_to_the_fen(khorgos):
    goods = item()
    khorgos.admitted(khorgos.line(goods, "3", "100"))
    before = _held()
    withdrawal = khorgos.withdrawn(out(goods, "1"))
    _reverse(khorgos, withdrawal)
    assert _held() == before


def test_goods_that_left_and_customs_has_not_released_come_back_too(khorgos):
    goods = item()
    khorgos.admitted(khorgos.line(goods, "3", "100"))
    before = _held()
    _reverse(khorgos, khorgos.passed(out(goods, "1"), purpose="re_export", destination="KZ"))
    assert _held() == before
    assert not list(verify())


def test_a_reversed_acceptance_leaves_the_book_empty(khorgos):
    _reverse(khorgos, khorgos.accepted(khorgos.line(item(), "10")))
    assert not _held()


def test_a_reversed_stock_count_puts_back_what_it_took_and_takes_away_what_it_found(khorgos):
    goods = item()
    khorgos.admitted(khorgos.line(goods, "900", "1000"))
    khorgos.admitted(khorgos.line(goods, "1545", "1000"), into=khorgos.other_bin)
    before = _held()
    second = build.user("second", Role.OPERATOR, khorgos.site.organisation, at_site=khorgos.site)
    found = _found(khorgos, goods, 888, 1552)
    stock_count = _counted_twice(_open(khorgos), found, khorgos.operator, second, khorgos)
    with pytest.raises(NothingToReverse):
        _ask(khorgos, stock_count)
    stock_count = approve_stock_count(stock_count=stock_count, actor=khorgos.supervisor, at=khorgos.tick())
    assert _held() != before
    _reverse(khorgos, stock_count)
    stock_count = type(stock_count).objects.get(pk=stock_count.pk)
    assert stock_count.state == "reversed"
    assert _held() == before
    assert not list(verify())


def test_a_reversed_relocation_is_marked(khorgos):
    goods = item()
    lot = khorgos.admitted(khorgos.line(goods, "10")).lines.get().lot
    relocation = _move(khorgos, (lot, khorgos.bin, khorgos.other_bin, "4"))
    _reverse(khorgos, relocation)
    relocation.refresh_from_db()
    assert relocation.is_reversed
    assert khorgos.held(Journal.STOCK, khorgos.bin) == 10


def test_a_document_that_others_depend_on_is_not_reversed_and_they_are_named(khorgos):
    goods = item()
    admission = khorgos.admitted(khorgos.line(goods, "10"))
    withdrawal = khorgos.withdrawn(out(goods, "4"))
    with pytest.raises(LaterMovementsDepend, match=withdrawal.number):
        _ask(khorgos, admission)
    _reverse(khorgos, withdrawal)
    _reverse(khorgos, admission)
    assert not _held()


def test_who_asked_does_not_decide(khorgos):
    lot = khorgos.admitted(khorgos.line(item(), "10")).lines.get().lot
    relocation = _move(khorgos, (lot, khorgos.bin, khorgos.other_bin, "4"))
    reversal = _ask(khorgos, relocation, actor=khorgos.supervisor)
    with pytest.raises(OwnWork):
        approve_reversal(reversal=reversal, actor=khorgos.supervisor, at=khorgos.tick())
    with pytest.raises(NotAllowed):
        approve_reversal(reversal=reversal, actor=khorgos.operator, at=khorgos.tick())


def test_what_customs_accepted_or_released_is_undone_with_the_consent_of_customs(khorgos):
    goods = item()
    admission = khorgos.admitted(khorgos.line(goods, "10"))
    sale = khorgos.withdrawn(out(goods, "4"))
    for document in (sale, admission):
        reversal = _ask(khorgos, document)
        with pytest.raises(NotAllowed):
            approve_reversal(reversal=reversal, actor=khorgos.supervisor, at=khorgos.tick())
        with pytest.raises(NotAllowed):
            refuse_reversal(reversal=reversal, actor=khorgos.supervisor, at=khorgos.tick(), reason="No")
        approve_reversal(reversal=reversal, actor=khorgos.officer, at=khorgos.tick())
    assert not _held()


def test_nobody_alone_gives_up_a_withdrawal_that_customs_accepted(khorgos):
    goods = item()
    khorgos.admitted(khorgos.line(goods, "10"))
    withdrawal = khorgos.accepted_withdrawal(out(goods, "4"))
    for actor in (khorgos.operator, khorgos.supervisor):
        with pytest.raises(WrongState, match="customs decides"):
            withdrawals.void_withdrawal(withdrawal=withdrawal, actor=actor, at=khorgos.tick(), reason="Called off")
    _reverse(khorgos, withdrawal)
    withdrawal = type(withdrawal).objects.get(pk=withdrawal.pk)
    assert withdrawal.state == "void"
    assert khorgos.held(Journal.STOCK, khorgos.bin) == 10


def test_a_reversal_needs_a_reason_and_is_asked_for_once(khorgos):
    admission = khorgos.admitted(khorgos.line(item(), "10"))
    with pytest.raises(NotAsRequired):
        _ask(khorgos, admission, reason="  ")
    _ask(khorgos, admission)
    with pytest.raises(ReversalAsked):
        _ask(khorgos, admission)


def test_a_reason_longer_than_is_kept_is_refused(khorgos):
    admission = khorgos.admitted(khorgos.line(item(), "10"))
    with pytest.raises(NotAsRequired) as refused:
        _ask(khorgos, admission, reason="x" * 401)
    assert [error.field for error in refused.value.errors] == ["reason"]
    reversal = _ask(khorgos, admission, reason="x" * 400)
    with pytest.raises(NotAsRequired):
        approve_reversal(reversal=reversal, actor=khorgos.officer, at=khorgos.tick(), reason="x" * 401)
    assert khorgos.held(Journal.STOCK, khorgos.bin) == 10


def test_a_stranger_and_an_officer_neither_ask_nor_decide(khorgos):
    stranger = warehouse("ALA")
    lot = khorgos.admitted(khorgos.line(item(), "10")).lines.get().lot
    relocation = _move(khorgos, (lot, khorgos.bin, khorgos.other_bin, "4"))
    for actor in (stranger.operator, stranger.supervisor, khorgos.officer):
        with pytest.raises(NotAllowed):
            _ask(khorgos, relocation, actor=actor)
    reversal = _ask(khorgos, relocation)
    for actor in (stranger.supervisor, khorgos.officer):
        with pytest.raises(NotAllowed):
            approve_reversal(reversal=reversal, actor=actor, at=khorgos.tick())
        with pytest.raises(NotAllowed):
            refuse_reversal(reversal=reversal, actor=actor, at=khorgos.tick(), reason="No")


def test_a_document_is_reversed_once(khorgos):
    admission = khorgos.admitted(khorgos.line(item(), "10"))
    reversal = _ask(khorgos, admission)
    approve_reversal(reversal=reversal, actor=khorgos.officer, at=khorgos.tick())
    with pytest.raises(WrongState):
        approve_reversal(reversal=reversal, actor=khorgos.officer, at=khorgos.tick())
    with pytest.raises(NothingToReverse):
        _ask(khorgos, admission)


@pytest.mark.django_db(transaction=True)
def test_of_two_approvals_at_once_one_reverses(committed_khorgos):
    khorgos = committed_khorgos
    reversal = _ask(khorgos, khorgos.admitted(khorgos.line(item(), "10")))
    at = khorgos.tick()
    outcomes = at_once([lambda: approve_reversal(reversal=reversal, actor=khorgos.officer, at=at)] * 2)
    assert sum(isinstance(outcome, WrongState) for outcome in outcomes) == 1
    assert not _held()
    assert not list(verify())


def test_what_came_after_the_request_stops_the_approval(khorgos):
    goods = item()
    reversal = _ask(khorgos, khorgos.admitted(khorgos.line(goods, "10")))
    withdrawal = khorgos.withdrawn(out(goods, "4"))
    with pytest.raises(LaterMovementsDepend, match=withdrawal.number):
        approve_reversal(reversal=reversal, actor=khorgos.officer, at=khorgos.tick())
    assert type(reversal).objects.get().state == "requested"


def test_a_refused_reversal_changes_nothing_and_may_be_asked_again(khorgos):
    admission = khorgos.admitted(khorgos.line(item(), "10"))
    reversal = _ask(khorgos, admission)
    refuse_reversal(reversal=reversal, actor=khorgos.officer, at=khorgos.tick(), reason="The line is right")
    with pytest.raises(WrongState):
        approve_reversal(reversal=reversal, actor=khorgos.officer, at=khorgos.tick())
    assert khorgos.held(Journal.STOCK, khorgos.bin) == Decimal(10)
    _ask(khorgos, admission)


def test_what_was_not_posted_is_not_reversed(khorgos):
    with pytest.raises(NothingToReverse):
        _ask(khorgos, khorgos.submitted(khorgos.line(item(), "10")))
    goods = item("B")
    khorgos.admitted(khorgos.line(goods, "10"))
    withdrawal = khorgos.submitted_withdrawal(out(goods, "4"))
    with pytest.raises(WrongState, match="void"):
        _ask(khorgos, withdrawal)
    withdrawals.void_withdrawal(withdrawal=withdrawal, actor=khorgos.operator, at=khorgos.tick(), reason="Not wanted")
    with pytest.raises(NothingToReverse):
        _ask(khorgos, withdrawal)
