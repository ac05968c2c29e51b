"""Customs exchange rates: of ISO 4217, for a calendar month, and asked back when they leap."""

from datetime import date
from decimal import Decimal

import pytest

from registry.models import ExchangeRate
from registry.operations.exchange_rates import RateNotConfirmed, enter_exchange_rate
from registry.operations.loading.rates import load_exchange_rates
from registry.operations.loading.rows import RowsRefused
from registry.operations.register import NotFitForRegister
from registry.queries import ExchangeRateTooOld, UnknownCurrency, exchange_rate_on, exchange_rates_on
from tests.registry import build

pytestmark = pytest.mark.django_db


def entered(currency: str, day: date, rate: str, *, is_confirmed: bool = False) -> ExchangeRate:
    row = ExchangeRate(currency=currency, valid_from_date=day, cny_per_unit=Decimal(rate))
    return enter_exchange_rate(rate=row, actor=None, at=build.AT, is_confirmed=is_confirmed)


def test_a_rate_counts_for_its_calendar_month_only() -> None:
    entered("USD", date(2025, 3, 1), "7.17")
    assert exchange_rate_on("USD", date(2025, 3, 31)) == Decimal("7.17")
    with pytest.raises(ExchangeRateTooOld) as refused:
        exchange_rates_on(["CNY", "USD"], date(2026, 11, 27))
    assert [(error.field, error.row, error.figure) for error in refused.value.errors] == [("currency", 1, "USD")]


def test_where_the_site_allows_it_an_older_rate_is_taken_with_its_date() -> None:
    entered("USD", date(2026, 10, 1), "7.05")
    (rate,) = exchange_rates_on(["USD"], date(2026, 11, 27), may_be_older=True)
    assert (rate.cny_per_unit, rate.valid_from_date) == (Decimal("7.05"), date(2026, 10, 1))
    assert not rate.counts_on(date(2026, 11, 27))
    with pytest.raises(UnknownCurrency):
        exchange_rates_on(["USD"], date(2026, 9, 30), may_be_older=True)


def test_a_currency_is_one_of_iso_4217() -> None:
    with pytest.raises(NotFitForRegister) as refused:
        entered("ZZZ", date(2026, 11, 1), "7.05")
    assert [(error.field, error.figure) for error in refused.value.errors] == [("currency", "ZZZ")]


@pytest.mark.parametrize("leap", ["0.0001", "54.35", "0.0145", "0.0222"])
def test_a_rate_that_leaps_by_more_than_a_fifth_is_confirmed(leap: str) -> None:
    entered("KZT", date(2026, 10, 1), "0.0184")
    with pytest.raises(RateNotConfirmed) as refused:
        entered("KZT", date(2026, 11, 1), leap)
    assert [(error.field, error.figure) for error in refused.value.errors] == [("cny_per_unit", leap)]
    assert ExchangeRate.objects.filter(currency="KZT").count() == 1
    entered("KZT", date(2026, 11, 1), leap, is_confirmed=True)


def test_the_inverse_is_named() -> None:
    entered("KZT", date(2026, 10, 1), "0.0184")
    with pytest.raises(RateNotConfirmed, match="other way round"):
        entered("KZT", date(2026, 11, 1), "54.35")


def test_a_rate_that_moves_by_a_fifth_at_most_is_taken() -> None:
    entered("KZT", date(2026, 10, 1), "0.02")
    entered("KZT", date(2026, 11, 1), "0.024")


def test_a_file_is_asked_back_cell_by_cell() -> None:
    entered("USD", date(2026, 9, 1), "7.0")
    rows = [
        {"currency": "USD", "valid_from_date": "2026-10-01", "cny_per_unit": "7.1", "source": ""},
        {"currency": "USD", "valid_from_date": "2026-11-01", "cny_per_unit": "0.1404", "source": ""},
    ]
    with pytest.raises(RowsRefused) as refused:
        load_exchange_rates(rows=rows, actor=None, at=build.AT)
    assert [(error.row, error.field, error.figure) for error in refused.value.errors] == [(1, "cny_per_unit", "0.1404")]
    rows[1]["is_confirmed"] = "yes"
    assert load_exchange_rates(rows=rows, actor=None, at=build.AT).added == 2
    del rows[1]["is_confirmed"]
    assert load_exchange_rates(rows=rows, actor=None, at=build.AT).unchanged == 2
