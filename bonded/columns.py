"""Columns that only lists of goods have."""

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from bonded.expiry import is_expired_now
from bonded.payable import is_unpaid
from registry.columns import LocalTimeColumn
from registry.templatetags import ui


class ExpiryColumn(LocalTimeColumn):
    """The day up to which goods are good; what is past it says so."""

    def render(self, value: Any) -> str:
        written = super().render(value)
        return format_html("{} {}", written, ui.badge("bad", _("Expired"))) if is_expired_now(value) else written


class PaidColumn(LocalTimeColumn):
    """The day on which duty and tax were paid; what is payable and not paid says so."""

    def __init__(self, **extra: Any) -> None:
        super().__init__(**{"empty_values": (), "verbose_name": _("Paid on"), **extra})

    def render(self, value: Any, record: Any) -> str:
        if value:
            return super().render(value)
        return ui.badge("warning", _("Not paid")) if is_unpaid(record) else ""

    def value(self, value: Any) -> str:
        return super().value(value) if value else ""
