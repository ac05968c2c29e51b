"""Customs value, duty and taxes of imported goods: pure figures, which read and write no tables.

Each amount is rounded to the fen before the next is reckoned from it, so that every line of an assessment can be
checked with a pocket calculator from the lines above it.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation, localcontext

from django.utils.translation import gettext as _

from registry.errors import FieldError, RuleBroken
from registry.models import TariffRate
from registry.quantities import FEN

ZERO = Decimal(0)
ONE = Decimal(1)

# Far below the precision in use, and far above any amount that a ledger column holds.
_FIGURE_LIMIT = Decimal(10) ** 15
# The caller's context must not change what is owed. A quotient of fifty digits cannot be mistaken for half a fen.
_PRECISE = Context(prec=50, rounding=ROUND_HALF_UP)


class InvalidFigure(RuleBroken):
    """A figure from which no customs value, duty or tax can be reckoned."""

    code = "invalid-figure"


@dataclass(frozen=True, slots=True, kw_only=True)
class FobPrice:
    """A price free on board, to which freight and insurance are added. Amounts in the invoice's currency.

    ``insurance_rate`` is a fraction of the insured value (0.003 is 0.3 %), from 0 to below 1.
    """

    fob_invoice_currency: Decimal
    freight_invoice_currency: Decimal
    insurance_rate: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class CifPrice:
    """A price with freight and insurance in it, in the invoice's currency."""

    cif_invoice_currency: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """The rates of one tariff line, as fractions (0.08 is 8 %), named as the tariff names them.

    ``consumption_tax_rate`` is the ad valorem part and lies below 1; ``consumption_tax_cny_per_unit`` is the
    specific part, CNY for one unit of the quantity assessed.
    """

    duty_rate: Decimal
    vat_rate: Decimal
    consumption_tax_rate: Decimal = ZERO
    consumption_tax_cny_per_unit: Decimal = ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What is owed on a customs value, every amount in CNY and whole fen."""

    customs_value_cny: Decimal
    duty_cny: Decimal
    consumption_tax_cny: Decimal
    vat_cny: Decimal

    @property
    def total_cny(self) -> Decimal:
        """Duty and taxes together, without the value they are owed on."""
        with localcontext(_PRECISE):
            return self.duty_cny + self.consumption_tax_cny + self.vat_cny


def fen(amount_cny: Decimal) -> Decimal:
    """The amount in whole fen, half a fen away from zero: the only place where duty and tax are rounded.

    Raises:
        InvalidFigure: the amount is no finite number, or too large to be told to the fen.
    """
    try:
        with localcontext(_PRECISE):
            # Adding zero keeps "-0.00" off statements.
            rounded_cny = amount_cny.quantize(FEN) + ZERO
    except InvalidOperation:
        rounded_cny = None
    # A quiet NaN rounds to itself.
    if rounded_cny is None or not rounded_cny.is_finite():
        message = _("%(figure)s cannot be rounded to the fen. Correct the figures it comes from.")
        raise _invalid(message, amount_cny, "amount_cny", None)
    return rounded_cny


def customs_value_cny(
    *, price: FobPrice | CifPrice, exchange_rate_cny_per_unit: Decimal, row: int | None = None
) -> Decimal:
    """The customs value in CNY: (FOB + freight) / (1 − insurance rate) × exchange rate, or CIF × exchange rate.

    Args:
        price: in the invoice's currency.
        exchange_rate_cny_per_unit: the customs rate, CNY for one unit of that currency.
        row: the document's line, for the error.
    Raises:
        InvalidFigure: a negative or boundless figure, an insurance rate of 1 or more, an exchange rate of 0 or less.
    Source: Tariff Law of the PRC (2024); GACC Order 213 (2013) on customs value.
    """
    _require_above_zero(exchange_rate_cny_per_unit, field="exchange_rate_cny_per_unit", row=row)
    with localcontext(_PRECISE):
        if isinstance(price, CifPrice):
            _require_not_negative(price.cif_invoice_currency, field="cif_invoice_currency", row=row)
            return fen(price.cif_invoice_currency * exchange_rate_cny_per_unit)
        _require_not_negative(price.fob_invoice_currency, field="fob_invoice_currency", row=row)
        _require_not_negative(price.freight_invoice_currency, field="freight_invoice_currency", row=row)
        _require_below_one(price.insurance_rate, field="insurance_rate", row=row)
        uninsured = price.fob_invoice_currency + price.freight_invoice_currency
        # Multiplied first, so that the one inexact step is the last before rounding.
        return fen(uninsured * exchange_rate_cny_per_unit / (ONE - price.insurance_rate))


def assess(*, value_cny: Decimal, quantity: Decimal, rates: Rates, row: int | None = None) -> Assessment:
    """Duty, consumption tax and VAT on a customs value.

    Duty = value × rate. Consumption tax = B × ad valorem rate + quantity × specific rate, rounded as one amount, on
    B = (value + duty + quantity × specific rate) / (1 − ad valorem rate), which is not rounded.
    VAT = (value + duty + consumption tax) × rate.

    Args:
        value_cny: the customs value, CNY; rounded to the fen first.
        quantity: in the unit that the specific consumption tax is laid on.
        rates: as booked for the suspended amount, at acceptance of the withdrawal for the amount payable.
        row: the document's line, for the error.
    Raises:
        InvalidFigure: a negative or boundless figure, or an ad valorem consumption tax of 1 or more.
    Source: Tariff Law of the PRC (2024); Interim Regulations on Consumption Tax, State Council Order 539 (2008),
        article 9; VAT Law of the PRC (2024).
    """
    _require_not_negative(value_cny, field="value_cny", row=row)
    _require_not_negative(quantity, field="quantity", row=row)
    _require_not_negative(rates.duty_rate, field="duty_rate", row=row)
    _require_not_negative(rates.vat_rate, field="vat_rate", row=row)
    _require_below_one(rates.consumption_tax_rate, field="consumption_tax_rate", row=row)
    _require_not_negative(rates.consumption_tax_cny_per_unit, field="consumption_tax_cny_per_unit", row=row)
    with localcontext(_PRECISE):
        value = fen(value_cny)
        duty = fen(value * rates.duty_rate)
        consumption_tax = fen(_consumption_tax_cny(value + duty, quantity, rates))
        vat = fen((value + duty + consumption_tax) * rates.vat_rate)
    return Assessment(customs_value_cny=value, duty_cny=duty, consumption_tax_cny=consumption_tax, vat_cny=vat)


def _consumption_tax_cny(dutied_value_cny: Decimal, quantity: Decimal, rates: Rates) -> Decimal:
    if not rates.consumption_tax_rate and not rates.consumption_tax_cny_per_unit:
        return ZERO
    specific_cny = quantity * rates.consumption_tax_cny_per_unit
    base_cny = (dutied_value_cny + specific_cny) / (ONE - rates.consumption_tax_rate)
    return base_cny * rates.consumption_tax_rate + specific_cny


def _require_finite(figure: Decimal, *, field: str, row: int | None) -> None:
    if not figure.is_finite():
        raise _invalid(_("%(figure)s is not a number that can be reckoned with. Enter a figure."), figure, field, row)
    if figure >= _FIGURE_LIMIT:
        raise _invalid(_("%(figure)s is too large. Check the figure and its unit."), figure, field, row)


def _require_not_negative(figure: Decimal, *, field: str, row: int | None) -> None:
    _require_finite(figure, field=field, row=row)
    if figure < ZERO:
        raise _invalid(_("%(figure)s is negative. Enter zero or more."), figure, field, row)


def _require_above_zero(figure: Decimal, *, field: str, row: int | None) -> None:
    _require_finite(figure, field=field, row=row)
    if figure <= ZERO:
        raise _invalid(_("%(figure)s is not above zero. Enter what one unit costs in CNY."), figure, field, row)


def _require_below_one(figure: Decimal, *, field: str, row: int | None) -> None:
    _require_not_negative(figure, field=field, row=row)
    if figure >= ONE:
        message = _("%(figure)s is not below 1. Enter the rate as a fraction: 0.08 for 8 per cent.")
        raise _invalid(message, figure, field, row)


def _invalid(message: str, figure: Decimal, field: str, row: int | None) -> InvalidFigure:
    told = message % {"figure": figure}
    return InvalidFigure(told, errors=[FieldError(told, field=field, row=row, figure=figure)])


def rates_of(tariff_rate: TariffRate) -> Rates:
    """A tariff rate as the figures of an assessment."""
    return Rates(
        duty_rate=tariff_rate.duty_rate,
        vat_rate=tariff_rate.vat_rate,
        consumption_tax_rate=tariff_rate.consumption_tax_rate,
        consumption_tax_cny_per_unit=tariff_rate.consumption_tax_cny_per_unit,
    )
