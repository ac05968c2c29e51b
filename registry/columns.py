"""Columns of dense tables that write figures, times and states alike on every list.

`render` writes for the page, `value` for a file: plain digits and times that a spreadsheet can reckon with.
"""

from typing import Any

import django_tables2 as tables
from django.template.defaultfilters import default_if_none
from django.utils.translation import gettext_lazy as _

from registry.templatetags import ui
from registry.wording import customs_time_text, local_time_text, plain_digits


class FiguresColumn(tables.Column):
    """A number under a right-aligned heading; `unit` names the record's attribute that holds the unit."""

    def __init__(self, *args: Any, unit: str = "", **extra: Any) -> None:
        super().__init__(*args, **_right_aligned(extra))
        self.unit = unit

    unit_heading = _("unit")

    def value(self, value: Any) -> str:
        return plain_digits(value)

    def unit_of(self, record: Any) -> str:
        return str(default_if_none(tables.A(self.unit).resolve(record, quiet=True), "")) if self.unit else ""


class QuantityColumn(FiguresColumn):
    """A quantity with the digits that it has, or, measured alike down the column, with so many decimals."""

    def __init__(self, *args: Any, places: int | None = None, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.places = places

    def render(self, value: Any, record: Any) -> str:
        if self.places is not None:
            return ui.measured(value, self.places)
        return ui.quantity(value, self.unit_of(record))


class MoneyColumn(FiguresColumn):
    def render(self, value: Any, record: Any) -> str:
        return ui.money(value, self.unit_of(record))


class PriceColumn(FiguresColumn):
    """A price of one unit: to the hundredth, and finer where it is."""

    def render(self, value: Any, record: Any) -> str:
        return ui.price(value, self.unit_of(record))


class PercentColumn(FiguresColumn):
    """A fraction, shown as a percentage; a file gets the fraction."""

    def render(self, value: Any) -> str:
        return ui.percent(value)


class CodeColumn(tables.Column):
    """A code in even letters; the link to its object comes with `linkify=True`."""

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **{"attrs": {"td": {"class": "code"}}, **extra})


class YesColumn(tables.BooleanColumn):
    """A word where the answer is yes, and nothing where it is no."""

    def render(self, value: Any) -> str:
        return str(_("Yes")) if value else ""

    def value(self, value: Any) -> str:
        return str(_("Yes") if value else _("No"))


class LocalTimeColumn(tables.Column):
    def render(self, value: Any) -> str:
        return ui.local_time(value)

    def value(self, value: Any) -> str:
        return local_time_text(value)


class CustomsTimeColumn(tables.Column):
    def render(self, value: Any) -> str:
        return ui.customs_time(value)

    def value(self, value: Any) -> str:
        return customs_time_text(value)


class StatusColumn(tables.Column):
    """The state as a badge, in the words of the record's choices."""

    def render(self, record: Any, bound_column: Any) -> str:
        return ui.status(record, bound_column.accessor)

    def value(self, value: Any) -> str:
        return str(value)


def _right_aligned(extra: dict[str, Any]) -> dict[str, Any]:
    attrs = {part: {"class": "number"} for part in ("th", "td", "tf")}
    return {**extra, "attrs": {**attrs, **extra.get("attrs", {})}}
