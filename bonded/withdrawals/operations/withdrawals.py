"""Withdrawal 出区: from the draft to goods that have left, are released and discharged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bonded.models import Withdrawal, WithdrawalLine, WithdrawalPurpose, WithdrawalState
from bonded.withdrawals.operations.picking import pick_lots
from customs.models import AccountBook, LotIdentification, Regime
from customs.operations.book_checks import require_book_of_site
from customs.operations.declaration_numbers import let_go_of_number, stands, written_number
from documents.operations import documents
from documents.operations.acts import BY_DECIDERS, BY_OFFICERS, BY_POSTERS, act, take_back_act
from documents.operations.documents import NotAsRequired, Refusals, WrongState
from documents.operations.lines import keep_with_lines
from documents.operations.numbers import give_number
from documents.reversals.operations import NothingToReverse, reversal_act
from registry.errors import FieldError
from registry.models import Item, Organisation, Site, User

OPEN_FOR_CHANGE = (WithdrawalState.DRAFT, WithdrawalState.RETURNED)


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalLineInput:
    """How much of one item is to leave, in its unit. Without identification the site's regime says which lot goes."""

    item: Item
    quantity: Decimal
    identification: str = ""
    lot: Any = None


def prepare_withdrawal(
    *,
    site: Site,
    book: AccountBook,
    owner: Organisation,
    purpose: str,
    lines: Sequence[WithdrawalLineInput],
    actor: User,
    at: datetime,
    request_key: UUID,
    destination: str = "",
    declaration_number: str = "",
    certificate_number: str = "",
    vehicle: str = "",
    remark: str = "",
) -> Withdrawal:
    """Enter a withdrawal as a draft with its number; the same request twice gives one document.

    Raises:
        NotAllowed: the actor posts no documents at the site.
        NotAsRequired: naming each field, row and figure that cannot be accepted.
        RequestKeyUsed: the key stands for somebody else's document.
    """
    documents.require_poster(actor, site)

    def prepare() -> Withdrawal:
        withdrawal = Withdrawal(site=site, prepared_by=actor, prepared_at=at, request_key=request_key)
        withdrawal.destination = destination.strip().upper()
        withdrawal.declaration_number = written_number(site=site, number=declaration_number)
        withdrawal.certificate_number = certificate_number
        _fill(withdrawal, book, owner, purpose, vehicle, remark)
        rows = _lines(withdrawal, lines)
        give_number(document=withdrawal, at=at)
        keep_with_lines(withdrawal, rows, actor=actor, at=at)
        return withdrawal

    with transaction.atomic():
        return documents.prepared_once(Withdrawal, request_key=request_key, actor=actor, prepare=prepare)


@act(Withdrawal, "change", *OPEN_FOR_CHANGE, who=BY_POSTERS)
def amend_withdrawal(
    *,
    withdrawal: Withdrawal,
    book: AccountBook,
    owner: Organisation,
    purpose: str,
    lines: Sequence[WithdrawalLineInput],
    actor: User,
    at: datetime,
    destination: str = "",
    declaration_number: str = "",
    certificate_number: str = "",
    vehicle: str = "",
    remark: str = "",
) -> Withdrawal:
    """Replace what a draft or returned withdrawal asks for.

    Raises:
        NotAsRequired: as prepare_withdrawal.
    """
    withdrawal.destination = destination.strip().upper()
    withdrawal.declaration_number = written_number(site=withdrawal.site, number=declaration_number, document=withdrawal)
    withdrawal.certificate_number = certificate_number
    _fill(withdrawal, book, owner, purpose, vehicle, remark)
    rows = _lines(withdrawal, lines)
    keep_with_lines(withdrawal, rows, actor=actor, at=at)
    return withdrawal


@act(Withdrawal, "submit", *OPEN_FOR_CHANGE, to=WithdrawalState.SUBMITTED, who=BY_POSTERS)
def submit_withdrawal(*, withdrawal: Withdrawal, actor: User, at: datetime) -> Withdrawal:
    """Hand the withdrawal over to whoever accepts it; the goods must be free, but are not reserved yet.

    Raises:
        NotAsRequired: something is missing that the purpose needs.
        NotEnoughStock: naming every line for which too little is free.
    """
    _require_what_the_purpose_needs(withdrawal)
    lines = list(withdrawal.lines.select_related("item__unit"))
    pick_lots(withdrawal, lines, today=documents.customs_date(withdrawal, at))
    withdrawal.submitted_at = at
    return withdrawal


take_back_withdrawal = take_back_act(Withdrawal, "withdrawal", WithdrawalState.SUBMITTED, to=WithdrawalState.DRAFT)


@act(
    Withdrawal,
    "return",
    WithdrawalState.SUBMITTED,
    to=WithdrawalState.RETURNED,
    who=BY_DECIDERS,
    not_by=("prepared_by",),
    with_reason=True,
)
def return_withdrawal(*, withdrawal: Withdrawal, actor: User, at: datetime, reason: str) -> Withdrawal:
    """Give a submitted withdrawal back for correction."""
    return withdrawal


@act(
    Withdrawal,
    "void",
    *(state for state in WithdrawalState if state != WithdrawalState.VOID),
    to=WithdrawalState.VOID,
    who=BY_POSTERS,
    with_reason=True,
    is_due=lambda withdrawal: withdrawal.accepted_at is None,
)
def void_withdrawal(*, withdrawal: Withdrawal, actor: User, at: datetime, reason: str) -> Withdrawal:
    """Give up a withdrawal that was not accepted; its number stays, marked void.

    Raises:
        WrongState: it has been accepted and is undone by a reversal that customs decides.
    """
    if withdrawal.accepted_at is not None:
        words = {"number": withdrawal.number}
        raise WrongState(
            _("%(number)s is accepted. Ask for its reversal: customs decides, and the goods are free again.") % words
        )
    return withdrawal


@act(Withdrawal, "pick", WithdrawalState.ACCEPTED, to=WithdrawalState.PICKED, who=BY_POSTERS)
def confirm_picking(*, withdrawal: Withdrawal, actor: User, at: datetime) -> Withdrawal:
    """Note that the reserved goods stand ready for the gate."""
    withdrawal.picked_by, withdrawal.picked_at = actor, at
    return withdrawal


@act(
    Withdrawal,
    "close",
    WithdrawalState.DISCHARGED,
    to=WithdrawalState.CLOSED,
    who=BY_DECIDERS,
    not_by=("prepared_by",),
)
def close_withdrawal(*, withdrawal: Withdrawal, actor: User, at: datetime) -> Withdrawal:
    """Close a discharged withdrawal."""
    return withdrawal


def _require_reversible(withdrawal: Withdrawal) -> None:
    """Raise where it is void, or customs has not accepted it yet: then it is made void instead."""
    if withdrawal.passed_at is not None:
        return
    words = {"number": withdrawal.number}
    if withdrawal.state == WithdrawalState.VOID:
        raise NothingToReverse(_("%(number)s is void; what it had reserved is free again.") % words)
    if withdrawal.accepted_at is None:
        raise WrongState(_("%(number)s is not accepted yet. Make it void instead.") % words)


def _ends_as(withdrawal: Withdrawal) -> str:
    """What its reversal makes of it: goods that have not left were only reserved, and are free again."""
    return WithdrawalState.VOID if withdrawal.passed_at is None else WithdrawalState.REVERSED


ask_to_reverse_withdrawal = reversal_act(
    Withdrawal,
    "withdrawal",
    *WithdrawalState,
    is_due=stands,
    decided_by=BY_OFFICERS,
    require_reversible=_require_reversible,
    ends_as=_ends_as,
    undo=let_go_of_number,
)


def _fill(
    withdrawal: Withdrawal, book: AccountBook, owner: Organisation, purpose: str, vehicle: str, remark: str
) -> None:
    require_book_of_site(book, withdrawal.site)
    withdrawal.book = book
    withdrawal.owner = owner
    withdrawal.purpose = purpose
    withdrawal.vehicle = vehicle
    withdrawal.remark = remark
    documents.require_fit(withdrawal)


def _lines(withdrawal: Withdrawal, given: Sequence[WithdrawalLineInput]) -> list[WithdrawalLine]:
    """The lines to be kept; raise NotAsRequired naming every figure that cannot be."""
    documents.require_lines(given)
    usual = Regime.objects.get(code=withdrawal.site.regime).lot_identification
    refusals = Refusals()
    rows = []
    for number, line in enumerate(given):
        refusals.quantity(line.quantity, line.item.unit, field="quantity", row=number)
        identification = line.identification or (LotIdentification.NAMED if line.lot else usual)
        is_named = identification == LotIdentification.NAMED
        row = WithdrawalLine(
            withdrawal=withdrawal,
            row=number + 1,
            item=line.item,
            quantity=line.quantity,
            identification=identification,
            lot=line.lot if is_named else None,
        )
        refusals.row_fits(row, number=number, exclude={"withdrawal", "item", "lot", "quantity"})
        if is_named:
            _check_named_lot(withdrawal, row, number, refusals)
        rows.append(row)
    refusals.raise_if_any()
    return rows


def _check_named_lot(withdrawal: Withdrawal, row: WithdrawalLine, number: int, refusals: Refusals) -> None:
    lot: Any = row.lot
    if lot is None:
        refusals.add(_("Name the lot, or choose first in or first expired."), "lot", number)
    elif lot.item_id != row.item_id:
        words = {"lot": lot.number, "item": row.item.code}
        refusals.add(_("Lot %(lot)s is not of %(item)s.") % words, "lot", number, lot.number)
    elif lot.owner_id != withdrawal.owner_id:
        words = {"lot": lot.number, "owner": withdrawal.owner}
        refusals.add(_("Lot %(lot)s does not belong to %(owner)s.") % words, "lot", number, lot.number)


def _require_what_the_purpose_needs(withdrawal: Withdrawal) -> None:
    if withdrawal.purpose == WithdrawalPurpose.RE_EXPORT and not withdrawal.destination:
        message = _("A re-export needs the country it goes to.")
        raise NotAsRequired(message, errors=[FieldError(message, field="destination")])
    if withdrawal.purpose == WithdrawalPurpose.DESTRUCTION and not withdrawal.certificate_number:
        message = _("A destruction needs the number of the customs certificate.")
        raise NotAsRequired(message, errors=[FieldError(message, field="certificate_number")])
