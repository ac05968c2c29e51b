"""Reads of requests for reversal: of one document, of a user's sites, and of a moment."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from documents.models import Reversal, ReversalState
from registry.models import User
from registry.versions import with_version


def reversals_of(document: Any) -> list[Reversal]:
    """The reversals of a document that were asked for, latest first."""
    rows = Reversal.objects.filter(document_kind=document.kind, document_id=document.pk)
    return list(with_version(rows).select_related("site", "requested_by", "decided_by").order_by("-pk"))


def recent_reversals(*, user: User, most: int) -> list[Reversal]:
    """The reversals last asked for at the user's sites."""
    rows: Any = Reversal.objects.visible_to(user)
    return list(rows.select_related("site", "requested_by", "decided_by").order_by("-pk")[:most])


def reversed_before(*, kind: str, moment: datetime) -> QuerySet[Any, Any]:
    """The ids of the documents of a kind whose reversal was approved before a moment."""
    approved = Reversal.objects.filter(document_kind=kind, state=ReversalState.APPROVED, decided_at__lt=moment)
    return approved.values("document_id")
