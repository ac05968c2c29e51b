"""The reconciliation of a fuel book: what aircraft took and nobody has declared yet stands between book and floor."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from customs.declarations import operations as declarations
from customs.models import Declaration
from fuel.delivery_tickets.operations.reclassification import reclassify_ticket
from fuel.delivery_tickets.operations.tickets import void_ticket
from reports.reconciliation.statement import Figures, Scope, reconcile
from tests.fuel.build import TankFarm, airport, fuel_tariff, tank_farm
from tests.fuel.declaring import accepted, released
from tests.registry.conftest import signed_in
from tests.standing import standing

pytestmark = pytest.mark.django_db

JUNE, JULY = date(2026, 6, 30), date(2026, 7, 31)


@standing
def farm() -> TankFarm:
    fuel_tariff()
    farm = tank_farm()
    farm.released("100000")  # 5 CNY a kilogram
    return farm


def lines(farm: TankFarm, through: date) -> dict[str, Figures]:
    statement = reconcile(Scope(farm.book, date(2026, 6, 1), through))
    assert statement.unexplained == []
    return statement.total


def under_way(farm: TankFarm, line: str, through: date) -> str:
    address = f"/reconciliation/{line}/?book={farm.book.pk}&from_date=2026-06-01&through_date={through}"
    response = signed_in(farm.auditor).get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_uplifts_stand_between_book_and_floor_until_they_are_deducted(farm: TankFarm) -> None:
    first = farm.matched("T-1", mass_kg="8000")
    second = farm.matched("T-2", mass_kg="2000")
    defuel = farm.defuelled(second, "500")
    june = lines(farm, JUNE)
    assert (june["out_undeclared"].quantity, june["out_undeclared"].customs_value_cny) == (-9500, -47500)
    assert (june["book_closing"].quantity, june["on_floor"].quantity) == (100000, 90500)
    text = under_way(farm, "out_undeclared", JUNE)
    for shown in (first.number, second.number, defuel.number, "8,000", "−500"):
        assert shown in text
    accepted(farm)
    assert lines(farm, JULY)["out_undeclared"].quantity == -9500
    declaration = Declaration.objects.get()
    declarations.release_declaration(declaration=declaration, actor=farm.officer, at=farm.tick())
    july = lines(farm, JULY)
    assert (july["re_exported"].quantity, july["out_undeclared"].quantity) == (-9500, 0)
    assert lines(farm, JUNE)["out_undeclared"].quantity == -9500
    declarations.reverse_declaration(declaration=declaration, actor=farm.officer, at=farm.tick(), reason="Wrong number")
    assert lines(farm, JULY)["out_undeclared"].quantity == -9500


def test_what_was_made_void_or_cleared_is_not_under_way_any_more(farm: TankFarm) -> None:
    domestic = airport("CGO", "CN")
    cleared = farm.matched("T-1", mass_kg="8000")
    reclassify_ticket(ticket=cleared, destination=domestic, actor=farm.officer, at=farm.tick(), reason="Diverted")
    void_ticket(ticket=farm.signed("T-2"), actor=farm.supervisor, at=farm.tick(), reason="Wrong meter")
    june = lines(farm, JUNE)
    assert (june["out_undeclared"].quantity, june["domestic_sale"].quantity) == (0, -8000)
    assert "Nothing was under way." in under_way(farm, "out_undeclared", JUNE)


def test_what_comes_back_after_the_deduction_is_in_the_book_again(farm: TankFarm) -> None:
    ticket = farm.matched("T-1", mass_kg="8000")
    released(farm)
    farm.defuelled(ticket, "3000")
    july = lines(farm, JULY)
    assert (july["returned"].quantity, july["re_exported"].quantity) == (3000, -8000)
    assert july["book_closing"].quantity == 95000


def test_a_train_that_customs_accepted_and_nobody_measured_is_under_way(farm: TankFarm) -> None:
    train = farm.accepted("50000")
    june = lines(farm, JUNE)
    assert (june["noted_not_arrived"].quantity, june["book_closing"].quantity) == (-50000, 150000)
    assert train.number in under_way(farm, "noted_not_arrived", JUNE)


def test_more_tickets_take_no_more_queries(farm: TankFarm) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            lines(farm, JUNE)
            under_way(farm, "out_undeclared", JUNE)
        return len(captured)

    farm.matched("T-1", mass_kg="100")
    queries()
    one = queries()
    for number in range(3):
        farm.matched(f"T-2{number}", mass_kg="100")
    assert queries() == one
    assert lines(farm, JUNE)["out_undeclared"].quantity == Decimal(-400)
