"""Finding what documents name beside the register: account books and lots."""

from collections.abc import Iterable
from typing import Any

from customs.models import AccountBook
from ledger.queries import lots
from registry.api.codes import Codes
from registry.models import Site


class DocumentCodes(Codes):
    def book(self, number: str) -> Any:
        rows = AccountBook.objects.visible_to(self.user).select_related("place")
        return self.one(rows, number, field="book", by="number")

    def lots(self, site: Site | None, numbers: Iterable[str | None]) -> list[Any]:
        """Lots by number; None where none is named."""
        rows = lots().visible_to(self.user).select_related("item", "unit", "owner")
        return self.each(rows.filter(zone=site.zone_id) if site else rows.none(), numbers, field="lot", by="number")
