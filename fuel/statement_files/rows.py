"""The columns that CSV and XLSX print of a line, in their order."""

from typing import Any

from fuel.statement_content import Line

_PLAIN = (
    *("row", "kind", "corrects_statement", "corrects_row", "reason", "ticket_number", "document_number"),
    *("flight_number", "flight_date", "registration", "aircraft_type", "origin", "destination"),
)
_FIGURES = (
    *("customs_status", "litres_observed", "celsius", "density_at_base", "litres_at_base", "mass_kg", "us_gallons"),
    *("price_basis", "index_price", "differential", "into_plane_fee", "unit_price"),
    *("amount", "vat_amount", "total_amount", "exchange_rate", "amount_cny", "duty_paid_cny"),
)
_SAVING = ("duty_cny", "consumption_tax_cny", "vat_cny", "price_cny", "total_cny")
COLUMNS = (
    *_PLAIN,
    *("delivered_at_utc", "delivered_local"),
    *_FIGURES,
    *(f"saving_{name}" for name in _SAVING),
    "customs_reference",
)


def cells_of(line: Line) -> list[Any]:
    """The cells of a line, as COLUMNS names them; figures are Decimal."""
    return [
        *(getattr(line, name) for name in _PLAIN),
        line.delivered_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        line.delivered_local.strftime("%Y-%m-%d %H:%M"),
        *(getattr(line, name) for name in _FIGURES),
        *(getattr(line.saving, name) for name in _SAVING),
        line.customs_reference,
    ]
