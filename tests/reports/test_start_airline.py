"""The start page of an airline: its own uplift, saving and debts, and nobody else's figures."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fuel.billing.charges.operations import credit_and_rebill
from fuel.billing.disputes import operations as disputes
from fuel.billing.statements.operations import issue_statement
from fuel.models import Charge
from fuel.operations.contracts import record_payment
from registry.models import Airline, Role, User
from tests.fuel.build import TankFarm, airline, airport, fuel_tariff, tank_farm
from tests.fuel.pricing import contract, f9
from tests.registry import build
from tests.registry.conftest import signed_in

pytestmark = pytest.mark.django_db

JUNE = {"from_date": date(2026, 6, 1), "through_date": date(2026, 6, 30)}


@pytest.fixture
def farm(time_machine: Any) -> TankFarm:
    time_machine.move_to(datetime(2026, 8, 15, 3, tzinfo=UTC), tick=False)
    fuel_tariff()
    farm = tank_farm()
    farm.released("900000")
    f9(farm)
    return farm


def issued(farm: TankFarm, carrier: Airline) -> Any:
    farm.now = max(farm.now, farm.now.replace(month=7, day=2))
    return issue_statement(
        site=farm.site, airline=carrier, **JUNE, actor=farm.supervisor, at=farm.tick(), request_key=uuid4()
    )


def accountant(carrier: Airline) -> User:
    return build.user(f"of-{carrier.iata_code}".lower(), Role.AIRLINE, carrier.organisation)


def start(user: User) -> Any:
    response = signed_in(user).get("/")
    assert response.status_code == 200
    return response


def cards(response: Any) -> dict[str, str]:
    return {str(card.label): str(card.value) for card in response.context["airline_cards"]}


def test_the_figures_are_those_of_the_charges(farm: TankFarm) -> None:
    turkey = airport("IST", "TR")
    farm.matched("T-1", mass_kg="54321")
    farm.matched("T-2", mass_kg="10000", destination=turkey)
    statement = issued(farm, farm.airline)
    response = start(accountant(farm.airline))
    account = response.context["account"]
    charges = list(Charge.objects.all())
    june = next(month for month in account.months if month.name == "2026-06")
    assert len(account.months) == 12
    assert (june.lifted.uplifts, june.lifted.mass_kg) == (2, Decimal("64321.000"))
    assert june.lifted.saving_cny == sum(charge.saving_cny for charge in charges)
    parts = ("saving_duty_cny", "saving_consumption_tax_cny", "saving_vat_cny", "saving_price_cny")
    assert june.lifted.saving_cny == sum(getattr(june.lifted, part) for part in parts)
    assert [(route.name, route.lifted.uplifts) for route in account.routes] == [("URC–ALA", 1), ("URC–IST", 1)]
    shown = cards(response)
    assert shown["Charged this year"] == "64.321"
    assert shown["Owed, due 2026-07-01"] == f"{statement.closing:,}"
    assert statement.number in response.content.decode()


def test_credits_payments_and_what_waits_are_told(farm: TankFarm) -> None:
    farm.matched("T-1", mass_kg="54321")
    statement = issued(farm, farm.airline)
    farm.matched("T-2", mass_kg="1000")
    amelia = accountant(farm.airline)
    dispute = disputes.raise_dispute(
        charge=Charge.objects.get(),
        ground="price",
        message="Too dear.",
        actor=amelia,
        at=farm.tick(),
        request_key=uuid4(),
    )
    disputes.answer_dispute(dispute=dispute, message="Why?", actor=farm.supervisor, at=farm.tick())
    record_payment(
        site=farm.site,
        airline=farm.airline,
        received_date=date(2026, 7, 5),
        amount=Decimal("560.50"),
        currency="USD",
        reference="TT-1",
        actor=farm.supervisor,
        at=farm.tick(days=4),
    )
    shown = cards(start(amelia))
    assert shown["Owed, due 2026-07-01"] == f"{statement.closing - Decimal('560.50'):,}"
    assert (shown["Uplifts not charged yet"], shown["Disputes to read"]) == ("1", "1")
    credit_and_rebill(charge=Charge.objects.get(), reason="x", actor=farm.supervisor, at=farm.tick(), is_rebilled=False)
    assert cards(start(amelia))["Charged this year"] == "0"


def test_an_airline_sees_its_own_figures_only(farm: TankFarm) -> None:
    other = airline("Z9")
    contract(farm, number="FC-Z9", airline=other)
    farm.matched("T-1", mass_kg="54321")
    farm.matched("T-2", mass_kg="1000", airline=other)
    own, theirs = issued(farm, farm.airline), issued(farm, other)
    for user, statement, stranger, shown in (
        (accountant(farm.airline), own, theirs, "54.321"),
        (accountant(other), theirs, own, "1"),
    ):
        response = start(user)
        text = response.content.decode()
        assert cards(response)["Charged this year"] == shown
        assert statement.number in text
        assert stranger.number not in text
        told = signed_in(user).get("/api/v1/airline-account/").json()
        assert told["this_year"]["mass_kg"] == str(statement.mass_kg)
        assert told["owed"] == [
            {"currency": "USD", "amount": str(statement.closing), "due_date": statement.due_date.isoformat()}
        ]


def test_who_belongs_to_no_airline_is_told_so(farm: TankFarm) -> None:
    assert signed_in(farm.auditor).get("/api/v1/airline-account/").status_code == 403


def test_more_uplifts_take_no_more_queries(farm: TankFarm) -> None:
    amelia = accountant(farm.airline)

    def queries() -> int:
        start(amelia)
        with CaptureQueriesContext(connection) as captured:
            start(amelia)
        return len(captured)

    farm.matched("T-1", mass_kg="1000")
    issued(farm, farm.airline)
    one = queries()
    farm.now = farm.now.replace(month=6, day=2)
    for number, code in enumerate(("IST", "ESB", "ADB"), start=1):
        farm.matched(f"T-{code}", mass_kg="1000", destination=airport(code, "TR"), flight_number=f"Q10{number}")
    issued(farm, farm.airline)
    assert queries() == one
