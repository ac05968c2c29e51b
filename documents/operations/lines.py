"""Lines have a history like their document: whoever amends them leaves the former ones to be read."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from documents.models import Document, LinesAsOf
from documents.operations.documents import keep
from registry.models import User


def keep_with_lines(document: Document, rows: Sequence[Any], *, actor: User, at: datetime, reason: str = "") -> None:
    """Save a document with the lines that it has from now on; what they said before stays in its history.

    Args:
        rows: unsaved lines of one model.
    """
    lines: Any = document.lines  # type: ignore[attr-defined]
    if document.pk is not None:
        _keep_as_of_now(document)
        lines.all().delete()
    keep(document, actor=actor, at=at, reason=reason)
    type(rows[0])._default_manager.bulk_create(rows)
    _keep_as_of_now(document)


def _keep_as_of_now(document: Any) -> None:
    """Write down the lines beside the newest entry of the document's history, once."""
    newest = document.history.order_by("-history_id").values_list("history_id", flat=True).first()
    if newest is None or LinesAsOf.objects.filter(**_of(document), history_id=newest).exists():
        return
    LinesAsOf.objects.create(**_of(document), history_id=newest, lines=_told(document))


def _of(document: Any) -> dict[str, Any]:
    return {"document_kind": document.kind, "document_id": document.pk}


def _told(document: Any) -> list[dict[str, Any]]:
    """What somebody declared in each line, by the names of its columns; of another row its own words."""
    lines = document.lines.order_by("row")
    fields = [
        known
        for known in lines.model._meta.concrete_fields
        if known.editable and not known.primary_key and known.related_model is not type(document)
    ]
    pointed = [known.name for known in fields if known.is_relation]
    return [
        {known.name: _plain(known, getattr(line, known.name)) for known in fields}
        for line in lines.select_related(*pointed)
    ]


def _plain(known: Any, value: Any) -> Any:
    return str(value) if known.is_relation and value is not None else value
