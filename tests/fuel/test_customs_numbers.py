"""Customs declaration numbers in fuel: their form, one consignment under each, the correction of a wrong one."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from customs.models import DeclarationNumber
from customs.operations.declaration_numbers import correct_declaration_number
from documents.kinds import kind_of
from documents.operations.documents import NotAsRequired, OwnWork, WrongState
from fuel.consignments.operations.declaring import accept_consignment, amend_consignment, reverse_consignment
from fuel.consignments.operations.over_deliveries import admit_over_delivery, take_out_over_delivery
from fuel.models import FuelConsignment, OverDelivery, StatusChange, Tank
from fuel.status_changes.operations import ask_for_status_change
from registry.errors import NotAllowed
from tests.fuel.farm import Farm
from tests.fuel.test_consignment_pages import ROOT, caller, signed_in
from tests.standing import standing

GOOD = "940220260000099999"
SAME = " 9402 2026 ００００ 099999 "
WRONG = ["abc", "12345678901234567", "94022026000009999X"]


@standing
def urumqi(small: Farm) -> Farm:
    return small


@standing
def tank(urumqi: Farm) -> Tank:
    return urumqi.tank("T1", "")


def over(urumqi: Farm, tank: Tank) -> FuelConsignment:
    return urumqi.received(urumqi.accepted("800000"), urumqi.gauged(tank, "802000"))


def admitted(urumqi: Farm, consignment: FuelConsignment, reference: str) -> FuelConsignment:
    return admit_over_delivery(consignment=consignment, reference=reference, actor=urumqi.officer, at=urumqi.tick())


def asked(urumqi: Farm, tank: Tank, reference: str) -> StatusChange:
    at = urumqi.tick()
    return ask_for_status_change(
        from_tank=tank,
        mass_kg=Decimal(10),
        reference=reference,
        changed_at=at,
        actor=urumqi.operator,
        at=at,
        request_key=uuid4(),
    )


def refusals(refused: Any) -> list[tuple[str, str]]:
    return [(error.field, error.figure) for error in refused.value.errors]


@pytest.mark.parametrize("status", ["bonded", "duty_paid"])
@pytest.mark.parametrize("number", WRONG)
def test_a_consignment_takes_no_other_number(urumqi: Farm, number: str, status: str) -> None:
    with pytest.raises(NotAsRequired, match="18 digits") as refused:
        urumqi.advised(customs_status=status, declaration_number=number)
    assert refusals(refused) == [("declaration_number", number.upper())]
    assert not FuelConsignment.objects.exists()


def test_a_number_is_refused_beside_whatever_else_is_wrong(urumqi: Farm) -> None:
    with pytest.raises(NotAsRequired) as refused:
        urumqi.advised("0.00001", declaration_number="abc", invoice_value=Decimal(-1))
    assert {field for field, _figure in refusals(refused)} >= {"declaration_number", "invoice_value"}


def test_a_consignment_is_amended_to_no_other_number(urumqi: Farm) -> None:
    consignment = urumqi.advised(declaration_number=GOOD)
    with pytest.raises(NotAsRequired, match="18 digits") as refused:
        amend_consignment(
            consignment=consignment,
            details=urumqi.details(declaration_number="abc"),
            actor=urumqi.operator,
            at=urumqi.tick(),
        )
    assert refusals(refused) == [("declaration_number", "ABC")]
    assert FuelConsignment.objects.get().declaration_number == GOOD


@pytest.mark.parametrize("number", WRONG)
def test_fuel_over_its_document_is_admitted_under_no_other_number(urumqi: Farm, tank: Tank, number: str) -> None:
    consignment = over(urumqi, tank)
    with pytest.raises(NotAsRequired, match="18 digits") as refused:
        admitted(urumqi, consignment, number)
    assert refusals(refused) == [("reference", number.upper())]
    assert not OverDelivery.objects.exists()


def test_fuel_over_its_document_is_admitted_under_a_declaration_of_its_own(urumqi: Farm, tank: Tank) -> None:
    consignment = over(urumqi, tank)
    with pytest.raises(NotAsRequired, match=consignment.number) as refused:
        admitted(urumqi, consignment, consignment.declaration_number)
    assert [field for field, _figure in refusals(refused)] == ["reference"]
    assert admitted(urumqi, consignment, SAME).over_delivery.reference == GOOD


def test_the_paper_by_which_fuel_is_taken_out_is_no_declaration(urumqi: Farm, tank: Tank) -> None:
    consignment = take_out_over_delivery(
        consignment=over(urumqi, tank), reference="WB-7", reason="Sent back", actor=urumqi.officer, at=urumqi.tick()
    )
    assert consignment.over_delivery.reference == "WB-7"


@pytest.mark.parametrize("number", WRONG)
def test_fuel_is_cleared_under_no_other_number(urumqi: Farm, tank: Tank, number: str) -> None:
    urumqi.released(urumqi.received(urumqi.accepted("800000"), urumqi.gauged(tank, "800000")))
    with pytest.raises(NotAsRequired, match="18 digits") as refused:
        asked(urumqi, tank, number)
    assert refusals(refused) == [("reference", number.upper())]
    assert not StatusChange.objects.exists()


def test_one_declaration_clears_a_tank_once_however_it_is_written_and_other_tanks_too(urumqi: Farm, tank: Tank) -> None:
    other = urumqi.tank("T2", "")
    for one in (tank, other):
        urumqi.released(urumqi.received(urumqi.accepted("800000"), urumqi.gauged(one, "800000")))
    assert asked(urumqi, tank, SAME).reference == GOOD
    with pytest.raises(NotAsRequired, match="already"):
        asked(urumqi, tank, GOOD)
    assert asked(urumqi, other, GOOD).from_tank == other


def test_a_page_refuses_each_at_its_field(urumqi: Farm, tank: Tank) -> None:
    consignment = urumqi.released(over(urumqi, tank))
    operator, officer = signed_in(urumqi.operator), signed_in(urumqi.officer)
    papers = {
        "request_key": uuid4(),
        "site": urumqi.site.pk,
        "customs_status": "bonded",
        "book": urumqi.book.pk,
        "source": "abroad",
        "transport": "rail",
        "supplier": urumqi.supplier.pk,
        "product": urumqi.product.code,
        "document_mass_kg": "800000",
        "invoice_value": "600000",
        "currency": "USD",
        "declaration_number": "abc",
    }
    change = {"request_key": uuid4(), "from_tank": tank.pk, "mass_kg": "10", "reference": "abc"}
    for client, name, args, given, field in (
        (operator, "fuel_consignment_add", (), papers, "declaration_number"),
        (operator, "status_change_add", (), change, "reference"),
        (officer, "fuel_consignment_admit_over", (consignment.pk,), {"reference": "abc"}, "reference"),
    ):
        refused = client.post(reverse(f"fuel:{name}", args=args), given)
        assert list(refused.context["form"].errors) == [field], name
        assert "18 digits" in refused.content.decode()


def test_a_program_is_refused_each_at_its_field(urumqi: Farm, tank: Tank) -> None:
    consignment = urumqi.released(over(urumqi, tank))
    operator, officer = caller(urumqi.operator), caller(urumqi.officer)
    papers = {
        "site": urumqi.site.code,
        "customs_status": "bonded",
        "book": urumqi.book.number,
        "supplier": urumqi.supplier.code,
        "product": urumqi.product.code,
        "document_mass_kg": "43300",
        "invoice_value": "30000",
        "currency": "USD",
        "declaration_number": "abc",
    }
    change = {"site": urumqi.site.code, "from_tank": "T1", "mass_kg": "10", "reference": "abc"}
    for client, path, given, field in (
        (operator, "consignments/", papers, "declaration_number"),
        (operator, "status-changes/", change, "reference"),
        (officer, f"consignments/{consignment.pk}/admit-over/", {"reference": "abc"}, "reference"),
    ):
        key = {"Idempotency-Key": str(uuid4())}
        refused = client.post(f"{ROOT}/{path}", given, format="json", headers=key)
        assert refused.status_code == 422, refused.content
        assert [error["field"] for error in refused.json()["errors"]] == [field], path


def test_two_consignments_do_not_stand_under_one_number(urumqi: Farm) -> None:
    waiting = urumqi.advised(declaration_number=SAME)
    first = urumqi.accepted(declaration_number=GOOD)
    with pytest.raises(NotAsRequired, match=first.number) as refused:
        urumqi.advised(declaration_number=SAME)
    assert refusals(refused) == [("declaration_number", GOOD)]
    with pytest.raises(NotAsRequired, match=first.number):
        accept_consignment(consignment=waiting, actor=urumqi.officer, at=urumqi.tick())
    assert DeclarationNumber.objects.get(number=GOOD).document_id == first.pk


def test_a_reversed_consignment_lets_go_of_its_number(urumqi: Farm) -> None:
    first = urumqi.accepted(declaration_number=GOOD)
    reverse_consignment(consignment=first, actor=urumqi.officer, at=urumqi.tick(), reason="Declared twice")
    assert urumqi.accepted(declaration_number=GOOD).declaration_number == GOOD


def test_a_wrong_number_is_put_right_by_a_second_person_who_says_why(urumqi: Farm) -> None:
    consignment = urumqi.accepted()

    def correct(by: Any, reason: str = "Digits were swapped", number: str = SAME) -> FuelConsignment:
        return correct_declaration_number(
            document=consignment, declaration_number=number, actor=by, at=urumqi.tick(), reason=reason
        )

    with pytest.raises(NotAllowed):
        correct(urumqi.operator)
    with pytest.raises(NotAsRequired, match="Say why"):
        correct(urumqi.officer, reason=" ")
    with pytest.raises(NotAsRequired, match="18 digits"):
        correct(urumqi.officer, number="abc")
    assert "number" not in kind_of(consignment).acts_on(urumqi.operator, consignment)
    assert "number" in kind_of(consignment).acts_on(urumqi.officer, consignment)
    corrected = correct(urumqi.officer)
    assert corrected.declaration_number == GOOD
    told = corrected.history.latest()
    assert (told.history_user, told.history_change_reason) == (urumqi.officer, "Digits were swapped")
    urumqi.operator = urumqi.supervisor
    own = urumqi.accepted()
    with pytest.raises(OwnWork):
        correct_declaration_number(
            document=own, declaration_number="940220260000099998", actor=own.prepared_by, at=urumqi.tick(), reason="x"
        )


def test_what_customs_has_not_accepted_is_changed_and_not_corrected(urumqi: Farm) -> None:
    paid = urumqi.received(
        urumqi.advised("1000", customs_status="duty_paid"), urumqi.gauged(urumqi.tank("T9", "duty_paid"), "1000")
    )
    for consignment in (urumqi.advised(), paid):
        assert "number" not in kind_of(consignment).acts_on(urumqi.officer, consignment)
        with pytest.raises(WrongState):
            correct_declaration_number(
                document=consignment,
                declaration_number=GOOD,
                actor=urumqi.officer,
                at=urumqi.tick(),
                reason="Digits were swapped",
            )


def test_it_is_put_right_on_its_page_and_by_a_program(urumqi: Farm) -> None:
    consignment = urumqi.accepted()
    page = reverse("fuel:fuel_consignment_number", args=[consignment.pk])
    officer = signed_in(urumqi.officer)
    assert page in officer.get(consignment.get_absolute_url()).content.decode()
    given = {"declaration_number": GOOD, "reason": "Digits were swapped"}
    assert signed_in(urumqi.operator).post(page, given).status_code == 403
    wrong = officer.post(page, {**given, "declaration_number": "abc"})
    assert list(wrong.context["form"].errors) == ["declaration_number"]
    assert officer.post(page, given).status_code == 302
    shown = officer.get(consignment.get_absolute_url()).content.decode()
    assert GOOD in shown
    assert "Digits were swapped" in shown
    url = f"{ROOT}/consignments/{consignment.pk}/number/"
    program = caller(urumqi.officer)
    assert caller(urumqi.operator).post(url, given, format="json").status_code == 403
    answer = program.post(url, {"declaration_number": "abc", "reason": "Wrong"}, format="json")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "declaration_number")
    answer = program.post(url, {"declaration_number": "940220260000099998", "reason": "Not that"}, format="json")
    assert answer.json()["declaration_number"] == "940220260000099998"
