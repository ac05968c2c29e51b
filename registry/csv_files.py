"""A list as a CSV file: exactly the rows and columns that the page shows, from its first page to its last."""

import csv
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import django_tables2 as tables
from django.http import StreamingHttpResponse
from django.utils import timezone, translation
from django_tables2.rows import BoundRows

from registry.columns import CustomsTimeColumn, FiguresColumn, LocalTimeColumn
from registry.wording import CUSTOMS_TIME

ROWS_AT_ONCE = 2000
TIME_COLUMNS = (LocalTimeColumn, CustomsTimeColumn, tables.DateTimeColumn)
# A spreadsheet takes text that begins like this for a formula.
STARTS_OF_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def csv_response(table: tables.Table, *, name: str) -> StreamingHttpResponse:
    """Stream the table's rows in its order and the reader's language; the mark at the start tells Excel UTF-8."""
    language, zone = translation.get_language(), timezone.get_current_timezone()
    response = StreamingHttpResponse(_lines(table, language, zone), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


class Line:
    """csv writes into this and gets the line back."""

    def write(self, text: str) -> str:
        return text


def _lines(table: tables.Table, language: str | None, zone: Any) -> Iterator[str]:
    # The middleware that set language and zone for the request is done before the first row is asked for.
    with translation.override(language), timezone.override(zone):
        write = csv.writer(Line()).writerow
        columns = [column for column in table.columns if not column.column.exclude_from_export]
        yield "\ufeff" + write([text for column in columns for text in headings_of(column)])
        for row in BoundRows(data=records_of(table), table=table):
            yield write([text for column in columns for text in cells_of(column, row)])


def records_of(table: tables.Table) -> Iterator[Any]:
    """The table's records in its order, few at a time."""
    data = table.data.data
    return data.iterator(chunk_size=ROWS_AT_ONCE) if hasattr(data, "iterator") else iter(data)


def headings_of(column: Any) -> list[str]:
    """What stands above the cells of a column; above times the zone that they are told in."""
    header = str(column.header)
    if holds_times(column):
        return [f"{header} ({CUSTOMS_TIME.key})"]
    return [header, f"{header}: {column.column.unit_heading}"] if _has_unit(column) else [header]


def holds_times(column: Any) -> bool:
    """Whether a column's cells are moments, and not days."""
    return isinstance(column.column, TIME_COLUMNS) and not holds_dates(column)


def holds_dates(column: Any) -> bool:
    return isinstance(column.column, tables.DateColumn) or str(column.accessor).endswith("_date")


def moment_of(column: Any, row: Any) -> datetime | date | None:
    """The moment in a cell, by the clock of customs for whoever takes the file, or the day; None for other cells."""
    raw = column.accessor.resolve(row.record, quiet=True) if holds_times(column) or holds_dates(column) else None
    if isinstance(raw, datetime):
        return timezone.localtime(raw, CUSTOMS_TIME).replace(tzinfo=None, microsecond=0)
    return raw if isinstance(raw, date) else None


def cells_of(column: Any, row: Any) -> list[str]:
    """A figure with a unit takes two cells, so that a spreadsheet can reckon with it; times as ISO 8601 has them."""
    if moment := moment_of(column, row):
        return [moment.isoformat(*[" "] if isinstance(moment, datetime) else [])]
    value = row.get_cell_value(column.name)
    # A minus before a figure is no formula.
    value = harmless(value) if not isinstance(column.column, FiguresColumn) else value or ""
    return [value, column.column.unit_of(row.record)] if _has_unit(column) else [value]


def _has_unit(column: Any) -> bool:
    return isinstance(column.column, FiguresColumn) and bool(column.column.unit)


def harmless(value: Any) -> str:
    """A value as the text of a cell that no spreadsheet takes for a formula."""
    if value is None:
        return ""
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(STARTS_OF_FORMULAS) else text
