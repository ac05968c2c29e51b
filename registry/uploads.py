"""Tables that people bring along: CSV, XLSX, or rows copied from a spreadsheet, all read by the same rules."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import chain
from typing import Protocol

from django.utils.translation import gettext as _

from registry.csv_files import STARTS_OF_FORMULAS
from registry.encodings import text_of
from registry.errors import FieldError, NotAReadableFile
from registry.workbooks import LAST_COLUMN, LAST_LINE, NotAWorkbook, TooLarge, rows_of

LARGEST_FILE_BYTES = 2_000_000
XLSX = b"PK\x03\x04"
# What a spreadsheet shows in place of a figure that it could not reckon.
_ERROR = re.compile(r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA)", re.IGNORECASE)

# No text has it. A quote that was never closed swallows it.
_END = "\0"

Numbered = Iterable[tuple[int, list[str]]]


class Uploaded(Protocol):
    """A file as a form hands it over."""

    def read(self, size: int, /) -> bytes: ...


class UnexpectedColumns(NotAReadableFile):
    """The first row names other columns: what is wrong with it, and with which."""

    def __init__(self, message: str, *, field: str, problems: Mapping[str, Sequence[str]]) -> None:
        super().__init__(message, errors=[FieldError(message, field=field)])
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows by the names of all their columns, and what is wrong with cells before anybody judges what they say."""

    rows: list[dict[str, str]]
    # Where each row stands in the file, from 1.
    lines: list[int]
    errors: tuple[FieldError, ...] = ()


def content_of(file: Uploaded) -> bytes:
    """What the file holds, and one byte more than is read of any, so that the reader can say that it is too large."""
    return file.read(LARGEST_FILE_BYTES + 1)


def in_utf8(content: bytes, *, encoding: str = "") -> bytes:
    """The file with its text in UTF-8; a workbook stays as it is.

    Raises:
        NotAReadableFile: its text is not in the encoding that was named, or, without one, not in UTF-8.
    """
    return content if content.startswith(XLSX) else text_of(content, encoding=encoding).encode()


def read_table(
    content: bytes,
    *,
    columns: Sequence[str],
    optional: Sequence[str] = (),
    labels: Mapping[str, str] | None = None,
    needs_heading: bool = True,
    most_bytes: int | None = LARGEST_FILE_BYTES,
    field: str = "file",
) -> Sheet:
    """Read the first sheet that a XLSX workbook shows, or text separated by tab, semicolon, comma or else blanks.

    The first row names the columns, in any order; cells lose the blanks around them, and empty rows are left out.
    Errors (#N/A), formulas without a result and cells beyond the last column are told in the sheet's errors, never
    taken for empty.

    Args:
        content: XLSX, or text in UTF-8; see registry.encodings for others.
        optional: columns that may be missing; they are read as empty.
        labels: by a heading that people see on pages and in files the column that it stands for.
        needs_heading: whether rows without a heading are refused; else a first row with a number in it is no
            heading, and the columns stand in their order.
        most_bytes: more is not read; None for a file that no request brings.
        field: of the form, for what is wrong with the file as a whole.
    Raises:
        NotAReadableFile: too large, no table, or not with these columns.
    """
    if most_bytes is not None and len(content) > most_bytes:
        message = _("The file is larger than %(most)s bytes, the most that is read.")
        raise _whole(message % {"most": most_bytes}, field)
    lines = [(number, cells) for number, cells in _lines(content, field) if any(cells)]
    heading = _heading(lines, [*columns, *optional], labels or {}, needs_heading=needs_heading)
    if heading is None:
        heading = [*columns, *optional]
    else:
        lines = lines[1:]
        _check_heading(heading, columns, optional, field)
    empty = dict.fromkeys([*columns, *optional], "")
    return Sheet(
        rows=[empty | dict(zip(heading, map(_meant, cells), strict=False)) for _number, cells in lines],
        lines=[number for number, _cells in lines],
        errors=(*_cells_beyond(lines, len(heading)), *_unreckoned(lines, heading)),
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
    return _cells_of_text(text_of(content, field=field), field)


def _cells_of_text(text: str, field: str) -> Iterator[tuple[int, list[str]]]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = next((one for one in "\t;," if one in first), None)
    if separator is None:
        yield from ((number, line.split()) for number, line in enumerate(text.splitlines(), start=1))
        return
    lines = chain(io.StringIO(text, newline=""), [_END])
    reader = csv.reader(lines, delimiter=separator, skipinitialspace=True)
    try:
        before = 0
        for cells in reader:
            if cells == [_END]:
                return
            if cells and cells[-1].endswith(_END):
                raise csv.Error("unexpected end of data")
            yield before + 1, [cell.strip() for cell in cells]
            before = reader.line_num
    except csv.Error as broken:
        raise _whole(_("The file cannot be read as CSV: %(problem)s.") % {"problem": broken}, field) from broken


def _cells_of_workbook(content: bytes, field: str) -> Iterator[list[str]]:
    try:
        yield from rows_of(content)
    except NotAWorkbook as broken:
        raise _whole(_("The file is no XLSX workbook that can be read."), field) from broken
    except TooLarge as broken:
        words = {"rows": LAST_LINE, "columns": LAST_COLUMN}
        message = _("The workbook is too large: at most %(rows)s rows and %(columns)s columns are read.") % words
        raise _whole(message, field) from broken


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
    missing = [name for name in columns if name not in heading]
    unknown = sorted(set(heading) - {*columns, *optional})
    twice = sorted({name for name in heading if heading.count(name) > 1})
    told = [
        (_("missing"), missing, _("The file lacks the columns: %(columns)s.")),
        (_("unknown"), unknown, _("The file has columns that are not known: %(columns)s.")),
        (_("named twice"), twice, _("The file has columns twice: %(columns)s.")),
    ]
    found = [(problem, names, message) for problem, names, message in told if names]
    if found:
        _problem, names, message = found[0]
        problems = {problem: names for problem, names, _message in found}
        raise UnexpectedColumns(message % {"columns": ", ".join(names)}, field=field, problems=problems)


def _cells_beyond(lines: Sequence[tuple[int, list[str]]], width: int) -> Iterator[FieldError]:
    message = _("This row has more cells than there are columns.")
    for row, (_number, cells) in enumerate(lines):
        if beyond := [cell for cell in cells[width:] if cell]:
            yield FieldError(message, row=row, figure=beyond[0])


def _meant(cell: str) -> str:
    """Without the mark by which our own files keep text from being taken for a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in STARTS_OF_FORMULAS and len(cell) > 1 else cell


def _unreckoned(lines: Sequence[tuple[int, list[str]]], heading: Sequence[str]) -> Iterator[FieldError]:
    error = _("“%(figure)s” is an error of the spreadsheet and no figure. Mend it there.")
    formula = _("“%(figure)s” is a formula whose result was not kept. Save the file again, or paste its values.")
    for row, (_number, cells) in enumerate(lines):
        for column, cell in zip(heading, cells, strict=False):
            if _ERROR.fullmatch(cell) or (cell.startswith("=") and len(cell) > 1):
                message = (formula if cell.startswith("=") else error) % {"figure": cell}
                yield FieldError(message, field=column, row=row, figure=cell)
