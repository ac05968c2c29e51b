"""The acts on warehouse documents as answers name them."""

from typing import Any

from bonded.rules import RULES
from documents.api.answers import Acts


class WarehouseActs(Acts):
    """What the caller may do to the document as it stands; a reversal is asked for and not done at once."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(RULES, addresses={"reverse": "request-reversal"}, **kwargs)
