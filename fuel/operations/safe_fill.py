"""Whether a tank can take a mass without being filled above its safe fill."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from documents.operations.documents import Refusals
from fuel.models import ConsignmentReceipt, Gauge, Tank
from ledger.queries import stock_in
from registry.wording import quantity_text

LITRES_PER_M3 = 1000


def check_fill(
    tank: Tank, *, added_kg: Decimal, m3_per_kg: Decimal | None, refusals: Refusals, field: str, row: int | None = None
) -> None:
    """Note a tank that would be filled above its safe fill. Lock the tank before.

    What is in it is reckoned from the book by its last gauge, whose free water counts too.

    Args:
        added_kg: what would come into the tank, in kilograms.
        m3_per_kg: the volume of a kilogram of it at base temperature; None where nobody has measured it.
    """
    if tank.safe_fill_m3 is None or m3_per_kg is None:
        return
    gauge = _last_gauge(tank)
    water_m3 = gauge.free_water_m3 if gauge is not None else Decimal(0)
    held_kg = sum((held.quantity for held in stock_in(place_ids=[tank.place_id])), Decimal(0))
    held_m3 = held_kg * (_m3_per_kg_by(gauge) or m3_per_kg)
    note_overfill(tank, water_m3 + held_m3 + added_kg * m3_per_kg, refusals, field=field, row=row)


def note_overfill(tank: Tank, filled_m3: Decimal, refusals: Refusals, *, field: str, row: int | None = None) -> None:
    """Note a volume above the tank's safe fill, with both figures."""
    if tank.safe_fill_m3 is not None and filled_m3 > tank.safe_fill_m3:
        words = {
            "tank": tank.code,
            "filled": quantity_text(round(filled_m3, 3)),
            "most": quantity_text(tank.safe_fill_m3),
        }
        message = _("Tank %(tank)s would hold %(filled)s m³; its safe fill is %(most)s m³.")
        refusals.add(message % words, field, row, tank.code)


def m3_per_kg_in(tank: Tank) -> Decimal | None:
    """The volume of a kilogram of what is in a tank, by its last gauge, else by what came into it last."""
    found = _m3_per_kg_by(_last_gauge(tank))
    if found is not None:
        return found
    receipts = ConsignmentReceipt.objects.filter(tank=tank, litres_at_base__gt=0)
    last: Any = receipts.order_by("-consignment__received_at", "-pk").first()
    return last.litres_at_base / last.mass_kg / LITRES_PER_M3 if last is not None else None


def _last_gauge(tank: Tank) -> Gauge | None:
    rows: Any = Gauge.objects.filter(tank=tank, is_void=False)
    found: Gauge | None = rows.order_by("-gauged_at").first()
    return found


def _m3_per_kg_by(gauge: Gauge | None) -> Decimal | None:
    if gauge is None or gauge.mass_kg <= 0:
        return None
    return Decimal(gauge.gross_standard_m3 / gauge.mass_kg)
