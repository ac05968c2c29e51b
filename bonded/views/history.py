"""The life of a document as its page tells it: each change of state by its name, and reversals that were asked for."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from bonded.models import Reversal, ReversalState
from registry.timeline import Entry, timeline_of

# Who did it and when is told by the entry itself.
TOLD_BY_THE_ENTRY = (
    "submitted_at",
    "accepted_by",
    "accepted_at",
    "counted_by",
    "picked_by",
    "picked_at",
    "released_by",
    "released_at",
    "discharged_at",
    "approved_by",
    "approved_at",
)


def reversals_of(document: Any) -> list[Reversal]:
    """The reversals of a document that were asked for, latest first."""
    rows = Reversal.objects.filter(document_kind=document.kind, document_id=document.pk)
    return list(rows.select_related("site", "requested_by", "decided_by").order_by("-pk"))  # type: ignore[arg-type]


def timeline_of_document(document: Any, reversals: Iterable[Reversal]) -> list[Entry]:
    """The document's history and what was asked and decided about reversing it, newest first."""
    told = [_named(entry, document) for entry in timeline_of(document, ignore=TOLD_BY_THE_ENTRY)]
    for one in reversals:
        told.append(
            Entry(what=_("Reversal asked for"), who=str(one.requested_by), at=one.requested_at, reason=one.reason)
        )
        if one.state == ReversalState.REFUSED and one.decided_at is not None:
            told.append(
                Entry(
                    what=_("Reversal refused"), who=str(one.decided_by), at=one.decided_at, reason=one.decision_reason
                )
            )
    return sorted(told, key=lambda entry: entry.at, reverse=True)


def _named(entry: Entry, document: Any) -> Entry:
    """Name the entry by the state that the document came to."""
    if not hasattr(document, "state"):
        return entry
    label = document._meta.get_field("state").verbose_name
    states = [change.new for change in entry.changes if change.label == label]
    return replace(entry, what=states[0]) if states else entry
