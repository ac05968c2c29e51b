"""Pages, files and API of tickets: nothing typed is lost, each cell at fault is named, airlines see their own."""

import base64
import io
from datetime import timedelta
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fuel.importers import TICKET_COLUMNS
from fuel.models import Defuel, DeliveryTicket, FlightRecord, TicketState
from registry.models import Role
from tests.fuel.build import TankFarm, airline, airport
from tests.fuel.pricing import contract
from tests.registry import build
from tests.registry.conftest import signed_in

pytestmark = pytest.mark.django_db

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SIGNATURE = "data:image/png;base64," + base64.b64encode(PNG).decode()


def ticket_form(farm: TankFarm, **changes: Any) -> dict[str, Any]:
    return {
        "site": farm.site.pk,
        "vendor": farm.site.organisation_id,
        "ticket_number": "T-1",
        "airline": farm.airline.pk,
        "flight_number": "q1801",
        "flight_date": timezone.now().date().isoformat(),
        "registration": "up-b6701",
        "airport": farm.airport.pk,
        "destination": farm.abroad.pk,
        "tank": farm.tank.pk,
        "customs_status": "bonded",
        "litres_observed": "10000",
        "celsius": "15",
        "density_at_base": "800",
        "signatory": "A. Captain",
        **changes,
    }


def test_a_ticket_is_written_and_signed_on_one_page(urumqi: TankFarm) -> None:
    urumqi.released("100000")
    client = signed_in(urumqi.operator)
    answer = client.post("/fuel/tickets/new/", ticket_form(urumqi, signature=SIGNATURE, submit="1"), follow=True)
    ticket = DeliveryTicket.objects.get()
    assert (ticket.state, ticket.flight_number, ticket.registration) == (TicketState.SIGNED, "Q1801", "UP-B6701")
    assert urumqi.held() == 92000
    picture = ticket.attachments.get()
    assert f"/fuel/tickets/{ticket.pk}/pictures/{picture.pk}/" in answer.content.decode()
    shown = client.get(f"/fuel/tickets/{ticket.pk}/pictures/{picture.pk}/")
    assert (shown.content, shown["Content-Type"]) == (PNG, "image/png")


def test_a_draft_is_kept_and_signed_later(urumqi: TankFarm) -> None:
    urumqi.released("100000")
    client = signed_in(urumqi.operator)
    client.post("/fuel/tickets/new/", ticket_form(urumqi, litres_observed="", draft="1"))
    ticket = DeliveryTicket.objects.get()
    assert ticket.state == TicketState.DRAFT
    client.post(f"/fuel/tickets/{ticket.pk}/change/", ticket_form(urumqi, draft="1"))
    client.post(f"/fuel/tickets/{ticket.pk}/sign/", {"signatory": "B. Captain", "signature": SIGNATURE})
    ticket = DeliveryTicket.objects.get()
    assert (ticket.state, ticket.signatory) == (TicketState.SIGNED, "B. Captain")


def test_what_is_refused_is_told_beside_its_field_and_nothing_is_lost(urumqi: TankFarm) -> None:
    client = signed_in(urumqi.operator)
    page = client.post("/fuel/tickets/new/", ticket_form(urumqi, celsius="200", submit="1")).content.decode()
    assert "200 lies outside API MPMS 11.1-1980" in page
    assert 'value="T-1"' in page
    not_released = client.post("/fuel/tickets/new/", ticket_form(urumqi, submit="1")).content.decode()
    assert "only 0 kg of it is released" in not_released
    assert not DeliveryTicket.objects.exists()


def test_a_picture_that_is_none_is_refused(urumqi: TankFarm) -> None:
    urumqi.released("100000")
    client = signed_in(urumqi.operator)
    photo = SimpleUploadedFile("ticket.png", b"GIF89a", content_type="image/png")
    page = client.post("/fuel/tickets/new/", ticket_form(urumqi, photo=photo, submit="1")).content.decode()
    assert "neither a PNG nor a JPEG" in page
    assert urumqi.held() == 100000


def test_tickets_are_matched_and_flights_recorded_on_pages(urumqi: TankFarm) -> None:
    urumqi.released("100000")
    ticket = urumqi.signed("T-1")
    signed_in(urumqi.operator).post(
        "/fuel/flights/new/",
        {
            "site": urumqi.site.pk,
            "airline": ticket.airline_id,
            "flight_number": ticket.flight_number,
            "flight_date": ticket.flight_date.isoformat(),
            "registration": "UP-B6702",
            "destination": ticket.destination_id,
        },
    )
    assert FlightRecord.objects.get().registration == "UP-B6702"
    client = signed_in(urumqi.supervisor)
    assert (
        "The ticket says UP-B6701, the flight record UP-B6702."
        in client.get(f"/fuel/tickets/{ticket.pk}/").content.decode()
    )
    refused = client.post(f"/fuel/tickets/{ticket.pk}/match/", {"reason": ""})
    assert "UP-B6702" in refused.content.decode()
    client.post(f"/fuel/tickets/{ticket.pk}/match/", {"reason": "Aircraft was changed"})
    assert DeliveryTicket.objects.get().state == TicketState.MATCHED


def test_everything_that_fits_is_matched_by_one_button(urumqi: TankFarm) -> None:
    urumqi.released("100000")
    contract(urumqi)
    urumqi.flight(urumqi.signed("T-1"))
    urumqi.signed("T-2", flight_number="Q102")
    day = (urumqi.now + timedelta(days=1)).date().isoformat()
    signed_in(urumqi.supervisor).post("/fuel/tickets/match/", {"site": urumqi.site.pk, "through_date": day})
    assert list(DeliveryTicket.objects.order_by("pk").values_list("state", flat=True)) == ["matched", "signed"]


def test_fuel_comes_back_on_its_page_and_quality_decides(urumqi: TankFarm) -> None:
    urumqi.released("100000")
    ticket = urumqi.signed("T-1")
    given = {"tank": urumqi.tank.pk, "litres_observed": "1000", "celsius": "15", "density_at_base": "800"}
    page = signed_in(urumqi.operator).post(f"/fuel/tickets/{ticket.pk}/defuel/", given, follow=True)
    defuel = Defuel.objects.get()
    assert defuel.number in page.content.decode()
    signed_in(urumqi.supervisor).post(f"/fuel/defuels/{defuel.pk}/release/")
    assert Defuel.objects.get().state == "released"


def test_a_flight_turned_domestic_is_cleared_on_its_page(urumqi: TankFarm) -> None:
    urumqi.released("100000")
    ticket = urumqi.signed("T-1")
    given = {"destination": airport("CGO", "CN").pk, "reason": "Ended there"}
    page = signed_in(urumqi.officer).post(f"/fuel/tickets/{ticket.pk}/reclassify/", given, follow=True)
    assert "are payable" in page.content.decode()
    assert DeliveryTicket.objects.get().customs_status == "duty_paid"


def row(farm: TankFarm, number: str, **changes: str) -> dict[str, str]:
    return {
        "vendor": farm.site.organisation.code,
        "ticket_number": number,
        "airline": farm.airline.iata_code,
        "flight_number": "Q1801",
        "flight_date": farm.now.date().isoformat(),
        "registration": "UP-B6701",
        "airport": "URC",
        "destination": "ALA",
        "tank": "T-101",
        "customs_status": "bonded",
        "litres_observed": "1000",
        "celsius": "-21.5",
        "density_at_base": "800.0",
        "delivered_at": farm.now.isoformat(),
        "signatory": "A. Captain",
        **changes,
    }


def file_of(rows: list[dict[str, str]], *, separator: str = ",", encoding: str = "utf-8-sig") -> SimpleUploadedFile:
    lines = [separator.join(TICKET_COLUMNS), *(separator.join(row[name] for name in TICKET_COLUMNS) for row in rows)]
    return SimpleUploadedFile("tickets.csv", "\r\n".join(lines).encode(encoding))


def take_in(farm: TankFarm, file: SimpleUploadedFile, **more: str) -> str:
    given = {"site": farm.site.pk, "file": file, **more}
    return signed_in(farm.operator).post("/fuel/tickets/import/", given, follow=True).content.decode()


def test_a_file_is_taken_in_and_may_be_sent_again(urumqi: TankFarm) -> None:
    urumqi.released("100000")
    rows = [row(urumqi, "T-1"), row(urumqi, "T-2", signatory="王机长")]
    assert "2 tickets were taken in; 0 had come before." in take_in(urumqi, file_of(rows))
    assert "0 tickets were taken in; 2 had come before." in take_in(
        urumqi, file_of(rows, separator=";", encoding="gb18030"), encoding="gb18030"
    )
    assert DeliveryTicket.objects.get(ticket_number="T-1").vcf == Decimal("1.0335")


def test_a_workbook_is_taken_in_like_text(urumqi: TankFarm) -> None:
    urumqi.released("100000")
    book = openpyxl.Workbook()
    book.active.append(list(TICKET_COLUMNS))
    figures = row(urumqi, "T-1") | {"flight_date": urumqi.now.date(), "litres_observed": 1000, "celsius": -21.5}
    book.active.append([figures[name] for name in TICKET_COLUMNS])
    content = io.BytesIO()
    book.save(content)
    page = take_in(urumqi, SimpleUploadedFile("tickets.xlsx", content.getvalue()))
    assert "1 tickets were taken in; 0 had come before." in page
    assert DeliveryTicket.objects.get().vcf == Decimal("1.0335")


def test_a_cell_at_fault_is_named_by_its_line_of_the_file_also_below_empty_lines(urumqi: TankFarm) -> None:
    rows = [row(urumqi, "T-1"), dict.fromkeys(TICKET_COLUMNS, ""), row(urumqi, "T-2", celsius="cold")]
    client = signed_in(urumqi.operator)
    answer = client.post("/fuel/tickets/import/", {"site": urumqi.site.pk, "file": file_of(rows)})
    (cell,) = answer.context["refused"].data.data
    assert (cell.line, cell.field, cell.figure) == (4, "celsius", "cold")


def test_every_cell_at_fault_is_named_by_row_and_column(urumqi: TankFarm) -> None:
    urumqi.released("100000")
    rows = [
        row(urumqi, "T-1"),
        row(urumqi, "T-2", airline="ZZ", celsius="cold"),
        row(urumqi, "T-3", delivered_at="yesterday"),
        row(urumqi, "", tank="T-999"),
    ]
    page = take_in(urumqi, file_of(rows))
    assert "5 cells cannot be accepted; nothing was taken in." in page
    for told in ("ZZ", "“cold” is not a number", "“yesterday” is not a moment", "T-999", "This cell is empty."):
        assert told in page
    assert not DeliveryTicket.objects.exists()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "lacks the columns"),
        (b"ticket_number\nT-1", "lacks the columns: vendor"),
        ((",".join([*TICKET_COLUMNS, "colour"])).encode(), "not known: colour"),
        ((",".join(TICKET_COLUMNS)).encode(), "has no ticket"),
        (b"\xff\xfe\x00", "neither XLSX nor text"),
    ],
)
def test_a_file_that_is_none_says_why(urumqi: TankFarm, content: bytes, told: str) -> None:
    page = take_in(urumqi, SimpleUploadedFile("tickets.csv", content or b"\n"))
    assert told in page


def queries_of(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    "url",
    [
        "/fuel/tickets/",
        "/fuel/tickets/?format=csv",
        "/fuel/defuels/",
        "/fuel/flights/",
        "/api/v1/tickets/",
        "/api/v1/defuels/",
        "/api/v1/flights/",
    ],
)
def test_three_rows_take_as_many_queries_as_one(urumqi: TankFarm, url: str) -> None:
    urumqi.released("100000")
    client = signed_in(urumqi.auditor)
    counts = []
    for number in range(3):
        ticket = urumqi.signed(f"T-{number}", airline=airline(f"A{number}"), flight_number=f"Q10{number}")
        urumqi.flight(ticket)
        urumqi.defuelled(ticket, "80")
        counts.append(queries_of(client, url))
    assert counts[0] == counts[2]


def test_an_airline_sees_its_own_signed_tickets_only(urumqi: TankFarm) -> None:
    urumqi.released("100000")
    own, others = urumqi.signed("T-1"), urumqi.signed("T-2", airline=airline("A2"))
    picture_of_others = others.attachments
    waiting = urumqi.metered("T-3")
    reader = build.user("amelia-q1", Role.AIRLINE, urumqi.airline.organisation)
    client = signed_in(reader)
    listed = client.get("/fuel/tickets/").content.decode()
    assert own.number in listed
    assert others.number not in listed
    assert waiting.number not in listed
    for path in ("/fuel/tickets/{}/", "/api/v1/tickets/{}/"):
        assert client.get(path.format(own.pk)).status_code == 200
        assert client.get(path.format(others.pk)).status_code == 404
        assert client.get(path.format(waiting.pk)).status_code == 404
    assert not picture_of_others.exists()
    told = client.get(f"/api/v1/tickets/{own.pk}/").json()
    assert "draws" not in told
    page = client.get(f"/fuel/tickets/{own.pk}/").content.decode()
    assert "In the ledger" not in page
    listed_file = b"".join(client.get("/fuel/tickets/?format=csv").streaming_content).decode()
    assert others.number not in listed_file


def test_a_metered_ticket_tells_its_meter_and_whoever_may_not_open_it_finds_no_link(urumqi: TankFarm) -> None:
    urumqi.released("100000")
    readings = {"meter": urumqi.meter, "meter_start": Decimal(0), "meter_end": Decimal(10000)}
    ticket = urumqi.signed("T-1", mass_kg=None, **readings)
    meter = f"/fuel/meters/{urumqi.meter.pk}/"
    client = signed_in(urumqi.operator)
    assert f'href="{meter}"' in client.get(ticket.get_absolute_url()).content.decode()
    assert "1" in client.get(meter).content.decode()
    reader = signed_in(build.user("amelia-q1", Role.AIRLINE, urumqi.airline.organisation))
    page = reader.get(ticket.get_absolute_url()).content.decode()
    assert "R-1" in page
    assert meter not in page


def test_the_api_enters_signs_and_takes_in(urumqi: TankFarm) -> None:
    urumqi.released("100000")
    client = signed_in(urumqi.operator)

    def post(path: str, data: dict[str, Any], key: str) -> Any:
        return client.post(path, data, content_type="application/json", headers={"Idempotency-Key": key})

    given = {**row(urumqi, "T-1"), "site": urumqi.site.code}
    first = post("/api/v1/tickets/", given, "11111111-1111-4111-8111-111111111111")
    again = post("/api/v1/tickets/", given, "11111111-1111-4111-8111-111111111111")
    assert first.status_code == 201, first.json()
    assert first.json()["id"] == again.json()["id"]
    signed = post(
        f"/api/v1/tickets/{first.json()['id']}/sign/",
        {"signature": base64.b64encode(PNG).decode()},
        "11111111-1111-4111-8111-111111111112",
    )
    assert signed.json()["state"] == "signed"
    assert signed.json()["mass_kg"] == "826.800"
    many = {"site": urumqi.site.code, "tickets": [row(urumqi, "T-2"), row(urumqi, "T-3", celsius="200")]}
    refused = post("/api/v1/tickets/take-in/", many, "11111111-1111-4111-8111-111111111113")
    assert refused.status_code == 422
    assert [(error["row"], error["field"]) for error in refused.json()["errors"]] == [(1, "celsius")]
    many["tickets"][1]["celsius"] = "20"
    taken = post("/api/v1/tickets/take-in/", many, "11111111-1111-4111-8111-111111111114")
    assert len(taken.json()["new"]) == 2
