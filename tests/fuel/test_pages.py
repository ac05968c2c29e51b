"""Pages of the tank farm: acts by form, refusals beside their field, and as many queries for 3 rows as for 1."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fuel.models import Gauge, TankReconciliation
from fuel.operations import strapping, tanks
from fuel.reconciliations.operations.reconciling import draw_up_reconciliation
from tests.fuel.build import STRAPPING, TankFarm
from tests.registry.conftest import signed_in

pytestmark = pytest.mark.django_db


def queries_of(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize("url", ["/fuel/gauges/", "/fuel/gauges/?format=csv", "/fuel/reconciliations/", "/fuel/tanks/"])
def test_three_rows_take_as_many_queries_as_one(urumqi: TankFarm, url: str) -> None:
    client = signed_in(urumqi.auditor)
    counts = []
    for number in range(3):
        tank = tanks.open_tank(
            group=urumqi.group, code=f"T-{number}", product=urumqi.product, actor=None, at=urumqi.now
        )
        strapping.load_strapping_table(
            tank=tank,
            rows=STRAPPING,
            valid_from_date=urumqi.book.opened_date,
            actor=urumqi.administrator,
            at=urumqi.now,
        )
        urumqi.gauged("0", tank=tank)
        urumqi.released("1000", tank=tank)
        closing = urumqi.gauged("1000", tank=tank)
        draw_up_reconciliation(tank=tank, gauge=closing, actor=urumqi.operator, at=urumqi.tick(), request_key=uuid4())
        counts.append(queries_of(client, url))
    assert counts[0] == counts[2]


def gauge_form(farm: TankFarm, **changes: str) -> dict[str, str]:
    return {
        "tank": str(farm.tank.pk),
        "purpose": "daily",
        "gauged_at": "",
        "dip_mm": "5237",
        "water_mm": "18",
        "tank_celsius": "8.6",
        "density_reading": "803.5",
        "sample_celsius": "10.2",
        "instrument": "glass_hydrometer",
        **changes,
    }


def test_a_tank_is_gauged_by_its_form(urumqi: TankFarm) -> None:
    client = signed_in(urumqi.operator)
    answer = client.post("/fuel/gauges/new/", gauge_form(urumqi), follow=True)
    gauge = Gauge.objects.get()
    assert gauge.number in answer.content.decode()
    assert gauge.gauged_at <= timezone.now()
    client.post(f"/fuel/gauges/{gauge.pk}/void/", {"reason": "Misread"})
    gauge.refresh_from_db()
    assert gauge.is_void


def test_a_dip_outside_the_table_is_told_beside_it_and_nothing_is_lost(urumqi: TankFarm) -> None:
    client = signed_in(urumqi.operator)
    page = client.post("/fuel/gauges/new/", gauge_form(urumqi, dip_mm="12000")).content.decode()
    assert "12,000 mm is outside the strapping table" in page
    assert 'value="12000"' in page
    assert not Gauge.objects.exists()


def test_a_tank_is_reconciled_by_form_and_approved_by_somebody_else(urumqi: TankFarm) -> None:
    urumqi.gauged("0")
    urumqi.released("100000")
    closing = urumqi.gauged("99950")
    operator, supervisor = signed_in(urumqi.operator), signed_in(urumqi.supervisor)
    operator.post("/fuel/reconciliations/new/", {"gauge": closing.pk})
    one = TankReconciliation.objects.get()
    page = operator.get(one.get_absolute_url()).content.decode()
    assert "/approve/" not in page
    page = supervisor.get(one.get_absolute_url()).content.decode()
    assert "/approve/" in page
    assert 'data-chart="book-physical"' in page
    supervisor.post(f"{one.get_absolute_url()}approve/")
    one = TankReconciliation.objects.get()
    assert one.state == "approved"
    assert urumqi.held() == one.physical_kg


def test_a_tank_tells_its_lots_and_its_last_gauge(urumqi: TankFarm) -> None:
    consignment = urumqi.released("100000")
    urumqi.gauged("99950")
    page = signed_in(urumqi.auditor).get(urumqi.tank.get_absolute_url()).content.decode()
    assert consignment.lot.number in page
    assert "100,000" in page
    assert Decimal("100000") == urumqi.held()
