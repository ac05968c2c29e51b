"""Loading what the world has agreed on: the Harmonized System and the units of measure."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from registry.errors import FieldError
from registry.models import HsCode, Unit, User
from registry.operations.loading.rows import Cells, Loaded, enter_rows

HS_COLUMNS = ("section", "hscode", "description", "parent", "level")
HS_LEVELS = frozenset({"2", "4", "6"})
UNIT_COLUMNS = ("Status", "CommonCode", "Name", "Description", "LevelAndCategory", "Symbol", "ConversionFactor")

# Things are counted whole; what Recommendation 20 weighs or measures is kept to five decimals.
COUNTED = frozenset("C62 H87 EA NAR PR SET DZN GRO KT NIU NPR PA PK BX CT RO".split())  # noqa: SIM905
# Recommendation 20 gives these no symbol, or one that cannot be read beside a figure.
SYMBOLS = {"C62": "pcs", "H87": "pcs", "EA": "pcs", "NAR": "pcs", "PR": "pairs", "SET": "sets", "DZN": "dozen"}
WITHDRAWN = frozenset({"X", "D"})


@transaction.atomic
def load_hs_codes(*, rows: Sequence[Mapping[str, str]], actor: User | None, at: datetime) -> Loaded:
    """Load headings and subheadings of the Harmonized System: 2, 4 and 6 digits.

    Raises:
        RowsRefused: naming each cell that cannot be accepted.
    Source: World Customs Organization, Harmonized System, as listed by datasets/harmonized-system.
    """
    errors: list[FieldError] = []
    codes = []
    for number, row in enumerate(rows):
        cells = Cells(number, row, errors)
        # The list has one row of its own making for goods that are not specified.
        if cells.text("level") in HS_LEVELS:
            codes.append(
                HsCode(code=cells.text("hscode"), description=cells.text("description"), section=cells.text("section"))
            )
    return enter_rows(
        codes, key=["code"], fields=["description", "section"], actor=actor, at=at, reason="", errors=errors
    )


@transaction.atomic
def load_units(*, rows: Sequence[Mapping[str, str]], actor: User | None, at: datetime) -> Loaded:
    """Load the units of measure that are in force.

    Raises:
        RowsRefused: naming each cell that cannot be accepted.
    Source: UN/ECE Recommendation 20, Codes for Units of Measure Used in International Trade.
    """
    units = []
    for row in rows:
        code = row["CommonCode"]
        if row["Status"] in WITHDRAWN and code not in COUNTED:
            continue
        symbol = SYMBOLS.get(code, row["Symbol"])
        units.append(Unit(code=code, name=row["Name"], symbol=symbol, decimals=0 if code in COUNTED else 5))
    return enter_rows(units, key=["code"], fields=["name", "symbol", "decimals"], actor=actor, at=at, reason="")
