"""What each duty status of a tank had and moved over some days, by the ledger."""

from datetime import datetime
from decimal import Decimal

from fuel.gain_loss import Turnover
from fuel.models import FuelConsignment, StatusChange, Tank
from ledger.postings import CustomsStatus, Journal, MovementKind
from ledger.queries import balances, lots, turnover_of_place

_COLUMN_OF: dict[MovementKind, tuple[str, int]] = {
    MovementKind.ADMITTED: ("receipts_kg", 1),
    MovementKind.TRANSFERRED_IN: ("receipts_kg", 1),
    MovementKind.RETURNED: ("defuels_kg", 1),
    MovementKind.RELOCATED: ("transfers_kg", 1),
    MovementKind.RE_EXPORTED: ("uplifts_kg", -1),
    MovementKind.DOMESTIC_SALE: ("uplifts_kg", -1),
    MovementKind.SAMPLED: ("samples_kg", -1),
    # To slops; and out of them, or, before there were slop tanks, out of any tank.
    MovementKind.BLOCKED: ("drains_kg", -1),
    MovementKind.DESTROYED: ("drains_kg", -1),
}


def turnovers(*, tank: Tank, since: datetime, until: datetime) -> dict[str, Turnover]:
    """What each duty status of a tank had and moved between two moments, from the ledger, in kilograms.

    Fuel that came over its declaration, not admitted yet, counts with the bonded: it is under customs control. What a
    slop tank takes from other tanks counts as transferred to it, and what of it is destroyed as drained.
    """
    figures: dict[str, dict[str, Decimal]] = {status: {} for status in (CustomsStatus.BONDED, CustomsStatus.DUTY_PAID)}
    held = [row for row in balances(places=[tank.place_id], journal=Journal.STOCK, until=since) if row.quantity]
    status_of = dict(lots().filter(pk__in={row.lot_id for row in held}).values_list("pk", "customs_status"))
    for row in held:
        _add(figures, status_of[row.lot_id], "opening_kg", row.quantity)
    for moved in turnover_of_place(place_id=tank.place_id, since=since, until=until):
        column, sign = _COLUMN_OF.get(moved.kind, ("adjustments_kg", 1))
        if moved.document_kind == FuelConsignment.kind:
            column, sign = "receipts_kg", 1
        if moved.document_kind == StatusChange.kind:
            column, sign = "status_changes_kg", 1
        if tank.is_slop and moved.kind == MovementKind.BLOCKED:
            column, sign = "transfers_kg", 1
        _add(figures, moved.customs_status, column, sign * moved.quantity)
    return {status: Turnover(**columns) for status, columns in figures.items()}


def _add(figures: dict[str, dict[str, Decimal]], status: str, column: str, kg: Decimal) -> None:
    columns = figures[CustomsStatus.DUTY_PAID if status == CustomsStatus.DUTY_PAID else CustomsStatus.BONDED]
    columns[column] = columns.get(column, Decimal(0)) + kg
