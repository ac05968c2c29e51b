"""Taking signed tickets out of the tanks: the oldest consignment first, posted in one call for any number of them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from documents.operations import documents
from documents.operations.documents import Refusals
from fuel.models import DeliveryTicket, TicketDraw
from fuel.operations.receipt_checks import QuietTimes
from fuel.operations.tank_stock import DrawnLot, TankStock, lock_tanks
from ledger.operations import post
from ledger.postings import Account, CustomsStatus, Journal, Leg, MovementKind, NotEnoughStock, Posting
from registry.models import Place, PlaceKind, User

MOVEMENT_OF = {
    CustomsStatus.BONDED: MovementKind.RE_EXPORTED,
    CustomsStatus.DUTY_PAID: MovementKind.DOMESTIC_SALE,
}
BOUNDARY_OF = {
    CustomsStatus.BONDED: PlaceKind.ABROAD,
    CustomsStatus.DUTY_PAID: PlaceKind.DOMESTIC,
}


def post_uplifts(
    *,
    tickets: Sequence[DeliveryTicket],
    actor: User,
    rows: Mapping[int, int] | None = None,
    moment: datetime | None = None,
) -> None:
    """Draw saved tickets of one site from their tanks, in the order of delivery, and post them.

    The tanks are locked until the transaction ends, so that two tickets never count on the same kilograms.

    Args:
        tickets: measured; those of one tank and duty status draw one after the other.
        rows: of a file, by ticket, so that a refusal names the row and every row is looked at.
        moment: at which the fuel leaves instead, where the days of the delivery are settled.
    Raises:
        NotAsRequired, NotEnoughStock: less than a ticket's mass lay in its tank, released, and is left; or the tank
            was gauged for a receipt at that moment; the row and figures named.
        PeriodClosed, NegativeInThePast: the delivery cannot be posted to its time any more.
    """
    lock_tanks(ticket.tank for ticket in tickets)
    earliest = moment or min(ticket.delivered_at for ticket in tickets)
    stock = TankStock({ticket.tank.place_id for ticket in tickets}, since=earliest)
    quiet = QuietTimes({ticket.tank_id for ticket in tickets}, since=earliest)
    refusals = Refusals()
    drawn_by: list[tuple[DeliveryTicket, list[DrawnLot]]] = []
    for ticket in sorted(tickets, key=lambda one: (one.delivered_at, one.pk)):
        row = None if rows is None else rows[ticket.pk]
        left_at = moment or ticket.delivered_at
        quiet.check(ticket.tank, left_at, refusals, field="delivered_at", row=row)
        try:
            drawn = stock.draw(
                tank=ticket.tank,
                customs_status=ticket.customs_status,
                mass_kg=ticket.mass_kg or Decimal(0),
                moment=left_at,
                field="tank",
            )
        except NotEnoughStock as refused:
            if rows is None:
                raise
            refusals.errors += [replace(error, row=row) for error in refused.errors]
            continue
        drawn_by.append((ticket, drawn))
    refusals.raise_if_any()
    TicketDraw.objects.bulk_create(
        TicketDraw(ticket=ticket, row=row, lot_id=one.lot_id, tank=one.tank, mass_kg=one.mass_kg)
        for ticket, drawn in drawn_by
        for row, one in enumerate(drawn, start=1)
    )
    target_of = _boundaries(tickets)
    post(
        zone_id=tickets[0].site.zone_id,
        actor_id=actor.pk,
        postings=[
            _posting(ticket, drawn, Account(target_of[ticket.customs_status]), moment or ticket.delivered_at)
            for ticket, drawn in drawn_by
        ],
    )


def _posting(ticket: DeliveryTicket, drawn: Sequence[DrawnLot], target: Account, left_at: datetime) -> Posting:
    """What an uplift does to the ledger: from the tank to abroad, or, duty-paid, to the domestic market."""
    return documents.posting_of(
        ticket,
        "uplift",
        kind=MOVEMENT_OF[CustomsStatus(ticket.customs_status)],
        legs=[Leg(Journal.STOCK, one.lot_id, one.account, target, one.mass_kg) for one in drawn],
        occurred_at=left_at,
    )


def _boundaries(tickets: Sequence[DeliveryTicket]) -> dict[str, int]:
    kinds = {BOUNDARY_OF[CustomsStatus(ticket.customs_status)] for ticket in tickets}
    found = dict(Place.objects.filter(site=tickets[0].site_id, kind__in=kinds).values_list("kind", "pk"))
    return {status: found[kind] for status, kind in BOUNDARY_OF.items() if kind in found}
