"""What is in the tanks as an operation sees it: locked, then drawn on, the oldest consignment first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from fuel.models import Tank
from fuel.queries import book_places_of
from ledger.postings import Account, Hold, Journal, Leg, NotEnoughStock
from ledger.queries import PlaceStock, stock_in
from registry.errors import FieldError
from registry.wording import quantity_text


@dataclass(frozen=True, slots=True)
class DrawnLot:
    """A mass of one lot in one tank, in kilograms."""

    lot_id: int
    tank: Tank
    mass_kg: Decimal


def lock_tanks(tanks: Iterable[Tank]) -> list[Tank]:
    """Lock tanks in one order until the transaction ends, so that nobody else draws on what is picked here."""
    rows: Any = Tank.objects.select_for_update(of=("self",))
    return list(
        rows.filter(pk__in={tank.pk for tank in tanks}).select_related("place__site__zone", "group").order_by("pk")
    )


def draw_first_in_first_out(
    *, tank: Tank, customs_status: str, mass_kg: Decimal, hold: Hold = Hold.FREE, field: str = "mass_kg"
) -> list[DrawnLot]:
    """The lots that a mass is taken from, the oldest first. Lock the tank before.

    Args:
        mass_kg: to be taken, in kilograms.
        hold: FREE takes released fuel only.
        field: that the refusal names.
    Raises:
        NotEnoughStock: less than that of the status is in the tank and released.
    """
    stock = stock_in(place_ids=[tank.place_id], hold=hold, customs_status=customs_status)
    return draw_from(stock, tank=tank, mass_kg=mass_kg, field=field)


def out_of_book(drawn: Iterable[Any], target: Account) -> list[Leg]:
    """What leaves the account book with a mass that leaves a tank; lots that were declared to none leave none.

    Args:
        drawn: each with lot_id and mass_kg.
    """
    drawn = list(drawn)
    book_of = book_places_of(one.lot_id for one in drawn)
    return [
        Leg(Journal.CUSTOMS, one.lot_id, Account(book_of[one.lot_id]), target, one.mass_kg)
        for one in drawn
        if one.lot_id in book_of
    ]


def draw_from(stock: Sequence[PlaceStock], *, tank: Tank, mass_kg: Decimal, field: str) -> list[DrawnLot]:
    """Take a mass from lots in their order; see draw_first_in_first_out."""
    drawn, rest = [], mass_kg
    for held in stock:
        if rest <= 0:
            break
        taken = min(rest, held.quantity)
        drawn.append(DrawnLot(held.lot_id, tank, taken))
        rest -= taken
    if rest > 0:
        words = {
            "asked": quantity_text(mass_kg),
            "available": quantity_text(sum((held.quantity for held in stock), Decimal(0))),
            "tank": tank.code,
        }
        message = _("%(asked)s kg asked, but only %(available)s kg of it is released in tank %(tank)s.") % words
        raise NotEnoughStock(message, errors=[FieldError(message, field=field, figure=str(mass_kg))])
    return drawn
