"""How figures and times are written for people; pages, tables and documents all ask here."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal, localcontext
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import formats, timezone
from django.utils.translation import get_language, override

CUSTOMS_TIME = ZoneInfo("Asia/Shanghai")
NARROW_GAP = "\xa0"

MOST_DIGITS_TOLD = 100


@contextmanager
def in_words_of(reader: Any) -> Iterator[None]:
    """Write in the language and time zone of a person, where no request of theirs has set them."""
    language, zone = reader.language or settings.LANGUAGE_CODE, ZoneInfo(reader.time_zone or settings.TIME_ZONE)
    with override(language), timezone.override(zone):
        yield


def quantity_text(value: Decimal | int | None, unit: str = "") -> str:
    """Write a quantity with all its digits, in groups of three, without empty decimals: 1,250.5 kg."""
    if value is None:
        return ""
    text = formats.number_format(_without_empty_decimals(Decimal(value)), use_l10n=True, force_grouping=True)
    return f"{_with_minus_sign(text)}{NARROW_GAP}{unit}" if unit else _with_minus_sign(text)


def measured_text(value: Decimal | None, places: int) -> str:
    """Write a measured figure with so many decimals: 802.0."""
    if value is None:
        return ""
    return _with_minus_sign(formats.number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True))


def price_text(value: Decimal | None, currency: str = "") -> str:
    """Write a price to the hundredth, and finer where it is: 95.30, 95.3725."""
    if value is None:
        return ""
    exponent = value.normalize().as_tuple().exponent
    places = max(2, -exponent) if isinstance(exponent, int) else 2
    text = formats.number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True)
    return f"{_with_minus_sign(text)}{NARROW_GAP}{currency}" if currency else _with_minus_sign(text)


def money_text(value: Decimal | int | None, currency: str = "") -> str:
    """Write an amount of money to the fen: 1,250.50 CNY."""
    if value is None:
        return ""
    text = formats.number_format(Decimal(value), decimal_pos=2, use_l10n=True, force_grouping=True)
    return f"{_with_minus_sign(text)}{NARROW_GAP}{currency}" if currency else _with_minus_sign(text)


def percent_text(value: Decimal | None) -> str:
    """Write a fraction as a percentage: 0.08 is 8 %."""
    return "" if value is None else quantity_text(value * 100, "%")


def plain_digits(value: Decimal | int | None) -> str:
    """Write a figure for a spreadsheet: digits and a point, no groups, no empty decimals: 1250.5."""
    return "" if value is None else f"{_without_empty_decimals(Decimal(value)):f}"


def local_time_text(value: datetime | date | None) -> str:
    """Write a moment in the reader's own time zone, or a date as it is."""
    if value is None:
        return ""
    if not isinstance(value, datetime):
        return formats.date_format(value, "SHORT_DATE_FORMAT")
    return formats.date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")


def customs_time_text(value: datetime | None) -> str:
    """Write a moment in the time that customs reckons with."""
    if value is None:
        return ""
    return formats.date_format(timezone.localtime(value, CUSTOMS_TIME), "SHORT_DATETIME_FORMAT")


def name_text(named: Any) -> str:
    """The name of an item, site or organisation in the reader's language, as far as it has one."""
    return str(named.name_zh or named.name) if (get_language() or "").startswith("zh") else str(named.name)


def _without_empty_decimals(value: Decimal) -> Decimal:
    # A figure that is refused for its size is still told.
    with localcontext(prec=MOST_DIGITS_TOLD):
        whole = value.to_integral_value()
        return whole.quantize(Decimal(1)) if value == whole else value.normalize()


def _with_minus_sign(text: str) -> str:
    return text.replace("-", "\N{MINUS SIGN}", 1) if text.startswith("-") else text
