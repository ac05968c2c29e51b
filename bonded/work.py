"""In which states the warehouse's documents wait for whoever posts."""

from django.utils.translation import gettext_lazy as _

from bonded.models import StockCount, StockCountState
from documents.work import WorkStep, register_work

STOCK_COUNTS = "bonded:stock_count_list"
STEPS = (
    WorkStep(StockCount, StockCountState.OPEN, _("Stock counts to enter"), "clipboard-check", STOCK_COUNTS),
    WorkStep(StockCount, StockCountState.COUNTED, _("Stock counts to count again"), "clipboard-check", STOCK_COUNTS),
)


def register_steps() -> None:
    register_work(*STEPS)
