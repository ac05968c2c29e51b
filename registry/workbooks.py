"""XLSX workbooks as rows of text, as a person sees their cells; errors and formulas without a result are kept."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import repeat
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

LARGEST_UNPACKED_BYTES = 30_000_000
LAST_LINE = 100_000
LAST_COLUMN = 100

_CELL = re.compile(rb"<(?:\w+:)?(?:c|row)(?=[\s/>])([^>]*)")
_REFERENCE = re.compile(rb'\sr="([A-Z]{0,3})(\d{1,9})"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_LEADING_ZEROS = re.compile(r"0{2,}")


class NotAWorkbook(Exception):
    """What cannot be read as a workbook."""


class TooLarge(Exception):
    """A workbook that would be spread out over more cells than are read."""


def rows_of(content: bytes) -> Iterator[list[str]]:
    """Every row of the first sheet that people see.

    A formula whose result was not kept stands there as the formula, an error as its name (#N/A), a number with the
    zeros that its format puts before it (000123), a moment as ISO 8601 has it.

    Raises:
        NotAWorkbook, TooLarge.
    """
    has_formulas = _check_extent(content)
    try:
        shown = _first_sheet(content, data_only=True)
        written = _first_sheet(content, data_only=False).iter_rows() if has_formulas else repeat(())
        for cells, formulas in zip(shown.iter_rows(), written, strict=False):
            yield [_text_of(cell, formulas[place] if formulas else None) for place, cell in enumerate(cells)]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, NotImplementedError) as broken:
        raise NotAWorkbook from broken


def _first_sheet(content: bytes, *, data_only: bool) -> Any:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=data_only)
    sheet = next((one for one in book.worksheets if one.sheet_state == "visible"), None)
    if sheet is None:
        raise NotAWorkbook
    # A writer may declare fewer rows than it wrote.
    sheet.reset_dimensions()
    return sheet


def _check_extent(content: bytes) -> bool:
    """Raise TooLarge before a rectangle is set up to a cell far off; return whether there is any formula."""
    has_formulas = False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > LARGEST_UNPACKED_BYTES:
                raise TooLarge
            for part in parts.infolist():
                text = parts.read(part)
                if b"sheetData" in text:
                    has_formulas = has_formulas or _FORMULA.search(text) is not None
                    for cell in _CELL.finditer(text):
                        reference = _REFERENCE.search(cell[1])
                        if reference is None or int(reference[2]) > LAST_LINE or _column(reference[1]) > LAST_COLUMN:
                            raise TooLarge
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as broken:
        raise NotAWorkbook from broken
    return has_formulas


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _text_of(cell: Any, formula: Any) -> str:
    value = cell.value
    if value is None:
        return str(formula.value).strip() if formula is not None and formula.value is not None else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _figure(value, cell.number_format or "")
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value).strip()


def _figure(value: float, number_format: str) -> str:
    # As many digits as a spreadsheet shows: 0.1 + 0.2 is 0.3.
    text = str(int(value)) if isinstance(value, int) or value.is_integer() else f"{value:.15g}"
    return text.zfill(len(number_format)) if _LEADING_ZEROS.fullmatch(number_format) else text
