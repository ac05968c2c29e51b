"""Receiving the goods of an admission: what was counted into which bin, and what is over or short."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from bonded.admissions.operations.admissions import BOUNDARY_OF, MOVEMENT_OF
from bonded.models import Admission, AdmissionLine, AdmissionSource, AdmissionState, CountedGoods, UndeclaredGoods
from bonded.operations.capacity import check_room
from documents.operations import documents
from documents.operations.acts import BY_POSTERS, act
from documents.operations.documents import Refusals
from documents.operations.shares import HUNDRED_THOUSANDTH, riding_of, shares_of
from ledger.operations import open_lots, post
from ledger.postings import Account, CustomsStatus, Journal, Leg, MovementKind, NewLot, Posting
from registry.models import Item, Place, PlaceKind, User


@dataclass(frozen=True, slots=True, kw_only=True)
class CountInput:
    """What of a line was counted into one bin, in the item's unit."""

    line: AdmissionLine
    place: Place
    quantity: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class UndeclaredInput:
    """What was found of an item that the admission does not declare, and where it was set aside; in the item's unit."""

    item: Item
    place: Place
    quantity: Decimal
    description: str = ""


@act(Admission, "count", AdmissionState.ARRIVED, to=AdmissionState.COUNTED, who=BY_POSTERS)
def count_admission(
    *,
    admission: Admission,
    counted: Sequence[CountInput],
    actor: User,
    at: datetime,
    counted_at: datetime | None = None,
    undeclared: Sequence[UndeclaredInput] = (),
) -> Admission:
    """Take what was counted into stock; a line of which nothing is named was not there at all.

    What is missing against the declaration goes to the site's shortage place with its share of value and tax; what is
    over, and what stands on no line at all, becomes a lot of its own in suspense, not admitted and without value,
    until customs decides.

    Args:
        counted_at: when it was counted, if not now.
        undeclared: items that no line of the admission declares.
    Raises:
        NotAsRequired: naming each row that cannot be accepted; one of `undeclared` by fields such as
            `undeclared.quantity`.
    """
    counted_at = counted_at or at
    documents.require_not_in_the_future(counted_at, at=at, field="counted_at")
    documents.require_not_before(counted_at, admission.arrived_at, field="counted_at")
    lines = {line.pk: line for line in admission.lines.select_related("item__unit", "lot")}
    _require_countable(admission, lines, counted, undeclared)
    CountedGoods.objects.bulk_create(
        CountedGoods(line=row.line, place=row.place, quantity=row.quantity) for row in counted
    )
    postings = [_declared_goods(admission, lines, counted, counted_at)]
    over = _found_over(admission, lines, counted, at)
    if over:
        postings.append(
            documents.posting_of(admission, "count-over", kind=MovementKind.FOUND, legs=over, occurred_at=counted_at)
        )
    if undeclared:
        legs = _found_undeclared(admission, undeclared, at)
        kind = MovementKind.FOUND
        postings.append(
            documents.posting_of(admission, "count-undeclared", kind=kind, legs=legs, occurred_at=counted_at)
        )
    post(zone_id=admission.site.zone_id, actor_id=actor.pk, postings=postings)
    admission.counted_by, admission.counted_at = actor, counted_at
    return admission


def _require_countable(
    admission: Admission,
    lines: dict[int, AdmissionLine],
    counted: Sequence[CountInput],
    undeclared: Sequence[UndeclaredInput],
) -> None:
    refusals = Refusals()
    _note_undeclared(admission, lines, undeclared, refusals)
    seen: set[tuple[int, int]] = set()
    net_mass_kg_into: dict[Place, Decimal] = {}
    row_of: dict[Place, int] = {}
    for number, row in enumerate(counted):
        line = lines.get(row.line.pk)
        if line is None:
            refusals.add(_("This line belongs to another admission."), "line", number)
            continue
        refusals.quantity(row.quantity, line.item.unit, field="quantity", row=number)
        documents.check_bin(row.place, admission.site, refusals, field="place", row=number)
        if (line.pk, row.place.pk) in seen:
            refusals.add(_("This line was already counted into %(place)s.") % {"place": row.place}, "place", number)
        seen.add((line.pk, row.place.pk))
        if not refusals.is_refused("quantity", number):
            mass_kg = (line.net_mass_kg * row.quantity / line.quantity).quantize(HUNDRED_THOUSANDTH)
            net_mass_kg_into[row.place] = net_mass_kg_into.get(row.place, Decimal(0)) + mass_kg
            row_of.setdefault(row.place, number)
    refusals.raise_if_any()
    check_room(net_mass_kg_into, row_of, refusals)
    refusals.raise_if_any()


def _note_undeclared(
    admission: Admission,
    lines: dict[int, AdmissionLine],
    undeclared: Sequence[UndeclaredInput],
    refusals: Refusals,
) -> None:
    declared = {line.item_id: line for line in lines.values()}
    longest: Any = UndeclaredGoods._meta.get_field("description").max_length
    for number, row in enumerate(undeclared):
        refusals.quantity(row.quantity, row.item.unit, field="undeclared.quantity", row=number)
        documents.check_bin(row.place, admission.site, refusals, field="undeclared.place", row=number)
        words = {"item": row.item.code}
        if row.item.zone_id != admission.site.zone_id:
            message = _("%(item)s is an item of another zone.") % words
            refusals.add(message, "undeclared.item", number, row.item.code)
        elif line := declared.get(row.item.pk):
            message = _("%(item)s is declared in line %(row)s: count it there. What is over goes to suspense.")
            refusals.add(message % {**words, "row": line.row}, "undeclared.item", number, row.item.code)
        if len(row.description) > longest:
            message = _("At most %(longest)s characters are kept.") % {"longest": longest}
            refusals.add(message, "undeclared.description", number, str(len(row.description)))


def _declared_goods(
    admission: Admission, lines: dict[int, AdmissionLine], counted: Sequence[CountInput], counted_at: datetime
) -> Posting:
    """Everything declared enters: into the bins where it was counted, and to the shortage place what was not."""
    source = Account(documents.boundary(admission.site, BOUNDARY_OF[AdmissionSource(admission.source)]).pk)
    shortage = Account(documents.boundary(admission.site, PlaceKind.SHORTAGE).pk)
    legs = []
    for line in lines.values():
        rest = line.quantity
        into: list[tuple[Account, Decimal]] = []
        for row in counted:
            if row.line.pk == line.pk and rest > 0:
                taken = min(row.quantity, rest)
                into.append((Account(row.place.pk), taken))
                rest -= taken
        if rest > 0:
            into.append((shortage, rest))
        lot: Any = line.lot
        shares = shares_of(riding_of(lot), [quantity for _account, quantity in into])
        legs += [
            Leg(Journal.STOCK, lot.pk, source, account, quantity, share)
            for (account, quantity), share in zip(into, shares, strict=True)
        ]
    kind = MOVEMENT_OF[AdmissionSource(admission.source)]
    return documents.posting_of(admission, "count", kind=kind, legs=legs, occurred_at=counted_at)


def _found_over(
    admission: Admission, lines: dict[int, AdmissionLine], counted: Sequence[CountInput], at: datetime
) -> list[Leg]:
    counted_of = {line.pk: Decimal(0) for line in lines.values()}
    for row in counted:
        counted_of[row.line.pk] += row.quantity
    over = [line for line in lines.values() if counted_of[line.pk] > line.quantity]
    if not over:
        return []
    today = documents.customs_date(admission, at)
    lots = open_lots(
        lots=[_lot_over(admission, line, counted_of[line.pk] - line.quantity, today) for line in over], at=at
    )
    for line, lot in zip(over, lots, strict=True):
        line.over_lot = lot
    AdmissionLine.objects.bulk_update(over, ["over_lot"])
    return _into_suspense(admission, lots)


def _found_undeclared(admission: Admission, undeclared: Sequence[UndeclaredInput], at: datetime) -> list[Leg]:
    """Keep what was found, and put it into suspense as lots without a parent."""
    today = documents.customs_date(admission, at)
    numbered = list(enumerate(undeclared, start=1))
    lots = open_lots(lots=[_lot_undeclared(admission, row, found, today) for row, found in numbered], at=at)
    UndeclaredGoods.objects.bulk_create(
        UndeclaredGoods(
            admission=admission,
            row=row,
            item=found.item,
            quantity=found.quantity,
            place=found.place,
            description=found.description.strip(),
            lot=lot,
        )
        for (row, found), lot in zip(numbered, lots, strict=True)
    )
    return _into_suspense(admission, lots)


def _into_suspense(admission: Admission, lots: Sequence[Any]) -> list[Leg]:
    found = Account(documents.boundary(admission.site, PlaceKind.FOUND).pk)
    suspense = Account(documents.boundary(admission.site, PlaceKind.SUSPENSE).pk)
    return [Leg(Journal.STOCK, lot.pk, found, suspense, lot.quantity, riding_of(lot)) for lot in lots]


def _lot_over(admission: Admission, line: AdmissionLine, quantity: Decimal, today: date) -> NewLot:
    declared: Any = line.lot
    return NewLot(
        number=f"{declared.number}-OVER",
        item_id=line.item_id,
        unit_id=line.item.unit_id,
        origin=line.origin,
        expiry_date=line.expiry_date,
        parent_id=line.lot_id,
        quantity=quantity,
        net_mass_kg=(line.net_mass_kg * quantity / line.quantity).quantize(HUNDRED_THOUSANDTH),
        **_unadmitted(admission, today),
    )


def _lot_undeclared(admission: Admission, row: int, found: UndeclaredInput, today: date) -> NewLot:
    """Nobody has said whose it is: it is kept for the owner of what it came with."""
    return NewLot(
        number=f"{admission.number}-UND-{row:02d}",
        item_id=found.item.pk,
        unit_id=found.item.unit_id,
        origin=found.item.origin,
        quantity=found.quantity,
        net_mass_kg=(found.item.net_mass_kg_per_unit * found.quantity).quantize(HUNDRED_THOUSANDTH),
        **_unadmitted(admission, today),
    )


def _unadmitted(admission: Admission, today: date) -> dict[str, Any]:
    """What is the same of every lot that came with an admission and was not admitted: it has no value yet."""
    nothing = Decimal(0)
    return {
        "zone_id": admission.site.zone_id,
        "site_id": admission.site_id,
        "owner_id": admission.owner_id,
        "customs_status": CustomsStatus.UNADMITTED,
        "admitted_date": today,
        "document": documents.in_ledger(admission),
        "customs_value_cny": nothing,
        "duty_cny": nothing,
        "consumption_tax_cny": nothing,
        "vat_cny": nothing,
    }
