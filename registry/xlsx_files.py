"""A list as a spreadsheet: exactly the rows and columns of the CSV file, in constant memory, figures as numbers."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import IO, Any

import django_tables2 as tables
from django.http import FileResponse
from django_tables2.data import TableQuerysetData
from django_tables2.rows import BoundRows
from rustpy_xlsxwriter import Format, write_worksheets

from registry.columns import FiguresColumn
from registry.csv_files import cells_of, headings_of, holds_dates, moment_of, records_of

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Excel's own limit, less the row of headings.
MOST_ROWS_A_SHEET = 1_048_575
# A spreadsheet reckons in doubles, which hold no more digits than this.
MOST_DIGITS = 15


def xlsx_response(table: tables.Table, *, name: str) -> FileResponse:
    """Write the table's rows in its order and the reader's language; rows beyond a sheet's limit go to the next one."""
    columns = [column for column in table.columns if not column.column.exclude_from_export]
    headings = _told_apart([text for column in columns for text in headings_of(column)])
    data = table.data.data
    number = data.count() if isinstance(table.data, TableQuerysetData) else len(data)
    # The headings are read off the first row; where there is none, an empty one holds them.
    rows = _rows(table, columns, headings) if number else iter([dict.fromkeys(headings)])
    sheets = -(-number // MOST_ROWS_A_SHEET) or 1
    file = written(
        ((_sheet_name(name, sheet), islice(rows, MOST_ROWS_A_SHEET)) for sheet in range(1, sheets + 1)),
        dates=_date_headings(columns, headings),
    )
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=CONTENT_TYPE)


def written(sheets: Iterable[tuple[str, Iterator[dict[str, Any]]]], *, dates: Iterable[str] = ()) -> IO[bytes]:
    """The sheets, each by name and rows, as a temporary file that is gone when it is closed; in constant memory.

    Args:
        dates: the headings above days; other moments are shown with their time.
    """
    file = tempfile.NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115 (who reads it closes it)
    # By its name: what is written to an open file is held in memory until it is whole.
    write_worksheets(
        list(sheets),
        file.name,
        freeze_panes={"general": {"row": 1, "col": 0}},
        bold_headers=True,
        column_width={"general": 18},
        datetime_format="yyyy-mm-dd hh:mm:ss",
        column_formats={"general": {heading: Format().set_num_format("yyyy-mm-dd") for heading in dates}},
    )
    return file


def _rows(table: tables.Table, columns: Sequence[Any], headings: Sequence[str]) -> Iterator[dict[str, Any]]:
    for row in BoundRows(data=records_of(table), table=table):
        cells = [cell for column in columns for cell in _cells(column, row)]
        yield dict(zip(headings, cells, strict=True))


def _date_headings(columns: Sequence[Any], headings: Sequence[str]) -> list[str]:
    above = [column for column in columns for _text in headings_of(column)]
    return [heading for column, heading in zip(above, headings, strict=True) if holds_dates(column)]


def _cells(column: Any, row: Any) -> list[Any]:
    if moment := moment_of(column, row):
        return [moment]
    cells: list[Any] = cells_of(column, row)
    if isinstance(column.column, FiguresColumn) and cells[0]:
        cells[0] = number_of(cells[0])
    return cells


def number_of(digits: str) -> Any:
    """The figure as a number, or as text where a double would lose digits of it."""
    if sum(character.isdigit() for character in digits) > MOST_DIGITS:
        return digits
    return float(digits) if "." in digits else int(digits)


def _told_apart(headings: list[str]) -> list[str]:
    """The file knows its columns by their headings, so none may come twice."""
    seen: dict[str, int] = {}
    told = []
    for heading in headings:
        seen[heading] = seen.get(heading, 0) + 1
        told.append(heading if seen[heading] == 1 else f"{heading} ({seen[heading]})")
    return told


def _sheet_name(name: str, sheet: int) -> str:
    return name[:26] if sheet == 1 else f"{name[:26]} {sheet}"
