"""Quality and loss of a received consignment: held, released into use, and what was lost on the way written off."""

from datetime import date, datetime
from decimal import ROUND_DOWN, Decimal

from django.utils.translation import gettext as _

from customs.duty import assess, rates_of
from documents.operations import documents
from documents.operations.acts import BY_ALL_WHO_ACT, act
from documents.operations.documents import NotAsRequired, Refusals, WrongState
from documents.operations.shares import riding_of, shares_of
from fuel.consignments.operations.declaring import who_decides
from fuel.models import ConsignmentState, FuelConsignment, TransportLoss
from fuel.queries import outstanding_loss
from ledger.operations import post
from ledger.postings import Account, CustomsStatus, Hold, Journal, Leg, MovementKind
from ledger.queries import AccountBalance, balances, lots
from registry.models import PlaceKind, User
from registry.queries import tariff_rate_for

GRAM = Decimal("0.001")


@act(
    FuelConsignment,
    "hold",
    ConsignmentState.GAUGED,
    to=ConsignmentState.HELD,
    who=BY_ALL_WHO_ACT,
    with_reason=True,
)
def hold_consignment(*, consignment: FuelConsignment, actor: User, at: datetime, reason: str) -> FuelConsignment:
    """Say that quality holds a received consignment back, and why; it stays blocked in its tanks."""
    return consignment


@act(
    FuelConsignment,
    "release",
    ConsignmentState.GAUGED,
    ConsignmentState.HELD,
    to=ConsignmentState.RELEASED,
    who=who_decides,
    not_by=("received_by",),
)
def release_consignment(
    *,
    consignment: FuelConsignment,
    certificate_kind: str,
    certificate_number: str,
    actor: User,
    at: datetime,
    specification: str = "",
    batch_number: str = "",
) -> FuelConsignment:
    """Release a received consignment into use by its certificate; a tolerated transport loss is written off with it.

    A loss beyond its tolerance stays at the shortage place, whole, until somebody approves it.

    Raises:
        NotAsRequired: no certificate is named.
    Source: DEF STAN 91-091; GB 6537; EI/JIG 1530.
    """
    consignment.certificate_kind = certificate_kind
    consignment.certificate_number = certificate_number.strip()
    consignment.specification = specification.strip()
    consignment.batch_number = batch_number.strip()
    _require_certificate(consignment)
    postings = [
        documents.posting_of(
            consignment, "release", kind=MovementKind.UNBLOCKED, legs=_unblocking(consignment), occurred_at=at
        )
    ]
    if is_loss_tolerated(consignment):
        legs = _writing_off(consignment, PlaceKind.ALLOWED_LOSS)
        if legs:
            postings.append(
                documents.posting_of(consignment, "loss", kind=MovementKind.ALLOWED_LOSS, legs=legs, occurred_at=at)
            )
    post(zone_id=consignment.site.zone_id, actor_id=actor.pk, postings=postings)
    consignment.released_by, consignment.released_at = actor, at
    return consignment


def _is_missing(consignment: FuelConsignment) -> bool:
    return outstanding_loss(consignment) is not None


@act(
    FuelConsignment,
    "approve_loss",
    ConsignmentState.RELEASED,
    who=who_decides,
    not_by=("received_by",),
    with_reason=True,
    is_due=_is_missing,
)
def approve_transport_loss(*, consignment: FuelConsignment, actor: User, at: datetime, reason: str) -> FuelConsignment:
    """Write off a transport loss beyond its tolerance as an approved adjustment, in stock and in the account book.

    On what of bonded fuel is missing beyond the tolerance the tax payable is assessed at the rates of the day of
    ``at``, on its share of the customs value that was admitted.

    Raises:
        NoTariffRate: there is no rate on the day.
        WrongState: nothing of the consignment is missing any more.
    """
    missing = outstanding_loss(consignment)
    if missing is None:
        words = {"number": consignment.number, "state": consignment.get_state_display()}
        raise WrongState(_("%(number)s is in the state “%(state)s” and has no loss that waits for approval.") % words)
    loss = _loss_beyond_tolerance(consignment, missing)
    if consignment.customs_status == CustomsStatus.BONDED:
        _assess(loss, missing, documents.customs_date(consignment, at))
    loss.reason, loss.decided_by, loss.decided_at = reason, actor, at
    refusals = Refusals()
    others = {field.name for field in TransportLoss._meta.fields} - {"reason"}
    refusals.row_fits(loss, number=None, exclude=others)
    refusals.raise_if_any()
    loss.save()
    legs = _writing_off(consignment, PlaceKind.LOST)
    post(
        zone_id=consignment.site.zone_id,
        actor_id=actor.pk,
        postings=[
            documents.posting_of(
                consignment, "write-off", kind=MovementKind.ADJUSTED, legs=legs, occurred_at=at, reason=reason
            )
        ],
    )
    return consignment


def _loss_beyond_tolerance(consignment: FuelConsignment, missing: AccountBalance) -> TransportLoss:
    """The loss with what of it is tolerated, to the gram below, and what is not."""
    percent = consignment.loss_tolerance_percent
    tolerated_kg = (consignment.document_mass_kg * percent / 100).quantize(GRAM, rounding=ROUND_DOWN)
    return TransportLoss(
        consignment=consignment,
        missing_mass_kg=missing.quantity,
        tolerated_mass_kg=tolerated_kg,
        taxed_mass_kg=missing.quantity - tolerated_kg,
    )


def _assess(loss: TransportLoss, missing: AccountBalance, day: date) -> None:
    """Put duty and taxes at the day's rates on what is missing beyond the tolerance."""
    lot = lots().get(pk=missing.lot_id)
    rates = rates_of(tariff_rate_for(lot.tariff_code, lot.origin, day, field="product"))
    parts = [mass_kg for mass_kg in (loss.taxed_mass_kg, loss.tolerated_mass_kg) if mass_kg]
    share = next(shares_of(riding_of(missing), parts))
    loss.rates_date = day
    loss.take(assess(value_cny=share.customs_value_cny, quantity=loss.taxed_mass_kg, rates=rates), rates)


def is_loss_tolerated(consignment: FuelConsignment) -> bool:
    """Whether what is missing against the document is within the tolerated percentage of it."""
    if consignment.received_mass_kg is None:
        return False
    loss_kg: Decimal = consignment.document_mass_kg - consignment.received_mass_kg
    return loss_kg * 100 <= consignment.document_mass_kg * consignment.loss_tolerance_percent


def _require_certificate(consignment: FuelConsignment) -> None:
    refusals = Refusals()
    for field in ("certificate_kind", "certificate_number"):
        if not getattr(consignment, field):
            refusals.add(_("Name the certificate by which the fuel is released."), field)
    refusals.raise_if_any()
    documents.require_fit(consignment)


def _unblocking(consignment: FuelConsignment) -> list[Leg]:
    places = consignment.receipts.values_list("tank__place", flat=True)
    # What came over the declaration stays blocked until it is admitted.
    own = lots().filter(document_kind=consignment.kind, document_id=consignment.pk)
    admitted = own.exclude(customs_status=CustomsStatus.UNADMITTED).values_list("pk", flat=True)
    held = balances(places=list(places), lots=list(admitted), journal=Journal.STOCK)
    return [
        Leg(
            Journal.STOCK,
            row.lot_id,
            Account(row.place_id, Hold.BLOCKED),
            Account(row.place_id, Hold.FREE),
            row.quantity,
        )
        for row in held
        if row.hold == Hold.BLOCKED and row.quantity > 0
    ]


def _writing_off(consignment: FuelConsignment, kind: PlaceKind) -> list[Leg]:
    """What is missing, out of the shortage place and, where bonded, with the same figures out of the book."""
    missing = outstanding_loss(consignment)
    if missing is None:
        return []
    target = Account(documents.boundary(consignment.site, kind).pk)
    source = Account(missing.place_id, missing.hold)
    legs = [Leg(Journal.STOCK, missing.lot_id, source, target, missing.quantity)]
    if consignment.customs_status == CustomsStatus.BONDED:
        if consignment.book is None:
            raise NotAsRequired(_("Bonded fuel needs an account book."))
        book = Account(consignment.book.place_id)
        legs.append(Leg(Journal.CUSTOMS, missing.lot_id, book, target, missing.quantity, riding_of(missing)))
    return legs
