"""A statement as a spreadsheet: summary, lines, totals per route and aircraft; figures as numbers."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from fuel.billing.statement_content import Group, StatementContent
from fuel.billing.statement_files.rows import COLUMNS, cells_of, headings
from fuel.billing.statement_wording import how_reckoned
from registry.xlsx_files import number_of, written

BYTES_AT_ONCE = 65_536


def write_xlsx(content: StatementContent) -> Iterator[bytes]:
    """Written to a temporary file line by line, then handed out."""
    sheets = [
        (_("Statement"), _summary(content)),
        (_("Lines"), _lines(content)),
        (_("Routes"), _groups(_("Route"), content.by_route, content.currency)),
        (_("Aircraft"), _groups(_("Aircraft"), content.by_aircraft, content.currency)),
    ]
    with written(sheets) as file:
        while piece := file.read(BYTES_AT_ONCE):
            yield piece


def _summary(content: StatementContent) -> Iterator[dict[str, Any]]:
    totals, currency = content.totals, content.currency
    rows: list[tuple[str, Any, str]] = [
        (_("Number"), content.number, ""),
        (_("Supersedes"), content.supersedes, ""),
        (_("Seller"), content.seller.name, content.seller.name_zh),
        (_("Airline"), content.airline.name, content.airline.iata_code),
        (_("Contract"), content.contract_number, ""),
        (_("From"), content.period_from.isoformat(), ""),
        (_("Through"), content.period_to.isoformat(), ""),
        (_("Due"), content.due_date.isoformat(), ""),
        (_("Opening balance"), content.opening, currency),
        (_("Net"), totals.net_amount, currency),
        (_("VAT"), totals.vat_amount, currency),
        (_("Total"), totals.total_amount, currency),
        *((f"{_('Payment')} {one.received_date} {one.reference}", one.amount, currency) for one in content.payments),
        (_("Closing balance"), content.closing, currency),
        (_("Uplifts"), Decimal(totals.uplifts), ""),
        (_("Mass"), totals.mass_kg, "kg"),
        (_("Litres observed"), totals.litres_observed, "L"),
        (_("Litres at base"), totals.litres_at_base, "L"),
        (_("US gallons observed"), totals.us_gallons_observed, "USG"),
        (_("Base temperature"), Decimal(content.base_celsius), "°C"),
        (_("Total (CNY)"), totals.amount_cny, "CNY"),
        (_("At the duty-paid price"), totals.duty_paid_cny, "CNY"),
        (_("Saved: duty"), totals.saving.duty_cny, "CNY"),
        (_("Saved: consumption tax"), totals.saving.consumption_tax_cny, "CNY"),
        (_("Saved: VAT"), totals.saving.vat_cny, "CNY"),
        (_("Saved: price"), totals.saving.price_cny, "CNY"),
        (_("Total saved"), totals.saving.total_cny, "CNY"),
        (_("Not due"), content.ageing.not_due, currency),
        (_("1 to 30 days"), content.ageing.to_30_days, currency),
        (_("31 to 60 days"), content.ageing.to_60_days, currency),
        (_("61 to 90 days"), content.ageing.to_90_days, currency),
        (_("Over 90 days"), content.ageing.over_90_days, currency),
        ("SHA-256", content.sha256, ""),
        *((_("How it is calculated"), sentence, "") for sentence in how_reckoned()),
    ]
    return ({_("What"): name, _("Figure"): _cell(figure), _("Unit"): unit} for name, figure, unit in rows)


def _lines(content: StatementContent) -> Iterator[dict[str, Any]]:
    names = [headings()[name] for name in COLUMNS]
    return ({name: _cell(cell) for name, cell in zip(names, cells_of(line), strict=True)} for line in content.lines)


def _groups(what: str, groups: Iterable[Group], currency: str) -> Iterator[dict[str, Any]]:
    for group in groups:
        yield {
            what: group.name,
            _("Uplifts"): group.uplifts,
            _("Mass (kg)"): _cell(group.mass_kg),
            f"{_('Total')} ({currency})": _cell(group.total_amount),
            _("Saving (CNY)"): _cell(group.saving_cny),
        }


def _cell(value: Any) -> Any:
    if isinstance(value, Decimal):
        return number_of(format(value, "f"))
    return "" if value is None else value if isinstance(value, int) else str(value)
