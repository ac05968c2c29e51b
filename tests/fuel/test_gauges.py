"""Gauging: the worked figure, and what a gauge is refused for."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from documents.operations.documents import NotAsRequired, WrongState
from fuel.gauges import operations as gauges
from fuel.gauges.operations import GaugedAlready, GaugeInUse
from fuel.models import Gauge
from fuel.operations import strapping, tanks
from fuel.reconciliations.operations.reconciling import draw_up_reconciliation
from registry.errors import NotAllowed
from tests.fuel.build import JANUARY, TankFarm
from tests.worked import figures


def given(farm: TankFarm, **changes: Any) -> dict[str, Any]:
    at = farm.tick()
    return {
        "tank": farm.tank,
        "gauged_at": at,
        "dip_mm": Decimal(5237),
        "water_mm": Decimal(18),
        "tank_celsius": Decimal("8.6"),
        "density_reading": Decimal("803.5"),
        "sample_celsius": Decimal("10.2"),
        "actor": farm.operator,
        "at": at,
        "request_key": uuid4(),
        **changes,
    }


def test_f4_a_tank_gauged_with_a_water_cut(urumqi: TankFarm) -> None:
    scenario = figures("fuel", "F4")
    rows = [*scenario["in"]["water_mm_m3"], *scenario["in"]["strapping_mm_m3"]]
    strapping.load_strapping_table(
        tank=urumqi.tank,
        rows=[(Decimal(mm), Decimal(m3)) for mm, m3 in rows],
        valid_from_date=JANUARY + timedelta(days=1),
        actor=urumqi.administrator,
        at=urumqi.tick(),
    )
    gauge = gauges.record_gauge(**given(urumqi))
    expected = scenario["out"]
    assert str(gauge.total_observed_m3) == expected["total_observed_m3"]
    assert str(gauge.free_water_m3) == expected["free_water_m3"]
    assert str(gauge.gross_observed_m3) == expected["gross_observed_m3"]
    assert str(gauge.density_at_base) == expected["density_15c"]
    assert gauge.vcf == Decimal(expected["vcf"])
    assert str(gauge.gross_standard_m3) == expected["gross_standard_m3"]
    assert (gauge.mass_kg / 1000).quantize(Decimal("0.001")) == Decimal(expected["tonnes_vacuum"])
    assert gauge.strapping_table.version == 2


def test_the_same_request_twice_gauges_once(urumqi: TankFarm) -> None:
    asked = given(urumqi)
    assert gauges.record_gauge(**asked) == gauges.record_gauge(**asked)
    assert Gauge.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field", "figure"),
    [
        ({"dip_mm": Decimal(10_001)}, "dip_mm", "10001"),
        ({"water_mm": Decimal(6000)}, "water_mm", "6000"),
        ({"tank_celsius": Decimal(160)}, "tank_celsius", "160"),
        ({"density_reading": Decimal(500)}, "density_reading", "500"),
        ({"dip_mm": Decimal("5237.25")}, "dip_mm", "5237.25"),
    ],
)
def test_a_figure_that_no_table_covers_is_named(
    urumqi: TankFarm, changes: dict[str, Any], field: str, figure: str
) -> None:
    with pytest.raises(NotAsRequired) as refused:
        gauges.record_gauge(**given(urumqi, **changes))
    assert (refused.value.errors[0].field, refused.value.errors[0].figure) == (field, figure)
    assert not Gauge.objects.exists()


def test_a_gauge_of_tomorrow_is_refused(urumqi: TankFarm) -> None:
    with pytest.raises(NotAsRequired, match="future"):
        gauges.record_gauge(**given(urumqi, gauged_at=urumqi.now + timedelta(days=1)))


def test_a_tank_is_gauged_once_a_moment(urumqi: TankFarm) -> None:
    first = gauges.record_gauge(**given(urumqi))
    with pytest.raises(GaugedAlready, match=first.number):
        gauges.record_gauge(**given(urumqi, gauged_at=first.gauged_at))


def test_an_auditor_gauges_nothing(urumqi: TankFarm) -> None:
    with pytest.raises(NotAllowed):
        gauges.record_gauge(**given(urumqi, actor=urumqi.auditor))


def test_a_void_gauge_stays_with_its_reason_and_frees_its_moment(urumqi: TankFarm) -> None:
    gauge = gauges.record_gauge(**given(urumqi))
    void = gauges.void_gauge(gauge=gauge, actor=urumqi.operator, at=urumqi.tick(), reason="Misread")
    assert void.history.latest().history_change_reason == "Misread"
    with pytest.raises(WrongState):
        gauges.void_gauge(gauge=gauge, actor=urumqi.operator, at=urumqi.tick(), reason="Again")
    assert gauges.record_gauge(**given(urumqi, gauged_at=gauge.gauged_at)).number != gauge.number


def test_a_gauge_that_a_reconciliation_stands_on_is_not_made_void(urumqi: TankFarm) -> None:
    urumqi.gauged("0")
    closing = urumqi.gauged("0")
    draw_up_reconciliation(
        tank=urumqi.tank, gauge=closing, actor=urumqi.operator, at=urumqi.tick(), request_key=uuid4()
    )
    with pytest.raises(GaugeInUse):
        gauges.void_gauge(gauge=closing, actor=urumqi.operator, at=urumqi.tick(), reason="Misread")


@pytest.mark.parametrize(
    ("rows", "row", "field"),
    [
        ([("0", "0"), ("100", "10"), ("100", "20")], 2, "dip_mm"),
        ([("0", "0"), ("100", "10"), ("200", "9")], 2, "volume_m3"),
        ([("0", "0")], None, "rows"),
        ([("-1", "0"), ("100", "10")], 0, "dip_mm"),
    ],
)
def test_a_strapping_table_rises(urumqi: TankFarm, rows: list[tuple[str, str]], row: int | None, field: str) -> None:
    with pytest.raises(NotAsRequired) as refused:
        strapping.load_strapping_table(
            tank=urumqi.tank,
            rows=[(Decimal(mm), Decimal(m3)) for mm, m3 in rows],
            valid_from_date=JANUARY + timedelta(days=1),
            actor=urumqi.administrator,
            at=urumqi.tick(),
        )
    assert (refused.value.errors[0].row, refused.value.errors[0].field) == (row, field)


@pytest.mark.parametrize(("farm", "status"), [("urumqi", "bonded"), ("segregated", "")])
def test_a_segregated_tank_says_its_status_and_one_by_book_does_not(
    farm: str, status: str, request: pytest.FixtureRequest
) -> None:
    of: TankFarm = request.getfixturevalue(farm)
    with pytest.raises(NotAsRequired) as refused:
        tanks.open_tank(group=of.group, code="T-9", product=of.product, customs_status=status, actor=None, at=of.now)
    assert refused.value.errors[0].field == "customs_status"
