"""What waits for whoever posts: documents of every app, in the states in which they wait for the next step."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from documents.work import oldest_work, work_waiting
from registry.models import User
from reports.start_figures import work_card
from tests.fuel.build import TankFarm
from tests.fuel.conftest import urumqi

pytestmark = pytest.mark.django_db
__all__ = ["urumqi"]


def waiting_for(user: User) -> dict[str, int]:
    return {str(work.step.label): work.number for work in work_waiting(user=user) if work.number}


def test_a_fueller_sees_what_waits_at_the_tank_farm(urumqi: TankFarm) -> None:
    urumqi.released("900000")
    assert waiting_for(urumqi.operator) == {}
    urumqi.advised("100000")
    accepted = urumqi.accepted("200000")
    metered = urumqi.metered("QD-000001")
    urumqi.signed("QD-000002")
    assert waiting_for(urumqi.operator) == {"Accepted consignments to receive": 1, "Delivery tickets to have signed": 1}
    assert oldest_work(user=urumqi.operator, most=9) == [accepted, metered]
    assert waiting_for(urumqi.auditor) == {}
    page = start(urumqi.operator)
    assert "Nothing waits for you" not in page
    assert metered.get_absolute_url() in page
    assert "/fuel/tickets/?state=metered" in page


def test_duty_paid_fuel_is_received_as_it_comes(urumqi: TankFarm) -> None:
    urumqi.advised("100000", customs_status="duty_paid")
    assert waiting_for(urumqi.operator) == {"Duty-paid consignments to receive": 1}


def test_many_documents_are_counted_by_as_many_questions_as_one(urumqi: TankFarm) -> None:
    urumqi.released("900000")
    urumqi.metered("QD-000001")
    with CaptureQueriesContext(connection) as one:
        work_waiting(user=urumqi.operator), oldest_work(user=urumqi.operator, most=9)
    urumqi.metered("QD-000002")
    urumqi.accepted("200000")
    with CaptureQueriesContext(connection) as three:
        work_waiting(user=urumqi.operator), oldest_work(user=urumqi.operator, most=9)
    assert len(three) == len(one)


def test_every_step_leads_to_a_list_that_takes_its_state(urumqi: TankFarm) -> None:
    client: Any = Client()
    client.force_login(urumqi.supervisor)
    for work in work_waiting(user=urumqi.supervisor):
        response = client.get(work_card(work).url)
        assert response.status_code == 200, work.step
        assert response.context["filter"].form.is_valid(), work.step


def start(user: User) -> str:
    client = Client()
    client.force_login(user)
    return str(client.get("/").content.decode())
