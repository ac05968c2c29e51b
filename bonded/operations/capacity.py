"""How much more a bin, tank or store can take."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from documents.operations.documents import Refusals
from ledger.postings import Journal
from ledger.queries import balances
from registry.models import Place
from registry.wording import quantity_text


def check_room(
    net_mass_kg_into: Mapping[Place, Decimal], rows: Mapping[Place, int], refusals: Refusals, *, field: str = "place"
) -> None:
    """Note every place whose capacity would be exceeded; the places stay locked until the transaction ends.

    Call it before a number is given or anything is posted: whoever holds those waits for no place.

    Args:
        net_mass_kg_into: net kilograms that come to each place, less what leaves it in the same act.
        rows: the row of the document that names the place, for the error.
    """
    limited = {place: place.capacity_kg for place in net_mass_kg_into if place.capacity_kg is not None}
    if not limited:
        return
    # Two that come at once would each find room for itself alone.
    pks = sorted(place.pk for place in limited)
    list(Place.objects.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk").values("pk"))
    there: dict[int, Decimal] = {}
    for balance in balances(places=pks, journal=Journal.STOCK):
        there[balance.place_id] = there.get(balance.place_id, Decimal(0)) + balance.net_mass_kg
    for place, capacity_kg in limited.items():
        room_kg = capacity_kg - there.get(place.pk, Decimal(0))
        if net_mass_kg_into[place] > room_kg:
            words = {
                "place": place.code,
                "capacity": quantity_text(capacity_kg, "kg"),
                "room": quantity_text(max(room_kg, Decimal(0)), "kg"),
                "asked": quantity_text(net_mass_kg_into[place], "kg"),
            }
            refusals.add(
                _("%(place)s holds at most %(capacity)s; there is room for %(room)s, not for %(asked)s.") % words,
                field,
                rows[place],
                str(net_mass_kg_into[place]),
            )
