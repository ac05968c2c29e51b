"""Rates of a day: the latest before it, the longest prefix, the origin's group."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.models import CountryGroup, CountryGroupMember, ExchangeRate, TariffRate
from registry.queries import (
    NoTariffRate,
    UnknownCurrency,
    exchange_rate_on,
    exchange_rates_on,
    tariff_rate_for,
    tariff_rates_for,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 15)


def exchange_rate(currency: str, day: date, rate: str) -> None:
    ExchangeRate.objects.create(currency=currency, valid_from_date=day, cny_per_unit=Decimal(rate))


def tariff(prefix: str, duty: str, *, group: CountryGroup | None = None, since: date = date(2025, 1, 1)) -> TariffRate:
    return TariffRate.objects.create(
        hs_prefix=prefix, origin_group=group, valid_from_date=since, duty_rate=Decimal(duty), vat_rate=Decimal("0.13")
    )


def group(code: str, *countries: str, since: date = date(2020, 1, 1), until: date | None = None) -> CountryGroup:
    row = CountryGroup.objects.create(code=code, name=code)
    for country in countries:
        CountryGroupMember.objects.create(group=row, country=country, valid_from_date=since, valid_to_date=until)
    return row


def test_the_latest_exchange_rate_before_the_day_is_valid_from_its_first_day_on() -> None:
    exchange_rate("USD", date(2026, 5, 1), "7.2")
    exchange_rate("USD", date(2026, 6, 1), "7.1")
    assert exchange_rate_on("USD", date(2026, 5, 31)) == Decimal("7.2")
    assert exchange_rate_on("USD", date(2026, 6, 1)) == Decimal("7.1")
    assert exchange_rate_on("CNY", DAY) == 1


def test_an_unknown_currency_is_named_with_field_row_and_figure() -> None:
    exchange_rate("USD", date(2026, 6, 1), "7.1")
    with pytest.raises(UnknownCurrency) as refused:
        exchange_rate_on("USD", date(2026, 5, 31))
    assert "USD on 2026-05-31" in str(refused.value)
    with pytest.raises(UnknownCurrency) as refused:
        exchange_rates_on(["USD", "XXX", "USD", "EUR"], DAY)
    assert [(error.field, error.row, error.figure) for error in refused.value.errors] == [
        ("currency", 1, "XXX"),
        ("currency", 3, "EUR"),
    ]


def test_the_longest_prefix_wins_over_the_origin_group() -> None:
    asean = group("ASEAN", "TH")
    tariff("08", "0.10")
    tariff("0802", "0.05", group=asean)
    tariff("08021200", "0.09")
    assert tariff_rate_for("0802120000", "TH", DAY).duty_rate == Decimal("0.09")
    assert tariff_rate_for("080211", "TH", DAY).duty_rate == Decimal("0.05")
    assert tariff_rate_for("080211", "US", DAY).duty_rate == Decimal("0.10")


def test_the_origin_group_wins_over_every_origin_and_the_lower_of_two_groups() -> None:
    asean, rcep = group("ASEAN", "TH"), group("RCEP", "TH", "JP")
    tariff("08", "0.01")
    tariff("08", "0.06", group=rcep)
    tariff("08", "0.04", group=asean)
    assert tariff_rate_for("080211", "TH", DAY).duty_rate == Decimal("0.04")
    assert tariff_rate_for("080211", "JP", DAY).duty_rate == Decimal("0.06")
    assert tariff_rate_for("080211", "US", DAY).duty_rate == Decimal("0.01")


def test_group_membership_and_rates_count_from_their_first_to_their_last_day() -> None:
    bri = group("BRI", "IT", since=date(2026, 6, 15), until=date(2026, 6, 20))
    tariff("22", "0.14")
    tariff("22", "0.10", since=date(2026, 6, 18))
    tariff("22", "0.02", group=bri)
    rates = {day: tariff_rate_for("220421", "IT", date(2026, 6, day)).duty_rate for day in (14, 15, 20, 21)}
    assert rates == {14: Decimal("0.14"), 15: Decimal("0.02"), 20: Decimal("0.02"), 21: Decimal("0.10")}


def test_a_missing_tariff_rate_is_named_with_field_row_and_figure() -> None:
    tariff("08", "0.10")
    with pytest.raises(NoTariffRate) as refused:
        tariff_rates_for([("080211", "US"), ("220421", "IT")], DAY)
    assert [(error.field, error.row, error.figure) for error in refused.value.errors] == [("hs_code", 1, "220421")]
    with pytest.raises(NoTariffRate, match="220421 from IT on 2026-06-15"):
        tariff_rate_for("220421", "IT", DAY)


def test_many_rows_take_as_many_queries_as_one() -> None:
    tariff("08", "0.10"), tariff("22", "0.10")
    exchange_rate("USD", date(2026, 6, 1), "7.1")

    def queries(rows: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            rates = tariff_rates_for([("080211", "US"), ("220421", "IT"), ("080212", "US")][:rows], DAY)
            assert len(rates) == rows
            exchange_rates_on(["USD", "CNY", "USD"][:rows], DAY)
        return len(captured)

    assert queries(1) == queries(3) == 3
