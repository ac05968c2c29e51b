"""Tables that people upload or paste: CSV, XLSX, or rows copied from a spreadsheet, read as rows of text."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol

import python_calamine
from django.utils.translation import gettext as _

from registry.errors import FieldError
from registry.importers import NotAReadableFile

LARGEST_FILE_BYTES = 2_000_000
LARGEST_UNPACKED_BYTES = 30_000_000
LAST_LINE = 100_000
LAST_COLUMN = 100
ENCODINGS = ("utf-8-sig", "gb18030")
XLSX = b"PK\x03\x04"

_CELL = re.compile(rb"<(?:\w+:)?(?:c|row)(?=[\s/>])([^>]*)")
_REFERENCE = re.compile(rb'\sr="([A-Z]{0,3})(\d{1,9})"')

Numbered = Iterable[tuple[int, list[str]]]


class Uploaded(Protocol):
    """A file as a form hands it over."""

    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows by the names of their columns, and what is wrong with rows that have more cells than there are columns."""

    rows: list[dict[str, str]]
    # Where each row stands in the file, from 1.
    lines: list[int]
    errors: tuple[FieldError, ...] = ()


def content_of(file: Uploaded) -> bytes:
    """What the file holds, and one byte more than is read of any, so that the reader can say that it is too large."""
    return file.read(LARGEST_FILE_BYTES + 1)


def read_table(
    content: bytes,
    *,
    columns: Sequence[str],
    optional: Sequence[str] = (),
    labels: Mapping[str, str] | None = None,
    needs_heading: bool = True,
    field: str = "file",
) -> Sheet:
    """Read an XLSX workbook's first sheet, or text separated by tab, semicolon, comma or else blanks.

    The first row names the columns, in any order; cells lose the blanks around them, and empty rows are left out.

    Args:
        content: XLSX, or text in UTF-8 or GB 18030.
        optional: columns that may be missing.
        labels: by a heading that people see on pages and in files the column that it stands for.
        needs_heading: whether rows without a heading are refused; else a first row with a number in it is no
            heading, and the columns stand in their order.
        field: of the form, for what is wrong with the file as a whole.
    Raises:
        NotAReadableFile: too large, no table, or not with these columns.
    """
    if len(content) > LARGEST_FILE_BYTES:
        message = _("The file is larger than %(most)s bytes, the most that is read.")
        raise _whole(message % {"most": LARGEST_FILE_BYTES}, field)
    lines = [(number, cells) for number, cells in _lines(content, field) if any(cells)]
    heading = _heading(lines, [*columns, *optional], labels or {}, needs_heading=needs_heading)
    if heading is None:
        heading = [*columns, *optional]
    else:
        lines = lines[1:]
        _check_heading(heading, columns, optional, field)
    return Sheet(
        rows=[dict(zip(heading, cells, strict=False)) for _number, cells in lines],
        lines=[number for number, _cells in lines],
        errors=tuple(_cells_beyond(lines, len(heading))),
    )


def as_text(content: bytes, *, field: str = "file") -> str:
    """The rows of a file as a spreadsheet copies them: cells separated by tabs.

    Raises:
        NotAReadableFile: too large, or no table.
    """
    if len(content) > LARGEST_FILE_BYTES:
        return ""
    return "\n".join("\t".join(cells) for _number, cells in _lines(content, field))


def _whole(message: str, field: str) -> NotAReadableFile:
    return NotAReadableFile(message, errors=[FieldError(message, field=field)])


def _lines(content: bytes, field: str) -> Numbered:
    """Every row of the file with the number of its line, from 1."""
    if content.startswith(XLSX):
        return enumerate(_cells_of_workbook(content, field), start=1)
    return _cells_of_text(_decoded(content, field), field)


def _decoded(content: bytes, field: str) -> str:
    for encoding in ENCODINGS if b"\0" not in content else ():
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _whole(_("The file is neither XLSX nor text in UTF-8 or GB 18030. Save it as CSV."), field)


def _cells_of_text(text: str, field: str) -> Iterator[tuple[int, list[str]]]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = next((one for one in "\t;," if one in first), None)
    if separator is None:
        yield from ((number, line.split()) for number, line in enumerate(text.splitlines(), start=1))
        return
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True)
    try:
        before = 0
        for cells in reader:
            yield before + 1, [cell.strip() for cell in cells]
            before = reader.line_num
    except csv.Error as broken:
        raise _whole(_("The file cannot be read as CSV: %(problem)s.") % {"problem": broken}, field) from broken


def _cells_of_workbook(content: bytes, field: str) -> list[list[str]]:
    try:
        _check_extent(content)
        sheet = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        return [[_text_of(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    except (python_calamine.CalamineError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as broken:
        raise _whole(_("The file is no XLSX workbook that can be read."), field) from broken
    except OverflowError as broken:
        words = {"rows": LAST_LINE, "columns": LAST_COLUMN}
        message = _("The workbook is too large: at most %(rows)s rows and %(columns)s columns are read.") % words
        raise _whole(message, field) from broken


def _check_extent(content: bytes) -> None:
    """Raise OverflowError where the workbook would be spread out over more cells than are read.

    The reader sets up the whole rectangle up to the last cell, so one cell far off would take all memory.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        if sum(part.file_size for part in parts.infolist()) > LARGEST_UNPACKED_BYTES:
            raise OverflowError
        for part in parts.infolist():
            text = parts.read(part)
            if b"sheetData" in text:
                for cell in _CELL.finditer(text):
                    reference = _REFERENCE.search(cell[1])
                    if reference is None or int(reference[2]) > LAST_LINE or _column(reference[1]) > LAST_COLUMN:
                        raise OverflowError


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _text_of(cell: Any) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        # As many digits as a spreadsheet shows: 0.1 + 0.2 is 0.3.
        return str(int(cell)) if cell.is_integer() else f"{cell:.15g}"
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    return str(cell).strip()


def _heading(
    lines: Sequence[tuple[int, list[str]]], known: Sequence[str], labels: Mapping[str, str], *, needs_heading: bool
) -> list[str] | None:
    first = lines[0][1] if lines else []
    if not needs_heading and any(map(_is_number, first)):
        return None
    columns = {label.casefold(): name for label, name in labels.items()} | {name.casefold(): name for name in known}
    heading = [columns.get(cell.casefold(), cell) for cell in first]
    while heading and not heading[-1]:
        heading.pop()
    return heading


def _is_number(cell: str) -> bool:
    try:
        return Decimal(cell).is_finite()
    except InvalidOperation:
        return False


def _check_heading(heading: Sequence[str], columns: Sequence[str], optional: Sequence[str], field: str) -> None:
    if missing := [name for name in columns if name not in heading]:
        raise _whole(_("The file lacks the columns: %(columns)s.") % {"columns": ", ".join(missing)}, field)
    if unknown := sorted(set(heading) - {*columns, *optional}):
        message = _("The file has columns that are not known: %(columns)s.")
        raise _whole(message % {"columns": ", ".join(unknown)}, field)
    if twice := sorted({name for name in heading if heading.count(name) > 1}):
        raise _whole(_("The file has columns twice: %(columns)s.") % {"columns": ", ".join(twice)}, field)


def _cells_beyond(lines: Sequence[tuple[int, list[str]]], width: int) -> Iterator[FieldError]:
    message = _("This row has more cells than there are columns.")
    for row, (_number, cells) in enumerate(lines):
        if beyond := [cell for cell in cells[width:] if cell]:
            yield FieldError(message, row=row, figure=beyond[0])
