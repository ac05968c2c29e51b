"""Closing a period: from then on nothing is posted on or before its last day."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.utils.translation import gettext as _

from ledger.models import Period
from ledger.postings import PeriodClosed, PeriodNotOver
from registry.errors import FieldError
from registry.models import Site


@transaction.atomic
def close_period(*, site_id: int, through: date, actor_id: int | None, at: datetime, reason: str = "") -> Period:
    """Close a site's period through a customs day and write what every account held at its end.

    Waits for the postings under way and keeps new ones waiting meanwhile. It must come before anything else in its
    database transaction posts: a transaction that has posted and then waits for the others can deadlock with them.

    Args:
        through: The last day of the period, in the time zone of the zone.
        at: The present moment.
        reason: Why it may be closed, where something was left open.

    Raises:
        PeriodClosed: the day lies in a period that is already closed.
        PeriodNotOver: the day is not over yet where the zone is.
        Site.DoesNotExist: the site is unknown.
    """
    site = Site.objects.select_related("zone").get(pk=site_id)
    today = at.astimezone(ZoneInfo(site.zone.time_zone)).date()
    if through >= today:
        message = _("%(date)s is not over yet; close it on a later day.") % {"date": through}
        raise PeriodNotOver(message, errors=[FieldError(message, "through", None, str(through))])
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_exclude_postings()")
        previous = Period.objects.filter(site=site).order_by("-closed_through_date").first()
        if previous and previous.closed_through_date >= through:
            message = _("The period through %(closed)s is closed; close a later day than that.") % {
                "closed": previous.closed_through_date
            }
            raise PeriodClosed(message, errors=[FieldError(message, "through", None, str(through))])
        period = Period.objects.create(
            zone=site.zone, site=site, closed_through_date=through, closed_at=at, closed_by_id=actor_id, reason=reason
        )
        cursor.execute(
            "SELECT ledger_write_closings(%s::bigint, %s::date, %s::date)",
            [site_id, previous.closed_through_date if previous else None, through],
        )
    return period
