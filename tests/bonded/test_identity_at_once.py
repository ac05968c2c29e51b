"""Two people who write one number in two ways at the same moment: it stands on one document."""

from decimal import Decimal
from typing import Any

import pytest

from bonded.admissions.operations import admissions
from bonded.admissions.operations.receiving import CountInput, count_admission
from bonded.operations.payments import record_payment
from bonded.payable import payable_cny
from customs.models import DeclarationNumber
from documents.operations.documents import NotAsRequired
from registry.errors import RuleBroken
from registry.wording import CUSTOMS_TIME
from tests.bonded.build import Warehouse, item, out
from tests.bonded.test_concurrency import at_once
from tests.bonded.test_suspense import _settle

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_declaration_number_stands_on_one_document(committed_khorgos: Warehouse) -> None:
    goods = item()
    written = ("940120261000000123", "9401 2026 1000 000123")
    both = [committed_khorgos.submitted(committed_khorgos.line(goods, "1"), declaration_number="") for _ in written]
    at = committed_khorgos.tick()

    def accept(admission: Any, number: str) -> Any:
        return admissions.accept_admission(
            admission=admission, declaration_number=number, actor=committed_khorgos.officer, at=at
        )

    outcomes = at_once(
        [lambda one=one, number=number: accept(one, number) for one, number in zip(both, written, strict=True)]  # type: ignore[misc]
    )
    assert sorted(isinstance(one, RuleBroken) for one in outcomes) == [False, True]
    assert DeclarationNumber.objects.filter(key="940120261000000123").count() == 1


def test_a_payment_reference_stands_on_one_document_of_whatever_kind(committed_khorgos: Warehouse) -> None:
    khorgos = committed_khorgos
    admission = khorgos.arrived(khorgos.line(item("WALNUT", hs="080231"), "100", "1000"))
    found = [CountInput(line=admission.lines.get(), place=khorgos.bin, quantity=Decimal(93))]
    count_admission(admission=admission, counted=found, actor=khorgos.operator, at=khorgos.tick())
    short = _settle(khorgos, "taxed", "7")
    goods = item()
    khorgos.admitted(khorgos.line(goods, "100", "1000"))
    sale = khorgos.accepted_withdrawal(out(goods, "10"))
    at = khorgos.tick()

    def pay(document: Any, reference: str) -> Any:
        return record_payment(
            document=document,
            amount_cny=payable_cny(document),
            paid_on=at.astimezone(CUSTOMS_TIME).date(),
            reference=reference,
            actor=khorgos.operator,
            at=at,
        )

    outcomes = at_once([lambda: pay(short, "ab-1"), lambda: pay(sale, "AB 1")])
    assert sorted(isinstance(one, NotAsRequired) for one in outcomes) == [False, True]
    references = [type(one).objects.get(pk=one.pk).payment_reference for one in (short, sale)]
    assert sorted(references) in (["", "AB 1"], ["", "ab-1"])
