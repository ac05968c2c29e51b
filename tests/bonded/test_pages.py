"""Pages of the warehouse's documents: who sees and does what, errors beside their field, constant queries."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bonded.models import Admission, Relocation, StockCount, Withdrawal
from registry.models import Role
from tests.bonded.build import Warehouse, item, out, warehouse
from tests.bonded.test_relocations import _move
from tests.customs.build import declaration_number
from tests.registry import build
from tests.standing import standing

LISTS = ("admission_list", "withdrawal_list", "relocation_list", "stock_count_list")


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def lines(*rows: dict[str, str]) -> dict[str, str]:
    """Rows as the line editor posts them."""
    posted = {"lines-TOTAL_FORMS": str(len(rows)), "lines-INITIAL_FORMS": "0"}
    for number, row in enumerate(rows):
        posted |= {f"lines-{number}-{name}": value for name, value in row.items()}
    return posted


def admission_form(khorgos: Warehouse, *rows: dict[str, str], **more: str) -> dict[str, str]:
    head = {
        "site": str(khorgos.site.pk),
        "book": str(khorgos.book.pk),
        "owner": khorgos.owner.code,
        "source": "abroad",
        "declaration_number": declaration_number(),
    }
    return {**head, **lines(*rows), **more}


ROW = {"item": "PISTACHIO", "quantity": "100", "invoice_value": "1000", "currency": "CNY", "terms": "CIF"}


@standing
def goods(khorgos: Warehouse) -> Any:
    return item()


@pytest.mark.parametrize("name", LISTS)
def test_staff_read_lists_and_others_do_not(khorgos, name):
    url = reverse(f"bonded:{name}")
    for reader in (khorgos.operator, khorgos.supervisor, khorgos.officer, build.user("audrey", Role.AUDITOR)):
        assert signed_in(reader).get(url).status_code == 200
    for other in (build.user("adam", Role.ADMINISTRATOR), build.user("nobody", None)):
        assert signed_in(other).get(url).status_code == 403
    assert Client().get(url).status_code == 302


def test_people_whom_a_reader_may_not_look_up_are_named_without_a_link(khorgos, goods):
    admission = khorgos.admitted(khorgos.line(goods, "1"))
    page = signed_in(khorgos.operator).get(admission.get_absolute_url()).content.decode()
    assert str(khorgos.officer) in page
    assert f'"{khorgos.operator.get_absolute_url()}"' in page
    assert f'"{khorgos.officer.get_absolute_url()}"' not in page


@pytest.mark.parametrize("name", LISTS)
def test_lists_ask_the_same_for_one_row_and_for_three(khorgos, goods, name, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, url = signed_in(khorgos.operator), reverse(f"bonded:{name}")

    def ask() -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        return len(asked)

    _one_of_each(khorgos, goods)
    once = ask()
    for _ in range(2):
        _one_of_each(khorgos, goods)
    assert ask() == once


def test_a_document_asks_the_same_for_one_line_and_for_three(khorgos, goods):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in(khorgos.operator)

    def ask(document) -> int:
        client.get(document.get_absolute_url())
        with CaptureQueriesContext(connection) as asked:
            assert client.get(document.get_absolute_url()).status_code == 200
        return len(asked)

    others = [goods, item("ALMOND"), item("CASHEW")]
    one = khorgos.admitted(khorgos.line(goods, "10"))
    three = khorgos.admitted(*[khorgos.line(other, "10") for other in others])
    assert ask(one) == ask(three)
    one = khorgos.withdrawn(out(goods, "2"))
    three = khorgos.withdrawn(*[out(other, "2") for other in others])
    assert ask(one) == ask(three)


def test_lists_begin_with_the_newest(khorgos, goods):
    first, second = (khorgos.prepare(khorgos.line(goods, "10")) for _ in range(2))
    client, url = signed_in(khorgos.operator), reverse("bonded:admission_list")
    rows = client.get(url).context["table"].rows
    assert [row.record for row in rows] == [second, first]
    rows = client.get(url, {"sort": "state"}).context["table"].rows
    assert [row.record for row in rows] == [second, first], "what is alike stays in this order"


def _one_of_each(khorgos, goods):
    from tests.bonded.test_stock_counts import _open

    lot = khorgos.admitted(khorgos.line(goods, "10")).lines.get().lot
    khorgos.withdrawn(out(goods, "2"))
    _move(khorgos, (lot, khorgos.bin, khorgos.other_bin, "1"))
    _open(khorgos)


def test_an_admission_is_entered_and_submitted_accepted_arrived_counted_on_pages(khorgos, goods):
    operator, officer = signed_in(khorgos.operator), signed_in(khorgos.officer)
    answer = operator.post(reverse("bonded:admission_add"), admission_form(khorgos, ROW))
    admission = Admission.objects.get()
    assert answer.url == admission.get_absolute_url()
    for client, act in ((operator, "submit"), (officer, "accept"), (operator, "arrive")):
        answer = client.post(reverse(f"bonded:admission_{act}", args=[admission.pk]))
        assert answer.status_code == 302, act
    page = operator.get(reverse("bonded:admission_count", args=[admission.pk])).content.decode()
    assert "PISTACHIO" in page
    counted = lines({"line": str(admission.lines.get().pk), "place": khorgos.bin.barcode, "quantity": "100"})
    operator.post(reverse("bonded:admission_count", args=[admission.pk]), counted)
    assert Admission.objects.get().state == "counted"
    page = operator.get(admission.get_absolute_url()).content.decode()
    assert f"{admission.number}-01" in page
    assert "Counted" in page


def test_a_refused_figure_stands_beside_its_field_and_nothing_typed_is_lost(khorgos, goods):
    rows = (ROW, {**ROW, "quantity": "-5", "invoice_value": "777.77"})
    answer = signed_in(khorgos.operator).post(
        reverse("bonded:admission_add"), admission_form(khorgos, *rows, vehicle="XJ 123")
    )
    assert answer.status_code == 200
    assert not Admission.objects.exists()
    assert "negative" in answer.context["lines"].forms[1].errors["quantity"][0]
    page = answer.content.decode()
    assert "777.77" in page
    assert "XJ 123" in page


def test_the_same_form_sent_twice_gives_one_document(khorgos, goods):
    client = signed_in(khorgos.operator)
    sent = admission_form(khorgos, ROW, request_key="5a6f0a3e-7a5c-4d0c-9a53-7d9d52f0a002")
    first = client.post(reverse("bonded:admission_add"), sent)
    second = client.post(reverse("bonded:admission_add"), sent)
    assert first.url == second.url
    assert Admission.objects.count() == 1


def test_steps_are_offered_to_those_who_may_take_them(khorgos, goods):
    admission = khorgos.submitted(khorgos.line(goods, "10"))
    accept = reverse("bonded:admission_accept", args=[admission.pk])
    assert accept in signed_in(khorgos.officer).get(admission.get_absolute_url()).content.decode()
    for reader in (khorgos.operator, build.user("audrey", Role.AUDITOR)):
        client = signed_in(reader)
        assert accept not in client.get(admission.get_absolute_url()).content.decode()
        assert client.post(accept).status_code == 403
    assert signed_in(warehouse("ALA").supervisor).post(accept).status_code == 404
    assert Admission.objects.get().state == "submitted"


def test_an_act_that_comes_too_late_says_so(khorgos, goods):
    admission = khorgos.accepted(khorgos.line(goods, "10"))
    answer = signed_in(khorgos.officer).post(reverse("bonded:admission_accept", args=[admission.pk]))
    assert answer.status_code == 200
    assert "Accepted" in answer.context["form"].non_field_errors()[0]


def test_an_admission_is_changed_while_it_is_a_draft(khorgos, goods):
    admission = khorgos.prepare(khorgos.line(goods, "10"))
    client, url = signed_in(khorgos.operator), reverse("bonded:admission_change", args=[admission.pk])
    assert "PISTACHIO" in client.get(url).content.decode()
    client.post(url, admission_form(khorgos, {**ROW, "quantity": "12"}))
    assert [line.quantity for line in admission.lines.all()] == [12]


def test_a_withdrawal_goes_out_by_pages(khorgos, goods):
    khorgos.admitted(khorgos.line(goods, "100"))
    operator, officer = signed_in(khorgos.operator), signed_in(khorgos.officer)
    head = {
        "site": khorgos.site.pk, "book": khorgos.book.pk, "owner": khorgos.owner.code, "purpose": "re_export",
        "destination": "kz", "declaration_number": declaration_number(),
    }  # fmt: skip
    operator.post(reverse("bonded:withdrawal_add"), {**head, **lines({"item": "PISTACHIO", "quantity": "40"})})
    withdrawal = Withdrawal.objects.get()
    steps = (
        (operator, "submit"), (officer, "accept"), (operator, "pick"), (operator, "pass"), (officer, "release"),
        (officer, "close"),
    )  # fmt: skip
    for client, act in steps:
        assert client.post(reverse(f"bonded:withdrawal_{act}", args=[withdrawal.pk])).status_code == 302, act
    assert Withdrawal.objects.get().state == "closed"
    page = operator.get(withdrawal.get_absolute_url()).content.decode()
    assert "Re-exported" in page


def test_a_relocation_is_posted_by_its_page(khorgos, goods):
    lot = khorgos.admitted(khorgos.line(goods, "100")).lines.get().lot
    row = {
        "lot": lot.number, "from_place": khorgos.bin.barcode, "to_place": khorgos.other_bin.barcode, "quantity": "30",
    }  # fmt: skip
    client = signed_in(khorgos.operator)
    answer = client.post(reverse("bonded:relocation_add"), {"site": khorgos.site.pk, **lines(row, row, row, row)})
    assert "only" in answer.context["lines"].forms[3].errors["quantity"][0]
    client.post(reverse("bonded:relocation_add"), {"site": khorgos.site.pk, **lines(row)})
    assert client.get(Relocation.objects.get().get_absolute_url()).status_code == 200


def test_a_count_sheet_is_blind_until_both_have_counted(khorgos, goods):
    khorgos.admitted(khorgos.line(goods, "4711"))
    second = build.user("second", Role.OPERATOR, khorgos.site.organisation, at_site=khorgos.site)
    client = signed_in(khorgos.operator)
    head = {"site": khorgos.site.pk, "book": khorgos.book.pk, "places": [khorgos.bin.pk]}
    client.post(reverse("bonded:stock_count_add"), head)
    stock_count = StockCount.objects.get()
    sheet, page = reverse("bonded:stock_count_counts", args=[stock_count.pk]), stock_count.get_absolute_url()
    paper = f"{page}?print"
    for url in (sheet, page, paper):
        assert "4,711" not in client.get(url).content.decode()
    assert "sheet-figure" in client.get(paper).content.decode()
    row = {"place": khorgos.bin.barcode, "item": "PISTACHIO", "quantity": "4700"}
    client.post(sheet, lines(row))
    signed_in(second).post(reverse("bonded:stock_count_recounts", args=[stock_count.pk]), lines(row))
    for url in (page, paper):
        assert "4,711" in client.get(url).content.decode()
    approver = signed_in(khorgos.supervisor)
    assert stock_count.number in approver.get(reverse("documents:approvals")).content.decode()
    approver.post(reverse("bonded:stock_count_approve", args=[stock_count.pk]))
    assert StockCount.objects.get().state == "approved"


def test_a_reversal_is_asked_for_and_decided_on_pages(khorgos, goods):
    admission = khorgos.admitted(khorgos.line(goods, "10"))
    asked = signed_in(khorgos.operator).post(
        reverse("bonded:admission_reverse", args=[admission.pk]), {"reason": "Posted twice"}
    )
    assert asked.url == admission.get_absolute_url()
    approver = signed_in(khorgos.officer)
    assert "Posted twice" in approver.get(reverse("documents:approvals")).content.decode()
    from documents.models import Reversal

    approver.post(reverse("documents:reversal_approve", args=[Reversal.objects.get().pk]))
    assert Admission.objects.get().state == "reversed"


def test_suggestions_are_for_staff(khorgos, goods):
    client = signed_in(khorgos.operator)
    owners = client.get(reverse("ledger:owner_suggest"), {"q": "HRS"}).json()["results"]
    assert [one["code"] for one in owners] == ["HRS-KEEPER", "HRS-OWNER"]
    bins = client.get(reverse("ledger:bin_suggest"), {"q": "A-0"}).json()["results"]
    assert [one["code"] for one in bins] == ["HRS-A-01", "HRS-A-02"]
    assert signed_in(build.user("adam", Role.ADMINISTRATOR)).get(reverse("ledger:bin_suggest")).status_code == 403
