"""What a stock count found missing or too much: given to lots, assessed, and posted once it is approved."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from bonded.models import (
    StockCount,
    StockCountLine,
    StockCountState,
    StockVariance,
    WithdrawalPick,
    WithdrawalState,
)
from bonded.stock_counts.operations.sheets import picked_from
from customs.duty import ZERO, assess, fen, rates_of
from documents.operations import documents
from documents.operations.shares import HUNDRED_THOUSANDTH
from ledger.operations import open_lots, post
from ledger.postings import (
    Account,
    CustomsStatus,
    Journal,
    Leg,
    MovementKind,
    NewLot,
    NotEnoughStock,
    Riding,
)
from ledger.queries import BookStock, book_stock
from registry.errors import Conflict, FieldError
from registry.models import PlaceKind, User
from registry.queries import tariff_rates_for
from registry.wording import quantity_text


class CountedTwice(Conflict):
    """Another count of the same goods was approved since the moment counted."""

    code = "counted-twice"


def assessed_variances(stock_count: StockCount, lines: Sequence[StockCountLine]) -> list[StockVariance]:
    """Shortages by lot, first admitted first, with the tax payable at the rates of the day counted; overages whole.

    Free goods are missing first. What is reserved may be missing too: that is found out now, and stands in the way of
    the approval.

    Raises:
        NotEnoughStock: missing goods have left the bin since the moment counted.
        NoTariffRate: a lot has no rate on the day.
    """
    held = _held_in(stock_count, {line.place_id for line in lines})
    short: list[_Missing] = []
    over: list[StockVariance] = []
    for line in lines:
        counted: Any = line.final_quantity
        difference = counted - line.expected_quantity
        if difference > 0:
            over.append(StockVariance(line=line, quantity=difference))
        elif difference < 0:
            short += _short_by_lot(line, -difference, held[line.place_id, line.item_id])
    return [*_assessed(stock_count, short), *over]


def require_not_settled_by_another(stock_count: StockCount) -> None:
    """Raise CountedTwice when another count, approved since the moment counted, has settled the same differences."""
    settled = StockVariance.objects.filter(
        line__stock_count__book=stock_count.book_id,
        line__stock_count__state=StockCountState.APPROVED,
        line__stock_count__approved_at__gte=stock_count.counted_as_of,
    ).exclude(line__stock_count=stock_count)
    number_of = {
        (place_id, item_id): number
        for place_id, item_id, number in settled.values_list("line__place", "line__item", "line__stock_count__number")
    }
    own = StockVariance.objects.filter(line__stock_count=stock_count).select_related("line__item", "line__place")
    refusals = [
        FieldError(
            _(
                "%(number)s has settled the difference of %(item)s in %(place)s since. Make this count void and count"
                " again."
            )
            % {"number": number_of[key], "item": variance.line.item.code, "place": variance.line.place.code},
            field="quantity",
            row=variance.line.row - 1,
            figure=number_of[key],
        )
        for variance in own.order_by("line__row", "pk")
        if (key := (variance.line.place_id, variance.line.item_id)) in number_of
    ]
    if refusals:
        raise CountedTwice(refusals[0].message, errors=refusals)


def post_variances(stock_count: StockCount, *, actor: User, at: datetime) -> None:
    """Take shortages out of stock and book, and put overages into suspense as lots of their own.

    Raises:
        NotEnoughStock: missing goods are reserved, naming by what, or have left the bin since.
    """
    found = StockVariance.objects.filter(line__stock_count=stock_count)
    variances = list(found.select_related("line__item", "line__place").order_by("line__row", "pk"))
    _require_free(stock_count, [variance for variance in variances if variance.quantity < 0])
    postings = []
    if short := [variance for variance in variances if variance.quantity < 0]:
        postings.append(
            documents.posting_of(
                stock_count, "shortage", kind=MovementKind.ADJUSTED, legs=_out(stock_count, short), occurred_at=at
            )
        )
    if over := [variance for variance in variances if variance.quantity > 0]:
        postings.append(
            documents.posting_of(
                stock_count, "overage", kind=MovementKind.FOUND, legs=_found(stock_count, over, at), occurred_at=at
            )
        )
    if postings:
        post(zone_id=stock_count.site.zone_id, actor_id=actor.pk, postings=postings)


@dataclass(frozen=True, slots=True)
class _Missing:
    """What of a lot is missing in a bin, with its share of the customs value in CNY."""

    line: StockCountLine
    lot_id: int
    origin: str
    tariff_code: str
    quantity: Decimal
    customs_value_cny: Decimal


def _held_in(stock_count: StockCount, place_ids: Iterable[int]) -> dict[tuple[int, int], list[BookStock]]:
    """What lies in the bins now by bin and item: first what is free, then what is reserved, first admitted first.

    What is picked does not lie there.
    """
    places, book = set(place_ids), stock_count.book.place_id
    picked: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
    for pick in picked_from(stock_count).filter(place__in=places):
        picked[pick.lot_id, pick.place_id] += pick.quantity
    free = {(row.lot_id, row.place_id): row for row in book_stock(book_place_id=book, place_ids=places, is_free=True)}
    held: dict[tuple[int, int], list[BookStock]] = defaultdict(list)
    for row in free.values():
        held[row.place_id, row.item_id].append(row)
    for row in book_stock(book_place_id=book, place_ids=places):
        of_it = free.get((row.lot_id, row.place_id))
        if of_it is not None:
            row = replace(
                row,
                quantity=row.quantity - of_it.quantity,
                customs_value_cny=row.customs_value_cny - of_it.customs_value_cny,
            )
        left = row.quantity - picked[row.lot_id, row.place_id]
        if left > 0:
            value_cny = fen(row.customs_value_cny * left / row.quantity)
            held[row.place_id, row.item_id].append(replace(row, quantity=left, customs_value_cny=value_cny))
    return held


def _short_by_lot(line: StockCountLine, missing: Decimal, rows: Sequence[BookStock]) -> list[_Missing]:
    """One for each lot, though part of it is free and part reserved."""
    taken: dict[int, _Missing] = {}
    rest = missing
    for row in rows:
        bit = min(rest, row.quantity)
        if bit > 0:
            value_cny = fen(row.customs_value_cny * bit / row.quantity)
            before = taken.get(row.lot_id, _Missing(line, row.lot_id, row.origin, row.tariff_code, ZERO, ZERO))
            taken[row.lot_id] = replace(
                before, quantity=before.quantity + bit, customs_value_cny=before.customs_value_cny + value_cny
            )
            rest -= bit
    if rest > 0:
        raise _gone(line)
    return list(taken.values())


def _gone(line: StockCountLine) -> NotEnoughStock:
    """Without figures, because whoever counts does not learn what the ledger has."""
    message = _(
        "%(item)s has left %(place)s since the moment counted, so that not all that is missing can be taken off."
        " Make this count void and count again."
    ) % {"item": line.item.code, "place": line.place.code}
    return NotEnoughStock(message, errors=[FieldError(message, field="quantity", row=line.row - 1)])


def _assessed(stock_count: StockCount, short: Sequence[_Missing]) -> list[StockVariance]:
    day = documents.customs_date(stock_count, stock_count.counted_as_of)
    codes = [(missing.tariff_code, missing.origin) for missing in short]
    variances = []
    for missing, tariff_rate in zip(short, tariff_rates_for(codes, day), strict=True):
        rates = rates_of(tariff_rate)
        variance = StockVariance(line=missing.line, lot_id=missing.lot_id, quantity=-missing.quantity)
        variance.take(assess(value_cny=missing.customs_value_cny, quantity=missing.quantity, rates=rates), rates)
        variances.append(variance)
    return variances


def _require_free(stock_count: StockCount, short: Sequence[StockVariance]) -> None:
    """Raise NotEnoughStock for every missing lot that is not free, naming the withdrawals that have reserved it."""
    free = {
        (row.lot_id, row.place_id): row.quantity
        for row in book_stock(
            book_place_id=stock_count.book.place_id,
            place_ids={variance.line.place_id for variance in short},
            is_free=True,
        )
    }
    errors = []
    for variance in short:
        lot_id: Any = variance.lot_id
        if free.get((lot_id, variance.line.place_id), ZERO) >= -variance.quantity:
            continue
        numbers = _reserved_by(lot_id, variance.line.place_id)
        if not numbers:
            raise _gone(variance.line)
        words = {
            "missing": quantity_text(-variance.quantity, str(variance.line.item.unit)),
            "item": variance.line.item.code,
            "place": variance.line.place.code,
            "numbers": ", ".join(numbers),
        }
        message = _(
            "%(missing)s of %(item)s that are missing in %(place)s are reserved by %(numbers)s. Make that void first."
        )
        errors.append(FieldError(message % words, field="quantity", row=variance.line.row - 1, figure=words["numbers"]))
    if errors:
        raise NotEnoughStock(errors[0].message, errors=errors)


def _reserved_by(lot_id: int, place_id: int) -> list[str]:
    picks = WithdrawalPick.objects.filter(
        lot=lot_id,
        place=place_id,
        line__withdrawal__state__in=[WithdrawalState.ACCEPTED, WithdrawalState.PICKED],
    )
    numbers = picks.order_by("line__withdrawal__number").values_list("line__withdrawal__number", flat=True)
    return list(numbers.distinct())


def _out(stock_count: StockCount, short: Sequence[StockVariance]) -> list[Leg]:
    lost = Account(documents.boundary(stock_count.site, PlaceKind.LOST).pk)
    book = Account(stock_count.book.place_id)
    legs = []
    for journal in (Journal.STOCK, Journal.CUSTOMS):
        for variance in short:
            lot: Any = variance.lot_id
            source = Account(variance.line.place_id) if journal == Journal.STOCK else book
            legs.append(Leg(journal, lot, source, lost, -variance.quantity))
    return legs


def _found(stock_count: StockCount, over: Sequence[StockVariance], at: datetime) -> list[Leg]:
    today = documents.customs_date(stock_count, at)
    lots = open_lots(
        lots=[
            NewLot(
                zone_id=stock_count.site.zone_id,
                site_id=stock_count.site_id,
                number=f"{stock_count.number}-{variance.line.row:02d}",
                item_id=variance.line.item_id,
                unit_id=variance.line.item.unit_id,
                owner_id=stock_count.book.holder_id,
                customs_status=CustomsStatus.UNADMITTED,
                origin=variance.line.item.origin,
                admitted_date=today,
                document=documents.in_ledger(stock_count),
                quantity=variance.quantity,
                net_mass_kg=_net_mass_kg(variance),
                customs_value_cny=ZERO,
                duty_cny=ZERO,
                consumption_tax_cny=ZERO,
                vat_cny=ZERO,
            )
            for variance in over
        ],
        at=at,
    )
    for variance, lot in zip(over, lots, strict=True):
        variance.lot = lot
    StockVariance.objects.bulk_update(over, ["lot"])
    found = Account(documents.boundary(stock_count.site, PlaceKind.FOUND).pk)
    suspense = Account(documents.boundary(stock_count.site, PlaceKind.SUSPENSE).pk)
    return [
        Leg(Journal.STOCK, lot.pk, found, suspense, lot.quantity, Riding(lot.net_mass_kg, ZERO, ZERO, ZERO, ZERO))
        for lot in lots
    ]


def _net_mass_kg(variance: StockVariance) -> Decimal:
    return (variance.quantity * variance.line.item.net_mass_kg_per_unit).quantize(HUNDRED_THOUSANDTH)
