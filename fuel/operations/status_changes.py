"""Bonded fuel in a tank that is cleared for the domestic market and becomes duty-paid, with duty at the day's rates."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from customs.duty import assess
from customs.operations import documents
from customs.operations.documents import Refusals, rates_of
from customs.operations.numbers import give_number
from customs.operations.shares import riding_of, shares_of
from fuel.models import StatusChange, StatusChangeLot, Tank, TankMode
from fuel.operations.receipt_checks import check_product, check_quiet, check_status
from fuel.operations.safe_fill import check_fill, m3_per_kg_in
from fuel.operations.tank_stock import DrawnLot, draw_first_in_first_out, lock_tanks
from fuel.queries import book_places_of
from ledger.operations import open_lots, post
from ledger.postings import Account, CustomsStatus, Hold, Journal, Leg, MovementKind, NewLot, Riding
from ledger.queries import balances, lots
from registry.models import PlaceKind, User
from registry.queries import tariff_rates_for

_AMOUNTS = ("customs_value_cny", "duty_cny", "consumption_tax_cny", "vat_cny")
_SET_LATER = {"number", "number_year", "number_sequence", "rates_date", *_AMOUNTS}
NOTHING = Decimal(0)


@transaction.atomic
def change_status(
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
    """Clear released bonded fuel in a tank for the domestic market, the oldest consignment first.

    Each lot's share is assessed at the rates of the customs day of ``changed_at``. It leaves tank and account book for
    the domestic market, and enters as a duty-paid lot with its customs value and no suspended tax. It counts as
    admitted on that day, behind the duty-paid fuel that was there before. The same request twice gives one document.

    Args:
        mass_kg: in kilograms, at most 3 decimals.
        reference: the number of the paid domestic declaration; a tank's fuel is cleared by it once.
        to_tank: where the fuel goes; left out it stays in its tank, which a segregated group does not allow.
    Raises:
        NotAllowed: the actor decides nothing at the site.
        NotAsRequired: naming each field and figure that cannot be accepted; also above the other tank's safe fill.
        NotEnoughStock: less bonded fuel than that is in the tank and released.
        NoTariffRate: a lot has no rate on the day.
        PeriodClosed, NegativeInThePast: the moment cannot be posted to any more.
        RequestKeyUsed: the key stands for somebody else's document.
    """
    documents.require_decider(actor, from_tank.site)

    def prepare() -> StatusChange:
        locked = {tank.pk: tank for tank in lock_tanks(tank for tank in (from_tank, to_tank) if tank is not None)}
        tank = locked[from_tank.pk]
        document = StatusChange(
            site=tank.site,
            from_tank=tank,
            to_tank=None if to_tank is None or to_tank == from_tank else locked[to_tank.pk],
            mass_kg=mass_kg,
            reference=reference.strip(),
            changed_at=changed_at,
            prepared_by=actor,
            prepared_at=at,
            request_key=request_key,
            remark=remark,
        )
        documents.require_not_in_the_future(changed_at, at=at, field="changed_at")
        _require_possible(document)
        document.rates_date = documents.customs_date(document, changed_at)
        drawn = draw_first_in_first_out(
            tank=tank, customs_status=CustomsStatus.BONDED, mass_kg=mass_kg, moment=changed_at
        )
        shares = _shares(tank, drawn)
        known = lots().select_related("item").in_bulk([one.lot_id for one in drawn])
        rows = _assessed(drawn, shares, known, document.rates_date)
        for name in _AMOUNTS:
            setattr(document, name, sum((getattr(row, name) for row in rows), NOTHING))
        give_number(document=document, at=at)
        documents.keep(document, actor=actor, at=at)
        opened = open_lots(lots=[_duty_paid(document, row, known[row.lot_id]) for row in rows], at=at)
        for row, lot in zip(rows, opened, strict=True):
            row.status_change, row.new_lot = document, lot
        StatusChangeLot.objects.bulk_create(rows)
        _post(document, drawn, shares, rows, actor)
        return document

    return documents.prepared_once(StatusChange, request_key=request_key, actor=actor, prepare=prepare)


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
    """Each tank's fuel is cleared once by a declaration. Lock the tank before."""
    if not document.reference:
        refusals.add(_("Name the paid domestic declaration by which the fuel is cleared."), "reference")
        return
    standing = StatusChange.objects.filter(
        from_tank=document.from_tank, reference=document.reference, is_reversed=False
    )
    # Sent twice at the same moment, a request waits here for itself.
    same: Any = standing.exclude(request_key=document.request_key).first()
    if same is not None:
        words = {"reference": document.reference, "tank": document.from_tank.code, "number": same.number}
        message = _("Declaration %(reference)s has cleared fuel in tank %(tank)s already, by %(number)s.") % words
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
    if not refusals.is_refused("mass_kg", None):
        m3_per_kg = m3_per_kg_in(from_tank)
        check_fill(to_tank, added_kg=document.mass_kg, m3_per_kg=m3_per_kg, refusals=refusals, field="to_tank")


def _shares(tank: Tank, drawn: Sequence[DrawnLot]) -> list[Riding]:
    """What rides on each mass drawn, as the ledger itself would share it."""
    held = {
        row.lot_id: row
        for row in balances(places=[tank.place_id], lots=[one.lot_id for one in drawn], journal=Journal.STOCK)
        if row.hold == Hold.FREE
    }
    return [_share(held[one.lot_id], one.mass_kg) for one in drawn]


def _share(held: Any, mass_kg: Decimal) -> Riding:
    rest_kg = held.quantity - mass_kg
    return next(shares_of(riding_of(held), [mass_kg, rest_kg] if rest_kg else [mass_kg]))


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
