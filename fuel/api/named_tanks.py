"""The tanks that a request may name."""

from typing import Any

from django.db.models import F

from fuel.models import (
    Tank,
)


def tanks_at(site: Any) -> Any:
    """The tanks of a site, with what an operation asks of them."""
    rows = Tank.objects.annotate(tank_code=F("place__code"))
    rows = rows.select_related("place__site__zone", "group", "product__unit")
    return rows.filter(place__site=site) if site else rows.none()
