"""What prices are made of: contracts, index quotes, duty-paid prices; and what airlines have paid."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from documents.operations.documents import Refusals
from fuel.delivery_tickets.operations.exceptions import refresh_exceptions
from fuel.models import Charge, DutyPaidPrice, FuelContract, FuelPayment, IndexQuote, PriceIndex
from registry.errors import Conflict, FieldError
from registry.models import Airline, Airport, Role, Site, User
from registry.operations.loading.rows import Cells, Loaded, enter_rows
from registry.operations.register import NotFitForRegister, check_fit, enter_in_register
from registry.rules import require_role
from registry.wording import local_time_text

QUOTE_COLUMNS = ("index", "quoted_date", "price", "source")


class ContractsOverlap(Conflict):
    """Another contract of the airline at the airport covers some of the days."""

    code = "contracts-overlap"


class IndexInUse(Conflict):
    """Contracts are priced by the index."""

    code = "index-in-use"


class PaymentKnown(Conflict):
    """A payment with this reference is recorded already."""

    code = "payment-known"


@transaction.atomic
def open_contract(
    *, contract: FuelContract, actor: User, at: datetime, reason: str = "", seen_history_id: int | None = None
) -> FuelContract:
    """Enter a contract, or correct one that has charged nothing yet.

    Args:
        seen_history_id: the latest entry of its history that the user had in view; None skips the comparison.
    Raises:
        NotAllowed: the actor does not supervise the site.
        NotFitForRegister: naming each field and figure that cannot be accepted.
        ContractsOverlap: naming the other contract and its days.
        ChangedMeanwhile: somebody changed the contract after the entry in view.
        Conflict: it has charged uplifts.
    """
    require_role(actor, contract.site, Role.SUPERVISOR)
    Site.objects.select_for_update(no_key=True, of=("self",)).get(pk=contract.site_id)
    _require_no_overlap(contract)
    _require_unused(contract)
    entered = enter_in_register(row=contract, actor=actor, at=at, reason=reason, seen_history_id=seen_history_id)
    _look_again_at_uplifts(entered, at)
    return entered


@transaction.atomic
def end_contract(
    *, contract: FuelContract, valid_to_date: date, actor: User, at: datetime, reason: str
) -> FuelContract:
    """End a contract on a day, which is its last.

    Raises:
        NotAllowed: the actor does not supervise the site.
        NotFitForRegister: the day lies before the first one.
        ContractsOverlap: a longer one than before would meet the next contract.
    """
    require_role(actor, contract.site, Role.SUPERVISOR)
    contract = FuelContract.objects.select_for_update(of=("self",)).select_related("site").get(pk=contract.pk)
    latest = contract.charges.select_related("airport").order_by("-delivered_at").first()
    last = None if latest is None else latest.delivered_at.astimezone(ZoneInfo(latest.airport.time_zone)).date()
    if last is not None and valid_to_date < last:
        words = {"day": local_time_text(last)}
        message = _("The contract has charged an uplift of %(day)s; it cannot end before.") % words
        raise ContractsOverlap(message, errors=[FieldError(message, "valid_to_date", None, str(valid_to_date))])
    contract.valid_to_date = valid_to_date
    _require_no_overlap(contract)
    ended = enter_in_register(row=contract, actor=actor, at=at, reason=reason)
    _look_again_at_uplifts(ended, at)
    return ended


@transaction.atomic
def publish_quotes(*, rows: Sequence[Mapping[str, str]], actor: User | None, at: datetime, reason: str = "") -> Loaded:
    """Load quotes of indices, each known by its index and day; a later file corrects an earlier one.

    Raises:
        RowsRefused: naming each cell that cannot be accepted.
    """
    errors: list[FieldError] = []
    quotes = _quotes(rows, errors)
    return enter_rows(
        quotes,
        key=["index_id", "quoted_date"],
        fields=["price", "source"],
        actor=actor,
        at=at,
        reason=reason,
        errors=errors,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteChange:
    """What a row of quotes would do; `before` is the quote of that day, None where there is none yet."""

    quote: IndexQuote
    before: IndexQuote | None

    @property
    def is_new(self) -> bool:
        return self.before is None

    @property
    def is_changed(self) -> bool:
        told = (self.quote.price, self.quote.source)
        return self.before is not None and (self.before.price, self.before.source) != told


def counted(changes: Sequence[QuoteChange]) -> Loaded:
    """How many of them are new, correct another price, and are known."""
    added, changed = sum(one.is_new for one in changes), sum(one.is_changed for one in changes)
    return Loaded(added=added, changed=changed, unchanged=len(changes) - added - changed)


def preview_quotes(*, rows: Sequence[Mapping[str, str]], at: datetime) -> list[QuoteChange]:
    """What publishing these quotes would do, row by row; nothing is written.

    Raises:
        RowsRefused: as publishing them would.
    """
    quotes = _quotes(rows, [])
    indices = {quote.index_id for quote in quotes}
    known = {(quote.index_id, quote.quoted_date): quote for quote in IndexQuote.objects.filter(index__in=indices)}
    with transaction.atomic():
        publish_quotes(rows=rows, actor=None, at=at)
        transaction.set_rollback(True)
    return [QuoteChange(quote=quote, before=known.get((quote.index_id, quote.quoted_date))) for quote in quotes]


def set_duty_paid_price(
    *,
    airport: Airport,
    valid_from_date: date,
    price_cny_per_tonne: Decimal,
    source: str,
    actor: User | None,
    at: datetime,
    has_into_plane_fee: bool = False,
) -> DutyPaidPrice:
    """Set what a tonne of duty-paid fuel costs at an airport from a day on, in CNY.

    Args:
        has_into_plane_fee: the price is of fuel in the aircraft; else the contract's fee is added to it.
    Raises:
        NotFitForRegister: naming each field and figure that cannot be accepted.
    """
    row = DutyPaidPrice(
        airport=airport,
        valid_from_date=valid_from_date,
        price_cny_per_tonne=price_cny_per_tonne,
        has_into_plane_fee=has_into_plane_fee,
        source=source,
    )
    return enter_in_register(row=row, actor=actor, at=at)


def record_payment(
    *,
    site: Site,
    airline: Airline,
    received_date: date,
    amount: Decimal,
    currency: str,
    reference: str,
    actor: User,
    at: datetime,
) -> FuelPayment:
    """Record money that came from an airline; the same reference comes once. One below zero takes a wrong one off.

    Raises:
        NotAllowed: the actor does not supervise the site.
        NotAsRequired: it is to come in the future, or in a currency that no contract of the airline is in.
        NotFitForRegister: naming each field and figure that cannot be accepted.
        PaymentKnown: the reference is recorded already.
    """
    require_role(actor, site, Role.SUPERVISOR)
    _require_payable(site, airline, received_date, currency.strip().upper(), at)
    payment = FuelPayment(
        site=site,
        airline=airline,
        received_date=received_date,
        amount=amount,
        currency=currency.strip().upper(),
        reference=reference.strip(),
        recorded_by=actor,
        recorded_at=at,
    )
    known = FuelPayment.objects.filter(site=site, airline=airline, reference_key=payment.reference_key)
    try:
        check_fit(payment)
        with transaction.atomic():
            payment.save()
    except (NotFitForRegister, IntegrityError) as refused:
        # Another request may have recorded it before this one looked, or between looking and writing.
        if known.exists():
            raise _payment_known(payment) from refused
        raise
    return payment


@transaction.atomic
def keep_price_index(
    *, index: PriceIndex, actor: User, at: datetime, reason: str = "", seen_history_id: int | None = None
) -> PriceIndex:
    """Enter a price index or correct it; currency and unit stay once a contract is priced by it.

    Raises:
        NotFitForRegister, ChangedMeanwhile: as for every row of the register.
        IndexInUse: a contract reckons in its currency and unit.
    """
    if index.pk is not None:
        known: PriceIndex = PriceIndex.objects.select_for_update().get(pk=index.pk)
        for field in ("currency", "unit"):
            if getattr(known, field) != getattr(index, field) and index.contracts.exists():
                message = _("Contracts are priced by %(index)s. Enter another index for another currency or unit.")
                message %= {"index": known.code}
                raise IndexInUse(message, errors=[FieldError(message, field=field, figure=getattr(index, field))])
    return enter_in_register(row=index, actor=actor, at=at, reason=reason, seen_history_id=seen_history_id)


def _require_payable(site: Site, airline: Airline, received_date: date, currency: str, at: datetime) -> None:
    refusals = Refusals()
    if received_date > at.astimezone(ZoneInfo(site.zone.time_zone)).date():
        words = {"day": local_time_text(received_date)}
        refusals.add(
            _("%(day)s is still to come. Record money when it has come.") % words, "received_date", None, received_date
        )
    owed = set(FuelContract.objects.filter(site=site, airline=airline).values_list("index__currency", flat=True))
    owed |= set(Charge.objects.filter(site=site, airline=airline).order_by().values_list("currency", flat=True))
    if currency not in owed:
        words = {"airline": airline.iata_code, "currency": currency}
        refusals.add(_("%(airline)s has no contract in %(currency)s here.") % words, "currency", None, currency)
    refusals.raise_if_any()


def _quotes(rows: Sequence[Mapping[str, str]], errors: list[FieldError]) -> list[IndexQuote]:
    """The rows as unsaved quotes; what cannot be read is added to the errors."""
    indices = {index.code: index for index in PriceIndex.objects.all()}
    quotes = []
    for number, row in enumerate(rows):
        cells = Cells(number, row, errors)
        quote = IndexQuote(
            index=cells.the_one_of("index", indices),
            quoted_date=cells.day("quoted_date"),
            price=cells.number("price"),
            source=cells.text("source"),
        )
        if quote.price is not None and quote.price <= 0:
            cells.refuse("price", _("The price must be above zero."))
        quotes.append(quote)
    return quotes


def _payment_known(payment: FuelPayment) -> PaymentKnown:
    message = _("A payment with the reference %(reference)s is recorded already.") % {"reference": payment.reference}
    return PaymentKnown(message, errors=[FieldError(message, "reference", None, payment.reference)])


def _require_no_overlap(contract: FuelContract) -> None:
    others = FuelContract.objects.filter(
        site=contract.site_id, airline=contract.airline_id, airport=contract.airport_id
    ).exclude(pk=contract.pk)
    for other in others:
        ends_before = other.valid_to_date is not None and other.valid_to_date < contract.valid_from_date
        begins_after = contract.valid_to_date is not None and other.valid_from_date > contract.valid_to_date
        if not ends_before and not begins_after:
            words = {
                "number": other.number,
                "from": local_time_text(other.valid_from_date),
                "to": local_time_text(other.valid_to_date) or "…",
            }
            message = _("Contract %(number)s of the airline here is in force from %(from)s to %(to)s.") % words
            raise ContractsOverlap(message, errors=[FieldError(message, "valid_from_date", None, other.number)])


def _look_again_at_uplifts(contract: FuelContract, at: datetime) -> None:
    """An uplift without a price is an exception of its ticket."""
    refresh_exceptions(Q(site=contract.site_id, airline=contract.airline_id), at=at)


def _require_unused(contract: FuelContract) -> None:
    if contract.pk is not None and contract.charges.exists():
        message = _("%(number)s has charged uplifts. End it and enter another.") % {"number": contract.number}
        raise Conflict(message)
