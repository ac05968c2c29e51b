"""Short and over goods find an end: what each way posts and who decides; the floor does not count what is short."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings

from bonded.admissions.operations.receiving import CountInput, count_admission
from bonded.models import Admission, SuspenseResolution
from bonded.suspense import suspense_positions
from bonded.suspense_resolutions.operations import approve_resolution, refuse_resolution, submit_resolution
from documents.operations.documents import NotAsRequired, OwnWork, WrongState
from documents.reversals.operations import approve_reversal, request_reversal
from ledger.postings import Journal
from ledger.queries import Grouping, StockList, StockQuestion, lots_held
from ledger.verification import verify
from registry.errors import NotAllowed
from registry.models import Item, PlaceKind
from reports.reconciliation import Scope, reconcile
from tests.bonded.build import Warehouse, item
from tests.bonded.calls import office
from tests.bonded.test_pages import signed_in
from tests.standing import standing


@standing
def counted(khorgos: Warehouse) -> Admission:
    """Pistachios 7 short of 100 for 1,000.00 (8 % duty, 13 % VAT), almonds 2 over 50."""
    admission = khorgos.arrived(
        khorgos.line(item(), "100", "1000"), khorgos.line(item("ALMOND", hs="080211"), "50", "500")
    )
    short, over = admission.lines.all()
    found = [
        CountInput(line=short, place=khorgos.bin, quantity=Decimal(93)),
        CountInput(line=over, place=khorgos.bin, quantity=Decimal(52)),
    ]
    return count_admission(admission=admission, counted=found, actor=khorgos.operator, at=khorgos.tick())


def _submit(khorgos: Warehouse, way: str, quantity: str, **more: Any) -> SuspenseResolution:
    is_short = way in {"taxed", "corrected", "found"}
    (position,) = [one for one in suspense_positions(sites=[khorgos.site]) if one.is_short == is_short]
    given = {"lot": position.lot, "reason": "Looked for twice", "actor": khorgos.operator, **more}
    return submit_resolution(
        site=khorgos.site, way=way, quantity=Decimal(quantity), at=khorgos.tick(), request_key=uuid4(), **given
    )


def _settle(khorgos: Warehouse, way: str, quantity: str, **more: Any) -> SuspenseResolution:
    asked = _submit(khorgos, way, quantity, **more)
    return approve_resolution(resolution=asked, actor=khorgos.officer, at=khorgos.tick())


def _place(khorgos: Warehouse, kind: PlaceKind) -> Any:
    return khorgos.site.places.get(kind=kind)


def _totals(khorgos: Warehouse) -> Any:
    return StockList(StockQuestion(site_ids=[khorgos.site.pk]), Grouping.ITEM).totals


def test_stock_start_page_api_and_reconciliation_agree_on_the_floor(khorgos: Warehouse, counted: Admission) -> None:
    totals = _totals(khorgos)
    # 1,500.00 of customs value were declared; 7 of 100 pistachios, so 70.00, are not there.
    assert totals.customs_value_cny == Decimal("1430.00")
    day = khorgos.now.date()
    statement = reconcile(Scope(khorgos.book, day.replace(day=1), day))
    assert statement.total["on_floor"].customs_value_cny == totals.customs_value_cny
    told = office(khorgos).operator.get("stock/totals").json()
    assert Decimal(told["customs_value_cny"]) == totals.customs_value_cny
    shown = signed_in(khorgos.operator).get("/").context["stock"]
    assert any("1,430.00" in str(card) or "1430.00" in str(card) for card in shown)
    (pistachio,) = lots_held().filter(item__code="PISTACHIO")
    assert (pistachio.stock_quantity, pistachio.book_quantity) == (93, 100)
    short = StockQuestion(site_ids=[khorgos.site.pk], place_kind=PlaceKind.SHORTAGE)
    assert StockList(short, Grouping.ITEM).totals.quantity == 7


def test_short_goods_become_taxable_at_the_rates_of_their_acceptance(khorgos: Warehouse, counted: Admission) -> None:
    resolution = _settle(khorgos, "taxed", "7")
    # 70.00 at 8 % is 5.60; (70.00 + 5.60) at 13 % is 9.828, so 9.83.
    assert (resolution.customs_value_cny, resolution.duty_cny, resolution.vat_cny) == (
        Decimal("70.00"), Decimal("5.60"), Decimal("9.83"),
    )  # fmt: skip
    assert khorgos.held(Journal.STOCK, _place(khorgos, PlaceKind.SHORTAGE)) == 0
    assert khorgos.held(Journal.CUSTOMS, khorgos.book.place) == 143
    assert not list(verify())


def test_a_corrected_declaration_takes_short_goods_off_the_book_without_tax(
    khorgos: Warehouse, counted: Admission
) -> None:
    resolution = _settle(khorgos, "corrected", "7")
    assert resolution.tax_cny is None
    assert khorgos.held(Journal.CUSTOMS, khorgos.book.place) == 143
    assert not [one for one in suspense_positions(sites=[khorgos.site]) if one.is_short]


def test_found_goods_come_into_a_bin_and_stay_in_the_book(khorgos: Warehouse, counted: Admission) -> None:
    with pytest.raises(NotAsRequired) as refused:
        _submit(khorgos, "found", "3")
    assert refused.value.errors[0].field == "to_place"
    _settle(khorgos, "found", "3", to_place=khorgos.other_bin)
    assert khorgos.held(Journal.STOCK, khorgos.other_bin) == 3
    assert khorgos.held(Journal.STOCK, _place(khorgos, PlaceKind.SHORTAGE)) == 4
    assert khorgos.held(Journal.CUSTOMS, khorgos.book.place) == 150


def test_over_goods_leave_or_are_admitted_by_an_admission_of_their_own(khorgos: Warehouse, counted: Admission) -> None:
    _settle(khorgos, "left", "1")
    assert khorgos.held(Journal.STOCK, _place(khorgos, PlaceKind.SUSPENSE)) == 1
    over = suspense_positions(sites=[khorgos.site])
    almond = next(one for one in over if not one.is_short).item
    with pytest.raises(NotAsRequired) as refused:
        _submit(khorgos, "admitted", "1", admission=khorgos.accepted(khorgos.line(almond, "1")))
    assert refused.value.errors[0].field == "admission"
    own = khorgos.admitted(khorgos.line(almond, "1", "10"))
    _settle(khorgos, "admitted", "1", admission=own)
    assert khorgos.held(Journal.STOCK, _place(khorgos, PlaceKind.SUSPENSE)) == 0
    assert not list(verify())


def test_a_second_person_decides_and_customs_where_it_accepted(khorgos: Warehouse, counted: Admission) -> None:
    asked = _submit(khorgos, "taxed", "7", actor=khorgos.supervisor)
    with pytest.raises(NotAllowed):
        approve_resolution(resolution=asked, actor=khorgos.supervisor, at=khorgos.tick())
    refused = refuse_resolution(resolution=asked, actor=khorgos.officer, at=khorgos.tick(), reason="Look again")
    assert refused.state == "refused"
    own = _submit(khorgos, "found", "7", actor=khorgos.supervisor, to_place=khorgos.bin)
    with pytest.raises(OwnWork):
        approve_resolution(resolution=own, actor=khorgos.supervisor, at=khorgos.tick())


def test_no_more_is_settled_than_stands_in_suspense(khorgos: Warehouse, counted: Admission) -> None:
    _submit(khorgos, "taxed", "5")
    with pytest.raises(NotAsRequired) as refused:
        _submit(khorgos, "taxed", "3")
    assert (refused.value.errors[0].field, refused.value.errors[0].figure) == ("quantity", "3")
    with pytest.raises(NotAsRequired):
        _submit(khorgos, "left", "2.5")


def test_a_settlement_is_reversed_exactly(khorgos: Warehouse, counted: Admission) -> None:
    settled = _settle(khorgos, "taxed", "7")
    with pytest.raises(WrongState):
        approve_resolution(resolution=settled, actor=khorgos.officer, at=khorgos.tick())
    asked = request_reversal(document=settled, reason="Found after all", actor=khorgos.operator, at=khorgos.tick())
    approve_reversal(reversal=asked, actor=khorgos.supervisor, at=khorgos.tick())
    settled = SuspenseResolution.objects.get()
    assert settled.state == "reversed"
    assert khorgos.held(Journal.STOCK, _place(khorgos, PlaceKind.SHORTAGE)) == 7
    assert khorgos.held(Journal.CUSTOMS, khorgos.book.place) == 150
    assert not list(verify())


def test_the_reconciliation_holds_after_every_way(khorgos: Warehouse, counted: Admission) -> None:
    _settle(khorgos, "taxed", "3")
    _settle(khorgos, "corrected", "2")
    _settle(khorgos, "found", "1", to_place=khorgos.bin)
    _settle(khorgos, "left", "1")
    day = khorgos.now.date()
    total = reconcile(Scope(khorgos.book, day.replace(day=1), day)).total
    assert total["short"].quantity == -1
    assert total["adjusted"].quantity == -5
    assert "unexplained" not in total or total["unexplained"].quantity == 0


def test_positions_and_settlements_by_page_and_api(khorgos: Warehouse, counted: Admission) -> None:
    client = signed_in(khorgos.operator)
    page = client.get("/suspense/").content.decode()
    assert "PISTACHIO" in page
    assert "ALMOND" in page
    assert b"PISTACHIO" in b"".join(client.get("/suspense/?against=short&format=csv").streaming_content)
    desk = office(khorgos)
    told = desk.operator.get("suspense").json()
    assert {(one["item"], one["is_short"], one["quantity"]) for one in told} == {
        ("PISTACHIO", True, "7.00000"), ("ALMOND", False, "2.00000"),
    }  # fmt: skip
    short = next(one for one in told if one["is_short"])
    asked = {"site": short["site"], "lot": short["lot"], "way": "taxed", "quantity": "7", "reason": "Not found"}
    address = f"suspense-resolutions/{desk.operator.done('suspense-resolutions', asked)['id']}"
    assert desk.officer.done(f"{address}/approve")["tax_cny"] == "15.43"
    assert "9.83" in client.get(SuspenseResolution.objects.get().get_absolute_url()).content.decode()


def test_goods_in_suspense_are_named_in_the_readers_language(khorgos: Warehouse, counted: Admission) -> None:
    Item.objects.filter(code="PISTACHIO").update(name_zh="开心果")
    client = signed_in(khorgos.operator)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "zh-hans"
    assert "开心果" in client.get("/suspense/").content.decode()
    assert "开心果" in b"".join(client.get("/suspense/?format=csv").streaming_content).decode()
