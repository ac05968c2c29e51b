"""Duty and tax that became payable are paid in time, to the fen."""

from datetime import datetime
from typing import Any

from bonded.operations.payments import record_payment
from bonded.payable import payable_cny
from registry.wording import CUSTOMS_TIME
from reports.demo.warehouse import Warehouse


def pay_tax(here: Warehouse, document: Any, at: datetime) -> None:
    """Pay what a sale, a settlement or a stock count made payable, if anything."""
    if owed_cny := payable_cny(document):
        record_payment(
            document=document,
            amount_cny=owed_cny,
            paid_on=at.astimezone(CUSTOMS_TIME).date(),
            reference=f"CEB {at:%Y%m%d} {here.chance.randrange(10**8):08d}",
            actor=here.crew.supervisor,
            at=at,
        )
