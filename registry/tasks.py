"""Work of the register that waits for nobody."""

from celery import shared_task
from django.utils import timezone

from registry.operations import kept_files, requests


@shared_task
def forget_answered_requests() -> int:
    """Every night: answers kept for idempotency keys that are too old to be asked for."""
    return requests.forget_answered_requests(at=timezone.now())


@shared_task
def forget_kept_files() -> int:
    """Every night: files of refused forms that were not sent again."""
    return kept_files.forget_kept_files(at=timezone.now())
