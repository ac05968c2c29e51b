"""Departures by the file and by the hundred: all or none, and the later word about a flight replaces the earlier."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fuel.delivery_tickets.operations.matching import exceptions_of
from fuel.flight_files import FLIGHT_COLUMNS, FLIGHT_OPTIONAL_COLUMNS
from fuel.models import FlightRecord
from registry.models import Role
from tests.fuel.build import TankFarm, fuel_tariff, tank_farm
from tests.fuel.pricing import contract
from tests.fuel.test_consignment_pages import ROOT, caller, signed_in
from tests.registry import build
from tests.standing import standing

pytestmark = pytest.mark.django_db

URL = "/fuel/flights/import/"


@standing
def urumqi() -> TankFarm:
    return tank_farm()


def row(number: str, **changes: str) -> dict[str, str]:
    return {
        "airline": "Q1",
        "flight_number": number,
        "flight_date": "2026-06-01",
        "registration": "UP-B6701",
        "destination": "ALA",
        "litres_reported": "10000",
        "source": "Movement message",
        **changes,
    }


def file_of(rows: list[dict[str, str]], *, separator: str = ",", encoding: str = "utf-8-sig") -> SimpleUploadedFile:
    columns = (*FLIGHT_COLUMNS, *FLIGHT_OPTIONAL_COLUMNS)
    lines = [separator.join(columns), *(separator.join(one[name] for name in columns) for one in rows)]
    return SimpleUploadedFile("flights.csv", "\r\n".join(lines).encode(encoding))


def sent(farm: TankFarm, file: SimpleUploadedFile, **more: str) -> str:
    given = {"site": farm.site.pk, "file": file, **more}
    return signed_in(farm.operator).post(URL, given, follow=True).content.decode()


def histories() -> int:
    return int(FlightRecord.history.count())


def test_a_file_is_recorded_and_sent_again_changes_nothing(urumqi: TankFarm) -> None:
    rows = [row("q1801"), row("Q1802", source="航班动态", litres_reported="")]
    assert "Flights recorded: 2 new, 0 changed, 0 known already." in sent(urumqi, file_of(rows))
    again = file_of(rows, separator=";", encoding="gb18030")
    assert "Flights recorded: 0 new, 0 changed, 2 known already." in sent(urumqi, again, encoding="gb18030")
    found = FlightRecord.objects.order_by("flight_number").values_list("flight_number", "litres_reported", "source")
    assert list(found) == [("Q1801", Decimal(10000), "Movement message"), ("Q1802", None, "航班动态")]
    assert histories() == 2


def test_the_later_word_replaces_the_earlier_and_its_history_tells_both(urumqi: TankFarm) -> None:
    sent(urumqi, file_of([row("Q1801"), row("Q1802")]))
    corrected = file_of([row("Q1801", registration="UP-B6702", litres_reported="10900.5"), row("Q1802")])
    assert "Flights recorded: 0 new, 1 changed, 1 known already." in sent(urumqi, corrected)
    flight = FlightRecord.objects.get(flight_number="Q1801")
    assert (flight.registration, flight.litres_reported) == ("UP-B6702", Decimal("10900.5"))
    told = flight.history.order_by("history_date", "pk").values_list("registration", "history_user")
    assert list(told) == [("UP-B6701", urumqi.operator.pk), ("UP-B6702", urumqi.operator.pk)]
    assert histories() == 3


def test_the_same_flight_twice_in_a_file_is_recorded_once(urumqi: TankFarm) -> None:
    assert "1 new, 0 changed, 1 known already." in sent(urumqi, file_of([row("Q1801"), row("q1801")]))
    assert FlightRecord.objects.count() == 1


def test_a_ticket_is_matched_against_what_the_file_told(urumqi: TankFarm) -> None:
    fuel_tariff()
    contract(urumqi)
    urumqi.released("100000")
    ticket = urumqi.signed("T-1", flight_number="Q1801", mass_kg="8000")
    assert [one.kind for one in exceptions_of([ticket])[ticket.pk]] == ["ghost_flight"]
    sent(urumqi, file_of([row("Q1801")]))
    assert exceptions_of([ticket])[ticket.pk] == []


def test_every_cell_at_fault_is_named_and_nothing_is_recorded(urumqi: TankFarm) -> None:
    rows = [
        row("Q1801"),
        row("Q1802", airline="ZZ", litres_reported="much"),
        row("Q1803", flight_date="yesterday"),
        row("", destination="???"),
    ]
    page = sent(urumqi, file_of(rows))
    assert "5 cells cannot be accepted; nothing was taken in." in page
    for told in ("ZZ", "“much” is not a number", "“yesterday” is not a date", "???", "This cell is empty."):
        assert told in page, told
    assert not FlightRecord.objects.exists()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"litres_reported": "-1"}, "The litres cannot be below zero."),
        ({"litres_reported": "1.0001"}, "no more than 3 decimal places"),
        ({"registration": "UP-B67-01"}, "Write the marks in capitals"),
        ({"flight_number": "Q1801", "registration": "UP-B6702"}, "An earlier row tells something else of Q1801"),
    ],
)
def test_figures_that_cannot_be_are_named_by_row(urumqi: TankFarm, changes: dict[str, str], told: str) -> None:
    page = sent(urumqi, file_of([row("Q1801"), row("Q1802", **changes)]))
    assert "1 cell cannot be accepted; nothing was taken in." in page
    assert told in page
    assert not FlightRecord.objects.exists()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"airline,flight_number\nQ1,Q1801", "lacks the columns: flight_date, registration, destination"),
        (",".join([*FLIGHT_COLUMNS, "colour"]).encode(), "not known: colour"),
        (",".join(FLIGHT_COLUMNS).encode(), "The file has no flight."),
        (b"\xff\xfe\x00", "neither XLSX nor text"),
    ],
)
def test_a_file_that_is_none_says_why(urumqi: TankFarm, content: bytes, told: str) -> None:
    assert told in sent(urumqi, SimpleUploadedFile("flights.csv", content))


def test_a_file_takes_as_many_questions_for_thirty_flights_as_for_three(urumqi: TankFarm) -> None:
    counts = []
    for first, number in ((100, 3), (200, 30)):
        file = file_of([row(f"Q1{first + nth}") for nth in range(number)])
        client = signed_in(urumqi.operator)
        with CaptureQueriesContext(connection) as asked:
            client.post(URL, {"site": urumqi.site.pk, "file": file})
        counts.append(len(asked))
    assert FlightRecord.objects.count() == 33
    assert counts[0] == counts[1]


def test_who_posts_nothing_sends_no_file_and_nobody_for_another_site(urumqi: TankFarm) -> None:
    elsewhere = build.site("KHG")
    stranger = build.user("nadia", Role.OPERATOR, elsewhere.organisation, at_site=elsewhere)
    for person in (urumqi.auditor, urumqi.officer):
        assert signed_in(person).get(URL).status_code == 403
    answer = signed_in(stranger).post(URL, {"site": urumqi.site.pk, "file": file_of([row("Q1801")])})
    assert "Select a valid choice" in answer.content.decode()
    assert not FlightRecord.objects.exists()


def test_a_program_records_many_at_once(urumqi: TankFarm) -> None:
    client, url = caller(urumqi.operator), f"{ROOT}/flights/batch/"
    flights = [row("Q1801"), row("Q1802")]
    answer = client.post(url, {"site": urumqi.site.code, "flights": flights}, format="json")
    assert (answer.status_code, answer.json()) == (200, {"new": 2, "changed": 0, "known": 0})
    again = client.post(url, {"site": urumqi.site.code, "flights": flights}, format="json")
    assert again.json() == {"new": 0, "changed": 0, "known": 2}
    wrong = [row("Q1803"), row("Q1804", airline="ZZ")]
    refused = client.post(url, {"site": urumqi.site.code, "flights": wrong}, format="json")
    assert refused.status_code == 422
    (error,) = refused.json()["errors"]
    assert (error["field"], error["row"], error["figure"]) == ("airline", 1, "ZZ")
    negative = [row("Q1803"), row("Q1804", litres_reported="-1")]
    refused = client.post(url, {"site": urumqi.site.code, "flights": negative}, format="json")
    assert [(one["field"], one["row"]) for one in refused.json()["errors"]] == [("litres_reported", 1)]
    too_many = [row(f"Q1{number}") for number in range(1001)]
    assert client.post(url, {"site": urumqi.site.code, "flights": too_many}, format="json").status_code == 400
    assert client.post(url, {"site": urumqi.site.code, "flights": []}, format="json").status_code == 400
    assert FlightRecord.objects.count() == 2
    assert caller(urumqi.auditor).post(url, {"site": urumqi.site.code}, format="json").status_code == 403
