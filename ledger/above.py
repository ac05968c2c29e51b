"""What upper rooms know of what the ledger only names, for the pages of stock and lots."""

from collections.abc import Callable
from typing import Any

from django.db.models import Expression, QuerySet

from registry.models import User


class Above:
    """Whoever knows one of these puts it here, from an app's ``ready()``.

    Attributes:
        url_of: where a document has its page, by its `kind` and `document_id`; empty for what has none.
        books: the account books that a user may see, each with its `site` and its `place` in the ledger.
        stays_through: the day through which a lot may stay, as a column of lots; NULL where nothing limits it.
    """

    url_of: Callable[..., str]
    books: Callable[[User], QuerySet[Any]]
    stays_through: Callable[[], Expression]


above = Above()
