"""What a stock count found missing or too much: given to lots, assessed, and posted once it is approved."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from bonded.models import StockCount, StockCountLine, StockVariance
from bonded.operations import documents
from bonded.operations.shares import HUNDRED_THOUSANDTH
from customs.duty import ZERO, assess, fen
from ledger.operations import open_lots, post
from ledger.postings import (
    Account,
    CustomsStatus,
    Journal,
    Leg,
    MovementKind,
    NewLot,
    NotEnoughStock,
    Posting,
    Riding,
)
from ledger.queries import BookStock, book_stock
from registry.errors import FieldError
from registry.models import PlaceKind, User
from registry.queries import tariff_rates_for
from registry.wording import quantity_text


def assessed_variances(stock_count: StockCount, lines: Sequence[StockCountLine]) -> list[StockVariance]:
    """Shortages by lot, first admitted first, with the tax payable at the rates of the day counted; overages whole.

    Raises:
        NotEnoughStock: fewer of the missing goods are free now; they were taken since, or are reserved.
        NoTariffRate: a lot has no rate on the day.
    """
    free: dict[tuple[int, int], list[BookStock]] = defaultdict(list)
    for row in book_stock(
        book_place_id=stock_count.book.place_id, place_ids={line.place_id for line in lines}, is_free=True
    ):
        free[row.place_id, row.item_id].append(row)
    short: list[tuple[StockVariance, BookStock]] = []
    over: list[StockVariance] = []
    for line in lines:
        counted: Any = line.final_quantity
        difference = counted - line.expected_quantity
        if difference > 0:
            over.append(StockVariance(line=line, quantity=difference))
        elif difference < 0:
            short += _short_by_lot(line, -difference, free[line.place_id, line.item_id])
    _assess(stock_count, short)
    return [variance for variance, _row in short] + over


def post_variances(stock_count: StockCount, *, actor: User, at: datetime) -> None:
    """Take shortages out of stock and book, and put overages into suspense as lots of their own.

    Raises:
        NotEnoughStock: the missing goods were taken or reserved since they were counted.
    """
    found = StockVariance.objects.filter(line__stock_count=stock_count)
    variances = list(found.select_related("line__item", "line__place").order_by("line__row", "pk"))
    postings = []
    if short := [variance for variance in variances if variance.quantity < 0]:
        postings.append(_posting(stock_count, "shortage", MovementKind.ADJUSTED, _out(stock_count, short), at))
    if over := [variance for variance in variances if variance.quantity > 0]:
        postings.append(_posting(stock_count, "overage", MovementKind.FOUND, _found(stock_count, over, at), at))
    if postings:
        post(zone_id=stock_count.site.zone_id, actor_id=actor.pk, postings=postings)


def _short_by_lot(
    line: StockCountLine, missing: Decimal, rows: Sequence[BookStock]
) -> list[tuple[StockVariance, BookStock]]:
    taken = []
    rest = missing
    for row in rows:
        bit = min(rest, row.quantity)
        if bit > 0:
            taken.append((StockVariance(line=line, lot_id=row.lot_id, quantity=-bit), row))
            rest -= bit
    if rest > 0:
        words = {
            "item": line.item.code,
            "place": line.place.code,
            "missing": quantity_text(missing, str(line.item.unit)),
            "free": quantity_text(missing - rest, str(line.item.unit)),
        }
        message = _(
            "%(missing)s of %(item)s are missing in %(place)s, but only %(free)s are free there now: the rest was"
            " taken since, or is reserved. Lift the reservation first."
        )
        told = message % words
        raise NotEnoughStock(told, errors=[FieldError(told, field="quantity", row=line.row - 1, figure=missing)])
    return taken


def _assess(stock_count: StockCount, short: Sequence[tuple[StockVariance, BookStock]]) -> None:
    day = documents.customs_date(stock_count, stock_count.counted_as_of)
    codes = [(variance.line.item.tariff_code, row.origin) for variance, row in short]
    for (variance, row), tariff_rate in zip(short, tariff_rates_for(codes, day), strict=True):
        rates = documents.rates_of(tariff_rate)
        value_cny = fen(row.customs_value_cny * -variance.quantity / row.quantity)
        variance.take(assess(value_cny=value_cny, quantity=-variance.quantity, rates=rates), rates)


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


def _posting(
    stock_count: StockCount, act: str, kind: MovementKind, legs: Sequence[Leg], occurred_at: datetime
) -> Posting:
    return Posting(
        idempotency_key=f"{stock_count.kind}:{stock_count.pk}:{act}",
        kind=kind,
        site_id=stock_count.site_id,
        document=documents.in_ledger(stock_count),
        occurred_at=occurred_at,
        legs=tuple(legs),
    )
