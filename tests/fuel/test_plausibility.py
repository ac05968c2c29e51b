"""What of a delivery is implausible is asked back before it is signed, by page, interface and file alike."""

import io
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from documents.operations.documents import NotAsRequired
from fuel.delivery_tickets.operations import tickets
from fuel.delivery_tickets.operations.matching import match_ticket, match_tickets, record_flight
from fuel.delivery_tickets.operations.taking_in import take_in_tickets
from fuel.importers import TICKET_COLUMNS
from fuel.models import DeliveryTicket, ExceptionKind, TicketException
from fuel.operations.limits import set_fuel_limits
from fuel.operations.plausibility import ExceptionsUnexplained, implausible
from registry.models import Aircraft
from registry.operations.register import enter_in_register
from tests.fuel.build import AT, TankFarm
from tests.fuel.pricing import contract
from tests.fuel.test_farm_api import caller
from tests.fuel.test_ticket_pages import row, ticket_form
from tests.registry.conftest import signed_in

pytestmark = pytest.mark.django_db


def kinds(farm: TankFarm, **figures: Any) -> list[str]:
    """What is asked back of a ticket with these figures."""
    return [str(one.kind) for one in implausible([farm.metered("T-1", **figures)])[0]]


def aircraft(farm: TankFarm, registration: str = "UP-B6701") -> None:
    row = Aircraft(
        registration=registration, type_designator="B77L", airline=farm.airline, tank_capacity_litres=181_280
    )
    enter_in_register(row=row, actor=None, at=AT)


@pytest.mark.parametrize(
    ("delivered", "requested", "expected"),
    [
        ("45900", "45000", []),  # exactly 2 %
        ("45901", "45000", ["over_request"]),
        ("44099", "45000", ["over_request"]),
        ("10500", "10000", []),  # 5 %, but only 500 L
        ("10501", "10000", ["over_request"]),
    ],
)
def test_litres_that_differ_from_those_requested(
    urumqi: TankFarm, delivered: str, requested: str, expected: list[str]
) -> None:
    given = {"mass_kg": None, "litres_observed": Decimal(delivered), "requested_litres": Decimal(requested)}
    assert kinds(urumqi, **given) == expected


def test_more_than_the_tanks_of_the_aircraft_hold(urumqi: TankFarm) -> None:
    aircraft(urumqi)
    assert kinds(urumqi, mass_kg=None, litres_observed=Decimal(181_280)) == []
    ticket = urumqi.metered("T-2", mass_kg=None, litres_observed=Decimal("181280.001"))
    (one,) = implausible([ticket])[0]
    assert one.message == "181,280.001 L were delivered to the flight; the tanks of UP-B6701 hold 181,280 L."


def test_an_aircraft_that_nobody_registered_is_held_to_its_type(urumqi: TankFarm) -> None:
    aircraft(urumqi, "UP-B6702")
    given = {"mass_kg": None, "registration": "UP-B6709", "litres_observed": Decimal(200_000)}
    assert kinds(urumqi, **given) == []
    ticket = urumqi.metered("T-2", aircraft_type="B77L", **given)
    assert [str(one.kind) for one in implausible([ticket])[0]] == ["over_capacity"]


def test_two_refuellers_together_fill_no_more_than_the_tanks(urumqi: TankFarm) -> None:
    urumqi.released("500000")
    aircraft(urumqi)
    urumqi.signed("T-1", mass_kg="80000")  # 100,000 L
    with pytest.raises(ExceptionsUnexplained, match="200,000 L were delivered to the flight"):
        urumqi.signed("T-2", mass_kg="80000")


def test_a_delivery_that_no_aircraft_takes_is_refused(urumqi: TankFarm) -> None:
    with pytest.raises(NotAsRequired, match="544,837 litres are more than any aircraft holds: 400,000") as refused:
        urumqi.metered("T-1", mass_kg=None, litres_observed=Decimal(544_837))
    assert [error.field for error in refused.value.errors] == ["litres_observed"]


def test_limits_of_a_site_and_its_product(urumqi: TankFarm) -> None:
    assert kinds(urumqi, density_at_base=Decimal("775.0")) == []
    assert kinds_of(urumqi, "T-2", density_at_base=Decimal("840.1")) == ["density"]
    assert kinds_of(urumqi, "T-3", density_at_base=Decimal("1020.0")) == ["density"]
    assert kinds_of(urumqi, "T-4", celsius=Decimal("50.1")) == ["temperature"]
    set_fuel_limits(
        site=urumqi.site,
        product=urumqi.product,
        specification="GB 6537",
        density_base="20C",
        lowest_density=Decimal("775.0"),
        highest_density=Decimal("830.0"),
        highest_celsius=Decimal(35),
        largest_uplift_litres=Decimal(120_000),
        actor=urumqi.administrator,
        at=urumqi.tick(),
    )
    # 833.5 kg/m³ at 15 °C are about 830 at 20 °C, 778.0 about 774.
    assert kinds_of(urumqi, "T-5", density_at_base=Decimal("833.0")) == []
    assert kinds_of(urumqi, "T-6", density_at_base=Decimal("834.5")) == ["density"]
    assert kinds_of(urumqi, "T-7", density_at_base=Decimal("778.0")) == ["density"]
    assert kinds_of(urumqi, "T-8", celsius=Decimal("35.1")) == ["temperature"]
    assert kinds_of(urumqi, "T-9", mass_kg=None, litres_observed=Decimal("120000.001")) == ["over_limit"]


def kinds_of(farm: TankFarm, number: str, **figures: Any) -> list[str]:
    return [str(one.kind) for one in implausible([farm.metered(number, **figures)])[0]]


def readings(farm: TankFarm, start: int, end: int) -> dict[str, Any]:
    return {"mass_kg": None, "meter": farm.meter, "meter_start": Decimal(start), "meter_end": Decimal(end)}


def test_a_lost_digit_is_no_roll_over_without_a_word(urumqi: TankFarm) -> None:
    urumqi.released("500000")
    with pytest.raises(ExceptionsUnexplained, match="it rolled over, and 10,000 L passed"):
        urumqi.signed("T-1", **readings(urumqi, 99_995_000, 5_000))
    ticket = DeliveryTicket.objects.get()
    signed = tickets.sign_ticket(
        ticket=ticket, explanations={"roll_over": "Totaliser read twice"}, actor=urumqi.operator, at=urumqi.tick()
    )
    assert signed.litres_observed == 10_000


def test_a_start_that_is_not_the_end_before_and_a_late_ticket_that_contradicts_the_next(urumqi: TankFarm) -> None:
    urumqi.released("500000")
    first = urumqi.signed("T-1", **readings(urumqi, 0, 10_000))
    late_at = urumqi.tick(minutes=10)
    urumqi.tick(minutes=10)
    with pytest.raises(ExceptionsUnexplained, match=f"The meter began at 20,000, but {first.number} left it at 10,000"):
        urumqi.signed("T-3", **readings(urumqi, 20_000, 30_000))
    third = DeliveryTicket.objects.get(ticket_number="T-3")
    tickets.sign_ticket(
        ticket=third, explanations={"meter_gap": "One is on paper"}, actor=urumqi.operator, at=urumqi.tick()
    )
    with pytest.raises(ExceptionsUnexplained, match=f"The meter ended at 19,000, but {third.number} began at 20,000"):
        urumqi.signed("T-2", delivered_at=late_at, **readings(urumqi, 10_000, 19_000))
    second = DeliveryTicket.objects.get(ticket_number="T-2")
    right = urumqi.ticket_details("T-2", delivered_at=late_at, **readings(urumqi, 10_000, 20_000))
    tickets.amend_ticket(ticket=second, details=right, actor=urumqi.operator, at=urumqi.tick())
    tickets.sign_ticket(ticket=second, actor=urumqi.operator, at=urumqi.tick())
    # What was on paper fills the gap, so it is none any more.
    assert TicketException.objects.get(ticket=third, kind="meter_gap").ended_at is not None


def test_a_number_that_differs_in_zeros_alone_is_told(urumqi: TankFarm) -> None:
    urumqi.released("500000")
    known = urumqi.signed("QD-815")
    with pytest.raises(ExceptionsUnexplained, match=f"{known.number} has the ticket number QD-815"):
        urumqi.signed("QD-000815")


@pytest.mark.parametrize("number", ["qd-000815", "QD 000815", "ＱＤ000815", "QD\u200b-000815"])
def test_a_ticket_number_is_one_however_it_is_written(urumqi: TankFarm, number: str) -> None:
    urumqi.released("500000")
    urumqi.signed("QD-000815", mass_kg="24000")
    with pytest.raises(tickets.TicketNumberTaken):
        urumqi.metered(number, mass_kg="24000")
    again = urumqi.ticket_details(number, mass_kg="25000")
    with pytest.raises(NotAsRequired, match="says something else"):
        take_in_tickets(site=urumqi.site, details=[again], actor=urumqi.operator, at=urumqi.tick())
    twice = [urumqi.ticket_details(one, mass_kg="100") for one in ("N-1", "n 1")]
    with pytest.raises(NotAsRequired, match="stands in row 1 too"):
        take_in_tickets(site=urumqi.site, details=twice, actor=urumqi.operator, at=urumqi.tick())
    assert urumqi.held() == 476_000


@pytest.mark.parametrize(
    ("field", "figure"),
    [("flight_number", "1234567890"), ("flight_number", "Q1"), ("registration", "12345"), ("registration", "?")],
)
def test_flight_and_registration_have_their_form(urumqi: TankFarm, field: str, figure: str) -> None:
    with pytest.raises(NotAsRequired) as refused:
        urumqi.metered("T-1", **{field: figure})
    assert {(error.field, error.figure) for error in refused.value.errors} == {(field, figure)}


def test_a_flight_is_one_however_it_is_written(urumqi: TankFarm) -> None:
    urumqi.released("100000")
    contract(urumqi)
    ticket = urumqi.signed("T-1", flight_number="q1 0801", registration="up-b6701")
    assert (ticket.flight_number, ticket.registration) == ("Q10801", "UP-B6701")
    given = {
        "site": urumqi.site,
        "airline": urumqi.airline,
        "flight_date": ticket.flight_date,
        "registration": "UPB6701",
        "destination": ticket.destination,
        "actor": urumqi.operator,
    }
    first = record_flight(flight_number="Q1801", at=urumqi.tick(), **given)
    again = record_flight(flight_number="Q1-801", at=urumqi.tick(), **given)
    assert first.pk == again.pk
    match_ticket(ticket=ticket, actor=urumqi.supervisor, at=urumqi.tick())


def test_an_explanation_stays_with_the_ticket_and_is_read_when_it_is_matched(urumqi: TankFarm) -> None:
    urumqi.released("100000")
    contract(urumqi)
    ticket = urumqi.metered("T-1", requested_litres=Decimal(20_000))
    ticket = tickets.sign_ticket(
        ticket=ticket, explanations={"over_request": "Payload changed"}, actor=urumqi.operator, at=urumqi.tick()
    )
    urumqi.flight(ticket)
    day = ticket.flight_date + timedelta(days=1)
    given = {"actor": urumqi.supervisor, "at": urumqi.tick()}
    assert match_tickets(site=urumqi.site, through_date=day, **given) == []
    matched = match_ticket(ticket=ticket, **given)
    kept = matched.exceptions.get(kind="over_request")
    assert (kept.explanation, kept.explained_by) == ("Payload changed", urumqi.operator)
    page = signed_in(urumqi.supervisor).get(ticket.get_absolute_url()).content.decode()
    assert "Payload changed" in page
    assert "10,000 L were delivered, 20,000 L were requested." in page


def test_the_tablet_asks_back_beside_what_was_written(urumqi: TankFarm) -> None:
    urumqi.released("500000")
    client = signed_in(urumqi.operator)
    given = ticket_form(urumqi, litres_observed="100000", requested_litres="45000", submit="1")
    page = client.post("/fuel/tickets/new/", given).content.decode()
    assert "100,000 L were delivered, 45,000 L were requested." in page
    assert 'name="explain_over_request"' in page
    assert 'value="100000"' in page
    assert not DeliveryTicket.objects.exists()
    assert urumqi.held() == 500_000
    client.post("/fuel/tickets/new/", given | {"explain_over_request": "Ferry flight"})
    ticket = DeliveryTicket.objects.get()
    assert (ticket.state, ticket.exceptions.get(kind="over_request").explanation) == ("signed", "Ferry flight")


def test_a_program_is_told_the_exceptions_and_explains_them(urumqi: TankFarm) -> None:
    urumqi.released("500000")
    ticket = urumqi.metered("T-1", requested_litres=Decimal(20_000))
    client, url = caller(urumqi.operator), f"/api/v1/tickets/{ticket.pk}/sign/"
    refused = client.post(url, {}, format="json")
    assert (refused.status_code, refused.json()["type"].rpartition(":")[2]) == (422, "exceptions-unexplained")
    (error,) = refused.json()["errors"]
    assert (error["field"], error["figure"]) == ("explanations", "over_request")
    unknown = client.post(url, {"explanations": {"nonsense": "x"}}, format="json")
    assert unknown.status_code == 400
    done = client.post(url, {"explanations": {"over_request": "Ferry flight"}}, format="json")
    assert done.status_code == 200
    told = {one["kind"]: one["explanation"] for one in done.json()["exceptions"]}
    assert told["over_request"] == "Ferry flight"


def test_a_file_names_the_row_and_explains_in_a_column(urumqi: TankFarm) -> None:
    urumqi.released("500000")
    columns = [*TICKET_COLUMNS, "requested_litres", "explanation"]
    wrong = row(urumqi, "T-2") | {"requested_litres": "9000", "explanation": ""}
    client = signed_in(urumqi.operator)
    answer = client.post("/fuel/tickets/import/", {"site": urumqi.site.pk, "file": workbook(columns, wrong)})
    (cell,) = answer.context["refused"].data.data
    assert (cell.line, cell.field, cell.figure) == (2, "explanation", "over_request")
    assert not DeliveryTicket.objects.exists()
    right = wrong | {"explanation": "Weather changed"}
    client.post("/fuel/tickets/import/", {"site": urumqi.site.pk, "file": workbook(columns, right)})
    kept = DeliveryTicket.objects.get().exceptions.get(kind="over_request")
    assert (kept.explanation, kept.explained_by) == ("Weather changed", urumqi.operator)


def workbook(columns: list[str], figures: dict[str, Any]) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    book.active.append(columns)
    book.active.append([figures[name] for name in columns])
    content = io.BytesIO()
    book.save(content)
    return SimpleUploadedFile("tickets.xlsx", content.getvalue())


def test_tickets_of_one_file_are_held_against_each_other(urumqi: TankFarm) -> None:
    urumqi.released("500000")
    urumqi.tick(hours=3)
    first = urumqi.ticket_details("T-1", **readings(urumqi, 0, 10_000))
    second = replace(
        first,
        ticket_number="T-2",
        delivered_at=first.delivered_at + timedelta(minutes=30),
        meter_start=Decimal(10_500),
        meter_end=Decimal(20_500),
    )
    given = {"site": urumqi.site, "actor": urumqi.operator, "at": urumqi.tick(hours=1)}
    with pytest.raises(ExceptionsUnexplained) as refused:
        take_in_tickets(details=[first, second], **given)
    assert [(error.row, error.figure) for error in refused.value.errors] == [(1, "meter_gap")]
    explained = replace(second, explanations={"": "Flushed 500 L"})
    assert len(take_in_tickets(details=[first, explained], **given).new) == 2


def test_every_kind_of_exception_has_its_sentence() -> None:
    words = dict.fromkeys(
        (
            *("delivered", "requested", "capacity", "most", "reported", "start", "end", "next", "density", "celsius"),
            *("lowest", "highest"),
        ),
        "1",
    )
    names = ("aircraft", "number", "base", "specification", "twin", "airline", "flight", "ticket", "record")
    words |= dict.fromkeys((*names, "registration"), "X") | {"day": "2026-06-01", "base": "15C"}
    for kind in ExceptionKind:
        assert "%" not in TicketException(kind=kind, words=words).message
