"""The statement on its page, in its files and over the API: the same figures, for those who may read them."""

import csv
import io
from decimal import Decimal

from django.urls import reverse
from openpyxl import load_workbook

from reports.reconciliation import LINES
from tests.bonded.build import item, out, warehouse
from tests.bonded.test_pages import signed_in
from tests.registry import build
from tests.registry.build import Role
from tests.standing import standing

URL = "reports:reconciliation"


def asked(khorgos, **more):
    return {"book": khorgos.book.pk, "from_date": "2026-06-01", "through_date": "2026-06-30", **more}


@standing
def traded(khorgos):
    goods = item()
    khorgos.admitted(khorgos.line(goods, "100", "1000"))
    khorgos.withdrawn(out(goods, "30"), purpose="re_export", destination="KZ")
    khorgos.passed(out(goods, "5"), purpose="re_export", destination="KZ")
    return khorgos


def test_reviewers_read_it_and_others_do_not(traded):
    for reader in (traded.supervisor, traded.officer, build.user("audrey", Role.AUDITOR)):
        assert signed_in(reader).get(reverse(URL)).status_code == 200
    for other in (traded.operator, build.user("adam", Role.ADMINISTRATOR)):
        assert signed_in(other).get(reverse(URL)).status_code == 403


def test_a_stranger_cannot_ask_for_another_site_s_book(traded):
    answer = signed_in(warehouse("ALA").supervisor).get(reverse(URL), asked(traded))
    assert "book" in answer.context["form"].errors
    assert "statement" not in answer.context


def test_page_and_files_and_api_show_the_same_figures(traded):
    client = signed_in(traded.supervisor)
    page = client.get(reverse(URL), asked(traded)).context
    stated = {code: figures.quantity for code, figures in page["statement"].total.items()}
    assert (stated["re_exported"], stated["out_undeclared"], stated["unexplained"]) == (-30, -5, 0)

    answer = client.get(reverse(URL), asked(traded, format="csv"))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = [row for row in csv.DictReader(io.StringIO(text)) if not row["Item"]]
    assert {row["Line code"]: Decimal(row["Quantity"]) for row in rows} == stated

    answer = client.get(reverse(URL), asked(traded, format="xlsx"))
    heads, *body = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).worksheets[0].values
    code, quantity = heads.index("Line code"), heads.index("Quantity")
    assert {row[code]: Decimal(str(row[quantity])) for row in body if not row[0]} == stated

    api = client.get("/api/v1/reconciliation/", asked(traded, book=traded.book.number)).json()
    assert {line["code"]: Decimal(line["quantity"]) for line in api["total"]} == stated
    assert api["items"][0]["item"] == "PISTACHIO"
    assert api["is_explained"] is True


def test_every_line_with_rows_behind_it_leads_to_them(traded):
    client = signed_in(traded.supervisor)
    lines = client.get(reverse(URL), asked(traded)).context["lines"]
    assert {shown.line.code for shown in lines} >= {"opening", "admitted", "re_exported", "out_undeclared"}
    for shown in lines:
        if shown.url:
            answer = client.get(shown.url)
            assert answer.status_code == 200, shown.line.code
    under_way = next(shown for shown in lines if shown.line.code == "out_undeclared")
    assert "WDR" in client.get(under_way.url).content.decode()


def test_the_entries_confirm_it_on_demand(traded):
    page = signed_in(traded.officer).get(reverse(URL), asked(traded, recompute="1"))
    assert page.context["differences"] == []
    assert "every figure is the same" in page.content.decode()


def test_days_in_the_wrong_order_are_refused_beside_the_field(traded):
    page = signed_in(traded.officer).get(reverse(URL), asked(traded, through_date="2026-05-01"))
    assert "through_date" in page.context["form"].errors


def test_every_line_of_the_design_is_there():
    assert [line.code for line in LINES if line.sign != "" or line.code == "opening"] == [
        "opening", "admitted", "transferred_in", "produced", "returned", "found", "consumed", "domestic_sale",
        "re_exported", "transferred_out", "destroyed", "sampled", "allowed_loss", "adjusted", "book_closing",
        "in_transit", "off_site", "out_undeclared", "noted_not_arrived", "short", "over", "expected", "unexplained",
    ]  # fmt: skip
