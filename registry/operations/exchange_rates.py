"""Entering customs exchange rates: a rate that leaps is asked back before it counts."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from registry.errors import FieldError, RuleBroken
from registry.models import ExchangeRate, User
from registry.operations.register import enter_in_register
from registry.wording import local_time_text, percent_text, price_text

# Currencies move by a few per cent a month; more is a slip of the pen until somebody says that it is not.
LARGEST_LEAP = Decimal("0.2")


class RateNotConfirmed(RuleBroken):
    """The rate differs from the one before it by more than a fifth, and nobody has confirmed it."""

    code = "rate-not-confirmed"


@transaction.atomic
def enter_exchange_rate(
    *,
    rate: ExchangeRate,
    actor: User | None,
    at: datetime,
    reason: str = "",
    seen_history_id: int | None = None,
    is_confirmed: bool = False,
) -> ExchangeRate:
    """Save a new or corrected customs exchange rate, CNY for one unit of the currency.

    Args:
        is_confirmed: the rate was looked at again though it differs from the last by more than 20 %.
    Raises:
        NotFitForRegister, ChangedMeanwhile: as enter_in_register.
        RateNotConfirmed: it differs from the last by more than 20 %.
    """
    rate = enter_in_register(row=rate, actor=actor, at=at, reason=reason, seen_history_id=seen_history_id)
    if not is_confirmed:
        refused = leap_of(rate, rate_before(rate))
        if refused is not None:
            raise RateNotConfirmed(refused.message, errors=[refused])
    return rate


def rate_before(rate: ExchangeRate) -> ExchangeRate | None:
    """The currency's rate that counted until this one."""
    earlier = ExchangeRate.objects.filter(currency=rate.currency, valid_from_date__lt=rate.valid_from_date)
    return earlier.order_by("-valid_from_date").first()


def leap_of(rate: ExchangeRate, before: ExchangeRate | None, *, row: int | None = None) -> FieldError | None:
    """What is to be confirmed of a rate beside the one before it; None when it differs by 20 % at most."""
    if before is None or not rate.cny_per_unit or abs(rate.cny_per_unit / before.cny_per_unit - 1) <= LARGEST_LEAP:
        return None
    words: Mapping[str, str] = {
        "rate": price_text(rate.cny_per_unit),
        "before": price_text(before.cny_per_unit),
        "since": local_time_text(before.valid_from_date),
        "leap": percent_text((rate.cny_per_unit / before.cny_per_unit - 1).quantize(Decimal("0.001"))),
        "inverse": price_text((1 / rate.cny_per_unit).quantize(Decimal("0.000001"))),
        "currency": rate.currency,
    }
    message = _(
        "%(rate)s CNY differs by %(leap)s from %(before)s CNY, which counts since %(since)s. Correct it, or confirm it."
    )
    if abs(1 / rate.cny_per_unit / before.cny_per_unit - 1) <= LARGEST_LEAP:
        message = _(
            "%(rate)s CNY differs by %(leap)s from %(before)s CNY, which counts since %(since)s. It looks like"
            " %(currency)s for one CNY: the other way round it is %(inverse)s. Correct it, or confirm it."
        )
    return FieldError(message % words, field="cny_per_unit", row=row, figure=str(rate.cny_per_unit))
