"""Fuel that customs accepted into the book and nobody has measured."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from documents.bridges import Bridge, BridgeLine, UnderWay, under_way
from fuel.models import ConsignmentState, FuelConsignment


def noted_not_arrived(book: Any, until: datetime) -> QuerySet[Any]:
    """Consignments that customs accepted into the book and nobody had measured just before the moment."""
    rows: QuerySet[Any] = FuelConsignment.objects.filter(
        Q(received_at=None) | Q(received_at__gte=until), book=book, accepted_at__lt=until, lot__isnull=False
    )
    return rows.exclude(state=ConsignmentState.REVERSED)


def _told(consignments: QuerySet[Any]) -> Iterator[UnderWay]:
    for one in consignments.select_related("product__unit", "lot").order_by("accepted_at", "pk"):
        yield under_way(one, one.accepted_at, one.product, one.lot, one.lot.quantity)


BRIDGE = Bridge(
    line=BridgeLine.NOTED_NOT_ARRIVED, find=noted_not_arrived, tell=_told, item="product", quantity="lot__quantity"
)
