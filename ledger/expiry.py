"""When goods are past their date: asked where lots are chosen, and told wherever their lines are shown."""

from datetime import date, datetime

from django.utils import timezone

from ledger.queries import customs_day


def is_expired(expiry_date: date | None, day: date) -> bool:
    """Whether goods are past their date; on the day itself they are still good."""
    return expiry_date is not None and expiry_date < day


def is_expired_now(expiry_date: date | None, at: datetime | None = None) -> bool:
    """Whether goods are past their date on the present customs day."""
    return is_expired(expiry_date, customs_day(at or timezone.now()))
