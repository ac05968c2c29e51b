"""Stock is summed, narrowed and cut into pages by the database, as of any day and as known at any time."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from bonded.admissions.operations.receiving import CountInput, count_admission
from ledger.postings import CustomsStatus, Hold, Journal
from ledger.queries import Grouping, StockList, StockQuestion, day_after
from registry.models import Item, OrganisationKind, Place, PlaceKind, Role
from tests.bonded.build import Warehouse, item, out, warehouse
from tests.registry import build
from tests.registry.conftest import signed_in
from tests.standing import standing

ADDRESS = "/stock/"


@standing
def almonds(khorgos: Warehouse) -> Item:
    return item("ALMOND-01", hs="080211", name="Almonds", name_zh="巴旦木")


@standing
def pistachios(khorgos: Warehouse) -> Item:
    return item("PISTACHIO-01", name="Pistachios_5%")


@standing
def stocked(khorgos: Warehouse, almonds: Item, pistachios: Item) -> Warehouse:
    """100 kg almonds of which 30 are reserved, and 50 kg pistachios of which 8 never came."""
    khorgos.admitted(khorgos.line(almonds, "100"))
    arrived = khorgos.arrived(khorgos.line(pistachios, "50"))
    counted = [CountInput(line=arrived.lines.get(), place=khorgos.other_bin, quantity=Decimal(42))]
    count_admission(admission=arrived, counted=counted, actor=khorgos.operator, at=khorgos.tick())
    khorgos.accepted_withdrawal(out(almonds, "30"))
    return khorgos


def asked(at: Warehouse, grouping: Grouping = Grouping.ITEM, **question: Any) -> list[Any]:
    return list(StockList(StockQuestion(site_ids=[at.site.pk], **question), grouping))


def held(rows: list[Any]) -> dict[str, Decimal]:
    return {row.code: row.quantity for row in rows}


def table_of(response: Any) -> Any:
    return response.context["table"]


def codes_of(response: Any) -> list[str]:
    return [row.record.code for row in table_of(response).page.object_list]


def test_free_reserved_and_set_apart_are_told_apart(stocked: Warehouse) -> None:
    rows = {row.code: (row.quantity, row.free, row.reserved, row.apart) for row in asked(stocked)}
    assert rows == {"ALMOND-01": (100, 70, 30, 0), "PISTACHIO-01": (42, 42, 0, 0)}
    in_book = {row.code: (row.free, row.reserved) for row in asked(stocked, journal=Journal.CUSTOMS)}
    assert in_book == {"ALMOND-01": (70, 30), "PISTACHIO-01": (50, 0)}


def test_every_grouping_sums_to_the_same(stocked: Warehouse) -> None:
    lists = [StockList(StockQuestion(site_ids=[stocked.site.pk]), grouping) for grouping in Grouping]
    assert [len(list(one)) for one in lists] == [2, 2, 2, 1, 1, 1]
    sums = {
        (one.totals.quantity, one.totals.free, one.totals.net_mass_kg, one.totals.customs_value_cny, one.totals.tax_cny)
        for one in lists
    }
    # What never came does not count: of 1,000 CNY each, 8 of 50 are missing. Almonds owe 80 and 140.40 at 8 % duty and
    # 13 % VAT, pistachios 42 of 50 parts of it: 67.20 and 117.94.
    assert sums == {(142, 112, 142, 1840, Decimal("405.54"))}
    assert all(sum(row.customs_value_cny for row in one) == 1840 for one in lists)


def test_quantities_in_several_units_are_not_added(stocked: Warehouse) -> None:
    stocked.admitted(stocked.line(item("HAZELNUT", hs="080221", unit=build.unit("H87", symbol="pcs", decimals=0)), "7"))
    (site,) = asked(stocked, Grouping.SITE)
    assert (site.quantity, site.unit, site.net_mass_kg, site.items) == (None, None, 149, 3)
    assert {row.code: row.unit for row in asked(stocked)} == {
        "ALMOND-01": "kg", "HAZELNUT": "pcs", "PISTACHIO-01": "kg",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("question", "codes"),
    [
        ({"words": "almo"}, {"ALMOND-01"}),
        ({"words": "巴旦木"}, {"ALMOND-01"}),
        ({"words": "0802 pista"}, {"PISTACHIO-01"}),
        ({"words": "s_5%"}, {"PISTACHIO-01"}),
        ({"words": "_"}, {"PISTACHIO-01"}),
        ({"words": "HRS-ADM-2026-000001-01"}, {"ALMOND-01"}),
        ({"place_code": "a-01"}, {"ALMOND-01"}),
        ({"place_code": "HRS-A-02"}, {"PISTACHIO-01"}),
        ({"place_kind": PlaceKind.SHORTAGE}, {"PISTACHIO-01"}),
        ({"hold": Hold.RESERVED}, {"ALMOND-01"}),
        ({"customs_status": CustomsStatus.UNADMITTED}, set()),
        ({"owner_id": 0}, set()),
        ({"book_place_id": 0}, set()),
        ({"site_ids": []}, set()),
    ],
)
def test_stock_is_narrowed(stocked: Warehouse, question: dict[str, Any], codes: set[str]) -> None:
    given = {"site_ids": [stocked.site.pk], **question}
    assert {row.code for row in StockList(StockQuestion(**given), Grouping.ITEM)} == codes


def test_only_lots_of_a_book_are_counted_under_it(stocked: Warehouse) -> None:
    assert len(asked(stocked, book_place_id=stocked.book.place_id)) == 2
    assert held(asked(stocked, lot_id=int(asked(stocked, Grouping.LOT)[0].key))) == {"ALMOND-01": 100}


def test_stock_as_of_a_day_and_as_known_at_a_time(stocked: Warehouse, almonds: Item) -> None:
    """Everything happened on 1 June, and was recorded just now."""
    recorded_at = timezone.now()
    before = day_after(day=date(2026, 5, 31), site_id=stocked.site.pk)
    after = day_after(day=date(2026, 6, 1), site_id=stocked.site.pk)
    assert asked(stocked, until=before) == []
    assert held(asked(stocked, until=after)) == {"ALMOND-01": 100, "PISTACHIO-01": 42}
    assert asked(stocked, until=after, known_at=recorded_at - timedelta(hours=1)) == []
    stocked.now = datetime(2026, 6, 2, 2, tzinfo=UTC)
    stocked.withdrawn(out(almonds, "20"))
    assert held(asked(stocked))["ALMOND-01"] == 80
    assert held(asked(stocked, until=after))["ALMOND-01"] == 100
    assert held(asked(stocked, known_at=recorded_at + timedelta(hours=1)))["ALMOND-01"] == 80


def test_rows_are_ordered_sliced_and_streamed_by_the_database(stocked: Warehouse) -> None:
    rows = StockList(StockQuestion(site_ids=[stocked.site.pk]), Grouping.LOT).order_by("-quantity", "nonsense; --")
    assert [row.quantity for row in rows] == [100, 42]
    assert rows[1].quantity == 42
    assert [row.quantity for row in rows[1:5]] == [42]
    assert [row.quantity for row in rows.iterator(chunk_size=1)] == [100, 42]


def test_the_page_leads_from_an_item_to_its_lots_and_on_to_a_lot(stocked: Warehouse) -> None:
    client = signed_in(stocked.operator)
    page = client.get(ADDRESS)
    assert codes_of(page) == ["ALMOND-01", "PISTACHIO-01"]
    address = f"{ADDRESS}?by=lot&item={Item.objects.get(code='ALMOND-01').pk}"
    assert address.replace("&", "&amp;") in page.content.decode()
    page = client.get(address)
    assert codes_of(page) == ["HRS-ADM-2026-000001-01"]
    assert "Only item ALMOND-01, Almonds." in page.content.decode()
    lot = reverse("ledger:lot_detail", args=[table_of(page).rows[0].record.key])
    assert lot in page.content.decode()
    assert client.get(lot).status_code == 200


@pytest.mark.parametrize("grouping", list(Grouping))
def test_a_page_asks_as_often_for_three_rows_as_for_one(stocked: Warehouse, grouping: Grouping) -> None:
    client = signed_in(stocked.operator)
    address = f"{ADDRESS}?by={grouping}"

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    queries()
    with_few = queries()
    for number in range(3):
        shelf = build.bin_place(stocked.site, f"W-{number}")
        stocked.admitted(stocked.line(item(f"WALNUT-{number}", hs="080231"), "5"), into=shelf)
    assert queries() == with_few


def test_the_files_hold_exactly_the_rows_that_are_shown(stocked: Warehouse) -> None:
    for number in range(30):
        stocked.admitted(stocked.line(item(f"NUT-{number:02}", hs="080290", name="=1+1"), "5"))
    address = f"{ADDRESS}?by=item&q=nut-&sort=-code"
    client = signed_in(stocked.operator)
    shown = codes_of(client.get(address))
    assert len(shown) == 25
    response = client.get(f"{address}&format=csv")
    rows = list(csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig"))))
    codes = [f"NUT-{number:02}" for number in reversed(range(30))]
    assert [row["Item number"] for row in rows] == codes
    assert rows[0]["Quantity"] == "5"
    assert rows[0]["Quantity: unit"] == "kg"
    assert rows[0]["Name"] == "'=1+1"
    sheet = load_workbook(io.BytesIO(client.get(f"{address}&format=xlsx").getvalue())).active
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == codes


def test_a_name_is_shown_in_the_readers_language(stocked: Warehouse) -> None:
    client = signed_in(stocked.operator)
    assert "巴旦木" not in client.get(ADDRESS).content.decode()
    assert "巴旦木" in client.get(ADDRESS, headers={"Accept-Language": "zh-CN"}).content.decode()


def test_a_wrong_filter_shows_nothing_rather_than_everything(stocked: Warehouse) -> None:
    response = signed_in(stocked.operator).get(f"{ADDRESS}?through_date=yesterday")
    assert response.status_code == 400
    assert len(table_of(response).rows) == 0
    assert "Enter a valid date" in response.content.decode()


def test_who_sees_what(stocked: Warehouse) -> None:
    for reader in (stocked.operator, stocked.supervisor, stocked.officer, build.user("charlie", Role.AUDITOR)):
        assert len(codes_of(signed_in(reader).get(ADDRESS))) == 2
    other = warehouse("FAR")
    assert codes_of(signed_in(other.operator).get(ADDRESS)) == []
    asked_for_it = signed_in(other.operator).get(f"{ADDRESS}?site={stocked.site.pk}")
    assert len(table_of(asked_for_it).rows) == 0
    for stranger in (
        build.user("alice", Role.ADMINISTRATOR),
        build.user("anna", Role.AIRLINE, build.organisation("AIR", OrganisationKind.AIRLINE)),
        build.user("dana", None),
    ):
        assert signed_in(stranger).get(ADDRESS).status_code == 403
    assert Client().get(ADDRESS).status_code == 302


def test_every_question_has_its_page(stocked: Warehouse) -> None:
    """Each filter narrows the page as it narrows the query."""
    client = signed_in(stocked.officer)
    bin_code = Place.objects.get(pk=stocked.bin.pk).code
    narrowed = {
        f"place={bin_code}": 1,
        "hold=2": 1,
        f"owner={stocked.owner.pk}": 2,
        "status=bonded": 2,
        f"book={stocked.book.pk}&journal=2": 2,
        "place_kind=shortage": 1,
        "through_date=2026-05-31": 0,
        "known_at=2026-06-01T10:00": 0,
        "q=almond": 1,
    }
    for query, number in narrowed.items():
        assert len(codes_of(client.get(f"{ADDRESS}?{query}"))) == number, query


def test_an_empty_warehouse_says_so(khorgos: Warehouse) -> None:
    response = signed_in(khorgos.operator).get(ADDRESS)
    assert "There is no stock that matches what you asked for." in response.content.decode()
