"""The columns that CSV and XLSX print of a line, in their order."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from fuel.billing.statement_content import Line, Quote

_PLAIN = (
    *("row", "kind", "corrects_statement", "corrects_row", "reason", "ticket_number", "document_number"),
    *("flight_number", "flight_date", "registration", "aircraft_type", "origin", "destination"),
)
_MEASURED = (
    *("customs_status", "litres_observed", "celsius", "density_at_base", "litres_at_base", "mass_kg"),
    *("us_gallons_observed", "contract_number", "price_basis"),
)
_FIGURES = (
    *("index_price", "index_unit", "differential", "differential_unit", "barrels_per_tonne", "into_plane_fee"),
    *("unit_price", "net_amount", "vat_rate", "vat_amount", "total_amount", "exchange_rate", "amount_cny"),
    *("duty_paid_cny_per_tonne", "duty_paid_has_fee", "duty_paid_from_date", "duty_paid_source", "duty_paid_cny"),
)
_SAVING = ("duty_cny", "consumption_tax_cny", "vat_cny", "price_cny", "total_cny")
COLUMNS = (
    *_PLAIN,
    *("delivered_at_utc", "delivered_local"),
    *_MEASURED,
    "quotes",
    *_FIGURES,
    *(f"saving_{name}" for name in _SAVING),
    "customs_reference",
)


# What people read above them; CSV and the API keep the names.
_HEADINGS = (
    *(_("Line"), _("Kind"), _("Corrects statement"), _("Corrects line"), _("Reason"), _("Ticket"), _("Document")),
    *(_("Flight"), _("Flight date"), _("Registration"), _("Aircraft type"), _("From"), _("Destination")),
    *(_("Delivered (UTC)"), _("Delivered (local)")),
    *(_("Duty status"), _("Litres observed"), _("Temperature (°C)"), _("Density at base (kg/m³)")),
    *(_("Litres at base"), _("Mass (kg)"), _("US gallons observed"), _("Contract"), _("Price basis")),
    _("Quotes"),
    *(_("Index price"), _("Unit of the index"), _("Differential"), _("Unit of the differential")),
    *(_("Barrels per tonne"), _("Into-plane fee"), _("Unit price"), _("Net"), _("VAT rate"), _("VAT"), _("Total")),
    *(_("Exchange rate"), _("Amount (CNY)"), _("Duty-paid price (CNY per tonne)"), _("Duty-paid price has the fee")),
    *(_("Duty-paid price date"), _("Source of the duty-paid price"), _("At the duty-paid price (CNY)")),
    *(_("Saved: duty"), _("Saved: consumption tax"), _("Saved: VAT"), _("Saved: price"), _("Total saved")),
    _("Customs reference"),
)


def headings() -> dict[str, str]:
    """By column what stands above it for a reader, in their language."""
    return {name: str(heading) for name, heading in zip(COLUMNS, _HEADINGS, strict=True)}


def cells_of(line: Line) -> list[Any]:
    """The cells of a line, as COLUMNS names them; figures are Decimal."""
    return [
        *(getattr(line, name) for name in _PLAIN),
        "" if line.delivered_at is None else line.delivered_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "" if line.delivered_local is None else line.delivered_local.isoformat(timespec="minutes"),
        *(getattr(line, name) for name in _MEASURED),
        quotes_text(line.quotes),
        *(_plain(getattr(line, name)) for name in _FIGURES),
        *(getattr(line.saving, name) for name in _SAVING),
        line.customs_reference,
    ]


def quotes_text(quotes: Iterable[Quote]) -> str:
    """Every quote of an average with its day."""
    return "; ".join(f"{one.quoted_date}={one.price}" for one in quotes)


def _plain(value: Any) -> Any:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value
