"""The life of a warehouse document: its own history, and what was asked and decided about reversing it."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from bonded.models import Reversal, ReversalState
from documents.timeline import timeline_of_document
from registry.timeline import Entry
from registry.versions import with_version


def reversals_of(document: Any) -> list[Reversal]:
    """The reversals of a document that were asked for, latest first."""
    rows = Reversal.objects.filter(document_kind=document.kind, document_id=document.pk)
    return list(with_version(rows).select_related("site", "requested_by", "decided_by").order_by("-pk"))


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
    return sorted(told, key=lambda entry: entry.at, reverse=True)
