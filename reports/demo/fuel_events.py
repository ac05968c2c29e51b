"""What happens at the tank farm once a year: fuel moved, cleared, taken back, and a flight that turned domestic."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from fuel.defuels import operations as defuels
from fuel.delivery_tickets.operations.reclassification import reclassify_ticket
from fuel.models import DeliveryTicket, StatusChange, Tank, TankMovementKind
from fuel.status_changes import operations as status_changes
from fuel.tank_movements import operations as tank_movements
from reports.demo.tank_farm import TankFarm

MOVED_KG = Decimal(60_000)
CLEARED_KG = Decimal(20_000)
# Of the weeks that are told; the diversion happens in the first from then on that has such a flight.
WEEK_OF_TANK_WORK = 2
WEEK_OF_DEFUEL = 3
WEEK_OF_DIVERSION = 4


def something_unusual(farm: TankFarm, new: list[DeliveryTicket], at: datetime) -> None:
    """Once each: fuel moved, cleared, taken back, and a flight that ended inside the country."""
    if farm.weeks == WEEK_OF_TANK_WORK:
        _move_and_clear(farm, at)
    if farm.weeks == WEEK_OF_DEFUEL:
        ticket: Any = new[len(new) // 2]
        defuel = defuels.record_defuel(
            ticket=ticket,
            tank=ticket.tank,
            litres_observed=Decimal(3120),
            celsius=ticket.celsius,
            density_at_base=ticket.density_at_base,
            defuelled_at=at,
            actor=farm.operator,
            at=at,
            request_key=farm.key(),
            remark="Payload was increased",
        )
        defuels.release_defuel(defuel=defuel, actor=farm.crew.supervisor, at=at)
        farm.held_kg[ticket.tank_id] += defuel.mass_kg or 0
        farm.told["defuels"] += 1
    if farm.weeks >= WEEK_OF_DIVERSION and not farm.told["flights turned domestic"]:
        ours = (one for one in new if one.airline.iata_code == "0A" and one.customs_status == "bonded")
        diverted = next(ours, None)
        if diverted is None:
            return
        reclassify_ticket(
            ticket=diverted,
            destination=farm.airports["CGO"],
            actor=farm.crew.officer,
            at=at,
            reason="Diverted to Zhengzhou and ended there",
        )
        farm.told["flights turned domestic"] += 1


def _move_and_clear(farm: TankFarm, at: datetime) -> None:
    """Some fuel goes from one tank to the other, and some is cleared for the domestic market with its tax paid."""
    emptier, fuller = sorted(farm.tanks[:2], key=lambda tank: farm.held_kg[tank.pk])
    tank_movements.move_fuel(
        movement=TankMovementKind.TRANSFER,
        from_tank=fuller,
        to_tank=emptier,
        customs_status="bonded",
        mass_kg=MOVED_KG,
        moved_at=at,
        actor=farm.operator,
        at=at,
        request_key=farm.key(),
        remark="Levelled before the train",
    )
    asked = ask_to_clear(farm, fuller, at)
    status_changes.accept_status_change(status_change=asked, actor=farm.crew.officer, at=at)
    farm.held_kg[fuller.pk] -= MOVED_KG + CLEARED_KG
    farm.held_kg[emptier.pk] += MOVED_KG
    farm.held_kg[farm.tanks[-1].pk] += CLEARED_KG
    farm.told["tank movements"] += 1


def ask_to_clear(farm: TankFarm, tank: Tank, at: datetime) -> StatusChange:
    """Ask customs to clear some bonded fuel into the tank for domestic flights."""
    farm.told["status changes"] += 1
    return status_changes.ask_for_status_change(
        from_tank=tank,
        to_tank=farm.tanks[-1],
        mass_kg=CLEARED_KG,
        reference=f"9401{at:%Y%m%d}{farm.told['status changes']:06d}",
        changed_at=at,
        actor=farm.operator,
        at=at,
        request_key=farm.key(),
    )
