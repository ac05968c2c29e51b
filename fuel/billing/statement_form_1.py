"""The JSON of statements that were issued before 2026-11-27, so that their seals hold for as long as they are kept."""

from datetime import UTC, datetime
from typing import Any

_NEW_IN_HEAD = frozenset({"form", "price_bases", "duty_paid_bases"})
_NEW_IN_LINE = frozenset(
    {
        *("contract_number", "quotes", "index_unit", "differential_unit", "barrels_per_tonne", "vat_rate"),
        *("duty_paid_cny_per_tonne", "duty_paid_has_fee", "duty_paid_from_date", "duty_paid_source"),
    }
)
_OTHER_NAMES = {"net_amount": "amount", "us_gallons_observed": "us_gallons"}


def head_of_1(head: dict[str, Any]) -> dict[str, Any]:
    """What a statement says beside its lines, as it was said."""
    told = _renamed(head, _NEW_IN_HEAD)
    return {**told, "totals": _renamed(told["totals"], frozenset({"litres_observed"}))}


def line_of_1(line: dict[str, Any]) -> dict[str, Any]:
    """A line as it was said: its local time was told in UTC."""
    at = datetime.fromisoformat(line["delivered_local"]).astimezone(UTC)
    return {**_renamed(line, _NEW_IN_LINE), "delivered_local": at.isoformat().replace("+00:00", "Z")}


def _renamed(told: dict[str, Any], left_out: frozenset[str]) -> dict[str, Any]:
    return {_OTHER_NAMES.get(name, name): value for name, value in told.items() if name not in left_out}
