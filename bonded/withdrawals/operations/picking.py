"""Choosing the lots that a withdrawal takes: first in, first expired, or the named one."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from bonded.models import Withdrawal, WithdrawalLine, WithdrawalPick, WithdrawalPurpose
from customs.models import LotIdentification
from ledger.expiry import is_expired
from ledger.postings import NotEnoughStock
from ledger.queries import FreeStock, free_stock, lots
from registry.errors import FieldError
from registry.models import Place, PlaceKind
from registry.wording import quantity_text

# What has expired leaves for these without being named.
TAKES_EXPIRED = frozenset({WithdrawalPurpose.DESTRUCTION, WithdrawalPurpose.SAMPLE})


def pick_lots(
    withdrawal: Withdrawal, lines: Sequence[WithdrawalLine], *, today: date, stock: Iterable[FreeStock] | None = None
) -> list[WithdrawalPick]:
    """The lots and bins that the lines take, not saved and not reserved.

    Named lots are served first, so that no other line takes them away. What has expired is chosen only for
    destruction and samples; for every other purpose its lot is named.

    Args:
        today: customs day on which it is asked what has expired.
        stock: what is free of these items in the owner's book, where it was read already.
    Raises:
        NotEnoughStock: naming every line for which too little is free, and the expired lots that could be named.
    """
    if stock is None:
        stock = free_stock(
            site_id=withdrawal.site_id,
            book_place_id=withdrawal.book.place_id,
            owner_id=withdrawal.owner_id,
            item_ids={line.item_id for line in lines},
        )
    free = _Free(stock)
    takes_expired = withdrawal.purpose in TAKES_EXPIRED
    picks: dict[int, list[WithdrawalPick]] = {}
    errors: dict[int, FieldError] = {}
    for line in sorted(lines, key=lambda line: (line.identification != LotIdentification.NAMED, line.row)):
        candidates = free.candidates(line)
        passed_over = []
        if not takes_expired and line.identification != LotIdentification.NAMED:
            passed_over = [row for row in candidates if is_expired(row.expiry_date, today)]
            candidates = [row for row in candidates if not is_expired(row.expiry_date, today)]
        taken = free.take(candidates, line.quantity)
        picks[line.row] = [
            WithdrawalPick(line=line, lot_id=found.lot_id, place_id=found.place_id, quantity=quantity)
            for found, quantity in taken
        ]
        missing = line.quantity - sum((quantity for _found, quantity in taken), Decimal(0))
        if missing > 0:
            errors[line.row] = _too_little(line, line.quantity - missing, passed_over)
    if errors:
        in_tanks = _tanks_holding(withdrawal, [line for line in lines if line.row in errors])
        for line in lines:
            if line.row in errors and line.item_id in in_tanks:
                errors[line.row] = _is_fuel(line, in_tanks[line.item_id])
        told = [errors[row] for row in sorted(errors)]
        raise NotEnoughStock(told[0].message, errors=told)
    return [pick for line in lines for pick in picks[line.row]]


def _tanks_holding(withdrawal: Withdrawal, lines: Iterable[WithdrawalLine]) -> dict[int, str]:
    """By item the code of a tank in which it lies free; asked only when bins have too little."""
    found = free_stock(
        site_id=withdrawal.site_id,
        book_place_id=withdrawal.book.place_id,
        owner_id=withdrawal.owner_id,
        item_ids={line.item_id for line in lines},
        place_kinds=(PlaceKind.TANK,),
    )
    code_of = dict(Place.objects.filter(pk__in={row.place_id for row in found}).values_list("pk", "code"))
    return {row.item_id: code_of[row.place_id] for row in found}


class _Free:
    """Free stock that is taken bit by bit, never more of a lot than the account book has free."""

    def __init__(self, found: Iterable[FreeStock]) -> None:
        self.found = list(found)
        self.in_bin = {(row.lot_id, row.place_id): row.quantity for row in self.found}
        self.in_book = {row.lot_id: row.book_quantity for row in self.found}

    def candidates(self, line: WithdrawalLine) -> list[FreeStock]:
        mine = [row for row in self.found if row.item_id == line.item_id]
        match line.identification:
            case LotIdentification.NAMED:
                return [row for row in mine if row.lot_id == line.lot_id]
            case LotIdentification.FEFO:
                # What never expires goes last.
                return sorted(mine, key=lambda row: (row.expiry_date or date.max, row.admitted_date, row.lot_id))
            case _:
                return mine

    def take(self, candidates: Iterable[FreeStock], quantity: Decimal) -> list[tuple[FreeStock, Decimal]]:
        taken = []
        for row in candidates:
            bit = min(quantity, self.in_bin[row.lot_id, row.place_id], self.in_book[row.lot_id])
            if bit > 0:
                taken.append((row, bit))
                quantity -= bit
                self.in_bin[row.lot_id, row.place_id] -= bit
                self.in_book[row.lot_id] -= bit
        return taken


def _is_fuel(line: WithdrawalLine, tank: str) -> FieldError:
    words = {"item": line.item.code, "tank": tank}
    message = _("%(item)s lies in tank %(tank)s: fuel leaves by delivery tickets and tank movements.") % words
    return FieldError(message, field="item", row=line.row - 1, figure=tank)


def _too_little(line: WithdrawalLine, available: Decimal, expired: Sequence[FreeStock]) -> FieldError:
    words = {
        "item": line.item.code,
        "asked": quantity_text(line.quantity, str(line.item.unit)),
        "available": quantity_text(available, str(line.item.unit)),
    }
    message = _("%(asked)s of %(item)s asked, but only %(available)s is free in this account book.") % words
    if expired:
        numbers = lots().filter(pk__in={row.lot_id for row in expired}).order_by("expiry_date", "pk")
        words["expired"] = quantity_text(sum((row.quantity for row in expired), Decimal(0)), str(line.item.unit))
        words["lots"] = ", ".join(numbers.values_list("number", flat=True))
        message = _(
            "%(asked)s of %(item)s asked, but only %(available)s is free and has not expired. %(expired)s has; it"
            " leaves only when its lot is named: %(lots)s."
        )
        message %= words
    return FieldError(message, field="quantity", row=line.row - 1, figure=line.quantity)
