"""Documents of the warehouse: admission, withdrawal, relocation, stock count, and settlement of suspense."""

from bonded.admissions.model import (
    Admission,
    AdmissionLine,
    AdmissionSource,
    AdmissionState,
    CountedGoods,
    DeliveryTerms,
    UndeclaredGoods,
)
from bonded.relocations.model import Relocation, RelocationLine
from bonded.stock_counts.model import StockCount, StockCountLine, StockCountState, StockVariance
from bonded.suspense_resolutions.model import (
    WAYS_OF_CUSTOMS,
    WAYS_OF_SHORT,
    SuspenseResolution,
    SuspenseState,
    SuspenseWay,
)
from bonded.withdrawals.model import Withdrawal, WithdrawalLine, WithdrawalPick, WithdrawalPurpose, WithdrawalState

__all__ = [
    "WAYS_OF_CUSTOMS",
    "WAYS_OF_SHORT",
    "Admission",
    "AdmissionLine",
    "AdmissionSource",
    "AdmissionState",
    "CountedGoods",
    "DeliveryTerms",
    "Relocation",
    "RelocationLine",
    "StockCount",
    "StockCountLine",
    "StockCountState",
    "StockVariance",
    "SuspenseResolution",
    "SuspenseState",
    "SuspenseWay",
    "UndeclaredGoods",
    "Withdrawal",
    "WithdrawalLine",
    "WithdrawalPick",
    "WithdrawalPurpose",
    "WithdrawalState",
]
