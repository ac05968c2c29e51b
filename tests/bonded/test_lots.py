"""Lots: what was booked, what is left, how long they may stay, and every entry of their life."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bonded.admissions.operations.receiving import CountInput, count_admission
from bonded.models import Admission
from bonded.relocations.operations import RelocationLineInput, relocate
from ledger.postings import Journal
from ledger.queries import by_time_limit, customs_day, lot_statement, lots_in_care, time_limits
from registry.models import Item, RegimeCode, Role
from registry.operations.register import enter_in_register
from tests.bonded.build import Warehouse, item, out, warehouse
from tests.registry import build
from tests.registry.conftest import signed_in
from tests.standing import standing


@standing
def almonds(khorgos: Warehouse) -> Item:
    return item("ALMOND-01", hs="080211", name="Almonds")


def lot_of(admission: Admission) -> Any:
    return admission.lines.get().lot


def page_of(lot: Any) -> str:
    return reverse("ledger:lot_detail", args=[lot.pk])


def told(lot: Any, journal: Journal) -> list[tuple[str, Decimal, Decimal | None, Decimal]]:
    return [
        (entry.place.code, entry.quantity, entry.account_quantity, entry.lot_quantity)
        for entry in lot_statement(lot_id=lot.pk).filter(journal=journal)
    ]


def test_the_statement_tells_what_there_was_after_each_entry(khorgos: Warehouse, almonds: Item) -> None:
    lot = lot_of(khorgos.admitted(khorgos.line(almonds, "100")))
    at = khorgos.tick()
    moved = RelocationLineInput(lot=lot, from_place=khorgos.bin, to_place=khorgos.other_bin, quantity=Decimal(40))
    relocate(
        site=khorgos.site, lines=[moved], actor=khorgos.operator, at=at, occurred_at=at,
        request_key="6f1f2b5e-8d0e-4f6e-9a57-2b5e0d6c1a11",
    )  # fmt: skip
    khorgos.withdrawn(out(almonds, "10"))
    assert told(lot, Journal.STOCK) == [
        ("ABROAD", -100, None, 100),
        ("A-01", 100, 100, 100),
        ("A-01", -40, 60, 100),
        ("A-02", 40, 40, 100),
        ("A-01", -10, 50, 100),
        ("A-01", 10, 10, 100),
        ("A-01", -10, 0, 90),
        ("DOMESTIC", 10, None, 90),
    ]
    assert told(lot, Journal.CUSTOMS)[-1] == ("DOMESTIC", 10, None, 90)


def test_a_lots_page_tells_its_whole_life(khorgos: Warehouse, almonds: Item) -> None:
    admission = khorgos.admitted(khorgos.line(almonds, "100", origin="UZ", expiry_date=date(2027, 5, 31)))
    lot = lot_of(admission)
    withdrawal = khorgos.withdrawn(out(almonds, "10"))
    page = signed_in(khorgos.operator).get(page_of(lot)).content.decode()
    for words in (
        lot.number,
        "Almonds",
        khorgos.owner.name,
        "2027-05-31",
        "80.00\xa0CNY · 8\xa0%",
        "140.40\xa0CNY · 13\xa0%",
        admission.get_absolute_url(),
        withdrawal.get_absolute_url(),
        "Domestic sale (Stock): " + withdrawal.number,
        "No limit is set by the regime.",
        "90\xa0kg",
    ):
        assert words in page, words


def test_the_life_may_be_narrowed_and_taken_along(khorgos: Warehouse, almonds: Item) -> None:
    lot = lot_of(khorgos.admitted(khorgos.line(almonds, "100")))
    client = signed_in(khorgos.operator)
    response = client.get(f"{page_of(lot)}?journal=2&format=csv")
    rows = list(csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig"))))
    assert [(row["Place"], row["Quantity"], row["Balance of the lot"]) for row in rows] == [
        ("ABROAD", "-100", "100"),
        (khorgos.book.number, "100", "100"),
    ]
    assert response.headers["Content-Disposition"] == f'attachment; filename="lot-{lot.number}.csv"'
    assert client.get(f"{page_of(lot)}?format=xlsx").status_code == 200


def test_a_lot_found_over_leads_to_the_lot_it_was_declared_as(khorgos: Warehouse, almonds: Item) -> None:
    admission = khorgos.arrived(khorgos.line(almonds, "100"))
    counted = [CountInput(line=admission.lines.get(), place=khorgos.bin, quantity=Decimal(103))]
    count_admission(admission=admission, counted=counted, actor=khorgos.operator, at=khorgos.tick())
    line = admission.lines.get()
    client = signed_in(khorgos.operator)
    assert page_of(line.over_lot) in client.get(page_of(line.lot)).content.decode()
    assert page_of(line.lot) in client.get(page_of(line.over_lot)).content.decode()


def test_a_regimes_time_limit_is_counted_from_admission(khorgos: Warehouse, almonds: Item) -> None:
    lot = lot_of(khorgos.admitted(khorgos.line(almonds, "100")))
    emptied = lot_of(khorgos.admitted(khorgos.line(item("PISTACHIO-01"), "10")))
    khorgos.withdrawn(out(emptied.item, "10"))
    khorgos.site.regime = RegimeCode.BONDED_WAREHOUSE
    enter_in_register(row=khorgos.site, actor=None, at=build.AT)
    lots = lots_in_care(user=khorgos.operator)
    assert lots.get(pk=lot.pk).time_limit_date == date(2027, 6, 1)

    def limits(days_before: int) -> tuple[int, dict[int, int]]:
        at = datetime(2027, 6, 1, 4, tzinfo=UTC) - timedelta(days=days_before)
        found = time_limits(user=khorgos.operator, at=at)
        assert by_time_limit(lots, "late", at=at).count() == found.late
        assert by_time_limit(lots, "30", at=at).count() == found.within[30]
        return found.late, found.within

    assert limits(91) == (0, {7: 0, 30: 0, 90: 0})
    assert limits(90) == (0, {7: 0, 30: 0, 90: 1})
    assert limits(7) == (0, {7: 1, 30: 1, 90: 1})
    assert limits(0) == (0, {7: 1, 30: 1, 90: 1})
    assert limits(-1) == (1, {7: 0, 30: 0, 90: 0})
    left = (date(2027, 6, 1) - customs_day(timezone.now())).days
    page = signed_in(khorgos.operator).get(page_of(lot)).content.decode()
    assert (f"{left} days are left." if left > 1 else "The time limit" if left < 0 else "left") in page
    assert "days are left" not in signed_in(khorgos.operator).get(page_of(emptied)).content.decode()


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("", 2),
        ("is_held=true", 1),
        ("is_held=false", 1),
        ("q=pista", 1),
        ("customs_status=unadmitted", 0),
        ("admitted_from=2026-06-01&admitted_through=2026-06-01", 2),
        ("admitted_from=2026-06-02", 0),
        ("time_limit=late", 0),
        ("sort=-stock_quantity", 2),
    ],
)
def test_the_list_of_lots_is_narrowed(khorgos: Warehouse, almonds: Item, query: str, number: int) -> None:
    khorgos.admitted(khorgos.line(almonds, "100"))
    pistachios = item("PISTACHIO-01")
    khorgos.admitted(khorgos.line(pistachios, "10"))
    khorgos.withdrawn(out(pistachios, "10"))
    response = signed_in(khorgos.operator).get(f"{reverse('ledger:lot_list')}?{query}")
    assert len(response.context["table"].page.object_list) == number


def test_lists_and_lots_ask_as_often_for_three_rows_as_for_one(khorgos: Warehouse, almonds: Item) -> None:
    lot = lot_of(khorgos.admitted(khorgos.line(almonds, "100")))
    khorgos.withdrawn(out(almonds, "1"))
    client = signed_in(khorgos.operator)

    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    addresses = [reverse("ledger:lot_list"), page_of(lot)]
    queries(addresses[0])
    with_few = [queries(address) for address in addresses]
    for number in range(3):
        khorgos.admitted(khorgos.line(item(f"WALNUT-{number}", hs="080231"), "5"))
        khorgos.withdrawn(out(almonds, "1"))
    assert [queries(address) for address in addresses] == with_few


def test_lots_are_offered_by_their_number(khorgos: Warehouse, almonds: Item) -> None:
    lot = lot_of(khorgos.admitted(khorgos.line(almonds, "100")))
    client = signed_in(khorgos.operator)
    offered = {"code": lot.number, "name": "ALMOND-01 Almonds"}
    for words in (lot.number[:8].lower(), "almo"):
        assert client.get(f"{reverse('ledger:lot_suggest')}?q={words}").json() == {"results": [offered]}
    assert client.get(f"{reverse('ledger:lot_suggest')}?q=almo&site=0").json() == {"results": []}


def test_who_sees_lots(khorgos: Warehouse, almonds: Item) -> None:
    lot = lot_of(khorgos.admitted(khorgos.line(almonds, "100")))
    addresses = [reverse("ledger:lot_list"), page_of(lot), reverse("ledger:lot_suggest")]
    for reader in (khorgos.operator, khorgos.supervisor, khorgos.officer, build.user("charlie", Role.AUDITOR)):
        assert [signed_in(reader).get(address).status_code for address in addresses] == [200, 200, 200]
    stranger = signed_in(warehouse("FAR").operator)
    assert [stranger.get(address).status_code for address in addresses] == [200, 404, 200]
    assert stranger.get(f"{addresses[2]}?q=almo").json() == {"results": []}
    for other in (build.user("alice", Role.ADMINISTRATOR), build.user("dana", None)):
        assert [signed_in(other).get(address).status_code for address in addresses] == [403, 403, 403]
