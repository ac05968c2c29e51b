"""Verification: what is stored in the ledger against what its entries give."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from django.db import connection
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a row: what is stored and what it should be; None where there should be nothing."""

    name: str
    stored: str | None
    recomputed: str | None

    def __str__(self) -> str:
        if self.recomputed is None:
            return _("%(figure)s %(stored)s is unknown") % {"figure": self.name, "stored": self.stored}
        return _("%(figure)s is %(stored)s and should be %(recomputed)s") % {
            "figure": self.name,
            "stored": self.stored or _("missing"),
            "recomputed": self.recomputed,
        }


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that is not what the entries say."""

    table: str
    key: str
    figures: tuple[Figure, ...]

    def __str__(self) -> str:
        return _("%(table)s, %(row)s: %(figures)s.") % {
            "table": self.table,
            "row": self.key,
            "figures": "; ".join(str(figure) for figure in self.figures),
        }


def verify(*, zone_id: int | None = None) -> Iterator[Difference]:
    """Recompute everything that can be recomputed from entries and name every row that differs.

    Reads the whole ledger of the zone (None: of all zones) as it stood at one moment; postings may go on meanwhile.
    Balances, movements with their lowest points and closings are compared with the entries; transactions must sum to
    zero per journal and lot, fit their leaf hash and have entries; entries must have a header and known lots and
    places; no account may have been below zero at any time.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, row_key, figure, stored, recomputed FROM ledger_differences(%s::bigint)", [zone_id]
        )
        rows = cursor.fetchall()
    for (table, key), figures in groupby(rows, key=itemgetter(0, 1)):
        yield Difference(table, key, tuple(Figure(*figure) for _table, _key, *figure in figures))
