"""Keeping the files of a refused form until it is sent again, and forgetting them."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from registry.models import KeptFile, User

HOURS_KEPT = 24
# A form with a photo and five attachments, and not more of one user's than that several times over.
MOST_OF_A_USER = 30
LARGEST_KEPT_BYTES = 5_000_000


def keep_file(*, file: Any, user: User, at: datetime) -> KeptFile | None:
    """Keep an uploaded file for its user; None where it is too large to be kept.

    Args:
        file: as Django hands it over, with name, size and content type.
    """
    if (file.size or 0) > LARGEST_KEPT_BYTES:
        return None
    file.seek(0)
    kept: KeptFile = KeptFile.objects.create(
        user=user,
        name=(file.name or "")[-255:],
        content_type=(file.content_type or "")[:100],
        content=file.read(),
        kept_at=at,
    )
    own = KeptFile.objects.filter(user=user).order_by("-pk").values_list("pk", flat=True)
    KeptFile.objects.filter(pk__in=list(own[MOST_OF_A_USER:])).delete()
    return kept


def kept_files(*, tokens: Collection[UUID], user: User) -> list[KeptFile]:
    """The files behind the tokens that are the user's own and not forgotten yet, in the order they were kept."""
    return list(KeptFile.objects.visible_to(user).filter(token__in=tokens).order_by("pk")) if tokens else []


def release_kept_files(*, tokens: Collection[UUID], user: User) -> None:
    """Forget files whose form was taken, or that their user took out of it."""
    if tokens:
        KeptFile.objects.visible_to(user).filter(token__in=tokens).delete()


def forget_kept_files(*, at: datetime, hours: int = HOURS_KEPT) -> int:
    """Forget the files that were kept more than so many hours ago; how many they were."""
    forgotten, _per_model = KeptFile.objects.filter(kept_at__lt=at - timedelta(hours=hours)).delete()
    return forgotten
