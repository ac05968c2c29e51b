"""The end of a month in a browser: matched, declared, billed, disputed by the airline, credited and billed again."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from pypdf import PdfReader

from customs.models import Declaration, DeclarationState
from fuel.models import Charge, DeliveryTicket, Dispute, DisputeState, Statement, TicketState
from registry.models import Role
from tests.bonded.test_pages_browser import Desk
from tests.fuel.build import TankFarm
from tests.fuel.declaring import NUMBER
from tests.fuel.pricing import f9
from tests.fuel.test_statement_pages import issued
from tests.registry import build

pytestmark = pytest.mark.django_db(transaction=True)

TABLET = {"width": 820, "height": 1180}


@pytest.fixture
def farm(committed_urumqi: TankFarm, time_machine: Any) -> TankFarm:
    committed_urumqi.released("900000")
    f9(committed_urumqi)
    time_machine.move_to("2026-07-02T03:00:00Z", tick=True)
    return committed_urumqi


@pytest.fixture
def desk(page: Any, live_server: Any) -> Any:
    desk = Desk(page, live_server.url)
    yield desk
    assert [text for text in desk.complaints if "favicon" not in text] == []


def readable(page: Any) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, f"{page.url}: {found.generate_report()}"


def step(page: Any, name: str) -> Any:
    """Choose a step of a document; give the dialog that asks about it, which the page's script opens."""
    page.wait_for_load_state("load")
    page.locator("a[data-confirm]").filter(has_text=name).first.click()
    return page.locator("dialog[open]")


def confirm(page: Any, name: str) -> None:
    """Press a step, and the same word in the dialog that it opens."""
    step(page, name).get_by_role("button", name=name, exact=True).click()


def test_a_fuel_accountant_ends_the_month(desk: Desk, page: Any, farm: TankFarm) -> None:
    ticket = farm.signed("T-1", mass_kg="54321")
    farm.flight(ticket)

    desk.sign_in(farm.supervisor)
    page.goto(f"{desk.address}/fuel/tickets/match/")
    page.locator("[name=through_date]").fill("2026-06-30")
    page.get_by_role("button", name="Match", exact=True).click()
    desk.expect("1 ticket was matched.")

    desk.sign_in(farm.operator)
    page.goto(f"{desk.address}/declarations/new/")
    readable(page)
    page.locator("[name=month]").select_option("2026-06-01")
    page.get_by_role("button", name="Draw up", exact=True).click()
    desk.expect("1 declaration was drawn up.")
    page.get_by_role("link", name=Declaration.objects.get().number).click()
    readable(page)
    confirm(page, "Submit")
    desk.expect("is now in the state “Submitted”")

    desk.sign_in(farm.officer)
    page.goto(desk.address + Declaration.objects.get().get_absolute_url())
    step(page, "Accept")
    page.locator("dialog[open] [name=declaration_number]").fill(NUMBER)
    page.locator("dialog[open]").get_by_role("button", name="Accept", exact=True).click()
    desk.expect("Pre-deducted")
    confirm(page, "Release")
    desk.expect("is now in the state “Released”")
    assert Declaration.objects.get().state == DeclarationState.RELEASED

    desk.sign_in(farm.supervisor)
    page.goto(f"{desk.address}/fuel/statements/new/")
    page.locator("[name=airline]").select_option(str(farm.airline.pk))
    page.locator("[name=from_date]").fill("2026-06-01")
    page.locator("[name=through_date]").fill("2026-06-30")
    page.get_by_role("button", name="Issue", exact=True).click()
    desk.expect("was issued")
    desk.expect(NUMBER)
    readable(page)
    with page.expect_download() as taken:
        page.get_by_role("link", name="PDF", exact=True).click()
    printed = PdfReader(taken.value.path())
    assert "42,560.50" in printed.pages[0].extract_text()
    assert DeliveryTicket.objects.get().state == TicketState.INVOICED


def test_an_airline_disputes_a_line_and_is_credited(desk: Desk, page: Any, farm: TankFarm) -> None:
    farm.matched("T-1", mass_kg="54321")
    statement = issued(farm)
    amelia = build.user("amelia", Role.AIRLINE, farm.airline.organisation)
    page.set_viewport_size(TABLET)

    desk.sign_in(amelia)
    page.goto(f"{desk.address}/")
    readable(page)
    page.get_by_role("link", name=statement.number).click()
    page.get_by_role("link", name="Dispute", exact=True).click()
    readable(page)
    page.locator("[name=ground]").select_option("quantity")
    page.locator("[name=message]").fill("The flight log says 9,000 L less.")
    page.locator("[name=attachments]").set_input_files(
        {"name": "log.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 synthetic"}
    )
    page.get_by_role("button", name="Dispute", exact=True).click()
    desk.expect("was sent; the supplier answers it here.")
    dispute = Dispute.objects.get()

    desk.sign_in(farm.supervisor)
    page.goto(desk.address + dispute.get_absolute_url())
    readable(page)
    page.get_by_role("link", name="Answer", exact=True).click()
    page.locator("[name=message]").fill("We compare with the totaliser.")
    page.get_by_role("button", name="Answer", exact=True).click()
    desk.expect("was answered")

    desk.sign_in(amelia)
    page.goto(f"{desk.address}/")
    page.get_by_text("Disputes to read").click()
    page.get_by_role("link", name=dispute.number).click()
    desk.expect("We compare with the totaliser.")

    desk.sign_in(farm.supervisor)
    page.goto(desk.address + dispute.get_absolute_url())
    step(page, "Credit")
    page.locator("dialog[open] [name=reason]").fill("The totaliser agrees with you.")
    page.locator("dialog[open]").get_by_role("button", name="Credit", exact=True).click()
    desk.expect("is credited")
    page.goto(desk.address + statement.get_absolute_url())
    step(page, "Issue again")
    page.locator("dialog[open] [name=reason]").fill("Dispute")
    page.locator("dialog[open]").get_by_role("button", name="Issue again", exact=True).click()
    desk.expect("was issued")
    again = Statement.objects.get(supersedes=statement)

    desk.sign_in(amelia)
    page.goto(desk.address + again.get_absolute_url())
    desk.expect("Credit")
    desk.expect("Rebill")
    assert Dispute.objects.get().state == DisputeState.CREDITED
    assert Charge.objects.count() == 3
