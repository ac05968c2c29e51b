"""The resource that every fuel document is, and the acts as its answers name them."""

from typing import Any

from documents.api import documents
from documents.api.answers import Acts
from fuel.rules import RULES


class FuelActs(Acts):
    """What the caller may do to the document as it stands, as the addresses of the acts end."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(RULES, **kwargs)


class DocumentResource(documents.DocumentResource):
    """Fuel documents of the sites that the user may see."""

    rules = RULES
