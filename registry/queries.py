"""The rates that customs reckons with on a day: exchange rates, and tariff rates by commodity and origin."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from registry.errors import FieldError, RuleBroken
from registry.models import CountryGroupMember, ExchangeRate, TariffRate

CNY = "CNY"


class UnknownCurrency(RuleBroken):
    """No customs exchange rate of the currency is valid on the day."""

    code = "unknown-currency"


class NoTariffRate(RuleBroken):
    """No tariff rate is valid for the commodity and origin on the day."""

    code = "no-tariff-rate"


def exchange_rate_on(currency: str, day: date, *, field: str = "currency", row: int | None = None) -> Decimal:
    """The customs rate of the currency on the day: CNY for one unit of it; 1 for CNY itself.

    Args:
        field, row: where the currency was written, for the error.
    Raises:
        UnknownCurrency: no rate is valid on the day.
    """
    rate = _exchange_rates({currency}, day).get(currency)
    if rate is None:
        error = _unknown_currency(currency, day, field=field, row=row)
        raise UnknownCurrency(error.message, errors=[error])
    return rate


def exchange_rates_on(currencies: Sequence[str], day: date, *, field: str = "currency") -> list[Decimal]:
    """The customs rates of many rows' currencies, in the rows' order, in one query.

    Raises:
        UnknownCurrency: naming every row whose currency has no rate on the day.
    """
    known = _exchange_rates(set(currencies), day)
    errors = [
        _unknown_currency(currency, day, field=field, row=row)
        for row, currency in enumerate(currencies)
        if currency not in known
    ]
    if errors:
        raise UnknownCurrency(errors[0].message, errors=errors)
    return [known[currency] for currency in currencies]


def exchange_rate_dates(currencies: Iterable[str], day: date) -> dict[str, date]:
    """From which day on the customs rate of each currency counts that is valid on the day; CNY has none."""
    valid = ExchangeRate.objects.filter(currency__in=set(currencies) - {CNY}, valid_from_date__lte=day)
    newest = valid.order_by("currency", "-valid_from_date").distinct("currency")
    return dict(newest.values_list("currency", "valid_from_date"))


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


def _exchange_rates(currencies: set[str], day: date) -> dict[str, Decimal]:
    valid = (
        ExchangeRate.objects.filter(currency__in=currencies - {CNY}, valid_from_date__lte=day)
        .order_by("currency", "-valid_from_date")
        .distinct("currency")
    )
    rates = {rate.currency: rate.cny_per_unit for rate in valid}
    return rates | {CNY: Decimal(1)}


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


def _unknown_currency(currency: str, day: date, *, field: str, row: int | None) -> FieldError:
    message = _(
        "There is no customs exchange rate for %(currency)s on %(day)s. Enter the rate, or correct the currency."
    )
    return FieldError(message % {"currency": currency, "day": day}, field=field, row=row, figure=currency)


def _no_tariff_rate(code: str, origin: str, day: date, *, field: str, row: int | None) -> FieldError:
    message = _("There is no tariff rate for %(code)s from %(origin)s on %(day)s. Enter the rate, or correct the code.")
    return FieldError(message % {"code": code, "origin": origin, "day": day}, field=field, row=row, figure=code)
