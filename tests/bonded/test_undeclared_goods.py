"""Goods that stand on no line of the declaration: recorded at the count, held in suspense, never silently in stock."""

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from bonded.admissions.operations.receiving import CountInput, UndeclaredInput, count_admission
from bonded.models import Admission, UndeclaredGoods
from documents.operations.documents import NotAsRequired
from documents.reversals import operations as reversals
from ledger.postings import CustomsStatus, Hold, Journal
from ledger.queries import lots
from ledger.verification import verify
from registry.models import Item, Place, PlaceKind
from reports.reconciliation.statement import Scope, reconcile
from tests.bonded.build import Warehouse, item
from tests.bonded.calls import office
from tests.bonded.test_pages import lines, signed_in
from tests.standing import standing

pytestmark = pytest.mark.django_db


@standing
def goods(khorgos: Warehouse) -> Item:
    return item()


def suspense(khorgos: Warehouse) -> Place:
    return Place.objects.get(site=khorgos.site, kind=PlaceKind.SUSPENSE)


def counted(khorgos: Warehouse, admission: Admission, *undeclared: UndeclaredInput) -> Admission:
    rows = [CountInput(line=one, place=khorgos.bin, quantity=one.quantity) for one in admission.lines.all()]
    return count_admission(
        admission=admission, counted=rows, undeclared=undeclared, actor=khorgos.operator, at=khorgos.tick()
    )


def test_undeclared_goods_go_to_suspense_and_not_into_stock(khorgos: Warehouse, goods: Item) -> None:
    almond = item("ALMOND")
    admission = khorgos.arrived(khorgos.line(goods, "10"))
    counted(
        khorgos,
        admission,
        UndeclaredInput(item=almond, place=khorgos.other_bin, quantity=Decimal(4), description="Two sacks"),
    )
    found = UndeclaredGoods.objects.get()
    assert (found.item, found.quantity, found.place, found.description) == (almond, 4, khorgos.other_bin, "Two sacks")
    lot: Any = lots().get(pk=found.lot_id)
    assert (lot.number, lot.customs_status) == (f"{admission.number}-UND-01", CustomsStatus.UNADMITTED)
    assert (lot.owner, lot.customs_value_cny, lot.parent_id) == (khorgos.owner, 0, None)
    assert khorgos.held(Journal.STOCK, suspense(khorgos)) == 4
    assert khorgos.held(Journal.STOCK, khorgos.other_bin) == 0
    assert khorgos.held(Journal.STOCK, khorgos.bin, Hold.FREE) == 10
    assert not list(verify())


def test_a_declared_item_is_counted_in_its_line_and_not_as_undeclared(khorgos: Warehouse, goods: Item) -> None:
    admission = khorgos.arrived(khorgos.line(goods, "10"))
    wrong = UndeclaredInput(item=goods, place=khorgos.bin, quantity=Decimal("0.123456"))
    with pytest.raises(NotAsRequired) as refused:
        counted(khorgos, admission, wrong)
    assert {(error.field, error.row) for error in refused.value.errors} == {
        ("undeclared.quantity", 0),
        ("undeclared.item", 0),
    }
    assert "is declared in line 1" in str(refused.value.errors[1].message)
    assert Admission.objects.get().state == "arrived"


def test_a_program_records_undeclared_goods_with_the_count(khorgos: Warehouse, goods: Item) -> None:
    item("ALMOND")
    desk = office(khorgos)
    address = f"admissions/{khorgos.arrived(khorgos.line(goods, '10')).pk}"
    rows = [{"line": 1, "place": "A-01", "quantity": "10"}]
    unknown = {"counted": rows, "undeclared": [{"item": "WALNUT", "place": "A-09", "quantity": "1"}]}
    refused = desk.operator.post(f"{address}/count", unknown)
    assert {error["field"] for error in refused.json()["errors"]} == {"undeclared.item", "undeclared.place"}
    undeclared = [{"item": "ALMOND", "place": "A-02", "quantity": "4", "description": "Two sacks"}]
    (told,) = desk.operator.done(f"{address}/count", {"counted": rows, "undeclared": undeclared})["undeclared"]
    assert (told["item"], told["quantity"], told["place"]) == ("ALMOND", "4.00000", "A-02")
    assert told["lot"].endswith("-UND-01")


def test_the_page_takes_an_undeclared_row_and_names_its_faults_beside_it(khorgos: Warehouse, goods: Item) -> None:
    item("ALMOND")
    admission = khorgos.arrived(khorgos.line(goods, "10"))
    declared = {"line": str(admission.lines.get().pk), "place": "A-01", "quantity": "10"}
    client, url = signed_in(khorgos.operator), reverse("bonded:admission_count", args=[admission.pk])
    nothing_named = client.post(url, lines(declared, {"place": "A-02", "quantity": "4"}))
    assert "line" in nothing_named.context["lines"].forms[1].errors
    twice = client.post(url, lines(declared, {"item": "PISTACHIO", "place": "A-02", "quantity": "4"}))
    assert "is declared in line 1" in twice.context["lines"].forms[1].errors["item"][0]
    row = {"item": "ALMOND", "place": "A-02", "quantity": "4", "description": "Two sacks"}
    assert client.post(url, lines(row, declared)).status_code == 302
    page = client.get(admission.get_absolute_url()).content.decode()
    assert "Undeclared goods, in suspense" in page
    assert "Two sacks" in page


def test_a_reversed_admission_takes_its_undeclared_goods_out_of_suspense(khorgos: Warehouse, goods: Item) -> None:
    admission = counted(
        khorgos,
        khorgos.arrived(khorgos.line(goods, "10")),
        UndeclaredInput(item=item("ALMOND"), place=khorgos.bin, quantity=Decimal(4)),
    )
    asked = reversals.request_reversal(
        document=admission, reason="Wrong train", actor=khorgos.operator, at=khorgos.tick()
    )
    reversals.approve_reversal(reversal=asked, actor=khorgos.officer, at=khorgos.tick())
    assert khorgos.held(Journal.STOCK, suspense(khorgos)) == 0


def test_undeclared_goods_stand_between_book_and_floor(khorgos: Warehouse, goods: Item) -> None:
    counted(
        khorgos,
        khorgos.arrived(khorgos.line(goods, "10")),
        UndeclaredInput(item=item("ALMOND"), place=khorgos.bin, quantity=Decimal(4)),
    )
    day = khorgos.now.date()
    drawn = reconcile(Scope(book=khorgos.book, from_date=day, through_date=day))
    (almond,) = [one for one in drawn.items if one.item.code == "ALMOND"]
    assert (almond.lines["over"].quantity, almond.lines["on_floor"].quantity) == (4, 4)
    assert almond.lines["unexplained"].quantity == 0


def test_a_line_takes_no_more_words_than_it_keeps(khorgos: Warehouse, goods: Item) -> None:
    admission = khorgos.arrived(khorgos.line(goods, "10"))
    long = UndeclaredInput(item=item("ALMOND"), place=khorgos.bin, quantity=Decimal(1), description="x" * 201)
    with pytest.raises(NotAsRequired) as refused:
        counted(khorgos, admission, long)
    assert refused.value.errors[0].field == "undeclared.description"
