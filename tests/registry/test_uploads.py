"""Tables that people upload or paste: what is read of them, and what is refused before anything is."""

import io
import zipfile
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest

from registry.importers import NotAReadableFile
from registry.uploads import LARGEST_FILE_BYTES, as_text, read_table

COLUMNS = ("code", "name")


def workbook(*rows: tuple[Any, ...], far: str = "") -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if far:
        book.active[far] = 1
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        "code,name\nA,Ärger\nB,油",
        "\ufeffcode;name\r\nA;Ärger\r\n;\r\nB;油\r\n",
        "name\tcode\nÄrger\tA\n油\tB",
        "code name\nA Ärger\nB 油",
        ' code , name \n "A" , Ärger \nB,"油"',
    ],
)
def test_text_is_read_whatever_separates_its_cells(content: str) -> None:
    sheet = read_table(content.encode(), columns=COLUMNS)
    assert sheet.rows == [{"code": "A", "name": "Ärger"}, {"code": "B", "name": "油"}]


def test_text_in_gb_18030_is_read() -> None:
    assert read_table("code,name\nA,油库".encode("gb18030"), columns=COLUMNS).rows == [{"code": "A", "name": "油库"}]


def test_a_workbook_is_read_as_people_see_its_cells() -> None:
    content = workbook(COLUMNS, ("A", 0.1 + 0.2), (), (12.0, True), (date(2026, 1, 2), datetime(2026, 1, 2, 3, 4)))
    sheet = read_table(content, columns=COLUMNS)
    assert [tuple(row.values()) for row in sheet.rows] == [
        ("A", "0.3"),
        ("12", "true"),
        ("2026-01-02", "2026-01-02T03:04:00"),
    ]
    assert sheet.lines == [2, 4, 5]


def test_rows_keep_the_line_that_they_stand_in() -> None:
    sheet = read_table(b'code,name\n\nA,"two\nlines"\nB,b\n', columns=COLUMNS)
    assert sheet.lines == [3, 5]


def test_a_table_of_figures_needs_no_heading_where_that_is_allowed() -> None:
    assert read_table(b"1 2\n3 4", columns=COLUMNS, needs_heading=False).rows[0] == {"code": "1", "name": "2"}
    with pytest.raises(NotAReadableFile, match="lacks the columns: code, name"):
        read_table(b"1 2\n3 4", columns=COLUMNS)


def test_a_heading_may_be_what_people_see() -> None:
    given = {"columns": COLUMNS, "labels": {"Code of it": "code"}, "needs_heading": False}
    assert read_table(b"name;code OF it\nx;1", **given).rows == [{"name": "x", "code": "1"}]


def test_cells_beyond_the_columns_are_named_and_not_dropped() -> None:
    sheet = read_table(b"code,name\nA,a,\nB,b,0,5", columns=COLUMNS)
    assert [(error.row, error.figure) for error in sheet.errors] == [(1, "0")]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "lacks the columns: code, name"),
        (b"code\nA", "lacks the columns: name"),
        (b"code,name,colour\nA,a,red", "not known: colour"),
        (b"code,name,name\nA,a,a", "columns twice: name"),
        (b"code,name\n\xff\xfe\x00", "neither XLSX nor text"),
        (b"x" * (LARGEST_FILE_BYTES + 1), f"larger than {LARGEST_FILE_BYTES} bytes"),
        (b'code,name\n"' + b"x" * 140_000, "cannot be read as CSV: field larger"),
        (b"PK\x03\x04 and nothing more", "no XLSX workbook"),
        (workbook(COLUMNS)[:-40], "no XLSX workbook"),
        (workbook(COLUMNS, far="XFD1048576"), "too large"),
        (workbook(COLUMNS, far="A1048576"), "too large"),
    ],
)
def test_what_is_no_table_says_why(content: bytes, told: str) -> None:
    with pytest.raises(NotAReadableFile, match=told) as refused:
        read_table(content, columns=COLUMNS, field="rows")
    assert refused.value.errors[0].field == "rows"


def test_a_workbook_that_unpacks_to_more_than_fits_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b" " * 40_000_000)
    with pytest.raises(NotAReadableFile, match="too large"):
        read_table(packed.getvalue(), columns=COLUMNS)


def test_a_file_becomes_the_text_that_a_spreadsheet_would_copy() -> None:
    assert as_text(workbook(COLUMNS, ("A", 0.5))) == as_text(b"code,name\nA,0.5") == "code\tname\nA\t0.5"
