"""A scanned or typed code leads to the one thing that it names; several are offered, and none is said plainly."""

from typing import Any
from urllib.parse import quote

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bonded.stock_counts.operations import open_stock_count
from registry.models import Item, Role
from tests.bonded.build import Warehouse, item, out, warehouse
from tests.registry import build
from tests.registry.conftest import signed_in
from tests.standing import standing

SCAN = "/scan/"


@standing
def almonds(khorgos: Warehouse) -> Item:
    return item("ALMOND-01", hs="080211", name="Almonds")


def scan(at: Warehouse, code: str) -> Any:
    return signed_in(at.operator).get(f"{SCAN}?code={quote(code)}")


def test_a_code_leads_to_what_it_names(khorgos: Warehouse, almonds: Item) -> None:
    admission = khorgos.admitted(khorgos.line(almonds, "100"))
    withdrawal = khorgos.drafted_withdrawal(out(almonds, "1"))
    at = khorgos.tick()
    count = open_stock_count(
        site=khorgos.site, book=khorgos.book, places=[khorgos.bin], actor=khorgos.operator, at=at, counted_as_of=at,
        request_key="6f1f2b5e-8d0e-4f6e-9a57-2b5e0d6c1a12",
    )  # fmt: skip
    lot = admission.lines.get().lot
    stock = reverse("ledger:stock")
    leads = {
        admission.number: admission.get_absolute_url(),
        withdrawal.number: withdrawal.get_absolute_url(),
        count.number: count.get_absolute_url(),
        lot.number: reverse("ledger:lot_detail", args=[lot.pk]),
        khorgos.bin.barcode: f"{stock}?by=lot&site={khorgos.site.pk}&place=A-01",
        "A-02": f"{stock}?by=lot&site={khorgos.site.pk}&place=A-02",
        almonds.code: f"{stock}?by=lot&item={almonds.pk}",
    }
    for code, address in leads.items():
        for scanned in (code, code.lower(), f" {code} "):
            assert scan(khorgos, scanned).headers["Location"] == address
    assert signed_in(khorgos.operator).get(leads["A-02"]).status_code == 200


def test_several_things_are_offered(khorgos: Warehouse) -> None:
    other = warehouse("AKL")
    officer = build.user("zoe", Role.AUDITOR)
    page = signed_in(officer).get(f"{SCAN}?code=A-01").content.decode()
    assert "Several things have the code A-01" in page
    for place in (khorgos.bin, other.bin):
        assert f"site={place.site_id}&amp;place=A-01" in page


def test_what_names_nothing_is_said_and_kept(khorgos: Warehouse) -> None:
    response = scan(khorgos, "<NOTHING>")
    assert response.status_code == 200
    page = response.content.decode()
    assert "has the code “&lt;NOTHING&gt;”" in page
    assert 'value="&lt;NOTHING&gt;"' in page
    assert "has the code" not in signed_in(khorgos.operator).get(SCAN).content.decode()
    assert scan(khorgos, "\x00").status_code == 400


def test_nothing_of_other_sites_is_found(khorgos: Warehouse, almonds: Item) -> None:
    admission = khorgos.admitted(khorgos.line(almonds, "100"))
    stranger = warehouse("FAR")
    for code in (admission.number, admission.lines.get().lot.number, khorgos.bin.barcode):
        assert "Nothing that you may see has the code" in scan(stranger, code).content.decode()


def test_only_who_works_with_goods_scans(khorgos: Warehouse) -> None:
    for reader in (khorgos.operator, khorgos.supervisor, khorgos.officer, build.user("charlie", Role.AUDITOR)):
        assert signed_in(reader).get(SCAN).status_code == 200
        assert f'action="{SCAN}"' in signed_in(reader).get(SCAN).content.decode()
    for other in (build.user("alice", Role.ADMINISTRATOR), build.user("dana", None)):
        assert signed_in(other).get(SCAN).status_code == 403


def test_a_scan_asks_as_often_whatever_it_finds(khorgos: Warehouse) -> None:
    client = signed_in(build.user("zoe", Role.AUDITOR))

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"{SCAN}?code=A-01").status_code == 200
        return len(captured)

    warehouse("AKL")
    queries()
    with_two = queries()
    warehouse("YRK")
    assert queries() == with_two
