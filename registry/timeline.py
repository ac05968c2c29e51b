"""The change history of tracked rows, told as a timeline: what, who, when, why, old -> new."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.facts import in_words

WHAT = {
    "+": gettext_lazy("Added"),
    "~": gettext_lazy("Changed"),
    "-": gettext_lazy("Removed"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """name: of the column, where a form or a program knows it by that."""

    label: str | Promise
    old: Any
    new: Any
    name: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One moment in the life of a row; `changes` is empty when the row was added or removed.

    history_id: the history row, for whoever says later which state of the row was in view; None where it tells of
        something beside the row.
    """

    what: str | Promise
    who: str
    at: datetime
    reason: str = ""
    changes: list[Change] = field(default_factory=list)
    history_id: int | None = None


def timeline_of(row: Any, *, ignore: Iterable[str] = ()) -> list[Entry]:
    """Tell the life of one tracked row, newest first, in a constant number of queries."""
    return timeline_of_records(row.history.all(), ignore=ignore)


def timeline_of_records(
    records: models.QuerySet[Any], *, named: Callable[[Any], str] | None = None, ignore: Iterable[str] = ()
) -> list[Entry]:
    """Tell the history rows of one model as one timeline, newest first.

    Args:
        records: rows of the model's history, of one object or of several.
        named: says of a history row which object it is about.
        ignore: columns whose changes are not told.
    """
    told = list(records.select_related("history_user").order_by("history_date", "history_id"))
    if not told:
        return []
    fields = [
        known
        for known in told[0].instance_type._meta.concrete_fields
        if not known.primary_key and known.name not in set(ignore) and hasattr(told[0], known.attname)
    ]
    names = {known.attname: _names(known, told) for known in fields if known.is_relation}
    entries = []
    last_of: dict[Any, Any] = {}
    for record in told:
        what = WHAT[record.history_type]
        row_id = getattr(record, record.instance_type._meta.pk.attname)
        before = last_of.get(row_id)
        entries.append(
            Entry(
                what=_("%(what)s: %(name)s") % {"what": what, "name": named(record)} if named else what,
                who=str(record.history_user or _("The system")),
                at=record.history_date,
                reason=record.history_change_reason or "",
                changes=_changes(before, record, fields, names) if before and record.history_type == "~" else [],
                history_id=None if named else record.history_id,
            )
        )
        last_of[row_id] = record
    entries.reverse()
    return entries


def _changes(before: Any, after: Any, fields: list[Any], names: dict[str, dict[Any, str]]) -> list[Change]:
    return [
        Change(known.verbose_name, _in_words(known, before, names), _in_words(known, after, names), known.name)
        for known in fields
        if getattr(before, known.attname) != getattr(after, known.attname)
    ]


def _names(known: Any, records: list[Any]) -> dict[Any, str]:
    """What the rows are called that a foreign key has pointed to; nothing is asked when it never changed."""
    keys = {getattr(record, known.attname) for record in records}
    if len(keys) < 2:
        return {}
    column = known.target_field.attname
    rows = known.related_model._base_manager.filter(**{f"{column}__in": keys - {None}})
    return {getattr(row, column): str(row) for row in rows}


def _in_words(known: Any, record: Any, names: dict[str, dict[Any, str]]) -> Any:
    value = getattr(record, known.attname)
    return names[known.attname].get(value, value) if known.attname in names else in_words(known, value)
