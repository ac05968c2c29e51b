"""How others read the ledger: what is held, what moved, and what a document did."""

from ledger.queries.documents import dependants_of, transactions_of
from ledger.queries.moments import closed_through, day_after, today
from ledger.queries.movements import MovementTotal, entries_of, lot_life, lots, movement_totals
from ledger.queries.picking import FreeStock, free_stock
from ledger.queries.stock import AccountBalance, balance_of, balances
from ledger.queries.totals import AmountsHeld, ItemTurnover, amounts_held, turnover_of

__all__ = [
    "AccountBalance",
    "AmountsHeld",
    "FreeStock",
    "ItemTurnover",
    "MovementTotal",
    "amounts_held",
    "balance_of",
    "balances",
    "closed_through",
    "day_after",
    "dependants_of",
    "entries_of",
    "free_stock",
    "lot_life",
    "lots",
    "movement_totals",
    "today",
    "transactions_of",
    "turnover_of",
]
