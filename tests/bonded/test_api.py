"""The warehouse through the API alone: worked figures T1, T2 and T3, and goods from the gate in to the gate out."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from bonded.models import Admission, Relocation
from ledger.queries import lots
from ledger.verification import verify
from tests.bonded.build import Warehouse, exchange_rate, item, tariff, warehouse
from tests.bonded.calls import Office, line, office
from tests.worked import figures

T1, T2, T3 = (figures("goods", name) for name in ("T1", "T2", "T3"))


@pytest.fixture
def desk(khorgos: Warehouse) -> Office:
    return office(khorgos)


@pytest.mark.parametrize(("limit_cny", "status"), [("160000.00", 409), ("161663.51", 200)])
def test_an_admission_is_assessed_and_held_to_the_guarantee(db: None, limit_cny: str, status: int) -> None:
    given, expected = T1["in"], T1["out"]
    tariff("08", duty=given["duty"], vat=given["vat"])
    exchange_rate("USD", given["usd_cny"])
    desk = office(warehouse(limit_cny=limit_cny))
    item()
    terms = {"currency": "USD", "terms": "FOB", "freight": given["freight_usd"]}
    declared = line("PISTACHIO", "100", given["fob_usd"], insurance_rate=given["insurance_rate"], **terms)
    address = f"admissions/{desk.operator.done('admissions', desk.admission(declared))['id']}"
    desk.operator.done(f"{address}/submit")
    answer = desk.officer.post(f"{address}/accept")
    assert answer.status_code == status
    if status == 409:
        assert expected[f"guarantee_free_{limit_cny}"] == "refused"
        assert answer.json()["type"] == "urn:bondbook:problem:guarantee-exceeded"
        assert not lots().exists()
        return
    assert expected[f"guarantee_free_{limit_cny}"] == "accepted"
    (assessed,) = answer.json()["lines"]
    assert assessed["customs_value_cny"] == expected["customs_value"]
    assert assessed["duty_cny"] == expected["duty"]
    assert assessed["vat_cny"] == expected["vat"]
    assert assessed["tax_cny"] == expected["suspended"]


def test_composite_consumption_tax_is_booked_per_line(db: None) -> None:
    given, expected = T2["in"], T2["out"]
    tariff(
        "2208", duty=given["duty"], vat=given["vat"], consumption_tax_rate=Decimal(given["ad_valorem"]),
        consumption_tax_cny_per_unit=Decimal(given["specific_cny_kg"]),
    )  # fmt: skip
    desk = office(warehouse())
    item("BRANDY", hs="220820")
    (assessed,) = desk.admitted(line("BRANDY", given["quantity_kg"], given["customs_value"]))["lines"]
    assert assessed["duty_cny"] == expected["duty"]
    assert assessed["consumption_tax_cny"] == expected["consumption_tax"]
    assert assessed["vat_cny"] == expected["vat"]
    assert assessed["tax_cny"] == expected["total"]


def test_a_fifo_withdrawal_is_taxed_at_the_rates_of_its_acceptance(desk: Office) -> None:
    given, expected = T3["in"], T3["out"]
    item()
    named = {}
    for lot in given["lots"]:
        value = str(lot["quantity"] * Decimal(lot["value_each"]))
        named[desk.admitted(line("PISTACHIO", lot["quantity"], value))["lines"][0]["lot"]] = lot["id"]
    tariff("08", duty=given["duty_at_acceptance"], valid_from=timezone.localdate())
    (taken,) = desk.withdrawn({"item": "PISTACHIO", "quantity": given["withdraw"]})["lines"]
    assert {named[pick["lot"]]: Decimal(pick["quantity"]) for pick in taken["picks"]} == expected["takes"]
    assert sum(Decimal(pick["released_tax_cny"]) for pick in taken["picks"]) == Decimal(expected["suspended_released"])
    assert sum(Decimal(pick["tax_cny"]) for pick in taken["picks"]) == Decimal(expected["payable"])
    left = desk.operator.read("balances", journal="customs")["results"]
    assert _sum(left, "duty_cny") + _sum(left, "vat_cny") == Decimal(expected["suspended_left"])


def test_goods_come_in_move_and_leave_and_nothing_is_left_over(desk: Office) -> None:
    item()
    admission = desk.admitted(line("PISTACHIO", "100"), line("PISTACHIO", "20.5", "333.33"))
    assert admission["state"] == "counted"
    assert desk.officer.done(f"admissions/{admission['id']}/close")["state"] == "closed"
    first, second = (one["lot"] for one in admission["lines"])
    moves = [{"lot": first, "from_place": "A-01", "to_place": "A-02", "quantity": "30"}]
    relocation = desk.operator.done("relocations", {"site": "HRS", "lines": moves})
    assert relocation["lines"][0]["to_place"] == "A-02"
    assert _held(desk) == {("A-01", first): "70.00000", ("A-02", first): "30.00000", ("A-01", second): "20.50000"}

    abroad = desk.withdrawn({"item": "PISTACHIO", "quantity": "90"}, purpose="re_export", destination="KZ")
    assert (abroad["state"], abroad["lines"][0]["picks"][0]["tax_cny"]) == ("discharged", None)
    sold = desk.withdrawn(
        {"item": "PISTACHIO", "quantity": "10", "lot": first}, {"item": "PISTACHIO", "quantity": "20.5"}
    )
    assert Decimal(sold["lines"][1]["picks"][0]["tax_cny"]) > 0
    assert desk.officer.done(f"withdrawals/{sold['id']}/close")["state"] == "closed"

    assert _held(desk) == {}
    assert desk.supervisor.read("balances")["count"] == 0
    assert desk.supervisor.read("stock/totals")["quantity"] is None
    came_and_went = desk.supervisor.read("entries", journal="customs", page_size=1000)["results"]
    for lot in (first, second):
        for measure in ("quantity", "net_mass_kg", "customs_value_cny", "duty_cny", "vat_cny"):
            assert sum(Decimal(one[measure]) for one in came_and_went if one["lot"] == lot) == 0
    assert not list(verify())


def test_stock_is_told_as_of_a_moment_and_as_known_at_a_moment(desk: Office) -> None:
    item()
    before = timezone.now().isoformat()
    desk.admitted(line("PISTACHIO", "100"))
    after = timezone.now().isoformat()
    desk.withdrawn({"item": "PISTACHIO", "quantity": "40"})
    ask = {"site": "HRS", "journal": "stock", "item": "PISTACHIO"}
    assert _sum(desk.operator.read("balances", **ask)["results"], "quantity") == 60
    assert _sum(desk.operator.read("balances", **ask, until=after)["results"], "quantity") == 100
    assert _sum(desk.operator.read("balances", **ask, known_at=after)["results"], "quantity") == 100
    assert desk.operator.read("balances", **ask, until=before)["count"] == 0
    by_item = desk.operator.read("stock", by="item", until=after)["results"]
    assert [(row["code"], row["quantity"], row["free"]) for row in by_item] == [("PISTACHIO", "100.00000", "100.00000")]
    yesterday = (timezone.localdate() - timezone.timedelta(days=1)).isoformat()
    assert desk.operator.read("stock", by="lot", through_date=yesterday)["count"] == 0


def test_a_lot_tells_its_whole_life(desk: Office) -> None:
    item()
    number = desk.admitted(line("PISTACHIO", "100"))["lines"][0]["lot"]
    desk.withdrawn({"item": "PISTACHIO", "quantity": "40"})
    (lot,) = desk.operator.read("lots", number=number)["results"]
    assert (lot["stock_quantity"], lot["book_quantity"], lot["owner"]) == ("60.00000", "60.00000", "HRS-OWNER")
    life = desk.operator.read(f"lots/{lot['id']}/life")["results"]
    assert [one["kind"] for one in life if one["place"] == "A-01" and one["hold"] == "free"] == ["admitted", "reserved"]
    assert life[-1]["lot_quantity"] == "60.00000"
    (posted,) = desk.operator.read("transactions", lot=number, kind="reserved")["results"]
    whole = desk.operator.read(f"transactions/{posted['id']}")
    assert sum(Decimal(entry["quantity"]) for entry in whole["entries"]) == 0
    assert len(whole["entries"]) == 4


def test_a_draft_is_amended_whole_or_in_part_and_says_what_comes_next(desk: Office) -> None:
    item(), item("ALMOND")
    draft = desk.operator.done("admissions", desk.admission(line("PISTACHIO", "100"), line("ALMOND", 5)))
    assert draft["acts"] == [
        "submit",
        "change",
        "void",
    ]
    address = f"admissions/{draft['id']}"
    assert desk.operator.patch(address, {"vehicle": "B 777"}).json()["vehicle"] == "B 777"
    whole = desk.operator.read(address)
    assert [one["quantity"] for one in whole["lines"]] == ["100.00000", "5.00000"]
    whole["lines"] = [{**whole["lines"][0], "quantity": "90", "net_mass_kg": None, "gross_mass_kg": None}]
    amended = desk.operator.put(address, whole)
    assert amended.status_code == 200, amended.content
    assert [one["net_mass_kg"] for one in amended.json()["lines"]] == ["90.00000"]
    desk.operator.done(f"{address}/submit")
    assert desk.officer.read(address)["acts"] == ["accept", "return"]
    returned = desk.officer.done(f"{address}/return", {"reason": "The mass is not the scale's"})
    assert returned["state"] == "returned"
    told = desk.operator.read(f"{address}/history")
    assert (told[0]["reason"], told[0]["who"]) == ("The mass is not the scale's", desk.at.officer.name)
    desk.operator.done(f"{address}/submit")
    del whole["version"]
    refused = desk.operator.put(address, whole)
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:bondbook:problem:wrong-state")


def test_a_document_is_reversed_by_a_second_person(desk: Office) -> None:
    item()
    admission = desk.admitted(line("PISTACHIO", "100"))
    moves = [{"lot": admission["lines"][0]["lot"], "from_place": "A-01", "to_place": "A-02", "quantity": "30"}]
    relocation = desk.operator.done("relocations", {"site": "HRS", "lines": moves})
    blocked = desk.operator.post(f"admissions/{admission['id']}/request-reversal", {"reason": "Wrong goods"})
    assert blocked.status_code == 409
    assert blocked.json()["errors"][0]["figure"] == relocation["number"]
    asked = desk.operator.done("reversals", {"document": relocation["number"], "reason": "Wrong bin"})
    assert desk.operator.post(f"reversals/{asked['id']}/approve").status_code == 403
    assert desk.supervisor.done(f"reversals/{asked['id']}/approve")["state"] == "approved"
    assert Relocation.objects.get().is_reversed
    again = desk.operator.done(f"admissions/{admission['id']}/request-reversal", {"reason": "Wrong goods"})
    refused = desk.officer.done(f"reversals/{again['id']}/refuse", {"reason": "They are the right ones"})
    assert (refused["state"], Admission.objects.get().state) == ("refused", "counted")


def test_a_stock_count_is_blind_until_two_have_counted(desk: Office) -> None:
    item()
    desk.admitted(line("PISTACHIO", "100"))
    sheets = {"site": "HRS", "book": desk.at.book.number, "places": ["A-01", "A-02"]}
    count = desk.supervisor.done("stock-counts", sheets)
    address = f"stock-counts/{count['id']}"
    (sheet,) = count["lines"]
    assert (sheet["place"], sheet["item"], sheet["expected_quantity"]) == ("A-01", "PISTACHIO", None)
    found = [{"place": "A-01", "item": "PISTACHIO", "quantity": "97"}]
    counted = desk.operator.done(f"{address}/counts", {"counts": found})
    (sheet,) = counted["lines"]
    assert (counted["state"], sheet["needs_recount"]) == ("counted", True)
    assert (sheet["expected_quantity"], sheet["counted_quantity"]) == (None, None)
    assert desk.operator.post(f"{address}/recounts", {"counts": found}).status_code == 403
    (sheet,) = desk.supervisor.done(f"{address}/recounts", {"counts": found})["lines"]
    assert (sheet["expected_quantity"], sheet["variances"][0]["quantity"]) == ("100.00000", "-3.00000")
    assert Decimal(sheet["variances"][0]["tax_cny"]) > 0


def _sum(rows: list[dict[str, Any]], measure: str) -> Decimal:
    return sum((Decimal(row[measure]) for row in rows), Decimal(0))


def _held(desk: Office) -> dict[tuple[str, str], str]:
    rows = desk.operator.read("balances", journal="stock")["results"]
    return {(row["place"], row["lot"]): row["quantity"] for row in rows}
