"""A statement's lines as CSV: RFC 4180, UTF-8 with its mark, one row a line, columns named as in the JSON file."""

import csv
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from fuel.billing.statement_content import StatementContent
from fuel.billing.statement_files.rows import COLUMNS, cells_of
from registry.csv_files import Line, harmless


def write_csv(content: StatementContent) -> Iterator[bytes]:
    """The lines one after the other, in bounded memory."""
    write = csv.writer(Line()).writerow
    yield ("\ufeff" + str(write(["statement", "currency", *COLUMNS]))).encode()
    for line in content.lines:
        yield str(write([content.number, content.currency, *(_text(cell) for cell in cells_of(line))])).encode()


def _text(cell: Any) -> str:
    # A minus before a figure is no formula.
    return format(cell, "f") if isinstance(cell, Decimal) else harmless(cell)
