"""Tables that people upload or paste: what is read of them, and what is refused before anything is."""

import io
import zipfile
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest

from registry.errors import NotAReadableFile
from registry.operations.loading.rows import day_of, moment_of
from registry.uploads import LARGEST_FILE_BYTES, as_text, in_utf8, read_table

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


@pytest.mark.parametrize(
    ("encoding", "name"), [("gb18030", "油库"), ("windows-1251", "Склад топлива"), ("windows-1251", "МОСКВА")]
)
def test_text_is_read_in_the_encoding_that_is_named_and_in_no_other(encoding: str, name: str) -> None:
    content = f"code,name\nA,{name}".encode(encoding)
    assert read_table(in_utf8(content, encoding=encoding), columns=COLUMNS).rows == [{"code": "A", "name": name}]
    with pytest.raises(NotAReadableFile, match=name) as refused:
        in_utf8(content)
    assert refused.value.errors[0].field == "encoding"
    with pytest.raises(NotAReadableFile):
        read_table(content, columns=COLUMNS)


def test_text_in_utf_16_that_says_so_is_read() -> None:
    assert in_utf8("code,name\nA,油库".encode("utf-16")) == "code,name\nA,油库".encode()


def test_an_error_of_the_spreadsheet_is_told_and_not_taken_for_empty() -> None:
    for content in (workbook(COLUMNS, ("A", "#N/A"), ("#REF!", "b")), b"code,name\nA,#N/A\n#REF!,b"):
        errors = read_table(content, columns=COLUMNS).errors
        assert [(error.row, error.field, error.figure) for error in errors] == [
            (0, "name", "#N/A"),
            (1, "code", "#REF!"),
        ]


def test_a_formula_whose_result_was_not_kept_is_told_and_not_taken_for_empty() -> None:
    (error,) = read_table(workbook(COLUMNS, ("A", "=1+1"), ("B", "b")), columns=COLUMNS).errors
    assert (error.row, error.field, error.figure) == (0, "name", "=1+1")


def test_a_number_keeps_the_zeros_that_its_format_shows() -> None:
    book = openpyxl.Workbook()
    for row in (COLUMNS, (123, 7)):
        book.active.append(row)
    book.active["A2"].number_format = "000000"
    content = io.BytesIO()
    book.save(content)
    assert read_table(content.getvalue(), columns=COLUMNS).rows == [{"code": "000123", "name": "7"}]


def test_a_hidden_first_sheet_is_not_read() -> None:
    book = openpyxl.Workbook()
    book.active.append(("code", "secret"))
    book.active.sheet_state = "hidden"
    shown = book.create_sheet("Shown")
    for row in (COLUMNS, ("A", "a")):
        shown.append(row)
    content = io.BytesIO()
    book.save(content)
    assert read_table(content.getvalue(), columns=COLUMNS).rows == [{"code": "A", "name": "a"}]


@pytest.mark.parametrize(
    "written", ["2026-11-27", "2026/11/27", "27.11.2026", "2026年11月27日", "2026/11/7", "7.11.2026"]
)
def test_a_day_is_read_as_the_region_writes_it(written: str) -> None:
    assert day_of(written) in {date(2026, 11, 27), date(2026, 11, 7)}
    assert moment_of(f"{written} 14:05").time().isoformat() == "14:05:00"


@pytest.mark.parametrize("written", ["11/27/2026", "27/11/2026", "27.11.26", "2026-13-01", "31.02.2026", "20261127"])
def test_what_countries_read_differently_is_no_day(written: str) -> None:
    assert day_of(written) is None


def test_text_that_our_files_keep_from_being_a_formula_comes_back_as_it_was() -> None:
    assert read_table(b"code,name\n'-A,'=b", columns=COLUMNS).rows == [{"code": "-A", "name": "=b"}]


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
        (b'code,name\nA,"a\nB,b', "cannot be read as CSV: unexpected end of data"),
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
