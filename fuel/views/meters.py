"""Pages of meters and their provings."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fuel.filters import MeterFilter
from fuel.models import Meter
from fuel.tables import MeterTable, ProvingTable
from registry.navigation import STAFF
from registry.pages import DetailPage, Link, ListPage


class MeterList(ListPage):
    model = Meter
    title = gettext_lazy("Meters")
    filterset_class = MeterFilter
    table_class = MeterTable
    readers = STAFF

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site")


class MeterDetail(DetailPage):
    """A meter with the factors that its provings gave it."""

    model = Meter
    template_name = "fuel/meter_detail.html"
    readers = STAFF
    fact_names = ("site", "code", "name", "kind", "digits", "is_open")

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site")

    def back(self) -> Link:
        return Link(_("Meters"), reverse("fuel:meter_list"))

    def context(self, **more: Any) -> dict[str, Any]:
        return super().context(provings=ProvingTable(self.object.provings.select_related("recorded_by")), **more)
