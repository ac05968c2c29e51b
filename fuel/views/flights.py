"""Pages of flight records, which tickets are matched against."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customs.acts import may_post
from fuel.filters import FlightFilter
from fuel.forms.tickets import FlightForm
from fuel.models import FlightRecord
from fuel.operations.matching import record_flight
from fuel.ticket_tables import FlightTable
from registry.navigation import STAFF
from registry.pages import ActPage, Link, ListPage, Text


class FlightList(ListPage):
    model = FlightRecord
    title = gettext_lazy("Flight records")
    subtitle = gettext_lazy("What flew by the schedule or the airline; tickets are matched against it.")
    filterset_class = FlightFilter
    table_class = FlightTable
    readers = STAFF
    tiebreak = "-pk"

    def queryset(self) -> models.QuerySet[Any]:
        rows = super().queryset().select_related("airline", "destination")
        return rows.order_by("-flight_date", "flight_number", "-pk")

    def links(self) -> list[Link]:
        if not may_post(self.user):
            return []
        return [Link(_("Record a flight"), reverse("fuel:flight_add"), icon="plus", tone="primary")]


class FlightAdd(ActPage):
    """Told again, the later word about a flight replaces the earlier."""

    title = gettext_lazy("Record a flight")
    form_class = FlightForm
    button = gettext_lazy("Save")
    readers = STAFF

    def may_act(self) -> bool:
        return may_post(self.user)

    def back(self) -> Link:
        return Link(_("Flight records"), reverse("fuel:flight_list"))

    def form_kwargs(self) -> dict[str, Any]:
        return {"user": self.user}

    def act(self, form: Any, rows: list[dict[str, Any]]) -> FlightRecord:
        return record_flight(**form.cleaned_data, actor=self.user, at=self.now)

    def success_message(self, outcome: FlightRecord) -> Text:
        return _("Flight %(flight)s was recorded.") % {"flight": outcome}

    def success_url(self, outcome: FlightRecord) -> str:
        return reverse("fuel:flight_list")
