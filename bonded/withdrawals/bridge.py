"""Goods that have passed the gate and are not discharged from the book."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from bonded.models import Withdrawal, WithdrawalPick
from documents.bridges import Bridge, BridgeLine, UnderWay, under_way
from documents.reversals.queries import reversed_before


def out_undeclared(book: Any, until: datetime) -> QuerySet[Any]:
    """Picks that had passed the gate and were not discharged from the book just before the moment."""
    return WithdrawalPick.objects.filter(
        Q(line__withdrawal__discharged_at=None) | Q(line__withdrawal__discharged_at__gte=until),
        line__withdrawal__book=book,
        line__withdrawal__passed_at__lt=until,
    ).exclude(line__withdrawal__in=reversed_before(kind=Withdrawal.kind, moment=until))


def _told(picks: QuerySet[Any]) -> Iterator[UnderWay]:
    found = picks.select_related("line__withdrawal", "line__item__unit", "lot")
    for pick in found.order_by("line__withdrawal", "pk"):
        withdrawal = pick.line.withdrawal
        yield under_way(withdrawal, withdrawal.passed_at, pick.line.item, pick.lot, pick.quantity)


BRIDGE = Bridge(
    line=BridgeLine.OUT_UNDECLARED,
    find=out_undeclared,
    tell=_told,
    item="line__item",
    customs_value_cny="released_value_cny",
    taxes_cny=("released_duty_cny", "released_consumption_tax_cny", "released_vat_cny"),
)
