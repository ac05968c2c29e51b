#!/usr/bin/env bash
# rustpy-xlsxwriter 0.8.0 (PyPI), read again by openpyxl 3.1.5.
#
# Expected: a datetime.date is written as a day, and a sheet of no records has its headings when they are known.
# Seen:     a datetime.date gets the same number format as a datetime.datetime ("yyyy-mm-ddThh:mm:ss"), so a day is
#           shown with a time of 00:00:00 unless the column is given a format of its own; headings are read off the
#           first record, so that a sheet without records is wholly empty.
# Fails when that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip --disable-pip-version-check install -q "rustpy-xlsxwriter==0.8.0" "openpyxl==3.1.5"
"$folder/venv/bin/python" - "$folder/book.xlsx" <<'PYTHON'
import sys
from datetime import date, datetime

from openpyxl import load_workbook
from rustpy_xlsxwriter import write_worksheets

row = {"day": date(2026, 11, 27), "moment": datetime(2026, 11, 27, 14, 5)}
write_worksheets([("filled", [row]), ("empty", iter([]))], sys.argv[1])
book = load_workbook(sys.argv[1])
formats = [cell.number_format for cell in book["filled"][2]]
print("formats of a day and a moment:", formats)
print("rows of the empty sheet:", list(book["empty"].values))
assert formats == ["yyyy-mm-ddThh:mm:ss"] * 2, "this has changed"
assert not [row for row in book["empty"].values if any(row)], "this has changed"
PYTHON
