"""Manual charges: asked for by one person, charged when another approves, to stand on the airline's next statement."""

from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from documents.operations import documents
from documents.operations.acts import BY_POSTERS, BY_SUPERVISORS, act, take_back_act
from documents.operations.documents import NotAsRequired, Refusals
from documents.operations.numbers import give_number
from fuel.billing.charges.operations import lock_airline
from fuel.billing.pricing import CENT, ZERO
from fuel.billing.statements.operations import end_of
from fuel.models import Charge, ChargeKind, FuelContract, ManualCharge, ManualChargeState
from fuel.operations.measuring import basis_on
from registry.errors import FieldError
from registry.models import User
from registry.queries import exchange_rate_on
from registry.wording import local_time_text

SECOND = timedelta(seconds=1)
_NO_QUANTITY = ("litres_observed", "litres_at_base", "mass_kg", "us_gallons_observed")
_NO_PRICE = ("into_plane_fee_per_tonne", "unit_price")
_NO_SAVING = ("saving_duty_cny", "saving_consumption_tax_cny", "saving_vat_cny", "saving_price_cny")


@dataclass(frozen=True, slots=True, kw_only=True)
class ManualChargeDetails:
    """What is charged by hand. The contract says to which airline, at which site, in which currency and when it is due.

    Args:
        from_date, through_date: days of the period, both included.
        description: as the statement's line says it; at most 120 characters.
        net_amount: in the contract's currency; below zero it is given back.
        vat_rate: as a fraction.
    """

    contract: FuelContract
    from_date: date
    through_date: date
    description: str
    reason: str
    net_amount: Decimal
    vat_rate: Decimal = ZERO
    remark: str = ""


@transaction.atomic
def ask_for_manual_charge(
    *, details: ManualChargeDetails, actor: User, at: datetime, request_key: UUID
) -> ManualCharge:
    """Ask for a manual charge; nothing is charged before somebody else approves. The same request twice gives one.

    Raises:
        NotAllowed: the actor posts no documents at the contract's site.
        NotAsRequired: naming each field and figure that cannot be accepted.
        RequestKeyUsed: the key stands for somebody else's document.
    """
    documents.require_poster(actor, details.contract.site)

    def prepare() -> ManualCharge:
        site = details.contract.site
        document = ManualCharge(site=site, prepared_by=actor, prepared_at=at, request_key=request_key)
        _fill(document, details)
        give_number(document=document, at=at)
        documents.keep(document, actor=actor, at=at)
        return document

    return documents.prepared_once(ManualCharge, request_key=request_key, actor=actor, prepare=prepare)


@act(
    ManualCharge,
    "change",
    ManualChargeState.DRAFT,
    ManualChargeState.RETURNED,
    to=ManualChargeState.ASKED,
    who=BY_POSTERS,
)
def amend_manual_charge(
    *, manual_charge: ManualCharge, details: ManualChargeDetails, actor: User, at: datetime
) -> ManualCharge:
    """Say a manual charge anew that was returned; it is asked for again, by whoever says it now.

    Raises:
        NotAsRequired: naming each field and figure that cannot be accepted; a contract of another site too.
    """
    document = manual_charge
    if details.contract.site_id != document.site_id:
        words = {"contract": details.contract.number, "site": document.site.code}
        message = _("Contract %(contract)s is of another site than %(site)s.") % words
        raise NotAsRequired(message, errors=[FieldError(message, field="contract", figure=details.contract.number)])
    _fill(document, details)
    # Whoever asks for it now is the first person.
    document.prepared_by, document.prepared_at = actor, at
    return document


@act(
    ManualCharge,
    "approve",
    ManualChargeState.ASKED,
    to=ManualChargeState.CHARGED,
    who=BY_SUPERVISORS,
    not_by=("prepared_by",),
    related=("contract__airport", "contract__airline"),
    # As statements do: the airline first.
    lock_first=lambda manual_charge: lock_airline(manual_charge.contract.airline),
)
def approve_manual_charge(*, manual_charge: ManualCharge, actor: User, at: datetime) -> ManualCharge:
    """Charge what somebody else asked for; it waits for the first statement that goes through its period.

    Raises:
        UnknownCurrency, ExchangeRateTooOld: there is no rate of exchange of the month in which the period ends.
    """
    manual_charge.decided_by, manual_charge.decided_at = actor, at
    _charge_of(manual_charge, actor, at).save(force_insert=True)
    return manual_charge


take_back_manual_charge = take_back_act(
    ManualCharge, "manual_charge", ManualChargeState.ASKED, to=ManualChargeState.DRAFT
)


@act(
    ManualCharge,
    "return",
    ManualChargeState.ASKED,
    to=ManualChargeState.RETURNED,
    who=BY_SUPERVISORS,
    not_by=("prepared_by",),
    with_reason=True,
)
def return_manual_charge(*, manual_charge: ManualCharge, actor: User, at: datetime, reason: str) -> ManualCharge:
    """Reject what somebody else asked for: it may be said anew, or made void."""
    return manual_charge


@act(
    ManualCharge,
    "void",
    ManualChargeState.DRAFT,
    ManualChargeState.ASKED,
    ManualChargeState.RETURNED,
    to=ManualChargeState.VOID,
    who=BY_POSTERS,
    with_reason=True,
)
def void_manual_charge(*, manual_charge: ManualCharge, actor: User, at: datetime, reason: str) -> ManualCharge:
    """Give up a manual charge that was not approved; its number stays, marked void. What is charged is credited."""
    return manual_charge


def _fill(document: ManualCharge, details: ManualChargeDetails) -> None:
    for one in fields(ManualChargeDetails):
        setattr(document, one.name, getattr(details, one.name))
    document.description, document.reason = details.description.strip(), details.reason.strip()
    contract = details.contract
    document.currency = contract.currency
    refusals = Refusals()
    if details.net_amount == 0:
        refusals.add(_("The amount cannot be zero."), "net_amount", None, details.net_amount)
    if not 0 <= details.vat_rate < 1:
        refusals.add(_("A VAT rate lies between 0 and 100 %."), "vat_rate", None, details.vat_rate)
    if details.from_date > details.through_date:
        refusals.add(_("The period ends before it begins."), "through_date", None, details.through_date)
    ends = contract.valid_to_date
    if details.through_date < contract.valid_from_date or (ends is not None and details.from_date > ends):
        words = {"contract": contract.number, "from": local_time_text(details.from_date)}
        words["to"] = local_time_text(details.through_date)
        message = _("Contract %(contract)s is not valid from %(from)s to %(to)s.") % words
        refusals.add(message, "contract", None, contract.number)
    document.vat_amount = ZERO
    refusals.row_fits(document, number=None, exclude=_SET_HERE)
    refusals.raise_if_any()
    document.vat_amount = (details.net_amount * details.vat_rate).quantize(CENT, ROUND_HALF_UP)


_SET_HERE = frozenset({"site", "number", "number_year", "number_sequence", "state", "prepared_by", "contract"})


def _charge_of(document: ManualCharge, actor: User, at: datetime) -> Charge:
    """What it comes to, with no quantity; at the duty-paid price it is the same, so that it saves nothing."""
    contract, day = document.contract, document.through_date
    rate = exchange_rate_on(document.currency, day)
    amount_cny = (document.total_amount * rate).quantize(CENT, ROUND_HALF_UP)
    return Charge(
        site=document.site,
        airline=contract.airline,
        contract=contract,
        kind=ChargeKind.MANUAL,
        manual=document,
        reason=document.reason,
        flight_date=day,
        airport=contract.airport,
        delivered_at=end_of(document.site, day) - SECOND,
        base=basis_on(site=document.site, day=day).base,
        price_basis=document.description,
        currency=document.currency,
        exchange_rate_cny_per_unit=rate,
        net_amount=document.net_amount,
        vat_rate=document.vat_rate,
        vat_amount=document.vat_amount,
        amount_cny=amount_cny,
        duty_paid_cny=amount_cny,
        due_date=day + timedelta(days=contract.payment_days),
        charged_by=actor,
        charged_at=at,
        **dict.fromkeys((*_NO_QUANTITY, *_NO_PRICE, *_NO_SAVING), ZERO),
    )
