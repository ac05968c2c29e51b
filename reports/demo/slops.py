"""What is sampled and drained at the demo's tank farm, who else has to agree, and how slops are destroyed."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from fuel.models import Tank, TankMovement
from fuel.tank_movements.operations import approve_tank_movement, move_fuel
from reports.demo.tank_farm import TankFarm

SAMPLE_KG, WATER_BOTTOM_KG, LINE_FLUSH_KG = Decimal(4), Decimal(150), Decimal(2400)
# After so many month's ends the slops of bonded fuel are destroyed.
DESTROYED_AFTER = 6


def move_slops(farm: TankFarm, at: datetime, *, is_over: bool) -> None:
    """After the gauges: a sample and the water bottom of a tank, and after a while the destruction of slops.

    In the month that is under way a line is flushed to slops, which is above the limit of one person and waits.
    """
    tank = farm.tanks[0]
    if farm.held_kg[tank.pk] < LINE_FLUSH_KG * 10:
        return
    if not is_over:
        _move(farm, tank, "drain", LINE_FLUSH_KG, at, remark="Line to hydrant 3 flushed")
        farm.told["drains that wait"] += 1
        return
    _move(farm, tank, "sample", SAMPLE_KG, at)
    _move(farm, tank, "drain", WATER_BOTTOM_KG, at)
    farm.held_kg[tank.pk] -= SAMPLE_KG + WATER_BOTTOM_KG
    farm.told["drains"] += 1
    if farm.told["drains"] == 2:
        asked = _move(farm, tank, "drain", LINE_FLUSH_KG, at, remark="Line to hydrant 1 flushed")
        approve_tank_movement(tank_movement=asked, actor=farm.crew.supervisor, at=_soon(farm, at))
        farm.held_kg[tank.pk] -= LINE_FLUSH_KG
    if farm.told["drains"] == DESTROYED_AFTER:
        slops_kg = WATER_BOTTOM_KG * DESTROYED_AFTER + LINE_FLUSH_KG
        asked = _move(farm, farm.slop_tank, "destruction", slops_kg, at, certificate_number=f"DEMO-DES-{at:%Y}-01")
        approve_tank_movement(tank_movement=asked, actor=farm.crew.officer, at=_soon(farm, at))
        farm.told["destructions of slops"] += 1


def _soon(farm: TankFarm, at: datetime) -> datetime:
    return min(at + timedelta(minutes=4), farm.until)


def _move(farm: TankFarm, tank: Tank, movement: str, mass_kg: Decimal, at: datetime, **more: Any) -> TankMovement:
    return move_fuel(
        movement=movement,
        from_tank=tank,
        to_tank=farm.slop_tank if movement == "drain" else None,
        customs_status="bonded",
        mass_kg=mass_kg,
        moved_at=at,
        actor=farm.operator,
        at=at,
        # Of its own, so that the rest of the story is the same without it.
        request_key=uuid5(NAMESPACE_URL, f"{movement} {at.isoformat()} {mass_kg}"),
        **more,
    )
