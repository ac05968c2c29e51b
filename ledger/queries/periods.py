"""Which periods are closed, for lists and pages."""

from django.db.models import QuerySet

from ledger.models import Period


def closed_periods() -> "QuerySet[Period]":
    """Closed periods with site and who closed them, the latest of each site first; narrow them by ``site``."""
    return Period.objects.select_related("site", "closed_by").order_by("site", "-closed_through_date")
