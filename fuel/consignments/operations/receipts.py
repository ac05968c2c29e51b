"""Receiving a consignment: what gauges or a meter say came into which tank, and what is over or missing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from documents.operations import documents
from documents.operations.acts import BY_POSTERS, act
from documents.operations.documents import Refusals, WrongState
from documents.operations.shares import riding_of, shares_of
from fuel.consignments.operations.declaring import MOVEMENT_OF, NOTHING, boundary_of, lot_of, open_lot
from fuel.models import ConsignmentReceipt, ConsignmentState, FuelConsignment, FuelSource, Gauge, Meter, Tank
from fuel.operations.measuring import basis_on, measure_fuel
from fuel.operations.receipt_checks import check_receipts
from fuel.operations.tank_stock import lock_tanks
from ledger.operations import open_lots, post
from ledger.postings import Account, CustomsStatus, Hold, Journal, Leg, MovementKind, Posting
from registry.models import PlaceKind, User
from registry.wording import quantity_text

LITRES_PER_M3 = 1000
# A gauge tells what was in the tank just before it: a receipt that it shows has come a second earlier.
BEFORE_A_GAUGE = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptInput:
    """What came into one tank: by two gauges, or by litres with their temperature and density at base (kg/m³)."""

    tank: Tank
    gauge_before: Gauge | None = None
    gauge_after: Gauge | None = None
    litres_observed: Decimal | None = None
    celsius: Decimal | None = None
    density_at_base: Decimal | None = None
    meter: Meter | None = None


def _is_accepted(consignment: FuelConsignment) -> bool:
    """Customs accepts bonded fuel before it is measured."""
    return consignment.is_past_customs or consignment.accepted_at is not None


@act(
    FuelConsignment,
    "receive",
    ConsignmentState.ADVISED,
    ConsignmentState.ACCEPTED,
    to=ConsignmentState.GAUGED,
    who=BY_POSTERS,
    is_due=_is_accepted,
)
def receive_consignment(
    *,
    consignment: FuelConsignment,
    receipts: Sequence[ReceiptInput],
    received_at: datetime,
    actor: User,
    at: datetime,
) -> FuelConsignment:
    """Measure a consignment into its tanks, where it is held until quality releases it.

    What is missing against the document goes to the site's shortage place with its share of value and tax. What is
    over becomes a lot of its own: not admitted where the consignment is bonded, and without value.

    Args:
        received_at: when it was all in; a gauged tank has it at the latest just before its gauge after.
    Raises:
        NotAsRequired: naming each row that cannot be accepted.
        WrongState: bonded fuel is not accepted yet.
    """
    documents.require_not_in_the_future(received_at, at=at, field="received_at")
    documents.require_lines(receipts)
    if not _is_accepted(consignment):
        words = {"number": consignment.number}
        raise WrongState(_("%(number)s is bonded: customs accepts it before it is measured into the tanks.") % words)
    locked = {tank.pk: tank for tank in lock_tanks(receipt.tank for receipt in receipts)}
    # As the tanks stand now: one may have been taken out of use while this request was under way.
    receipts = [replace(receipt, tank=locked[receipt.tank.pk]) for receipt in receipts]
    receipts = _with_gauges_as_they_stand(receipts)
    rows = _measured(consignment, receipts, received_at)
    refusals = Refusals()
    check_receipts(consignment, rows, received_at, refusals)
    refusals.raise_if_any()
    if consignment.lot is None:
        open_lot(consignment, documents.customs_date(consignment, received_at), at)
    ConsignmentReceipt.objects.bulk_create(rows)
    post(zone_id=consignment.site.zone_id, actor_id=actor.pk, postings=_postings(consignment, rows, received_at, at))
    consignment.received_mass_kg = sum((row.mass_kg or NOTHING for row in rows), NOTHING)
    consignment.received_by, consignment.received_at = actor, received_at
    return consignment


def _with_gauges_as_they_stand(receipts: Sequence[ReceiptInput]) -> list[ReceiptInput]:
    """A gauge may have been made void while this request was under way; from here on it stays."""
    named = {gauge.pk for one in receipts for gauge in (one.gauge_before, one.gauge_after) if gauge is not None}
    rows: Any = Gauge.objects.select_for_update().filter(pk__in=named).order_by("pk")
    locked = {gauge.pk: gauge for gauge in rows}
    return [
        replace(
            one,
            gauge_before=one.gauge_before and locked[one.gauge_before.pk],
            gauge_after=one.gauge_after and locked[one.gauge_after.pk],
        )
        for one in receipts
    ]


def _measured(
    consignment: FuelConsignment, receipts: Sequence[ReceiptInput], received_at: datetime
) -> list[ConsignmentReceipt]:
    """The receipts with their masses; raise NotAsRequired naming every row that cannot be reckoned."""
    refusals = Refusals()
    rows = []
    for number, given in enumerate(receipts):
        row = ConsignmentReceipt(
            consignment=consignment,
            row=number + 1,
            tank=given.tank,
            gauge_before=given.gauge_before,
            gauge_after=given.gauge_after,
            litres_observed=given.litres_observed,
            celsius=given.celsius,
            density_at_base=given.density_at_base,
            meter=given.meter,
        )
        if given.gauge_before is not None and given.gauge_after is not None and given.litres_observed is None:
            _take_from_gauges(row, given.gauge_before, given.gauge_after, number, refusals)
        elif given.gauge_before is None and given.gauge_after is None:
            _take_from_litres(row, received_at, number, refusals)
        else:
            message = _("Name both gauges, or the metered litres with temperature and density.")
            refusals.add(message, "gauge_before", number)
        rows.append(row)
    refusals.raise_if_any()
    return rows


def _take_from_gauges(row: ConsignmentReceipt, before: Gauge, after: Gauge, number: int, refusals: Refusals) -> None:
    for field, gauge in (("gauge_before", before), ("gauge_after", after)):
        if gauge.tank_id != row.tank_id or gauge.is_void:
            words = {"gauge": gauge.number, "tank": row.tank.code}
            refusals.add(_("%(gauge)s is void, or no gauge of tank %(tank)s.") % words, field, number, gauge.number)
    if before.gauged_at >= after.gauged_at:
        words = {"after": after.number, "before": before.number}
        message = _("%(after)s was not taken after %(before)s.")
        refusals.add(message % words, "gauge_after", number, after.number)
    basis = ("standard", "vcf_decimals", "base", "mass_in")
    if any(getattr(before, name) != getattr(after, name) for name in basis):
        words = {"before": before.number, "after": after.number}
        message = _("%(before)s and %(after)s were calculated by different standards.")
        refusals.add(message % words, "gauge_after", number, after.number)
    row.mass_kg = after.mass_kg - before.mass_kg
    if row.mass_kg <= 0:
        words = {"tank": row.tank.code, "mass": quantity_text(row.mass_kg)}
        message = _("By these gauges tank %(tank)s received %(mass)s kg; it must be above zero.")
        refusals.add(message % words, "gauge_after", number, row.mass_kg)
    row.litres_at_base = (after.gross_standard_m3 - before.gross_standard_m3) * LITRES_PER_M3
    row.density_at_base = after.density_at_base
    for name in basis:
        setattr(row, name, getattr(after, name))


def _take_from_litres(row: ConsignmentReceipt, received_at: datetime, number: int, refusals: Refusals) -> None:
    litres, celsius, density = row.litres_observed, row.celsius, row.density_at_base
    for field, figure in (("litres_observed", litres), ("celsius", celsius), ("density_at_base", density)):
        if figure is None:
            refusals.add(_("Name both gauges, or the metered litres with temperature and density."), field, number)
    if litres is None or celsius is None or density is None:
        return
    refusals.row_fits(row, number=number, exclude={"consignment", "standard", "base", "mass_in"})
    if any(error.row == number for error in refusals.errors):
        return
    basis = basis_on(site=row.consignment.site, day=documents.customs_date(row.consignment, received_at))
    measured = refusals.ask(
        lambda: measure_fuel(litres_observed=litres, celsius=celsius, density_at_base=density, basis=basis, row=number)
    )
    if measured is None:
        return
    row.take(measured, basis)
    if measured.mass_kg <= 0:
        words = {"litres": quantity_text(litres)}
        refusals.add(_("%(litres)s litres are not above zero.") % words, "litres_observed", number, litres)


def _postings(
    consignment: FuelConsignment, rows: Sequence[ConsignmentReceipt], received_at: datetime, at: datetime
) -> list[Posting]:
    """Everything on the document enters, tank by tank and what is missing to the shortage place; then what is over."""
    lot = consignment.lot
    rest_kg = consignment.document_mass_kg
    into: list[tuple[str, Account, Decimal, datetime]] = []
    over: list[tuple[str, Account, Decimal, datetime]] = []
    for row in rows:
        mass_kg = row.mass_kg or NOTHING
        tank, moment = Account(row.tank.place_id, Hold.BLOCKED), _moment_of(row, received_at)
        if rest_kg > 0:
            into.append((f"receive-{row.row}", tank, min(mass_kg, rest_kg), moment))
        if mass_kg > rest_kg:
            over.append((f"over-{row.row}", tank, mass_kg - rest_kg, moment))
        rest_kg = max(rest_kg - mass_kg, NOTHING)
    if rest_kg > 0:
        shortage = documents.boundary(consignment.site, PlaceKind.SHORTAGE)
        into.append(("shortage", Account(shortage.pk), rest_kg, received_at))
    kind, source = MOVEMENT_OF[FuelSource(consignment.source)], Account(boundary_of(consignment))
    postings = _entering(consignment, lot, kind, source, into)
    if over:
        found = Account(documents.boundary(consignment.site, PlaceKind.FOUND).pk)
        lot_over = _open_lot_over(consignment, sum((mass_kg for _act, _tank, mass_kg, _at in over), NOTHING), at)
        postings += _entering(consignment, lot_over, MovementKind.FOUND, found, over)
    return postings


def _entering(
    consignment: FuelConsignment,
    lot: Any,
    kind: MovementKind,
    source: Account,
    into: Sequence[tuple[str, Account, Decimal, datetime]],
) -> list[Posting]:
    shares = shares_of(riding_of(lot), [mass_kg for _act, _target, mass_kg, _moment in into])
    return [
        documents.posting_of(
            consignment,
            act,
            kind=kind,
            legs=[Leg(Journal.STOCK, lot.pk, source, target, mass_kg, share)],
            occurred_at=moment,
        )
        for (act, target, mass_kg, moment), share in zip(into, shares, strict=True)
    ]


def _moment_of(row: ConsignmentReceipt, received_at: datetime) -> datetime:
    if row.gauge_after is None:
        return received_at
    return min(received_at, row.gauge_after.gauged_at - BEFORE_A_GAUGE)


def _open_lot_over(consignment: FuelConsignment, mass_kg: Decimal, at: datetime) -> Any:
    is_bonded = consignment.customs_status == CustomsStatus.BONDED
    new = lot_of(
        consignment,
        number=f"{consignment.number}-01-OVER",
        mass_kg=mass_kg,
        admitted_date=documents.customs_date(consignment, at),
        # Nobody declared it. Duty-paid fuel is not under customs control, and so is what is over of it.
        customs_status=CustomsStatus.UNADMITTED if is_bonded else CustomsStatus.DUTY_PAID,
        parent_id=consignment.lot_id,
    )
    (lot,) = open_lots(lots=[new], at=at)
    return lot
