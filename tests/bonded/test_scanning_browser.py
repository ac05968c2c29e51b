"""A scanner in Chromium: it opens what was scanned, decides nothing, and is told what it cannot do with a low tone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bonded.models import Admission, Relocation, UndeclaredGoods
from tests.bonded.build import Warehouse, item, out, tariff, warehouse
from tests.bonded.test_pages_browser import Desk
from tests.bonded.test_pages_browser import desk as desk
from tests.registry import build

pytestmark = pytest.mark.django_db(transaction=True)

# Tones are told to the test: a high one is 1320 Hz, a low one 220.
LISTEN = """
  window.tones = [];
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...when) { window.tones.push(this.frequency.value > 1000 ? "high" : "low"); return start.apply(this, when); };
"""  # noqa: E501


@pytest.fixture
def alashankou(transactional_db: None) -> Warehouse:
    """Whose labels all begin with the letter that accepts."""
    at = warehouse("AKL")
    tariff("08", duty="0.08")
    at.now = timezone.now() - timedelta(days=1)
    return at


def last_tone(desk: Desk) -> str:
    tones: list[str] = desk.page.evaluate("window.tones")
    return tones[-1]


def label(desk: Desk, code: str, *, delay: int = 8) -> None:
    """The keys of a label as a wedge scanner presses them, with the real keyboard of the browser."""
    desk.page.keyboard.type(code, delay=delay)
    desk.page.keyboard.press("Enter")


@pytest.mark.parametrize("delay", [0, 8, 60])
def test_a_label_scanned_on_approvals_opens_what_was_scanned_and_accepts_nothing(
    desk: Desk, alashankou: Warehouse, delay: int
) -> None:
    lot = alashankou.admitted(alashankou.line(item(), "10")).lines.get().lot
    waiting = alashankou.submitted(alashankou.line(item("ALMOND"), "10"))
    assert lot.number.startswith("AKL")
    desk.sign_in(alashankou.officer)
    desk.open("documents:approvals")
    assert desk.page.evaluate("document.activeElement.matches('[data-inbox-entry]')"), "a key would be heard"
    label(desk, lot.number, delay=delay)
    desk.page.wait_for_url(f"**/lots/{lot.pk}/")
    assert Admission.objects.get(pk=waiting.pk).state == "submitted"


def test_one_key_asks_with_what_the_document_comes_to_and_only_enter_decides(desk: Desk, alashankou: Warehouse) -> None:
    waiting = alashankou.submitted(alashankou.line(item(), "10", "1000"))
    desk.sign_in(alashankou.officer)
    desk.open("documents:approvals")
    desk.page.keyboard.press("a")
    assert desk.page.locator("dialog[open]").count() == 0, "until it is sure that no key follows"
    desk.page.wait_for_url("**/accept/**")
    page = desk.page.locator("main").inner_text()
    assert waiting.number in page
    assert "1,000.00" in page, "the customs value"
    assert "220.40" in page, "duty and tax: 80.00 and 140.40"
    assert Admission.objects.get().state == "submitted"
    desk.send()
    desk.expect("Nothing waits for you")
    assert Admission.objects.get().state == "accepted"


def test_a_label_that_begins_with_g_goes_to_no_other_page(desk: Desk, alashankou: Warehouse) -> None:
    item("GA-77")
    desk.sign_in(alashankou.officer)
    desk.open("documents:approvals")
    label(desk, "GA-77")
    desk.page.wait_for_url("**/stock/**")
    desk.open("documents:approvals")
    desk.page.keyboard.press("g")
    desk.page.keyboard.press("s")
    desk.page.wait_for_url(lambda url: "approvals" not in url)


def test_an_item_that_is_not_declared_is_told_and_recorded_as_such(desk: Desk, alashankou: Warehouse) -> None:
    desk.page.add_init_script(LISTEN)
    item("ALMOND")
    admission = alashankou.arrived(alashankou.line(item(), "100"))
    desk.sign_in(alashankou.operator)
    desk.open("admission_count", admission.pk)
    desk.scan("AKL-A-01")
    desk.scan("PISTACHIO")
    assert last_tone(desk) == "high"
    desk.page.keyboard.type("100", delay=60)
    desk.scan("ALMOND")
    assert last_tone(desk) == "low"
    assert "ALMOND is not on this declaration" in desk.note
    assert desk.note.endswith("line 2.")
    assert (desk.value("lines-1-line"), desk.value("lines-1-item"), desk.focus) == ("", "ALMOND", "lines-1-quantity")
    assert desk.value("lines-0-quantity") == "100", "line 1 is as it was"
    desk.page.keyboard.type("4", delay=60)
    desk.send()
    desk.expect("its goods are in stock")
    assert admission.lines.get().counted.get().quantity == 100
    assert (UndeclaredGoods.objects.get().item.code, UndeclaredGoods.objects.get().quantity) == ("ALMOND", 4)
    desk.expect("Undeclared goods, in suspense")


def test_a_scan_that_moves_nothing_says_why_with_the_low_tone(desk: Desk, alashankou: Warehouse) -> None:
    desk.page.add_init_script(LISTEN)
    goods, almond = item(), item("ALMOND")
    here = alashankou.admitted(alashankou.line(goods, "10")).lines.get().lot
    elsewhere = alashankou.admitted(alashankou.line(goods, "10"), into=alashankou.other_bin).lines.get().lot
    reserved = alashankou.admitted(alashankou.line(almond, "5")).lines.get().lot
    alashankou.accepted_withdrawal(out(almond, "5", lot=reserved))
    desk.sign_in(alashankou.operator)
    desk.open("relocation_add")
    desk.scan("AKL-A-01")
    for code, why in (
        (elsewhere.number, "does not lie in A-01"),
        (reserved.number, "is reserved or blocked"),
        ("ALMOND", "Nothing of ALMOND lies free in A-01"),
    ):
        desk.scan(code)
        assert why in desk.note
        assert last_tone(desk) == "low"
        assert desk.value("lines-0-lot") == ""
    desk.scan("PISTACHIO")
    assert last_tone(desk) == "high"
    assert (desk.value("lines-0-lot"), desk.value("lines-0-quantity")) == (here.number, "10"), "the one lot there"
    desk.scan("AKL-A-02")
    desk.send()
    desk.expect("was posted")
    assert Relocation.objects.get().lines.get().lot_id == here.pk


def test_of_several_lots_of_a_scanned_item_one_is_chosen(desk: Desk, alashankou: Warehouse) -> None:
    goods = item()
    lots = [alashankou.admitted(alashankou.line(goods, "10")).lines.get().lot for _ in range(2)]
    desk.sign_in(alashankou.operator)
    desk.open("relocation_add")
    desk.scan("AKL-A-01")
    desk.scan("PISTACHIO")
    assert "Several lots of it lie in this bin" in desk.note
    assert desk.value("lines-0-lot") == ""
    desk.page.get_by_role("button", name=lots[1].number).click()
    assert desk.value("lines-0-lot") == lots[1].number


def test_a_scanned_lot_says_whose_goods_leave(desk: Desk, alashankou: Warehouse) -> None:
    desk.page.add_init_script(LISTEN)
    other = build.organisation("OTHER", "goods_owner")
    mine = alashankou.admitted(alashankou.line(item(), "10")).lines.get().lot
    alashankou.owner, owner = other, alashankou.owner
    theirs = alashankou.admitted(alashankou.line(item("ALMOND"), "10")).lines.get().lot
    desk.sign_in(alashankou.operator)
    desk.open("withdrawal_add")
    desk.page.locator("[name=owner]").fill("OTHER")
    desk.page.locator("[name=lines-0-item]").focus()
    desk.scan(mine.number)
    assert desk.value("owner") == owner.code
    desk.scan(theirs.number)
    assert last_tone(desk) == "low"
    assert f"{theirs.number} belongs to another owner" in desk.note
    assert desk.value("owner") == owner.code


def test_a_code_that_is_typed_whole_is_chosen_before_its_like(desk: Desk, alashankou: Warehouse) -> None:
    for code in ("YARD-01", "D-01", *(f"C-{number:02d}" for number in range(12))):
        build.bin_place(alashankou.site, code)
    desk.sign_in(alashankou.operator)
    desk.open("stock_count_add")
    bins = desk.page.locator("[name=places] + .ts-wrapper input")
    bins.click()
    desk.page.keyboard.type("D-01", delay=60)
    desk.page.keyboard.press("Enter")
    chosen = desk.page.locator("[name=places] + .ts-wrapper .item").all_inner_texts()
    assert [text.split()[1] for text in chosen] == ["D-01"]
