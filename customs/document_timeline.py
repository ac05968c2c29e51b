"""The life of a document as its page tells it: each change of state by its name."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

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
    "received_by",
    "signed_by",
    "signed_at",
    "matched_by",
    "matched_at",
    "decided_by",
    "decided_at",
    "undone_at",
    "is_entered_for_customs",
)


def timeline_of_document(document: Any) -> list[Entry]:
    """The document's history, newest first; an entry that changed the state is named by the state it came to.

    What somebody entered because customs had decided it is told so.
    """
    entries = [_named(entry, document) for entry in timeline_of(document, ignore=TOLD_BY_THE_ENTRY)]
    if not hasattr(document, "is_entered_for_customs"):
        return entries
    for_customs = set(document.history.filter(is_entered_for_customs=True).values_list("history_id", flat=True))
    return [
        replace(entry, who=_("entered by %(who)s for customs") % {"who": entry.who})
        if entry.history_id in for_customs
        else entry
        for entry in entries
    ]


def _named(entry: Entry, document: Any) -> Entry:
    if not hasattr(document, "state"):
        return entry
    label = document._meta.get_field("state").verbose_name
    states = [change.new for change in entry.changes if change.label == label]
    return replace(entry, what=states[0]) if states else entry
