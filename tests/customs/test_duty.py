"""Customs value, duty and taxes: the worked figures, what holds for every figure, and what is refused."""

import json
from dataclasses import replace
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customs.duty import Assessment, CifPrice, FobPrice, InvalidFigure, Rates, assess, customs_value_cny, fen

VECTORS = Path(__file__).parents[1] / "vectors" / "goods.json"
SCENARIOS: dict[str, dict[str, Any]] = {
    scenario["id"]: scenario for scenario in json.loads(VECTORS.read_text(encoding="utf-8"))["scenarios"]
}
RATES = Rates(duty_rate=Decimal("0.08"), vat_rate=Decimal("0.13"))
NO_RATES = Rates(duty_rate=Decimal(0), vat_rate=Decimal(0))
FOB = FobPrice(fob_invoice_currency=Decimal(100), freight_invoice_currency=Decimal(3), insurance_rate=Decimal("0.003"))

amounts = st.decimals(min_value=0, max_value=10**12, places=2)
quantities = st.decimals(min_value=0, max_value=10**9, places=5)
fractions = st.decimals(min_value=0, max_value="0.999999", places=6)
rates_of_any_kind = st.builds(
    Rates,
    duty_rate=st.decimals(min_value=0, max_value=3, places=6),
    vat_rate=fractions,
    consumption_tax_rate=fractions,
    consumption_tax_cny_per_unit=st.decimals(min_value=0, max_value=1000, places=5),
)


def _scenario(number: str) -> tuple[dict[str, Any], dict[str, Any]]:
    return SCENARIOS[number]["in"], SCENARIOS[number]["out"]


def _assessed(value_cny: Decimal, *, duty: str, vat: str) -> Assessment:
    rates = Rates(duty_rate=Decimal(duty), vat_rate=Decimal(vat))
    return assess(value_cny=value_cny, quantity=Decimal(1), rates=rates)


def test_t1_admission_suspends_duty_and_vat_on_fob_freight_and_insurance() -> None:
    given_, expected = _scenario("T1")
    price = FobPrice(
        fob_invoice_currency=Decimal(given_["fob_usd"]),
        freight_invoice_currency=Decimal(given_["freight_usd"]),
        insurance_rate=Decimal(given_["insurance_rate"]),
    )
    value_cny = customs_value_cny(price=price, exchange_rate_cny_per_unit=Decimal(given_["usd_cny"]))
    owed = _assessed(value_cny, duty=given_["duty"], vat=given_["vat"])
    assert str(owed.customs_value_cny) == expected["customs_value"]
    assert str(owed.duty_cny) == expected["duty"]
    assert str(owed.consumption_tax_cny) == "0.00"
    assert str(owed.vat_cny) == expected["vat"]
    assert str(owed.total_cny) == expected["suspended"]


def test_t2_composite_consumption_tax_is_laid_on_a_base_that_contains_it() -> None:
    given_, expected = _scenario("T2")
    rates = Rates(
        duty_rate=Decimal(given_["duty"]),
        vat_rate=Decimal(given_["vat"]),
        consumption_tax_rate=Decimal(given_["ad_valorem"]),
        consumption_tax_cny_per_unit=Decimal(given_["specific_cny_kg"]),
    )
    owed = assess(value_cny=Decimal(given_["customs_value"]), quantity=Decimal(given_["quantity_kg"]), rates=rates)
    assert str(owed.duty_cny) == expected["duty"]
    assert str(owed.consumption_tax_cny) == expected["consumption_tax"]
    assert str(owed.vat_cny) == expected["vat"]
    assert str(owed.total_cny) == expected["total"]


def test_t3_lots_are_suspended_at_the_booked_rate_and_payable_at_the_rate_of_acceptance() -> None:
    given_, expected = _scenario("T3")
    vat = given_["booked"]["vat"]
    suspended_cny = payable_cny = Decimal(0)
    for lot in given_["lots"]:
        each_cny = Decimal(lot["value_each"])
        suspended_cny += _assessed(lot["quantity"] * each_cny, duty=given_["booked"]["duty"], vat=vat).total_cny
        taken_cny = expected["takes"][lot["id"]] * each_cny
        payable_cny += _assessed(taken_cny, duty=given_["duty_at_acceptance"], vat=vat).total_cny
    assert str(suspended_cny) == expected["suspended_before"]
    assert str(payable_cny) == expected["payable"]


def test_t6_deposit_and_tax_of_a_batch_differ_by_the_exchange_rate() -> None:
    given_, expected = _scenario("T6")
    delivered = sum(given_["january"]["out"]) - given_["january"]["returned"]
    price = CifPrice(cif_invoice_currency=delivered * Decimal(given_["usd_each"]))
    deposit, tax = (
        _assessed(
            customs_value_cny(price=price, exchange_rate_cny_per_unit=Decimal(given_[rate])),
            duty=given_["duty"],
            vat=given_["vat"],
        )
        for rate in ("fx_january", "fx_february")
    )
    assert str(deposit.total_cny) == expected["deposit"]
    assert str(tax.customs_value_cny) == expected["declared_value"]
    assert str(tax.total_cny) == expected["tax"]


def test_t9_what_never_arrives_is_taxed() -> None:
    given_, expected = _scenario("T9")
    missing = given_["sent"] - given_["received"]
    owed = _assessed(missing * Decimal(given_["value_each"]), duty=given_["duty"], vat=given_["vat"])
    assert str(owed.duty_cny) == expected["tax_if_never_found"]["duty"]
    assert str(owed.vat_cny) == expected["tax_if_never_found"]["vat"]


def test_t10_a_shortage_is_taxed_in_full_whatever_is_over_elsewhere() -> None:
    given_, expected = _scenario("T10")
    shortage = sum(max(bin_["book"] - bin_["count"], 0) for bin_ in given_["bins"])
    assert shortage == expected["shortage"]
    owed = _assessed(shortage * Decimal(given_["value_each"]), duty=given_["duty"], vat=given_["vat"])
    assert str(owed.total_cny) == expected["shortage_tax"]


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [
        ("0.005", "0.01"),
        ("0.004999", "0.00"),
        ("2.675", "2.68"),
        ("-0.005", "-0.01"),
        ("-0.001", "0.00"),
        ("7", "7.00"),
    ],
)
def test_half_a_fen_is_rounded_away_from_zero(amount: str, rounded: str) -> None:
    assert str(fen(Decimal(amount))) == rounded


def test_each_tax_is_reckoned_from_the_rounded_amounts_before_it() -> None:
    # The duty of 0.045 is owed as 0.05; VAT on 0.95 is 0.475, owed as 0.48. On 0.945 it would be 0.47.
    owed = _assessed(Decimal("0.90"), duty="0.05", vat="0.50")
    assert (str(owed.duty_cny), str(owed.vat_cny)) == ("0.05", "0.48")


def test_specific_consumption_tax_stands_alone_without_an_ad_valorem_rate() -> None:
    rates = replace(NO_RATES, consumption_tax_cny_per_unit=Decimal("1.52"))
    assert assess(value_cny=Decimal(500), quantity=Decimal(10), rates=rates).total_cny == Decimal("15.20")


def test_the_callers_precision_does_not_change_what_is_owed() -> None:
    owed = assess(value_cny=Decimal("733500.50"), quantity=Decimal(1), rates=RATES)
    with localcontext() as context:
        context.prec = 4
        rough = assess(value_cny=Decimal("733500.50"), quantity=Decimal(1), rates=RATES)
        total_cny = rough.total_cny
    assert rough == owed
    assert str(total_cny) == str(owed.total_cny) == "161663.51"


@given(value=amounts, more=amounts, quantity=quantities, rates=rates_of_any_kind)
def test_a_greater_value_never_owes_less(value: Decimal, more: Decimal, quantity: Decimal, rates: Rates) -> None:
    less = assess(value_cny=value, quantity=quantity, rates=rates)
    greater = assess(value_cny=value + more, quantity=quantity, rates=rates)
    assert greater.customs_value_cny >= less.customs_value_cny
    assert greater.duty_cny >= less.duty_cny
    assert greater.consumption_tax_cny >= less.consumption_tax_cny
    assert greater.vat_cny >= less.vat_cny


@given(value=amounts, quantity=quantities, rates=rates_of_any_kind)
def test_the_total_is_the_sum_of_parts_in_whole_fen_none_negative(
    value: Decimal, quantity: Decimal, rates: Rates
) -> None:
    owed = assess(value_cny=value, quantity=quantity, rates=rates)
    parts = (owed.duty_cny, owed.consumption_tax_cny, owed.vat_cny)
    assert owed.total_cny == sum(parts)
    assert all(part >= 0 and part.as_tuple().exponent == -2 for part in (*parts, owed.customs_value_cny))


@given(value=amounts, quantity=quantities)
def test_zero_rates_owe_nothing(value: Decimal, quantity: Decimal) -> None:
    assert assess(value_cny=value, quantity=quantity, rates=NO_RATES).total_cny == 0


@given(
    amount=amounts, exchange_rate=st.decimals(min_value="0.000001", max_value=1000, places=6), insurance_rate=fractions
)
def test_insurance_only_adds_to_the_value(amount: Decimal, exchange_rate: Decimal, insurance_rate: Decimal) -> None:
    cif = customs_value_cny(price=CifPrice(cif_invoice_currency=amount), exchange_rate_cny_per_unit=exchange_rate)
    fob = replace(FOB, fob_invoice_currency=amount, freight_invoice_currency=Decimal(0))
    uninsured = replace(fob, insurance_rate=Decimal(0))
    insured = replace(fob, insurance_rate=insurance_rate)
    assert customs_value_cny(price=uninsured, exchange_rate_cny_per_unit=exchange_rate) == cif
    assert customs_value_cny(price=insured, exchange_rate_cny_per_unit=exchange_rate) >= cif


NOT_FINITE = ("NaN", "sNaN", "Infinity", "-Infinity")
TOO_LARGE = "1E+15"


def _assert_names(refused: InvalidFigure, field: str, figure: str) -> None:
    (error,) = refused.errors
    assert (error.field, error.row, str(error.figure)) == (field, 2, figure)
    assert figure in str(error.message)


@pytest.mark.parametrize("figure", ["-0.01", TOO_LARGE, *NOT_FINITE])
@pytest.mark.parametrize("field", ["value_cny", "quantity"])
def test_value_and_quantity_out_of_range_are_refused(field: str, figure: str) -> None:
    figures = {"value_cny": Decimal(100), "quantity": Decimal(1), field: Decimal(figure)}
    with pytest.raises(InvalidFigure) as refused:
        assess(**figures, rates=RATES, row=2)
    _assert_names(refused.value, field, figure)


@pytest.mark.parametrize(
    ("field", "figure"),
    [
        *(
            (field, figure)
            for field in ("duty_rate", "vat_rate", "consumption_tax_rate", "consumption_tax_cny_per_unit")
            for figure in ("-0.01", *NOT_FINITE)
        ),
        ("consumption_tax_rate", "1"),
        ("consumption_tax_rate", "20"),
    ],
)
def test_rates_out_of_range_are_refused(field: str, figure: str) -> None:
    rates = replace(RATES, **{field: Decimal(figure)})
    with pytest.raises(InvalidFigure) as refused:
        assess(value_cny=Decimal(100), quantity=Decimal(1), rates=rates, row=2)
    _assert_names(refused.value, field, figure)


@pytest.mark.parametrize(
    ("field", "figure"),
    [
        *(
            (field, figure)
            for field in ("fob_invoice_currency", "freight_invoice_currency", "insurance_rate")
            for figure in ("-0.01", *NOT_FINITE)
        ),
        ("insurance_rate", "1"),
        ("insurance_rate", "1.003"),
    ],
)
def test_fob_figures_out_of_range_are_refused(field: str, figure: str) -> None:
    price = replace(FOB, **{field: Decimal(figure)})
    with pytest.raises(InvalidFigure) as refused:
        customs_value_cny(price=price, exchange_rate_cny_per_unit=Decimal("7.1"), row=2)
    _assert_names(refused.value, field, figure)


@pytest.mark.parametrize("figure", ["-0.01", *NOT_FINITE])
def test_a_cif_price_out_of_range_is_refused(figure: str) -> None:
    price = CifPrice(cif_invoice_currency=Decimal(figure))
    with pytest.raises(InvalidFigure) as refused:
        customs_value_cny(price=price, exchange_rate_cny_per_unit=Decimal("7.1"), row=2)
    _assert_names(refused.value, "cif_invoice_currency", figure)


@pytest.mark.parametrize("figure", ["0", "-7.1", *NOT_FINITE])
def test_an_exchange_rate_that_is_not_above_zero_is_refused(figure: str) -> None:
    with pytest.raises(InvalidFigure) as refused:
        customs_value_cny(price=FOB, exchange_rate_cny_per_unit=Decimal(figure), row=2)
    _assert_names(refused.value, "exchange_rate_cny_per_unit", figure)


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "1E+60"])
def test_an_amount_that_cannot_be_told_to_the_fen_is_refused(amount: str) -> None:
    with pytest.raises(InvalidFigure):
        fen(Decimal(amount))
