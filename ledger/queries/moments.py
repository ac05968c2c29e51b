"""Days and moments: a customs day begins and ends by the clock of its zone."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ledger.models import Period
from registry.models import Zone
from registry.wording import CUSTOMS_TIME

_EARLIEST, _LATEST = date(1900, 1, 1), date(2200, 12, 31)


def day_after(*, day: date, site_id: int | None = None, zone_id: int | None = None) -> datetime:
    """The first moment after a customs day: the ``until`` that asks for the state at the end of that day.

    Args:
        site_id, zone_id: One of them says by whose clock.

    Raises:
        Zone.DoesNotExist: the site or the zone is unknown.
    """
    return datetime.combine(_meant(day) + timedelta(days=1), time.min, _clock(site_id, zone_id))


def first_moment_of(*, day: date, site_id: int | None = None, zone_id: int | None = None) -> datetime:
    """The moment at which a customs day begins; see day_after."""
    return datetime.combine(_meant(day), time.min, _clock(site_id, zone_id))


def first_days_of_months(present: date, number: int) -> list[date]:
    """The first days of the last months, the present month's last."""
    count = present.year * 12 + present.month - 1
    return [date(month // 12, month % 12 + 1, 1) for month in range(count - number + 1, count + 1)]


def today(*, at: datetime, site_id: int | None = None, zone_id: int | None = None) -> date:
    """The customs day that a moment belongs to, by the clock of the site's or the given zone."""
    return at.astimezone(_clock(site_id, zone_id)).date()


def customs_day(at: datetime) -> date:
    """The day that a moment belongs to by customs time, where no one zone is asked about."""
    return at.astimezone(CUSTOMS_TIME).date()


def closed_through(*, site_id: int) -> date | None:
    """The last day of the site that is closed; None when nothing is."""
    return (
        Period.objects.filter(site=site_id)
        .order_by("-closed_through_date")
        .values_list("closed_through_date", flat=True)
        .first()
    )


def _meant(day: date) -> date:
    """Days so far away that no clock shows them stand for the first and the last that matter."""
    return min(max(day, _EARLIEST), _LATEST)


def _clock(site_id: int | None, zone_id: int | None) -> ZoneInfo:
    if site_id is None and zone_id is None:
        raise TypeError("A customs day needs a site or a zone by whose clock it is")
    zones = Zone.objects.filter(pk=zone_id) if zone_id is not None else Zone.objects.filter(sites=site_id)
    return ZoneInfo(zones.values_list("time_zone", flat=True).get())
