"""What account books took in and let go, month by month."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Sum
from django.db.models.functions import TruncMonth

from ledger.models import Entry, Journal, MovementKind
from registry.models import Place


@dataclass(frozen=True, slots=True)
class MonthTotal:
    """What one kind of movement came to in a month, signed: plus came, minus left. Mass in kilograms, value in CNY."""

    month: date
    kind: MovementKind
    net_mass_kg: Decimal
    customs_value_cny: Decimal


def month_totals(*, site_ids: Iterable[int], from_moment: datetime) -> list[MonthTotal]:
    """What the account books of some sites took in and let go since a moment, by customs month and kind.

    Reads only the entries since then. A reversal counts under the kind of what it reverses, with the other sign;
    what only changed its hold or its place is not there.
    """
    places = list(
        Place.objects.filter(site__in=list(site_ids), is_internal=True).order_by().values_list("pk", flat=True)
    )
    rows = (
        Entry.objects.filter(
            journal=Journal.CUSTOMS,
            place__in=places,
            occurred_at__gte=from_moment,
            transaction__occurred_at__gte=from_moment,
        )
        .order_by()
        .annotate(month=TruncMonth("transaction__customs_date"))
        .values_list("month", "transaction__kind")
        .annotate(net_mass=Sum("net_mass_kg"), value=Sum("customs_value_cny"))
        .order_by("month", "transaction__kind")
    )
    return [
        MonthTotal(month, MovementKind(kind), net_mass_kg, value)
        for month, kind, net_mass_kg, value in rows
        if net_mass_kg or value
    ]
