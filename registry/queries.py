"""The rates that customs reckons with on a day: exchange rates, and tariff rates by commodity and origin."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from registry.errors import FieldError, RuleBroken
from registry.models import CountryGroupMember, ExchangeRate, TariffRate
from registry.wording import local_time_text

CNY = "CNY"


class UnknownCurrency(RuleBroken):
    """No customs exchange rate of the currency is known on the day."""

    code = "unknown-currency"


class ExchangeRateTooOld(UnknownCurrency):
    """The latest customs exchange rate of the currency is of an earlier month than the day."""

    code = "exchange-rate-too-old"


@dataclass(frozen=True, slots=True)
class CustomsRate:
    """What one unit of a currency is to customs in CNY, and from which day on; CNY itself has no such day."""

    cny_per_unit: Decimal
    valid_from_date: date | None

    def counts_on(self, day: date) -> bool:
        """Whether it is a rate of the day's calendar month, the time for which customs lays it down."""
        since = self.valid_from_date
        return since is None or (since <= day and (since.year, since.month) == (day.year, day.month))


class NoTariffRate(RuleBroken):
    """No tariff rate is valid for the commodity and origin on the day."""

    code = "no-tariff-rate"


def exchange_rate_on(currency: str, day: date, *, field: str = "currency", row: int | None = None) -> Decimal:
    """The customs rate of the currency on the day: CNY for one unit of it; 1 for CNY itself.

    Args:
        field, row: where the currency was written, for the error.
    Raises:
        UnknownCurrency: there is no rate up to the day.
        ExchangeRateTooOld: there is none of the day's month.
    """
    known = _exchange_rates({currency}, day)
    _require_usable([(row, currency)], known, day, field=field, may_be_older=False)
    return known[currency].cny_per_unit


def exchange_rates_on(
    currencies: Sequence[str], day: date, *, field: str = "currency", may_be_older: bool = False
) -> list[CustomsRate]:
    """The customs rates of many rows' currencies, in the rows' order, in one query.

    Args:
        may_be_older: also take a rate of an earlier month; who keeps it marks it as such.
    Raises:
        UnknownCurrency: naming every row whose currency has no rate up to the day.
        ExchangeRateTooOld: naming every row whose currency has none of the day's month.
    Source: Measures on the taxation of imports and exports, GACC Order 124 (2005), article 16: one rate a month.
    """
    known = _exchange_rates(set(currencies), day)
    _require_usable(list(enumerate(currencies)), known, day, field=field, may_be_older=may_be_older)
    return [known[currency] for currency in currencies]


def exchange_rate_dates(currencies: Iterable[str], day: date) -> dict[str, date]:
    """From which day on the customs rate of each currency counts that is valid on the day; CNY has none."""
    known = _exchange_rates(set(currencies), day)
    return {currency: rate.valid_from_date for currency, rate in known.items() if rate.valid_from_date is not None}


def tariff_rate_for(code: str, origin: str, day: date, *, field: str = "hs_code", row: int | None = None) -> TariffRate:
    """The tariff rate for a national or HS code and a country of origin on the day.

    The longest prefix of the code wins; among equally long ones a rate for a group of countries that the origin
    belongs to on that day wins over a rate for every origin, and among several groups the lowest duty.

    Args:
        code: 6 to 10 digits.
        origin: two letters of ISO 3166.
        field, row: where the code was written, for the error.
    Raises:
        NoTariffRate: no rate is valid on the day.
    """
    rate = _tariff_rates({(code, origin)}, day).get((code, origin))
    if rate is None:
        error = _no_tariff_rate(code, origin, day, field=field, row=row)
        raise NoTariffRate(error.message, errors=[error])
    return rate


def tariff_rates_for(pairs: Sequence[tuple[str, str]], day: date, *, field: str = "hs_code") -> list[TariffRate]:
    """The tariff rates of many rows' (code, origin), in the rows' order, in two queries; see tariff_rate_for.

    Raises:
        NoTariffRate: naming every row without a rate on the day.
    """
    known = _tariff_rates(set(pairs), day)
    errors = [
        _no_tariff_rate(code, origin, day, field=field, row=row)
        for row, (code, origin) in enumerate(pairs)
        if (code, origin) not in known
    ]
    if errors:
        raise NoTariffRate(errors[0].message, errors=errors)
    return [known[pair] for pair in pairs]


def _exchange_rates(currencies: set[str], day: date) -> dict[str, CustomsRate]:
    valid = (
        ExchangeRate.objects.filter(currency__in=currencies - {CNY}, valid_from_date__lte=day)
        .order_by("currency", "-valid_from_date")
        .distinct("currency")
    )
    rates = {rate.currency: CustomsRate(rate.cny_per_unit, rate.valid_from_date) for rate in valid}
    return rates | {CNY: CustomsRate(Decimal(1), None)}


def _tariff_rates(pairs: set[tuple[str, str]], day: date) -> dict[tuple[str, str], TariffRate]:
    groups_of = _groups_of({origin for _code, origin in pairs}, day)
    prefixes = {prefix for code, _origin in pairs for prefix in _prefixes(code)}
    valid = (
        TariffRate.objects.filter(hs_prefix__in=prefixes, valid_from_date__lte=day)
        .order_by("hs_prefix", "origin_group_id", "-valid_from_date")
        .distinct("hs_prefix", "origin_group_id")
    )
    by_prefix: dict[str, list[TariffRate]] = defaultdict(list)
    for rate in valid:
        by_prefix[rate.hs_prefix].append(rate)
    found = {}
    for code, origin in pairs:
        for prefix in _prefixes(code):
            rates = [rate for rate in by_prefix[prefix] if rate.origin_group_id in groups_of[origin] | {None}]
            if rates:
                found[code, origin] = min(rates, key=_preference)
                break
    return found


def _preference(rate: TariffRate) -> tuple[bool, Decimal, int]:
    return rate.origin_group_id is None, rate.duty_rate, rate.pk


def _prefixes(code: str) -> Iterable[str]:
    """The code itself and every beginning of it, longest first."""
    return (code[:length] for length in range(len(code), 1, -1))


def _groups_of(countries: set[str], day: date) -> defaultdict[str, set[int | None]]:
    members = CountryGroupMember.objects.filter(
        Q(valid_to_date__isnull=True) | Q(valid_to_date__gte=day), country__in=countries, valid_from_date__lte=day
    )
    groups: defaultdict[str, set[int | None]] = defaultdict(set)
    for country, group in members.order_by().values_list("country", "group_id"):
        groups[country].add(group)
    return groups


def _require_usable(
    rows: Sequence[tuple[int | None, str]],
    known: Mapping[str, CustomsRate],
    day: date,
    *,
    field: str,
    may_be_older: bool,
) -> None:
    """Raise for every row whose currency has no rate at all, or none that counts on the day."""
    unknown = _("There is no customs exchange rate for %(currency)s on %(day)s. Enter it, or correct the currency.")
    old = _(
        "The latest customs exchange rate for %(currency)s is of %(since)s, and a rate counts for its calendar month."
        " Enter the rate that counts on %(day)s."
    )
    errors = []
    is_known = True
    for row, currency in rows:
        rate = known.get(currency)
        if rate is not None and (may_be_older or rate.counts_on(day)):
            continue
        is_known = is_known and rate is not None
        since = local_time_text(rate.valid_from_date) if rate else ""
        words = {"currency": currency, "day": local_time_text(day), "since": since}
        errors.append(FieldError((old if rate else unknown) % words, field=field, row=row, figure=currency))
    if errors:
        raise (ExchangeRateTooOld if is_known else UnknownCurrency)(errors[0].message, errors=errors)


def _no_tariff_rate(code: str, origin: str, day: date, *, field: str, row: int | None) -> FieldError:
    message = _("There is no tariff rate for %(code)s from %(origin)s on %(day)s. Enter the rate, or correct the code.")
    return FieldError(message % {"code": code, "origin": origin, "day": day}, field=field, row=row, figure=code)
