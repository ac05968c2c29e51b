"""Deciding on the reversal of a posted document."""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from documents.kind_pages import KindAct
from documents.kinds import url_of
from registry.pages import Link, Text

# The acts that decide.
ANSWERS = ("approve", "refuse")


class DecideReversal(KindAct):
    """The answer to a request for reversal, by whoever decides on this kind of document."""

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("requested_by")

    def get_title(self) -> Text:
        return _("Reversal of %(number)s") % {"number": self.object.document_number}

    @property
    def question(self) -> Text:
        words = {"name": self.object.requested_by, "reason": self.object.reason}
        return _("%(name)s requests it: %(reason)s") % words

    def back(self) -> Link:
        if self.is_from_approvals:
            return super().back()
        return Link(self.object.document_number, _document_of(self.object))

    @property
    def is_decision(self) -> bool:
        return self.offer.act.name in ANSWERS

    def page_of(self, outcome: Any) -> str:
        return _document_of(outcome)


def _document_of(reversal: Any) -> str:
    return url_of(kind=reversal.document_kind, document_id=reversal.document_id)
