"""A file of rows that is taken in whole or not at all; every cell at fault is named."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy, ngettext

from fuel.forms.tickets import TicketFileForm
from fuel.ticket_tables import RefusedCellTable
from registry.errors import FieldError, RuleBroken
from registry.pages import Text


class ImportPage:
    """Put before an act page. Declare the columns and write `take_in()`: it reads the file and calls ONE operation."""

    template_name = "fuel/ticket_import.html"
    form_class: Any = TicketFileForm
    button: Text = gettext_lazy("Take in")
    columns: Sequence[str] = ()
    optional_columns: Sequence[str] = ()
    columns_note: Text = gettext_lazy("The first row names the columns, in any order, separated by comma or semicolon.")
    refused: tuple[FieldError, ...] = ()

    def take_in(self, site: Any, content: bytes) -> Any:
        raise NotImplementedError

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Any:
        try:
            return self.take_in(form.cleaned_data["site"], form.cleaned_data["file"])
        except RuleBroken as broken:
            self.refused = tuple(error for error in broken.errors if error.row is not None)
            if not self.refused:
                raise
            cells = len(self.refused)
            message = ngettext(
                "%(cells)s cell cannot be accepted; nothing was taken in.",
                "%(cells)s cells cannot be accepted; nothing was taken in.",
                cells,
            )
            raise RuleBroken(message % {"cells": cells}) from broken

    def context(self, **more: Any) -> dict[str, Any]:
        table = RefusedCellTable(sorted(self.refused, key=lambda error: error.row or 0)) if self.refused else None
        shown = {"refused": table, "columns": self.columns, "optional": self.optional_columns}
        return super().context(**shown, **more)  # type: ignore[misc]
