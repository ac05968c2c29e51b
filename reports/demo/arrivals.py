"""How goods come in: declared, accepted, arrived, counted; now and then returned, void, short or over."""

from datetime import datetime, timedelta
from decimal import ROUND_DOWN, Decimal

from bonded.admissions.operations import admissions
from bonded.admissions.operations.admissions import AdmissionLineInput
from bonded.admissions.operations.receiving import CountInput, count_admission
from bonded.models import Admission, AdmissionLine, AdmissionSource, DeliveryTerms
from registry.models import Item, Place
from reports.demo.suspense import settle_suspense
from reports.demo.trade import currency_of, quantity_of, usd_for
from reports.demo.upkeep import ask_to_reverse
from reports.demo.warehouse import Warehouse

CNY_PER_USD = Decimal("7.05")
USD_PER_EUR = Decimal("1.15")


def admit_goods(at_warehouse: Warehouse, at: datetime) -> None:
    """Declare a consignment; everything that follows is put on the agenda."""
    here, chance = at_warehouse, at_warehouse.chance
    assortment = chance.choice(here.assortments)
    operator = chance.choice(here.crew.operators)
    items = assortment.some(chance, at.month, here.pace.lines)
    admission = admissions.prepare_admission(
        site=here.site,
        book=here.book,
        owner=here.owners[assortment.owner],
        lines=[_line(here, item, assortment.owner, at) for item in items],
        source=_source(here),
        vehicle=_plate(here),
        declaration_number=f"9402{at:%Y}{chance.randrange(10**10):010d}",
        actor=operator,
        at=at,
        request_key=here.key(),
    )
    here.told["admissions"] += 1
    here.agenda.add(here.later(at, 0, 2), lambda then: _submit(here, admission, then))


def _submit(here: Warehouse, admission: Admission, at: datetime) -> None:
    admission = admissions.submit_admission(admission=admission, actor=admission.prepared_by, at=at)
    fate = here.chance.random()
    then = here.later(at, 2, 30)
    if fate < 0.02:
        here.agenda.add(
            then,
            lambda at: admissions.void_admission(
                admission=admission, actor=admission.prepared_by, at=at, reason="The consignment was cancelled"
            ),
        )
    elif fate < 0.06:
        here.agenda.add(then, lambda at: _return(here, admission, at))
    else:
        here.agenda.add(then, lambda at: _accept(here, admission, at))


def _return(here: Warehouse, admission: Admission, at: datetime) -> None:
    reason = here.chance.choice(
        ["The gross mass differs from the waybill", "The invoice is missing", "Check the origin of the second line"]
    )
    admissions.return_admission(admission=admission, actor=here.crew.officer, at=at, reason=reason)
    here.agenda.add(here.later(at, 2, 20), lambda then: _submit(here, admission, then))


def _accept(here: Warehouse, admission: Admission, at: datetime) -> None:
    admissions.accept_admission(admission=admission, actor=here.crew.officer, at=at)
    here.agenda.add(here.later(at, 10, 90), lambda then: _arrive(here, admission, then))


def _arrive(here: Warehouse, admission: Admission, at: datetime) -> None:
    arrived = admissions.record_arrival(
        admission=admission, actor=here.chance.choice(here.crew.operators), at=at, arrived_at=at
    )
    here.agenda.add(here.later(at, 2, 30), lambda then: _count(here, arrived, then))


def _count(here: Warehouse, admission: Admission, at: datetime) -> None:
    """Count everything into bins with room; one consignment in fifteen is not what was declared."""
    lines = list(admission.lines.select_related("item"))
    if sum(line.net_mass_kg for line in lines) > sum(here.room_kg.values()):
        # The trucks wait in the yard until something has left.
        here.agenda.add(here.later(at, 20, 30), lambda then: _count(here, admission, then))
        return
    odd = here.chance.choice(lines) if here.chance.random() < 0.06 else None
    counted = []
    for line in lines:
        quantity = _really_there(here, line) if line is odd else line.quantity
        counted += [CountInput(line=line, place=place, quantity=bit) for place, bit in _into_bins(here, line, quantity)]
        here.free[admission.owner.code, line.item] += min(quantity, line.quantity)
    # What was counted in the evening is often entered the next morning.
    counted_at = at - timedelta(minutes=here.chance.choice([0, 0, 0, 20, 45]))
    count_admission(
        admission=admission,
        counted=counted,
        actor=here.chance.choice(here.crew.operators),
        at=at,
        counted_at=max(counted_at, admission.arrived_at or counted_at),
    )
    if odd is not None:
        here.agenda.add(here.later(at, 40, 400), lambda then: settle_suspense(here, admission, then))
    fate = here.chance.random()
    if fate < 0.015:
        reason = "Counted against the wrong declaration"
        here.agenda.add(here.later(at, 1, 3), lambda then: ask_to_reverse(here, admission, reason, then))
    elif fate < 0.85:
        here.agenda.add(
            here.later(at, 20, 90),
            lambda then: admissions.close_admission(admission=admission, actor=here.crew.supervisor, at=then),
        )


def _really_there(here: Warehouse, line: AdmissionLine) -> Decimal:
    step = max((line.quantity / 100).quantize(Decimal(1)), Decimal(1))
    differs = step * here.chance.choice([-2, -1, -1, 1])
    return max(line.quantity + differs, Decimal(1))


def _into_bins(here: Warehouse, line: AdmissionLine, quantity: Decimal) -> list[tuple[Place, Decimal]]:
    """A bin with room for the whole line; where there is none, as many as it takes, whole units in each."""
    kg_each = line.net_mass_kg / line.quantity
    start = here.chance.randrange(len(here.bins))
    places = here.bins[start:] + here.bins[:start]
    whole = [place for place in places if here.room_kg[place] >= quantity * kg_each + 1]
    bits = []
    for place in whole[:1] or sorted(places, key=here.room_kg.__getitem__, reverse=True):
        fits = (
            quantity if whole else min(quantity, (here.room_kg[place] / kg_each - 1).quantize(Decimal(1), ROUND_DOWN))
        )
        if fits > 0:
            bits.append((place, fits))
            here.room_kg[place] -= fits * kg_each
            quantity -= fits
        if not quantity:
            break
    return bits


def _line(here: Warehouse, item: Item, owner: str, at: datetime) -> AdmissionLineInput:
    chance = here.chance
    kg = _usual_kg(item, chance.random())
    quantity = quantity_of(item, kg, chance)
    usd, currency = usd_for(item, quantity, chance), currency_of(owner)
    value = {"CNY": usd * CNY_PER_USD, "EUR": usd / USD_PER_EUR, "USD": usd}[currency].quantize(Decimal("0.01"))
    net_mass_kg = (quantity * item.net_mass_kg_per_unit).quantize(Decimal("0.00001"))
    is_fob = chance.random() < 0.3
    return AdmissionLineInput(
        item=item,
        quantity=quantity,
        packages=max(1, int(net_mass_kg / 25)),
        net_mass_kg=net_mass_kg,
        gross_mass_kg=(net_mass_kg * Decimal("1.04")).quantize(Decimal("0.001")) + 1,
        invoice_value=value,
        currency=currency,
        terms=DeliveryTerms.FOB if is_fob else DeliveryTerms.CIF,
        freight=(value * Decimal("0.04")).quantize(Decimal("0.01")) if is_fob else Decimal(0),
        insurance_rate=Decimal("0.003") if is_fob else Decimal(0),
        expiry_date=at.date() + timedelta(days=item.shelf_life_days) if item.shelf_life_days else None,
    )


def _usual_kg(item: Item, luck: float) -> int:
    """What one line of a consignment weighs: ores by the wagon, watches by the case."""
    chapter = int(item.hs_code_id[:2])
    if chapter in {71, 91}:
        return 2 + int(6 * luck)
    if chapter in {30, 33, 42, 88, 90}:
        return 60 + int(300 * luck)
    if chapter in {10, 12, 25, 26, 27, 44, 72, 74, 76, 78, 79}:
        return 4000 + int(9000 * luck)
    return 400 + int(2600 * luck)


def _source(here: Warehouse) -> str:
    luck = here.chance.random()
    if luck < 0.06:
        return AdmissionSource.OTHER_SITE
    return AdmissionSource.DOMESTIC if luck < 0.16 else AdmissionSource.ABROAD


def _plate(here: Warehouse) -> str:
    return f"{here.chance.choice(['KZ', 'KG', 'UZ', 'XJ'])} {here.chance.randrange(100, 999)} DEMO"
