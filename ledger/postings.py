"""What is asked of the ledger: postings and their legs, and the refusals it may answer with."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from ledger.models import Hold, Journal, MovementKind
from registry.errors import Conflict, RuleBroken


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
