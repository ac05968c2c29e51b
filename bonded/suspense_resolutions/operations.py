"""Settling what is in suspense: asked for with a reason, decided by a second person, posted at once.

Short goods are in the account book and not on the floor. They become taxable at the rates of their acceptance, leave
the book by a corrected declaration, or are found. Over and undeclared goods are on the floor and in no book. They are
admitted by an admission of their own, which brings them in as what was declared, or leave.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from bonded.models import (
    WAYS_OF_CUSTOMS,
    WAYS_OF_SHORT,
    Admission,
    AdmissionLine,
    AdmissionState,
    SuspenseResolution,
    SuspenseState,
    SuspenseWay,
)
from bonded.operations.capacity import check_room
from bonded.operations.payments import payment_of
from bonded.suspense import SuspensePosition, position_of
from customs.duty import Rates, assess
from customs.models import AccountBook
from documents.operations import documents
from documents.operations.acts import BY_DECIDERS, BY_OFFICERS, Who, act, take_back_act
from documents.operations.documents import NotAsRequired, Refusals
from documents.operations.numbers import give_number
from documents.operations.shares import HUNDRED_THOUSANDTH
from documents.reversals.operations import reversal_act
from ledger.operations import post
from ledger.postings import Account, Journal, Leg, MovementKind, Posting
from ledger.queries import balances
from registry.errors import FieldError
from registry.models import Place, PlaceKind, Site, User
from registry.wording import quantity_text

ZERO = Decimal(0)


def submit_resolution(
    *,
    site: Site,
    lot: Any,
    way: str,
    quantity: Decimal,
    reason: str,
    actor: User,
    at: datetime,
    request_key: UUID,
    to_place: Place | None = None,
    admission: Admission | None = None,
    remark: str = "",
) -> SuspenseResolution:
    """Ask a second person to settle goods in suspense; the same request twice gives one document.

    Args:
        lot: a lot that stands in suspense at the site.
        way: what becomes of it, one of SuspenseWay.
        quantity: in the lot's unit, not more than is in suspense and not asked for already.
        to_place: the bin into which found goods are put.
        admission: that declares over goods and brought them in; counted, and of the same item and owner.
    Raises:
        NotAllowed: the actor posts no documents at the site.
        NotAsRequired: naming each field and figure that cannot be accepted.
        RequestKeyUsed: the key stands for somebody else's document.
    """
    documents.require_poster(actor, site)

    def prepare() -> SuspenseResolution:
        resolution = SuspenseResolution(
            site=site,
            lot=lot,
            way=way,
            quantity=quantity,
            reason=documents.require_reason(reason),
            to_place=to_place,
            admission=admission,
            remark=remark,
            prepared_by=actor,
            prepared_at=at,
            request_key=request_key,
        )
        _require_settleable(resolution)
        if way in WAYS_OF_SHORT:
            resolution.book = _book_of(resolution)
        documents.require_fit(resolution, exclude=("lot", "quantity"))
        give_number(document=resolution, at=at)
        documents.keep(resolution, actor=actor, at=at)
        return resolution

    with transaction.atomic():
        return documents.prepared_once(SuspenseResolution, request_key=request_key, actor=actor, prepare=prepare)


def _who_decides(resolution: SuspenseResolution) -> Who:
    """Customs where it changes what customs accepted."""
    return BY_OFFICERS if resolution.way in WAYS_OF_CUSTOMS else BY_DECIDERS


@act(
    SuspenseResolution,
    "approve",
    SuspenseState.SUBMITTED,
    to=SuspenseState.APPROVED,
    who=_who_decides,
    not_by=("prepared_by",),
    related=("lot__item__unit",),
)
def approve_resolution(*, resolution: SuspenseResolution, actor: User, at: datetime) -> SuspenseResolution:
    """Settle it: the goods leave suspense, and the book where they stood in one.

    Raises:
        NotAsRequired: the bin has no room, or the admission does not declare so much any more.
        NotEnoughStock: less is in suspense than was asked for.
    """
    _require_settleable(resolution)
    if resolution.way == SuspenseWay.TAXED:
        position: Any = position_of(site=resolution.site, lot_id=resolution.lot_id)
        assess_short(resolution, position)
    post(zone_id=resolution.site.zone_id, actor_id=actor.pk, postings=[_posting(resolution, at)])
    resolution.decided_by, resolution.decided_at = actor, at
    return resolution


@act(
    SuspenseResolution,
    "refuse",
    SuspenseState.SUBMITTED,
    to=SuspenseState.REFUSED,
    who=_who_decides,
    not_by=("prepared_by",),
    with_reason=True,
)
def refuse_resolution(*, resolution: SuspenseResolution, actor: User, at: datetime, reason: str) -> SuspenseResolution:
    """Leave the goods in suspense, and say why."""
    resolution.decided_by, resolution.decided_at = actor, at
    return resolution


take_back_resolution = take_back_act(
    SuspenseResolution, "resolution", SuspenseState.SUBMITTED, to=SuspenseState.WITHDRAWN
)


pay_for_short_goods = payment_of(SuspenseResolution)


ask_to_reverse_resolution = reversal_act(SuspenseResolution, "resolution", SuspenseState.APPROVED)


def _require_settleable(resolution: SuspenseResolution) -> None:
    refusals = Refusals()
    lot: Any = resolution.lot
    refusals.quantity(resolution.quantity, lot.item.unit, field="quantity", row=None)
    refusals.raise_if_any()
    position = position_of(site=resolution.site, lot_id=lot.pk)
    is_short = resolution.way in WAYS_OF_SHORT
    held = position.quantity if position is not None and position.is_short == is_short else ZERO
    asked = SuspenseResolution.objects.filter(site=resolution.site, lot=lot.pk, state=SuspenseState.SUBMITTED)
    others = asked.exclude(pk=resolution.pk).aggregate(total=Sum("quantity"))["total"] or ZERO
    if resolution.quantity > held - others:
        unit = str(lot.item.unit)
        words = {
            "asked": quantity_text(resolution.quantity, unit),
            "lot": lot.number,
            "held": quantity_text(held, unit),
            "others": quantity_text(others, unit),
        }
        message = _("%(asked)s of lot %(lot)s, but %(held)s stand in suspense so, of which %(others)s are asked for.")
        refusals.add(message % words, "quantity", figure=resolution.quantity)
    match resolution.way:
        case SuspenseWay.FOUND:
            _check_bin(resolution, refusals)
        case SuspenseWay.ADMITTED:
            _check_admission(resolution, refusals)
    refusals.raise_if_any()


def _check_bin(resolution: SuspenseResolution, refusals: Refusals) -> None:
    place, lot = resolution.to_place, resolution.lot
    if place is None:
        refusals.add(_("Name the bin into which the found goods are put."), "to_place")
        return
    documents.check_bin(place, resolution.site, refusals, field="to_place", row=None)
    if not refusals.errors:
        mass_kg = (lot.net_mass_kg * resolution.quantity / lot.quantity).quantize(HUNDRED_THOUSANDTH)
        check_room({place: mass_kg}, {}, refusals, field="to_place")


def _check_admission(resolution: SuspenseResolution, refusals: Refusals) -> None:
    admission, lot = resolution.admission, resolution.lot
    if admission is None:
        refusals.add(_("Name the admission that declares these goods."), "admission")
        return
    if admission.site_id != resolution.site_id or admission.state not in {
        AdmissionState.COUNTED,
        AdmissionState.CLOSED,
    }:
        message = _("%(number)s is not counted yet at %(site)s. The goods leave suspense when they are in stock.")
        words = {"number": admission.number, "site": resolution.site.code}
        refusals.add(message % words, "admission", figure=admission.number)
        return
    lines = AdmissionLine.objects.filter(admission=admission, item=lot.item_id).exclude(lot=lot.parent_id)
    counted = lines.aggregate(total=Sum("counted__quantity"))["total"] or ZERO
    used = SuspenseResolution.objects.filter(
        admission=admission,
        lot__item=lot.item_id,
        state__in=[SuspenseState.SUBMITTED, SuspenseState.APPROVED],
    )
    left = counted - (used.exclude(pk=resolution.pk).aggregate(total=Sum("quantity"))["total"] or ZERO)
    if resolution.quantity > left or admission.owner_id != lot.owner_id:
        unit = str(lot.item.unit)
        words = {
            "number": admission.number,
            "left": quantity_text(max(left, ZERO), unit),
            "item": lot.item.code,
            "asked": quantity_text(resolution.quantity, unit),
        }
        message = _("%(number)s brought in %(left)s of %(item)s of this owner for goods in suspense, not %(asked)s.")
        refusals.add(message % words, "admission", figure=admission.number)


def _book_of(resolution: SuspenseResolution) -> AccountBook:
    """The account book in which the short goods stand."""
    lot: Any = resolution.lot
    places = {held.place_id for held in balances(lots=[lot.pk], journal=Journal.CUSTOMS)}
    books: Any = AccountBook.objects.filter(place__in=places, site=resolution.site)
    book: AccountBook | None = books.first()
    if book is None:
        message = _("Lot %(lot)s stands in no account book of %(site)s.")
        message %= {"lot": lot.number, "site": resolution.site.code}
        raise NotAsRequired(message, errors=[FieldError(message, field="lot", figure=lot.number)])
    return book


def assess_short(resolution: SuspenseResolution, position: SuspensePosition) -> None:
    """Put on it what is payable on the short goods: their share of the value, at the rates booked at acceptance."""
    lot: Any = resolution.lot
    value_cny = position.customs_value_cny * resolution.quantity / position.quantity
    rates = Rates(
        duty_rate=lot.duty_rate,
        vat_rate=lot.vat_rate,
        consumption_tax_rate=lot.consumption_tax_rate,
        consumption_tax_cny_per_unit=lot.consumption_tax_cny_per_unit,
    )
    resolution.take(assess(value_cny=value_cny, quantity=resolution.quantity, rates=rates), rates)


def _posting(resolution: SuspenseResolution, at: datetime) -> Posting:
    site, way = resolution.site, SuspenseWay(resolution.way)
    lot: Any = resolution.lot

    def place(kind: PlaceKind) -> Account:
        return Account(documents.boundary(site, kind).pk)

    def legs(target: Account) -> list[Leg]:
        """Off the floor's suspense, and for short goods off the book too."""
        found = [Leg(Journal.STOCK, lot.pk, source, target, resolution.quantity)]
        if resolution.book is not None and way != SuspenseWay.FOUND:
            book = Account(resolution.book.place_id)
            found.append(Leg(Journal.CUSTOMS, lot.pk, book, target, resolution.quantity))
        return found

    source = place(PlaceKind.SHORTAGE if way in WAYS_OF_SHORT else PlaceKind.SUSPENSE)
    match way:
        case SuspenseWay.TAXED:
            kind, moved = MovementKind.ADJUSTED, legs(place(PlaceKind.LOST))
        case SuspenseWay.CORRECTED:
            kind, moved = MovementKind.ADJUSTED, legs(place(PlaceKind.ABROAD))
        case SuspenseWay.FOUND:
            to_place: Any = resolution.to_place
            kind, moved = MovementKind.RELOCATED, legs(Account(to_place.pk))
        case SuspenseWay.ADMITTED:
            kind, moved = MovementKind.FOUND, legs(place(PlaceKind.FOUND))
        case SuspenseWay.LEFT:
            kind, moved = MovementKind.RE_EXPORTED, legs(place(PlaceKind.ABROAD))
    return documents.posting_of(resolution, "approve", kind=kind, legs=moved, occurred_at=at, reason=resolution.reason)
