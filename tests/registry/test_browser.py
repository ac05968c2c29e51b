"""The register in a browser: kept with the keyboard alone, and readable for everybody."""

from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from registry.models import Item, Role, User
from tests.front.reading import require_readable
from tests.registry import build
from tests.registry.conftest import signed_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(live_server: Any, page: Any, transactional_db: None) -> Any:
    """Alice's browser window; what the browser complains of fails the test."""
    complaints: list[str] = []
    page.on("console", lambda message: message.type == "error" and complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.alice = build.user("alice", Role.ADMINISTRATOR)
    cookie = signed_in(page.alice).cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page.address_of = lambda name, *args: live_server.url + reverse(f"registry:{name}", args=args)
    yield page
    assert [complaint for complaint in complaints if "favicon" not in complaint] == []


def test_an_item_is_added_with_the_keyboard_alone(desk: Any) -> None:
    build.zone(), build.hs_code("080211"), build.unit("KGM")
    desk.goto(desk.address_of("item_add"))
    for field, figure in {
        "code": "ALMOND",
        "name": "Almonds in shell",
        "hs_code": "080211",
        "unit": "KGM",
        "net_mass_kg_per_unit": "-1",
    }.items():
        desk.locator(f"[name={field}]").focus()
        desk.keyboard.type(figure)
    desk.keyboard.press("Control+Enter")
    desk.get_by_text("above zero").wait_for()
    assert desk.locator("[name=name]").input_value() == "Almonds in shell"
    mass = desk.locator("[name=net_mass_kg_per_unit]")
    mass.focus()
    mass.fill("1")
    desk.keyboard.press("Control+Enter")
    desk.get_by_text("ALMOND Almonds in shell was saved.").wait_for()
    assert Item.objects.get().hs_code_id == "080211"


def test_a_list_follows_its_filter_without_leaving_the_page(desk: Any) -> None:
    build.item("ALMOND"), build.item("WALNUT")
    desk.goto(desk.address_of("item_list"))
    desk.keyboard.press("/")
    desk.keyboard.type("wal")
    desk.locator("#list tbody tr").nth(1).wait_for(state="detached")
    assert desk.locator("#list tbody tr").inner_text().startswith("WALNUT")
    assert "q=wal" in desk.url
    assert "q=wal" in desk.get_by_text("Download these rows as CSV").get_attribute("href")


def test_pages_are_accessible_and_fit_a_tablet(desk: Any) -> None:
    item, site = build.item(name_zh="带壳扁桃仁"), build.site()
    build.bin_place(site)
    user: User = desk.alice
    desk.set_viewport_size({"width": 820, "height": 1180})
    pages = [
        ("item_list",),
        ("item_detail", item.pk),
        ("item_change", item.pk),
        ("site_detail", site.pk),
        ("user_list",),
        ("user_detail", user.pk),
        ("own_settings",),
        ("token_list",),
        ("token_add",),
        ("membership_revoke", user.memberships.get().pk),
    ]
    for name, *args in pages:
        desk.goto(desk.address_of(name, *args))
        require_readable(desk, name)
        width = desk.evaluate("document.documentElement.scrollWidth")
        assert width <= 820, f"{name} is {width} pixels wide"
