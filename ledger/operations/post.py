"""Posting: the one call through which anything enters the ledger."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ledger.postings import (
    AlreadyReversed,
    ImpossibleFigure,
    KeyUsedForAnotherRequest,
    LaterMovementsDepend,
    Leg,
    NegativeInThePast,
    NotEnoughStock,
    PeriodClosed,
    Posted,
    Posting,
    Riding,
    UnknownAccount,
)
from registry.errors import FieldError, RuleBroken

_ONE = (
    "SELECT transaction_id, is_new FROM ledger_post_one(%s::bigint, %s::bigint, %s, %s, %s, %s, %s::bigint, %s,"
    " %s::timestamptz, %s::bigint, %s, %s::bigint, %s::smallint, %s::bigint, %s::bigint, %s::smallint, %s::bigint,"
    " %s::smallint, %s::numeric, %s::numeric[])"
)
_BATCH = (
    "SELECT transaction_id, is_new FROM ledger_post_batch(%s::bigint, %s::bigint, %s::bigint[], %s::text[],"
    " %s::bytea[], %s::text[], %s::text[], %s::bigint[], %s::text[], %s::timestamptz[], %s::text[], %s::bigint[],"
    " %s::int[], %s::int[], %s::smallint[], %s::bigint[], %s::bigint[], %s::smallint[], %s::bigint[], %s::smallint[],"
    " %s::numeric[], %s::numeric[], %s::numeric[], %s::numeric[], %s::numeric[], %s::numeric[]) ORDER BY posting"
)


def post(*, zone_id: int, actor_id: int | None, postings: Sequence[Posting]) -> list[Posted]:
    """Post transactions, all or none, in one statement whatever their number.

    A business act posts everything in ONE call: accounts are locked in one order within a call, so calls never
    deadlock; several calls in one database transaction can.

    Args:
        zone_id: The zone whose ledger is written.
        actor_id: The user who acts; None for the system.
        postings: In the order in which they draw on accounts; quantities in each lot's unit.

    Returns:
        One ``Posted`` per posting, in order.

    Raises:
        NotEnoughStock: an account holds less than a leg asks.
        NegativeInThePast: a back-dated leg would have left an account below zero at a moment since.
        PeriodClosed: a place's site has closed the period of the effective time.
        KeyUsedForAnotherRequest: the idempotency key stands for a different request.
        UnknownAccount: a lot, place or site that is not known in the zone.
        ImpossibleFigure: a quantity that is not positive, or any figure too precise (over 5 decimals, 2 for money),
            too large, or riding and below zero or missing.
        AlreadyReversed: another reversal of the same transaction was first.
        LaterMovementsDepend: the account no longer holds what a reversal takes back.
    """
    if not postings:
        return []
    with transaction.atomic(), _refusals_translated(), connection.cursor() as cursor:
        if len(postings) == 1 and len(postings[0].legs) == 1:
            cursor.execute(_ONE, _one_row(zone_id, actor_id, postings[0]))
        else:
            cursor.execute(_BATCH, _columns(zone_id, actor_id, postings))
        return [Posted(transaction_id, is_new) for transaction_id, is_new in cursor.fetchall()]


def _one_row(zone_id: int, actor_id: int | None, posting: Posting) -> list[Any]:
    leg = posting.legs[0]
    return [
        zone_id,
        posting.site_id,
        posting.idempotency_key,
        _request_hash(posting),
        posting.kind,
        posting.document.kind,
        posting.document.id,
        posting.document.number,
        posting.occurred_at,
        actor_id,
        posting.reason,
        posting.reversal_of,
        leg.journal,
        leg.lot_id,
        leg.source.place_id,
        leg.source.hold,
        leg.target.place_id,
        leg.target.hold,
        leg.quantity,
        _riding(leg.riding) if leg.riding else None,
    ]


def _columns(zone_id: int, actor_id: int | None, postings: Sequence[Posting]) -> list[Any]:
    legs = [(number, leg) for number, posting in enumerate(postings, start=1) for leg in posting.legs]
    headers = zip(
        *(
            (
                posting.site_id,
                posting.idempotency_key,
                _request_hash(posting),
                str(posting.kind),
                posting.document.kind,
                posting.document.id,
                posting.document.number,
                posting.occurred_at,
                posting.reason,
                posting.reversal_of,
            )
            for posting in postings
        ),
        strict=True,
    )
    rounds = _rounds([leg for _number, leg in legs])
    sides = zip(
        *(
            (
                number,
                round_number,
                int(leg.journal),
                leg.lot_id,
                leg.source.place_id,
                int(leg.source.hold),
                leg.target.place_id,
                int(leg.target.hold),
                leg.quantity,
                *(_riding(leg.riding) if leg.riding else (None,) * 5),
            )
            for (number, leg), round_number in zip(legs, rounds, strict=True)
        ),
        strict=True,
    )
    return [zone_id, actor_id, *(list(column) for column in headers), *(list(column) for column in sides)]


def _rounds(legs: Sequence[Leg]) -> list[int]:
    """Number legs so that each is priced after every earlier leg that touched the account it draws on."""
    touched_in: dict[tuple[int, int, int, int], int] = {}
    rounds = []
    for leg in legs:
        source = (leg.journal, leg.lot_id, leg.source.place_id, leg.source.hold)
        target = (leg.journal, leg.lot_id, leg.target.place_id, leg.target.hold)
        round_number = touched_in.get(source, 0) + 1
        rounds.append(round_number)
        touched_in[source] = round_number
        touched_in[target] = max(touched_in.get(target, 0), round_number)
    return rounds


def _riding(riding: Riding) -> list[Decimal]:
    return [
        riding.net_mass_kg,
        riding.customs_value_cny,
        riding.duty_cny,
        riding.consumption_tax_cny,
        riding.vat_cny,
    ]


def _request_hash(posting: Posting) -> bytes:
    """SHA-256 over what was asked, so that a key that returns with another request is told apart."""
    asked = [
        str(posting.kind),
        posting.site_id,
        posting.document.kind,
        posting.document.id,
        posting.occurred_at.timestamp(),
        posting.reversal_of,
        [
            [
                int(leg.journal),
                leg.lot_id,
                leg.source.place_id,
                int(leg.source.hold),
                leg.target.place_id,
                int(leg.target.hold),
                *(
                    format(figure.normalize(), "f")
                    for figure in [leg.quantity, *(_riding(leg.riding) if leg.riding else [])]
                ),
            ]
            for leg in posting.legs
        ],
    ]
    return hashlib.sha256(json.dumps(asked).encode()).digest()


@contextmanager
def _refusals_translated() -> Iterator[None]:
    try:
        yield
    except DatabaseError as error:
        refusal = _refusal(getattr(error.__cause__, "diag", None))
        if refusal is None:
            raise
        raise refusal from error


def _refusal(diagnosis: Any) -> RuleBroken | None:
    """The rule that PostgreSQL's answer stands for, or None when it is not a refusal of the ledger."""
    if diagnosis is None:
        return None
    match diagnosis.constraint_name:
        case "ledger_transaction_reversed_once":
            return AlreadyReversed(_("This has already been reversed."))
        case "ledger_transaction_posts_once":
            return KeyUsedForAnotherRequest(_("The idempotency key was used by another request at the same moment."))
        case "ledger_balance_floor" | "ledger_balance_nothing_left_behind":
            return LaterMovementsDepend(_("Later movements depend on these goods; reverse those first."))
    if diagnosis.sqlstate == "22003":
        return ImpossibleFigure(_("A figure is larger than the ledger can hold."))
    if diagnosis.sqlstate not in _RAISED:
        return None
    kind, sentence, field, named = _RAISED[diagnosis.sqlstate]
    figures = json.loads(diagnosis.message_detail)
    message = str(sentence) % figures
    return kind(message, errors=[FieldError(message, field, figures["posting"] - 1, str(figures.get(named, "")))])


# What the posting functions raise: by SQLSTATE the rule, its sentence, the field at fault and the figure named.
_RAISED: dict[str, tuple[type[RuleBroken], Any, str, str]] = {
    "BB001": (NotEnoughStock, lazy("%(asked)s asked, but only %(available)s is there."), "quantity", "asked"),
    "BB002": (PeriodClosed, lazy("The period through %(closed)s is closed; %(date)s is in it."), "occurred_at", "date"),
    "BB003": (
        KeyUsedForAnotherRequest,
        lazy("The idempotency key %(key)s was used for another request."),
        "idempotency_key",
        "key",
    ),
    "BB004": (UnknownAccount, lazy("The lot or the place is not known in this zone."), "lot", "lot"),
    "BB005": (NegativeInThePast, lazy("The stock would have been %(lowest)s on %(date)s."), "occurred_at", "date"),
    "BB006": (ImpossibleFigure, lazy("This quantity cannot be moved."), "quantity", "quantity"),
    "BB007": (
        ImpossibleFigure,
        lazy(
            "The mass and the amounts must be given where goods enter, with at most 5 and 2 decimals, not below zero."
        ),
        "riding",
        "figures",
    ),
}
