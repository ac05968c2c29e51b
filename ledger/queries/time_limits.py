"""Lots with the day through which they may stay, and how near it is."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from ledger.above import above
from ledger.queries.lot_list import lots_held
from ledger.queries.moments import customs_day
from registry.models import User

# Time limits are listed this many days ahead; late ones come first.
CLOSE_LIMITS = (7, 30, 90)


def lots_in_care(*, user: User) -> QuerySet[Any]:
    """The lots that a user may see, with what is held of them now and the day through which they may stay.

    That is ``time_limit_date``, None where nothing limits it.
    """
    return (
        lots_held()
        .visible_to(user)
        .select_related("item", "unit", "owner", "site")
        .annotate(time_limit_date=above.stays_through())
    )


def by_time_limit(lots: QuerySet[Any], limit: str, *, at: datetime) -> QuerySet[Any]:
    """Lots still in a book whose time limit has passed (``late``), or ends within so many days."""
    present = customs_day(at)
    in_book = lots.filter(book_quantity__gt=0)
    if limit == "late":
        return in_book.filter(time_limit_date__lt=present)
    return in_book.filter(time_limit_date__gte=present, time_limit_date__lte=present + timedelta(days=int(limit)))


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """How many lots are late, and how many have so many days left at most."""

    late: int
    within: dict[int, int]


def time_limits(*, user: User, at: datetime) -> TimeLimits:
    """How many lots in the account books of the user's sites are late or soon will be."""
    present = customs_day(at)
    counts = {
        f"within_{days}": Count(
            "pk", filter=Q(time_limit_date__gte=present, time_limit_date__lte=present + timedelta(days=days))
        )
        for days in CLOSE_LIMITS
    }
    found = (
        lots_in_care(user=user)
        .select_related(None)
        .filter(book_quantity__gt=0, time_limit_date__isnull=False)
        .aggregate(late=Count("pk", filter=Q(time_limit_date__lt=present)), **counts)
    )
    return TimeLimits(found["late"], {days: found[f"within_{days}"] for days in CLOSE_LIMITS})
