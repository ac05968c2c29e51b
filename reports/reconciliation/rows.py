"""The statement as rows: what every file and the API give, line by line and item by item."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from reports.reconciliation.definition import LINES
from reports.reconciliation.statement import Counted, Figures, Statement


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One line of one item, or of all items together; quantity is empty where units differ."""

    item: str
    name: str
    code: str
    label: str | Promise
    quantity: Decimal | None
    unit: str
    customs_value_cny: Decimal | None
    tax_cny: Decimal | None


def statement_rows(statement: Statement) -> list[StatementRow]:
    """Every line of the total and of every item, zeros too, then what was counted."""
    unit = statement.unit
    rows = list(
        _rows("", _("All items"), str(unit or ""), statement.total, statement.counted, has_unit=unit is not None)
    )
    for one in statement.items:
        item = one.item
        rows += _rows(item.code, item.name, str(item.unit), one.lines, one.counted, has_unit=True)
    return rows


def _rows(
    item: str, name: str, unit: str, lines: dict[str, Figures], counted: Counted | None, *, has_unit: bool
) -> Iterator[StatementRow]:
    for line in LINES:
        figures = lines[line.code]
        # Book and floor are compared in quantity: values ride in each journal by itself.
        is_compared = line.code == "unexplained"
        yield StatementRow(
            item,
            name,
            line.code,
            line.label,
            figures.quantity if has_unit else None,
            unit,
            None if is_compared else figures.customs_value_cny,
            None if is_compared else figures.tax_cny,
        )
    if counted is not None and has_unit:
        for code, label, quantity, tax_cny in (
            ("counted", _("Physical count"), counted.counted, None),
            ("shortage", _("Shortage"), counted.shortage, counted.tax_due_cny),
            ("overage", _("Overage"), counted.overage, None),
        ):
            yield StatementRow(item, name, code, label, quantity, unit, None, tax_cny)
