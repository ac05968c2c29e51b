"""Reading a file of departures, against which tickets are matched."""

from typing import Any

from django.utils.translation import gettext as _

from fuel.delivery_tickets.operations.matching import FlightToRecord
from registry.errors import FieldError, NotAReadableFile
from registry.models import Airline, Airport
from registry.operations.loading.rows import Cells, refuse_if_any
from registry.uploads import Sheet

FLIGHT_COLUMNS = ("airline", "flight_number", "flight_date", "registration", "destination")
FLIGHT_OPTIONAL_COLUMNS = ("litres_reported", "source")


def read_flights(sheet: Sheet) -> list[FlightToRecord]:
    """The departures of a sheet.

    Raises:
        RowsRefused: naming each cell that cannot be accepted.
        NotAReadableFile: there is no flight.
    """
    if not sheet.rows:
        message = _("The file has no flight.")
        raise NotAReadableFile(message, errors=[FieldError(message, field="file")])
    airlines = {one.iata_code: one for one in Airline.objects.select_related("organisation")}
    airports = {one.iata_code: one for one in Airport.objects.all()}
    errors = list(sheet.errors)
    flights = [_flight(Cells(number, row, errors), airlines, airports) for number, row in enumerate(sheet.rows)]
    refuse_if_any(errors)
    return [one for one in flights if one is not None]


def _flight(cells: Cells, airlines: dict[str, Airline], airports: dict[str, Airport]) -> FlightToRecord | None:
    figures: dict[str, Any] = {
        "airline": cells.the_one_of("airline", airlines),
        "destination": cells.the_one_of("destination", airports),
        "flight_date": cells.day("flight_date"),
        "litres_reported": cells.number("litres_reported"),
        **{name: cells.text(name) for name in ("flight_number", "registration", "source")},
    }
    for name in ("flight_number", "flight_date", "registration"):
        if not cells.text(name):
            cells.refuse(name, _("This cell is empty."))
    return None if cells.is_refused else FlightToRecord(**figures)
