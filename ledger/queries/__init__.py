"""How others read the ledger: what is held, what moved, and what a document did."""

from ledger.queries.documents import dependants_of, standing_transactions_of, transactions_of
from ledger.queries.lot_list import lot_statement, lots_held, transactions_of_lot
from ledger.queries.moments import closed_through, customs_day, day_after, first_days_of_months, first_moment_of, today
from ledger.queries.months import INTO_BOOKS, OUT_OF_BOOKS, MonthTotal, book_movements, month_totals
from ledger.queries.movements import (
    MovementTotal,
    PlaceTurnover,
    entries_of,
    lot_life,
    lots,
    movement_totals,
    turnover_of_place,
)
from ledger.queries.periods import closed_periods, last_closed_periods
from ledger.queries.picking import BookStock, FreeStock, PlaceStock, book_stock, free_stock, stock_in
from ledger.queries.reconciliation import (
    KindSums,
    PlaceSums,
    Sums,
    SuspenseLot,
    book_balance,
    book_from_entries,
    book_movements_by_kind,
    floor_of_book,
    lots_in_suspense,
)
from ledger.queries.stock import AccountBalance, balance_of, balances
from ledger.queries.stock_list import Grouping, StockList, StockQuestion, StockRow, StockTotals
from ledger.queries.time_limits import CLOSE_LIMITS, TimeLimits, by_time_limit, lots_in_care, time_limits
from ledger.queries.totals import (
    AmountsHeld,
    ItemTurnover,
    JournalDifference,
    amounts_held,
    journal_differences,
    turnover_of,
)

__all__ = [
    "CLOSE_LIMITS",
    "INTO_BOOKS",
    "OUT_OF_BOOKS",
    "AccountBalance",
    "AmountsHeld",
    "BookStock",
    "FreeStock",
    "Grouping",
    "ItemTurnover",
    "JournalDifference",
    "KindSums",
    "MonthTotal",
    "MovementTotal",
    "PlaceStock",
    "PlaceSums",
    "PlaceTurnover",
    "StockList",
    "StockQuestion",
    "StockRow",
    "StockTotals",
    "Sums",
    "SuspenseLot",
    "TimeLimits",
    "amounts_held",
    "balance_of",
    "balances",
    "book_balance",
    "book_from_entries",
    "book_movements",
    "book_movements_by_kind",
    "book_stock",
    "by_time_limit",
    "closed_periods",
    "closed_through",
    "customs_day",
    "day_after",
    "dependants_of",
    "entries_of",
    "first_days_of_months",
    "first_moment_of",
    "floor_of_book",
    "free_stock",
    "journal_differences",
    "last_closed_periods",
    "lot_life",
    "lot_statement",
    "lots",
    "lots_held",
    "lots_in_care",
    "lots_in_suspense",
    "month_totals",
    "movement_totals",
    "standing_transactions_of",
    "stock_in",
    "time_limits",
    "today",
    "transactions_of",
    "transactions_of_lot",
    "turnover_of",
    "turnover_of_place",
]
