"""Real threads against PostgreSQL: what must hold when people act at the same moment."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from bonded.admissions.operations import admissions
from bonded.models import Admission
from bonded.withdrawals.operations import discharge
from customs.operations.guarantees import GuaranteeExceeded
from documents.operations.documents import NotAsRequired
from ledger.postings import Hold, Journal, NotEnoughStock
from ledger.verification import verify
from registry.errors import RuleBroken
from tests.bonded.build import Warehouse, item, out, tariff, warehouse
from tests.customs.build import declaration_number
from tests.worked import figures

T10 = figures("goods", "T10")

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """Run every act in a thread of its own, all started together; what a rule refuses is returned, not raised."""
    together = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            together.wait(timeout=20)
            return act()
        except RuleBroken as broken:
            return broken
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def test_of_two_withdrawals_at_once_exactly_one_succeeds(committed_khorgos: Warehouse) -> None:
    khorgos = committed_khorgos
    goods = item()
    khorgos.admitted(khorgos.line(goods, str(T10["in"]["stock"])))
    asked = T10["in"]["simultaneous_withdrawals"]
    waiting = [khorgos.submitted_withdrawal(out(goods, str(quantity))) for quantity in asked]
    at = khorgos.tick()
    outcomes = at_once(
        [lambda one=one: discharge.accept_withdrawal(withdrawal=one, actor=khorgos.officer, at=at) for one in waiting]
    )
    refused = [outcome for outcome in outcomes if isinstance(outcome, NotEnoughStock)]
    assert len(refused) == 1
    assert (refused[0].errors[0].field, refused[0].errors[0].row) == ("quantity", 0)
    assert khorgos.held(Journal.STOCK, khorgos.bin) == 40
    assert khorgos.held(Journal.CUSTOMS, khorgos.book.place, Hold.RESERVED) == 60
    assert not list(verify())


def test_withdrawals_at_once_find_what_the_others_left(committed_khorgos: Warehouse) -> None:
    """Eight ask for an eighth each of stock in four lots: all are served, whoever was quicker."""
    khorgos = committed_khorgos
    goods = item()
    for _lot in range(4):
        khorgos.admitted(khorgos.line(goods, "20"))
    waiting = [khorgos.submitted_withdrawal(out(goods, "10")) for _ in range(8)]
    at = khorgos.tick()
    at_once(
        [lambda one=one: discharge.accept_withdrawal(withdrawal=one, actor=khorgos.officer, at=at) for one in waiting]
    )
    assert khorgos.held(Journal.STOCK, khorgos.bin) == 0
    assert khorgos.held(Journal.STOCK, khorgos.bin, Hold.RESERVED) == 80


def test_of_two_admissions_at_once_with_one_declaration_number_one_is_accepted(committed_khorgos: Warehouse) -> None:
    khorgos = committed_khorgos
    goods, number = item(), declaration_number()
    both = [khorgos.submitted(khorgos.line(goods, "1"), declaration_number=number) for _number in range(2)]
    at = khorgos.tick()
    outcomes = at_once(
        [lambda one=one: admissions.accept_admission(admission=one, actor=khorgos.officer, at=at) for one in both]
    )
    assert sorted(isinstance(outcome, NotAsRequired) for outcome in outcomes) == [False, True]


def test_of_two_admissions_at_once_the_guarantee_takes_one(transactional_db: None) -> None:
    tariff("08", duty="0.08")
    khorgos = warehouse(limit_cny="300.00")
    waiting = [khorgos.submitted(khorgos.line(item(code), "10", "1000")) for code in ("A", "B")]
    at = khorgos.tick()
    outcomes = at_once(
        [lambda one=one: admissions.accept_admission(admission=one, actor=khorgos.officer, at=at) for one in waiting]
    )
    assert [type(outcome) for outcome in outcomes if isinstance(outcome, RuleBroken)] == [GuaranteeExceeded]
    assert sorted(Admission.objects.values_list("state", flat=True)) == ["accepted", "submitted"]


def test_documents_prepared_at_once_are_numbered_without_gap(committed_khorgos: Warehouse) -> None:
    khorgos = committed_khorgos
    goods = item()
    at_once([lambda: khorgos.prepare(khorgos.line(goods, "1")) for _ in range(8)])
    assert sorted(Admission.objects.values_list("number_sequence", flat=True)) == list(range(1, 9))


def test_the_same_request_at_once_gives_one_document(committed_khorgos: Warehouse) -> None:
    khorgos = committed_khorgos
    goods = item()
    key = "5a6f0a3e-7a5c-4d0c-9a53-7d9d52f0a001"
    outcomes = at_once([lambda: khorgos.prepare(khorgos.line(goods, "1"), request_key=key) for _ in range(6)])
    assert len({outcome.pk for outcome in outcomes}) == 1
    assert Admission.objects.count() == 1
