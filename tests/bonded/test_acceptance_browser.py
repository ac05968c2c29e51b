"""The acceptance in Chromium: value, tax and guarantee stand on the page before the act, at every width."""

import os
from decimal import Decimal
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from bonded.models import Admission
from tests.bonded import test_pages_browser as pages
from tests.bonded.build import Warehouse, exchange_rate, item, tariff, warehouse
from tests.bonded.test_pages_browser import Desk

desk = pages.desk
pytestmark = pytest.mark.django_db(transaction=True)


def _submitted(at: Warehouse) -> Admission:
    terms = {"currency": "USD", "terms": "FOB", "freight": Decimal(3000), "insurance_rate": Decimal("0.003")}
    return at.submitted(
        at.line(item(name="Pistachios in shell"), "100", "100000", **terms),
        at.line(item("CIGARETTE", hs="240220"), "2000", "9000", currency="USD", origin="KZ"),
    )


def test_an_officer_reads_what_acceptance_means_and_then_accepts(transactional_db: None, desk: Desk) -> None:
    tariff("08", duty="0.08")
    tariff("2402", duty="0.25", consumption_tax_rate=Decimal("0.36"), consumption_tax_cny_per_unit=Decimal("0.003"))
    exchange_rate("USD", "7.1")
    khorgos = warehouse(limit_cny="900000")
    admission = _submitted(khorgos)
    desk.sign_in(khorgos.officer)
    desk.open("admission_accept", admission.pk)
    for width in (1280, 820, 390):
        desk.page.set_viewport_size({"width": width, "height": 900})
        if width == 1280:
            # The last column too is in view: nobody accepts with the tax out of sight.
            last = desk.page.locator("table").last.locator("tfoot td").last.bounding_box()
            assert last is not None
            assert last["x"] + last["width"] <= width
        for figure in ("733,500.50", "58,680.04", "0802.51".replace(".", ""), "3,000.00", "0.3"):
            assert desk.page.get_by_text(figure).first.is_visible(), (figure, width)
        assert desk.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), width
        _keep(desk.page, f"accept-{width}")
    assert Axe().run(desk.page).response["violations"] == []
    desk.page.set_viewport_size({"width": 1280, "height": 900})
    desk.page.locator("main").get_by_role("button", name="Accept", exact=True).click()
    desk.expect("is now in the state “Accepted”")


def _keep(page: Any, name: str) -> None:
    """For whoever wants to look: a picture in light and in dark."""
    if folder := os.environ.get("PICTURES"):
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.screenshot(path=f"{folder}/{name}-{scheme}.png", full_page=True)
        page.emulate_media(color_scheme="light")
