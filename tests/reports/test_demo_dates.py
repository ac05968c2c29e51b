"""The demo year ends now, whatever the day and the hour: told right, nothing to come, something in every list."""

from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models

from bonded.models import Admission, StockCount, Withdrawal
from customs.models import Declaration
from documents.models import Reversal
from fuel.models import (
    DeliveryTicket,
    Dispute,
    FuelConsignment,
    Statement,
    StatementRun,
    StatusChange,
    TankMovement,
    TankReconciliation,
)
from ledger.verification import verify
from reports.demo.calendar import CUSTOMS_TIME
from reports.demo.warehouse import Pace

# So that on each of the days a fuel month is over, declared, billed and disputed.
DAYS = 41
FEW = Pace(admissions=0.035, withdrawals=0.06, relocations=0.02, lines=6, flights=2, airlines=3)
# What says until when something holds or may be done, not when something was.
# And the database's own clock, which does not travel.
OF_THE_FUTURE = {"recorded_at", "due_date", "expiry_date", "time_limit_date", "expiry", "valid_to_date"}
# Real memberships of real groups, some of them later than the days told here.
AS_IN_THE_WORLD = "CountryGroupMember"
# What has to wait for somebody whenever the story ends: at the main site, and at the tank farm.
OPEN_WORK: dict[Any, set[str]] = {
    Admission: {"draft", "submitted", "returned", "accepted", "arrived", "counted"},
    Withdrawal: {"draft", "submitted", "returned", "accepted", "picked", "passed", "discharged"},
    StockCount: {"open", "counted", "recounted"},
    Reversal: {"requested"},
    DeliveryTicket: {"draft", "metered", "signed", "matched", "invoiced", "disputed"},
    FuelConsignment: {"advised", "accepted", "gauged", "released"},
    TankReconciliation: {"drawn", "explained"},
    TankMovement: {"posted"},
    StatusChange: {"asked", "posted"},
    Dispute: {"open"},
    Declaration: {"draft", "submitted", "released"},
    Statement: {"issued"},
    StatementRun: {"done"},
}


@pytest.mark.django_db
@pytest.mark.parametrize("hour", ["00:30", "23:30"])
@pytest.mark.parametrize("day", ["2026-01-01", "2024-02-29", "2026-03-31", "2026-06-01", "2026-06-09", "2026-04-30"])
def test_a_short_year_that_ends_now(day: str, hour: str) -> None:
    now = datetime.fromisoformat(f"{day} {hour}").replace(tzinfo=CUSTOMS_TIME)
    with time_machine.travel(now, tick=False):
        call_command("load_demo", days=DAYS, processes=1, pace=FEW, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert not list(verify())
    assert _to_come(now) == []
    assert {model: missing for model in OPEN_WORK if (missing := OPEN_WORK[model] - _states(model))} == {}


def _states(model: Any) -> set[str]:
    return set(model.objects.filter(site__code__in=["HRS", "URC-FUEL"]).values_list("state", flat=True))


def _to_come(now: datetime) -> list[str]:
    found = []
    for model in apps.get_models():
        if AS_IN_THE_WORLD in model.__name__:
            continue
        dates = [one.name for one in model._meta.concrete_fields if isinstance(one, models.DateField)]
        asked = {name: models.Max(name) for name in dates if name not in OF_THE_FUTURE}
        latest: dict[str, Any] = model._base_manager.aggregate(**{f"latest_{name}": one for name, one in asked.items()})
        for name, moment in latest.items():
            limit = now if isinstance(moment, datetime) else now.date()
            if moment is not None and moment > limit:
                found.append(f"{model._meta.label}.{name}: {moment}")
    return found
