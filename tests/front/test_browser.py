"""What the scripts do, seen in a browser: scanning, lines, drafts, keys; and what remains without them."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model
from django.test import Client

pytestmark = [
    pytest.mark.urls("tests.front.pages"),
    pytest.mark.django_db(transaction=True),
]

PRESS = """(keys) => {
  const target = document.activeElement;
  for (const [code, key, shiftKey, ctrlKey] of keys) {
    const pressed = { code, key, shiftKey, ctrlKey, bubbles: true, cancelable: true };
    const isTyped = target.dispatchEvent(new KeyboardEvent("keydown", pressed));
    if (isTyped && key.length === 1 && target.setRangeText) target.value += key;
  }
}"""
PASTE = """(text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""
END = ["Enter", "Enter", False, False]


def _signed_in(context: Any, address: str) -> None:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("li@bondbook.example", "correct horse", name="Li Wei"))
    cookie = client.cookies[django_settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])


@pytest.fixture
def desk(live_server: Any, page: Any) -> Iterator[Any]:
    """A signed-in person's browser window; whatever the browser complains of fails the test."""
    complaints: list[str] = []
    page.on("console", lambda message: message.type == "error" and complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    _signed_in(page.context, live_server.url)
    page.address = live_server.url
    yield page
    assert [complaint for complaint in complaints if "favicon" not in complaint and "404" not in complaint] == []


def _scan(page: Any, code: str) -> None:
    """Press the keys of a code as fast as a scanner, however busy the machine is that runs the test."""
    places = {"-": "Minus"} | {digit: f"Digit{digit}" for digit in "0123456789"}
    page.evaluate(PRESS, [*[[places.get(key, f"Key{key}"), key, key.isupper(), False] for key in code], END])


def _found(page: Any) -> str:
    return str(page.locator("#found").inner_text(timeout=5000))


def _lines(page: Any, *fields: str) -> list[list[str]]:
    rows = page.locator("tbody [data-line]:visible").count()
    return [[page.locator(f"[name=lines-{row}-{field}]").input_value() for field in fields] for row in range(rows)]


def test_a_code_scanned_anywhere_goes_to_the_scan_box(desk: Any) -> None:
    desk.goto(f"{desk.address}/document/")
    _scan(desk, "LOT-00017")
    assert _found(desk) == "'LOT-00017'"


def test_a_scan_survives_a_cyrillic_layout_and_loses_its_prefix(desk: Any) -> None:
    desk.goto(f"{desk.address}/document/")
    keys = [
        ["BracketRight", "ъ", False, False],
        ["KeyC", "С", True, False],
        ["Digit1", "1", False, False],
        *[[f"Digit{digit}", digit, False, False] for digit in "010"],
        ["KeyA", "Ф", True, False],
        ["Slash", ".", False, False],
        ["BracketRight", "ъ", False, True],
        ["Digit2", "2", False, False],
        END,
    ]
    desk.evaluate(PRESS, keys)
    assert _found(desk) == "'010A/\\x1d2'"


def test_a_scan_survives_a_chinese_input_method(desk: Any) -> None:
    desk.goto(f"{desk.address}/document/")
    desk.focus("#scan")
    desk.evaluate(PRESS, [*[[f"Key{letter}", "Process", True, False] for letter in "LOTX"], END])
    assert _found(desk) == "'LOTX'"


def test_slow_typing_is_not_taken_for_a_scan(desk: Any) -> None:
    desk.goto(f"{desk.address}/form/")
    desk.locator("[name=remark]").focus()
    desk.keyboard.type("whole", delay=90)
    assert desk.locator("[name=remark]").input_value() == "whole"


def test_scans_fill_lines_and_a_known_code_is_not_taken_twice(desk: Any) -> None:
    desk.goto(f"{desk.address}/form/")
    desk.locator("[name=remark]").fill("kept as it was")
    desk.locator("[name=remark]").focus()
    for code in ("PUMP-1", "PUMP-2", "PUMP-1"):
        _scan(desk, code)
        desk.wait_for_timeout(150)
    assert _lines(desk, "item") == [["PUMP-1"], ["PUMP-2"]]
    assert "already in line 1: PUMP-1" in desk.locator("[data-line-note]").inner_text()
    assert desk.locator("[name=remark]").input_value() == "kept as it was"


def test_rows_pasted_from_a_spreadsheet_become_lines(desk: Any) -> None:
    desk.goto(f"{desk.address}/form/")
    desk.locator("[name=lines-0-item]").focus()
    desk.evaluate(PASTE, "P1\tKZ\t1,250.5\t03.02.2026\r\nP2\tDE Germany\t1 300,25\t2026/3/9\r\n")
    assert _lines(desk, "item", "origin", "quantity", "packed_on") == [
        ["P1", "KZ", "1250.5", "2026-02-03"],
        ["P2", "DE", "1300.25", "2026-03-09"],
    ]


def test_enter_moves_on_and_opens_a_line_after_the_last(desk: Any) -> None:
    desk.goto(f"{desk.address}/form/")
    desk.locator("[name=lines-0-item]").fill("P1")
    desk.locator("[name=lines-0-packed_on]").focus()
    desk.keyboard.press("Enter")
    assert desk.evaluate("document.activeElement.name") == "lines-1-item"


def test_a_form_is_sent_by_ctrl_enter_without_the_removed_line(desk: Any) -> None:
    desk.goto(f"{desk.address}/form/")
    desk.locator("[name=declaration]").fill("9" * 18)
    desk.locator("[name=arrived_at]").fill("2026-11-23T08:30")
    desk.locator("[name=came_from][value=a]").check()
    desk.locator("[name=lines-0-item]").focus()
    desk.evaluate(PASTE, "P1\tKZ\t5\t\nP2\tDE\t6\t\n")
    desk.locator("[data-remove-line]:visible").first.click()
    desk.keyboard.press("Control+Enter")
    desk.wait_for_url("**/document/")
    assert "Submitted with 1 lines." in desk.locator("#messages").inner_text()


def test_the_first_wrong_field_has_the_focus_and_names_its_error(desk: Any) -> None:
    desk.goto(f"{desk.address}/form/")
    desk.get_by_role("button", name="Submit").click()
    desk.wait_for_load_state()
    field = desk.locator("[name=declaration]")
    assert desk.evaluate("document.activeElement.name") == "declaration"
    described = field.get_attribute("aria-describedby").split()
    assert any(desk.locator(f"#{part}.invalid-feedback").count() for part in described)


def test_a_long_choice_that_is_wrong_has_the_focus_and_covers_no_error(desk: Any) -> None:
    desk.goto(f"{desk.address}/form/")
    desk.locator("[name=declaration]").fill("123456789012345678")
    desk.evaluate(
        "const {tomselect} = document.querySelector('[name=site]');"
        "tomselect.addOption({value: '99', text: 'Gone'}); tomselect.setValue('99')"
    )
    desk.get_by_role("button", name="Submit").click()
    desk.wait_for_function("document.activeElement.closest('.ts-wrapper')")
    desk.wait_for_timeout(100)
    assert not desk.locator(".ts-dropdown").first.is_visible()
    desk.keyboard.press("ArrowDown")
    assert desk.locator(".ts-dropdown").first.is_visible()


def test_what_was_typed_is_offered_again_until_the_form_was_taken(desk: Any) -> None:
    desk.goto(f"{desk.address}/form/")
    desk.locator("[name=lines-0-item]").focus()
    desk.evaluate(PASTE, "P1\tKZ\t5\t\nP2\tDE\t6\t\n")
    desk.locator("[name=remark]").fill("half done")
    desk.wait_for_timeout(400)
    desk.goto(f"{desk.address}/document/")
    desk.goto(f"{desk.address}/form/")
    desk.locator("[data-draft-restore]").click()
    assert desk.locator("[name=remark]").input_value() == "half done"
    assert _lines(desk, "item", "quantity") == [["P1", "5"], ["P2", "6"]]
    desk.locator("[name=declaration]").fill("9" * 18)
    desk.locator("[name=arrived_at]").fill("2026-11-23T08:30")
    desk.locator("[name=came_from][value=a]").check()
    desk.get_by_role("button", name="Submit").click()
    desk.wait_for_url("**/document/")
    desk.goto(f"{desk.address}/form/")
    assert desk.locator(".draft-offer").count() == 0


def test_an_act_is_asked_about_before_it_is_done(desk: Any) -> None:
    desk.goto(f"{desk.address}/document/")
    desk.get_by_role("link", name="Reverse").click()
    desk.keyboard.type("wrong lot", delay=60)
    desk.get_by_role("dialog").get_by_role("button", name="Reverse").click()
    desk.get_by_text("Reversed: wrong lot").wait_for()


def test_keys_open_pages_and_list_themselves(desk: Any) -> None:
    desk.goto(f"{desk.address}/form/")
    desk.keyboard.press("?")
    assert desk.locator("#shortcuts").is_visible()
    desk.keyboard.press("Escape")
    desk.keyboard.press("/")
    assert desk.evaluate("document.activeElement.id") == "scan"


def test_colours_and_language_are_kept(desk: Any) -> None:
    desk.goto(f"{desk.address}/document/")
    desk.locator("[popovertarget=preferences]").click()
    desk.locator("[name=theme][value=dark]").click()
    desk.wait_for_timeout(300)
    desk.reload()
    assert desk.evaluate("document.documentElement.dataset.bsTheme") == "dark"
    desk.locator("[popovertarget=preferences]").click()
    desk.locator("[name=language][value=ru]").click()
    desk.wait_for_load_state()
    assert desk.evaluate("document.documentElement.lang") == "ru"


def test_lines_are_added_without_a_script(live_server: Any, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    _signed_in(context, live_server.url)
    page = context.new_page()
    page.goto(f"{live_server.url}/form/")
    page.locator("[name=lines-add]").click()
    page.locator("[name=lines-add]").click()
    assert page.locator("tbody [data-line]").count() == 11
    assert page.locator("tbody .invalid-feedback").count() == 0
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/document/", "/form/", "/sign-in/"])
def test_pages_are_accessible(live_server: Any, browser: Any, path: str, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": 1280, "height": 900})
    _signed_in(context, live_server.url)
    page = context.new_page()
    page.goto(f"{live_server.url}{path}")
    page.wait_for_timeout(200)
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    context.close()


@pytest.mark.parametrize("path", ["/document/", "/form/"])
def test_a_tablet_shows_the_whole_page_without_scrolling_sideways(desk: Any, path: str) -> None:
    desk.set_viewport_size({"width": 820, "height": 1180})
    desk.goto(f"{desk.address}{path}")
    assert desk.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    desk.locator(".sidebar-button").click()
    assert desk.locator("#navigation").is_visible()
