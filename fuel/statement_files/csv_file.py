"""A statement's lines as CSV: RFC 4180, UTF-8 with its mark, one row a line, columns named as in the JSON file."""

import csv
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from fuel.statement_content import StatementContent
from fuel.statement_files.rows import COLUMNS, cells_of
from registry.csv_files import STARTS_OF_FORMULAS


class _Line:
    """csv writes into this and gets the line back."""

    def write(self, text: str) -> str:
        return text


def write_csv(content: StatementContent) -> Iterator[bytes]:
    """The lines one after the other, in bounded memory."""
    write = csv.writer(_Line()).writerow
    yield ("\ufeff" + str(write(["statement", "currency", *COLUMNS]))).encode()
    for line in content.lines:
        yield str(write([content.number, content.currency, *(_text(cell) for cell in cells_of(line))])).encode()


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return format(cell, "f")
    text = str(cell)
    # A spreadsheet would take such text for a formula; a figure may begin with a minus.
    return f"'{text}" if text.startswith(STARTS_OF_FORMULAS) else text
