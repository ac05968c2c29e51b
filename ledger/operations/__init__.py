"""The only ways to write to the ledger."""

from ledger.operations.post import post
from ledger.operations.reverse import reverse

__all__ = ["post", "reverse"]
