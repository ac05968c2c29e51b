"""Finding the account books that documents name."""

from typing import Any

from customs.models import AccountBook
from documents.api.codes import DocumentCodes


class BookCodes(DocumentCodes):
    def book(self, number: str) -> Any:
        rows = AccountBook.objects.visible_to(self.user).select_related("place")
        return self.one(rows, number, field="book", by="number")
