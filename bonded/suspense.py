"""What stands in suspense: short of the declaration, found over it, or never declared; with its age."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Min

from documents.kinds import declared_kinds
from ledger.postings import Journal
from ledger.queries import balances, entries_of, lots
from registry.models import Place, PlaceKind, Site


@dataclass(frozen=True, slots=True)
class SuspensePosition:
    """A quantity of one lot in suspense at one site, in the lot's unit; amounts are what rides on it in CNY.

    Short goods stand in the account book with their suspended tax; over and undeclared ones in no book, without value.
    """

    site: Site
    lot: Any
    is_short: bool
    quantity: Decimal
    net_mass_kg: Decimal
    customs_value_cny: Decimal
    tax_cny: Decimal
    since: datetime

    @property
    def item(self) -> Any:
        return self.lot.item

    @property
    def unit(self) -> str:
        return str(self.lot.item.unit)

    def days(self, at: datetime) -> int:
        """How many whole days it has waited."""
        return (at - self.since).days


def suspense_positions(
    *, sites: Iterable[Site], until: datetime | None = None, lot_ids: Iterable[int] | None = None
) -> list[SuspensePosition]:
    """What stands in suspense at the sites, the longest first; fuel is settled by documents of its own.

    Args:
        until: the moment just before which is asked; None for now.
        lot_ids: only these lots.
    """
    site_of = {site.pk: site for site in sites}
    kinds = [PlaceKind.SUSPENSE, PlaceKind.SHORTAGE]
    places = {place.pk: place for place in Place.objects.filter(site__in=site_of, kind__in=kinds)}
    held = balances(places=places, lots=lot_ids, journal=Journal.STOCK, until=until)
    of_warehouse = [kind.name for kind in declared_kinds("bonded")]
    of_goods = lots().select_related("item__unit", "owner").filter(document_kind__in=of_warehouse)
    by_id = of_goods.in_bulk({balance.lot_id for balance in held})
    entries = entries_of(journal=Journal.STOCK, lot_ids=list(by_id), place_ids=list(places)).order_by()
    came = entries.select_related(None).values_list("lot_id", "place_id").annotate(first=Min("occurred_at"))
    since = {(lot_id, place_id): first for lot_id, place_id, first in came}
    found = [
        SuspensePosition(
            site=site_of[places[balance.place_id].site_id],
            lot=by_id[balance.lot_id],
            is_short=places[balance.place_id].kind == PlaceKind.SHORTAGE,
            quantity=balance.quantity,
            net_mass_kg=balance.net_mass_kg,
            customs_value_cny=balance.customs_value_cny,
            tax_cny=balance.duty_cny + balance.consumption_tax_cny + balance.vat_cny,
            since=since[balance.lot_id, balance.place_id],
        )
        for balance in held
        if balance.lot_id in by_id
    ]
    return sorted(found, key=lambda position: (position.since, position.lot.pk))


def position_of(*, site: Site, lot_id: int) -> SuspensePosition | None:
    """What of a lot stands in suspense at a site; None where nothing does."""
    return next(iter(suspense_positions(sites=[site], lot_ids=[lot_id])), None)
