"""Reading files of delivery tickets and strapping tables: each cell at fault is named by its row and column."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fuel.delivery_tickets.operations.entry import TicketDetails
from fuel.delivery_tickets.operations.exceptions import ALL_KINDS
from fuel.models import Meter, Tank
from fuel.models.tickets import DUTY_STATUSES
from registry.errors import FieldError, NotAReadableFile
from registry.models import Airline, Airport, Organisation, Site
from registry.operations.loading.rows import Cells, moment_of, refuse_if_any
from registry.uploads import Sheet, read_table

TICKET_COLUMNS = (
    "vendor",
    "ticket_number",
    "airline",
    "flight_number",
    "flight_date",
    "registration",
    "airport",
    "destination",
    "tank",
    "customs_status",
    "litres_observed",
    "celsius",
    "density_at_base",
    "delivered_at",
    "signatory",
)
TICKET_OPTIONAL_COLUMNS = (
    "aircraft_type",
    "stand",
    "meter",
    "meter_start",
    "meter_end",
    "requested_litres",
    "started_at",
    "remark",
    "explanation",
)
QUOTE_COLUMNS = ("quoted_date", "price")
QUOTE_OPTIONAL_COLUMNS = ("index", "source")
STRAPPING_COLUMNS = ("dip_mm", "volume_m3")
# As the list of the rows heads them, so that a table that was downloaded can be loaded again.
STRAPPING_LABELS = {"dip_mm": gettext_lazy("Dip (mm)"), "volume_m3": gettext_lazy("Volume (m³)")}


class TicketCells(Cells):
    """Cells that hold moments too: by the clock of the site where no offset is written."""

    def __init__(self, row: int, cells: Mapping[str, str], errors: list[FieldError], clock: ZoneInfo) -> None:
        super().__init__(row, cells, errors)
        self._clock = clock

    def moment(self, column: str) -> Any:
        cell = self.text(column)
        if not cell:
            return None
        moment = moment_of(cell)
        if moment is None:
            message = _("“%(figure)s” is not a moment. Write it as 2026-11-23 14:05 or 23.11.2026 14:05.")
            self.refuse(column, message % {"figure": cell})
            return None
        return moment if moment.tzinfo else moment.replace(tzinfo=self._clock)


@dataclass(frozen=True, slots=True)
class Known:
    """What the codes in a file may stand for."""

    vendors: Mapping[str, Organisation]
    airlines: Mapping[str, Airline]
    airports: Mapping[str, Airport]
    tanks: Mapping[str, Tank]
    meters: Mapping[str, Meter]
    statuses: Mapping[str, str]


def ticket_sheet(content: bytes) -> Sheet:
    """The rows of a file of tickets, whose first row names the columns.

    Raises:
        NotAReadableFile: it is no table with these columns.
    """
    return read_table(content, columns=TICKET_COLUMNS, optional=TICKET_OPTIONAL_COLUMNS)


def read_tickets(sheet: Sheet, *, site: Site) -> list[TicketDetails]:
    """The tickets of a sheet.

    Raises:
        RowsRefused: naming each cell that cannot be accepted.
        NotAReadableFile: there is no ticket.
    """
    if not sheet.rows:
        message = _("The file has no ticket.")
        raise NotAReadableFile(message, errors=[FieldError(message, field="file")])
    errors = list(sheet.errors)
    known = _known(site)
    clock = ZoneInfo(site.zone.time_zone)
    details = [_details(TicketCells(number, row, errors, clock), known) for number, row in enumerate(sheet.rows)]
    refuse_if_any(errors)
    return [one for one in details if one is not None]


def quote_sheet(content: bytes, *, field: str) -> Sheet:
    """The rows of a file of index quotes, whose first row names the columns.

    Args:
        field: of the form, for what is wrong with the file as a whole.
    Raises:
        NotAReadableFile: it is no table with these columns, or has no quote.
    """
    sheet = read_table(content, columns=QUOTE_COLUMNS, optional=QUOTE_OPTIONAL_COLUMNS, field=field)
    if not sheet.rows:
        message = _("There is no quote.")
        raise NotAReadableFile(message, errors=[FieldError(message, field=field)])
    return sheet


def read_quotes(sheet: Sheet, *, index: str = "", source: str = "") -> list[dict[str, str]]:
    """The rows of a sheet as fuel.operations.contracts.publish_quotes takes them.

    Args:
        index, source: what a row means that names none of its own.
    Raises:
        RowsRefused: naming rows that have more cells than there are columns.
    """
    refuse_if_any(sheet.errors)
    return [{**row, "index": row.get("index") or index, "source": row.get("source") or source} for row in sheet.rows]


def strapping_sheet(content: bytes, *, field: str) -> Sheet:
    """The rows of a strapping table: dip in mm and volume in m³, with a heading or without.

    Args:
        field: of the form, for what is wrong with the file as a whole.
    Raises:
        NotAReadableFile: it is no table with these columns.
    """
    return read_table(
        content,
        columns=STRAPPING_COLUMNS,
        labels=_labels_in_every_language(STRAPPING_LABELS),
        needs_heading=False,
        field=field,
    )


def _labels_in_every_language(labels: Mapping[str, Any]) -> dict[str, str]:
    """Whoever brings the file need not read the language of whoever downloaded it."""
    found: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {str(label): name for name, label in labels.items()}
    return found


def read_strapping(sheet: Sheet) -> list[tuple[Decimal, Decimal]]:
    """The figures of a strapping table.

    Raises:
        RowsRefused: naming each cell that is empty or no number.
    """
    errors = list(sheet.errors)
    read = []
    for number, row in enumerate(sheet.rows):
        cells = Cells(number, row, errors)
        for name in STRAPPING_COLUMNS:
            if not cells.text(name):
                cells.refuse(name, _("This cell is empty."))
        read.append((cells.number("dip_mm"), cells.number("volume_m3")))
    refuse_if_any(errors)
    return read


def _known(site: Site) -> Known:
    tanks = Tank.objects.filter(place__site=site).select_related("place__site__zone", "group", "product__unit")
    return Known(
        vendors={one.code: one for one in Organisation.objects.all()},
        airlines={one.iata_code: one for one in Airline.objects.select_related("organisation")},
        airports={one.iata_code: one for one in Airport.objects.all()},
        tanks={one.code: one for one in tanks},
        meters={one.code: one for one in Meter.objects.filter(site=site)},
        statuses={value: value for value, _label in DUTY_STATUSES},
    )


def _details(cells: TicketCells, known: Known) -> TicketDetails | None:
    figures: dict[str, Any] = {
        "vendor": cells.the_one_of("vendor", known.vendors),
        "airline": cells.the_one_of("airline", known.airlines),
        "airport": cells.the_one_of("airport", known.airports),
        "destination": cells.the_one_of("destination", known.airports),
        "tank": cells.the_one_of("tank", known.tanks),
        "meter": cells.one_of("meter", known.meters),
        "customs_status": cells.the_one_of("customs_status", known.statuses),
        "flight_date": cells.day("flight_date"),
        "started_at": cells.moment("started_at"),
        "delivered_at": cells.moment("delivered_at"),
        **{name: cells.text(name) for name in ("ticket_number", "flight_number", "registration", "signatory")},
        **{name: cells.text(name) for name in ("aircraft_type", "stand", "remark")},
        **{name: cells.number(name) for name in ("litres_observed", "celsius", "density_at_base")},
        **{name: cells.number(name) for name in ("meter_start", "meter_end", "requested_litres")},
    }
    for name in ("ticket_number", "flight_number", "flight_date", "registration", "delivered_at"):
        if not figures[name] and not cells.text(name):
            cells.refuse(name, _("This cell is empty."))
    explained = {ALL_KINDS: cells.text("explanation")}
    return None if cells.is_refused else TicketDetails(**figures, explanations=explained)
