"""What documents put between book and floor: accepted and not there yet, or gone and not declared yet."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet


class BridgeLine(StrEnum):
    """The lines of the reconciliation statement that documents stand behind; each takes off from the book."""

    OUT_UNDECLARED = "out_undeclared"
    NOTED_NOT_ARRIVED = "noted_not_arrived"


@dataclass(frozen=True, slots=True)
class UnderWay:
    """Goods of one document that are in the book and not on the floor; the quantity in the item's unit."""

    number: str
    url: str
    since: datetime
    item: Any
    lot: Any
    quantity: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridge:
    """What documents of a kind add to the bridge of an account book, just before a moment.

    Args:
        line: under which it stands.
        find: its rows, by account book and moment; each has a lot.
        item, quantity, customs_value_cny, taxes_cny: where these stand in a row; duty, consumption tax and VAT in CNY.
        tell: the rows as goods under way, those that have waited longest first.
    """

    line: BridgeLine
    find: Callable[[Any, datetime], QuerySet[Any]]
    tell: Callable[[QuerySet[Any]], Iterable[UnderWay]]
    item: str = "item"
    quantity: str = "quantity"
    customs_value_cny: str = "customs_value_cny"
    taxes_cny: tuple[str, str, str] = ("duty_cny", "consumption_tax_cny", "vat_cny")


def under_way(document: Any, since: datetime, item: Any, lot: Any, quantity: Decimal) -> UnderWay:
    """Goods of a document that has a page."""
    return UnderWay(document.number, document.get_absolute_url(), since, item, lot, quantity)
