"""Goods that customs accepted into the book and nobody has counted."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from bonded.models import Admission, AdmissionLine
from documents.bridges import Bridge, BridgeLine, UnderWay, under_way
from documents.reversals.queries import reversed_before


def noted_not_arrived(book: Any, until: datetime) -> QuerySet[Any]:
    """Lines of admissions that customs accepted into the book and nobody had counted just before the moment."""
    return AdmissionLine.objects.filter(
        Q(admission__counted_at=None) | Q(admission__counted_at__gte=until),
        admission__book=book,
        admission__accepted_at__lt=until,
        lot__isnull=False,
    ).exclude(admission__in=reversed_before(kind=Admission.kind, moment=until))


def _told(lines: QuerySet[Any]) -> Iterator[UnderWay]:
    for line in lines.select_related("admission", "item__unit", "lot").order_by("admission", "row"):
        yield under_way(line.admission, line.admission.accepted_at, line.item, line.lot, line.quantity)


BRIDGE = Bridge(line=BridgeLine.NOTED_NOT_ARRIVED, find=noted_not_arrived, tell=_told)
