"""A month of several airlines, and runs over it."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from fuel.billing.statement_runs.operations import ask_for_statement_run, begin_statement_run, issue_next_of_run
from fuel.models import StatementRun
from registry.models import Airline
from tests.fuel.build import TankFarm, airline
from tests.fuel.pricing import contract, f9

JUNE = {"from_date": date(2026, 6, 1), "through_date": date(2026, 6, 30)}


def month(farm: TankFarm) -> dict[str, Airline]:
    """Q1 is billed, A2 lifted fuel without a contract, A3 has a contract and lifted nothing, A4 is billed."""
    farm.released("900000")
    f9(farm)
    carriers = {"Q1": farm.airline, **{code: airline(code) for code in ("A2", "A3", "A4")}}
    contract(farm, number="FC-3", airline=carriers["A3"])
    contract(farm, number="FC-4", airline=carriers["A4"])
    for code in ("Q1", "A2", "A4"):
        farm.matched(f"T-{code}", airline=carriers[code])
    return carriers


def asked(farm: TankFarm, **more: Any) -> StatementRun:
    farm.now = max(farm.now, farm.now.replace(month=7, day=2))
    given: dict[str, Any] = {
        "site": farm.site,
        **JUNE,
        "actor": farm.supervisor,
        "at": farm.tick(),
        "request_key": uuid4(),
        **more,
    }
    return ask_for_statement_run(**given)


def worked(farm: TankFarm, run: StatementRun) -> StatementRun:
    """The run as a worker leaves it."""
    begin_statement_run(run=run, at=farm.tick())
    while issue_next_of_run(run=run, at=farm.tick()):
        pass
    return StatementRun.objects.get(pk=run.pk)


def outcomes(run: StatementRun) -> dict[str, str]:
    """By airline what came of it."""
    return dict(run.lines.values_list("airline__iata_code", "outcome"))


KEY = UUID("7a4f8f0e-0000-4000-8000-000000000001")
