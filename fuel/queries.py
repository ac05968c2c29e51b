"""What is asked of fuel: what of a consignment is missing, and in which account book a lot stands."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum

from customs.models import AccountBook
from customs.queries import deducted_before
from fuel.delivery_tickets.model import LIFTED
from fuel.models import (
    ConsignmentState,
    Defuel,
    DeliveryTicket,
    Dispute,
    DisputeState,
    FuelConsignment,
    Gauge,
    OverDelivery,
    ReconciliationState,
    Tank,
    TankReconciliation,
    TankReconciliationLine,
)
from fuel.reconciliations.model import UNDONE
from ledger.postings import CustomsStatus, Hold, Journal, MovementKind, Riding
from ledger.queries import AccountBalance, balances, entries_of, lots, stock_in
from registry.models import Place, PlaceKind, Role, Site, User

# States in which the fuel of a consignment lies in its tanks, as far as it was not used.
IN_THE_TANKS = (ConsignmentState.GAUGED, ConsignmentState.HELD, ConsignmentState.RELEASED)
RIDING = tuple(field.name for field in fields(Riding))


def outstanding_loss(consignment: FuelConsignment) -> AccountBalance | None:
    """What of a received consignment still lies at the shortage place, with its share of value and tax."""
    return outstanding_losses([consignment]).get(consignment.pk)


def outstanding_losses(consignments: Iterable[FuelConsignment]) -> dict[int, AccountBalance]:
    """By consignment what of it still lies at the shortage place; those of which nothing does are left out."""
    asked = {one.lot_id: one for one in consignments if one.lot_id is not None}
    if not asked:
        return {}
    sites = {one.site_id for one in asked.values()}
    shortages = Place.objects.filter(site__in=sites, kind=PlaceKind.SHORTAGE).order_by().values_list("pk", flat=True)
    found = balances(places=shortages, lots=asked, journal=Journal.STOCK)
    return {asked[row.lot_id].pk: row for row in found if row.quantity > 0}


def posted_late_kg(reconciliation: TankReconciliation) -> Decimal:
    """What was posted into days of a tank after they were reconciled: it opens with that more or less than was gauged.

    The gain or loss of those days stands; the next reconciliation has the other side of it.
    """
    before: Any = TankReconciliation.objects.filter(
        tank=reconciliation.tank_id, ends_at=reconciliation.begins_at, state=ReconciliationState.APPROVED
    ).first()
    if before is None:
        return Decimal(0)
    opening_kg = sum((line.opening_kg for line in reconciliation.lines.all()), Decimal(0))
    physical_kg: Decimal = before.physical_kg
    return opening_kg - physical_kg


def book_places_of(lot_ids: Iterable[int]) -> dict[int, int]:
    """By lot the place of the account book that it was declared to; lots that were declared to none are left out."""
    asked = list(lot_ids)
    rows = FuelConsignment.objects.filter(lot__in=asked, book__isnull=False).values_list("lot", "book__place")
    over = OverDelivery.objects.filter(lot__in=asked).order_by().values_list("lot", "consignment__book__place")
    return dict(rows.order_by().union(over, all=True))


def slop_tanks_for(*, site: Site, customs_status: str, product_id: int) -> list[Tank]:
    """The slop tanks in use at a site that take slops of a product and duty status, by code."""
    tanks = Tank.objects.filter(place__site=site, place__is_open=True, is_slop=True, product=product_id)
    fit = tanks.filter(Q(customs_status="") | Q(customs_status=customs_status))
    return list(fit.select_related("place__site", "group", "product").order_by("place__code"))


def lots_of_book(book: AccountBook) -> QuerySet[Any]:
    """The lots of fuel that were declared to an account book, also those that came over a declaration."""
    declared = FuelConsignment.objects.filter(book=book, lot__isnull=False).order_by().values("lot")
    over = OverDelivery.objects.filter(consignment__book=book, lot__isnull=False).order_by().values("lot")
    return declared.union(over, all=True)


def undecided_over_deliveries() -> QuerySet[Any]:
    """Bonded consignments of which more came than was declared, neither admitted nor taken out again."""
    return FuelConsignment.objects.filter(
        customs_status=CustomsStatus.BONDED,
        state__in=IN_THE_TANKS,
        received_mass_kg__gt=F("document_mass_kg"),
        over_delivery=None,
    )


def has_undecided_over_delivery(consignment: FuelConsignment) -> bool:
    """Whether more bonded fuel came than was declared, and nobody has decided yet what becomes of it."""
    received_kg = consignment.received_mass_kg
    if consignment.customs_status != CustomsStatus.BONDED or received_kg is None:
        return False
    is_over = consignment.state in IN_THE_TANKS and received_kg > consignment.document_mass_kg
    return is_over and not hasattr(consignment, "over_delivery")


def is_for_customs(reconciliation: TankReconciliation) -> bool:
    """Whether customs decides on it: bonded fuel was lost or found out of tolerance, as its explanation tells."""
    if reconciliation.explained_by_id is None:
        return False
    return reconciliation.lines.filter(customs_status=CustomsStatus.BONDED).exclude(gain_loss_kg=0).exists()


def for_customs() -> Q:
    """Of reconciliations: those on which customs decides; see is_for_customs."""
    bonded = TankReconciliationLine.objects.filter(customs_status=CustomsStatus.BONDED).exclude(gain_loss_kg=0)
    return Q(explained_by__isnull=False) & Q(Exists(bonded.filter(reconciliation=OuterRef("pk"))))


def reconciliation_after(reconciliation: TankReconciliation) -> TankReconciliation | None:
    """The last reconciliation of the tank that stands after this one, approved or not decided yet."""
    later: Any = TankReconciliation.objects.filter(tank=reconciliation.tank_id, ends_at__gt=reconciliation.ends_at)
    last: TankReconciliation | None = later.exclude(state__in=UNDONE).order_by("-ends_at").first()
    return last


@dataclass(frozen=True, slots=True)
class LotInTank:
    """What of one lot lies in a tank under one hold, in kilograms."""

    lot: Any
    hold: str
    mass_kg: Decimal


@dataclass(slots=True)
class TankContents:
    """What a tank holds by book, and by its last gauge, in kilograms."""

    tank: Tank
    gauge: Gauge | None
    bonded_kg: Decimal = Decimal(0)
    duty_paid_kg: Decimal = Decimal(0)
    blocked_kg: Decimal = Decimal(0)
    lots: list[LotInTank] = field(default_factory=list)

    @property
    def book_kg(self) -> Decimal:
        return self.bonded_kg + self.duty_paid_kg

    @property
    def gauged_kg(self) -> Decimal | None:
        return self.gauge.mass_kg if self.gauge is not None else None


def contents_of_tanks(tanks: Iterable[Tank]) -> list[TankContents]:
    """What each tank holds now, oldest lot first, with its last gauge; three queries for any number of tanks.

    Fuel that came over its declaration counts with the bonded: it is under customs control.
    """
    found = {tank.place_id: TankContents(tank, None) for tank in tanks}
    gauges: Any = Gauge.objects.filter(tank__place__in=found, is_void=False).select_related("tank")
    for gauge in gauges.order_by("tank_id", "-gauged_at").distinct("tank_id"):
        found[gauge.tank.place_id].gauge = gauge
    stock = stock_in(place_ids=found)
    known = lots().select_related("owner").in_bulk({row.lot_id for row in stock})
    for row in stock:
        contents = found[row.place_id]
        if row.customs_status == CustomsStatus.DUTY_PAID:
            contents.duty_paid_kg += row.quantity
        else:
            contents.bonded_kg += row.quantity
        if row.hold == Hold.BLOCKED:
            contents.blocked_kg += row.quantity
        contents.lots.append(LotInTank(known[row.lot_id], str(Hold(row.hold).label), row.quantity))
    return list(found.values())


def entries_uplifted_undeclared(*, book: AccountBook, until: datetime) -> Any:
    """The entries by which fuel of a book had gone abroad just before a moment, and no declaration had taken it off.

    What came back, was cleared for the domestic market or was made void until then is among them, below zero.
    """
    in_book = lots_of_book(book)
    declared = deducted_before(document_kind=DeliveryTicket.kind, until=until)
    tickets: Any = (
        DeliveryTicket.objects.filter(site=book.site_id, delivered_at__lt=until, draws__lot__in=in_book)
        .exclude(pk__in=declared.values("document_id"))
        .order_by()
        .values("pk")
    )
    documents = Q(transaction__document_kind=DeliveryTicket.kind, transaction__document_id__in=tickets)
    documents |= Q(
        transaction__document_kind=Defuel.kind,
        transaction__document_id__in=Defuel.objects.filter(ticket__in=tickets).values("pk"),
    )
    abroad = entries_of(site_id=book.site_id, journal=Journal.STOCK, place_kinds=[PlaceKind.ABROAD])
    return abroad.filter(documents, occurred_at__lt=until, lot__in=in_book)


def has_ticket() -> Exists:
    """Of a flight record: whether a ticket says that fuel was delivered into the flight."""
    flight = {name: OuterRef(name) for name in ("site", "airline", "flight_key", "flight_date")}
    return Exists(DeliveryTicket.objects.filter(**flight, state__in=LIFTED))


def riding_uplifted(ticket: DeliveryTicket) -> dict[int, tuple[Decimal, Riding]]:
    """By lot what of a ticket is still out of the tank: kilograms, and the value and taxes that ride on them.

    Reversed postings cancel themselves, those of a void defuel too; what came back by a defuel is taken off.
    """
    documents = Q(transaction__document_kind=ticket.kind, transaction__document_id=ticket.pk)
    documents |= Q(
        transaction__document_kind=Defuel.kind,
        transaction__document_id__in=list(ticket.defuels.values_list("pk", flat=True)),
        transaction__kind=MovementKind.RETURNED,
    )
    outside = (PlaceKind.ABROAD, PlaceKind.DOMESTIC)
    rows: Any = (
        entries_of(journal=Journal.STOCK, place_kinds=outside)
        .filter(documents)
        .select_related(None)
        .order_by("lot")
        .values("lot")
        .annotate(**{f"total_{name}": Sum(name) for name in ("quantity", *RIDING)})
    )
    return {
        row["lot"]: (row["total_quantity"], Riding(**{name: row[f"total_{name}"] for name in RIDING}))
        for row in rows
        if row["total_quantity"] > 0
    }


def disputes_to_read(user: User) -> list[QuerySet[Any]]:
    """The disputes of the user's airlines that the supplier has answered, to be counted."""
    own = user.memberships.filter(role=Role.AIRLINE).values("organisation")
    return [Dispute.objects.filter(airline__organisation__in=own, state=DisputeState.ANSWERED)]
