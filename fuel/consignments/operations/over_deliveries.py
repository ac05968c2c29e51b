"""Fuel that came over its declaration: admitted under a declaration of its own, or taken out of the tanks again."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, cast

from django.utils.translation import gettext as _

from customs.duty import CifPrice, assess, customs_value_cny, rates_of
from customs.operations.book_checks import require_open_book
from customs.operations.declaration_numbers import written_number
from customs.operations.guarantees import require_guarantee
from documents.operations import documents
from documents.operations.acts import BY_CUSTOMS, act
from documents.operations.documents import NotAsRequired, Refusals, WrongState
from documents.operations.shares import riding_of, shares_of
from fuel.consignments.operations.declaring import MOVEMENT_OF, boundary_of, lot_of
from fuel.models import ConsignmentState, FuelConsignment, FuelSource, OverDelivery, OverDeliveryOutcome
from fuel.queries import IN_THE_TANKS, has_undecided_over_delivery
from ledger.operations import open_lots, post
from ledger.postings import Account, CustomsStatus, Hold, Journal, Leg, MovementKind
from ledger.queries import AccountBalance, balances, lots
from registry.errors import FieldError
from registry.models import PlaceKind, User
from registry.quantities import FEN
from registry.queries import exchange_rate_on, tariff_rate_for
from registry.wording import quantity_text

LEAVES_AS = {
    FuelSource.ABROAD: MovementKind.RE_EXPORTED,
    FuelSource.OTHER_SITE: MovementKind.TRANSFERRED_OUT,
}


@act(
    FuelConsignment,
    "admit_over",
    *IN_THE_TANKS,
    who=BY_CUSTOMS,
    not_by=("prepared_by", "received_by"),
    is_due=has_undecided_over_delivery,
)
def admit_over_delivery(
    *,
    consignment: FuelConsignment,
    reference: str,
    actor: User,
    at: datetime,
    invoice_value: Decimal | None = None,
    reason: str = "",
) -> FuelConsignment:
    """Admit what came over a consignment's document: assess it at today's rates and write it into the account book.

    It becomes a lot of its own in the tanks where it lies, free when the consignment is released and else with it.

    Args:
        reference: the number of the declaration under which it is admitted.
        invoice_value: what the supplier asks for it, CIF in the consignment's currency; left out, it costs by mass what
            the rest does.
    Raises:
        NotAsRequired: the reference is no declaration number of the site's regime, or another document's, or the
            value cannot be.
        WrongState: nothing over the document waits for a decision.
        UnknownCurrency, NoTariffRate: there is no rate on the day.
        GuaranteeExceeded: the suspended duty and tax are more than the guarantee has left.
    """
    lying = _undecided(consignment)
    book: Any = consignment.book
    today = documents.customs_date(consignment, at)
    require_open_book(book, on_date=today)
    decided = _decision(consignment, lying, OverDeliveryOutcome.ADMITTED, reference, reason, actor, at)
    _assess(decided, invoice_value, today)
    require_guarantee(book=book, suspended_tax_cny=decided.tax_cny)
    new = lot_of(
        consignment,
        number=f"{consignment.number}-02",
        mass_kg=decided.mass_kg,
        assessed=decided,
        admitted_date=today,
        parent_id=decided.over_lot_id,
    )
    (lot,) = open_lots(lots=[new], at=at)
    decided.lot = lot
    decided.save()
    hold = Hold.FREE if consignment.state == ConsignmentState.RELEASED else Hold.BLOCKED
    source = Account(boundary_of(consignment))
    shares = shares_of(riding_of(lot), [row.quantity for row in lying])
    stock = [
        Leg(Journal.STOCK, lot.pk, source, Account(row.place_id, hold), row.quantity, share)
        for row, share in zip(lying, shares, strict=True)
    ]
    declared = Leg(Journal.CUSTOMS, lot.pk, source, Account(book.place_id), lot.quantity, riding_of(lot))
    found = Account(documents.boundary(consignment.site, PlaceKind.FOUND).pk)
    post(
        zone_id=consignment.site.zone_id,
        actor_id=actor.pk,
        postings=[
            # What was found is not a find any more: it was declared.
            documents.posting_of(
                consignment,
                "over-declared",
                kind=MovementKind.FOUND,
                legs=_out_of_tanks(lying, found),
                occurred_at=at,
            ),
            documents.posting_of(
                consignment,
                "admit-over",
                kind=MOVEMENT_OF[FuelSource(consignment.source)],
                legs=(*stock, declared),
                occurred_at=at,
                reason=decided.reason,
            ),
        ],
    )
    documents.keep(consignment, actor=actor, at=at, reason=decided.reason or decided.reference)
    return consignment


@act(
    FuelConsignment,
    "take_out_over",
    *IN_THE_TANKS,
    who=BY_CUSTOMS,
    not_by=("prepared_by", "received_by"),
    with_reason=True,
    is_due=has_undecided_over_delivery,
)
def take_out_over_delivery(
    *,
    consignment: FuelConsignment,
    reference: str,
    reason: str,
    actor: User,
    at: datetime,
    taken_out_at: datetime | None = None,
) -> FuelConsignment:
    """Give back what came over a consignment's document: it leaves the tanks for where it came from.

    Nobody declared it, so it leaves no account book.

    Args:
        reference: the paper by which it leaves, such as a waybill.
        taken_out_at: when it left, if not now.
    Raises:
        NotAsRequired: there is no reference, or the time cannot be.
        WrongState: nothing over the document waits for a decision.
        PeriodClosed: the time lies in a closed period.
    """
    taken_out_at = taken_out_at or at
    lying = _undecided(consignment)
    documents.require_not_in_the_future(taken_out_at, at=at, field="taken_out_at")
    documents.require_not_before(taken_out_at, consignment.received_at, field="taken_out_at")
    decided = _decision(consignment, lying, OverDeliveryOutcome.TAKEN_OUT, reference, reason, actor, at)
    decided.happened_at = taken_out_at
    decided.save()
    post(
        zone_id=consignment.site.zone_id,
        actor_id=actor.pk,
        postings=[
            documents.posting_of(
                consignment,
                "take-out-over",
                kind=LEAVES_AS[FuelSource(consignment.source)],
                legs=_out_of_tanks(lying, Account(boundary_of(consignment))),
                occurred_at=taken_out_at,
                reason=reason,
            )
        ],
    )
    return consignment


def _undecided(consignment: FuelConsignment) -> list[AccountBalance]:
    """Where what is over of the consignment lies."""
    lying: list[AccountBalance] = []
    if has_undecided_over_delivery(consignment):
        over = lots().filter(parent=consignment.lot_id, customs_status=CustomsStatus.UNADMITTED)
        found = balances(lots=over.values_list("pk", flat=True), journal=Journal.STOCK)
        lying = [row for row in found if row.quantity > 0]
    if not lying:
        words = {"number": consignment.number, "state": consignment.get_state_display()}
        raise WrongState(
            _("%(number)s is in the state “%(state)s”: nothing over its document waits for a decision.") % words
        )
    return lying


def _decision(
    consignment: FuelConsignment,
    lying: Sequence[AccountBalance],
    outcome: OverDeliveryOutcome,
    reference: str,
    reason: str,
    actor: User,
    at: datetime,
) -> OverDelivery:
    if not reference.strip():
        message = _("Name the declaration or paper by which this is done.")
        raise NotAsRequired(message, errors=[FieldError(message, field="reference")])
    decided = OverDelivery(
        consignment=consignment,
        outcome=outcome,
        over_lot_id=lying[0].lot_id,
        mass_kg=sum((row.quantity for row in lying), Decimal(0)),
        reference=reference.strip(),
        reason=reason.strip(),
        happened_at=at,
        decided_by=actor,
        decided_at=at,
    )
    _require_fit(decided, "reference", "reason")
    if outcome == OverDeliveryOutcome.ADMITTED:
        decided.reference = written_number(site=consignment.site, number=decided.reference, field="reference")
    return decided


def _require_fit(decided: OverDelivery, *fields: str) -> None:
    refusals = Refusals()
    others = {field.name for field in OverDelivery._meta.fields} - set(fields)
    refusals.row_fits(decided, number=None, exclude=others)
    refusals.raise_if_any()


def _assess(decided: OverDelivery, invoice_value: Decimal | None, day: date) -> None:
    """Put customs value, duty and taxes at the day's rates on the decision."""
    consignment = decided.consignment
    if invoice_value is None:
        by_mass = consignment.invoice_value * decided.mass_kg / consignment.document_mass_kg
        invoice_value = by_mass.quantize(FEN, rounding=ROUND_HALF_UP)
    decided.invoice_value, decided.currency = invoice_value, consignment.currency
    _require_fit(decided, "invoice_value")
    if invoice_value < 0:
        message = _("%(figure)s cannot be right here.") % {"figure": quantity_text(invoice_value)}
        raise NotAsRequired(message, errors=[FieldError(message, field="invoice_value", figure=str(invoice_value))])
    decided.exchange_rate_cny_per_unit = exchange_rate_on(consignment.currency, day)
    declared = lots().get(pk=cast("int", consignment.lot_id))
    rates = rates_of(tariff_rate_for(declared.tariff_code, declared.origin, day, field="product"))
    value_cny = customs_value_cny(
        price=CifPrice(cif_invoice_currency=invoice_value),
        exchange_rate_cny_per_unit=decided.exchange_rate_cny_per_unit,
    )
    decided.rates_date = day
    decided.take(assess(value_cny=value_cny, quantity=decided.mass_kg, rates=rates), rates)


def _out_of_tanks(lying: Sequence[AccountBalance], target: Account) -> list[Leg]:
    return [Leg(Journal.STOCK, row.lot_id, Account(row.place_id, row.hold), target, row.quantity) for row in lying]
