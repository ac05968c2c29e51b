"""Columns that only lists of goods have."""

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from ledger.expiry import is_expired_now
from registry.columns import LocalTimeColumn
from registry.templatetags import ui


class ExpiryColumn(LocalTimeColumn):
    """The day up to which goods are good; what is past it says so."""

    def render(self, value: Any) -> str:
        written = super().render(value)
        return format_html("{} {}", written, ui.badge("bad", _("Expired"))) if is_expired_now(value) else written
