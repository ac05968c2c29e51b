"""What account books took in and let go: month by month, and the entries behind it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet, Sum
from django.db.models.functions import TruncMonth

from ledger.models import Entry, Journal, MovementKind
from registry.models import Place

INTO_BOOKS = (
    MovementKind.ADMITTED,
    MovementKind.TRANSFERRED_IN,
    MovementKind.PRODUCED,
    MovementKind.RETURNED,
    MovementKind.FOUND,
)
OUT_OF_BOOKS = (
    MovementKind.CONSUMED,
    MovementKind.DOMESTIC_SALE,
    MovementKind.RE_EXPORTED,
    MovementKind.TRANSFERRED_OUT,
    MovementKind.DESTROYED,
    MovementKind.SAMPLED,
    MovementKind.ALLOWED_LOSS,
    MovementKind.ADJUSTED,
)


@dataclass(frozen=True, slots=True)
class MonthTotal:
    """What one kind of movement came to in a month, signed: plus came, minus left. Mass in kilograms, value in CNY."""

    month: date
    kind: MovementKind
    net_mass_kg: Decimal
    customs_value_cny: Decimal


def book_movements(
    *,
    site_ids: Iterable[int],
    kinds: Iterable[MovementKind] = INTO_BOOKS + OUT_OF_BOOKS,
    from_moment: datetime | None = None,
    until: datetime | None = None,
) -> "QuerySet[Entry]":
    """What came into and went out of the account books of some sites, the latest first.

    Signed: plus came, minus left. What only changed its hold is not there. A reversal stands under the kind of what
    it reverses, with the other sign. With transaction, actor, lot, item and place.

    Args:
        from_moment, until: Between which moments it happened, the first included; None for no bound.
    """
    places = list(
        Place.objects.filter(site__in=list(site_ids), is_internal=True).order_by().values_list("pk", flat=True)
    )
    entries = Entry.objects.filter(journal=Journal.CUSTOMS, place__in=places, transaction__kind__in=list(kinds))
    # Both tables are in the order of time, and each is read only where the bound lets it.
    if from_moment is not None:
        entries = entries.filter(occurred_at__gte=from_moment, transaction__occurred_at__gte=from_moment)
    if until is not None:
        entries = entries.filter(occurred_at__lt=until, transaction__occurred_at__lt=until)
    return entries.select_related("transaction__actor", "lot__item", "lot__unit", "place__site").order_by(
        "-occurred_at", "-transaction_id", "line"
    )


def month_totals(*, site_ids: Iterable[int], from_moment: datetime) -> list[MonthTotal]:
    """What the account books of some sites took in and let go since a moment, by customs month and kind.

    Reads only the entries since then; book_movements has them one by one.
    """
    rows = (
        book_movements(site_ids=site_ids, from_moment=from_moment)
        .select_related(None)
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
