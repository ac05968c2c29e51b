"""A synthetic statement of any length, for the files."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from fuel.billing.statement_content import (
    Ageing,
    Group,
    Line,
    Party,
    PaymentLine,
    Quote,
    Saving,
    StatementContent,
    Totals,
)

ZERO = Decimal("0.00")
AT = datetime(2026, 6, 1, 3, 12, tzinfo=UTC)
HOME = ZoneInfo("Asia/Shanghai")


def line(row: int, *, amount: Decimal = Decimal("42560.50"), **more: Any) -> Line:
    delivered = AT + timedelta(hours=7 * row)
    saving = Saving(
        duty_cny=Decimal("24444.45"),
        consumption_tax_cny=Decimal("27160.50"),
        vat_cny=Decimal("42017.50"),
        price_cny=Decimal("7391.32"),
        total_cny=Decimal("101013.77"),
    )
    given = {
        "row": row,
        "kind": "uplift",
        "ticket_number": f"T-{row:06d}",
        "document_number": f"URC-TKT-2026-{row:06d}",
        "flight_number": f"Q1{row % 90 + 10}",
        "flight_date": delivered.date(),
        "registration": f"UP-B67{row % 9:02d}",
        "aircraft_type": "B744",
        "origin": "URC",
        "destination": ("ALA", "LGG", "IST")[row % 3],
        "delivered_at": delivered,
        "delivered_local": delivered.astimezone(HOME),
        "customs_status": "bonded",
        "litres_observed": Decimal("65703.100"),
        "celsius": Decimal("-21.50"),
        "density_at_base": Decimal("800.0"),
        "litres_at_base": Decimal("67901.250"),
        "mass_kg": Decimal("54321.000"),
        "us_gallons_observed": Decimal("17356.708"),
        "contract_number": "FC-1",
        "price_basis": "MOPS-JET 2026-05-25..2026-05-29 ⌀5",
        "quotes": [Quote(quoted_date=date(2026, 5, day), price=Decimal("92.3700")) for day in range(25, 30)],
        "index_price": Decimal("92.370"),
        "index_unit": "bbl",
        "differential": Decimal("3.2000"),
        "differential_unit": "bbl",
        "barrels_per_tonne": Decimal("7.9000"),
        "into_plane_fee": Decimal("28.50"),
        "unit_price": Decimal("783.50"),
        "net_amount": amount,
        "vat_rate": Decimal("0.000000"),
        "vat_amount": ZERO,
        "total_amount": amount,
        "exchange_rate": Decimal("7.135200"),
        "amount_cny": Decimal("303677.68"),
        "duty_paid_cny_per_tonne": Decimal("7450.00"),
        "duty_paid_has_fee": True,
        "duty_paid_from_date": date(2026, 1, 1),
        "duty_paid_source": "synthetic",
        "duty_paid_cny": Decimal("404691.45"),
        "saving": saving,
        **more,
    }
    return Line(**given)


class Lines:
    """Made as they are walked, so that a long statement needs no memory."""

    def __init__(self, number: int, **more: Any) -> None:
        self.number, self.more = number, more

    def __iter__(self) -> Iterator[Line]:
        for row in range(1, self.number + 1):
            yield line(row, **self.more)


def statement(number: int = 3, *, lines: Any = None, total: Decimal | None = None, **more: Any) -> StatementContent:
    total = Decimal("42560.50") * number if total is None else total
    saving = Saving(
        duty_cny=Decimal("24444.45") * number,
        consumption_tax_cny=Decimal("27160.50") * number,
        vat_cny=Decimal("42017.50") * number,
        price_cny=Decimal("7391.32") * number,
        total_cny=Decimal("101013.77") * number,
    )
    totals = Totals(
        uplifts=number,
        litres_at_base=Decimal("67901.250") * number,
        mass_kg=Decimal("54321.000") * number,
        litres_observed=Decimal("65703.100") * number,
        us_gallons_observed=Decimal("17356.708") * number,
        net_amount=total,
        vat_amount=ZERO,
        total_amount=total,
        amount_cny=Decimal("303677.68") * number,
        duty_paid_cny=Decimal("404691.45") * number,
        saving=saving,
        saving_percent=Decimal("24.96"),
    )
    group = Group(
        name="URC–ALA", uplifts=number, mass_kg=totals.mass_kg, total_amount=total, saving_cny=saving.total_cny
    )
    given = {
        "number": "URC-STM-2026-000001",
        "supersedes": "",
        "issued_at": AT + timedelta(days=31),
        "period_from": date(2026, 6, 1),
        "period_to": date(2026, 6, 30),
        "due_date": date(2026, 7, 30),
        "currency": "USD",
        "base_celsius": "15",
        "site_code": "URC",
        "airport": "URC",
        "seller": Party(code="KEEP", name="Tianshan Fuel (synthetic)", name_zh="天山油料（演示）", country="CN"),
        "airline": Party(
            code="Q1", name="Steppe Cargo (fictional)", name_zh="草原货运航空（虚构）", iata_code="Q1", icao_code="QBX"
        ),
        "contract_number": "FC-1",
        "opening": Decimal("1000.00"),
        "payments": [PaymentLine(received_date=date(2026, 6, 20), reference="B-1", amount=Decimal("1000.00"))],
        "closing": total,
        "ageing": Ageing(not_due=total, to_30_days=ZERO, to_60_days=ZERO, to_90_days=ZERO, over_90_days=ZERO),
        "totals": totals,
        "by_route": [group],
        "by_aircraft": [group],
        "customs_references": [],
        "sha256": "0" * 64,
        "lines": lines if lines is not None else Lines(number),
        **more,
    }
    return StatementContent(**given)
