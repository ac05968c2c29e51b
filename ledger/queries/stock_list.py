"""Stock as a list: summed by item, lot, place, site, status or owner, ordered and cut into pages by the database."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any, overload

from django.db import connection, models

from ledger.models import Balance, Hold, Journal, Lot
from registry.models import Item, Organisation, Place, PlaceKind, Site, Unit
from registry.models.sites import FLOOR_KINDS, PHYSICAL_KINDS

# What lies here under no hold may be promised to somebody: goods in a bin, and what an account book has open.
AVAILABLE_KINDS = PHYSICAL_KINDS | {PlaceKind.BOOK}
ROWS_AT_ONCE = 2000


class Grouping(StrEnum):
    """What one row of the list stands for."""

    ITEM = "item"
    LOT = "lot"
    PLACE = "place"
    SITE = "site"
    STATUS = "status"
    OWNER = "owner"


@dataclass(frozen=True, slots=True)
class StockQuestion:
    """What is asked of the stock at some sites; None and empty texts ask for everything.

    Args:
        site_ids: Only places of these sites count.
        until: The moment just before which is asked, so midnight for the day before; None for now.
        known_at: Leave out what was recorded after this moment; None for all that is known.
        words: Every one of them stands in the item's or lot's number, in a name of the item, or in its HS code.
        place_code: The code or barcode of one place.
        place_kind: Only places of this kind. Without it and without a place, the STOCK journal tells what is on the
            floor: what is short, in transit or off site is told only to who asks for it.
        book_place_id: Only lots that have ever stood in the account book with this place.
    """

    site_ids: Sequence[int]
    journal: Journal = Journal.STOCK
    until: datetime | None = None
    known_at: datetime | None = None
    words: str = ""
    item_id: int | None = None
    lot_id: int | None = None
    owner_id: int | None = None
    place_code: str = ""
    place_kind: str = ""
    customs_status: str = ""
    hold: int | None = None
    book_place_id: int | None = None


@dataclass(frozen=True, slots=True)
class StockRow:
    """One row: what it stands for, and what is held of it.

    Quantities are in ``unit``, and None where the row sums over several units. ``free`` may be promised, ``reserved``
    is promised; ``apart`` is neither: in suspense or blocked. Mass is in kilograms,
    amounts are in CNY. Of place, lot, item and owner there is what all of the row have in common.
    """

    key: str
    code: str
    name: str
    name_zh: str
    site_id: int | None
    site_code: str | None
    place_code: str | None
    place_kind: str | None
    item_id: int | None
    item_code: str | None
    owner_name: str | None
    customs_status: str | None
    origin: str | None
    admitted_date: date | None
    expiry_date: date | None
    items: int
    lots: int
    places: int
    unit: str | None
    quantity: Decimal | None
    free: Decimal | None
    reserved: Decimal | None
    apart: Decimal | None
    net_mass_kg: Decimal
    customs_value_cny: Decimal
    tax_cny: Decimal


@dataclass(frozen=True, slots=True)
class StockTotals:
    """What all rows of a list come to; quantities as in StockRow."""

    rows: int
    unit: str | None
    quantity: Decimal | None
    free: Decimal | None
    reserved: Decimal | None
    apart: Decimal | None
    net_mass_kg: Decimal
    customs_value_cny: Decimal
    tax_cny: Decimal


@dataclass(frozen=True, slots=True)
class _Shape:
    """How rows of one grouping are told apart and named."""

    key: str
    code: str
    name: str = "''"
    name_zh: str = "''"
    group_by: tuple[str, ...] = ()


_SHAPES = {
    # Lots of an item may be kept in the unit that the item had when they were admitted.
    Grouping.ITEM: _Shape("i.id", "i.code", "i.name", "i.name_zh", ("i.id", "l.unit_id")),
    Grouping.LOT: _Shape("l.id", "l.number", "i.name", "i.name_zh", ("l.id", "i.id")),
    Grouping.PLACE: _Shape("p.id", "p.code", "p.name", group_by=("p.id",)),
    Grouping.SITE: _Shape("t.id", "t.code", "t.name", "t.name_zh", ("t.id",)),
    Grouping.STATUS: _Shape("l.customs_status", "l.customs_status", group_by=("l.customs_status",)),
    Grouping.OWNER: _Shape("o.id", "o.code", "o.name", "o.name_zh", ("o.id",)),
}
_QUANTITIES = {
    "quantity": "sum(h.quantity)",
    "free": "sum(h.quantity) FILTER (WHERE h.is_available)",
    "reserved": "sum(h.quantity) FILTER (WHERE h.hold = %(reserved)s)",
    "apart": "sum(h.quantity) FILTER (WHERE NOT h.is_available AND h.hold <> %(reserved)s)",
}
_AMOUNTS = ("net_mass_kg", "customs_value_cny", "tax_cny")
_ORDERS = frozenset(row_field.name for row_field in fields(StockRow)) - {"key"}


@dataclass(frozen=True)
class StockList:
    """The rows of one question, read from the database as far as they are looked at.

    It behaves as far as a queryset does: ``count()``, ``order_by()``, slices, and ``iterator()`` for a file.
    """

    question: StockQuestion
    grouping: Grouping
    order: tuple[str, ...] = ("code",)

    def order_by(self, *names: str) -> "StockList":
        """The same rows in the order of these fields of StockRow, ``-`` for descending; others are passed over."""
        known = tuple(name for name in names if name.removeprefix("-") in _ORDERS)
        return StockList(self.question, self.grouping, known or self.order)

    def count(self) -> int:
        return self.totals.rows

    def __len__(self) -> int:
        return self.count()

    @cached_property
    def totals(self) -> StockTotals:
        """The number of rows and the sums of them all, in one question to the database."""
        one_unit = "min(unit) = max(unit) AND count(unit) = count(*)"
        sums = [
            *(f"CASE WHEN {one_unit} THEN sum({name}) END" for name in _QUANTITIES),
            *(f"coalesce(sum({name}), 0)" for name in _AMOUNTS),
        ]
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT count(*), CASE WHEN {one_unit} THEN min(unit) END, {', '.join(sums)}"  # noqa: S608
                f" FROM ({self._grouped}) g",
                self._parameters,
            )
            return StockTotals(*cursor.fetchone())

    @overload
    def __getitem__(self, asked: int) -> StockRow: ...
    @overload
    def __getitem__(self, asked: slice) -> list[StockRow]: ...

    def __getitem__(self, asked: int | slice) -> StockRow | list[StockRow]:
        if isinstance(asked, int):
            return self[asked : asked + 1][0]
        start = asked.start or 0
        limit = None if asked.stop is None else max(0, asked.stop - start)
        with connection.cursor() as cursor:
            cursor.execute(
                f"{self._ordered} LIMIT %(limit)s OFFSET %(start)s",
                {**self._parameters, "limit": limit, "start": start},
            )
            return [StockRow(*row) for row in cursor.fetchall()]

    def __iter__(self) -> Iterator[StockRow]:
        return self.iterator()

    def iterator(self, chunk_size: int = ROWS_AT_ONCE) -> Iterator[StockRow]:
        """Every row, however many, with no more than ``chunk_size`` of them in memory."""
        with connection.chunked_cursor() as cursor:
            cursor.execute(self._ordered, self._parameters)
            while rows := cursor.fetchmany(chunk_size):
                for row in rows:
                    yield StockRow(*row)

    @property
    def _ordered(self) -> str:
        terms = [
            f"{name.removeprefix('-')} {'DESC NULLS LAST' if name.startswith('-') else 'ASC NULLS LAST'}"
            for name in self.order
        ]
        return f"SELECT * FROM ({self._grouped}) g ORDER BY {', '.join(terms)}, key, unit"  # noqa: S608

    @property
    def _grouped(self) -> str:
        shape = _SHAPES[self.grouping]
        common = {
            "site_id": "p.site_id",
            "site_code": "t.code",
            "place_code": "p.code",
            "place_kind": "p.kind",
            "item_id": "i.id",
            "item_code": "i.code",
            "owner_name": "o.name",
            "customs_status": "l.customs_status",
            "origin": "l.origin",
            "admitted_date": "l.admitted_date",
            "expiry_date": "l.expiry_date",
        }
        one_unit = "min(l.unit_id) = max(l.unit_id)"
        columns = [
            f"{shape.key}::text AS key",
            f"{shape.code} AS code",
            f"{shape.name} AS name",
            f"{shape.name_zh} AS name_zh",
            *(f"CASE WHEN min({of}) = max({of}) THEN min({of}) END AS {name}" for name, of in common.items()),
            "count(DISTINCT i.id) AS items",
            "count(DISTINCT l.id) AS lots",
            "count(DISTINCT p.id) AS places",
            f"CASE WHEN {one_unit} THEN min(coalesce(nullif(u.symbol, ''), u.code)) END AS unit",
            *(f"CASE WHEN {one_unit} THEN coalesce({of}, 0) END AS {name}" for name, of in _QUANTITIES.items()),
            *(f"sum(h.{name}) AS {name}" for name in _AMOUNTS),
        ]
        return (
            f"SELECT {', '.join(columns)} FROM {self._held}"  # noqa: S608 (column and table names are our own)
            f" JOIN {_table(Lot)} l ON l.id = h.lot_id JOIN {_table(Item)} i ON i.id = l.item_id"
            f" JOIN {_table(Unit)} u ON u.code = l.unit_id JOIN {_table(Organisation)} o ON o.id = l.owner_id"
            f" JOIN {_table(Place)} p ON p.id = h.place_id JOIN {_table(Site)} t ON t.id = p.site_id"
            f"{self._conditions} GROUP BY {', '.join(shape.group_by)}"
        )

    @property
    def _held(self) -> str:
        return (
            "(SELECT s.lot_id, s.place_id, s.hold, s.quantity, s.net_mass_kg, s.customs_value_cny,"  # noqa: S608
            "  s.duty_cny + s.consumption_tax_cny + s.vat_cny AS tax_cny,"
            "  s.hold = %(free)s AND k.kind = ANY (%(available_kinds)s) AS is_available"
            "  FROM ledger_stock_at(NULL, %(place_ids)s::bigint[], %(lot_ids)s::bigint[], %(journal)s::smallint,"
            "   %(until)s::timestamptz, %(known_at)s::timestamptz) s"
            f" JOIN {_table(Place)} k ON k.id = s.place_id) h"
        )

    @property
    def _conditions(self) -> str:
        asked = self.question
        terms = {
            "h.hold = %(hold)s": asked.hold is not None,
            "i.id = %(item_id)s": asked.item_id is not None,
            "o.id = %(owner_id)s": asked.owner_id is not None,
            "l.customs_status = %(customs_status)s": bool(asked.customs_status),
            f"EXISTS (SELECT FROM {_table(Balance)} b WHERE b.lot_id = l.id AND b.place_id = %(book_place_id)s"
            " AND b.journal = %(customs)s)": asked.book_place_id is not None,
            "concat_ws(' ', i.code, i.name, i.name_zh, l.hs_code, l.national_code, l.number)"
            " ILIKE ALL (%(words)s::text[])": bool(asked.words),
        }
        wanted = [term for term, is_asked in terms.items() if is_asked]
        return f" WHERE {' AND '.join(wanted)}" if wanted else ""

    @cached_property
    def _parameters(self) -> dict[str, Any]:
        asked = self.question
        return {
            "place_ids": self._place_ids,
            "lot_ids": None if asked.lot_id is None else [asked.lot_id],
            "journal": asked.journal,
            "until": asked.until,
            "known_at": asked.known_at,
            "free": Hold.FREE,
            "reserved": Hold.RESERVED,
            "customs": Journal.CUSTOMS,
            "available_kinds": sorted(kind.value for kind in AVAILABLE_KINDS),
            "hold": asked.hold,
            "item_id": asked.item_id,
            "owner_id": asked.owner_id,
            "customs_status": asked.customs_status,
            "book_place_id": asked.book_place_id,
            "words": [f"%{_literally(word)}%" for word in asked.words.split()],
        }

    @cached_property
    def _place_ids(self) -> list[int]:
        """Values and not a join: only so does PostgreSQL look into the ledger's function; see there."""
        asked = self.question
        places = Place.objects.filter(site__in=list(asked.site_ids), is_internal=True)
        if asked.place_code:
            places = places.filter(models.Q(code__iexact=asked.place_code) | models.Q(barcode__iexact=asked.place_code))
        if asked.place_kind:
            places = places.filter(kind=asked.place_kind)
        elif asked.journal == Journal.STOCK and not asked.place_code:
            places = places.filter(kind__in=FLOOR_KINDS)
        return list(places.order_by().values_list("pk", flat=True))


def _table(model: type[models.Model]) -> str:
    return model._meta.db_table


def _literally(word: str) -> str:
    """A word whose percent signs and underscores stand for themselves."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
