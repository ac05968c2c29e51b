"""Giving a document its number: gapless per site, kind and year."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.transaction import TransactionManagementError

from documents.models import Document, NumberSeries


def give_number(*, document: Document, at: datetime) -> None:
    """Give an unsaved document the next number of its series, in the year of the site's customs date.

    The series stays locked until the surrounding transaction ends, so a number that is rolled back is given again.
    Call it before anything is posted: whoever holds a series waits for nobody else's.

    Raises:
        TransactionManagementError: outside a transaction, where a number could be lost.
    """
    give_numbers(documents=[document], at=at)


def give_numbers(*, documents: Sequence[Document], at: datetime) -> None:
    """Give unsaved documents of one kind and site the next numbers of their series, in their order; see give_number."""
    if not connection.in_atomic_block:
        raise TransactionManagementError("A document number is given inside a transaction.")
    first = documents[0]
    zone = first.site.zone
    year = at.astimezone(ZoneInfo(zone.time_zone)).year
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {NumberSeries._meta.db_table} AS s (site_id, kind, year, last_sequence)"  # noqa: S608
            " VALUES (%s, %s, %s, %s) ON CONFLICT (site_id, kind, year)"
            " DO UPDATE SET last_sequence = s.last_sequence + excluded.last_sequence RETURNING last_sequence",
            [first.site_id, first.kind, year, len(documents)],
        )
        (last,) = cursor.fetchone()
    for sequence, document in enumerate(documents, start=last - len(documents) + 1):
        document.number_year = year
        document.number_sequence = sequence
        document.number = f"{document.site.code}-{document.letters}-{year}-{sequence:06d}"
