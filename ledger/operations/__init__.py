"""The only ways to write to the ledger."""

from ledger.operations.close import close_period
from ledger.operations.lots import open_lots
from ledger.operations.post import post
from ledger.operations.reverse import reverse

__all__ = ["close_period", "open_lots", "post", "reverse"]
