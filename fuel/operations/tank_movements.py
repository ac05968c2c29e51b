"""What else moves in the tank farm: transfers, samples and drains, posted as soon as they are entered."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from customs.operations import documents
from customs.operations.documents import Refusals
from customs.operations.numbers import give_number
from fuel.models import Tank, TankMovement, TankMovementDraw, TankMovementKind
from fuel.operations.receipt_checks import check_product, check_quiet, check_status
from fuel.operations.safe_fill import check_fill, m3_per_kg_in
from fuel.operations.tank_stock import DrawnLot, draw_first_in_first_out, lock_tanks, out_of_book
from ledger.operations import post
from ledger.postings import Account, Hold, Journal, Leg, MovementKind
from registry.models import PlaceKind, User

MOVEMENT_OF = {
    TankMovementKind.TRANSFER: MovementKind.RELOCATED,
    TankMovementKind.SAMPLE: MovementKind.SAMPLED,
    TankMovementKind.DRAIN: MovementKind.DESTROYED,
}
BOUNDARY_OF = {
    TankMovementKind.SAMPLE: PlaceKind.SAMPLED,
    TankMovementKind.DRAIN: PlaceKind.DESTROYED,
}

# The laboratory tells whether fuel is fit to be released, so a sample takes what is held too.
HOLDS_OF = {
    TankMovementKind.TRANSFER: (Hold.FREE,),
    TankMovementKind.SAMPLE: (Hold.FREE, Hold.BLOCKED),
    TankMovementKind.DRAIN: (Hold.FREE,),
}


@transaction.atomic
def move_fuel(
    *,
    movement: str,
    from_tank: Tank,
    customs_status: str,
    mass_kg: Decimal,
    moved_at: datetime,
    actor: User,
    at: datetime,
    request_key: UUID,
    to_tank: Tank | None = None,
    remark: str = "",
) -> TankMovement:
    """Move fuel to another tank, to the laboratory or to slops, the oldest consignment first.

    Only released fuel is moved; a sample takes held fuel too where there is no other. What leaves for the laboratory
    or for slops leaves the account book too. The same request twice gives one document.

    Args:
        mass_kg: in kilograms, at most 3 decimals.
    Raises:
        NotAllowed: the actor posts no documents at the site.
        NotAsRequired: naming each field and figure that cannot be accepted; also above the other tank's safe fill.
        NotEnoughStock: less than that of the status lay in the tank, released, and is left.
        PeriodClosed, NegativeInThePast: the moment cannot be posted to any more.
        RequestKeyUsed: the key stands for somebody else's document.
    """
    documents.require_poster(actor, from_tank.site)

    def prepare() -> TankMovement:
        locked = {tank.pk: tank for tank in lock_tanks(tank for tank in (from_tank, to_tank) if tank is not None)}
        document = TankMovement(
            site=from_tank.site,
            movement=movement,
            from_tank=locked[from_tank.pk],
            to_tank=None if to_tank is None else locked[to_tank.pk],
            customs_status=customs_status,
            mass_kg=mass_kg,
            moved_at=moved_at,
            prepared_by=actor,
            prepared_at=at,
            request_key=request_key,
            remark=remark,
        )
        documents.require_not_in_the_future(moved_at, at=at, field="moved_at")
        _require_possible(document)
        drawn = draw_first_in_first_out(
            tank=document.from_tank,
            customs_status=customs_status,
            mass_kg=mass_kg,
            moment=moved_at,
            holds=HOLDS_OF[TankMovementKind(movement)],
        )
        give_number(document=document, at=at)
        documents.keep(document, actor=actor, at=at)
        TankMovementDraw.objects.bulk_create(
            TankMovementDraw(tank_movement=document, row=row, lot_id=one.lot_id, tank=one.tank, mass_kg=one.mass_kg)
            for row, one in enumerate(drawn, start=1)
        )
        _post(document, drawn, actor)
        return document

    return documents.prepared_once(TankMovement, request_key=request_key, actor=actor, prepare=prepare)


def _require_possible(document: TankMovement) -> None:
    refusals = Refusals()
    refusals.quantity(document.mass_kg, document.from_tank.product.unit, field="mass_kg", row=None)
    refusals.row_fits(document, number=None, exclude={"number", "number_year", "number_sequence"})
    from_tank, to_tank = document.from_tank, document.to_tank
    check_quiet((from_tank, to_tank), document.moved_at, refusals, field="moved_at")
    documents.check_tank(from_tank.place, document.site, refusals, field="from_tank", row=None)
    if (document.movement == TankMovementKind.TRANSFER) != (to_tank is not None) or from_tank == to_tank:
        refusals.add(_("A transfer names another tank; a sample or drain names none."), "to_tank")
    elif to_tank is not None:
        documents.check_tank(to_tank.place, document.site, refusals, field="to_tank", row=None)
        check_status(to_tank, document.customs_status, refusals, field="to_tank")
        check_product(to_tank, from_tank.product, refusals, field="to_tank")
        if not refusals.is_refused("mass_kg", None):
            m3_per_kg = m3_per_kg_in(from_tank)
            check_fill(to_tank, added_kg=document.mass_kg, m3_per_kg=m3_per_kg, refusals=refusals, field="to_tank")
    refusals.raise_if_any()


def _post(document: TankMovement, drawn: list[DrawnLot], actor: User) -> None:
    kind = TankMovementKind(document.movement)
    books: list[Leg] = []
    if document.to_tank is not None:
        target = Account(document.to_tank.place_id)
    else:
        target = Account(documents.boundary(document.site, BOUNDARY_OF[kind]).pk)
        books = out_of_book(drawn, target)
    stock = [Leg(Journal.STOCK, one.lot_id, one.account, target, one.mass_kg) for one in drawn]
    post(
        zone_id=document.site.zone_id,
        actor_id=actor.pk,
        postings=[
            documents.posting_of(
                document, "move", kind=MOVEMENT_OF[kind], legs=(*stock, *books), occurred_at=document.moved_at
            )
        ],
    )
