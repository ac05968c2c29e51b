"""Which periods are closed, for lists and pages."""

from collections.abc import Iterable

from django.db.models import QuerySet

from ledger.models import Period


def closed_periods() -> "QuerySet[Period]":
    """Closed periods with site and who closed them, the latest of each site first; narrow them by ``site``."""
    return Period.objects.select_related("site", "closed_by").order_by("site", "-closed_through_date")


def last_closed_periods(*, site_ids: Iterable[int]) -> "dict[int, Period]":
    """The last closed period of each site, by the site's id; a site that has closed none is left out."""
    latest = (
        Period.objects.filter(site__in=list(site_ids))
        .select_related("closed_by")
        .order_by("site_id", "-closed_through_date")
        .distinct("site_id")
    )
    return {period.site_id: period for period in latest}
