"""What a fuel statement says, once for every format: page and files print these figures and no other.

Money has 2 decimals, a unit price 2, kilograms, litres and US gallons 3, an exchange rate as it was
published. Nothing is computed by a format, not even a sum. Every figure that a line is reckoned from stands in it, so
that who reads the statement reckons it again; docs/fuel-invoice.md says how.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """The seller or the airline, as an invoice names it."""

    code: str
    name: str
    name_zh: str = ""
    iata_code: str = ""
    icao_code: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saving:
    """What was saved against the duty-paid price, in CNY; the four parts make up the total."""

    duty_cny: Decimal
    consumption_tax_cny: Decimal
    vat_cny: Decimal
    price_cny: Decimal
    total_cny: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """An index on a day, per its unit, as it stood when the line was charged."""

    quoted_date: date
    price: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceBasis:
    """What several lines have in common: the quotes of an average, and the average to 0.001."""

    price_basis: str
    index_price: Decimal
    index_unit: str
    quotes: Sequence[Quote]


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyPaidBasis:
    """A duty-paid price that savings are measured against: CNY per tonne, since when, and from where."""

    cny_per_tonne: Decimal
    has_fee: bool | None  # whether the into-plane fee is in it; else it is added to it
    from_date: date
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One charge. A credit, a rebill and a part credit name the ticket and the statement that they correct.

    What was charged by hand has no flight, place, time or quantity; its price basis says what it is for.
    """

    row: int
    kind: str  # "uplift", "defuel", "credit", "rebill", "part" or "manual"
    corrects_statement: str = ""
    corrects_row: int | None = None
    reason: str = ""
    ticket_number: str
    document_number: str
    flight_number: str
    flight_date: date | None
    registration: str
    aircraft_type: str
    origin: str
    destination: str
    delivered_at: datetime | None  # in UTC
    delivered_local: datetime | None  # at the airport of uplift, with its offset
    customs_status: str  # "bonded" or "duty_paid"
    litres_observed: Decimal
    celsius: Decimal | None
    density_at_base: Decimal | None  # kg/m³
    litres_at_base: Decimal
    mass_kg: Decimal
    us_gallons_observed: Decimal
    contract_number: str
    price_basis: str  # such as "MOPS-JET 2026-11-02..2026-11-06 ⌀5"
    quotes: Sequence[Quote]
    index_price: Decimal | None  # the mean of the quotes
    index_unit: str  # "bbl" or "t"; empty where the uplift is duty-paid
    differential: Decimal | None
    differential_unit: str
    barrels_per_tonne: Decimal | None
    into_plane_fee: Decimal  # per tonne
    unit_price: Decimal  # per tonne, in the currency of the statement
    net_amount: Decimal  # in the currency of the statement; negative on a credit
    vat_rate: Decimal | None  # as a fraction
    vat_amount: Decimal  # charged VAT, in the currency of the statement
    total_amount: Decimal
    exchange_rate: Decimal  # CNY for one unit of the currency
    amount_cny: Decimal  # the total in CNY
    duty_paid_cny_per_tonne: Decimal | None
    duty_paid_has_fee: bool | None
    duty_paid_from_date: date | None
    duty_paid_source: str
    duty_paid_cny: Decimal
    saving: Saving
    customs_reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentLine:
    received_date: date
    reference: str
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A total per route or per aircraft."""

    name: str
    uplifts: int
    mass_kg: Decimal
    total_amount: Decimal
    saving_cny: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Ageing:
    """What was owed at the end of the period, by how long it has been due."""

    not_due: Decimal
    to_30_days: Decimal
    to_60_days: Decimal
    to_90_days: Decimal
    over_90_days: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    uplifts: int
    litres_observed: Decimal
    litres_at_base: Decimal
    mass_kg: Decimal
    us_gallons_observed: Decimal
    net_amount: Decimal
    vat_amount: Decimal
    total_amount: Decimal
    amount_cny: Decimal
    duty_paid_cny: Decimal
    saving: Saving
    saving_percent: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementContent:
    """A statement as it was issued. `lines` may be long and is walked once by each format.

    Args:
        form: of its JSON file, which its seal is reckoned over: 1 before 2026-11-27, 2 since.
    """

    form: int = 2
    number: str
    supersedes: str
    issued_at: datetime
    period_from: date
    period_to: date
    due_date: date
    currency: str
    base_celsius: str  # "15", "20" or "15.56" (60 °F)
    site_code: str
    airport: str
    seller: Party
    airline: Party
    contract_number: str
    opening: Decimal
    payments: Sequence[PaymentLine]
    closing: Decimal
    ageing: Ageing
    totals: Totals
    by_route: Sequence[Group]
    by_aircraft: Sequence[Group]
    price_bases: Sequence[PriceBasis] = ()
    duty_paid_bases: Sequence[DutyPaidBasis] = ()
    customs_references: Sequence[str]
    sha256: str  # of the canonical JSON, 64 hexadecimal digits
    lines: Iterable[Line]
