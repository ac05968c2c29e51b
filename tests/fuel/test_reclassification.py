"""A flight that turned domestic: duty at the day's rates, out of the book, and nothing in the tank moves."""

from decimal import Decimal

import pytest

from documents.operations.documents import NotAsRequired, OwnWork, WrongState
from fuel.delivery_tickets.operations.reclassification import reclassify_ticket
from fuel.models import DeliveryTicket, FuelConsignment, TicketState
from ledger.verification import verify
from registry.errors import NotAllowed
from registry.models import Airport
from tests.customs.build import declaration_number
from tests.fuel.build import TankFarm, airport
from tests.registry.conftest import signed_in
from tests.standing import standing

pytestmark = pytest.mark.django_db


@standing
def farm(urumqi: TankFarm) -> TankFarm:
    return urumqi


@standing
def domestic(farm: TankFarm) -> Airport:
    return airport("CGO", "CN")


def turned(farm: TankFarm, ticket: DeliveryTicket, destination: Airport) -> DeliveryTicket:
    return reclassify_ticket(
        ticket=ticket, destination=destination, actor=farm.officer, at=farm.tick(), reason="Diverted, ended there"
    )


def test_the_duty_is_assessed_on_what_is_out_at_the_rates_of_the_day(farm: TankFarm, domestic: Airport) -> None:
    farm.released("100000")  # 5 CNY a kilogram, synthetic rates: duty 9 %, VAT 13 %, consumption tax 0.5 CNY/kg
    ticket = farm.signed("T-1", mass_kg="10000")
    farm.defuelled(ticket, "2000")
    with pytest.raises(WrongState, match="not decided on yet"):
        turned(farm, ticket, domestic)


def test_the_fuel_is_cleared_and_leaves_the_book(farm: TankFarm, domestic: Airport) -> None:
    farm.released("100000")
    ticket = turned(farm, farm.signed("T-1", mass_kg="10000"), domestic)
    owed = ticket.reclassification
    assert (owed.mass_kg, owed.customs_value_cny) == (10000, 50000)
    assert (owed.duty_cny, owed.consumption_tax_cny) == (4500, 5000)
    assert owed.vat_cny == Decimal("7735.00")  # 13 % of 50,000 + 4,500 + 5,000
    assert (ticket.customs_status, ticket.flight_type, ticket.relief_rule) == ("duty_paid", "domestic", None)
    assert ticket.state == TicketState.SIGNED
    assert farm.held() == 90000
    assert farm.in_book() == 90000
    assert list(verify()) == []


def test_it_is_done_once_and_by_another_and_with_a_domestic_destination(farm: TankFarm, domestic: Airport) -> None:
    farm.released("100000")
    ticket = farm.signed("T-1")
    farm.operator.memberships.create(organisation=farm.site.customs_office, role="customs_officer")
    with pytest.raises(NotAllowed, match="customs officers"):
        reclassify_ticket(ticket=ticket, destination=domestic, actor=farm.supervisor, at=farm.tick(), reason="x")
    with pytest.raises(OwnWork):
        reclassify_ticket(ticket=ticket, destination=domestic, actor=farm.operator, at=farm.tick(), reason="x")
    with pytest.raises(NotAsRequired) as refused:
        turned(farm, ticket, farm.abroad)
    assert refused.value.errors[0].field == "destination"
    turned(farm, ticket, domestic)
    with pytest.raises(WrongState):
        turned(farm, ticket, domestic)
    with pytest.raises(WrongState, match="cleared for the domestic market"):
        farm.defuelled(ticket, "100")


def test_it_stands_under_the_domestic_declaration_that_was_paid(farm: TankFarm, domestic: Airport) -> None:
    farm.released("100000")
    ticket = farm.signed("T-1", mass_kg="10000")
    given = {"ticket": ticket, "destination": domestic, "actor": farm.officer, "reason": "Ended there"}
    with pytest.raises(NotAsRequired) as refused:
        reclassify_ticket(**given, at=farm.tick(), declaration_number="abc")
    assert refused.value.errors[0].field == "declaration_number"
    taken = FuelConsignment.objects.get().declaration_number
    with pytest.raises(NotAsRequired, match="already"):
        reclassify_ticket(**given, at=farm.tick(), declaration_number=taken)
    number = declaration_number()
    cleared = reclassify_ticket(**given, at=farm.tick(), declaration_number=f" {number[:9]} {number[9:]} ")
    assert cleared.reclassification.declaration_number == number
    page = signed_in(farm.supervisor).get(ticket.get_absolute_url()).content.decode()
    assert number in page
