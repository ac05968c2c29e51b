"""How goods go out: asked for, accepted and reserved, picked, through the gate, released; some are called off."""

from datetime import datetime, timedelta
from decimal import Decimal

from bonded.models import Withdrawal, WithdrawalPurpose
from bonded.withdrawals.operations import discharge, withdrawals
from bonded.withdrawals.operations.withdrawals import WithdrawalLineInput
from documents.reversals.operations import approve_reversal, request_reversal
from ledger.postings import NotEnoughStock
from registry.models import Item
from reports.demo.payments import pay_tax
from reports.demo.trade import QUIET
from reports.demo.upkeep import ask_to_reverse
from reports.demo.warehouse import Warehouse

DESTINATIONS = ("KZ", "KG", "UZ", "TJ", "RU", "DE", "TR", "AZ", "GE", "PL")
PURPOSES = {
    WithdrawalPurpose.RE_EXPORT: 46,
    WithdrawalPurpose.DOMESTIC_SALE: 38,
    WithdrawalPurpose.TRANSFER_OUT: 6,
    WithdrawalPurpose.CONSUMPTION: 6,
    WithdrawalPurpose.SAMPLE: 3,
    WithdrawalPurpose.DESTRUCTION: 1,
}


def withdraw_goods(here: Warehouse, at: datetime) -> None:
    """Ask for some of what one owner has; everything that follows is put on the agenda."""
    chance = here.chance
    if chance.random() > QUIET.get(at.month, 1):
        return
    owners = sorted({owner for (owner, _item), quantity in here.free.items() if quantity > 0})
    if not owners:
        return
    owner = chance.choice(owners)
    purpose = chance.choices(list(PURPOSES), list(PURPOSES.values()))[0]
    lines = _lines(here, owner, purpose)
    for line in lines:
        here.free[owner, line.item] -= line.quantity
    _ask_for(here, owner, purpose, lines, at)


def _ask_for(here: Warehouse, owner: str, purpose: str, lines: list[WithdrawalLineInput], at: datetime) -> None:
    chance = here.chance
    withdrawal = withdrawals.prepare_withdrawal(
        site=here.site,
        book=here.book,
        owner=here.owners[owner],
        purpose=purpose,
        lines=lines,
        destination=chance.choice(DESTINATIONS) if purpose == WithdrawalPurpose.RE_EXPORT else "",
        certificate_number=f"DST-{at:%Y}-{chance.randrange(1000):03d}" if _is_destroyed(purpose) else "",
        declaration_number=f"9402{at:%Y}{chance.randrange(10**10):010d}",
        actor=chance.choice(here.crew.operators),
        at=at,
        request_key=here.key(),
    )
    here.told["withdrawals"] += 1
    here.agenda.add(here.later(at, 0, 2), lambda then: _submit(here, withdrawal, then))


def _submit(here: Warehouse, withdrawal: Withdrawal, at: datetime) -> None:
    try:
        withdrawal = withdrawals.submit_withdrawal(withdrawal=withdrawal, actor=withdrawal.prepared_by, at=at)
    except NotEnoughStock:
        _give_up(here, withdrawal, at)
        return
    if here.chance.random() < 0.03:
        here.agenda.add(here.later(at, 1, 4), lambda then: _return(here, withdrawal, then))
    else:
        here.agenda.add(here.later(at, 2, 26), lambda then: _accept(here, withdrawal, then))


def _give_up(here: Warehouse, withdrawal: Withdrawal, at: datetime) -> None:
    """Goods that were short on arrival, or are past their date by now; those are destroyed."""
    lines = [line for line in withdrawal.lines.select_related("item") if line.item.shelf_life_days]
    reason = "The goods are past their date" if lines else "The goods were short on arrival"
    withdrawals.void_withdrawal(withdrawal=withdrawal, actor=withdrawal.prepared_by, at=at, reason=reason)
    if lines and not _is_destroyed(withdrawal.purpose):
        spoiled = [
            WithdrawalLineInput(item=line.item, quantity=line.quantity, identification=_rule(line.item))
            for line in lines
        ]
        owner, purpose = withdrawal.owner.code, WithdrawalPurpose.DESTRUCTION
        here.agenda.add(here.later(at, 24, 96), lambda then: _ask_for(here, owner, purpose, spoiled, then))


def _return(here: Warehouse, withdrawal: Withdrawal, at: datetime) -> None:
    withdrawals.return_withdrawal(
        withdrawal=withdrawal, actor=here.crew.officer, at=at, reason="The licence does not name this consignee"
    )
    here.agenda.add(here.later(at, 2, 20), lambda then: _submit(here, withdrawal, then))


def _accept(here: Warehouse, withdrawal: Withdrawal, at: datetime) -> None:
    try:
        discharge.accept_withdrawal(withdrawal=withdrawal, actor=here.crew.officer, at=at)
    except NotEnoughStock:
        _give_up(here, withdrawal, at)
        return
    if here.chance.random() < 0.02:
        here.agenda.add(here.later(at, 2, 8), lambda then: _call_off(here, withdrawal, then))
        return
    here.agenda.add(here.later(at, 2, 30), lambda then: _pick(here, withdrawal, then))


def _call_off(here: Warehouse, withdrawal: Withdrawal, at: datetime) -> None:
    reversal = request_reversal(
        document=withdrawal, reason="The buyer has called it off", actor=withdrawal.prepared_by, at=at
    )
    approve_reversal(reversal=reversal, actor=here.crew.officer, at=at)
    for line in withdrawal.lines.select_related("item"):
        here.free[withdrawal.owner.code, line.item] += line.quantity


def _pick(here: Warehouse, withdrawal: Withdrawal, at: datetime) -> None:
    withdrawals.confirm_picking(withdrawal=withdrawal, actor=here.chance.choice(here.crew.operators), at=at)
    if withdrawal.purpose == WithdrawalPurpose.DOMESTIC_SALE:
        here.agenda.add(here.later(at, 0, 5), lambda then: _pay(here, withdrawal, then))
    elif here.chance.random() < 0.3:
        here.agenda.add(here.later(at, 0, 1), lambda then: _release(here, withdrawal, then))
        here.agenda.add(here.later(at, 3, 9), lambda then: _pass(here, withdrawal, then))
    else:
        here.agenda.add(here.later(at, 2, 26), lambda then: _pass(here, withdrawal, then))


def _pay(here: Warehouse, withdrawal: Withdrawal, at: datetime) -> None:
    """A domestic sale is paid, then released, then leaves."""
    pay_tax(here, withdrawal, at)
    here.agenda.add(here.later(at, 1, 6), lambda then: _release(here, withdrawal, then))
    here.agenda.add(here.later(at, 9, 30), lambda then: _pass(here, withdrawal, then))


def _pass(here: Warehouse, withdrawal: Withdrawal, at: datetime) -> None:
    # The gate's note sometimes reaches the office half an hour late.
    passed_at = at - timedelta(minutes=here.chance.choice([0, 0, 0, 0, 30]))
    withdrawal = discharge.pass_gate(
        withdrawal=withdrawal, actor=here.chance.choice(here.crew.operators), at=at, passed_at=passed_at
    )
    for pick in withdrawal.lines.values_list("picks__place", "picks__net_mass_kg"):
        place = next(place for place in here.bins if place.pk == pick[0])
        here.room_kg[place] += pick[1]
    here.told["withdrawn"] += 1
    if here.chance.random() < 0.015:
        reason = "The driver was turned back at the border"
        here.agenda.add(here.later(at, 2, 6), lambda then: ask_to_reverse(here, withdrawal, reason, then))
        return
    if withdrawal.released_at is None:
        here.agenda.add(here.later(at, 8, 60), lambda then: _release(here, withdrawal, then))


def _release(here: Warehouse, withdrawal: Withdrawal, at: datetime) -> None:
    withdrawal = discharge.release_withdrawal(withdrawal=withdrawal, actor=here.crew.officer, at=at)
    here.agenda.add(here.later(at, 30, 90), lambda then: _close(here, withdrawal, then))


def _close(here: Warehouse, withdrawal: Withdrawal, at: datetime) -> None:
    withdrawals.close_withdrawal(withdrawal=withdrawal, actor=here.crew.supervisor, at=at)


def _lines(here: Warehouse, owner: str, purpose: str) -> list[WithdrawalLineInput]:
    """A few of the owner's items, most of what there is of each; samples are small."""
    chance = here.chance
    there = [(item, quantity) for (whose, item), quantity in here.free.items() if whose == owner and quantity > 0]
    chosen = chance.sample(there, min(len(there), chance.randint(2, max(2, here.pace.lines // 2))))
    lines = []
    for item, quantity in chosen:
        most = Decimal(chance.choice([50, 80, 100, 100])) / 100
        wanted = Decimal(1) if purpose == WithdrawalPurpose.SAMPLE else _whole(quantity * most, quantity)
        lines.append(WithdrawalLineInput(item=item, quantity=min(wanted, quantity), identification=_rule(item)))
    return lines


def _rule(item: Item) -> str:
    """What spoils goes by its date."""
    return "fefo" if item.shelf_life_days else "fifo"


def _whole(wanted: Decimal, there: Decimal) -> Decimal:
    return min(max(wanted.quantize(Decimal(1)), Decimal(1)), there)


def _is_destroyed(purpose: str) -> bool:
    return purpose == WithdrawalPurpose.DESTRUCTION
