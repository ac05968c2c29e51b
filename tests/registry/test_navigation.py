"""Who finds what in the side navigation."""

import pytest
from django.test import RequestFactory
from django.urls import include, path

from registry.models import Role
from registry.navigation import SECTIONS, sections_for

_NAMES = [item.url_name for section in SECTIONS.values() for item in section.items if ":" in item.url_name]
NOT_THERE = {name for name in _NAMES if name.startswith("customs:")}
urlpatterns = [
    path(f"{app}/", include(([path(f"{n}/", lambda request: None, name=n) for a, n in pairs if a == app], app)))
    for pairs in [[name.split(":") for name in _NAMES if name not in NOT_THERE]]
    for app in sorted({app for app, _name in pairs})
]
pytestmark = pytest.mark.urls("tests.registry.test_navigation")


def _links(*roles: str, at: str = "/") -> dict[str, bool]:
    shown = sections_for(RequestFactory().get(at), roles)
    return {item.url: item.is_current for section in shown for item in section.items}


def test_an_airline_sees_its_tickets_but_no_goods_and_no_master_data() -> None:
    own = {"/reports/start/", "/documents/notice_list/", "/fuel/delivery_ticket_list/", "/fuel/calculator/"}
    assert set(_links(Role.AIRLINE)) == own | {
        f"/fuel/{kind}_list/" for kind in ("fuel_statement", "fuel_dispute", "contract", "payment")
    }


def test_an_administrator_keeps_master_data_and_sees_no_stock() -> None:
    links = _links(Role.ADMINISTRATOR)
    assert "/registry/user_list/" in links
    assert "/ledger/stock/" not in links


def test_only_those_who_decide_see_approvals() -> None:
    assert [role for role in Role if "/documents/approvals/" in _links(role)] == [Role.SUPERVISOR, Role.CUSTOMS_OFFICER]


def test_pages_that_do_not_exist_are_not_linked() -> None:
    assert [url for url in _links(*Role) if url.startswith("/customs/")] == []


def test_the_section_of_the_page_one_is_on_is_marked() -> None:
    links = _links(Role.OPERATOR, at="/ledger/lot_list/7/")
    assert [url for url, is_current in links.items() if is_current] == ["/ledger/lot_list/"]


def test_no_two_pages_share_a_key() -> None:
    keys = [item.shortcut for section in SECTIONS.values() for item in section.items if item.shortcut]
    assert len(keys) == len(set(keys))
