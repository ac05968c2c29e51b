"""Finding what documents name beside the register: account books and lots."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from ledger.queries import lots
from registry.api.codes import Codes
from registry.errors import FieldError
from registry.models import Site


class DocumentCodes(Codes):
    def lots(self, site: Site | None, numbers: Iterable[str | None]) -> list[Any]:
        """Lots by number; None where none is named."""
        rows = lots().visible_to(self.user).select_related("item", "unit", "owner")
        return self.each(rows.filter(zone=site.zone_id) if site else rows.none(), numbers, field="lot", by="number")

    def items_in_unit(self, site: Site | None, lines: Iterable[dict[str, Any]]) -> list[Any]:
        """The items of lines; a line that names a unit means the item's own, and any other is refused."""
        rows = list(lines)
        items = self.items(site, [row["item"] for row in rows])
        for number, (row, item) in enumerate(zip(rows, items, strict=True)):
            unit = row.get("unit")
            if item is not None and unit is not None and unit != item.unit_id:
                words = {"item": item.code, "unit": item.unit_id}
                message = _("%(item)s is declared in %(unit)s, and in no other unit.") % words
                self.errors.append(FieldError(message, field="unit", row=number, figure=unit))
        return items
