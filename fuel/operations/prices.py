"""Pricing uplifts: the contract of the day, its index quotes, the rate of exchange, and what was relieved."""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.db.models import Sum
from django.utils.translation import gettext as _

from documents.operations.documents import NotAsRequired
from fuel.billing.pricing import ZERO, Formula, Priced, Relief, index_average, unit_price_per_tonne
from fuel.models import Averaging, Defuel, DeliveryTicket, DutyPaidPrice, FuelContract, IndexQuote, TicketDraw
from fuel.operations.price_terms import DutyPaidTerms, Terms, duty_paid_of
from ledger.postings import CustomsStatus, Journal, MovementKind
from ledger.queries import entries_of
from registry.errors import FieldError
from registry.models import ExchangeRate, PlaceKind, Site
from registry.queries import CNY, tariff_rate_for
from registry.wording import local_time_text

# A quote that is older than this is no price of the day before.
OLDEST_QUOTE = timedelta(days=10)
# Before the lag is taken off, no averaging period reaches back further.
QUOTES_READ_BACK = timedelta(days=120)
FRIDAY = 4
MILLIONTH = Decimal("0.000001")


Figure = TypeVar("Figure")


class NoPrice(NotAsRequired):
    """Something that the price is made of is missing."""

    code = "no-price"


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedUplift:
    """An uplift, or what came back of one, with its price and what the price is made of."""

    terms: Terms
    priced: Priced


class Pricing:
    """Prices tickets of one site; what prices are made of is read once for all of them.

    Args:
        tickets: with airline, airport, relief_rule and the tank's product.
        defuels: of any of the tickets.
        at: when they are priced.
    """

    def __init__(
        self, site: Site, tickets: Sequence[DeliveryTicket], defuels: Sequence[Defuel] = (), *, at: datetime
    ) -> None:
        self._today = at.astimezone(ZoneInfo(site.zone.time_zone)).date()
        earliest = min((local_day(ticket) for ticket in tickets), default=date.max)
        self._contracts: list[FuelContract] = list(
            FuelContract.objects.filter(site=site, airline__in={ticket.airline_id for ticket in tickets})
            .select_related("index")
            .order_by("valid_from_date")
        )
        lag = timedelta(days=max((contract.publication_lag_days for contract in self._contracts), default=0))
        self._quotes = _by_key(
            IndexQuote.objects.filter(
                index__in={contract.index_id for contract in self._contracts},
                quoted_date__gte=earliest - QUOTES_READ_BACK - lag,
            )
            .order_by("quoted_date")
            .values_list("index", "quoted_date", "price")
        )
        prices = DutyPaidPrice.objects.filter(airport__in={ticket.airport_id for ticket in tickets})
        self._duty_paid = _by_key(
            (one.airport_id, one.valid_from_date, one) for one in prices.order_by("valid_from_date")
        )
        self._rates = _by_key(
            ExchangeRate.objects.filter(currency__in={contract.currency for contract in self._contracts})
            .order_by("valid_from_date")
            .values_list("currency", "valid_from_date", "cny_per_unit")
        )
        self._relieved = {
            (DeliveryTicket.kind, pk): relief for pk, relief in _relieved(DeliveryTicket.kind, tickets).items()
        } | {(Defuel.kind, pk): relief for pk, relief in _relieved(Defuel.kind, defuels).items()}
        self._vat_rates: dict[tuple[str, str, date], Decimal] = {}
        self._drawn = _drawn(ticket for ticket in tickets if _is_charged_vat(ticket))

    def price(
        self, ticket: DeliveryTicket, *, defuel: Defuel | None = None, terms: Terms | None = None
    ) -> PricedUplift:
        """The price of a ticket's uplift, or of what came back of it by a defuel.

        Args:
            terms: of the charge that stands for the ticket already: what comes back is priced as what was charged.
        Raises:
            NoPrice: no contract, no quote, no duty-paid price or no rate of exchange on the day; the figure named.
        """
        measured: Any = defuel or ticket
        terms = terms or self.terms(ticket)
        return PricedUplift(
            terms=terms, priced=terms.price(mass_kg=measured.mass_kg, relief=self._relief(ticket, defuel))
        )

    def terms(self, ticket: DeliveryTicket) -> Terms:
        """What the price of a ticket is made of on its day.

        Raises:
            NoPrice: as price.
        """
        day = local_day(ticket)
        contract = self._contract(ticket, day)
        known = self._duty_paid_price(ticket, day)
        rate, fee = self._rate(contract.currency, day), contract.into_plane_fee_per_tonne
        duty_paid = duty_paid_of(known, cny_per_unit=rate, into_plane_fee_per_tonne=fee)
        told: dict[str, Any] = {
            "contract": contract,
            "customs_status": ticket.customs_status,
            "into_plane_fee_per_tonne": fee,
            "currency": contract.currency,
            "cny_per_unit": rate,
            "vat_rate": self._vat_rate(ticket, day),
            "duty_paid_terms": known,
            "duty_paid": duty_paid,
        }
        if ticket.customs_status != CustomsStatus.BONDED:
            basis = _("Duty-paid price of %(day)s") % {"day": local_time_text(day)}
            return Terms(price_basis=basis, unit_price=duty_paid.unit_price, **told)
        quotes, basis = self._quotes_of(contract, day)
        index_price = index_average([price for _day, price in quotes])
        return Terms(
            price_basis=basis,
            quotes={when.isoformat(): str(price) for when, price in quotes},
            index_price=index_price,
            index_unit=contract.index.unit,
            differential=contract.differential,
            differential_unit=contract.differential_unit,
            barrels_per_tonne=contract.barrels_per_tonne,
            unit_price=unit_price_per_tonne(index_price=index_price, formula=formula_of(contract)),
            **told,
        )

    def _contract(self, ticket: DeliveryTicket, day: date) -> FuelContract:
        for contract in self._contracts:
            if contract.covers(ticket, day):
                return contract
        words = {"airline": ticket.airline.iata_code, "airport": ticket.airport.iata_code, "day": local_time_text(day)}
        message = _("%(airline)s has no contract at %(airport)s on %(day)s.") % words
        raise NoPrice(message, errors=[FieldError(message, field="contract", figure=ticket.number)])

    def _quotes_of(self, contract: FuelContract, day: date) -> tuple[list[tuple[date, Decimal]], str]:
        """The quotes that make the price of a day, and how they are told in short."""
        first, last = averaging_period(contract, day)
        self._require_quoted(contract, first, last)
        quotes = [(when, price) for when, price in self._quotes.get(contract.index_id, []) if first <= when <= last]
        if contract.averaging == Averaging.DAY_BEFORE:
            quotes = quotes[-1:]
        if not quotes:
            words = {"index": contract.index.code, "from": local_time_text(first), "to": local_time_text(last)}
            message = _("%(index)s has no quote from %(from)s to %(to)s. Enter it first.") % words
            raise NoPrice(message, errors=[FieldError(message, field="index", figure=contract.index.code)])
        basis = f"{contract.index.code} {quotes[0][0]}"
        if len(quotes) > 1:
            basis = f"{basis}..{quotes[-1][0]} ⌀{len(quotes)}"
        return quotes, basis

    def _require_quoted(self, contract: FuelContract, first: date, last: date) -> None:
        """Refuse a period that is not over, or whose quotes are not entered to its end.

        A day without a quote is a holiday once a later quote is known; before, it is not entered yet.
        """
        code = contract.index.code
        words = {"index": code, "from": local_time_text(first), "to": local_time_text(last)}
        if last >= self._today:
            message = _("The period of %(index)s from %(from)s to %(to)s is not over; its average is not known yet.")
            raise NoPrice(message % words, errors=[FieldError(message % words, field="index", figure=code)])
        known = self._quotes.get(contract.index_id, [])
        workday = last - timedelta(days=max(last.weekday() - FRIDAY, 0))
        if known and known[-1][0] >= first and known[-1][0] < workday:
            words["day"] = local_time_text(known[-1][0])
            message = _("%(index)s is quoted through %(day)s only; its period goes from %(from)s to %(to)s.")
            raise NoPrice(message % words, errors=[FieldError(message % words, field="index", figure=code)])

    def _duty_paid_price(self, ticket: DeliveryTicket, day: date) -> DutyPaidTerms:
        found = _latest(self._duty_paid.get(ticket.airport_id, []), day)
        if found is None:
            words = {"airport": ticket.airport.iata_code, "day": local_time_text(day)}
            message = _("%(airport)s has no duty-paid price on %(day)s. Enter it first.") % words
            raise NoPrice(
                message, errors=[FieldError(message, field="duty_paid_price", figure=ticket.airport.iata_code)]
            )
        return DutyPaidTerms(
            cny_per_tonne=found.price_cny_per_tonne,
            has_fee=found.has_into_plane_fee,
            from_date=found.valid_from_date,
            source=found.source,
        )

    def _rate(self, currency: str, day: date) -> Decimal:
        of_month = [one for one in self._rates.get(currency, []) if one[0].replace(day=1) == day.replace(day=1)]
        found = Decimal(1) if currency == CNY else _latest(of_month, day)
        if found is None:
            words = {"currency": currency, "day": local_time_text(day)}
            message = _("There is no exchange rate for %(currency)s of the month of %(day)s. Enter it first.") % words
            raise NoPrice(message, errors=[FieldError(message, field="currency", figure=currency)])
        return found

    def _relief(self, ticket: DeliveryTicket, defuel: Defuel | None) -> Relief:
        rule = ticket.relief_rule
        document = ticket if defuel is None else defuel
        found = self._relieved.get((document.kind, document.pk))
        if rule is None or found is None or ticket.customs_status != CustomsStatus.BONDED:
            return Relief()
        return Relief(
            duty_cny=found.duty_cny if rule.relieves_duty else ZERO,
            consumption_tax_cny=found.consumption_tax_cny if rule.relieves_consumption_tax else ZERO,
            vat_cny=found.vat_cny if rule.relieves_vat else ZERO,
        )

    def _vat_rate(self, ticket: DeliveryTicket, day: date) -> Decimal:
        """VAT is charged on bonded fuel that is not relieved of it; the duty-paid price has it in.

        The rate is that of the code under which the lots were declared that the ticket drew: of several, their mean by
        mass, to 0.000001.
        """
        if not _is_charged_vat(ticket):
            return ZERO
        product = ticket.tank.product
        drawn = self._drawn.get(ticket.pk) or [(product.tariff_code, product.origin, Decimal(1))]
        rates = [(self._vat_rate_of(code, origin, day), mass_kg) for code, origin, mass_kg in drawn]
        of_all = sum((rate * mass_kg for rate, mass_kg in rates), ZERO)
        mean = of_all / sum((mass_kg for _rate, mass_kg in rates), ZERO)
        return mean.quantize(MILLIONTH, ROUND_HALF_UP)

    def _vat_rate_of(self, code: str, origin: str, day: date) -> Decimal:
        key = (code, origin, day)
        if key not in self._vat_rates:
            self._vat_rates[key] = tariff_rate_for(code, origin, day, field="ticket").vat_rate
        return self._vat_rates[key]


def formula_of(contract: FuelContract) -> Formula:
    """A contract's formula as pure figures."""
    return Formula(
        index_unit=contract.index.unit,
        differential=contract.differential,
        differential_unit=contract.differential_unit,
        barrels_per_tonne=contract.barrels_per_tonne,
        into_plane_fee_per_tonne=contract.into_plane_fee_per_tonne,
    )


def averaging_period(contract: FuelContract, day: date) -> tuple[date, date]:
    """First and last day whose quotes make the price of a day; the lag is taken off the day first."""
    known = day - timedelta(days=contract.publication_lag_days)
    if contract.averaging == Averaging.DAY_BEFORE:
        return known - OLDEST_QUOTE, known - timedelta(days=1)
    if contract.averaging == Averaging.WEEK_BEFORE:
        monday = known - timedelta(days=known.weekday() + 7)
        return monday, monday + timedelta(days=6)
    if contract.averaging == Averaging.MONTH_BEFORE:
        last = known.replace(day=1) - timedelta(days=1)
        return last.replace(day=1), last
    return known.replace(day=1), known.replace(day=calendar.monthrange(known.year, known.month)[1])


def local_day(ticket: DeliveryTicket) -> date:
    """The day of delivery by the clock of the airport."""
    return local_time(ticket).date()


def local_time(ticket: DeliveryTicket) -> datetime:
    return ticket.delivered_at.astimezone(ZoneInfo(ticket.airport.time_zone))


def _relieved(kind: str, documents: Sequence[Any]) -> dict[int, Relief]:
    """By document the duty and taxes that rode on what left by it, or came back; in one query."""
    ids = [document.pk for document in documents]
    if not ids:
        return {}
    kinds = (MovementKind.RE_EXPORTED,) if kind == DeliveryTicket.kind else (MovementKind.RETURNED,)
    rows: Any = (
        entries_of(journal=Journal.STOCK, place_kinds=(PlaceKind.ABROAD,), kinds=kinds)
        .filter(transaction__document_kind=kind, transaction__document_id__in=ids)
        .select_related(None)
        .order_by("transaction__document_id")
        .values("transaction__document_id")
        .annotate(duty=Sum("duty_cny"), consumption=Sum("consumption_tax_cny"), vat=Sum("vat_cny"))
    )
    return {
        row["transaction__document_id"]: Relief(
            duty_cny=abs(row["duty"]), consumption_tax_cny=abs(row["consumption"]), vat_cny=abs(row["vat"])
        )
        for row in rows
    }


def _is_charged_vat(ticket: DeliveryTicket) -> bool:
    return ticket.relief_rule is not None and not ticket.relief_rule.relieves_vat


def _drawn(tickets: Iterable[DeliveryTicket]) -> dict[int, list[tuple[str, str, Decimal]]]:
    """By ticket the tariff code and origin of each lot that it drew, and how much; in one query."""
    ids = [ticket.pk for ticket in tickets]
    found: dict[int, list[tuple[str, str, Decimal]]] = {}
    if ids:
        rows = TicketDraw.objects.filter(ticket__in=ids).select_related("lot").order_by("ticket", "row")
        for draw in rows.only("ticket_id", "mass_kg", "lot__hs_code", "lot__national_code", "lot__origin"):
            found.setdefault(draw.ticket_id, []).append((draw.lot.tariff_code, draw.lot.origin, draw.mass_kg))
    return found


def _by_key(rows: Iterable[tuple[Any, date, Figure]]) -> dict[Any, list[tuple[date, Figure]]]:
    found: dict[Any, list[tuple[date, Figure]]] = {}
    for key, day, figure in rows:
        found.setdefault(key, []).append((day, figure))
    return found


def _latest(figures: Sequence[tuple[date, Figure]], day: date) -> Figure | None:
    return next((figure for valid_from, figure in reversed(figures) if valid_from <= day), None)
