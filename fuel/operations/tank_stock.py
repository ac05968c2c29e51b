"""What is in the tanks as an operation sees it: locked, then drawn on, the oldest consignment first."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from documents.operations.documents import customs_date
from documents.operations.shares import riding_of, shares_of
from fuel.models import ReconciliationState, Tank
from fuel.queries import book_places_of
from ledger.postings import Account, Hold, Journal, Leg, NotEnoughStock, Riding
from ledger.queries import PlaceStock, balances, closed_through, entries_of, stock_in
from registry.errors import FieldError
from registry.wording import local_time_text, quantity_text


@dataclass(frozen=True, slots=True)
class DrawnLot:
    """A mass of one lot in one tank under one hold, in kilograms."""

    lot_id: int
    tank: Tank
    mass_kg: Decimal
    hold: Hold = Hold.FREE

    @property
    def account(self) -> Account:
        return Account(self.tank.place_id, self.hold)


def riding_of_drawn(tank: Tank, drawn: Sequence[DrawnLot]) -> list[Riding]:
    """What rides on each mass drawn out of a tank, as the ledger itself will share it."""
    found = balances(places=[tank.place_id], lots=[one.lot_id for one in drawn], journal=Journal.STOCK)
    held = {(row.lot_id, row.hold): row for row in found}
    shares = []
    for one in drawn:
        row = held[one.lot_id, one.hold]
        rest_kg = row.quantity - one.mass_kg
        shares.append(next(shares_of(riding_of(row), [one.mass_kg, rest_kg] if rest_kg else [one.mass_kg])))
    return shares


def lock_tanks(tanks: Iterable[Tank]) -> list[Tank]:
    """Lock tanks in one order until the transaction ends, so that nobody else draws on what is picked here."""
    rows: Any = Tank.objects.select_for_update(of=("self",))
    return list(
        rows.filter(pk__in={tank.pk for tank in tanks}).select_related("place__site__zone", "group").order_by("pk")
    )


INSTANT = timedelta(microseconds=1)

_LotHeld = tuple[int, int, Hold]


class TankStock:
    """What may be taken out of tanks at a moment: what lay in them then and has not left since. Lock the tanks before.

    A posting may come late. It takes nothing that arrived after its moment, and nothing that later postings have taken.

    Args:
        since: the earliest of the moments to be asked for.
    """

    def __init__(self, place_ids: Iterable[int], *, since: datetime) -> None:
        places = list(place_ids)
        self._held = stock_in(place_ids=places)
        self._least = self._least_since(places, since)
        self._taken: dict[_LotHeld, Decimal] = {}

    def lying(self, *, tank: Tank, customs_status: str, moment: datetime) -> list[PlaceStock]:
        """What is left to take at the moment, the oldest consignment first; moments are asked for in their order."""
        found = []
        for held in self._held:
            if (held.place_id, held.customs_status) != (tank.place_id, customs_status):
                continue
            key = (held.lot_id, held.place_id, held.hold)
            moments, least = self._least.get(key, ([], [held.quantity]))
            left = least[bisect_right(moments, moment)] - self._taken.get(key, Decimal(0))
            if left > 0:
                found.append(replace(held, quantity=left))
        return found

    def draw(
        self,
        *,
        tank: Tank,
        customs_status: str,
        mass_kg: Decimal,
        moment: datetime,
        field: str = "mass_kg",
        holds: Sequence[Hold] = (Hold.FREE,),
    ) -> list[DrawnLot]:
        """Take a mass, the oldest consignment first, hold after hold.

        Args:
            mass_kg: to be taken, in kilograms.
            holds: FREE alone takes released fuel only.
            field: that the refusal names.
        Raises:
            NotEnoughStock: less than that of the status lay in the tank and is left.
        """
        lying = self.lying(tank=tank, customs_status=customs_status, moment=moment)
        drawn: list[DrawnLot] = []
        rest = mass_kg
        for held in (one for hold in holds for one in lying if one.hold == hold):
            taken = min(rest, held.quantity)
            if taken > 0:
                drawn.append(DrawnLot(held.lot_id, tank, taken, held.hold))
                rest -= taken
        if rest > 0:
            raise self._not_enough(tank, customs_status, mass_kg, mass_kg - rest, moment, field, holds)
        for one in drawn:
            key = (one.lot_id, tank.place_id, one.hold)
            self._taken[key] = self._taken.get(key, Decimal(0)) + one.mass_kg
        return drawn

    def _least_since(
        self, places: Sequence[int], since: datetime
    ) -> dict[_LotHeld, tuple[list[datetime], list[Decimal]]]:
        """By lot the moments at which it moved since, and the least of it from each stretch between them on."""
        now = {(held.lot_id, held.place_id, held.hold): held.quantity for held in self._held}
        moved = (
            entries_of(place_ids=places, journal=Journal.STOCK)
            .filter(occurred_at__gt=since)
            .select_related(None)
            .order_by("lot", "place", "hold", "-occurred_at")
            .values_list("lot", "place", "hold", "occurred_at", "quantity")
        )
        found = {}
        for (lot, place, hold), entries in groupby(moved, key=lambda entry: entry[:3]):
            key = (lot, place, Hold(hold))
            if key not in now:
                continue
            balance = now[key]
            moments: list[datetime] = []
            least = [balance]
            for moment, at_once in groupby(entries, key=lambda entry: entry[3]):
                balance -= sum((entry[4] for entry in at_once), Decimal(0))
                moments.append(moment)
                least.append(min(least[-1], balance))
            found[key] = (moments[::-1], least[::-1])
        return found

    def _not_enough(
        self,
        tank: Tank,
        customs_status: str,
        asked: Decimal,
        available: Decimal,
        moment: datetime,
        field: str,
        holds: Sequence[Hold],
    ) -> NotEnoughStock:
        words = {
            "asked": quantity_text(asked),
            "available": quantity_text(available),
            "tank": tank.code,
            "time": local_time_text(moment),
        }
        present = sum(
            (
                held.quantity - self._taken.get((held.lot_id, held.place_id, held.hold), Decimal(0))
                for held in self._held
                if (held.place_id, held.customs_status) == (tank.place_id, customs_status) and held.hold in holds
            ),
            Decimal(0),
        )
        if present > available:
            message = _(
                "%(asked)s kg asked, but of what lay in tank %(tank)s at %(time)s only %(available)s kg are left: "
                "the rest came later, or was taken by what happened later."
            )
        else:
            message = _("%(asked)s kg asked, but only %(available)s kg of it is released in tank %(tank)s.")
        return NotEnoughStock(message % words, errors=[FieldError(message % words, field=field, figure=str(asked))])


def draw_first_in_first_out(
    *,
    tank: Tank,
    customs_status: str,
    mass_kg: Decimal,
    moment: datetime,
    holds: Sequence[Hold] = (Hold.FREE,),
    field: str = "mass_kg",
) -> list[DrawnLot]:
    """The lots that a mass is taken from at a moment; see TankStock.draw. Lock the tank before."""
    stock = TankStock([tank.place_id], since=moment)
    return stock.draw(
        tank=tank, customs_status=customs_status, mass_kg=mass_kg, moment=moment, holds=holds, field=field
    )


def is_settled(*, document: Any, tank: Tank, moment: datetime) -> bool:
    """Whether a moment lies in a closed period, or in days for which the tank's reconciliation is approved."""
    closed = closed_through(site_id=document.site_id)
    if closed is not None and customs_date(document, moment) <= closed:
        return True
    return tank.reconciliations.filter(state=ReconciliationState.APPROVED, ends_at__gt=moment).exists()


def moment_of_correction(*, document: Any, tank: Tank, moment: datetime, at: datetime) -> datetime:
    """When what left a tank is there again: just before it left, so that it never did; now where that is settled."""
    before = moment - INSTANT
    return at if is_settled(document=document, tank=tank, moment=before) else before


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
