"""Taking signed tickets out of the tanks: the oldest consignment first, posted in one call for any number of them."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from customs.operations import documents
from customs.operations.documents import Refusals
from fuel.models import DeliveryTicket, TicketDraw
from fuel.operations.tank_stock import DrawnLot, draw_from, lock_tanks
from ledger.operations import post
from ledger.postings import Account, CustomsStatus, Hold, Journal, Leg, MovementKind, NotEnoughStock, Posting
from ledger.queries import PlaceStock, stock_in
from registry.models import Place, PlaceKind, User

MOVEMENT_OF = {
    CustomsStatus.BONDED: MovementKind.RE_EXPORTED,
    CustomsStatus.DUTY_PAID: MovementKind.DOMESTIC_SALE,
}
BOUNDARY_OF = {
    CustomsStatus.BONDED: PlaceKind.ABROAD,
    CustomsStatus.DUTY_PAID: PlaceKind.DOMESTIC,
}


def post_uplifts(*, tickets: Sequence[DeliveryTicket], actor: User, are_rows: bool = False) -> None:
    """Draw saved tickets of one site from their tanks, in the order of delivery, and post them.

    The tanks are locked until the transaction ends, so that two tickets never count on the same kilograms.

    Args:
        tickets: measured; those of one tank and duty status draw one after the other.
        are_rows: of a file, so that a refusal names the row and every row is looked at.
    Raises:
        NotAsRequired, NotEnoughStock: less than a ticket's mass is released in its tank; the row and figures named.
        PeriodClosed, NegativeInThePast: the delivery cannot be posted to its time any more.
    """
    lock_tanks(ticket.tank for ticket in tickets)
    rest = _released({ticket.tank.place_id for ticket in tickets})
    refusals = Refusals()
    drawn_by: list[tuple[DeliveryTicket, list[DrawnLot]]] = []
    rows = {ticket.pk: number for number, ticket in enumerate(tickets)}
    for ticket in sorted(tickets, key=lambda one: (one.delivered_at, one.pk)):
        key = (ticket.tank.place_id, ticket.customs_status)
        try:
            drawn = draw_from(rest.get(key, []), tank=ticket.tank, mass_kg=ticket.mass_kg or Decimal(0), field="tank")
        except NotEnoughStock as refused:
            if not are_rows:
                raise
            refusals.errors += [replace(error, row=rows[ticket.pk]) for error in refused.errors]
            continue
        rest[key] = _less(rest[key], drawn)
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
        postings=[_posting(ticket, drawn, Account(target_of[ticket.customs_status])) for ticket, drawn in drawn_by],
    )


def _posting(ticket: DeliveryTicket, drawn: Sequence[DrawnLot], target: Account) -> Posting:
    """What an uplift does to the ledger: from the tank to abroad, or, duty-paid, to the domestic market."""
    return documents.posting_of(
        ticket,
        "uplift",
        kind=MOVEMENT_OF[CustomsStatus(ticket.customs_status)],
        legs=[Leg(Journal.STOCK, one.lot_id, Account(one.tank.place_id), target, one.mass_kg) for one in drawn],
        occurred_at=ticket.delivered_at,
    )


def _released(place_ids: set[int]) -> dict[tuple[int, str], list[PlaceStock]]:
    rest: dict[tuple[int, str], list[PlaceStock]] = {}
    for held in stock_in(place_ids=place_ids, hold=Hold.FREE):
        rest.setdefault((held.place_id, held.customs_status), []).append(held)
    return rest


def _less(stock: Sequence[PlaceStock], drawn: Sequence[DrawnLot]) -> list[PlaceStock]:
    taken = {one.lot_id: one.mass_kg for one in drawn}
    left = [replace(held, quantity=held.quantity - taken.get(held.lot_id, Decimal(0))) for held in stock]
    return [held for held in left if held.quantity > 0]


def _boundaries(tickets: Sequence[DeliveryTicket]) -> dict[str, int]:
    kinds = {BOUNDARY_OF[CustomsStatus(ticket.customs_status)] for ticket in tickets}
    found = dict(Place.objects.filter(site=tickets[0].site_id, kind__in=kinds).values_list("kind", "pk"))
    return {status: found[kind] for status, kind in BOUNDARY_OF.items() if kind in found}
