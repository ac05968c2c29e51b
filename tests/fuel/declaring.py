"""Declarations for tests: an airline's June drawn up, and carried on as far as a test needs it."""

from datetime import date
from typing import Any
from uuid import uuid4

from customs.declarations import operations as declarations
from customs.models import Declaration
from fuel.models import DeliveryTicket
from tests.fuel.build import TankFarm

JUNE = {"from_date": date(2026, 6, 1), "through_date": date(2026, 6, 30)}
NUMBER = "940120261000000001"


def drawn_up(farm: TankFarm, **more: Any) -> Declaration:
    """As of the second of July or later."""
    farm.now = max(farm.now, farm.now.replace(month=7, day=2))
    return declarations.draw_up_declaration(
        **{
            "book": farm.book,
            "declared_kind": DeliveryTicket.kind,
            "declarant": farm.airline.organisation,
            **JUNE,
            "actor": farm.operator,
            "at": farm.tick(),
            "request_key": uuid4(),
            **more,
        }
    )


def submitted(farm: TankFarm, **more: Any) -> Declaration:
    drawn = drawn_up(farm, **more)
    return declarations.submit_declaration(declaration=drawn, actor=farm.operator, at=farm.tick())


def accepted(farm: TankFarm, *, number: str = NUMBER, **more: Any) -> Declaration:
    return declarations.accept_declaration(
        declaration=submitted(farm, **more), declaration_number=number, actor=farm.officer, at=farm.tick()
    )


def released(farm: TankFarm, *, number: str = NUMBER, **more: Any) -> Declaration:
    return declarations.release_declaration(
        declaration=accepted(farm, number=number, **more), actor=farm.officer, at=farm.tick()
    )
