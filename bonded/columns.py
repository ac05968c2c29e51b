"""Columns that only lists of what duty and tax are paid on have."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from bonded.payable import is_unpaid
from registry.columns import LocalTimeColumn
from registry.templatetags import ui


class PaidColumn(LocalTimeColumn):
    """The day on which duty and tax were paid; what is payable and not paid says so."""

    def __init__(self, **extra: Any) -> None:
        super().__init__(**{"empty_values": (), "verbose_name": _("Paid on"), **extra})

    def render(self, value: Any, record: Any) -> str:  # type: ignore[override]
        if value:
            return super().render(value)
        return ui.badge("warning", _("Not paid")) if is_unpaid(record) else ""

    def value(self, value: Any) -> str:
        return super().value(value) if value else ""
