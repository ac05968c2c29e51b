"""What the pages share by which a file is taken in: every cell at fault is named by its line and column."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy, ngettext

from fuel.forms.flights import TicketFileForm
from fuel.tables import RefusedCellTable
from registry.errors import RuleBroken
from registry.pages import ActPage, Text
from registry.uploads import Sheet, read_table

SHOWN = 100


@dataclass(frozen=True, slots=True)
class RefusedCell:
    line: int | str
    field: str
    figure: Any
    message: Any


class FilePage(ActPage):
    """A form with a file: all of it is taken in, or nothing."""

    refused: tuple[RefusedCell, ...] = ()

    @contextmanager
    def cells_named(self, sheet: Sheet) -> Iterator[None]:
        """Show what is refused of the sheet's rows as a table; whatever else is refused stays as it is."""
        try:
            yield
        except RuleBroken as broken:
            self.refused = tuple(_cells(broken, sheet))
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
        table = RefusedCellTable(self.refused[:SHOWN]) if self.refused else None
        return super().context(refused=table, refused_beyond=max(len(self.refused) - SHOWN, 0), **more)


class ColumnFilePage(FilePage):
    """A file whose first row names its columns. Write `take_in()`: it reads the sheet and calls ONE operation."""

    template_name = "fuel/ticket_import.html"
    form_class: Any = TicketFileForm
    button: Text = gettext_lazy("Import")
    columns: Sequence[str] = ()
    optional_columns: Sequence[str] = ()
    columns_note: Text = gettext_lazy(
        "The first row names the columns, in any order; text is separated by comma, semicolon or tab."
    )

    def take_in(self, site: Any, sheet: Sheet) -> Any:
        raise NotImplementedError

    def act(self, form: Any, rows: list[dict[str, Any]]) -> Any:
        sheet = read_table(form.cleaned_data["file"], columns=self.columns, optional=self.optional_columns)
        with self.cells_named(sheet):
            return self.take_in(form.cleaned_data["site"], sheet)

    def context(self, **more: Any) -> dict[str, Any]:
        return super().context(columns=self.columns, optional=self.optional_columns, **more)


def _cells(broken: RuleBroken, sheet: Sheet) -> Iterator[RefusedCell]:
    named = [error for error in broken.errors if error.row is not None]
    for error in sorted(named, key=lambda error: error.row or 0):
        line = sheet.lines[error.row] if error.row is not None and error.row < len(sheet.lines) else ""
        yield RefusedCell(line, error.field, error.figure, error.message)
