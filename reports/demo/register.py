"""The register of the demo year: the files of made-up companies and rates, dated so that they fit the year told."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

import customs.importers
import registry.importers
from registry.importers import FileKind
from reports.demo.calendar import CUSTOMS_TIME

Rows = list[dict[str, str]]
MONTHS = 12
VALID_FROM = "valid_from_date"


@transaction.atomic
def enter_register(*, at: datetime, until: datetime) -> None:
    """Enter companies, sites, items, rates, guarantees and account books.

    Args:
        until: the moment that the year ends with; a rate holds for each of its months.
    """
    today = until.astimezone(CUSTOMS_TIME).date()
    dated: dict[str, Callable[[Rows], Rows]] = {
        registry.importers.EXCHANGE_RATES.name: lambda rows: _of_the_months_until(rows, today),
        registry.importers.TARIFF_RATES.name: lambda rows: _of_the_year_before(rows, VALID_FROM, today),
        customs.importers.ACCOUNT_BOOKS.name: lambda rows: _of_the_year_before(rows, "opened_date", today),
    }
    for importers, kinds in (
        (registry.importers, registry.importers.REFERENCE),
        (registry.importers, registry.importers.REGISTER),
        (customs.importers, customs.importers.CUSTOMS),
    ):
        for kind in kinds:
            rows = _read(importers.DATA, kind)
            kind.load(rows=dated.get(kind.name, _as_they_are)(rows), actor=None, at=at)


def _read(folder: Path, kind: FileKind) -> Rows:
    of_the_demo = folder / "demo" / kind.name
    path = of_the_demo if of_the_demo.is_file() else folder / kind.name
    return kind.read(path).rows


def _as_they_are(rows: Rows) -> Rows:
    return rows


def _of_the_months_until(rows: Rows, today: date) -> Rows:
    """Monthly rates moved by whole months, so that the file's last month is the present one."""
    latest = date.fromisoformat(max(row[VALID_FROM] for row in rows))
    moved_by = _months(today) - _months(latest)
    return [row | {VALID_FROM: _first_of(_months(date.fromisoformat(row[VALID_FROM])) + moved_by)} for row in rows]


def _of_the_year_before(rows: Rows, column: str, today: date) -> Rows:
    """Dates moved by whole years, so that the file's first year is the one before this; what is to come is left out."""
    moved_by = today.year - 1 - date.fromisoformat(min(row[column] for row in rows)).year
    moved = [row | {column: f"{int(row[column][:4]) + moved_by}{row[column][4:]}"} for row in rows]
    return [row for row in moved if date.fromisoformat(row[column]) <= today]


def _months(day: date) -> int:
    return day.year * MONTHS + day.month - 1


def _first_of(months: int) -> str:
    year, month = divmod(months, MONTHS)
    return date(year, month + 1, 1).isoformat()


__all__ = ["enter_register"]
