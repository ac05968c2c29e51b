"""Which state of a tracked row somebody had in view: a row's version is the newest entry of its history.

A page or program reads the version with the row, and sends it along with what it asks for. The operation locks the
row and compares: a decision holds for what was seen, and for nothing else.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from registry.errors import Conflict, FieldError
from registry.timeline import Entry, timeline_of
from registry.wording import local_time_text

DASH = "–"


class ChangedMeanwhile(Conflict):
    """Somebody changed the row after it was shown; `errors` tell what, by whom and when.

    version: the one that whoever reads this has been told of.
    """

    code = "changed-meanwhile"

    def __init__(self, *args: Any, version: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.version = version


def with_version(rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """The rows with their `version_in_view`, read in the same statement: it is never newer than what is shown."""
    kept: Any = rows.model
    if not hasattr(kept, "history"):
        return rows
    entries = kept.history.filter(**{kept._meta.pk.attname: models.OuterRef("pk")}).order_by("-history_id")
    found: models.QuerySet[Any] = rows.annotate(version_in_view=models.Subquery(entries.values("history_id")[:1]))
    return found


def version_of(row: Any) -> int | None:
    """The version of a row whose lock is held, so that no newer one comes; None where its history is empty."""
    newest: int | None = row.history.order_by("-history_id").values_list("history_id", flat=True).first()
    return newest


def require_as_seen(
    row: Any, seen_version: int | None, *, timeline: Callable[[Any], Iterable[Entry]] = timeline_of
) -> None:
    """Compare a locked row with the version that was in view; None compares nothing.

    Args:
        timeline: tells the life of the row, newest first.
    Raises:
        ChangedMeanwhile: naming each field with its old and its new value, who changed it and when.
    """
    if seen_version is None:
        return
    newest = version_of(row)
    if newest is None or newest == seen_version:
        return
    later = [entry for entry in timeline(row) if (entry.history_id or 0) > seen_version]
    message = _("%(row)s is not what was in view. Open it again, then decide.") % {"row": row}
    if later:
        words = {"row": row, "who": later[0].who, "time": local_time_text(later[0].at)}
        message = _("%(who)s changed %(row)s at %(time)s, after you opened it. Read what changed, then decide again.")
        message %= words
    told = [error for entry in reversed(later) for error in _told(entry)]
    raise ChangedMeanwhile(message, errors=[FieldError(message), *told], version=newest)


def _told(entry: Entry) -> Iterable[FieldError]:
    for change in entry.changes:
        words = {
            "field": capfirst(str(change.label)),
            "old": change.old or DASH,
            "new": change.new or DASH,
            "who": entry.who,
            "time": local_time_text(entry.at),
        }
        message = _("%(field)s: %(old)s → %(new)s (%(who)s, %(time)s)") % words
        yield FieldError(message, field=change.name, figure=str(words["new"]))
