"""Declaration numbers: their form, one standing document for each, the correction of a wrong one."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from bonded.admissions.operations import admissions
from bonded.models import Admission
from bonded.withdrawals.operations import discharge
from customs.models import DeclarationNumber, Regime
from customs.models.declaration_numbers import check_form, pattern_of
from customs.operations.declaration_numbers import correct_declaration_number
from customs.operations.regimes import change_regime
from documents.operations.documents import NotAsRequired, OwnWork, WrongState
from documents.reversals import operations as reversals
from registry.errors import NotAllowed
from registry.operations.register import NotFitForRegister
from tests.bonded.build import Warehouse, item, out, warehouse
from tests.customs.build import declaration_number

GOOD = "940220260000099999"


@pytest.mark.parametrize("number", ["abc", "12345678901234567", "94022026000009999X", "1" * 19, "九" * 18])
def test_what_is_no_declaration_number_is_refused_at_its_field(khorgos: Warehouse, number: str) -> None:
    with pytest.raises(NotAsRequired, match="18 digits") as refused:
        khorgos.prepare(khorgos.line(item(), "100"), declaration_number=number)
    error = refused.value.errors[0]
    assert (error.field, error.figure) == ("declaration_number", number.upper())
    assert not Admission.objects.exists()


def test_a_number_typed_with_blanks_or_in_full_width_is_the_number_that_was_meant(khorgos: Warehouse) -> None:
    admission = khorgos.prepare(khorgos.line(item(), "100"), declaration_number=" ９４０２ 2026 0000 099999 ")
    assert admission.declaration_number == GOOD


def test_goods_are_accepted_only_under_a_declaration_number(khorgos: Warehouse) -> None:
    admission = khorgos.submitted(khorgos.line(item(), "100"), declaration_number="")
    with pytest.raises(NotAsRequired) as refused:
        admissions.accept_admission(admission=admission, actor=khorgos.officer, at=khorgos.tick())
    assert refused.value.errors[0].field == "declaration_number"
    accepted = admissions.accept_admission(
        admission=admission, actor=khorgos.officer, at=khorgos.tick(), declaration_number=GOOD
    )
    assert accepted.declaration_number == GOOD


def test_a_domestic_sale_is_released_only_under_a_declaration_number(khorgos: Warehouse) -> None:
    pistachio = item()
    khorgos.admitted(khorgos.line(pistachio, "100"))
    sale = khorgos.accepted_withdrawal(out(pistachio, "10"), declaration_number="")
    khorgos.paid(sale)
    with pytest.raises(NotAsRequired) as refused:
        discharge.release_withdrawal(withdrawal=sale, actor=khorgos.officer, at=khorgos.tick())
    assert refused.value.errors[0].field == "declaration_number"
    # Who posts enters what is missing; nobody has to say why.
    correct_declaration_number(document=sale, declaration_number=GOOD, actor=khorgos.operator, at=khorgos.tick())
    released = discharge.release_withdrawal(withdrawal=sale, actor=khorgos.officer, at=khorgos.tick())
    assert released.declaration_number == GOOD


def test_one_number_stands_on_one_document_of_the_zone(khorgos: Warehouse) -> None:
    pistachio = item()
    first = khorgos.admitted(khorgos.line(pistachio, "100"), declaration_number=GOOD)
    elsewhere = warehouse("AKL")
    for prepare in (
        lambda: elsewhere.prepare(elsewhere.line(pistachio, "1"), declaration_number=GOOD),
        lambda: khorgos.drafted_withdrawal(out(pistachio, "1"), declaration_number="9402 2026 0000099999"),
    ):
        with pytest.raises(NotAsRequired, match=first.number):
            prepare()


def test_of_two_drafts_with_one_number_the_second_is_not_accepted(khorgos: Warehouse) -> None:
    pistachio = item()
    both = [khorgos.submitted(khorgos.line(pistachio, "1"), declaration_number=GOOD) for _number in range(2)]
    admissions.accept_admission(admission=both[0], actor=khorgos.officer, at=khorgos.tick())
    with pytest.raises(NotAsRequired, match=both[0].number):
        admissions.accept_admission(admission=both[1], actor=khorgos.officer, at=khorgos.tick())
    assert DeclarationNumber.objects.get(number=GOOD).document_id == both[0].pk


def test_what_is_void_or_reversed_lets_go_of_its_number(khorgos: Warehouse) -> None:
    pistachio = item()
    khorgos.admitted(khorgos.line(pistachio, "100"))
    sale = khorgos.accepted_withdrawal(out(pistachio, "10"), declaration_number=GOOD)
    asked = reversals.request_reversal(document=sale, reason="Not sold", actor=khorgos.operator, at=khorgos.tick())
    reversals.approve_reversal(reversal=asked, actor=khorgos.officer, at=khorgos.tick())
    admission = khorgos.accepted(khorgos.line(pistachio, "1"), declaration_number=GOOD)
    reversal = reversals.request_reversal(
        document=admission, reason="Declared twice", actor=khorgos.operator, at=khorgos.tick()
    )
    reversals.approve_reversal(reversal=reversal, actor=khorgos.officer, at=khorgos.tick())
    assert not DeclarationNumber.objects.filter(number=GOOD).exists()


def test_a_wrong_number_is_put_right_by_a_second_person_who_says_why(khorgos: Warehouse) -> None:
    pistachio = item()
    admission = khorgos.accepted(khorgos.line(pistachio, "100"))
    former = admission.declaration_number

    def correct(by: Any, reason: str = "Digits 17 and 18 were swapped", number: str = GOOD) -> Admission:
        return correct_declaration_number(
            document=admission, declaration_number=number, actor=by, at=khorgos.tick(), reason=reason
        )

    with pytest.raises(NotAllowed):
        correct(khorgos.operator)
    with pytest.raises(NotAsRequired, match="Say why"):
        correct(khorgos.officer, reason=" ")
    with pytest.raises(NotAsRequired, match="18 digits"):
        correct(khorgos.officer, number="abc")
    with pytest.raises(NotAsRequired, match="already"):
        correct(khorgos.officer, number=f"{former[:4]} {former[4:]}")
    corrected = correct(khorgos.officer)
    assert corrected.declaration_number == GOOD
    told = corrected.history.latest()
    assert (told.history_user, told.history_change_reason) == (khorgos.officer, "Digits 17 and 18 were swapped")
    # The former number is free for the document that it is really of.
    another = khorgos.accepted(khorgos.line(pistachio, "1"), declaration_number=former)
    assert another.declaration_number == former


def test_nobody_puts_the_number_of_their_own_document_right(khorgos: Warehouse) -> None:
    admission = khorgos.accepted(khorgos.line(item(), "100"), actor=khorgos.supervisor)
    with pytest.raises(OwnWork):
        correct_declaration_number(
            document=admission, declaration_number=GOOD, actor=khorgos.supervisor, at=khorgos.tick(), reason="Wrong"
        )


def test_a_draft_is_changed_and_not_corrected(khorgos: Warehouse) -> None:
    with pytest.raises(WrongState):
        correct_declaration_number(
            document=khorgos.submitted(khorgos.line(item(), "100")),
            declaration_number=GOOD,
            actor=khorgos.officer,
            at=khorgos.tick(),
            reason="Wrong",
        )


def test_the_form_is_what_the_regime_says(khorgos: Warehouse) -> None:
    pistachio = item()
    regime = Regime.objects.get(pk=khorgos.site.regime)
    regime.declaration_number_form = "E#####|I#####"
    change_regime(regime=regime, actor=None, at=khorgos.tick())
    assert khorgos.prepare(khorgos.line(pistachio, "1"), declaration_number="i 12345").declaration_number == "I12345"
    with pytest.raises(NotAsRequired, match="E##### / I#####"):
        khorgos.prepare(khorgos.line(pistachio, "1"), declaration_number=declaration_number())
    regime.declaration_number_form = "(a+)+$"
    with pytest.raises(NotFitForRegister):
        change_regime(regime=regime, actor=None, at=khorgos.tick())


def test_a_form_has_digits_letters_and_signs_that_stand_for_themselves() -> None:
    assert pattern_of("##@*|X#").fullmatch("12A9")
    assert pattern_of("##@*|X#").fullmatch("X1")
    assert not pattern_of("##@*|X#").fullmatch("X12")
    for form in ("", "##|", "a", "#-#"):
        with pytest.raises(ValidationError):
            check_form(form)
