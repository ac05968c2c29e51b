"""What a price is made of, as a charge keeps it: of the day of delivery, or of the charge that stands already."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from fuel.billing.pricing import KILOGRAMS_PER_TONNE, ZERO, DutyPaid, Priced, Relief, price_of_uplift
from fuel.models import Charge, FuelContract
from ledger.postings import CustomsStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyPaidTerms:
    """A duty-paid price of a day: CNY per tonne, since when, from where, and whether the into-plane fee is in it."""

    cny_per_tonne: Decimal
    has_fee: bool
    from_date: date
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Everything that the price of an uplift is reckoned from, with the price per tonne that it comes to.

    Args:
        quotes: of the average, by day in ISO 8601; none where the uplift is duty-paid.
        index_price, differential: per their units; None where the uplift is duty-paid.
        vat_rate: charged on the net amount, as a fraction.
        duty_paid_terms: None of a charge that was made before it kept them.
    """

    contract: FuelContract
    customs_status: str
    price_basis: str
    quotes: dict[str, str] = field(default_factory=dict)
    index_price: Decimal | None = None
    index_unit: str = ""
    differential: Decimal | None = None
    differential_unit: str = ""
    barrels_per_tonne: Decimal | None = None
    into_plane_fee_per_tonne: Decimal
    unit_price: Decimal
    currency: str
    cny_per_unit: Decimal
    vat_rate: Decimal
    duty_paid_terms: DutyPaidTerms | None
    duty_paid: DutyPaid

    def price(self, *, mass_kg: Decimal, relief: Relief) -> Priced:
        """What so many kilograms come to; a duty-paid uplift is compared with itself and saves nothing."""
        is_bonded = self.customs_status == CustomsStatus.BONDED
        return price_of_uplift(
            mass_kg=mass_kg,
            unit_price=self.unit_price,
            cny_per_unit=self.cny_per_unit,
            duty_paid=self.duty_paid if is_bonded else None,
            relief=relief,
            vat_rate=self.vat_rate,
        )


def duty_paid_of(known: DutyPaidTerms, *, cny_per_unit: Decimal, into_plane_fee_per_tonne: Decimal) -> DutyPaid:
    """A duty-paid price with the into-plane service in it, as the contract's price has it."""
    return DutyPaid(
        cny_per_tonne=known.cny_per_tonne,
        cny_per_unit=cny_per_unit,
        added_fee=ZERO if known.has_fee else into_plane_fee_per_tonne,
    )


def terms_of_charge(charge: Charge) -> Terms:
    """What a charge was reckoned from: whatever takes some of it back is priced by the same."""
    known = None
    rate, fee = charge.exchange_rate_cny_per_unit, charge.into_plane_fee_per_tonne
    if charge.duty_paid_cny_per_tonne is None or charge.duty_paid_from_date is None:
        per_tonne = charge.duty_paid_cny * KILOGRAMS_PER_TONNE / charge.mass_kg
        duty_paid = DutyPaid(cny_per_tonne=per_tonne, cny_per_unit=rate)
    else:
        known = DutyPaidTerms(
            cny_per_tonne=charge.duty_paid_cny_per_tonne,
            has_fee=bool(charge.duty_paid_has_fee),
            from_date=charge.duty_paid_from_date,
            source=charge.duty_paid_source,
        )
        duty_paid = duty_paid_of(known, cny_per_unit=rate, into_plane_fee_per_tonne=fee)
    vat_rate = charge.vat_rate
    if vat_rate is None:
        vat_rate = charge.vat_amount / charge.net_amount if charge.net_amount else ZERO
    return Terms(
        contract=charge.contract,
        customs_status=charge.customs_status,
        price_basis=charge.price_basis,
        quotes=charge.quotes,
        index_price=charge.index_price,
        index_unit=charge.index_unit,
        differential=charge.differential,
        differential_unit=charge.differential_unit,
        barrels_per_tonne=charge.barrels_per_tonne,
        into_plane_fee_per_tonne=fee,
        unit_price=charge.unit_price,
        currency=charge.currency,
        cny_per_unit=rate,
        vat_rate=vat_rate,
        duty_paid_terms=known,
        duty_paid=duty_paid,
    )
