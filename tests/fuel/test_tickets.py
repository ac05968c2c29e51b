"""Delivery tickets through the operations: what leaves the tank, what comes back, and what is refused."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from documents.operations.documents import NotAsRequired, OwnWork, WrongState
from fuel.defuels import operations as defuels
from fuel.delivery_tickets.operations import tickets
from fuel.delivery_tickets.operations.taking_in import take_in_tickets
from fuel.models import DeliveryTicket, Tank, TicketState
from ledger.postings import Hold, NotEnoughStock
from ledger.verification import verify
from tests.fuel.build import TankFarm, airline, airport
from tests.worked import figures

pytestmark = pytest.mark.django_db


@pytest.fixture
def farm(urumqi: TankFarm) -> TankFarm:
    return urumqi


def test_f6_first_in_first_out_and_defuel(farm: TankFarm) -> None:
    scenario = figures("fuel", "F6")
    given, expected = scenario["in"], scenario["out"]
    name_of = {farm.released(kg).number: name for name, kg in given["lots_kg"].items()}
    _first, second = (farm.signed(f"T-{number}", mass_kg=kg) for number, kg in enumerate(given["uplifts_kg"]))
    taken = {name_of[lot.document_number]: kg for lot, kg in drawn(second)}
    assert taken == {name: Decimal(kg) for name, kg in expected["second_uplift_takes"].items()}
    defuel = farm.defuelled(second, given["defuel_of_second_kg"])
    restored = {name_of[draw.lot.document_number]: draw.mass_kg for draw in defuel.draws.select_related("lot")}
    assert restored == {name: Decimal(kg) for name, kg in expected["defuel_restores"].items()}
    assert sum(farm.lots_held(hold=Hold.BLOCKED).values()) == Decimal(given["defuel_of_second_kg"])
    defuels.release_defuel(defuel=defuel, actor=farm.supervisor, at=farm.tick())
    held = {name_of[number]: kg for number, kg in farm.lots_held().items()}
    assert held == {name: Decimal(kg) for name, kg in expected["balances"].items()}
    assert list(verify()) == []


def drawn(ticket: DeliveryTicket) -> list[tuple[object, Decimal]]:
    return [(draw.lot, draw.mass_kg) for draw in ticket.draws.select_related("lot")]


def test_fuel_leaves_when_the_ticket_is_signed(farm: TankFarm) -> None:
    farm.released("100000")
    ticket = farm.metered("T-1", mass_kg="8000")
    assert ticket.state == TicketState.METERED
    assert farm.held() == 100000
    tickets.sign_ticket(ticket=ticket, actor=farm.operator, at=farm.tick())
    assert farm.held() == 92000
    with pytest.raises(WrongState):
        tickets.sign_ticket(ticket=ticket, actor=farm.operator, at=farm.tick())
    assert farm.held() == 92000


def test_a_ticket_without_density_is_a_draft_that_cannot_be_signed(farm: TankFarm) -> None:
    ticket = farm.metered("T-1", density_at_base=None)
    assert ticket.state == TicketState.DRAFT
    with pytest.raises(NotAsRequired) as refused:
        tickets.sign_ticket(ticket=ticket, actor=farm.operator, at=farm.tick())
    assert [error.field for error in refused.value.errors] == ["density_at_base"]
    details = farm.ticket_details("T-1", delivered_at=ticket.delivered_at)
    assert tickets.amend_ticket(ticket=ticket, details=details, actor=farm.operator, at=farm.tick()).state == "metered"


def test_fuel_that_is_not_released_is_not_lifted(farm: TankFarm) -> None:
    farm.received("100000")
    ticket = farm.metered("T-1")
    with pytest.raises(NotEnoughStock, match="only 0 kg of it is released in tank T-101"):
        tickets.sign_ticket(ticket=ticket, actor=farm.operator, at=farm.tick())
    assert DeliveryTicket.objects.get().state == TicketState.METERED


def test_more_than_the_book_is_refused_with_both_figures(farm: TankFarm) -> None:
    farm.released("100000")
    ticket = farm.metered("T-1", mass_kg="100000.8")
    with pytest.raises(NotEnoughStock, match=r"100,000\.8 kg asked, but only 100,000 kg"):
        tickets.sign_ticket(ticket=ticket, actor=farm.operator, at=farm.tick())


def test_bonded_fuel_is_not_for_a_domestic_flight(farm: TankFarm) -> None:
    with pytest.raises(NotAsRequired, match="takes no bonded fuel") as refused:
        farm.metered("T-1", destination=airport("CGO", "CN"))
    assert refused.value.errors[0].figure == "domestic"
    assert farm.metered("T-2", destination=airport("XIY", "CN"), customs_status="duty_paid").relief_rule is None


def test_the_kind_of_flight_follows_from_where_it_goes(farm: TankFarm) -> None:
    assert farm.metered("T-1", destination=airport("HKG", "HK")).flight_type == "regional"
    with pytest.raises(NotAsRequired, match="is of the kind “International”"):
        farm.metered("T-2", flight_type="domestic")


def test_a_chinese_carrier_is_relieved_of_duty_but_not_of_vat(farm: TankFarm) -> None:
    ticket = farm.metered("T-1", airline=airline("C1", country="CN"))
    rule = ticket.relief_rule
    assert rule is not None
    assert (rule.relieves_duty, rule.relieves_consumption_tax, rule.relieves_vat) == (True, True, False)


def test_a_ticket_number_is_once_per_vendor(farm: TankFarm) -> None:
    farm.metered("T-1")
    with pytest.raises(tickets.TicketNumberTaken, match="T-1") as refused:
        farm.metered("T-1")
    assert refused.value.errors[0].field == "ticket_number"


def test_the_same_request_twice_gives_one_ticket(farm: TankFarm) -> None:
    key = uuid4()
    details = farm.ticket_details("T-1")
    both = [
        tickets.record_ticket(site=farm.site, details=details, actor=farm.operator, at=farm.now, request_key=key)
        for _time in range(2)
    ]
    assert both[0] == both[1]


def test_a_meter_gives_the_litres(farm: TankFarm) -> None:
    ticket = farm.metered(
        "T-1", mass_kg=None, meter=farm.meter, meter_start=Decimal("99995000"), meter_end=Decimal("00005000")
    )
    assert ticket.litres_observed == 10000
    assert ticket.meter_factor == 1
    with pytest.raises(NotAsRequired, match="no roll-over") as refused:
        farm.metered("T-2", mass_kg=None, meter=farm.meter, meter_start=Decimal(5000), meter_end=Decimal(4000))
    assert refused.value.errors[0].field == "meter_end"
    with pytest.raises(NotAsRequired, match="the meter says 1,000"):
        farm.metered("T-3", mass_kg="8000", meter=farm.meter, meter_start=Decimal(5000), meter_end=Decimal(6000))


@pytest.mark.parametrize(
    ("field", "figure"),
    [("celsius", Decimal(-60)), ("celsius", Decimal(200)), ("density_at_base", Decimal("600.0"))],
)
def test_figures_outside_the_standard_are_named(farm: TankFarm, field: str, figure: Decimal) -> None:
    with pytest.raises(NotAsRequired) as refused:
        farm.metered("T-1", **{field: figure})
    assert [(error.field, error.figure) for error in refused.value.errors] == [(field, str(figure))]


def test_a_void_ticket_gives_its_fuel_back(farm: TankFarm) -> None:
    farm.released("100000")
    ticket = farm.signed("T-1")
    with pytest.raises(OwnWork):
        tickets.void_ticket(ticket=ticket, actor=second_hat(farm), at=farm.tick(), reason="twice")
    tickets.void_ticket(ticket=ticket, actor=farm.supervisor, at=farm.tick(), reason="Entered twice")
    assert farm.held() == 100000
    with pytest.raises(WrongState):
        tickets.void_ticket(ticket=ticket, actor=farm.supervisor, at=farm.tick(), reason="again")
    assert list(verify()) == []


def second_hat(farm: TankFarm) -> object:
    """The fueller, who supervises too."""
    farm.operator.memberships.create(organisation=farm.site.organisation, site=farm.site, role="supervisor")
    return farm.operator


def test_a_ticket_whose_fuel_came_back_is_not_made_void(farm: TankFarm) -> None:
    farm.released("100000")
    ticket = farm.signed("T-1")
    farm.defuelled(ticket, "100")
    with pytest.raises(WrongState, match="was taken back"):
        tickets.void_ticket(ticket=ticket, actor=farm.supervisor, at=farm.tick(), reason="x")


def test_no_more_comes_back_than_is_out(farm: TankFarm) -> None:
    farm.released("100000")
    ticket = farm.signed("T-1", mass_kg="8000")
    farm.defuelled(ticket, "6000")
    with pytest.raises(NotAsRequired, match="only 2,000 kg are still out"):
        farm.defuelled(ticket, "2000.8")
    last = farm.defuelled(ticket, "2000")
    farm.slops()
    defuels.send_defuel_to_slops(defuel=last, actor=farm.supervisor, at=farm.tick(), reason="Water")
    # What is in the slop tank stays in the book.
    assert farm.in_book() == 100000
    assert list(verify()) == []


def test_fuel_does_not_come_back_into_a_tank_that_has_no_room_for_it(farm: TankFarm) -> None:
    farm.released("100000")
    ticket = farm.signed("T-1", mass_kg="10000")
    # 90,000 kg at 800 kg/m³ are 112.5 m³; of a safe fill of 120 m³ 7.5 m³ are left, which is 6,000 kg.
    Tank.objects.filter(pk=farm.tank.pk).update(safe_fill_m3=120)
    with pytest.raises(NotAsRequired, match=r"would hold 120\.001 m³; its safe fill is 120 m³") as refused:
        farm.defuelled(ticket, "6000.8")
    assert [error.field for error in refused.value.errors] == ["tank"]
    assert not ticket.defuels.exists()
    farm.defuelled(ticket, "6000")
    with pytest.raises(NotAsRequired, match=r"would hold 120\.001 m³"):
        farm.defuelled(ticket, "0.8")


def test_many_tickets_are_taken_in_at_once(farm: TankFarm) -> None:
    farm.released("50000")
    farm.released("50000")
    farm.tick(hours=3)
    rows = [
        farm.ticket_details(f"T-{number}", mass_kg="9000", delivered_at=farm.now - timedelta(minutes=number))
        for number in range(10)
    ]
    taken = take_in_tickets(site=farm.site, details=rows, actor=farm.operator, at=farm.tick())
    assert len(taken.new) == 10
    assert farm.held() == 10000
    again = take_in_tickets(site=farm.site, details=rows, actor=farm.operator, at=farm.tick())
    assert (len(again.new), len(again.known)) == (0, 10)
    assert farm.held() == 10000
    assert list(verify()) == []


def test_a_file_with_errors_leaves_nothing_behind(farm: TankFarm) -> None:
    farm.released("10000")
    farm.tick(hours=3)
    good = farm.ticket_details("T-1")
    rows = [
        good,
        replace(good, ticket_number="T-2", celsius=Decimal(200)),
        replace(good, ticket_number="T-1"),
        replace(good, ticket_number="T-4", signatory=""),
        replace(good, ticket_number="T-5", density_at_base=None),
    ]
    with pytest.raises(NotAsRequired) as refused:
        take_in_tickets(site=farm.site, details=rows, actor=farm.operator, at=farm.tick())
    assert {(error.row, error.field) for error in refused.value.errors} == {
        (1, "celsius"),
        (2, "ticket_number"),
        (3, "signatory"),
        (4, "density_at_base"),
    }
    assert not DeliveryTicket.objects.exists()
    more = [good, replace(good, ticket_number="T-2")]
    with pytest.raises(NotAsRequired, match="only 2,000 kg") as refused:
        take_in_tickets(site=farm.site, details=more, actor=farm.operator, at=farm.tick())
    assert [(error.row, error.field) for error in refused.value.errors] == [(1, "tank")]
    assert not DeliveryTicket.objects.exists()


def test_a_known_ticket_that_says_something_else_is_named(farm: TankFarm) -> None:
    farm.released("100000")
    farm.signed("T-1")
    other = farm.ticket_details("T-1", mass_kg="7000")
    with pytest.raises(NotAsRequired, match="says something else") as refused:
        take_in_tickets(site=farm.site, details=[other], actor=farm.operator, at=farm.tick())
    assert refused.value.errors[0].row == 0
