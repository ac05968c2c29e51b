"""Pages of goods in suspense: what waits, how it is to end, and the decision of a second person."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonded.filters import SuspenseFilter
from bonded.suspense import SuspensePosition, suspense_positions
from bonded.suspense_tables import SuspenseTable
from documents.officers import may_post
from ledger.queries import day_after, lots
from registry.models import Site
from registry.navigation import STAFF
from registry.pages import Link, ListPage


class SuspenseList(ListPage):
    """Every position in suspense at the reader's sites, with its age; also as a file."""

    readers = STAFF
    title = gettext_lazy("Goods in suspense")
    subtitle = gettext_lazy(
        "Short of the declaration: in the book and not on the floor. Over: on the floor, in no book."
    )
    filterset_class = SuspenseFilter
    table_class = SuspenseTable
    tiebreak = None

    def queryset(self) -> models.QuerySet[Any]:
        return lots().visible_to(self.user)

    def links(self) -> list[Link]:
        return [Link(_("Settlements"), reverse("bonded:suspense_resolution_list"), icon="history")]

    def table(self, filterset: Any) -> Any:
        table = super().table(filterset)
        if not may_post(self.user):
            table.exclude = (*table.exclude, "settle")
        return table

    def rows(self, filterset: Any) -> list[Any]:
        if not filterset.is_valid():
            return []
        asked = filterset.form.cleaned_data
        sites = Site.objects.visible_to(self.user).filter(**({"pk": asked["site"].pk} if asked["site"] else {}))
        day = asked["through_date"]
        until = day_after(day=day, zone_id=sites[0].zone_id) if day and sites else None
        wanted = set(filterset.qs.values_list("pk", flat=True)) if asked["q"] else None
        now = timezone.now()
        return [
            _Row(position, position.days(until or now))
            for position in suspense_positions(sites=sites, until=until)
            if (wanted is None or position.lot.pk in wanted)
            and asked["against"] in {"", "short" if position.is_short else "over"}
        ]


class _Row:
    """A position with its age on the day asked about."""

    def __init__(self, position: SuspensePosition, days_waiting: int) -> None:
        self.days_waiting = days_waiting
        self.position = position

    def __getattr__(self, name: str) -> Any:
        return getattr(self.position, name)
