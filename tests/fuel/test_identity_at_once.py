"""Two people who write one number in two ways at the same moment make one row of it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from fuel.delivery_tickets.operations.matching import record_flight
from fuel.models import FlightRecord, FuelContract, FuelPayment
from fuel.operations.contracts import PaymentKnown, record_payment
from registry.errors import RuleBroken
from tests.bonded.test_concurrency import at_once
from tests.fuel.build import TankFarm
from tests.fuel.pricing import contract, f9

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_bank_reference_stands_on_one_payment(committed_urumqi: TankFarm) -> None:
    farm = committed_urumqi
    f9(farm)
    given: dict[str, Any] = {
        "site": farm.site, "airline": farm.airline, "currency": "USD", "actor": farm.supervisor, "at": farm.tick(),
        "received_date": date(2026, 6, 1), "amount": Decimal("100.00"),
    }  # fmt: skip
    outcomes = at_once(
        [
            lambda: record_payment(**given, reference="ab-1"),
            lambda: record_payment(**given, reference="AB 1"),
        ]
    )
    assert sorted(isinstance(one, PaymentKnown) for one in outcomes) == [False, True]
    assert FuelPayment.objects.count() == 1


def test_a_flight_number_is_one_flight_of_the_day(committed_urumqi: TankFarm) -> None:
    farm = committed_urumqi
    given: dict[str, Any] = {
        "site": farm.site, "airline": farm.airline, "flight_date": date(2026, 6, 1), "registration": "UP-B6701",
        "destination": farm.abroad, "actor": farm.operator, "at": farm.tick(),
    }  # fmt: skip
    outcomes = at_once(
        [
            lambda: record_flight(**given, flight_number="q1-801"),
            lambda: record_flight(**given, flight_number="Q1 801"),
        ]
    )
    assert [one for one in outcomes if isinstance(one, RuleBroken)] == []
    assert FlightRecord.objects.get().flight_number == "Q1801"


def test_a_contract_number_stands_on_one_contract(committed_urumqi: TankFarm) -> None:
    farm = committed_urumqi
    contract(farm, number="FIRST", valid_to_date=date(2026, 1, 31))
    given = [
        {"number": "ab-1", "valid_from_date": date(2026, 2, 1), "valid_to_date": date(2026, 2, 28)},
        {"number": "AB 1", "valid_from_date": date(2026, 3, 1), "valid_to_date": date(2026, 3, 31)},
    ]
    outcomes = at_once([lambda one=one: contract(farm, **one) for one in given])  # type: ignore[misc]
    assert sorted(isinstance(one, RuleBroken) for one in outcomes) == [False, True]
    assert FuelContract.objects.filter(number_key="ab1").count() == 1
