"""A statement as PDF in the reader's language, by typst, with the fonts that are installed with Bondbook."""

import json
import logging
from collections.abc import Iterable, Iterator
from datetime import UTC
from decimal import Decimal
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fuel.billing.statement_content import Group, Line, StatementContent
from fuel.billing.statement_files.fonts import FAMILIES, codes, fonts, printable
from fuel.billing.statement_wording import duty_paid_told, how_reckoned, per_unit, price_bases_told, vat_rate_told
from fuel.models import ChargeKind
from registry.wording import local_time_text, money_text, price_text, quantity_text

log = logging.getLogger(__name__)
TEMPLATE = Path(__file__).with_name("statement.typ")
COLOURS = ("#0b5cad", "#2f9e8f", "#c58b1b", "#7a5ea8")


def write_pdf(content: StatementContent) -> Iterator[bytes]:
    """The whole document at once: typst lays out pages only when it knows them all.

    A character that no font has a letter for stands as its code point, and is told at the end and in the log.
    """
    missing: set[str] = set()
    told = printable(_printed(content), missing)
    if missing:
        log.warning("%s is printed without letters for %s", content.number, codes(missing))
        told["reckoned"].append(
            _("No font has letters for %(codes)s; the page shows these characters.") % {"codes": codes(missing)}
        )
    data = json.dumps({**told, "fonts": FAMILIES}, ensure_ascii=False)
    yield typst.compile(
        str(TEMPLATE),
        font_paths=fonts(),
        sys_inputs={"data": data},
        # Of the statement and not of this moment, so that every download is the same.
        # typst takes whole seconds only.
        timestamp=content.issued_at.replace(microsecond=0),
    )


def _printed(content: StatementContent) -> dict[str, Any]:
    totals, currency = content.totals, content.currency
    references = ", ".join(content.customs_references)
    kinds = {str(kind): str(label) for kind, label in ChargeKind.choices}
    statuses = {"bonded": _("Bonded"), "duty_paid": _("Duty paid")}
    return {
        "lang": (get_language() or "en")[:2],
        "number": content.number,
        "issued": [getattr(content.issued_at.astimezone(UTC), part) for part in ("year", "month", "day")],
        "supersedes": content.supersedes,
        "seller": content.seller.name,
        "sha256": content.sha256,
        "currency": currency,
        "closing": money_text(content.closing),
        "due": local_time_text(content.due_date),
        "words": {
            "title": _("Fuel statement"),
            "supersedes": _("supersedes"),
            "closing": _("Closing balance"),
            "due": _("Due"),
            "page": _("Page"),
            "parties": _("Between"),
            "balance": _("Balance"),
            "saving": _("Saving against the duty-paid price"),
            "ageing": _("Owed at the end of the period"),
            "total": _("Total"),
            "by_route": _("By route"),
            "by_aircraft": _("By aircraft"),
        },
        "facts": [
            (_("Seller"), _named(content.seller)),
            (_("Airline"), f"{content.airline.iata_code} {_named(content.airline)}"),
            (_("Contract"), content.contract_number),
            (_("Airport"), content.airport),
            (_("Period"), f"{local_time_text(content.period_from)} – {local_time_text(content.period_to)}"),
            (_("Issued"), local_time_text(content.issued_at)),
            (_("Base temperature"), f"{content.base_celsius} °C"),
            *([(_("Customs declarations"), references)] if references else []),
        ],
        "balance": [
            (_("Opening balance"), money_text(content.opening, currency)),
            (_("Net"), money_text(totals.net_amount, currency)),
            (_("VAT"), money_text(totals.vat_amount, currency)),
            (_("Total"), money_text(totals.total_amount, currency)),
            (_("Payments"), money_text(-_sum(one.amount for one in content.payments), currency)),
            (_("Closing balance"), money_text(content.closing, currency), "strong"),
            (_("Total (CNY)"), money_text(totals.amount_cny, "CNY")),
        ],
        "saving": [
            (_("At the duty-paid price"), money_text(totals.duty_paid_cny, "CNY")),
            *((name, money_text(figure, "CNY")) for name, figure in _parts(content)),
            (
                _("Total saved"),
                f"{money_text(totals.saving.total_cny, 'CNY')} ({totals.saving_percent or 0} %)",
                "strong",
            ),
        ],
        "bar": _bar(content),
        "ageing": [
            (_("Not due"), money_text(content.ageing.not_due, currency)),
            (_("1 to 30 days"), money_text(content.ageing.to_30_days, currency)),
            (_("31 to 60 days"), money_text(content.ageing.to_60_days, currency)),
            (_("61 to 90 days"), money_text(content.ageing.to_90_days, currency)),
            (_("Over 90 days"), money_text(content.ageing.over_90_days, currency)),
        ],
        "columns": [
            _("No."),
            _("Kind"),
            _("Ticket"),
            _("Flight"),
            _("Local time"),
            _("Route"),
            _("Duty status"),
            _("Litres observed"),
            _("°C"),
            _("kg/m³"),
            _("Litres at base"),
            _("Mass (kg)"),
            _("Price per tonne"),
            _("Net"),
            _("VAT"),
            _("Total"),
            _("Saved (CNY)"),
        ],
        "lines": [
            {
                "kind": line.kind,
                "cells": _cells(line, kinds, statuses),
                "notes": [note for note in (_detail(line, content.currency), _note(line)) if note],
            }
            for line in content.lines
        ],
        "totals": [
            quantity_text(totals.litres_observed),
            "",
            "",
            quantity_text(totals.litres_at_base),
            quantity_text(totals.mass_kg),
            "",
            money_text(totals.net_amount),
            money_text(totals.vat_amount),
            money_text(totals.total_amount),
            money_text(totals.saving.total_cny),
        ],
        "group_columns": ["", _("Uplifts"), _("Mass (kg)"), _("Total"), _("Saved (CNY)")],
        "by_route": [_group(one) for one in content.by_route],
        "by_aircraft": [_group(one) for one in content.by_aircraft],
        "bases": [
            {"title": _("Averages and their quotes"), "rows": price_bases_told(content.price_bases, currency)},
            {"title": _("Duty-paid prices"), "rows": duty_paid_told(content.duty_paid_bases)},
        ],
        "reckoned": how_reckoned(),
    }


def _detail(line: Line, currency: str) -> str:
    """What an amount was reckoned from and what it saved, where the columns have no room for it."""
    is_by_hand = line.celsius is None
    told = [] if is_by_hand else [(_("US gallons observed"), quantity_text(line.us_gallons_observed))]
    if line.index_price is not None and line.differential is not None:
        told += [
            (line.price_basis, per_unit(line.index_price, currency, line.index_unit)),
            (_("Differential"), per_unit(line.differential, currency, line.differential_unit)),
        ]
    else:
        told.append((line.price_basis, ""))
    if line.barrels_per_tonne is not None:
        told.append((_("Barrels per tonne"), price_text(line.barrels_per_tonne)))
    if not is_by_hand:
        told.append((_("Into-plane fee"), per_unit(line.into_plane_fee, currency, "t")))
    told += [
        (_("VAT rate"), vat_rate_told(line.vat_rate)),
        (f"1 {currency}", price_text(line.exchange_rate, "CNY")),
        (_("Total (CNY)"), money_text(line.amount_cny)),
        (_("Duty-paid price"), per_unit(line.duty_paid_cny_per_tonne, "CNY", "t")),
        (_("At the duty-paid price (CNY)"), money_text(line.duty_paid_cny)),
        (_("Saved: duty"), money_text(line.saving.duty_cny)),
        (_("Saved: consumption tax"), money_text(line.saving.consumption_tax_cny)),
        (_("Saved: VAT"), money_text(line.saving.vat_cny)),
        (_("Saved: price"), money_text(line.saving.price_cny)),
    ]
    if line.customs_reference:
        told.append((_("Customs declaration"), line.customs_reference))
    return " · ".join(f"{name} {figure}".strip() for name, figure in told if figure or name == line.price_basis)


def _note(line: Line) -> str:
    """What a credit or rebill corrects, and why."""
    corrects = f"{line.corrects_statement} / {line.corrects_row or '–'}" if line.corrects_statement else ""
    return ": ".join(part for part in (corrects, line.reason) if part)


def _cells(line: Line, kinds: dict[str, str], statuses: dict[str, str]) -> list[str]:
    return [
        str(line.row),
        kinds[line.kind],
        line.ticket_number or line.document_number,
        f"{line.flight_number} {line.registration}".strip() or line.price_basis,
        "" if line.delivered_local is None else line.delivered_local.strftime("%Y-%m-%d %H:%M"),
        f"{line.origin}–{line.destination}" if line.destination else "",
        statuses.get(line.customs_status, ""),
        quantity_text(line.litres_observed),
        quantity_text(line.celsius),
        quantity_text(line.density_at_base),
        quantity_text(line.litres_at_base),
        quantity_text(line.mass_kg),
        money_text(line.unit_price),
        money_text(line.net_amount),
        money_text(line.vat_amount),
        money_text(line.total_amount),
        money_text(line.saving.total_cny),
    ]


def _parts(content: StatementContent) -> list[tuple[str, Decimal]]:
    saving = content.totals.saving
    return [
        (_("Saved: duty"), saving.duty_cny),
        (_("Saved: consumption tax"), saving.consumption_tax_cny),
        (_("Saved: VAT"), saving.vat_cny),
        (_("Saved: price"), saving.price_cny),
    ]


def _bar(content: StatementContent) -> list[tuple[str, float, str]]:
    """What was saved by each part, as wide as its amount; a part that cost more than it saved has no width."""
    parts = zip(_parts(content), COLOURS, strict=True)
    return [(name, float(figure), colour) for (name, figure), colour in parts if figure > 0]


def _group(group: Group) -> list[str]:
    return [
        group.name,
        str(group.uplifts),
        quantity_text(group.mass_kg),
        money_text(group.total_amount),
        money_text(group.saving_cny),
    ]


def _named(party: Any) -> str:
    is_chinese = (get_language() or "").startswith("zh")
    return str(party.name_zh or party.name) if is_chinese else str(party.name)


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))
