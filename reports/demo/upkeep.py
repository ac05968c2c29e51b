"""What else happens in a warehouse: goods are moved and counted, mistakes reversed, months closed."""

from datetime import date, datetime
from decimal import Decimal

from bonded.models import Admission, Relocation, StockCount, Withdrawal
from bonded.relocations.operations import RelocationLineInput, relocate
from bonded.stock_counts.operations import (
    CountedLine,
    approve_stock_count,
    open_stock_count,
    record_counts,
    record_recounts,
)
from customs.operations.periods import close_period
from documents.reversals.operations import approve_reversal, refuse_reversal, request_reversal
from ledger.postings import Hold, Journal
from ledger.queries import balances, lots
from registry.models import Place
from reports.demo.payments import pay_tax
from reports.demo.warehouse import Warehouse


def move_goods(here: Warehouse, at: datetime) -> None:
    """Move some of what lies in one bin to another with room."""
    chance = here.chance
    filled = _filled_bins(here)
    if not filled:
        return
    source = chance.choice(filled)
    there = [row for row in balances(places=[source.pk], journal=Journal.STOCK) if row.hold == Hold.FREE]
    chosen = chance.sample(there, min(len(there), chance.randint(1, 5)))
    by_id = lots().select_related("unit").in_bulk([row.lot_id for row in chosen])
    lines = []
    for row in chosen:
        target = chance.choice([place for place in here.bins if place != source])
        if row.net_mass_kg > here.room_kg[target] or not row.quantity:
            continue
        half = (row.quantity / 2).quantize(Decimal(1))
        quantity = chance.choice([row.quantity, half if half > 0 else row.quantity])
        moved_kg = row.net_mass_kg * quantity / row.quantity
        here.room_kg[target] -= moved_kg
        here.room_kg[source] += moved_kg
        lines.append(RelocationLineInput(lot=by_id[row.lot_id], from_place=source, to_place=target, quantity=quantity))
    if not lines:
        return
    relocation = relocate(
        site=here.site,
        lines=lines,
        actor=chance.choice(here.crew.operators),
        at=at,
        occurred_at=at,
        request_key=here.key(),
    )
    here.told["relocations"] += 1
    if chance.random() < 0.04:
        reason = "Scanned into the wrong bay"
        here.agenda.add(here.later(at, 0, 3), lambda then: ask_to_reverse(here, relocation, reason, then))


def _filled_bins(here: Warehouse) -> list[Place]:
    held = {row.place_id for row in balances(places=[place.pk for place in here.bins], journal=Journal.STOCK)}
    return [place for place in here.bins if place.pk in held]


def ask_to_reverse(here: Warehouse, document: Admission | Relocation | Withdrawal, reason: str, at: datetime) -> None:
    """Ask for the reversal of a document; customs or the supervisor decides some hours later, nearly always for it."""
    reversal = request_reversal(document=document, reason=reason, actor=document.prepared_by, at=at)
    here.told["reversals"] += 1
    decide = approve_reversal if here.chance.random() < 0.9 else refuse_reversal
    decider = here.crew.supervisor if isinstance(document, Relocation) else here.crew.officer
    why = "" if decide is approve_reversal else "The waybill shows that it was right"
    here.agenda.add(
        here.later(at, 2, 26),
        lambda then: decide(reversal=reversal, actor=decider, at=then, reason=why),
    )


def count_stock(here: Warehouse, at: datetime) -> None:
    """Count three bins that hold something; a line or two is not as it should be."""
    filled = _filled_bins(here)
    if not filled:
        return
    places = here.chance.sample(filled, min(3, len(filled)))
    stock_count = open_stock_count(
        site=here.site,
        book=here.book,
        places=places,
        actor=here.crew.operators[0],
        at=at,
        counted_as_of=at,
        request_key=here.key(),
        remark="Quarterly count",
    )
    here.told["stock counts"] += 1
    here.agenda.add(here.later(at, 2, 4), lambda then: _first_count(here, stock_count, then))


def _first_count(here: Warehouse, stock_count: StockCount, at: datetime) -> None:
    lines = list(stock_count.lines.select_related("place", "item"))
    if not lines:
        return
    found = {line.pk: line.expected_quantity for line in lines}
    for line, differs in zip(here.chance.sample(lines, min(2, len(lines))), (-1, 1), strict=False):
        found[line.pk] = max(line.expected_quantity + differs * _a_little(line.expected_quantity), Decimal(0))
    counts = [CountedLine(place=line.place, item=line.item, quantity=found[line.pk]) for line in lines]
    record_counts(stock_count=stock_count, counts=counts, actor=here.crew.operators[-1], at=at)
    here.agenda.add(here.later(at, 1, 4), lambda then: _second_count(here, stock_count, counts, then))


def _second_count(here: Warehouse, stock_count: StockCount, counts: list[CountedLine], at: datetime) -> None:
    record_recounts(stock_count=stock_count, counts=counts, actor=here.crew.operators[-2], at=at)
    here.agenda.add(here.later(at, 80, 120), lambda then: _approve(here, stock_count, then))


def _approve(here: Warehouse, stock_count: StockCount, at: datetime) -> None:
    approve_stock_count(stock_count=stock_count, actor=here.crew.supervisor, at=at, reason="Counted twice")
    here.agenda.add(here.later(at, 20, 300), lambda then: pay_tax(here, stock_count, then))


def _a_little(quantity: Decimal) -> Decimal:
    return max((quantity / 200).quantize(Decimal(1)), Decimal(1))


def close_month(here: Warehouse, last_day: date, at: datetime) -> None:
    """Close a month; what is still on its way is explained."""
    close_period(
        site=here.site,
        through_date=last_day,
        actor=here.crew.supervisor,
        at=at,
        explanation="Goods between declaration and gate; suspense is followed up with the owners",
    )
    here.told["months closed"] += 1
