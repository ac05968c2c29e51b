"""How an airline stands: what it lifted and saved by month and route, what it owes, and what waits for it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import TruncMonth

from fuel.billing.pricing import percent_of
from fuel.models import (
    CHARGED,
    UNDECIDED,
    Charge,
    ChargeKind,
    DeliveryTicket,
    Dispute,
    DisputeState,
    FuelPayment,
    Statement,
    StatementPayment,
    StatementState,
    TicketState,
)
from registry.models import Airline, Role, User
from registry.wording import CUSTOMS_TIME

ZERO = Decimal(0)
LATEST_STATEMENTS = 6
_LIFTED = Q(kind=ChargeKind.UPLIFT)
_SAVED = F("duty_paid_cny") - F("amount_cny")


@dataclass(frozen=True, slots=True)
class Lifted:
    """What was lifted in a month or on a route, less credits and what came back. Mass in kg, amounts in CNY.

    Uplifts that are not charged yet count with their mass; amounts are of what was charged.
    """

    uplifts: int
    mass_kg: Decimal
    amount_cny: Decimal
    duty_paid_cny: Decimal
    saving_duty_cny: Decimal
    saving_consumption_tax_cny: Decimal
    saving_vat_cny: Decimal
    saving_price_cny: Decimal

    @property
    def saving_cny(self) -> Decimal:
        return self.duty_paid_cny - self.amount_cny

    @property
    def saving_percent(self) -> Decimal | None:
        return percent_of(self.saving_cny, self.duty_paid_cny)


@dataclass(frozen=True, slots=True)
class MonthLifted:
    first_day: date
    lifted: Lifted

    @property
    def name(self) -> str:
        return self.first_day.strftime("%Y-%m")


@dataclass(frozen=True, slots=True)
class RouteLifted:
    airport: str
    destination: str
    destination_id: int
    lifted: Lifted

    @property
    def name(self) -> str:
        return f"{self.airport}–{self.destination}"


@dataclass(frozen=True, slots=True)
class Owed:
    """What is owed in one currency: the closing of the last statements, less what was paid since."""

    currency: str
    amount: Decimal
    due_date: date


@dataclass(frozen=True, slots=True)
class AirlineAccount:
    """Everything that an airline's dashboard shows."""

    months: list[MonthLifted]
    routes: list[RouteLifted]
    this_year: Lifted
    owed: list[Owed]
    not_charged: int
    not_charged_kg: Decimal
    disputes_waiting: int
    disputes_answered: int
    statements: list[Statement]


def airlines_of(user: User) -> list[Airline]:
    """The airlines that the user belongs to."""
    own = user.memberships.filter(role=Role.AIRLINE).values("organisation")
    return list(Airline.objects.filter(organisation__in=own).select_related("organisation").order_by("iata_code"))


def airline_account(*, airlines: Collection[Airline], first_days: list[date]) -> AirlineAccount:
    """How airlines stand together; a constant number of queries, summed by the database.

    Args:
        first_days: of the months that are told, the present one last.
    """
    charges: Any = Charge.objects.filter(airline__in=airlines).order_by()
    began_at = datetime.combine(first_days[0], time(), CUSTOMS_TIME)
    since = Q(delivered_at__gte=began_at)
    year_began_at = datetime.combine(first_days[-1].replace(month=1), time(), CUSTOMS_TIME)
    waiting: Any = DeliveryTicket.objects.filter(
        airline__in=airlines, state__in=[TicketState.SIGNED, TicketState.MATCHED, TicketState.DECLARED]
    ).exclude(charges__kind__in=CHARGED)
    told = waiting.aggregate(number=Count("pk"), kg=Sum("mass_kg"))
    undecided: Any = Dispute.objects.filter(airline__in=airlines, state__in=UNDECIDED).order_by()
    disputes = dict(undecided.values_list("state").annotate(Count("pk")))
    issued: Any = Statement.objects.filter(airline__in=airlines, state=StatementState.ISSUED)
    return AirlineAccount(
        months=_months(charges.filter(since), waiting.filter(since), first_days),
        routes=_routes(charges.filter(since), waiting.filter(since)),
        this_year=_lifted(charges.filter(delivered_at__gte=year_began_at).aggregate(**_sums())),
        owed=_owed(airlines, issued),
        not_charged=told["number"],
        not_charged_kg=told["kg"] or ZERO,
        disputes_waiting=disputes.get(DisputeState.OPEN, 0),
        disputes_answered=disputes.get(DisputeState.ANSWERED, 0),
        statements=list(issued.select_related("airline", "site").order_by("-through_date", "-pk")[:LATEST_STATEMENTS]),
    )


def _sums() -> dict[str, Any]:
    names = (
        *("mass_kg", "amount_cny", "duty_paid_cny", "saving_duty_cny", "saving_consumption_tax_cny"),
        *("saving_vat_cny", "saving_price_cny"),
    )
    return {"uplifts": Count("pk", filter=_LIFTED), **{f"sum_{name}": Sum(name) for name in names}}


def _lifted(row: dict[str, Any]) -> Lifted:
    sums = {name.removeprefix("sum_"): row[name] or ZERO for name in _sums() if name != "uplifts"}
    return Lifted(uplifts=row["uplifts"], **sums)


_NOTHING = Lifted(0, *(ZERO,) * 7)
_WAITING = {"uplifts": Count("pk", distinct=True), "kg": Sum("mass_kg")}


def _months(charges: Any, waiting: Any, first_days: list[date]) -> list[MonthLifted]:
    month = TruncMonth("delivered_at", tzinfo=CUSTOMS_TIME)
    rows = charges.annotate(month=month).values("month").annotate(**_sums())
    found = {row["month"].date(): _lifted(row) for row in rows}
    for row in waiting.order_by().annotate(month=month).values("month").annotate(**_WAITING):
        day = row["month"].date()
        found[day] = _with_waiting(found.get(day, _NOTHING), row)
    return [MonthLifted(first_day, found.get(first_day, _NOTHING)) for first_day in first_days]


def _routes(charges: Any, waiting: Any) -> list[RouteLifted]:
    named = ("airport__iata_code", "destination__iata_code", "destination")
    # What is charged by hand flew nowhere.
    rows = charges.exclude(destination=None).values(*named).annotate(**_sums())
    found = {tuple(row[name] for name in named): _lifted(row) for row in rows}
    for row in waiting.order_by().values(*named).annotate(**_WAITING):
        route = tuple(row[name] for name in named)
        found[route] = _with_waiting(found.get(route, _NOTHING), row)
    routes = [
        RouteLifted(airport, destination, destination_id, lifted)
        for (airport, destination, destination_id), lifted in found.items()
    ]
    return sorted(routes, key=lambda route: (-route.lifted.mass_kg, route.name))


def _with_waiting(lifted: Lifted, row: dict[str, Any]) -> Lifted:
    return replace(lifted, uplifts=lifted.uplifts + row["uplifts"], mass_kg=lifted.mass_kg + (row["kg"] or ZERO))


def _owed(airlines: Collection[Airline], issued: Any) -> list[Owed]:
    account = ("site_id", "airline_id", "currency")
    last = issued.order_by(*account, "-through_date", "-pk").distinct(*account)
    taken = StatementPayment.objects.filter(statement__state=StatementState.ISSUED).values("payment")
    paid: Any = FuelPayment.objects.filter(airline__in=airlines).exclude(pk__in=taken).order_by()
    since = dict(paid.values_list("currency").annotate(Sum("amount")))
    by_currency: dict[str, Owed] = {}
    for one in last:
        known = by_currency.get(one.currency)
        amount = one.closing + (known.amount if known else -since.get(one.currency, ZERO))
        due_date = min(one.due_date, known.due_date) if known else one.due_date
        by_currency[one.currency] = Owed(one.currency, amount, due_date)
    return [by_currency[currency] for currency in sorted(by_currency)]
