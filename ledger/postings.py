"""What is asked of the ledger: lots, postings and their legs, and the refusals it may answer with."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from ledger.models import CustomsStatus, Hold, Journal, MovementKind
from registry.errors import Conflict, RuleBroken

__all__ = [
    "Account",
    "AlreadyReversed",
    "CustomsStatus",
    "Document",
    "Hold",
    "ImpossibleFigure",
    "Journal",
    "KeyUsedForAnotherRequest",
    "LaterMovementsDepend",
    "Leg",
    "LotNumberTaken",
    "MovementKind",
    "NegativeInThePast",
    "NewLot",
    "NotEnoughStock",
    "PeriodClosed",
    "PeriodNotOver",
    "Posted",
    "Posting",
    "Riding",
    "UnknownAccount",
]


@dataclass(frozen=True, slots=True)
class Account:
    """One side of a leg: a place and the hold that the goods are under there."""

    place_id: int
    hold: Hold = Hold.FREE


@dataclass(frozen=True, slots=True)
class Riding:
    """What rides on a quantity: kilograms, and amounts in CNY."""

    net_mass_kg: Decimal
    customs_value_cny: Decimal
    duty_cny: Decimal
    consumption_tax_cny: Decimal
    vat_cny: Decimal


@dataclass(frozen=True, slots=True)
class Leg:
    """A quantity (in the lot's unit) of a lot from one account to another.

    Without ``riding``, mass and money ride pro rata on the source's balance; a boundary source must state it.
    """

    journal: Journal
    lot_id: int
    source: Account
    target: Account
    quantity: Decimal
    riding: Riding | None = None


@dataclass(frozen=True, slots=True)
class Document:
    kind: str
    id: int
    number: str


@dataclass(frozen=True, slots=True)
class NewLot:
    """A lot to be opened: quantity in its unit, mass in kilograms, amounts in CNY, rates as fractions (0.08 is 8 %)."""

    zone_id: int
    site_id: int
    number: str
    item_id: int
    unit_id: str
    owner_id: int
    customs_status: CustomsStatus
    origin: str
    admitted_date: date
    document: Document
    quantity: Decimal
    net_mass_kg: Decimal
    customs_value_cny: Decimal
    duty_cny: Decimal
    consumption_tax_cny: Decimal
    vat_cny: Decimal
    expiry_date: date | None = None
    parent_id: int | None = None
    duty_rate: Decimal = Decimal(0)
    vat_rate: Decimal = Decimal(0)
    consumption_tax_rate: Decimal = Decimal(0)
    consumption_tax_cny_per_unit: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Posting:
    """One transaction to be: what happened, when, on which document, and its legs."""

    idempotency_key: str
    kind: MovementKind
    site_id: int
    document: Document
    occurred_at: datetime
    legs: tuple[Leg, ...]
    reason: str = ""
    reversal_of: int | None = None


@dataclass(frozen=True, slots=True)
class Posted:
    """The transaction that stands for a posting; not new when the same request had come before."""

    transaction_id: int
    is_new: bool


class NotEnoughStock(Conflict):
    code = "not-enough-stock"


class PeriodClosed(Conflict):
    code = "period-closed"


class KeyUsedForAnotherRequest(Conflict):
    code = "idempotency-key-reused"


class UnknownAccount(RuleBroken):
    code = "unknown-account"


class NegativeInThePast(Conflict):
    code = "negative-in-the-past"


class ImpossibleFigure(RuleBroken):
    code = "impossible-figure"


class AlreadyReversed(Conflict):
    code = "already-reversed"


class LaterMovementsDepend(Conflict):
    code = "later-movements-depend"


class LotNumberTaken(Conflict):
    code = "lot-number-taken"


class PeriodNotOver(RuleBroken):
    code = "period-not-over"
