"""A fueller's refused ticket keeps signature and photo; what is printed of it is one page with its figures."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from pypdf import PdfReader

from fuel.delivery_tickets.operations import tickets
from fuel.models import DeliveryTicket
from registry.models import KeptFile
from tests.bonded.test_pages_browser import Desk
from tests.fuel.build import TankFarm
from tests.fuel.test_ticket_browser import TABLET

pytestmark = pytest.mark.django_db(transaction=True)


def photo_of(page: Any) -> bytes:
    """A JPEG that any camera might have made: the page itself."""
    return bytes(page.screenshot(type="jpeg"))


def write_ticket(page: Any, farm: TankFarm, **changes: str) -> None:
    figures = {
        "ticket_number": "T-1",
        "flight_number": "q1801",
        "flight_date": timezone.localdate().isoformat(),
        "registration": "up-b6701",
        "litres_observed": "30000",
        "requested_litres": "10000",
        "celsius": "-21.5",
        "density_at_base": "800.0",
        "signatory": "A. Captain",
        **changes,
    }
    for name, value in figures.items():
        page.locator(f"[name={name}]").fill(value)
    chosen = {
        "vendor": farm.site.organisation_id,
        "airline": farm.airline.pk,
        "airport": farm.airport.pk,
        "destination": farm.abroad.pk,
        "tank": farm.tank.pk,
    }
    for name, value in chosen.items():
        page.locator(f"[name={name}]").select_option(str(value))


def draw(page: Any) -> None:
    canvas = page.locator("canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + 60)
    page.mouse.down()
    for step in range(1, 9):
        page.mouse.move(box["x"] + 40 + 30 * step, box["y"] + 60 + (20 if step % 2 else -20))
    page.mouse.up()


def ink(page: Any) -> int:
    """How many dark pixels the field to sign in shows."""
    return int(
        page.evaluate(
            """() => { const c = document.querySelector("canvas");
            const d = c.getContext("2d").getImageData(0, 0, c.width, c.height).data;
            let n = 0; for (let i = 0; i < d.length; i += 4) if (d[i] < 128) n++; return n; }"""
        )
    )


def test_a_refused_ticket_keeps_signature_and_photo(page: Any, live_server: Any, committed_urumqi: TankFarm) -> None:
    farm = committed_urumqi
    farm.released("100000")
    page.set_viewport_size(TABLET)
    desk = Desk(page, live_server.url)
    desk.sign_in(farm.operator)
    page.goto(f"{live_server.url}/fuel/tickets/new/")
    write_ticket(page, farm, celsius="200")
    photo = photo_of(page)
    page.locator("[name=photo]").set_input_files({"name": "meter.jpg", "mimeType": "image/jpeg", "buffer": photo})
    draw(page)
    drawn = page.locator("[name=signature]").input_value()
    page.locator("[name=submit]").click()
    desk.expect("200 lies outside")
    assert page.locator("[name=signature]").input_value() == drawn
    page.wait_for_function("() => document.querySelector('[data-signature-note]').hidden")
    assert ink(page) > 500
    assert page.locator(".kept-files img").evaluate("image => image.naturalWidth") == TABLET["width"]
    # Refused once more, for what is unusual, and nothing is lost.
    page.locator("[name=celsius]").fill("-21.5")
    page.locator("[name=submit]").click()
    desk.expect("30,000 L were delivered, 10,000 L were requested.")
    page.locator("[name=explain_over_request]").fill("Ferry flight to Almaty")
    page.locator("[name=submit]").click()
    desk.expect("its fuel has left the tank")
    ticket = DeliveryTicket.objects.get()
    kept = {one.kind: bytes(one.content) for one in ticket.attachments.all()}
    assert kept["photo"] == photo
    assert kept["signature"].startswith(b"\x89PNG")
    assert ticket.exceptions.get(kind="over_request").explanation == "Ferry flight to Almaty"
    assert not KeptFile.objects.exists()
    assert desk.complaints == []


def test_a_photo_that_was_kept_can_be_taken_out(page: Any, live_server: Any, committed_urumqi: TankFarm) -> None:
    farm = committed_urumqi
    farm.released("100000")
    desk = Desk(page, live_server.url)
    desk.sign_in(farm.operator)
    page.goto(f"{live_server.url}/fuel/tickets/new/")
    write_ticket(page, farm, celsius="200", requested_litres="30000")
    page.locator("[name=photo]").set_input_files(
        {"name": "meter.jpg", "mimeType": "image/jpeg", "buffer": photo_of(page)}
    )
    page.locator("[name=submit]").click()
    desk.expect("200 lies outside")
    page.locator("[name=celsius]").fill("-21.5")
    page.locator("[name='photo-dropped']").check()
    page.locator("[name=submit]").click()
    desk.expect("its fuel has left the tank")
    assert not DeliveryTicket.objects.get().attachments.exists()


def test_a_delivery_receipt_is_one_page_with_its_figures_and_signature(
    page: Any, live_server: Any, committed_urumqi: TankFarm, tmp_path: Path
) -> None:
    farm = committed_urumqi
    farm.released("100000")
    page.goto(f"{live_server.url}/sign-in/")
    signature = bytes(page.screenshot(type="png"))
    ticket = farm.metered(
        "QD-000815",
        mass_kg=None,
        meter=farm.meter,
        meter_start=Decimal(1_000_000),
        meter_end=Decimal(1_030_000),
        celsius=Decimal("-21.5"),
        aircraft_type="B744",
    )
    drawn = tickets.Picture(kind="signature", content=signature)
    tickets.sign_ticket(ticket=ticket, pictures=[drawn], actor=farm.operator, at=farm.tick())
    desk = Desk(page, live_server.url)
    desk.sign_in(farm.operator)
    page.goto(f"{live_server.url}{ticket.get_absolute_url()}?print")
    page.wait_for_function("() => [...document.images].every((image) => image.complete && image.naturalWidth)")
    path = tmp_path / "receipt.pdf"
    page.pdf(path=path, format="A4")
    (only,) = PdfReader(path).pages
    text = " ".join(only.extract_text().split())
    told = ("30,000", "-21.5", "800", "31,005", "24,804", "7,925.162", "8,190.654", "1,000,000", "1,030,000")
    for figure in (*told, "QD-000815", "Q1801", "UP-B6701", "A. Captain", "Q1 "):
        assert figure in text.replace("−", "-"), f"{figure} in {text}"
    assert len(only.images) == 1
