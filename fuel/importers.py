"""Reading files of tickets and of index quotes: each cell that cannot be accepted is named by its row and column."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from fuel.models import Meter, Tank
from fuel.models.tickets import DUTY_STATUSES
from fuel.operations.ticket_entry import TicketDetails
from registry.errors import FieldError
from registry.models import Airline, Airport, Organisation, Site
from registry.operations.loading.rows import Cells, RowsRefused, refuse_if_any

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
)
QUOTE_COLUMNS = ("quoted_date", "price")
QUOTE_OPTIONAL_COLUMNS = ("index", "source")
LARGEST_FILE_BYTES = 2_000_000
ENCODINGS = ("utf-8-sig", "gb18030")


class TicketCells(Cells):
    """Cells that hold moments too: by the clock of the site where no offset is written."""

    def __init__(self, row: int, cells: Mapping[str, str], errors: list[FieldError], clock: ZoneInfo) -> None:
        super().__init__(row, cells, errors)
        self._clock = clock

    def moment(self, column: str) -> Any:
        cell = self.text(column)
        if not cell:
            return None
        try:
            moment = datetime.fromisoformat(cell)
        except ValueError:
            message = _("“%(figure)s” is not a moment. Write it as 2026-11-23 14:05.") % {"figure": cell}
            self.refuse(column, message)
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


def read_tickets(content: bytes, *, site: Site) -> list[TicketDetails]:
    """The tickets of a CSV file, whose first row names the columns; separated by comma or semicolon.

    Args:
        content: UTF-8 or GB 18030.
    Raises:
        RowsRefused: naming each cell that cannot be accepted, or what is wrong with the file as a whole.
    """
    rows = _rows(decoded(content), TICKET_COLUMNS, TICKET_OPTIONAL_COLUMNS)
    if not rows:
        raise _whole(_("The file has no ticket."))
    errors: list[FieldError] = []
    known = _known(site)
    clock = ZoneInfo(site.zone.time_zone)
    details = [_details(TicketCells(number, row, errors, clock), known) for number, row in enumerate(rows)]
    refuse_if_any(errors)
    return [one for one in details if one is not None]


def read_quotes(text: str, *, index: str = "", source: str = "") -> list[dict[str, str]]:
    """The rows of a CSV text of index quotes, for fuel.operations.contracts.publish_quotes.

    Args:
        index, source: what a row means that names none of its own.
    Raises:
        RowsRefused: saying what is wrong with the text as a whole.
    """
    rows = _rows(text, QUOTE_COLUMNS, QUOTE_OPTIONAL_COLUMNS)
    if not rows:
        raise _whole(_("There is no quote."))
    return [{**row, "index": row.get("index") or index, "source": row.get("source") or source} for row in rows]


def decoded(content: bytes) -> str:
    """The text of a file in UTF-8 or GB 18030.

    Raises:
        RowsRefused: it is too large, or neither.
    """
    if len(content) > LARGEST_FILE_BYTES:
        words = {"size": len(content), "most": LARGEST_FILE_BYTES}
        raise _whole(_("The file has %(size)s bytes; at most %(most)s are read.") % words)
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _whole(_("The file is neither UTF-8 nor GB 18030 text. Save it as CSV."))


def _rows(text: str, needed: Sequence[str], optional: Sequence[str]) -> list[dict[str, str]]:
    first = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ",")
    columns = {(name or "").strip() for name in reader.fieldnames or ()}
    missing = [name for name in needed if name not in columns]
    unknown = sorted(columns - {*needed, *optional})
    if missing:
        raise _whole(_("The file lacks the columns: %(columns)s.") % {"columns": ", ".join(missing)})
    if unknown:
        raise _whole(_("The file has columns that are not known: %(columns)s.") % {"columns": ", ".join(unknown)})
    rows = [
        {(name or "").strip(): (cell or "").strip() for name, cell in row.items() if isinstance(cell, str)}
        for row in reader
    ]
    return [row for row in rows if any(row.values())]


def _whole(message: str) -> RowsRefused:
    refused = RowsRefused([FieldError(message, field="file")])
    refused.message = message
    return refused


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
    return None if cells.is_refused else TicketDetails(**figures)
