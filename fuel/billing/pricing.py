"""Prices of fuel: from an index to the amount of an uplift and what it saves. Pure figures, which read no tables.

Each figure is rounded before the next is reckoned from it, so that every line of a statement can be checked with a
pocket calculator: the unit price to 0.01 first, then net, VAT, and the total in CNY.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

CENT = Decimal("0.01")
INDEX_PLACES = Decimal("0.001")
KILOGRAMS_PER_TONNE = Decimal(1000)
ZERO = Decimal(0)
_PRECISE = Context(prec=50, rounding=ROUND_HALF_UP)

BARREL = "bbl"
TONNE = "t"


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """index ± differential, as a price per tonne, plus the into-plane fee.

    Args:
        index_unit, differential_unit: "bbl" or "t".
        barrels_per_tonne: the factor that the contract states.
        into_plane_fee_per_tonne: in the same currency.
    """

    index_unit: str
    differential: Decimal
    differential_unit: str
    barrels_per_tonne: Decimal
    into_plane_fee_per_tonne: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Relief:
    """The taxes that an uplift was relieved of, in CNY."""

    duty_cny: Decimal = ZERO
    consumption_tax_cny: Decimal = ZERO
    vat_cny: Decimal = ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class Priced:
    """An uplift with its price. ``unit_price``, ``net_amount`` and ``vat_amount`` are in the contract's currency."""

    unit_price: Decimal
    net_amount: Decimal
    vat_amount: Decimal
    amount_cny: Decimal
    duty_paid_cny: Decimal
    saving_cny: Decimal
    saving_duty_cny: Decimal
    saving_consumption_tax_cny: Decimal
    saving_vat_cny: Decimal
    saving_price_cny: Decimal

    @property
    def total_amount(self) -> Decimal:
        return self.net_amount + self.vat_amount

    @property
    def saving_percent(self) -> Decimal | None:
        """Of the duty-paid amount, to 0.01; None where there is none."""
        return percent_of(self.saving_cny, self.duty_paid_cny)


def index_average(quotes: Sequence[Decimal]) -> Decimal:
    """The mean of the quotes of an averaging period, to 0.001."""
    with localcontext(_PRECISE):
        return (sum(quotes, ZERO) / len(quotes)).quantize(INDEX_PLACES)


def unit_price_per_tonne(*, index_price: Decimal, formula: Formula) -> Decimal:
    """The price of a tonne by the contract's formula, to 0.01 of its currency."""
    with localcontext(_PRECISE):
        factor = formula.barrels_per_tonne
        index = index_price * factor if formula.index_unit == BARREL else index_price
        differential = formula.differential * factor if formula.differential_unit == BARREL else formula.differential
        return (index + differential + formula.into_plane_fee_per_tonne).quantize(CENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyPaid:
    """The duty-paid price that an uplift would have cost, or costs, with the same service as by its contract.

    Args:
        added_fee: the contract's into-plane fee per tonne, in its currency; 0 where the price has the fee in it.
    """

    cny_per_tonne: Decimal
    cny_per_unit: Decimal
    added_fee: Decimal = ZERO

    @property
    def unit_price(self) -> Decimal:
        """Of a tonne in the contract's currency, to 0.01."""
        with localcontext(_PRECISE):
            return (self.cny_per_tonne / self.cny_per_unit + self.added_fee).quantize(CENT)

    def amount_cny(self, tonnes: Decimal) -> Decimal:
        """What so many tonnes come to in CNY, to 0.01, the fee at the rate of exchange."""
        with localcontext(_PRECISE):
            return ((self.cny_per_tonne + self.added_fee * self.cny_per_unit) * tonnes).quantize(CENT)


def price_of_uplift(
    *,
    mass_kg: Decimal,
    unit_price: Decimal,
    cny_per_unit: Decimal,
    duty_paid: DutyPaid | None,
    relief: Relief,
    vat_rate: Decimal = ZERO,
) -> Priced:
    """Net, VAT charged, and the saving against the duty-paid price, split into the reliefs and the price.

    Both sides of the saving have the into-plane service in them.

    Args:
        unit_price: per tonne, in the contract's currency, to 0.01.
        cny_per_unit: CNY for one unit of that currency.
        duty_paid: what the same uplift would have cost; None where it is duty-paid itself, and nothing is saved.
        vat_rate: charged on the net amount as a fraction; 0 where the flight is relieved of it.
    """
    with localcontext(_PRECISE):
        tonnes = mass_kg / KILOGRAMS_PER_TONNE
        net_amount = (unit_price * tonnes).quantize(CENT)
        vat_amount = (net_amount * vat_rate).quantize(CENT)
        amount_cny = ((net_amount + vat_amount) * cny_per_unit).quantize(CENT)
        duty_paid_cny = amount_cny if duty_paid is None else duty_paid.amount_cny(tonnes)
        saving = duty_paid_cny - amount_cny
        return Priced(
            unit_price=unit_price,
            net_amount=net_amount,
            vat_amount=vat_amount,
            amount_cny=amount_cny,
            duty_paid_cny=duty_paid_cny,
            saving_cny=saving,
            saving_duty_cny=relief.duty_cny,
            saving_consumption_tax_cny=relief.consumption_tax_cny,
            saving_vat_cny=relief.vat_cny,
            saving_price_cny=saving - relief.duty_cny - relief.consumption_tax_cny - relief.vat_cny,
        )


def percent_of(part: Decimal, whole: Decimal) -> Decimal | None:
    """A part in percent of the whole, to 0.01; None where the whole is nothing."""
    if not whole:
        return None
    with localcontext(_PRECISE):
        return (part * 100 / whole).quantize(CENT)
