"""What is posted for a tank that gained or lost: to each duty status its share, lot by lot."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from documents.operations import documents
from documents.operations.documents import NotAsRequired
from documents.operations.shares import riding_of
from fuel.models import Tank, TankReconciliation
from fuel.operations.tank_stock import DrawnLot, TankStock, out_of_book
from fuel.queries import RIDING, book_places_of
from ledger.postings import Account, CustomsStatus, Hold, Journal, Leg, MovementKind, Riding
from ledger.queries import AccountBalance, PlaceStock, balances
from registry.models import PlaceKind
from registry.quantities import FEN

# What a tank gained or lost belongs to the days that it was found in: the next ones open with what the gauge says.
LAST_MOMENT = timedelta(microseconds=1)


def loss_goes_to(*, is_tolerated: bool) -> tuple[MovementKind, PlaceKind]:
    if is_tolerated:
        return MovementKind.ALLOWED_LOSS, PlaceKind.ALLOWED_LOSS
    return MovementKind.ADJUSTED, PlaceKind.LOST


def legs_of(
    reconciliation: TankReconciliation, tank: Tank, *, is_tolerated: bool
) -> tuple[list[Leg], Sequence[DrawnLot]]:
    """What is to be posted, and what of bonded lots is lost: the oldest lot first; a gain joins its newest lot.

    Released fuel comes first, and then what is held: a tank may hold nothing else.
    """
    legs: list[Leg] = []
    bonded_lost: Sequence[DrawnLot] = ()
    moment = reconciliation.ends_at - LAST_MOMENT
    stock = TankStock([tank.place_id], since=moment)
    for line in reconciliation.lines.exclude(gain_loss_kg=0):
        status = line.customs_status
        if line.gain_loss_kg > 0:
            lying = stock.lying(tank=tank, customs_status=status, moment=moment)
            legs += _gained(lying, tank, status, line.gain_loss_kg)
            continue
        _kind, place_kind = loss_goes_to(is_tolerated=is_tolerated)
        target = Account(documents.boundary(tank.site, place_kind).pk)
        drawn = stock.draw(
            tank=tank,
            customs_status=status,
            mass_kg=-line.gain_loss_kg,
            moment=moment,
            field="gain_loss_kg",
            holds=(Hold.FREE, Hold.BLOCKED),
        )
        if status == CustomsStatus.BONDED:
            bonded_lost = drawn
        legs += [Leg(Journal.STOCK, one.lot_id, one.account, target, one.mass_kg) for one in drawn]
        legs += out_of_book(drawn, target)
    return legs, bonded_lost


def _gained(lying: Sequence[PlaceStock], tank: Tank, customs_status: str, gain_kg: Decimal) -> list[Leg]:
    """What was found joins the newest lot with the average value and suspended tax of what lies there."""
    gains = _gaining(lying, tank, customs_status)
    source = Account(documents.boundary(tank.site, PlaceKind.FOUND).pk)
    found = balances(places=[tank.place_id], lots={one.lot_id for one in lying}, journal=Journal.STOCK)
    gained = average_riding(found, gain_kg)
    into = [(Journal.STOCK, Account(tank.place_id, gains.hold))]
    into += [(Journal.CUSTOMS, Account(book)) for book in book_places_of([gains.lot_id]).values()]
    return [Leg(journal, gains.lot_id, source, account, gain_kg, gained) for journal, account in into]


def average_riding(rows: Iterable[AccountBalance], mass_kg: Decimal) -> Riding:
    """What rides on a mass by the average of what lies there, to the fen."""
    lying = [riding_of(row) for row in rows if row.quantity > 0]
    whole_kg = sum((one.net_mass_kg for one in lying), Decimal(0))

    def share(name: str) -> Decimal:
        amount = sum((getattr(one, name) for one in lying), Decimal(0))
        return (amount * mass_kg / whole_kg).quantize(FEN, rounding=ROUND_HALF_UP)

    return Riding(mass_kg, *(share(name) for name in RIDING[1:]))


def _gaining(lying: Sequence[PlaceStock], tank: Tank, customs_status: str) -> PlaceStock:
    """The newest lot, of what is released if anything is: what a held lot gains stays held with it."""
    if not lying:
        words = {"tank": tank.code, "status": CustomsStatus(customs_status).label}
        raise NotAsRequired(_("Tank %(tank)s has no fuel of the status “%(status)s” that could gain.") % words)
    released = [one for one in lying if one.hold == Hold.FREE]
    return (released or list(lying))[-1]
