"""Reversal: with reason and second person, exact, and not while later documents depend on it."""

from decimal import Decimal

import pytest

from bonded.operations.documents import NotAsRequired, OwnWork, WrongState
from bonded.operations.reversals import (
    NothingToReverse,
    ReversalAsked,
    approve_reversal,
    refuse_reversal,
    request_reversal,
)
from ledger.postings import Journal, LaterMovementsDepend
from ledger.queries import balances
from ledger.verification import verify
from registry.errors import NotAllowed
from tests.bonded.build import item, out
from tests.bonded.test_relocations import _move


def _ask(khorgos, document, reason="Posted to the wrong line", actor=None):
    return request_reversal(document=document, reason=reason, actor=actor or khorgos.operator, at=khorgos.tick())


def _reverse(khorgos, document):
    reversal = _ask(khorgos, document)
    return approve_reversal(reversal=reversal, actor=khorgos.supervisor, at=khorgos.tick())


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
    admission = khorgos.admitted(khorgos.line(item(), "10"))
    reversal = _ask(khorgos, admission, actor=khorgos.supervisor)
    with pytest.raises(OwnWork):
        approve_reversal(reversal=reversal, actor=khorgos.supervisor, at=khorgos.tick())
    with pytest.raises(NotAllowed):
        approve_reversal(reversal=reversal, actor=khorgos.operator, at=khorgos.tick())


def test_a_reversal_needs_a_reason_and_is_asked_for_once(khorgos):
    admission = khorgos.admitted(khorgos.line(item(), "10"))
    with pytest.raises(NotAsRequired):
        _ask(khorgos, admission, reason="  ")
    _ask(khorgos, admission)
    with pytest.raises(ReversalAsked):
        _ask(khorgos, admission)


def test_a_refused_reversal_changes_nothing_and_may_be_asked_again(khorgos):
    admission = khorgos.admitted(khorgos.line(item(), "10"))
    reversal = _ask(khorgos, admission)
    refuse_reversal(reversal=reversal, actor=khorgos.supervisor, at=khorgos.tick(), reason="The line is right")
    with pytest.raises(WrongState):
        approve_reversal(reversal=reversal, actor=khorgos.supervisor, at=khorgos.tick())
    assert khorgos.held(Journal.STOCK, khorgos.bin) == Decimal(10)
    _ask(khorgos, admission)


def test_what_was_not_posted_is_not_reversed(khorgos):
    with pytest.raises(NothingToReverse):
        _ask(khorgos, khorgos.submitted(khorgos.line(item(), "10")))
    goods = item("B")
    khorgos.admitted(khorgos.line(goods, "10"))
    with pytest.raises(WrongState, match="void"):
        _ask(khorgos, khorgos.accepted_withdrawal(out(goods, "4")))
