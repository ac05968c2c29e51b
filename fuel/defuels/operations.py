"""Fuel that comes back from an aircraft: the exact lots of its ticket, newest first, held until quality decides."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customs.models import DeclarationState, DeclaredDocument
from customs.queries import deducted_for
from documents.operations import documents
from documents.operations.acts import BY_DECIDERS, act
from documents.operations.documents import NotAsRequired, Refusals, WrongState
from documents.operations.numbers import give_number
from documents.operations.reversals import post_back
from documents.operations.shares import shares_of
from fuel.billing.charges.operations import lock_airline
from fuel.delivery_tickets.model import LIFTED
from fuel.delivery_tickets.operations.declared import still_out
from fuel.models import (
    Defuel,
    DefuelDraw,
    DefuelState,
    DeliveryTicket,
    StatementLine,
    Tank,
    TicketDraw,
)
from fuel.operations.measuring import basis_on, measure_fuel
from fuel.operations.receipt_checks import check_no_slops, check_product, check_quiet, check_status
from fuel.operations.safe_fill import LITRES_PER_M3, check_fill
from fuel.operations.tank_stock import DrawnLot, is_settled, lock_tanks
from fuel.operations.uplifts import BOUNDARY_OF
from fuel.queries import book_places_of, riding_uplifted, slop_tanks_for
from ledger.operations import post
from ledger.postings import Account, CustomsStatus, Hold, Journal, Leg, MovementKind
from ledger.queries import entries_of
from registry.errors import FieldError
from registry.models import User
from registry.wording import quantity_text

TOOK_IT_BACK = {
    "prepared_by": gettext_lazy("You took %(number)s back yourself. Somebody else has to decide on it."),
}


@act(
    DeliveryTicket,
    "defuel",
    *LIFTED,
    is_due=lambda ticket: ticket.customs_status == CustomsStatus.BONDED or not hasattr(ticket, "reclassification"),
    # The ticket's row is the lock on what may still come back of it.
    keeps=False,
)
def record_defuel(
    *,
    ticket: DeliveryTicket,
    tank: Tank,
    litres_observed: Decimal,
    celsius: Decimal,
    density_at_base: Decimal,
    defuelled_at: datetime,
    actor: User,
    at: datetime,
    request_key: UUID,
    remark: str = "",
) -> Defuel:
    """Take fuel of a ticket back into a tank, where it is held: first what the ticket drew last.

    The same request twice gives one document.

    Args:
        litres_observed: at ``celsius``; density at base in kg/m³.
    Raises:
        NotAsRequired: naming each field and figure at fault: also more than the ticket took and has not given back,
            or a tank that would be filled above its safe fill.
        WrongState: the ticket's fuel has become duty-paid.
        RequestKeyUsed: the key stands for somebody else's document.
    """

    def prepare() -> Defuel:
        _require_bonded(ticket)
        (into,) = lock_tanks([tank])
        documents.require_not_in_the_future(defuelled_at, at=at, field="defuelled_at")
        documents.require_not_before(defuelled_at, ticket.delivered_at, field="defuelled_at")
        defuel = Defuel(
            site=ticket.site,
            ticket=ticket,
            tank=into,
            litres_observed=litres_observed,
            celsius=celsius,
            density_at_base=density_at_base,
            defuelled_at=defuelled_at,
            prepared_by=actor,
            prepared_at=at,
            request_key=request_key,
            remark=remark,
        )
        _measure(defuel)
        restored = _restored(defuel)
        give_number(document=defuel, at=at)
        documents.keep(defuel, actor=actor, at=at)
        DefuelDraw.objects.bulk_create(
            DefuelDraw(defuel=defuel, row=row, lot_id=one.lot_id, tank=into, mass_kg=one.mass_kg)
            for row, one in enumerate(restored, start=1)
        )
        _post_back(defuel, restored, actor)
        return defuel

    return documents.prepared_once(Defuel, request_key=request_key, actor=actor, prepare=prepare)


@act(Defuel, "release", DefuelState.HELD, to=DefuelState.RELEASED, who=BY_DECIDERS, not_by=TOOK_IT_BACK)
def release_defuel(*, defuel: Defuel, actor: User, at: datetime, reason: str = "") -> Defuel:
    """Release fuel that came back into use."""
    lock_tanks([defuel.tank])
    return _decide(defuel, "release", MovementKind.UNBLOCKED, Account(defuel.tank.place_id), actor, at, reason)


@act(
    Defuel,
    "slop",
    DefuelState.HELD,
    to=DefuelState.SLOPPED,
    who=BY_DECIDERS,
    not_by=TOOK_IT_BACK,
    with_reason=True,
    related=("ticket", "tank"),
)
def send_defuel_to_slops(
    *, defuel: Defuel, actor: User, at: datetime, reason: str, slop_tank: Tank | None = None
) -> Defuel:
    """Send fuel that came back to a slop tank; it stays in the account book until it is destroyed.

    Args:
        slop_tank: left out, the only one in use at the site that takes such slops.
    Raises:
        NotAsRequired: the tank is none for these slops, or would be filled too high.
    """
    slop_tank = slop_tank or _only_slop_tank(defuel)
    locked = {one.pk: one for one in lock_tanks([defuel.tank, slop_tank])}
    defuel.slop_tank = locked[slop_tank.pk]
    _require_takes_slops(defuel, defuel.slop_tank)
    target = Account(defuel.slop_tank.place_id, Hold.BLOCKED)
    return _decide(defuel, "send_to_slops", MovementKind.BLOCKED, target, actor, at, reason)


def _only_slop_tank(defuel: Defuel) -> Tank:
    found = slop_tanks_for(
        site=defuel.site, customs_status=defuel.ticket.customs_status, product_id=defuel.tank.product_id
    )
    if len(found) == 1:
        return found[0]
    message = _("Name the slop tank: %(site)s has several that take such slops.")
    if not found:
        message = _("%(site)s has no slop tank in use that takes such slops. Open one first.")
    message %= {"site": defuel.site.code}
    raise NotAsRequired(message, errors=[FieldError(message, field="slop_tank")])


def _lock_before(defuel: Defuel) -> None:
    # As statements, defuels and declarations do: what an airline is charged, what of a ticket is out, the document.
    lock_airline(defuel.ticket.airline)
    documents.locked(defuel.ticket)


@act(
    Defuel,
    "void",
    DefuelState.HELD,
    to=DefuelState.VOID,
    who=BY_DECIDERS,
    not_by=TOOK_IT_BACK,
    with_reason=True,
    is_due=lambda defuel: not defuel.charges.exists(),
    lock_first=_lock_before,
)
def void_defuel(*, defuel: Defuel, actor: User, at: datetime, reason: str) -> Defuel:
    """Make a defuel void that did not happen as it was entered, while it is held; its number stays.

    What it posted is posted back when it happened; where that day is closed, or the tank was reconciled since, now.

    Raises:
        WrongState: it is charged, or a declaration counts the fuel as come back; that is named.
        LaterMovementsDepend: naming the documents that are to be reversed first.
        NegativeInThePast: the account book has given away since what it held again.
    """
    _require_not_charged(defuel)
    lock_tanks([defuel.tank])
    post_back(defuel, actor=actor, occurred_at=_undone_at(defuel, at), reason=reason)
    defuel.decided_by, defuel.decided_at = actor, at
    documents.keep(defuel, actor=actor, at=at, reason=reason)
    _require_declared_without(defuel)
    return defuel


def _undone_at(defuel: Defuel, at: datetime) -> datetime:
    """When a void defuel leaves the tank again: at its own moment, unless that is closed or reconciled."""
    settled = is_settled(document=defuel, tank=defuel.tank, moment=defuel.defuelled_at)
    return at if settled else defuel.defuelled_at


def _require_not_charged(defuel: Defuel) -> None:
    charged = StatementLine.objects.filter(charge__defuel=defuel).select_related("statement").order_by("pk").first()
    if charged is not None:
        words = {"number": defuel.number, "statement": charged.statement.number, "row": charged.row}
        message = _("%(number)s is charged on line %(row)s of %(statement)s and cannot be made void any more.")
        raise WrongState(message % words)


def _require_declared_without(defuel: Defuel) -> None:
    """Refuse where a declaration leaves out what came back: it would be out then, and never declared."""
    out = still_out([defuel.ticket_id])
    standing: Any = DeclaredDocument.objects.filter(
        document_kind=DeliveryTicket.kind,
        document_id=defuel.ticket_id,
        is_standing=True,
        lot__in=defuel.draws.values("lot"),
    ).select_related("line__declaration")
    own = entries_of(journal=Journal.CUSTOMS).filter(
        transaction__document_kind=defuel.kind, transaction__document_id=defuel.pk
    )
    into_book = set(own.values_list("lot", flat=True))
    for one in standing.order_by("pk"):
        declaration = one.line.declaration
        is_left_out = one.lot_id not in into_book
        if one.deducted_quantity is None:
            is_accepted = declaration.state == DeclarationState.ACCEPTED
            is_left_out = is_accepted and out.get((defuel.ticket_id, one.lot_id), Decimal(0)) > one.quantity
        if is_left_out:
            words = {"number": defuel.number, "declaration": declaration.number}
            message = _("%(declaration)s counts the fuel of %(number)s as come back. Take the declaration back first.")
            raise WrongState(message % words)


def _require_bonded(ticket: DeliveryTicket) -> None:
    if hasattr(ticket, "reclassification"):
        message = _("The fuel of %(number)s was cleared for the domestic market and does not come back as bonded.")
        raise WrongState(message % {"number": ticket.number})


def _measure(defuel: Defuel) -> None:
    refusals = Refusals()
    tank, ticket = defuel.tank, defuel.ticket
    exclude = {"number", "number_year", "number_sequence", "state", "standard", "base", "mass_in"}
    refusals.row_fits(defuel, number=None, exclude=exclude)
    documents.check_tank(tank.place, defuel.site, refusals, field="tank", row=None)
    check_status(tank, ticket.customs_status, refusals, field="tank")
    check_product(tank, ticket.tank.product, refusals, field="tank")
    check_no_slops(tank, refusals, field="tank")
    check_quiet([tank], defuel.defuelled_at, refusals, field="defuelled_at")
    refusals.raise_if_any()
    basis = basis_on(site=defuel.site, day=documents.customs_date(defuel, defuel.defuelled_at))
    measured = measure_fuel(
        litres_observed=defuel.litres_observed or Decimal(0),
        celsius=defuel.celsius or Decimal(0),
        density_at_base=defuel.density_at_base or Decimal(0),
        basis=basis,
    )
    defuel.take(measured, basis)
    if measured.mass_kg <= 0:
        litres = defuel.litres_observed
        message = _("%(litres)s litres are not above zero.") % {"litres": quantity_text(litres)}
        raise NotAsRequired(message, errors=[FieldError(message, field="litres_observed", figure=str(litres))])
    m3_per_kg = measured.litres_at_base / measured.mass_kg / LITRES_PER_M3
    check_fill(tank, added_kg=measured.mass_kg, m3_per_kg=m3_per_kg, refusals=refusals, field="tank")
    refusals.raise_if_any()


def _restored(defuel: Defuel) -> list[DrawnLot]:
    """What of each lot comes back: the ticket's last draw first, less what came back before."""
    standing = DefuelDraw.objects.filter(defuel__ticket=defuel.ticket).exclude(defuel__state=DefuelState.VOID)
    gone_back = standing.values("lot").annotate(kg=Sum("mass_kg"))
    before = {row["lot"]: row["kg"] for row in gone_back}
    rest = asked = defuel.mass_kg or Decimal(0)
    restored: list[DrawnLot] = []
    for draw in TicketDraw.objects.filter(ticket=defuel.ticket).order_by("-row"):
        left = draw.mass_kg - before.get(draw.lot_id, Decimal(0))
        if left <= 0 or rest <= 0:
            continue
        restored.append(DrawnLot(draw.lot_id, defuel.tank, min(left, rest)))
        rest -= min(left, rest)
    if rest > 0:
        words = {"asked": quantity_text(asked), "most": quantity_text(asked - rest), "ticket": defuel.ticket.number}
        message = _("%(asked)s kg came back, but of %(ticket)s only %(most)s kg are still out.") % words
        raise NotAsRequired(message, errors=[FieldError(message, field="litres_observed", figure=str(asked))])
    return restored


def _post_back(defuel: Defuel, restored: Sequence[DrawnLot], actor: User) -> None:
    ticket = defuel.ticket
    status = CustomsStatus(ticket.customs_status)
    source = Account(documents.boundary(defuel.site, BOUNDARY_OF[status]).pk)
    target = Account(defuel.tank.place_id, Hold.BLOCKED)
    still_out = riding_uplifted(ticket)
    legs = []
    for one in restored:
        out_kg, riding = still_out[one.lot_id]
        parts = [one.mass_kg] if one.mass_kg == out_kg else [one.mass_kg, out_kg - one.mass_kg]
        share = next(shares_of(riding, parts))
        legs.append(Leg(Journal.STOCK, one.lot_id, source, target, one.mass_kg, share))
    legs += _back_into_book(ticket, restored, source)
    post(
        zone_id=defuel.site.zone_id,
        actor_id=actor.pk,
        postings=[
            documents.posting_of(
                defuel, "record", kind=MovementKind.RETURNED, legs=legs, occurred_at=defuel.defuelled_at
            )
        ],
    )


def _back_into_book(ticket: DeliveryTicket, restored: Sequence[DrawnLot], abroad: Account) -> list[Leg]:
    """What a released declaration had deducted for the ticket, the book holds again as far as it came back."""
    deducted = deducted_for(document_kind=ticket.kind, document_id=ticket.pk)
    book_of = book_places_of(deducted)
    return [
        Leg(
            Journal.CUSTOMS,
            one.lot_id,
            abroad,
            Account(book_of[one.lot_id]),
            one.mass_kg,
            deducted[one.lot_id].share(one.mass_kg),
        )
        for one in restored
        if one.lot_id in deducted
    ]


def _decide(
    defuel: Defuel, name: str, kind: MovementKind, target: Account, actor: User, at: datetime, reason: str
) -> Defuel:
    held = Account(defuel.tank.place_id, Hold.BLOCKED)
    legs = [Leg(Journal.STOCK, one.lot_id, held, target, one.mass_kg) for one in defuel.draws.all()]
    posting = documents.posting_of(defuel, name, kind=kind, legs=legs, occurred_at=at, reason=reason)
    post(zone_id=defuel.site.zone_id, actor_id=actor.pk, postings=[posting])
    defuel.decided_by, defuel.decided_at = actor, at
    return defuel


def _require_takes_slops(defuel: Defuel, slop_tank: Tank) -> None:
    refusals = Refusals()
    documents.check_tank(slop_tank.place, defuel.site, refusals, field="slop_tank", row=None)
    check_status(slop_tank, defuel.ticket.customs_status, refusals, field="slop_tank")
    check_product(slop_tank, defuel.tank.product, refusals, field="slop_tank")
    if not slop_tank.is_slop:
        message = _("Tank %(tank)s is no slop tank.") % {"tank": slop_tank.code}
        refusals.add(message, "slop_tank", None, slop_tank.code)
    elif defuel.mass_kg and defuel.litres_at_base:
        m3_per_kg = defuel.litres_at_base / defuel.mass_kg / LITRES_PER_M3
        check_fill(slop_tank, added_kg=defuel.mass_kg, m3_per_kg=m3_per_kg, refusals=refusals, field="slop_tank")
    refusals.raise_if_any()
