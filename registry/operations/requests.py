"""Forgetting answers that nobody will ask for again."""

from datetime import datetime, timedelta

from registry.models import AnsweredRequest

DAYS_KEPT = 30


def forget_answered_requests(*, at: datetime, days: int = DAYS_KEPT) -> int:
    """Forget the requests that came more than so many days ago; how many they were.

    Args:
        days: how long the answers are kept.
    """
    forgotten, _per_model = AnsweredRequest.objects.filter(received_at__lt=at - timedelta(days=days)).delete()
    return forgotten
