"""Pages of flight records, which tickets are matched against."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.officers import may_post
from fuel.delivery_tickets.operations.matching import RecordedFlights, record_flight, record_flights
from fuel.filters import FlightFilter
from fuel.flight_files import FLIGHT_COLUMNS, FLIGHT_OPTIONAL_COLUMNS, read_flights
from fuel.forms.flights import FlightForm
from fuel.models import FlightRecord
from fuel.ticket_tables import FlightTable
from fuel.views.imports import ColumnFilePage
from registry.navigation import STAFF
from registry.pages import ActPage, Link, ListPage, Text
from registry.uploads import Sheet


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
        return [
            Link(_("From a file"), reverse("fuel:flight_import"), icon="file-upload"),
            Link(_("Record a flight"), reverse("fuel:flight_add"), icon="plus", tone="primary"),
        ]


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


class FlightImport(ColumnFilePage):
    """A file of departures: all are recorded, or none, and every cell at fault is named."""

    title = gettext_lazy("Flights from a file")
    subtitle = gettext_lazy(
        "All flights of the file are recorded, or none. The later word about a flight replaces the earlier; what is"
        " known already stays as it is, so a file may be sent again."
    )
    readers = STAFF
    columns, optional_columns = FLIGHT_COLUMNS, FLIGHT_OPTIONAL_COLUMNS

    def may_act(self) -> bool:
        return may_post(self.user)

    def back(self) -> Link:
        return Link(_("Flight records"), reverse("fuel:flight_list"))

    def form_kwargs(self) -> dict[str, Any]:
        return {"user": self.user}

    def take_in(self, site: Any, sheet: Sheet) -> RecordedFlights:
        return record_flights(site=site, flights=read_flights(sheet), actor=self.user, at=self.now)

    def success_message(self, outcome: RecordedFlights) -> Text:
        words = {"new": outcome.new, "changed": outcome.changed, "known": outcome.known}
        return _("Flights recorded: %(new)s new, %(changed)s changed, %(known)s known already.") % words

    def success_url(self, outcome: RecordedFlights) -> str:
        return reverse("fuel:flight_list")
