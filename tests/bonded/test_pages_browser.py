"""The warehouse in a browser: carried from end to end by keyboard and scanner, and readable for everybody."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from bonded.models import Admission, Relocation, StockCount, Withdrawal
from bonded.stock_counts import operations as stock_counts
from documents.reversals import operations as reversals
from registry.models import Place, Role, User
from tests.bonded.build import Warehouse, item, out
from tests.bonded.test_pages import signed_in
from tests.customs.build import declaration_number
from tests.front.reading import require_readable
from tests.front.test_browser import END, PRESS
from tests.registry import build

pytestmark = pytest.mark.django_db(transaction=True)


class Desk:
    """A browser window in which one person after the other signs in; whatever the browser complains of is kept."""

    def __init__(self, page: Any, address: str) -> None:
        self.page = page
        self.address = address
        self.complaints: list[str] = []
        page.on("console", lambda message: message.type == "error" and self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def sign_in(self, user: User) -> None:
        cookie = signed_in(user).cookies[settings.SESSION_COOKIE_NAME]
        self.page.context.clear_cookies()
        self.page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self.address}])

    def open(self, name: str, *args: Any) -> None:
        self.page.goto(self.address + reverse(name if ":" in name else f"bonded:{name}", args=args))

    def type(self, *texts: str) -> None:
        """Type into the field that has the focus, and move on with Enter after each text."""
        for text in texts:
            self.page.keyboard.type(text, delay=60)
            self.page.keyboard.press("Enter")

    def scan(self, code: str) -> None:
        keys = {"-": "Minus"} | {digit: f"Digit{digit}" for digit in "0123456789"}
        pressed = [[keys.get(key, f"Key{key}"), key, key.isupper(), False] for key in code]
        # Whoever types takes a moment to reach for the scanner.
        self.page.wait_for_timeout(200)
        with self.page.expect_response("**/scanned/**"):
            self.page.evaluate(PRESS, [*pressed, END])
        self.page.wait_for_timeout(100)

    def send(self) -> None:
        self.page.keyboard.press("Control+Enter")

    def expect(self, text: str) -> None:
        self.page.get_by_text(text).first.wait_for(timeout=5000)

    @property
    def focus(self) -> str:
        return str(self.page.evaluate("document.activeElement.name || document.activeElement.tagName"))

    @property
    def note(self) -> str:
        return str(self.page.locator("[data-line-note]").inner_text())

    def value(self, name: str) -> str:
        return str(self.page.locator(f"[name={name}]").input_value())


@pytest.fixture
def desk(live_server: Any, page: Any) -> Any:
    desk = Desk(page, live_server.url)
    yield desk
    assert [text for text in desk.complaints if "favicon" not in text] == []


@pytest.fixture
def warehouse(committed_khorgos: Warehouse) -> Warehouse:
    item("PISTACHIO"), item("ALMOND")
    committed_khorgos.now = timezone.now() - timedelta(days=1)
    return committed_khorgos


def test_an_admission_is_carried_by_keyboard_and_scanner_from_the_form_into_the_bin(
    desk: Desk, warehouse: Warehouse
) -> None:
    desk.sign_in(warehouse.operator)
    desk.open("admission_add")
    assert desk.focus == "owner"
    desk.page.keyboard.type("HRS-OWNER", delay=60)
    for field in ("owner", "source", "declaration_number", "vehicle", "remark"):
        if field == "declaration_number":
            desk.page.keyboard.type(declaration_number(), delay=60)
        desk.page.keyboard.press("Enter")
    assert desk.focus == "lines-0-item"
    desk.type("PISTACHIO", "100", "1000", "CNY")
    desk.send()
    desk.expect("was submitted")
    admission = Admission.objects.get()

    desk.sign_in(warehouse.officer)
    desk.open("documents:approvals")
    desk.page.keyboard.press("a")
    desk.page.wait_for_url("**/accept/**")
    desk.send()
    desk.expect("Nothing waits for you")

    desk.sign_in(warehouse.operator)
    desk.open("admission_detail", admission.pk)
    desk.send()
    desk.page.locator("dialog[open]").wait_for()
    desk.send()
    desk.expect("is now in the state “Arrived”")
    desk.send()
    desk.page.wait_for_url("**/count/")
    assert desk.focus == "lines-0-quantity"
    desk.scan("HRS-A-01")
    desk.scan("PISTACHIO")
    assert (desk.value("lines-0-place"), desk.focus) == ("HRS-A-01", "lines-0-quantity")
    desk.page.keyboard.type("60", delay=60)
    desk.scan("A-02")
    desk.scan("PISTACHIO")
    assert (desk.value("lines-1-place"), desk.focus) == ("HRS-A-02", "lines-1-quantity")
    desk.page.keyboard.type("40", delay=60)
    desk.scan("PISTACHIO")
    assert "already in line 2" in desk.note
    desk.send()
    desk.expect("its goods are in stock")
    counted = admission.lines.get().counted.values_list("place__code", "quantity")
    assert sorted(counted) == [("A-01", 60), ("A-02", 40)]


def test_what_is_refused_is_shown_beside_its_row_and_what_was_typed_stays(desk: Desk, warehouse: Warehouse) -> None:
    warehouse.admitted(warehouse.line(item("CASHEW"), "10"))
    desk.sign_in(warehouse.operator)
    desk.open("withdrawal_add")
    desk.page.locator("[name=owner]").fill("HRS-OWNER")
    desk.page.locator("[name=purpose]").select_option("domestic_sale")
    desk.page.locator("[name=lines-0-item]").focus()
    desk.type("CASHEW", "5")
    desk.page.locator("[name=lines-1-item]").focus()
    desk.type("CASHEW", "6")
    desk.send()
    desk.expect("but only 5")
    assert desk.focus == "lines-1-quantity"
    assert desk.value("lines-0-quantity") == "5"
    assert not Withdrawal.objects.exists(), "a draft that was not meant is not kept"
    desk.page.keyboard.press("Control+A")
    desk.page.keyboard.type("4", delay=60)
    desk.send()
    desk.expect("was submitted")
    assert Withdrawal.objects.get().lines.count() == 2


def test_lots_are_moved_by_scanning_the_bin_the_lots_and_the_bin_they_go_to(desk: Desk, warehouse: Warehouse) -> None:
    goods = item("CASHEW")
    lots = [warehouse.admitted(warehouse.line(goods, "10")).lines.get().lot for _ in range(2)]
    desk.sign_in(warehouse.operator)
    desk.open("relocation_add")
    desk.scan(lots[0].number)
    assert "Scan the bin first" in desk.note
    desk.scan("HRS-A-01")
    for lot in lots:
        desk.scan(lot.number)
    assert (desk.value("lines-1-lot"), desk.value("lines-1-quantity")) == (lots[1].number, "10")
    desk.page.keyboard.press("Control+A")
    desk.page.keyboard.type("7", delay=60)
    desk.scan("HRS-A-02")
    assert (desk.value("lines-0-to_place"), desk.value("lines-1-to_place")) == ("HRS-A-02", "HRS-A-02")
    desk.send()
    desk.expect("was posted")
    assert sorted(Relocation.objects.get().lines.values_list("quantity", flat=True)) == [7, 10]


def test_a_sheet_is_counted_bin_by_bin(desk: Desk, warehouse: Warehouse) -> None:
    warehouse.admitted(warehouse.line(item("CASHEW"), "10"), warehouse.line(item("HAZELNUT"), "20"))
    desk.sign_in(warehouse.operator)
    desk.open("stock_count_add")
    desk.send()
    desk.expect("was saved")
    desk.send()
    desk.page.wait_for_url("**/counts/")
    desk.scan("HRS-A-01")
    desk.scan("HAZELNUT")
    desk.page.keyboard.type("20", delay=60)
    desk.scan("CASHEW")
    desk.page.keyboard.type("10", delay=60)
    desk.scan("PISTACHIO")
    desk.page.keyboard.type("3", delay=60)
    desk.send()
    desk.expect("Somebody else counts the differing lines again")
    stock_count = StockCount.objects.get()
    assert stock_count.lines.count() == 3
    desk.sign_in(warehouse.supervisor)
    desk.open("stock_count_recounts", stock_count.pk)
    assert desk.page.locator("tbody [data-line]").count() == 1
    desk.page.locator("[name=lines-0-quantity]").focus()
    desk.page.keyboard.type("0", delay=60)
    desk.send()
    desk.expect("A supervisor approves it")


def test_a_document_is_returned_with_a_reason_by_keys(desk: Desk, warehouse: Warehouse) -> None:
    admission = warehouse.submitted(warehouse.line(item("CASHEW"), "10"))
    warehouse.submitted(warehouse.line(item("HAZELNUT"), "10"))
    desk.sign_in(warehouse.officer)
    desk.open("documents:approvals")
    desk.page.keyboard.press("ArrowDown")
    desk.page.keyboard.press("ArrowUp")
    desk.page.keyboard.press("r")
    desk.page.locator("dialog[open]").wait_for()
    desk.page.keyboard.type("The origin is missing", delay=60)
    desk.send()
    desk.expect("is now in the state “Returned for correction”")
    assert Admission.objects.get(pk=admission.pk).state == "returned"
    assert desk.page.locator("[data-inbox-entry]").count() == 1


def test_lines_are_blocks_with_their_labels_on_a_phone(desk: Desk, warehouse: Warehouse) -> None:
    arrived = warehouse.arrived(warehouse.line(item("CASHEW"), "10"))
    desk.sign_in(warehouse.operator)
    desk.page.set_viewport_size({"width": 390, "height": 900})
    desk.open("admission_count", arrived.pk)
    first = desk.page.locator("[data-line]").first
    for name in ("line", "place", "quantity"):
        field = first.locator(f"[name$=-{name}]")
        label = first.locator(f"label[for={field.get_attribute('id')}]")
        box, words = field.bounding_box(), label.bounding_box()
        assert box is not None
        assert words is not None
        assert 0 <= box["x"] < box["x"] + box["width"] <= 390
        assert words["height"] > 10
        assert words["y"] + words["height"] <= box["y"] + 1
    # What is asked of undeclared goods alone takes no room in the line of a declared one.
    assert not first.locator("[name$=-description]").is_visible()
    assert Axe().run(desk.page).response["violations"] == []


def test_pages_are_accessible_and_fit_a_tablet(desk: Desk, warehouse: Warehouse) -> None:
    goods = item("CASHEW")
    admission = warehouse.admitted(warehouse.line(goods, "10"))
    arrived = warehouse.arrived(warehouse.line(goods, "10"))
    draft = warehouse.prepare(warehouse.line(goods, "10"))
    warehouse.submitted(warehouse.line(goods, "10"))
    withdrawal = warehouse.accepted_withdrawal(out(goods, "2"))
    at = warehouse.tick()
    stock_count = stock_counts.open_stock_count(
        site=warehouse.site,
        book=warehouse.book,
        places=list(Place.objects.physical().filter(site=warehouse.site)),
        actor=warehouse.operator,
        at=at,
        counted_as_of=at,
        request_key=uuid4(),
    )
    reversals.request_reversal(document=arrived, reason="Posted twice", actor=warehouse.operator, at=warehouse.tick())
    build.grant(warehouse.supervisor, Role.OPERATOR, warehouse.site.organisation, at_site=warehouse.site)
    desk.sign_in(warehouse.supervisor)
    desk.page.set_viewport_size({"width": 820, "height": 1180})
    pages = [
        ("admission_list",),
        ("admission_detail", admission.pk),
        ("admission_detail", arrived.pk),
        ("admission_add",),
        ("admission_change", draft.pk),
        ("admission_count", arrived.pk),
        ("admission_reverse", admission.pk),
        ("withdrawal_detail", withdrawal.pk),
        ("withdrawal_add",),
        ("relocation_add",),
        ("stock_count_add",),
        ("stock_count_detail", stock_count.pk),
        ("stock_count_counts", stock_count.pk),
        ("documents:approvals",),
    ]
    for name, *args in pages:
        for query in ("", "?print") if name.endswith("_detail") else ("",):
            desk.page.goto(desk.address + reverse(name if ":" in name else f"bonded:{name}", args=args) + query)
            require_readable(desk.page, f"{name}{query}")
            width = desk.page.evaluate("document.documentElement.scrollWidth")
            assert width <= 820, f"{name}{query} is {width} pixels wide"
