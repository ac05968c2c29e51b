"""Reversal: with reason and second person, exact, and not while later documents depend on it."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import resolve, reverse

from documents.inbox import longest_waiting
from documents.kinds import kind_of
from documents.operations.acts import Who
from documents.operations.documents import NotAsRequired, OwnWork, WrongState
from documents.reversals.checks import undecided_reversals
from documents.reversals.detail import ReversibleDetail
from documents.reversals.operations import (
    NothingToReverse,
    ReversalRequestedAlready,
    approve_reversal,
    refuse_reversal,
    request_reversal,
    reversal_acts,
)
from ledger.postings import Journal, LaterMovementsDepend
from ledger.queries import balances
from ledger.verification import verify
from registry.errors import NotAllowed
from tests.bonded.build import item, out, warehouse
from tests.bonded.test_concurrency import at_once
from tests.bonded.test_relocations import _move


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


def test_a_reversal_needs_a_reason_and_is_asked_for_once(khorgos):
    admission = khorgos.admitted(khorgos.line(item(), "10"))
    with pytest.raises(NotAsRequired):
        _ask(khorgos, admission, reason="  ")
    _ask(khorgos, admission)
    with pytest.raises(ReversalRequestedAlready):
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


# What each kind declares


@pytest.mark.parametrize("name", sorted(reversal_acts()))
def test_what_is_reversed_on_request_shows_it_and_is_asked_for_by_programs(name: str) -> None:
    act = reversal_acts()[name]
    page = resolve(act.model(pk=7).get_absolute_url()).func.view_class
    assert issubclass(page, ReversibleDetail)
    resource = resolve(reverse(f"api_{name}-request-reversal", args=[7])).func
    assert resource.actions == {"post": "request_reversal"}
    assert isinstance(act.decided_by, Who)
    field_names = {field.name for field in act.model._meta.fields}
    states = act.model._meta.get_field("state").choices if "state" in field_names else ()
    assert act.ends_as(act.model()) in dict(states) or "is_reversed" in field_names


def test_the_act_says_what_it_asks_for_and_names_the_document_as_its_kind_does(khorgos):
    admission = khorgos.admitted(khorgos.line(item(), "10"))
    ask = kind_of(admission).offer_of["reverse"].operation
    assert ask.act.argument == "admission"
    with pytest.raises(NotAsRequired):
        ask(admission=admission, actor=khorgos.operator, at=khorgos.tick(), reason=" ")
    asked = ask(admission=admission, actor=khorgos.operator, at=khorgos.tick(), reason="Twice")
    assert (asked.document_number, asked.reason) == (admission.number, "Twice")


def test_a_request_waits_in_the_inbox_of_whoever_decides_on_its_kind_and_of_nobody_else(khorgos):
    admission = khorgos.admitted(khorgos.line(item(), "10"))
    lot = khorgos.admitted(khorgos.line(item("B"), "10")).lines.get().lot
    relocation = _move(khorgos, (lot, khorgos.bin, khorgos.other_bin, "4"))
    _ask(khorgos, admission)
    _ask(khorgos, relocation)
    waiting = {
        person: [one.number for one in longest_waiting(user=person, most=9)]
        for person in (khorgos.operator, khorgos.supervisor, khorgos.officer, warehouse("ALA").officer)
    }
    assert list(waiting.values()) == [[], [relocation.number], [admission.number], []]


def test_an_undecided_request_is_open_when_a_period_ends(khorgos):
    reversal = _ask(khorgos, khorgos.admitted(khorgos.line(item(), "10")), reason="Posted twice")
    (found,) = undecided_reversals(khorgos.site, date(2026, 12, 31))
    assert (found.document_number, str(found.label)) == (reversal.document_number, "Reversal: Posted twice")
    assert undecided_reversals(khorgos.site, date(2020, 1, 1)) == []
    refuse_reversal(reversal=reversal, actor=khorgos.officer, at=khorgos.tick(), reason="It is right")
    assert undecided_reversals(khorgos.site, date(2026, 12, 31)) == []
