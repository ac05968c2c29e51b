"""The life of a document: its own history, and what was asked and decided about reversing it."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from documents.models import Reversal, ReversalState
from documents.timeline import timeline_of_document
from registry.timeline import Entry


def timeline_with_reversals(document: Any, reversals: Iterable[Reversal]) -> list[Entry]:
    """The document's history and what was asked and decided about reversing it, newest first."""
    told = timeline_of_document(document)
    for one in reversals:
        told.append(
            Entry(what=_("Reversal requested"), who=str(one.requested_by), at=one.requested_at, reason=one.reason)
        )
        if one.state == ReversalState.REFUSED and one.decided_at is not None:
            told.append(
                Entry(
                    what=_("Reversal refused"), who=str(one.decided_by), at=one.decided_at, reason=one.decision_reason
                )
            )
        if one.state == ReversalState.WITHDRAWN:
            last: Any = one.history.select_related("history_user").latest("history_id")
            told.append(Entry(what=_("Request taken back"), who=str(last.history_user), at=last.history_date))
    return sorted(told, key=lambda entry: entry.at, reverse=True)
