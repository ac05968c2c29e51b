"""The ledger's side of a withdrawal: reserved at acceptance, out at the gate, off the book when also released."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from bonded.models import Withdrawal, WithdrawalPick, WithdrawalPurpose, WithdrawalState
from bonded.operations.payments import record_payment, require_may_leave, require_paid
from bonded.operations.previewed import require_as_previewed
from bonded.withdrawals.operations.picking import pick_lots
from customs.duty import assess, rates_of
from customs.operations.book_checks import require_open_book
from customs.operations.declaration_numbers import stand_under_number
from documents.operations import documents
from documents.operations.acts import BY_DECIDERS, BY_POSTERS, act
from documents.operations.documents import WrongState
from documents.operations.shares import riding_of, shares_of
from ledger.operations import post
from ledger.postings import Account, Hold, Journal, Leg, MovementKind, NotEnoughStock, Posting
from ledger.queries import balances, entries_of, lots
from registry.models import PlaceKind, User
from registry.queries import tariff_rates_for

BOUNDARY_OF = {
    WithdrawalPurpose.RE_EXPORT: PlaceKind.ABROAD,
    WithdrawalPurpose.DOMESTIC_SALE: PlaceKind.DOMESTIC,
    WithdrawalPurpose.TRANSFER_OUT: PlaceKind.OTHER_SITE,
    WithdrawalPurpose.CONSUMPTION: PlaceKind.CONSUMED,
    WithdrawalPurpose.DESTRUCTION: PlaceKind.DESTROYED,
    WithdrawalPurpose.SAMPLE: PlaceKind.SAMPLED,
}
MOVEMENT_OF = {
    WithdrawalPurpose.RE_EXPORT: MovementKind.RE_EXPORTED,
    WithdrawalPurpose.DOMESTIC_SALE: MovementKind.DOMESTIC_SALE,
    WithdrawalPurpose.TRANSFER_OUT: MovementKind.TRANSFERRED_OUT,
    WithdrawalPurpose.CONSUMPTION: MovementKind.CONSUMED,
    WithdrawalPurpose.DESTRUCTION: MovementKind.DESTROYED,
    WithdrawalPurpose.SAMPLE: MovementKind.SAMPLED,
}
TAXED = frozenset({WithdrawalPurpose.DOMESTIC_SALE})
# What leaves under a declaration of its own, and is released under its number.
DECLARED = frozenset({WithdrawalPurpose.DOMESTIC_SALE, WithdrawalPurpose.RE_EXPORT})

# While customs may still release it, and its tax be paid.
BEFORE_DISCHARGE = (WithdrawalState.ACCEPTED, WithdrawalState.PICKED, WithdrawalState.PASSED)

# How often acceptance chooses again when others were quicker to reserve the lots that it had chosen.
ATTEMPTS = 5


@act(
    Withdrawal,
    "accept",
    WithdrawalState.SUBMITTED,
    to=WithdrawalState.ACCEPTED,
    who=BY_DECIDERS,
    not_by=("prepared_by",),
)
def accept_withdrawal(
    *,
    withdrawal: Withdrawal,
    actor: User,
    at: datetime,
    declaration_number: str = "",
    previewed_tax_cny: Decimal | None = None,
) -> Withdrawal:
    """Accept the declaration: choose the lots, reserve them in the bins and in the book, fix the tax payable.

    What is payable is reckoned at the rates of this day on the customs value booked at admission.

    Args:
        declaration_number: that customs gives it now; empty takes the one that it was submitted with, if any.
        previewed_tax_cny: payable duty and tax as the preview showed them; None compares nothing.
    Raises:
        NotEnoughStock: naming every line for which too little is free.
        NoTariffRate: a lot has no rate on the day.
        ChangedSincePreview: duty and tax come to something else than the preview showed.
        NotAsRequired: another document stands under its declaration number.
    """
    if declaration_number or withdrawal.declaration_number:
        stand_under_number(document=withdrawal, number=declaration_number or None)
    today = documents.customs_date(withdrawal, at)
    require_open_book(withdrawal.book, on_date=today)
    picks = _reserve(withdrawal, at, actor)
    if withdrawal.purpose in TAXED:
        assess_payable(picks, today)
    require_as_previewed(previewed_tax_cny, sum((pick.tax_cny or Decimal(0) for pick in picks), Decimal(0)))
    WithdrawalPick.objects.bulk_create(picks)
    withdrawal.accepted_by, withdrawal.accepted_at = actor, at
    return withdrawal


def _may_leave(withdrawal: Withdrawal) -> bool:
    return withdrawal.purpose != WithdrawalPurpose.DOMESTIC_SALE or withdrawal.released_at is not None


@act(Withdrawal, "pass", WithdrawalState.PICKED, to=WithdrawalState.PASSED, who=BY_POSTERS, is_due=_may_leave)
def pass_gate(
    *, withdrawal: Withdrawal, actor: User, at: datetime, passed_at: datetime, vehicle: str = ""
) -> Withdrawal:
    """Note that the picked goods have left through the gate; if they are released, they are discharged too.

    A domestic sale leaves only when it is paid and released.

    Raises:
        NotAsRequired: the time lies in the future, or before the goods were reserved.
        PeriodClosed: the time lies in a closed period.
        WrongState: a domestic sale that is not released.
    """
    documents.require_not_in_the_future(passed_at, at=at, field="passed_at")
    require_may_leave(withdrawal)
    documents.require_not_before(passed_at, withdrawal.accepted_at, field="passed_at")
    withdrawal.passed_at = passed_at
    withdrawal.vehicle = vehicle or withdrawal.vehicle
    postings = [_leaving(withdrawal, Journal.STOCK, "gate", passed_at)]
    if withdrawal.released_at is not None:
        postings.append(_discharge(withdrawal))
    post(zone_id=withdrawal.site.zone_id, actor_id=actor.pk, postings=postings)
    return withdrawal


def _may_be_paid(withdrawal: Withdrawal) -> bool:
    is_sale = withdrawal.purpose == WithdrawalPurpose.DOMESTIC_SALE
    return is_sale and withdrawal.state in BEFORE_DISCHARGE and withdrawal.released_at is None


@act(
    Withdrawal,
    "pay",
    *WithdrawalState,
    who=BY_POSTERS,
    is_due=_may_be_paid,
    is_kept_away=lambda user, withdrawal: bool(withdrawal.payment_recorded_by_id == user.pk),
    keeps=False,
)
def pay_withdrawal(*, withdrawal: Withdrawal, actor: User, at: datetime, **payment: Any) -> Withdrawal:
    """Record that the duty and tax that a document made payable were paid; customs releases a sale on this.

    Args:
        payment: as record_payment takes it.
    Raises:
        OwnWork, NotAsRequired, WrongState: as record_payment.
    """
    paid: Withdrawal = record_payment(document=withdrawal, actor=actor, at=at, **payment)
    return paid


def _may_be_released(withdrawal: Withdrawal) -> bool:
    is_sale = withdrawal.purpose == WithdrawalPurpose.DOMESTIC_SALE
    return withdrawal.released_at is None and (not is_sale or withdrawal.payment_recorded_at is not None)


@act(
    Withdrawal,
    "release",
    *BEFORE_DISCHARGE,
    who=BY_DECIDERS,
    not_by=("prepared_by",),
    is_due=_may_be_released,
)
def release_withdrawal(*, withdrawal: Withdrawal, actor: User, at: datetime) -> Withdrawal:
    """Release the declaration, before or after the gate; goods that have passed are then discharged from the book.

    A domestic sale is released when its duty and tax are paid; it passes the gate afterwards.

    Raises:
        NotAsRequired: a domestic sale or re-export has no declaration number, or another document stands under it;
            duty and tax are payable and no payment is recorded.
        WrongState: it was released.
    """
    if withdrawal.released_at is not None:
        words = {"number": withdrawal.number, "state": withdrawal.get_state_display()}
        raise WrongState(_("%(number)s is in the state “%(state)s” or was released already.") % words)
    require_paid(withdrawal)
    if withdrawal.purpose in DECLARED or withdrawal.declaration_number:
        stand_under_number(document=withdrawal)
    withdrawal.released_by, withdrawal.released_at = actor, at
    if withdrawal.state == WithdrawalState.PASSED:
        post(zone_id=withdrawal.site.zone_id, actor_id=actor.pk, postings=[_discharge(withdrawal)])
    return withdrawal


def _reserve(withdrawal: Withdrawal, at: datetime, actor: User) -> list[WithdrawalPick]:
    """Choose and reserve; choose again when another withdrawal was quicker, until nothing is free any more."""
    lines = list(withdrawal.lines.select_related("item__unit"))
    for attempt in range(1, ATTEMPTS + 1):
        picks = pick_lots(withdrawal, lines, today=documents.customs_date(withdrawal, at))
        try:
            with transaction.atomic():
                _post_reservation(withdrawal, picks, at, actor)
        except NotEnoughStock:
            if attempt == ATTEMPTS:
                raise
        else:
            break
    return picks


def _post_reservation(withdrawal: Withdrawal, picks: Sequence[WithdrawalPick], at: datetime, actor: User) -> None:
    book_place_id = withdrawal.book.place_id
    legs = [_reserving(Journal.STOCK, pick, pick.place_id) for pick in picks]
    legs += [_reserving(Journal.CUSTOMS, pick, book_place_id) for pick in picks]
    posting = documents.posting_of(withdrawal, "accept", kind=MovementKind.RESERVED, legs=legs, occurred_at=at)
    (posted,) = post(zone_id=withdrawal.site.zone_id, actor_id=actor.pk, postings=[posting])
    # Legs and entries stand in the same order: what the book released for each pick.
    released = entries_of(document=documents.in_ledger(withdrawal), journal=Journal.CUSTOMS, hold=Hold.RESERVED).filter(
        transaction=posted.transaction_id
    )
    for pick, entry in zip(picks, released.order_by("line"), strict=True):
        _take(pick, entry)
        pick.lot = entry.lot


def _reserving(journal: Journal, pick: WithdrawalPick, place_id: int) -> Leg:
    return Leg(journal, pick.lot_id, Account(place_id), Account(place_id, Hold.RESERVED), pick.quantity)


def read_in_book(picks_of: Iterable[tuple[Withdrawal, Sequence[WithdrawalPick]]]) -> dict[tuple[int, int], Any]:
    """What is free of the picked lots in the books of their withdrawals, by book's place and lot; each with its lot."""
    picked = list(picks_of)
    lot_ids = {pick.lot_id for _withdrawal, picks in picked for pick in picks}
    places = {withdrawal.book.place_id for withdrawal, _picks in picked}
    of_lots = lots().select_related("item").in_bulk(lot_ids)
    held = balances(places=places, lots=lot_ids, journal=Journal.CUSTOMS)
    return {(row.place_id, row.lot_id): (row, of_lots[row.lot_id]) for row in held if row.hold == Hold.FREE}


def put_released(
    withdrawal: Withdrawal, picks: Sequence[WithdrawalPick], in_book: Mapping[tuple[int, int], Any]
) -> None:
    """Put on picks what reserving them would take from the book: the ledger shares it lot by lot, in this order.

    Args:
        in_book: as `read_in_book` reads it.
    Raises:
        NotEnoughStock: less of a lot is free than was when the picks were chosen.
    """
    for lot_id in dict.fromkeys(pick.lot_id for pick in picks):
        row, lot = in_book.get((withdrawal.book.place_id, lot_id), (None, None))
        mine = [pick for pick in picks if pick.lot_id == lot_id]
        taken = sum((pick.quantity for pick in mine), Decimal(0))
        if row is None or row.quantity < taken:
            raise NotEnoughStock(_("Somebody else has just reserved some of these goods. Open it again."))
        rest = row.quantity - taken
        shares = shares_of(riding_of(row), [pick.quantity for pick in mine] + ([rest] if rest else []))
        for pick, share in zip(mine, shares, strict=False):
            _take(pick, share)
            pick.lot = lot


def _take(pick: WithdrawalPick, riding: Any) -> None:
    pick.net_mass_kg = riding.net_mass_kg
    pick.released_value_cny = riding.customs_value_cny
    pick.released_duty_cny = riding.duty_cny
    pick.released_consumption_tax_cny = riding.consumption_tax_cny
    pick.released_vat_cny = riding.vat_cny


def assess_payable(picks: Sequence[WithdrawalPick], today: date) -> None:
    """Put on picks what is payable on them at the day's rates, on the customs value booked at admission.

    Raises:
        NoTariffRate: a lot has no rate on the day.
    Source: Tariff Law of the PRC (2024).
    """
    tariff_rates = tariff_rates_for([(pick.lot.tariff_code, pick.lot.origin) for pick in picks], today)
    for number, (pick, tariff_rate) in enumerate(zip(picks, tariff_rates, strict=True)):
        rates = rates_of(tariff_rate)
        pick.take(assess(value_cny=pick.released_value_cny, quantity=pick.quantity, rates=rates, row=number), rates)


def _discharge(withdrawal: Withdrawal) -> Posting:
    """Take the withdrawal to its next state and off the book, at the later of gate and release."""
    both = [moment for moment in (withdrawal.passed_at, withdrawal.released_at) if moment is not None]
    withdrawal.discharged_at = max(both)
    withdrawal.state = WithdrawalState.DISCHARGED
    return _leaving(withdrawal, Journal.CUSTOMS, "discharge", max(both))


def _leaving(withdrawal: Withdrawal, journal: Journal, act: str, occurred_at: datetime) -> Posting:
    """What was reserved leaves for the purpose's boundary, with exactly what rode on it when it was reserved."""
    purpose = WithdrawalPurpose(withdrawal.purpose)
    target = Account(documents.boundary(withdrawal.site, BOUNDARY_OF[purpose]).pk)
    reserved = entries_of(
        document=documents.in_ledger(withdrawal),
        journal=journal,
        hold=Hold.RESERVED,
        kinds=[MovementKind.RESERVED],
    ).filter(transaction__reversal_of=None)
    legs = [
        Leg(journal, entry.lot_id, Account(entry.place_id, Hold.RESERVED), target, entry.quantity, riding_of(entry))
        for entry in reserved.order_by("transaction_id", "line")
    ]
    return documents.posting_of(withdrawal, act, kind=MOVEMENT_OF[purpose], legs=legs, occurred_at=occurred_at)
