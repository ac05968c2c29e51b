"""Drafts on pages: saved or submitted at once, changed without losing a line, refused without leaving half of it."""

from typing import Any

import pytest
from django.urls import reverse

from bonded.models import Admission, Withdrawal
from tests.bonded.build import Warehouse, item, out
from tests.bonded.test_pages import ROW, admission_form, lines, signed_in
from tests.standing import standing

pytestmark = pytest.mark.django_db


@standing
def goods(khorgos: Warehouse) -> Any:
    return item()


def withdrawal_form(khorgos: Warehouse, *rows: dict[str, str], **more: str) -> dict[str, str]:
    head = {"book": str(khorgos.book.pk), "owner": khorgos.owner.code, "purpose": "domestic_sale"}
    return {**head, **lines(*rows), **more}


def test_a_form_is_saved_as_a_draft_or_submitted_at_once(khorgos: Warehouse, goods: Any) -> None:
    client, url = signed_in(khorgos.operator), reverse("bonded:admission_add")
    client.post(url, admission_form(khorgos, ROW))
    client.post(url, admission_form(khorgos, ROW, submit="1"))
    assert list(Admission.objects.order_by("pk").values_list("state", flat=True)) == ["draft", "submitted"]


def test_a_submission_sent_twice_submits_once(khorgos: Warehouse, goods: Any) -> None:
    client, url = signed_in(khorgos.operator), reverse("bonded:admission_add")
    sent = admission_form(khorgos, ROW, submit="1", request_key="5a6f0a3e-7a5c-4d0c-9a53-7d9d52f0a003")
    assert client.post(url, sent).url == client.post(url, sent).url
    assert Admission.objects.get().state == "submitted"


def test_a_refused_submission_keeps_no_draft_and_names_the_row(khorgos: Warehouse, goods: Any) -> None:
    khorgos.admitted(khorgos.line(goods, "10"))
    rows = ({"item": "PISTACHIO", "quantity": "7"}, {"item": "PISTACHIO", "quantity": "8"})
    client, url = signed_in(khorgos.operator), reverse("bonded:withdrawal_add")
    answer = client.post(url, withdrawal_form(khorgos, *rows, submit="1"))
    assert "only 3" in answer.context["lines"].forms[1].errors["quantity"][0]
    assert not Withdrawal.objects.exists()
    client.post(url, withdrawal_form(khorgos, *rows))
    assert Withdrawal.objects.get().number_sequence == 1, "the refused one took no number"


def test_a_line_that_is_not_touched_stays_in_the_changed_document(khorgos: Warehouse, goods: Any) -> None:
    almond = item("ALMOND", hs="080211")
    admission = khorgos.prepare(khorgos.line(goods, "10"), khorgos.line(almond, "20"))
    client, url = signed_in(khorgos.operator), reverse("bonded:admission_change", args=[admission.pk])
    forms = client.get(url).context["lines"].forms
    shown = [{name: str(form[name].value() or "") for name in form.fields} for form in forms]
    assert [row["quantity"] for row in shown[:2]] == ["10", "20"], "no empty decimals"
    rows = [{**row, "DELETE": ""} for row in shown if row["item"]]
    posted = {**admission_form(khorgos, *rows, remark="Seal checked"), "lines-INITIAL_FORMS": "2"}
    assert client.post(url, posted).status_code == 302
    assert [line.quantity for line in admission.lines.order_by("row")] == [10, 20]
    removed = {**posted, "lines-1-DELETE": "on"}
    client.post(url, removed)
    assert [line.item.code for line in admission.lines.all()] == ["PISTACHIO"]


def test_a_returned_document_is_corrected_and_submitted_again_in_one_step(khorgos: Warehouse, goods: Any) -> None:
    admission = khorgos.submitted(khorgos.line(goods, "10"))
    officer, operator = signed_in(khorgos.officer), signed_in(khorgos.operator)
    answer = officer.post(reverse("bonded:admission_return", args=[admission.pk]), {"reason": " "})
    assert "reason" in answer.context["form"].errors
    officer.post(reverse("bonded:admission_return", args=[admission.pk]), {"reason": "Origin missing"})
    assert "returned this document: Origin missing" in operator.get(admission.get_absolute_url()).content.decode()
    change = reverse("bonded:admission_change", args=[admission.pk])
    operator.post(change, admission_form(khorgos, {**ROW, "quantity": "12"}, submit="1"))
    admission = Admission.objects.get()
    assert (admission.state, admission.lines.get().quantity) == ("submitted", 12)


def test_a_named_lot_says_which_item_it_is_of(khorgos: Warehouse, goods: Any) -> None:
    lot = khorgos.admitted(khorgos.line(goods, "10")).lines.get().lot
    client, url = signed_in(khorgos.operator), reverse("bonded:withdrawal_add")
    answer = client.post(url, withdrawal_form(khorgos, {"quantity": "2"}))
    assert "item" in answer.context["lines"].forms[0].errors
    client.post(url, withdrawal_form(khorgos, {"lot": lot.number, "quantity": "2"}))
    line = Withdrawal.objects.get().lines.get()
    assert (line.item, line.lot, line.identification) == (goods, lot, "named")


@pytest.mark.parametrize("kind", ["admission", "withdrawal"])
def test_a_form_begins_with_the_only_book_and_asks_whose_goods_they_are(
    khorgos: Warehouse, goods: Any, kind: str
) -> None:
    client, url = signed_in(khorgos.operator), reverse(f"bonded:{kind}_add")
    khorgos.prepare(khorgos.line(goods, "10"))
    form = client.get(url).context["form"]
    assert form["book"].value() == khorgos.book.pk, "there is only one"
    assert not form["owner"].value(), "not silently that of the last document"


def test_every_declared_line_wants_a_count_and_zero_is_one(khorgos: Warehouse, goods: Any) -> None:
    admission = khorgos.arrived(khorgos.line(goods, "10"), khorgos.line(item("ALMOND", hs="080211"), "20"))
    first, second = admission.lines.order_by("row")
    client, url = signed_in(khorgos.operator), reverse("bonded:admission_count", args=[admission.pk])
    rows = [
        {"line": str(first.pk), "place": khorgos.bin.code, "quantity": "10"},
        {"line": str(second.pk), "place": "", "quantity": ""},
    ]
    answer = client.post(url, {**lines(*rows), "lines-INITIAL_FORMS": "2"})
    assert "quantity" in answer.context["lines"].forms[1].errors
    rows[1]["quantity"] = "5"
    answer = client.post(url, {**lines(*rows), "lines-INITIAL_FORMS": "2"})
    assert "Scan the bin" in answer.context["lines"].forms[1].errors["place"][0]
    rows[1]["quantity"] = "0"
    assert client.post(url, {**lines(*rows), "lines-INITIAL_FORMS": "2"}).status_code == 302
    assert first.counted.get().place == khorgos.bin, "a bin is known by its code at the site too"
    assert not second.counted.exists()


def test_a_document_is_printed_with_its_lines(khorgos: Warehouse, goods: Any) -> None:
    khorgos.admitted(khorgos.line(goods, "10"))
    withdrawal = khorgos.accepted_withdrawal(out(goods, "4"))
    page = signed_in(khorgos.operator).get(withdrawal.get_absolute_url() + "?print").content.decode()
    assert "data-print" in page
    assert "A-01" in page
    assert "sidebar" not in page
