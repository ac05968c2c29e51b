"""Who accepts sees what it means, before the act: the same figures that are then booked."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from bonded.acceptance import preview_admission, preview_admissions, preview_withdrawal
from bonded.admissions.operations import admissions
from bonded.models import Admission, AdmissionLine, WithdrawalPick
from bonded.operations.previewed import ChangedSincePreview
from bonded.withdrawals.operations import discharge
from customs.queries import guarantee_used_cny
from registry.models import ExchangeRate
from registry.operations.register import enter_in_register
from tests.bonded.build import Warehouse, exchange_rate, item, out, tariff, warehouse
from tests.bonded.calls import office
from tests.bonded.test_pages import signed_in
from tests.registry import build
from tests.standing import standing
from tests.worked import figures

T1 = figures("goods", "T1")
ASSESSED = ("customs_value_cny", "duty_cny", "consumption_tax_cny", "vat_cny", "duty_rate", "vat_rate")


@standing
def t1() -> Warehouse:
    """The worked example under a guarantee of 200,000.00 CNY."""
    tariff("08", duty=T1["in"]["duty"], vat=T1["in"]["vat"])
    exchange_rate("USD", T1["in"]["usd_cny"])
    return warehouse(limit_cny="200000.00")


def _submitted(at: Warehouse, goods: Any = None) -> Any:
    given = T1["in"]
    terms = {"currency": "USD", "terms": "FOB", "freight": Decimal(given["freight_usd"])}
    rate = Decimal(given["insurance_rate"])
    return at.submitted(at.line(goods or item(), "100", given["fob_usd"], insurance_rate=rate, **terms))


def test_the_preview_of_an_admission_is_what_is_booked(t1: Warehouse) -> None:
    admission = _submitted(t1)
    preview = preview_admission(admission, at=t1.tick())
    (line,) = preview.lines
    expected = T1["out"]
    assert line.customs_value_cny == Decimal(expected["customs_value"])
    assert preview.tax_cny == line.tax_cny == Decimal("161663.51")
    assert (line.exchange_rate_cny_per_unit, line.exchange_rate_date) == (
        Decimal(T1["in"]["usd_cny"]),
        date(2026, 6, 1),
    )
    assert preview.guarantee is not None
    assert (preview.guarantee.used_cny, preview.guarantee.used_after_cny) == (0, Decimal("161663.51"))
    assert preview.guarantee.free_after_cny == Decimal("38336.49")
    admissions.accept_admission(admission=admission, actor=t1.officer, at=t1.now, previewed_tax_cny=preview.tax_cny)
    booked = AdmissionLine.objects.get()
    assert [getattr(booked, name) for name in ASSESSED] == [getattr(line, name) for name in ASSESSED]
    assert t1.book.guarantee is not None
    assert guarantee_used_cny(t1.book.guarantee) == preview.guarantee.used_after_cny


def test_the_preview_of_a_withdrawal_is_what_is_booked_to_the_fen(khorgos: Warehouse) -> None:
    goods = item()
    khorgos.admitted(khorgos.line(goods, "3", "100"))
    khorgos.admitted(khorgos.line(goods, "7", "333.33"))
    khorgos.accepted_withdrawal(out(goods, "1"))
    withdrawal = khorgos.submitted_withdrawal(out(goods, "1"), out(goods, "4.5"))
    preview = preview_withdrawal(withdrawal, at=khorgos.tick())
    shown = [
        (pick.lot_id, pick.quantity, pick.released_value_cny, pick.released_tax_cny, pick.tax_cny)
        for pick in preview.lines
    ]
    discharge.accept_withdrawal(
        withdrawal=withdrawal, actor=khorgos.officer, at=khorgos.now, previewed_tax_cny=preview.tax_cny
    )
    picks = WithdrawalPick.objects.filter(line__withdrawal=withdrawal).order_by("line__row", "pk")
    assert shown == [
        (pick.lot_id, pick.quantity, pick.released_value_cny, pick.released_tax_cny, pick.tax_cny) for pick in picks
    ]
    assert preview.tax_cny > 0


def test_what_has_changed_since_the_preview_is_told_and_nothing_is_accepted(t1: Warehouse) -> None:
    admission = _submitted(t1)
    shown = preview_admission(admission, at=t1.tick()).tax_cny
    rate = ExchangeRate(currency="USD", cny_per_unit=Decimal("7.5"), valid_from_date=t1.tick(days=1).date())
    enter_in_register(row=rate, actor=None, at=build.AT)
    with pytest.raises(ChangedSincePreview, match=r"161,663\.51"):
        admissions.accept_admission(admission=admission, actor=t1.officer, at=t1.tick(), previewed_tax_cny=shown)
    admission = Admission.objects.get()
    assert admission.state == "submitted"


def test_the_page_shows_every_figure_before_the_act(t1: Warehouse) -> None:
    admission = _submitted(t1)
    client, address = signed_in(t1.officer), reverse("bonded:admission_accept", args=[admission.pk])
    page = client.get(address).content.decode()
    for figure in ("161,663.51", "38,336.49", "080251", "7.1"):
        assert figure in page, figure
    hidden = {"previewed_tax_cny": "1.00", "declaration_number": admission.declaration_number}
    answer = client.post(address, hidden)
    assert "161,663.51" in answer.content.decode()
    admission = Admission.objects.get()
    assert admission.state == "submitted"
    client.post(address, {**hidden, "previewed_tax_cny": "161663.51"})
    admission = Admission.objects.get()
    assert admission.state == "accepted"


def test_a_missing_rate_is_told_by_the_preview_and_leaves_the_others_alone(
    t1: Warehouse, django_assert_num_queries: Any
) -> None:
    goods = item()
    both = [_submitted(t1, goods) for _number in range(2)]
    late = t1.submitted(t1.line(goods, "1", "10"))
    late.lines.update(origin="KZ", currency="EUR")
    found = preview_admissions([*both, late], at=t1.tick())
    assert [found[one.pk].refused == "" for one in (*both, late)] == [True, True, False]
    assert found[both[0].pk].tax_cny == Decimal("161663.51")
    assert "EUR" in found[late.pk].refused


def test_the_preview_over_the_api(t1: Warehouse) -> None:
    admission, desk = _submitted(t1), office(t1)
    told = desk.officer.get(f"admissions/{admission.pk}/acceptance").json()
    assert (told["tax_cny"], told["guarantee"]["free_after_cny"]) == ("161663.51", "38336.49")
    (line,) = told["lines"]
    assert (line["hs_code"], line["freight"], line["exchange_rate_date"][-3:]) == ("080251", "3000.00", "-01")
    accept = f"admissions/{admission.pk}/accept"
    answer = desk.officer.post(accept, {"previewed_tax_cny": "1.00"})
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:bondbook:problem:changed-since-preview")
    assert desk.officer.post(accept, {"previewed_tax_cny": told["tax_cny"]}).status_code == 200
    assert desk.officer.get(f"admissions/{admission.pk}/acceptance").status_code == 404
