"""What else moves in the tank farm: transfers, samples, drains to slops, and the destruction of slops.

Bonded fuel leaves the account book by none of them that one person does alone, beyond small limits of the site. Drained
fuel stays in the book: it lies in a slop tank with its duty status, lot, value and suspended tax, blocked, until it is
destroyed under a certificate of customs.
"""

from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from documents.operations import documents
from documents.operations.acts import BY_DECIDERS, BY_POSTERS, act, take_back_act
from documents.operations.documents import Refusals
from documents.operations.numbers import give_number
from documents.operations.reversals import post_back
from fuel.models import Tank, TankMovement, TankMovementDraw, TankMovementKind, TankMovementState
from fuel.operations.movement_limits import needs_second_person
from fuel.operations.receipt_checks import check_product, check_quiet, check_status
from fuel.operations.safe_fill import check_fill, m3_per_kg_in
from fuel.operations.tank_stock import DrawnLot, draw_first_in_first_out, lock_tanks, out_of_book
from ledger.operations import post
from ledger.postings import Account, CustomsStatus, Hold, Journal, Leg, MovementKind
from registry.models import PlaceKind, User

MOVEMENT_OF = {
    TankMovementKind.TRANSFER: MovementKind.RELOCATED,
    TankMovementKind.SAMPLE: MovementKind.SAMPLED,
    # Nobody may use it any more, but it is there.
    TankMovementKind.DRAIN: MovementKind.BLOCKED,
    TankMovementKind.DESTRUCTION: MovementKind.DESTROYED,
}
BOUNDARY_OF = {
    TankMovementKind.SAMPLE: PlaceKind.SAMPLED,
    TankMovementKind.DESTRUCTION: PlaceKind.DESTROYED,
}

# The laboratory tells whether fuel is fit to be released, so a sample takes what is held too; slops are always held.
HOLDS_OF = {
    TankMovementKind.TRANSFER: (Hold.FREE,),
    TankMovementKind.SAMPLE: (Hold.FREE, Hold.BLOCKED),
    TankMovementKind.DRAIN: (Hold.FREE,),
    TankMovementKind.DESTRUCTION: (Hold.BLOCKED,),
}
TO_ANOTHER_TANK = (TankMovementKind.TRANSFER, TankMovementKind.DRAIN)
_SET_LATER = {"number", "number_year", "number_sequence", "state"}


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementDetails:
    """What is to move: mass in kilograms with at most 3 decimals.

    A transfer and a drain name another tank; a destruction names customs' certificate.
    """

    movement: str
    from_tank: Tank
    customs_status: str
    mass_kg: Decimal
    moved_at: datetime
    to_tank: Tank | None = None
    certificate_number: str = ""
    remark: str = ""


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
    certificate_number: str = "",
    remark: str = "",
) -> TankMovement:
    """Move fuel to another tank, to the laboratory, to slops, or from slops to be destroyed, oldest consignment first.

    Only released fuel is moved; a sample takes held fuel too where there is no other. It is posted at once. A
    destruction, and a drain or sample above the site's limits, waits for somebody else and posts nothing until then.
    The same request twice gives one document.

    Args:
        mass_kg: in kilograms, at most 3 decimals.
        to_tank: where a transfer goes, or the slop tank of a drain.
        certificate_number: of customs, for a destruction of bonded slops.
    Raises:
        NotAllowed: the actor posts no documents at the site.
        NotAsRequired: naming each field and figure that cannot be accepted; also above the other tank's safe fill.
        NotEnoughStock: less than that of the status lay in the tank, released, and is left.
        PeriodClosed, NegativeInThePast: the moment cannot be posted to any more.
        RequestKeyUsed: the key stands for somebody else's document.
    """
    documents.require_poster(actor, from_tank.site)
    details = MovementDetails(
        movement=movement,
        from_tank=from_tank,
        to_tank=to_tank,
        customs_status=customs_status,
        mass_kg=mass_kg,
        moved_at=moved_at,
        certificate_number=certificate_number,
        remark=remark,
    )

    def prepare() -> TankMovement:
        document = TankMovement(site=from_tank.site, prepared_by=actor, prepared_at=at, request_key=request_key)
        _fill(document, details, at)
        drawn = _drawn(document)
        is_asked = needs_second_person(document, at=at)
        if is_asked:
            document.state = TankMovementState.ASKED
        give_number(document=document, at=at)
        documents.keep(document, actor=actor, at=at)
        if not is_asked:
            _post(document, drawn, actor)
        return document

    return documents.prepared_once(TankMovement, request_key=request_key, actor=actor, prepare=prepare)


@act(TankMovement, "change", TankMovementState.DRAFT, TankMovementState.RETURNED, who=BY_POSTERS)
def amend_tank_movement(
    *, tank_movement: TankMovement, details: MovementDetails, actor: User, at: datetime
) -> TankMovement:
    """Say anew what is to move of a movement that was returned; it is asked for again, or posted when it is small now.

    Raises:
        NotAsRequired, NotEnoughStock, PeriodClosed, NegativeInThePast: as move_fuel.
    """
    document = tank_movement
    if details.from_tank.site != document.site:
        refusals = Refusals()
        documents.check_tank(details.from_tank.place, document.site, refusals, field="from_tank", row=None)
        refusals.raise_if_any()
    _fill(document, details, at)
    drawn = _drawn(document)
    # Whoever asks for it now is the first person.
    document.prepared_by, document.prepared_at = actor, at
    if needs_second_person(document, at=at):
        document.state = TankMovementState.ASKED
    else:
        document.state = TankMovementState.POSTED
        _post(document, drawn, actor)
    return document


@act(
    TankMovement,
    "approve",
    TankMovementState.ASKED,
    to=TankMovementState.POSTED,
    who=BY_DECIDERS,
    not_by=("prepared_by",),
)
def approve_tank_movement(*, tank_movement: TankMovement, actor: User, at: datetime) -> TankMovement:
    """Approve a movement that waits; it is posted at its own moment, from what lay in the tank then and is left.

    Raises:
        NotAsRequired, NotEnoughStock, PeriodClosed, NegativeInThePast: it cannot be posted any more, as move_fuel.
    """
    _take_tanks(tank_movement)
    _require_possible(tank_movement)
    tank_movement.decided_by, tank_movement.decided_at = actor, at
    _post(tank_movement, _drawn(tank_movement), actor)
    return tank_movement


take_back_tank_movement = take_back_act(
    TankMovement, "tank_movement", TankMovementState.ASKED, to=TankMovementState.DRAFT
)


@act(
    TankMovement,
    "return",
    TankMovementState.ASKED,
    to=TankMovementState.RETURNED,
    who=BY_DECIDERS,
    not_by=("prepared_by",),
    with_reason=True,
)
def return_tank_movement(*, tank_movement: TankMovement, actor: User, at: datetime, reason: str) -> TankMovement:
    """Give a movement that waits back to whoever asked for it."""
    return tank_movement


@act(
    TankMovement,
    "void",
    TankMovementState.DRAFT,
    TankMovementState.ASKED,
    TankMovementState.RETURNED,
    to=TankMovementState.VOID,
    who=BY_POSTERS,
    with_reason=True,
)
def void_tank_movement(*, tank_movement: TankMovement, actor: User, at: datetime, reason: str) -> TankMovement:
    """Give up a movement that was not posted; its number stays, marked void."""
    return tank_movement


@act(
    TankMovement,
    "reverse",
    TankMovementState.POSTED,
    to=TankMovementState.REVERSED,
    who=BY_DECIDERS,
    not_by=("prepared_by",),
    with_reason=True,
)
def reverse_tank_movement(*, tank_movement: TankMovement, actor: User, at: datetime, reason: str) -> TankMovement:
    """Bring back what a tank movement took; its number stays.

    Raises:
        LaterMovementsDepend: naming the documents that are to be reversed first.
    """
    post_back(tank_movement, actor=actor, occurred_at=at, reason=reason)
    tank_movement.is_reversed = True
    return tank_movement


def _fill(document: TankMovement, details: MovementDetails, at: datetime) -> None:
    for one in fields(MovementDetails):
        setattr(document, one.name, getattr(details, one.name))
    document.certificate_number = details.certificate_number.strip()
    _take_tanks(document)
    documents.require_not_in_the_future(document.moved_at, at=at, field="moved_at")
    _require_possible(document)


def _take_tanks(document: TankMovement) -> None:
    """The tanks as they stand now, locked."""
    named = [tank for tank in (document.from_tank, document.to_tank) if tank is not None]
    locked = {tank.pk: tank for tank in lock_tanks(named)}
    document.from_tank = locked[document.from_tank_id]
    document.to_tank = None if document.to_tank is None else locked[document.to_tank.pk]


def _drawn(document: TankMovement) -> list[DrawnLot]:
    return draw_first_in_first_out(
        tank=document.from_tank,
        customs_status=document.customs_status,
        mass_kg=document.mass_kg,
        moment=document.moved_at,
        holds=HOLDS_OF[TankMovementKind(document.movement)],
    )


def _require_possible(document: TankMovement) -> None:
    refusals = Refusals()
    refusals.quantity(document.mass_kg, document.from_tank.product.unit, field="mass_kg", row=None)
    refusals.row_fits(document, number=None, exclude=_SET_LATER)
    from_tank, to_tank = document.from_tank, document.to_tank
    check_quiet((from_tank, to_tank), document.moved_at, refusals, field="moved_at")
    documents.check_tank(from_tank.place, document.site, refusals, field="from_tank", row=None)
    if (document.movement in TO_ANOTHER_TANK) != (to_tank is not None) or from_tank == to_tank:
        refusals.add(_("A transfer or drain names another tank; a sample or destruction names none."), "to_tank")
    elif to_tank is not None:
        _check_target(document, to_tank, refusals)
    _check_slops(document, refusals)
    refusals.raise_if_any()


def _check_target(document: TankMovement, to_tank: Tank, refusals: Refusals) -> None:
    documents.check_tank(to_tank.place, document.site, refusals, field="to_tank", row=None)
    check_status(to_tank, document.customs_status, refusals, field="to_tank")
    check_product(to_tank, document.from_tank.product, refusals, field="to_tank")
    if (document.movement == TankMovementKind.DRAIN) != to_tank.is_slop:
        message = _("A drain goes to a slop tank, and nothing else does: %(tank)s.") % {"tank": to_tank.code}
        refusals.add(message, "to_tank", None, to_tank.code)
    if not refusals.is_refused("mass_kg", None):
        m3_per_kg = m3_per_kg_in(document.from_tank)
        check_fill(to_tank, added_kg=document.mass_kg, m3_per_kg=m3_per_kg, refusals=refusals, field="to_tank")


def _check_slops(document: TankMovement, refusals: Refusals) -> None:
    """What was drained leaves its slop tank only to be destroyed, and only slops are destroyed."""
    is_destruction, tank = document.movement == TankMovementKind.DESTRUCTION, document.from_tank
    if is_destruction and not tank.is_slop:
        message = _("Tank %(tank)s is no slop tank. Drain the fuel to one first.") % {"tank": tank.code}
        refusals.add(message, "from_tank", None, tank.code)
    if tank.is_slop and document.movement in TO_ANOTHER_TANK:
        message = _("Slops in tank %(tank)s leave it only to be destroyed.") % {"tank": tank.code}
        refusals.add(message, "from_tank", None, tank.code)
    if is_destruction and document.customs_status == CustomsStatus.BONDED and not document.certificate_number:
        refusals.add(_("Name the certificate by which customs lets the slops be destroyed."), "certificate_number")
    if document.certificate_number and not is_destruction:
        message = _("Only a destruction has a certificate of customs.")
        refusals.add(message, "certificate_number", None, document.certificate_number)


def _post(document: TankMovement, drawn: list[DrawnLot], actor: User) -> None:
    TankMovementDraw.objects.bulk_create(
        TankMovementDraw(tank_movement=document, row=row, lot_id=one.lot_id, tank=one.tank, mass_kg=one.mass_kg)
        for row, one in enumerate(drawn, start=1)
    )
    kind = TankMovementKind(document.movement)
    books: list[Leg] = []
    if document.to_tank is not None:
        is_drain = kind == TankMovementKind.DRAIN
        target = Account(document.to_tank.place_id, Hold.BLOCKED if is_drain else Hold.FREE)
    else:
        target = Account(documents.boundary(document.site, BOUNDARY_OF[kind]).pk)
        books = out_of_book(drawn, target)
    stock = [Leg(Journal.STOCK, one.lot_id, one.account, target, one.mass_kg) for one in drawn]
    posting = documents.posting_of(
        document, "move", kind=MOVEMENT_OF[kind], legs=(*stock, *books), occurred_at=document.moved_at
    )
    post(zone_id=document.site.zone_id, actor_id=actor.pk, postings=[posting])
