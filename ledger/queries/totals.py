"""What places hold in money, and what came to and left a place by item: sums made in the database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import connection

from ledger.models import CustomsStatus, Hold, Journal
from registry.models import Place


@dataclass(frozen=True, slots=True)
class AmountsHeld:
    """The amounts in CNY that ride on everything a place holds, under any hold."""

    place_id: int
    customs_value_cny: Decimal
    duty_cny: Decimal
    consumption_tax_cny: Decimal
    vat_cny: Decimal

    @property
    def tax_cny(self) -> Decimal:
        """Duty and taxes together."""
        return self.duty_cny + self.consumption_tax_cny + self.vat_cny


@dataclass(frozen=True, slots=True)
class ItemTurnover:
    """What came to a place and left it, of one item in one unit; amounts in CNY ride on what is still held."""

    item_id: int
    unit_id: str
    came: Decimal
    left: Decimal
    reserved: Decimal
    net_mass_kg: Decimal
    customs_value_cny: Decimal
    duty_cny: Decimal
    consumption_tax_cny: Decimal
    vat_cny: Decimal


def amounts_held(*, place_ids: Iterable[int], journal: Journal, until: datetime | None = None) -> list[AmountsHeld]:
    """The amounts that places hold in a journal, by place; a place that holds nothing is left out.

    Args:
        until: The moment just before which is asked; None for now.
    """
    places = sorted(set(place_ids))
    if not places:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT place_id, sum(customs_value_cny), sum(duty_cny), sum(consumption_tax_cny), sum(vat_cny)"
            " FROM ledger_stock_at(NULL, %s::bigint[], NULL, %s::smallint, %s::timestamptz, NULL)"
            " GROUP BY place_id ORDER BY place_id",
            [places, journal, until],
        )
        return [AmountsHeld(*row) for row in cursor.fetchall()]


def turnover_of(*, place_id: int, journal: Journal, until: datetime | None = None) -> list[ItemTurnover]:
    """What came to a place and left it, per item and unit, ordered by item.

    What only changes its hold neither comes nor leaves. A reversal takes back from what its original had added to:
    the reversal of an arrival makes ``came`` smaller, not ``left`` larger.

    Args:
        until: The moment just before which is asked; None for now.
    """
    with connection.cursor() as cursor:
        # Balances lead to the lots, because the index on entries begins with the lot.
        cursor.execute(
            "SELECT l.item_id, l.unit_id,"
            " coalesce(sum(n.quantity) FILTER (WHERE (n.quantity > 0) = (t.reversal_of IS NULL)), 0),"
            " coalesce(-sum(n.quantity) FILTER (WHERE (n.quantity < 0) = (t.reversal_of IS NULL)), 0),"
            " sum(n.reserved), sum(n.net_mass_kg), sum(n.customs_value_cny), sum(n.duty_cny),"
            " sum(n.consumption_tax_cny), sum(n.vat_cny)"
            " FROM (SELECT e.lot_id, e.transaction_id, sum(e.quantity) AS quantity,"
            "  coalesce(sum(e.quantity) FILTER (WHERE e.hold = %(reserved)s), 0) AS reserved,"
            "  sum(e.net_mass_kg) AS net_mass_kg, sum(e.customs_value_cny) AS customs_value_cny,"
            "  sum(e.duty_cny) AS duty_cny, sum(e.consumption_tax_cny) AS consumption_tax_cny,"
            "  sum(e.vat_cny) AS vat_cny"
            "  FROM (SELECT DISTINCT lot_id FROM ledger_balance WHERE place_id = %(place)s AND journal = %(journal)s) b"
            "  JOIN ledger_entry e ON e.lot_id = b.lot_id AND e.place_id = %(place)s AND e.journal = %(journal)s"
            "  WHERE %(until)s::timestamptz IS NULL OR e.occurred_at < %(until)s::timestamptz"
            "  GROUP BY e.lot_id, e.transaction_id) n"
            " JOIN ledger_transaction t ON t.id = n.transaction_id"
            " JOIN ledger_lot l ON l.id = n.lot_id"
            " GROUP BY l.item_id, l.unit_id ORDER BY l.item_id, l.unit_id",
            {"place": place_id, "journal": journal, "until": until, "reserved": Hold.RESERVED},
        )
        return [ItemTurnover(*row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class JournalDifference:
    """A lot of which the two journals say something else, in the lot's unit."""

    lot_id: int
    in_stock: Decimal
    in_customs: Decimal


def journal_differences(*, site_id: int, until: datetime | None = None) -> list[JournalDifference]:
    """Lots whose STOCK and CUSTOMS quantities at a site's places differ, by lot.

    Lots that customs has not admitted yet, or that are duty-paid, stand in no book and are left out.

    Args:
        until: The moment just before which is asked; None for now.
    """
    places = list(Place.objects.filter(site=site_id, is_internal=True).values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.lot_id, coalesce(sum(s.quantity) FILTER (WHERE s.journal = %(stock)s), 0) AS in_stock,"
            " coalesce(sum(s.quantity) FILTER (WHERE s.journal = %(customs)s), 0) AS in_customs"
            " FROM ledger_stock_at(NULL, %(places)s::bigint[], NULL, NULL, %(until)s::timestamptz, NULL) s"
            " JOIN ledger_lot l ON l.id = s.lot_id AND l.customs_status <> ALL (%(in_no_book)s::text[])"
            " GROUP BY s.lot_id"
            " HAVING coalesce(sum(s.quantity) FILTER (WHERE s.journal = %(stock)s), 0)"
            "  <> coalesce(sum(s.quantity) FILTER (WHERE s.journal = %(customs)s), 0)"
            " ORDER BY s.lot_id",
            {
                "places": places,
                "until": until,
                "stock": Journal.STOCK,
                "customs": Journal.CUSTOMS,
                "in_no_book": [CustomsStatus.UNADMITTED.value, CustomsStatus.DUTY_PAID.value],
            },
        )
        return [JournalDifference(*row) for row in cursor.fetchall()]
