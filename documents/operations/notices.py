"""Whoever submitted or asked for something is told what was decided: in the application, and by e-mail who chose it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from documents.models import Notice
from registry.models import User
from registry.versions import version_of


def tell_of_decision(
    document: Any,
    *,
    act: str,
    people: Iterable[int | None],
    made_on: int,
    state: str,
    actor: User,
    at: datetime,
    reason: str,
) -> None:
    """Tell each of the people, but for those who cannot sign in any more.

    Args:
        document: that was acted on; a request about another document names that one as `document_kind` and so on.
        act: by its name.
        people: ids of users.
        made_on: the version of the document that was decided on.
        state: that it came to; empty where it kept its own.
    """
    told = User.objects.filter(pk__in=people, is_active=True)
    version: Any = version_of(document)
    Notice.objects.bulk_create(
        Notice(
            to=user,
            document_kind=getattr(document, "document_kind", document.kind),
            document_id=getattr(document, "document_id", document.pk),
            document_number=getattr(document, "document_number", "") or document.number,
            acted_on=document.kind,
            act=act,
            state=state,
            by=actor,
            at=at,
            reason=reason,
            made_on=made_on,
            version=version,
            is_to_be_mailed=user.gets_decisions_by_mail,
        )
        for user in told
    )


def read_notices(*, user: User, at: datetime, notices: Iterable[Notice] | None = None) -> int:
    """Note that somebody has read the notices, or all of theirs; how many were unread."""
    unread = Notice.objects.visible_to(user).unread()
    if notices is not None:
        unread = unread.filter(pk__in=[notice.pk for notice in notices])
    return unread.update(read_at=at)
