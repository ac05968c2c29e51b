"""Reads of the warehouse that more than one page needs: lots with their time limits, and work that waits."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, Count, DateField, F, Func, Q, QuerySet, Value, When
from django.utils.functional import Promise

from bonded.models import (
    Reversal,
    Withdrawal,
    WithdrawalState,
)
from bonded.payable import payable_models, unpaid
from customs.models import Regime
from documents.kinds import kinds
from ledger.postings import CustomsStatus
from ledger.queries import lots_held
from registry.models import Role, User
from registry.rules import POSTERS, sites_where
from registry.wording import CUSTOMS_TIME

# Time limits are listed this many days ahead; late ones come first.
CLOSE_LIMITS = (7, 30, 90)
DOCUMENTS: dict[str, Any] = {name: model for name, model in kinds().items() if model._meta.app_label == "bonded"}


class _MonthsAfter(Func):
    """The day some months after a day; the month's last where it has no such day."""

    template = "(%(expressions)s))::date"
    arg_joiner = " + make_interval(months => "


def lots_in_care(*, user: User) -> QuerySet[Any]:
    """The lots that a user may see, with what is held of them now and the day through which they may stay.

    ``time_limit_date`` is what the regime of the site grants from admission, without an extension; None where the
    regime sets no limit or customs has not admitted the lot.

    Source: GACC Order 105 (2003) on bonded warehouses; GACC Order 256 (2022) on comprehensive bonded zones, article 33.
    """
    limits = Regime.objects.exclude(storage_limit_months=None).values_list("code", "storage_limit_months")
    whens = [
        When(
            ~Q(customs_status=CustomsStatus.UNADMITTED) & Q(site__regime=code),
            then=_MonthsAfter(F("admitted_date"), Value(months)),
        )
        for code, months in limits
    ]
    return (
        lots_held()
        .visible_to(user)
        .select_related("item", "unit", "owner", "site")
        .annotate(time_limit_date=Case(*whens, output_field=DateField()))
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


def customs_day(at: datetime) -> date:
    return at.astimezone(CUSTOMS_TIME).date()


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many documents of a kind wait for a payment."""

    kind: str
    label: str | Promise
    number: int


def payments_waiting(*, user: User) -> list[Waiting]:
    """On what duty and tax are payable at the user's sites and not paid, by kind of document; zeros too."""
    sites = sites_where(user, *POSTERS)
    return [
        Waiting(model.kind, model.unpaid_label, unpaid(model._default_manager.filter(site__in=sites)).count())
        for model in payable_models()
    ]


def releases_waiting(*, user: User) -> int:
    """How many withdrawals customs has not released yet that the user may release."""
    return (
        Withdrawal.objects.filter(
            site__in=sites_where(user, Role.SUPERVISOR, Role.CUSTOMS_OFFICER),
            released_at__isnull=True,
            state__in=[WithdrawalState.ACCEPTED, WithdrawalState.PICKED, WithdrawalState.PASSED],
        )
        .exclude(prepared_by=user)
        .count()
    )


def recent_reversals(*, user: User, most: int) -> list[Reversal]:
    """The reversals last asked for at the user's sites."""
    rows: Any = Reversal.objects.visible_to(user)
    return list(rows.select_related("site", "requested_by", "decided_by").order_by("-pk")[:most])
