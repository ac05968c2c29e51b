"""The resource that every warehouse document is."""

from bonded.rules import RULES
from documents.api import documents


class DocumentResource(documents.DocumentResource):
    """Warehouse documents of the sites that the user may see."""

    rules = RULES
