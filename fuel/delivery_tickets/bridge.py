"""Fuel that has left in aircraft and stands on no released declaration."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from documents.bridges import Bridge, BridgeLine, UnderWay
from documents.kinds import url_of
from fuel.queries import entries_uplifted_undeclared


def _told(entries: QuerySet[Any]) -> Iterable[UnderWay]:
    """What each ticket took out and each defuel brought back, lot by lot, the longest out first."""
    sums: dict[tuple[str, int, int], UnderWay] = {}
    for entry in entries.select_related("transaction", "lot__item__unit"):
        posted = entry.transaction
        key = (posted.document_kind, posted.document_id, entry.lot_id)
        url = url_of(kind=posted.document_kind, document_id=posted.document_id)
        known = sums.get(key) or UnderWay(
            posted.document_number, url, posted.occurred_at, entry.lot.item, entry.lot, Decimal(0)
        )
        sums[key] = replace(known, quantity=known.quantity + entry.quantity)
    return [row for row in sums.values() if row.quantity]


BRIDGE = Bridge(
    line=BridgeLine.OUT_UNDECLARED,
    find=lambda book, until: entries_uplifted_undeclared(book=book, until=until),
    tell=_told,
    item="lot__item",
)
