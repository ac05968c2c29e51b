"""The list of exceptions: open and explained, filtered, as files and by API; what is to be explained is counted."""

import csv
import io
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documents.inbox import piles_elsewhere, piles_to_decide
from fuel.delivery_tickets.operations.matching import match_ticket
from fuel.delivery_tickets.operations.tickets import void_ticket
from fuel.models import TicketException
from fuel.reconciliations.operations.reconciling import draw_up_reconciliation, explain_reconciliation
from registry.models import Role
from tests.fuel.build import TankFarm, airline
from tests.fuel.pricing import contract
from tests.registry import build
from tests.registry.conftest import signed_in
from tests.standing import standing

pytestmark = pytest.mark.django_db

URL = "/fuel/ticket-exceptions/"


@standing
def noted(urumqi: TankFarm) -> TankFarm:
    """One ticket with two open exceptions, and one that was matched with two."""
    urumqi.released("100000")
    urumqi.signed("T-1")
    explained = urumqi.signed("T-2", flight_number="Q1802")
    match_ticket(ticket=explained, actor=urumqi.supervisor, at=urumqi.tick(), reason="Charter")
    return urumqi


def test_open_and_explained_exceptions_are_listed_with_who_said_what(noted: TankFarm) -> None:
    client = signed_in(noted.auditor)
    opened = client.get(URL, {"state": "open"}).content.decode()
    assert "No record says that Q1801 flew on this day." in opened
    assert "Q1802" not in opened
    explained = client.get(URL, {"state": "explained", "kind": "ghost_flight"}).content.decode()
    assert "No record says that Q1802 flew on this day." in explained
    assert "Charter" in explained
    assert str(noted.supervisor) in explained
    assert "has no contract" not in explained


def test_the_list_is_the_same_as_a_file_and_by_api(noted: TankFarm) -> None:
    client = signed_in(noted.auditor)
    text = b"".join(client.get(URL, {"format": "csv", "state": "explained"})).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {(row["Exception"], row["Explained by"]) for row in rows} == {
        ("No such flight", noted.supervisor.name),
        ("No price", noted.supervisor.name),
    }
    book = openpyxl.load_workbook(io.BytesIO(b"".join(client.get(URL, {"format": "xlsx"}))))
    assert book.active.max_row == 5
    told = client.get("/api/v1/ticket-exceptions/?state=open&kind=price").json()["results"]
    assert [(one["kind"], one["flight_number"], one["explanation"]) for one in told] == [("price", "Q1801", "")]


def test_three_rows_take_as_many_queries_as_one(urumqi: TankFarm) -> None:
    urumqi.released("100000")
    client = signed_in(urumqi.auditor)
    for url in (URL, "/api/v1/ticket-exceptions/"):
        counts = []
        for number in range(2):
            name = f"{len(url)}{number}"
            urumqi.signed(f"T-{name}", airline=airline(f"{'AB'[url == URL]}{number}"), flight_number=f"Q{name}")
            with CaptureQueriesContext(connection) as asked:
                assert client.get(url).status_code == 200
            counts.append(len(asked))
        assert counts[0] == counts[1]


def test_an_exception_ends_when_its_cause_is_gone(urumqi: TankFarm) -> None:
    urumqi.released("100000")
    ticket = urumqi.signed("T-1")
    assert standing(urumqi) == {"ghost_flight", "price"}
    contract(urumqi)
    assert standing(urumqi) == {"ghost_flight"}
    urumqi.flight(ticket, litres_reported=Decimal(20_000))
    assert standing(urumqi) == {"quantity"}
    urumqi.signed("T-2")
    assert standing(urumqi) == set()
    void_ticket(ticket=ticket, actor=urumqi.supervisor, at=urumqi.tick(), reason="Twice")
    assert standing(urumqi) == {"quantity"}


def standing(farm: TankFarm) -> set[str]:
    rows = TicketException.objects.of_delivered().open().filter(ticket__site=farm.site)
    return set(rows.exclude(kind="duplicate").values_list("kind", flat=True))


def test_exceptions_to_explain_are_counted_for_who_matches(noted: TankFarm) -> None:
    counted = {str(pile.label): (pile.number, pile.url) for pile in piles_elsewhere(noted.supervisor)}
    assert counted["Exceptions of tickets to explain"] == (2, f"{URL}?state=open")
    assert not piles_to_decide(noted.supervisor)


def test_an_airline_reads_no_exceptions_and_another_site_none_of_these(noted: TankFarm) -> None:
    carrier = build.user("amelia-q1", Role.AIRLINE, noted.airline.organisation)
    assert signed_in(carrier).get(URL).status_code == 403
    elsewhere = build.site("KHG")
    stranger = build.user("nadia", Role.OPERATOR, elsewhere.organisation, at_site=elsewhere)
    assert "Q1801" not in signed_in(stranger).get(URL).content.decode()


def test_the_card_of_a_reconciliation_shows_the_measure_that_is_out_of_tolerance(urumqi: TankFarm) -> None:
    """52 kg of 100,000 are little of the stock, and much of the 947 kg that were issued."""
    urumqi.released("100000")
    urumqi.gauged("100000")
    urumqi.signed("T-1", mass_kg="947.2")
    gauge = urumqi.gauged("99000.5")
    drawn = draw_up_reconciliation(
        tank=urumqi.tank, gauge=gauge, actor=urumqi.operator, at=urumqi.tick(), request_key=uuid4()
    )
    assert drawn.state == "breached"
    explain_reconciliation(
        reconciliation=drawn, explanation="Drain line", actor=urumqi.operator, at=urumqi.tick(hours=1)
    )
    # Out of tolerance it is for customs to decide.
    page = signed_in(urumqi.officer).get(reverse("documents:approvals")).content.decode()
    beyond = f"{abs(drawn.percent_of_issues):f}".rstrip("0")
    assert f"{beyond} % of issues, out of tolerance: 0.2 %".replace(" ", "") in page.replace("\u202f", "").replace(
        "\u00a0", ""
    ).replace(" ", "")
    assert page.index("out of tolerance") < page.index("of opening and receipts")


def test_every_print_of_a_fuel_document_shows_its_main_figure(urumqi: TankFarm) -> None:
    consignment = urumqi.released("100000")
    gauge = urumqi.gauged("100000")
    ticket = urumqi.signed("T-1", mass_kg="8000")
    defuel = urumqi.defuelled(ticket, "812.8")
    urumqi.tick(hours=1)
    reconciliation = draw_up_reconciliation(
        tank=urumqi.tank,
        gauge=urumqi.gauged("92800"),
        actor=urumqi.operator,
        at=urumqi.tick(),
        request_key=uuid4(),
    )
    client = signed_in(urumqi.supervisor)
    for document, figures in {
        consignment: ("100,000",),
        gauge: (f"{gauge.mass_kg:,.3f}".rstrip("0").rstrip("."),),
        defuel: ("812.8",),
        reconciliation: (f"{abs(reconciliation.gain_loss_kg):,.3f}".rstrip("0").rstrip("."),),
        ticket: ("10,000", "8,000", "A. Captain"),
    }.items():
        paper = client.get(f"{document.get_absolute_url()}?print").content.decode()
        for figure in figures:
            assert figure in paper, f"{document}: {figure}"


def test_days_open_count_until_the_explanation(noted: TankFarm) -> None:
    row = TicketException.objects.filter(explained_at__isnull=False).first()
    assert row is not None
    row.noted_at -= timedelta(days=3)
    assert row.days_open == 3
