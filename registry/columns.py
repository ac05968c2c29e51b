"""Columns of dense tables that write figures, times and states alike on every list."""

from typing import Any

import django_tables2 as tables
from django.template.defaultfilters import default_if_none

from registry.templatetags import ui


class FiguresColumn(tables.Column):
    """A number under a right-aligned heading; `unit` names the record's attribute that holds the unit."""

    def __init__(self, *args: Any, unit: str = "", **extra: Any) -> None:
        super().__init__(*args, **_right_aligned(extra))
        self.unit = unit

    def unit_of(self, record: Any) -> str:
        return str(default_if_none(tables.A(self.unit).resolve(record, quiet=True), "")) if self.unit else ""


class QuantityColumn(FiguresColumn):
    def render(self, value: Any, record: Any) -> str:
        return ui.quantity(value, self.unit_of(record))


class MoneyColumn(FiguresColumn):
    def render(self, value: Any, record: Any) -> str:
        return ui.money(value, self.unit_of(record))


class LocalTimeColumn(tables.Column):
    def render(self, value: Any) -> str:
        return ui.local_time(value)


class CustomsTimeColumn(tables.Column):
    def render(self, value: Any) -> str:
        return ui.customs_time(value)


class StatusColumn(tables.Column):
    """The state as a badge, in the words of the record's choices."""

    def render(self, record: Any, bound_column: Any) -> str:
        return ui.status(record, bound_column.accessor)


def _right_aligned(extra: dict[str, Any]) -> dict[str, Any]:
    attrs = {part: {"class": "number"} for part in ("th", "td", "tf")}
    return {**extra, "attrs": {**attrs, **extra.get("attrs", {})}}
