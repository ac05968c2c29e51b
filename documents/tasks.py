"""Work about documents that waits for nobody."""

from celery import shared_task
from django.utils import timezone

from documents.operations.mailing import mail_next_notice

MOST_AT_ONCE = 500


@shared_task
def mail_notices() -> int:
    """Every minute: e-mail decisions to those who chose it."""
    sent = 0
    while sent < MOST_AT_ONCE and mail_next_notice(at=timezone.now()):
        sent += 1
    return sent
