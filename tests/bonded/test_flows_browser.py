"""The main job in Chromium, signed in as each role: in, moved, re-exported and sold, by mouse and by keyboard alone.

After it the auditor's reconciliation leaves nothing unexplained.
"""

import pytest
from django.urls import reverse

from bonded.models import Admission, Relocation, Withdrawal
from registry.models import Role
from tests.bonded import test_pages_browser as pages
from tests.bonded.build import Warehouse
from tests.bonded.test_pages_browser import Desk
from tests.customs.build import declaration_number
from tests.registry import build

desk, warehouse = pages.desk, pages.warehouse

pytestmark = pytest.mark.django_db(transaction=True)


class Mouse:
    """Fills fields and clicks."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.page = desk.page

    def fill(self, **texts: str) -> None:
        for name, text in texts.items():
            field = self.page.locator(f"[name='{name}']")
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(text)
            else:
                field.fill(text)
                field.press("Tab")

    def send(self, label: str) -> None:
        self.page.locator("main").get_by_role("button", name=label, exact=True).click()

    def step(self, label: str) -> None:
        """Take the next step of the document that is shown: its button, then the question's own."""
        actions = self.page.locator(".document-actions")
        actions.get_by_role("link", name=label, exact=True).click()
        self.page.locator("dialog[open]").get_by_role("button", name=label, exact=True).click()

    def page_step(self, label: str, **texts: str) -> None:
        """Take the next step that has a page of its own, with what is filled in there."""
        self.page.locator(".document-actions").get_by_role("link", name=label, exact=True).click()
        self.fill(**texts)
        self.send(label)


class Keyboard(Mouse):
    """Types, moves on with Tab, sends with Ctrl+Enter, and never touches the mouse."""

    def fill(self, **texts: str) -> None:
        for name, text in texts.items():
            self._go_to(name)
            self.page.keyboard.press("Control+A")
            self.page.keyboard.type(self._typed(name, text), delay=20)
            self.page.keyboard.press("Tab")

    def send(self, label: str) -> None:
        self.desk.send()

    def step(self, label: str) -> None:
        self.desk.send()
        self.page.locator("dialog[open]").wait_for()
        assert label in self.page.locator("dialog[open]").inner_text()
        self.desk.send()

    def page_step(self, label: str, **texts: str) -> None:
        before = self.page.url
        self.desk.send()
        self.page.wait_for_url(lambda url: url != before)
        self.fill(**texts)
        self.desk.send()

    def _go_to(self, name: str) -> None:
        for _press in range(120):
            if self.desk.focus == name:
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not lead to {name}; the focus is on {self.desk.focus}")

    def _typed(self, name: str, text: str) -> str:
        """A list is chosen from by the beginning of the words that are shown."""
        option = self.page.locator(f"select[name='{name}'] option[value='{text}']")
        return option.inner_text() if option.count() else text


@pytest.mark.parametrize("by", [Mouse, Keyboard])
def test_goods_come_in_are_moved_and_go_out_and_the_book_agrees_with_the_floor(
    desk: Desk,
    warehouse: Warehouse,
    by: type[Mouse],
) -> None:
    hand = by(desk)
    admission = _admitted(desk, hand, warehouse)
    _moved(desk, hand, warehouse, admission.lines.get().lot.number)
    _withdrawn(desk, hand, warehouse, {"purpose": "re_export", "destination": "KZ"}, "30")
    _withdrawn(desk, hand, warehouse, {"purpose": "domestic_sale"}, "20")
    _reviewed(desk, warehouse)


def _admitted(desk: Desk, hand: Mouse, warehouse: Warehouse) -> Admission:
    desk.sign_in(warehouse.operator)
    desk.open("admission_add")
    hand.fill(
        owner="HRS-OWNER",
        declaration_number=declaration_number(),
        **{"lines-0-item": "PISTACHIO", "lines-0-quantity": "100", "lines-0-invoice_value": "1000"},
        **{"lines-0-currency": "CNY"},
    )
    hand.send("Submit")
    desk.expect("was submitted")
    admission = Admission.objects.get()
    desk.sign_in(warehouse.officer)
    desk.open("admission_detail", admission.pk)
    hand.page_step("Accept")
    desk.expect("is now in the state “Accepted”")
    desk.sign_in(warehouse.operator)
    desk.open("admission_detail", admission.pk)
    hand.step("Record arrival")
    desk.expect("is now in the state “Arrived”")
    desk.open("admission_count", admission.pk)
    hand.fill(**{"lines-0-place": "HRS-A-01", "lines-0-quantity": "100"})
    hand.send("Take into stock")
    desk.expect("its goods are in stock")
    desk.sign_in(warehouse.supervisor)
    desk.open("admission_detail", admission.pk)
    hand.step("Close")
    desk.expect("is now in the state “Closed”")
    return admission


def _moved(desk: Desk, hand: Mouse, warehouse: Warehouse, lot: str) -> None:
    desk.sign_in(warehouse.operator)
    desk.open("relocation_add")
    hand.fill(
        **{"lines-0-from_place": "HRS-A-01", "lines-0-lot": lot, "lines-0-to_place": "HRS-A-02"},
        **{"lines-0-quantity": "40"},
    )
    hand.send("Post")
    desk.expect("was posted")
    assert Relocation.objects.get().lines.get().quantity == 40


def _withdrawn(desk: Desk, hand: Mouse, warehouse: Warehouse, asked: dict[str, str], quantity: str) -> None:
    desk.sign_in(warehouse.operator)
    desk.open("withdrawal_add")
    asked = {**asked, "declaration_number": declaration_number()}
    hand.fill(owner="HRS-OWNER", **asked, **{"lines-0-item": "PISTACHIO", "lines-0-quantity": quantity})
    hand.send("Submit")
    desk.expect("was submitted")
    withdrawal = Withdrawal.objects.order_by("-pk").first()
    assert withdrawal is not None
    gate = [
        (warehouse.operator, "Pass the gate", "Passed the gate"),
        (warehouse.officer, "Release", "Discharged"),
    ]
    if asked["purpose"] == "domestic_sale":
        # Paid and released before it leaves.
        gate = [
            (warehouse.officer, "Release", "Picked"),
            (warehouse.operator, "Pass the gate", "Discharged"),
        ]
    for person, label, state in (
        (warehouse.officer, "Accept", "Accepted"),
        (warehouse.operator, "Confirm picking", "Picked"),
        *gate,
    ):
        desk.sign_in(person)
        desk.open("withdrawal_detail", withdrawal.pk)
        if label == "Accept":
            hand.page_step(label)
        else:
            hand.step(label)
        desk.expect(f"is now in the state “{state}”")
        if (label, asked["purpose"]) == ("Confirm picking", "domestic_sale"):
            hand.page_step("Record payment", reference="CEB 0001")
            desk.expect("is recorded")


def _reviewed(desk: Desk, warehouse: Warehouse) -> None:
    """The auditor reads everything, may do nothing, and finds nothing unexplained; the administrator sees no stock."""
    desk.sign_in(build.user("audrey", Role.AUDITOR))
    desk.open("admission_detail", Admission.objects.get().pk)
    assert not desk.page.locator(".document-actions").count()
    desk.page.goto(desk.address + reverse("reports:reconciliation"))
    lines = desk.page.locator("table.statement tbody tr")
    told = {row.get_attribute("data-line"): row.locator("td").first.inner_text() for row in lines.all()}
    assert told["admitted"].startswith("100")
    assert told["re_exported"].startswith("−30")
    assert told["domestic_sale"].startswith("−20")
    assert told["book_closing"] == told["expected"] == told["on_floor"]
    assert told["unexplained"].split()[0] == "0"
    desk.sign_in(build.user("adam", Role.ADMINISTRATOR))
    answer = desk.page.goto(desk.address + reverse("bonded:admission_list"))
    assert answer.status == 403
    desk.complaints = [text for text in desk.complaints if "403" not in text]
