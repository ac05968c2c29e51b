"""Deciding on the reversal of a posted document."""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from documents.kind_pages import KindAct
from registry.pages import Link, Text


class DecideReversal(KindAct):
    """The answer to a request for reversal: of customs to what it accepted, else of a supervisor."""

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("requested_by")

    def get_title(self) -> Text:
        return _("Reversal of %(number)s") % {"number": self.object.document_number}

    @property
    def question(self) -> Text:
        words = {"name": self.object.requested_by, "reason": self.object.reason}
        return _("%(name)s asks for it: %(reason)s") % words

    def back(self) -> Link:
        if self.is_from_approvals:
            return super().back()
        return Link(self.object.document_number, self.object.get_absolute_url())
