"""Work of the register that waits for nobody."""

from celery import shared_task
from django.utils import timezone

from registry.operations import requests


@shared_task
def forget_answered_requests() -> int:
    """Every night: answers kept for idempotency keys that are too old to be asked for."""
    return requests.forget_answered_requests(at=timezone.now())
