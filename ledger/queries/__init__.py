"""How others read the ledger: what is held, what moved, and what a document did."""

from ledger.queries.documents import dependants_of, transactions_of
from ledger.queries.moments import closed_through, day_after, today
from ledger.queries.movements import MovementTotal, entries_of, lot_life, lots, movement_totals
from ledger.queries.stock import AccountBalance, balance_of, balances

__all__ = [
    "AccountBalance",
    "MovementTotal",
    "balance_of",
    "balances",
    "closed_through",
    "day_after",
    "dependants_of",
    "entries_of",
    "lot_life",
    "lots",
    "movement_totals",
    "today",
    "transactions_of",
]
