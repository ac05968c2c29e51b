#!/usr/bin/env bash
# python-calamine 0.9.1 (PyPI) reads what openpyxl 3.1.5 wrote.
#
# Expected: a cell that holds an error (#N/A), or a formula whose result no program has kept yet, can be told from a
#           cell that is empty.
# Seen:     all three are read as the empty text "". Whoever takes an empty cell for "leave as it is" or for "remove"
#           overwrites a known figure without a word. openpyxl tells them apart (data type "e"; the formula itself
#           with data_only=False).
# Fails when that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip --disable-pip-version-check install -q "python-calamine==0.9.1" "openpyxl==3.1.5"
"$folder/venv/bin/python" - "$folder/book.xlsx" <<'PYTHON'
import sys

import openpyxl
import python_calamine

book = openpyxl.Workbook()
book.active.append(["litres", "#N/A", "=20000+4000", None, "end"])
assert [cell.data_type for cell in book.active[1]][1:3] == ["e", "f"]
book.save(sys.argv[1])
(read,) = python_calamine.CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python()
print("written: error, formula, nothing; read:", read[1:4])
assert read == ["litres", "", "", "", "end"], "this has changed"
PYTHON
