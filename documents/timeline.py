"""The life of a document as its page tells it: each change of state by its name."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from documents.models import LinesAsOf
from registry.facts import in_words
from registry.timeline import Change, Entry, timeline_of

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
    "payment_key",
)


def timeline_of_document(document: Any) -> list[Entry]:
    """The document's history with its lines', newest first; an entry that changed the state is named by that state.

    What somebody entered because customs had decided it is told so.
    """
    entries = history_with_lines(document, ignore=TOLD_BY_THE_ENTRY)
    for_customs = _entered_for_customs(document) if hasattr(document, "is_entered_for_customs") else frozenset()
    return [
        replace(
            _named(entry, document),
            who=_("entered by %(who)s for customs") % {"who": entry.who}
            if entry.history_id in for_customs
            else entry.who,
        )
        for entry in entries
    ]


def history_with_lines(document: Any, *, ignore: Iterable[str] = ()) -> list[Entry]:
    """The document's history, newest first, each entry with what it changed in the lines.

    Args:
        ignore: columns whose changes are not told.
    """
    entries = timeline_of(document, ignore=ignore)
    changed = _changed_lines(document) if hasattr(document, "lines") else {}
    return [replace(entry, changes=[*entry.changes, *changed.get(entry.history_id, [])]) for entry in entries]


def _entered_for_customs(document: Any) -> frozenset[int]:
    """The entries of the history by which somebody entered what customs had decided."""
    rows = document.history.filter(is_entered_for_customs=True)
    return frozenset(rows.values_list("history_id", flat=True))


def _named(entry: Entry, document: Any) -> Entry:
    if not hasattr(document, "state"):
        return entry
    label = document._meta.get_field("state").verbose_name
    states = [change.new for change in entry.changes if change.label == label]
    return replace(entry, what=states[0]) if states else entry


Line = dict[str, Any]


def lines_by_version(document: Any) -> dict[int, list[Line]]:
    """What the lines said from each entry of the history on that changed them, the oldest first."""
    kept = LinesAsOf.objects.filter(document_kind=document.kind, document_id=document.pk).order_by("history_id")
    return dict(kept.values_list("history_id", "lines"))


def _changed_lines(document: Any) -> dict[int | None, list[Change]]:
    """By entry of the history what it changed in the lines, old and new."""
    changed: dict[int | None, list[Change]] = {}
    before: list[Line] | None = None
    for history_id, lines in lines_by_version(document).items():
        if before is not None:
            changed[history_id] = list(_line_changes(document.lines.model, before, lines))
        before = lines
    return changed


def _line_changes(model: Any, before: list[Line], after: list[Line]) -> Iterator[Change]:
    """Lines of the same item are one line that changed; what else differs was taken out or added."""
    old_items, new_items = ([line.get("item") for line in lines] for lines in (before, after))
    compared = SequenceMatcher(None, old_items, new_items, autojunk=False)
    for what, start, end, new_start, new_end in compared.get_opcodes():
        old, new = before[start:end], after[new_start:new_end]
        if what == "equal":
            for old_line, new_line in zip(old, new, strict=True):
                yield from _column_changes(model, old_line, new_line)
            continue
        for line in old:
            yield Change(_("Line %(row)s, taken out") % {"row": line["row"]}, _summary(model, line), "")
        for line in new:
            yield Change(_("Line %(row)s, added") % {"row": line["row"]}, "", _summary(model, line))


def _column_changes(model: Any, old: Line, new: Line) -> Iterator[Change]:
    for known in model._meta.concrete_fields:
        if known.name == "row" or known.name not in new or old.get(known.name) == new[known.name]:
            continue
        label = _("Line %(row)s, %(field)s") % {"row": new["row"], "field": known.verbose_name}
        yield Change(label, _in_words(known, old.get(known.name)), _in_words(known, new[known.name]))


def _summary(model: Any, line: Line) -> str:
    """The whole line in words, so that what was taken out can still be read."""
    told = (
        f"{capfirst(str(known.verbose_name))}: {value}"
        for known in model._meta.concrete_fields
        if known.name != "row" and (value := _in_words(known, line.get(known.name)))
    )
    return "; ".join(told)


def _in_words(known: Any, value: Any) -> str:
    return str(value or "") if known.is_relation else str(in_words(known, known.to_python(value)))
