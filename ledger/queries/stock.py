"""What is held where: now, or as of a moment, as known at a moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import connection

from ledger.models import MEASURES, Hold, Journal
from registry.models import Place

_MEASURES = ", ".join(MEASURES)


@dataclass(frozen=True, slots=True)
class AccountBalance:
    """What an account held: quantity in the lot's unit, kilograms, and amounts in CNY."""

    lot_id: int
    place_id: int
    journal: Journal
    hold: Hold
    quantity: Decimal
    net_mass_kg: Decimal
    customs_value_cny: Decimal
    duty_cny: Decimal
    consumption_tax_cny: Decimal
    vat_cny: Decimal


def balances(
    *,
    places: Iterable[int] | None = None,
    lots: Iterable[int] | None = None,
    journal: Journal | None = None,
    until: datetime | None = None,
    known_at: datetime | None = None,
    site_ids: Iterable[int] | None = None,
    zone_id: int | None = None,
) -> list[AccountBalance]:
    """Every internal account that held something, ordered by lot, place, journal and hold.

    A query that must join balances to other tables joins the function ``ledger_stock_at``, which this one calls.

    Args:
        places, lots, journal, site_ids, zone_id: Only these; None for all. An empty list finds nothing.
        until: The moment just before which is asked, so midnight for the day before; None for now.
        known_at: Leave out what was recorded after this moment; None for all that is known.
    """
    place_ids = None if places is None else set(places)
    if site_ids is not None:
        at_sites = set(Place.objects.filter(site__in=list(site_ids), is_internal=True).values_list("pk", flat=True))
        place_ids = at_sites if place_ids is None else place_ids & at_sites
    lot_ids = None if lots is None else sorted(set(lots))
    if place_ids == set() or lot_ids == []:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT lot_id, place_id, journal, hold, {_MEASURES}"  # noqa: S608 (column names of our own)
            " FROM ledger_stock_at(%s::bigint, %s::bigint[], %s::bigint[], %s::smallint, %s::timestamptz,"
            " %s::timestamptz) ORDER BY lot_id, place_id, journal, hold",
            [zone_id, None if place_ids is None else sorted(place_ids), lot_ids, journal, until, known_at],
        )
        return [
            AccountBalance(lot_id, place_id, Journal(journal_id), Hold(hold_id), *measures)
            for lot_id, place_id, journal_id, hold_id, *measures in cursor.fetchall()
        ]


def balance_of(
    *,
    lot_id: int,
    place_id: int,
    journal: Journal,
    hold: Hold,
    until: datetime | None = None,
    known_at: datetime | None = None,
) -> AccountBalance:
    """What one internal account held; zeros when it held nothing. For ``until`` and ``known_at`` see balances."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_MEASURES}"  # noqa: S608 (column names of our own)
            " FROM ledger_account_at(%s::bigint, %s::bigint, %s::smallint, %s::smallint, %s::timestamptz,"
            " %s::timestamptz)",
            [lot_id, place_id, journal, hold, until, known_at],
        )
        return AccountBalance(lot_id, place_id, journal, hold, *cursor.fetchone())
