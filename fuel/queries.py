"""What is asked of fuel: what of a consignment is missing, and in which account book a lot stands."""

from collections.abc import Iterable

from fuel.models import FuelConsignment
from ledger.postings import Journal
from ledger.queries import AccountBalance, balances
from registry.models import Place, PlaceKind


def outstanding_loss(consignment: FuelConsignment) -> AccountBalance | None:
    """What of a received consignment still lies at the shortage place, with its share of value and tax."""
    if consignment.lot_id is None:
        return None
    shortage = Place.objects.get(site=consignment.site_id, kind=PlaceKind.SHORTAGE)
    found = balances(places=[shortage.pk], lots=[consignment.lot_id], journal=Journal.STOCK)
    return next((row for row in found if row.quantity > 0), None)


def book_places_of(lot_ids: Iterable[int]) -> dict[int, int]:
    """By lot the place of the account book that it was declared to; lots that were declared to none are left out."""
    rows = FuelConsignment.objects.filter(lot__in=list(lot_ids), book__isnull=False)
    return dict(rows.values_list("lot", "book__place"))
