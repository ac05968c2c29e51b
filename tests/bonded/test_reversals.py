"""What the reversal of each kind of warehouse document leaves behind, and with whose consent."""

import pytest

from bonded.stock_counts.operations import approve_stock_count
from bonded.withdrawals.operations import withdrawals
from documents.operations.documents import WrongState
from documents.reversals.operations import NothingToReverse, approve_reversal, refuse_reversal
from ledger.postings import Journal
from ledger.verification import verify
from registry.errors import NotAllowed
from registry.models import Role
from tests.bonded.build import item, out
from tests.bonded.test_relocations import _move
from tests.bonded.test_stock_counts import _counted_twice, _found, _open
from tests.documents.test_reversals import _ask, _held, _reverse
from tests.registry import build


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
