"""The reconciliation statement: one definition, read by page, CSV, XLSX and API alike (docs/adr/0003)."""

from reports.reconciliation.definition import LINES, Line, Section
from reports.reconciliation.statement import Counted, Figures, ItemStatement, Scope, Statement, reconcile
from reports.reconciliation.verification import Difference, recomputed_from_entries

__all__ = [
    "LINES",
    "Counted",
    "Difference",
    "Figures",
    "ItemStatement",
    "Line",
    "Scope",
    "Section",
    "Statement",
    "recomputed_from_entries",
    "reconcile",
]
