"""Three-way match: ticket, meter and flight record; what does not fit is named and has to be explained."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from documents.operations.documents import OwnWork, WrongState
from fuel.delivery_tickets.operations.matching import (
    ExceptionsUnexplained,
    exceptions_of,
    flights_without_ticket,
    match_ticket,
    match_tickets,
)
from fuel.models import DeliveryTicket, FuelContract, TicketState
from fuel.operations.contracts import end_contract
from registry.models import Aircraft
from registry.operations.register import enter_in_register
from tests.fuel.build import AT, TankFarm, airline
from tests.fuel.pricing import contract
from tests.standing import standing

pytestmark = pytest.mark.django_db


@standing
def farm(urumqi: TankFarm) -> TankFarm:
    urumqi.released("500000")
    contract(urumqi)
    return urumqi


def kinds(ticket: DeliveryTicket) -> list[str]:
    return [str(one.kind) for one in exceptions_of([ticket])[ticket.pk]]


def test_a_ticket_that_fits_is_matched_by_another(farm: TankFarm) -> None:
    ticket = farm.signed("T-1")
    farm.flight(ticket)
    assert kinds(ticket) == []
    farm.operator.memberships.create(organisation=farm.site.organisation, site=farm.site, role="supervisor")
    with pytest.raises(OwnWork):
        match_ticket(ticket=ticket, actor=farm.operator, at=farm.tick())
    assert match_ticket(ticket=ticket, actor=farm.supervisor, at=farm.tick()).state == TicketState.MATCHED
    with pytest.raises(WrongState):
        match_ticket(ticket=ticket, actor=farm.supervisor, at=farm.tick())


def test_a_flight_that_nobody_recorded_is_to_be_explained(farm: TankFarm) -> None:
    ticket = farm.signed("T-1")
    with pytest.raises(ExceptionsUnexplained, match="No record says that Q1801 flew"):
        match_ticket(ticket=ticket, actor=farm.supervisor, at=farm.tick())
    matched = match_ticket(ticket=ticket, actor=farm.supervisor, at=farm.tick(), reason="Schedule was late")
    assert matched.match_note == "Schedule was late"


def test_what_the_airline_reports_is_compared(farm: TankFarm) -> None:
    ticket = farm.signed("T-1", mass_kg="8000")  # 10,000 L, of which 0.3 % are 30
    farm.flight(ticket, litres_reported=Decimal("10030"))
    assert kinds(ticket) == []
    farm.flight(ticket, litres_reported=Decimal("10030.1"), registration="UP-B6702")
    assert kinds(ticket) == ["wrong_registration", "quantity"]


def test_an_uplift_without_a_contract_has_no_price_and_is_noted(farm: TankFarm) -> None:
    adhoc = airline("Z9")
    ticket = farm.signed("T-1", airline=adhoc)
    farm.flight(ticket)
    assert kinds(ticket) == ["price"]
    with pytest.raises(ExceptionsUnexplained, match="Z9 has no contract on 2026-06-01"):
        match_ticket(ticket=ticket, actor=farm.supervisor, at=farm.tick())
    contract(farm, number="FC-2", airline=adhoc, valid_from_date=date(2026, 6, 1))
    assert kinds(ticket) == []
    end_contract(
        contract=FuelContract.objects.get(number="FC-2"),
        valid_to_date=date(2026, 6, 1),
        actor=farm.supervisor,
        at=farm.tick(),
        reason="Parted",
    )
    later = farm.signed(
        "T-2", airline=adhoc, flight_number="Q102", flight_date=date(2026, 6, 2), delivered_at=farm.tick(days=1)
    )
    farm.flight(later)
    assert kinds(later) == ["price"]


def test_two_refuellers_serve_one_flight_together(farm: TankFarm) -> None:
    first, second = farm.signed("T-1", mass_kg="8000"), farm.signed("T-2", mass_kg="4000")
    farm.flight(first, litres_reported=Decimal(15000))
    assert (kinds(first), kinds(second)) == ([], [])
    third = farm.signed("T-3", mass_kg="4000")
    assert kinds(third) == ["quantity", "duplicate"]


def test_an_aircraft_of_another_airline_is_noted(farm: TankFarm) -> None:
    row = Aircraft(registration="UP-B6701", type_designator="B744", airline=airline("Z1"))
    enter_in_register(row=row, actor=None, at=AT)
    ticket = farm.signed("T-1")
    farm.flight(ticket)
    assert kinds(ticket) == ["other_operator"]


def test_a_gap_between_two_readings_of_a_meter_is_noted(farm: TankFarm) -> None:
    for number, (start, end) in enumerate([(0, 10000), (10000, 20000), (20005, 30005)]):
        ticket = farm.signed(
            f"T-{number}",
            mass_kg=None,
            meter=farm.meter,
            meter_start=Decimal(start),
            meter_end=Decimal(end),
            flight_number=f"Q10{number}",
            explanations={"meter_gap": "Flushed 5 L"},
        )
        farm.flight(ticket)
        assert kinds(ticket) == (["meter_gap"] if number == 2 else [])


def test_all_that_fits_is_matched_at_once(farm: TankFarm) -> None:
    tickets = [farm.signed(f"T-{number}", flight_number=f"Q10{number}") for number in range(3)]
    for ticket in tickets[:2]:
        farm.flight(ticket)
    matched = match_tickets(
        site=farm.site, actor=farm.supervisor, at=farm.tick(), through_date=farm.now.date() + timedelta(days=1)
    )
    assert [ticket.pk for ticket in matched] == [ticket.pk for ticket in tickets[:2]]


def test_a_flight_with_fuel_and_no_ticket_is_missing(farm: TankFarm) -> None:
    ticket = farm.signed("T-1")
    farm.flight(ticket)
    missing = farm.flight(ticket, flight_number="Q177")
    day = ticket.flight_date
    assert flights_without_ticket(site=farm.site, from_date=day, through_date=day) == [missing]
    client = Client()
    client.force_login(farm.supervisor)
    listed = client.get("/fuel/flights/", {"has_ticket": "false"}).content.decode()
    assert "Q177" in listed
    assert "Q1801" not in listed
    assert [one["flight_number"] for one in client.get("/api/v1/flights/?has_ticket=true").json()["results"]] == [
        "Q1801"
    ]


def test_exceptions_take_as_many_queries_for_three_tickets_as_for_one(
    farm: TankFarm, django_assert_max_num_queries: object
) -> None:
    tickets = [farm.signed(f"T-{number}", flight_number=f"Q10{number}") for number in range(3)]
    for some in (tickets[:1], tickets):
        with django_assert_max_num_queries(9):  # type: ignore[operator]
            exceptions_of(some)
