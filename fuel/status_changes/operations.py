"""Bonded fuel in a tank that is cleared for the domestic market and becomes duty-paid, with duty at the day's rates."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from customs.duty import assess, rates_of
from customs.operations.declaration_numbers import written_number
from documents.operations import documents
from documents.operations.acts import BY_CUSTOMS, BY_POSTERS, act, take_back_act
from documents.operations.documents import Refusals
from documents.operations.numbers import give_number
from documents.operations.reversals import post_back
from fuel.models import StatusChange, StatusChangeLot, StatusChangeState, Tank, TankMode
from fuel.operations.receipt_checks import check_no_slops, check_product, check_quiet, check_status
from fuel.operations.safe_fill import check_fill, m3_per_kg_in
from fuel.operations.tank_stock import DrawnLot, draw_first_in_first_out, lock_tanks, riding_of_drawn
from fuel.queries import book_places_of
from ledger.operations import open_lots, post
from ledger.postings import Account, CustomsStatus, Hold, Journal, Leg, MovementKind, NewLot, Riding
from ledger.queries import balances, lots
from registry.models import PlaceKind, User
from registry.queries import tariff_rates_for

_AMOUNTS = ("customs_value_cny", "duty_cny", "consumption_tax_cny", "vat_cny")
_SET_LATER = {"number", "number_year", "number_sequence", "state", "rates_date", *_AMOUNTS}
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusChangeDetails:
    """What is to be cleared: mass in kilograms, and the number of the paid domestic declaration."""

    from_tank: Tank
    mass_kg: Decimal
    reference: str
    changed_at: datetime
    to_tank: Tank | None = None
    remark: str = ""


def ask_for_status_change(
    *,
    from_tank: Tank,
    mass_kg: Decimal,
    reference: str,
    changed_at: datetime,
    actor: User,
    at: datetime,
    request_key: UUID,
    to_tank: Tank | None = None,
    remark: str = "",
) -> StatusChange:
    """Ask customs to clear released bonded fuel in a tank for the domestic market; nothing is posted until it has.

    The same request twice gives one document. Its figures are what it would come to by the rates of the customs day of
    ``changed_at``.

    Args:
        mass_kg: in kilograms, at most 3 decimals.
        reference: the number of the paid domestic declaration; a tank's fuel is cleared by it once.
        to_tank: where the fuel goes; left out it stays in its tank, which a segregated group does not allow.
    Raises:
        NotAllowed: the actor posts no documents at the site.
        NotAsRequired: naming each field and figure that cannot be accepted: no declaration number of the site's
            regime, or of another document; above the other tank's safe fill.
        NotEnoughStock: less bonded fuel than that is in the tank and released.
        NoTariffRate: a lot has no rate on the day.
        RequestKeyUsed: the key stands for somebody else's document.
    """
    documents.require_poster(actor, from_tank.site)
    details = StatusChangeDetails(
        from_tank=from_tank,
        to_tank=to_tank,
        mass_kg=mass_kg,
        reference=reference,
        changed_at=changed_at,
        remark=remark,
    )

    def prepare() -> StatusChange:
        document = StatusChange(site=from_tank.site, prepared_by=actor, prepared_at=at, request_key=request_key)
        _fill(document, details, at)
        give_number(document=document, at=at)
        documents.keep(document, actor=actor, at=at)
        return document

    with transaction.atomic():
        return documents.prepared_once(StatusChange, request_key=request_key, actor=actor, prepare=prepare)


@act(
    StatusChange,
    "change",
    StatusChangeState.DRAFT,
    StatusChangeState.RETURNED,
    to=StatusChangeState.ASKED,
    who=BY_POSTERS,
)
def amend_status_change(
    *, status_change: StatusChange, details: StatusChangeDetails, actor: User, at: datetime
) -> StatusChange:
    """Say anew what is to be cleared by a change that customs returned; it is asked for again.

    Raises:
        NotAsRequired, NotEnoughStock, NoTariffRate: as ask_for_status_change.
    """
    if details.from_tank.site != status_change.site:
        refusals = Refusals()
        documents.check_tank(details.from_tank.place, status_change.site, refusals, field="from_tank", row=None)
        refusals.raise_if_any()
    _fill(status_change, details, at)
    # Whoever asks for it now is the first person.
    status_change.prepared_by, status_change.prepared_at = actor, at
    return status_change


@act(
    StatusChange,
    "accept",
    StatusChangeState.ASKED,
    to=StatusChangeState.POSTED,
    who=BY_CUSTOMS,
    not_by=("prepared_by",),
)
def accept_status_change(*, status_change: StatusChange, actor: User, at: datetime) -> StatusChange:
    """Clear the fuel, the oldest consignment first, as customs has decided.

    Each lot's share is assessed at the rates of the customs day of ``changed_at``. It leaves tank and account book for
    the domestic market, and enters as a duty-paid lot with its customs value and no suspended tax. It counts as
    admitted on that day, behind the duty-paid fuel that was there before.

    Raises:
        NotAsRequired, NotEnoughStock, NoTariffRate: it cannot be cleared any more, as ask_for_status_change.
        PeriodClosed, NegativeInThePast: the moment cannot be posted to any more.
    Source: Tariff Law of the PRC (2024).
    """
    document = status_change
    _take_tanks(document)
    _require_possible(document)
    cleared = _reckon(document)
    document.accepted_by, document.accepted_at = actor, at
    documents.keep(document, actor=actor, at=at)
    opened = open_lots(lots=[_duty_paid(document, row, cleared.known[row.lot_id]) for row in cleared.rows], at=at)
    for row, lot in zip(cleared.rows, opened, strict=True):
        row.status_change, row.new_lot = document, lot
    StatusChangeLot.objects.bulk_create(cleared.rows)
    _post(document, cleared.drawn, cleared.shares, cleared.rows, actor)
    return document


take_back_status_change = take_back_act(
    StatusChange, "status_change", StatusChangeState.ASKED, to=StatusChangeState.DRAFT
)


@act(
    StatusChange,
    "return",
    StatusChangeState.ASKED,
    to=StatusChangeState.RETURNED,
    who=BY_CUSTOMS,
    not_by=("prepared_by",),
    with_reason=True,
)
def return_status_change(*, status_change: StatusChange, actor: User, at: datetime, reason: str) -> StatusChange:
    """Give a status change that waits back to whoever asked for it."""
    return status_change


@act(
    StatusChange,
    "void",
    StatusChangeState.DRAFT,
    StatusChangeState.ASKED,
    StatusChangeState.RETURNED,
    to=StatusChangeState.VOID,
    who=BY_POSTERS,
    with_reason=True,
)
def void_status_change(*, status_change: StatusChange, actor: User, at: datetime, reason: str) -> StatusChange:
    """Give up a status change that customs has not accepted; its number stays, marked void."""
    return status_change


@act(
    StatusChange,
    "reverse",
    StatusChangeState.POSTED,
    to=StatusChangeState.REVERSED,
    who=BY_CUSTOMS,
    not_by=("prepared_by",),
    with_reason=True,
)
def reverse_status_change(*, status_change: StatusChange, actor: User, at: datetime, reason: str) -> StatusChange:
    """Make fuel bonded again that was cleared, in tank and account book; its number stays, and its lots hold nothing.

    Raises:
        LaterMovementsDepend: naming the documents that are to be reversed first.
        PeriodClosed: the day is in a closed period.
    """
    post_back(status_change, actor=actor, occurred_at=at, reason=reason)
    status_change.is_reversed = True
    return status_change


@dataclass(frozen=True, slots=True)
class Cleared:
    """What a status change takes out of its tank, with what rides on it and what is assessed on it."""

    drawn: Sequence[DrawnLot]
    shares: Sequence[Riding]
    rows: Sequence[StatusChangeLot]
    known: dict[int, Any]


def _fill(document: StatusChange, details: StatusChangeDetails, at: datetime) -> None:
    for one in fields(StatusChangeDetails):
        setattr(document, one.name, getattr(details, one.name))
    document.reference = details.reference.strip()
    if details.to_tank == details.from_tank:
        document.to_tank = None
    _take_tanks(document)
    documents.require_not_in_the_future(document.changed_at, at=at, field="changed_at")
    _require_possible(document)
    _reckon(document)


def _take_tanks(document: StatusChange) -> None:
    """The tanks as they stand now, locked."""
    named = [tank for tank in (document.from_tank, document.to_tank) if tank is not None]
    locked = {tank.pk: tank for tank in lock_tanks(named)}
    document.from_tank = locked[document.from_tank_id]
    document.to_tank = None if document.to_tank is None else locked[document.to_tank.pk]


def _reckon(document: StatusChange) -> Cleared:
    """What the change takes and comes to now; its figures are put on the document."""
    tank = document.from_tank
    document.rates_date = documents.customs_date(document, document.changed_at)
    drawn = draw_first_in_first_out(
        tank=tank, customs_status=CustomsStatus.BONDED, mass_kg=document.mass_kg, moment=document.changed_at
    )
    shares = riding_of_drawn(tank, drawn)
    known = lots().select_related("item").in_bulk([one.lot_id for one in drawn])
    rows = _assessed(drawn, shares, known, document.rates_date)
    for name in _AMOUNTS:
        setattr(document, name, sum((getattr(row, name) for row in rows), NOTHING))
    return Cleared(drawn, shares, rows, known)


def _require_possible(document: StatusChange) -> None:
    refusals = Refusals()
    refusals.quantity(document.mass_kg, document.from_tank.product.unit, field="mass_kg", row=None)
    unsaid = set() if document.reference else {"reference"}
    refusals.row_fits(document, number=None, exclude=_SET_LATER | unsaid)
    _check_reference(document, refusals)
    documents.check_tank(document.from_tank.place, document.site, refusals, field="from_tank", row=None)
    check_quiet((document.from_tank, document.to_tank), document.changed_at, refusals, field="changed_at")
    _check_target(document, refusals)
    refusals.raise_if_any()


def _check_reference(document: StatusChange, refusals: Refusals) -> None:
    """Each tank's fuel is cleared once by a declaration, which may be of several tanks. Lock the tank before."""
    if not document.reference:
        refusals.add(_("Name the paid domestic declaration by which the fuel is cleared."), "reference")
        return
    if refusals.is_refused("reference", None):
        return
    given = document.reference
    kept = refusals.ask(lambda: written_number(site=document.site, number=given, document=document, field="reference"))
    if kept is None:
        return
    document.reference = kept
    standing = StatusChange.objects.filter(
        from_tank=document.from_tank, reference=document.reference, is_reversed=False
    ).exclude(state=StatusChangeState.VOID)
    # Sent twice at the same moment, a request waits here for itself.
    same: Any = standing.exclude(request_key=document.request_key).first()
    if same is not None:
        words = {"reference": document.reference, "tank": document.from_tank.code, "number": same.number}
        message = _("Declaration %(reference)s stands for fuel of tank %(tank)s already, on %(number)s.") % words
        refusals.add(message, "reference", None, document.reference)


def _check_target(document: StatusChange, refusals: Refusals) -> None:
    from_tank, to_tank = document.from_tank, document.to_tank
    if to_tank is None:
        if from_tank.group.mode == TankMode.SEGREGATED:
            message = _("The group of tank %(tank)s keeps duty statuses apart. Name a tank for duty-paid fuel.")
            refusals.add(message % {"tank": from_tank.code}, "to_tank", None, from_tank.code)
        return
    documents.check_tank(to_tank.place, document.site, refusals, field="to_tank", row=None)
    check_status(to_tank, CustomsStatus.DUTY_PAID, refusals, field="to_tank")
    check_product(to_tank, from_tank.product, refusals, field="to_tank")
    check_no_slops(to_tank, refusals, field="to_tank")
    if not refusals.is_refused("mass_kg", None):
        m3_per_kg = m3_per_kg_in(from_tank)
        check_fill(to_tank, added_kg=document.mass_kg, m3_per_kg=m3_per_kg, refusals=refusals, field="to_tank")


def _assessed(
    drawn: Sequence[DrawnLot], shares: Sequence[Riding], known: dict[int, Any], day: date
) -> list[StatusChangeLot]:
    taxed = [(known[one.lot_id].tariff_code, known[one.lot_id].origin) for one in drawn]
    # The lots are no rows that somebody entered: a missing rate is told of the day.
    found = tariff_rates_for(taxed, day, field="changed_at")
    rows = []
    for number, (one, share, tariff_rate) in enumerate(zip(drawn, shares, found, strict=True), start=1):
        row = StatusChangeLot(row=number, lot_id=one.lot_id, mass_kg=one.mass_kg)
        rates = rates_of(tariff_rate)
        row.take(assess(value_cny=share.customs_value_cny, quantity=one.mass_kg, rates=rates), rates)
        rows.append(row)
    return rows


def _duty_paid(document: StatusChange, row: StatusChangeLot, parent: Any) -> NewLot:
    """The lot that a bonded one becomes: its customs value stays, and no tax is suspended on it."""
    return NewLot(
        zone_id=document.site.zone_id,
        site_id=document.site_id,
        number=f"{document.number}-{row.row:02d}",
        item_id=parent.item_id,
        unit_id=parent.unit_id,
        owner_id=parent.owner_id,
        customs_status=CustomsStatus.DUTY_PAID,
        origin=parent.origin,
        admitted_date=document.rates_date,
        expiry_date=parent.expiry_date,
        parent_id=parent.pk,
        document=documents.in_ledger(document),
        quantity=row.mass_kg,
        net_mass_kg=row.mass_kg,
        customs_value_cny=row.customs_value_cny,
        duty_cny=NOTHING,
        consumption_tax_cny=NOTHING,
        vat_cny=NOTHING,
    )


def _post(
    document: StatusChange,
    drawn: Sequence[DrawnLot],
    shares: Sequence[Riding],
    rows: Sequence[StatusChangeLot],
    actor: User,
) -> None:
    source = Account(document.from_tank.place_id)
    target = Account((document.to_tank or document.from_tank).place_id)
    domestic = Account(documents.boundary(document.site, PlaceKind.DOMESTIC).pk)
    posting_of = documents.posting_of
    post(
        zone_id=document.site.zone_id,
        actor_id=actor.pk,
        postings=[
            posting_of(
                document,
                "clear",
                kind=MovementKind.DOMESTIC_SALE,
                legs=(
                    *(
                        Leg(Journal.STOCK, one.lot_id, source, domestic, one.mass_kg, share)
                        for one, share in zip(drawn, shares, strict=True)
                    ),
                    *_out_of_book(drawn, shares, domestic),
                ),
                occurred_at=document.changed_at,
            ),
            posting_of(
                document,
                "enter",
                kind=MovementKind.ADMITTED,
                legs=_entering(rows, domestic, target),
                occurred_at=document.changed_at,
            ),
        ],
    )


def _out_of_book(drawn: Sequence[DrawnLot], shares: Sequence[Riding], domestic: Account) -> Iterator[Leg]:
    """The book lets go what the tank did, so that uplifts that are not declared yet keep theirs in it.

    The last of a lot takes what remains there.
    """
    book_of = book_places_of(one.lot_id for one in drawn)
    held = balances(places=set(book_of.values()), lots=list(book_of), journal=Journal.CUSTOMS)
    free_kg = {row.lot_id: row.quantity for row in held if row.hold == Hold.FREE}
    for one, share in zip(drawn, shares, strict=True):
        if one.lot_id in book_of:
            riding = None if free_kg.get(one.lot_id) == one.mass_kg else share
            yield Leg(Journal.CUSTOMS, one.lot_id, Account(book_of[one.lot_id]), domestic, one.mass_kg, riding)


def _entering(rows: Sequence[StatusChangeLot], domestic: Account, target: Account) -> Iterator[Leg]:
    for row in rows:
        riding = Riding(row.mass_kg, row.customs_value_cny, NOTHING, NOTHING, NOTHING)
        yield Leg(Journal.STOCK, row.new_lot_id, domestic, target, row.mass_kg, riding)
