"""Consolidated declarations handed over, accepted, released, and undone."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from customs.declarations.operations.drawing_up import ROWS_AT_ONCE
from customs.declarations.operations.standing import (
    documents_of,
    lock_documents,
    mark_documents,
    require_unchanged,
    require_unchanged_since_release,
    still_out,
)
from customs.duty import Rates, assess, rates_of
from customs.models import Declaration, DeclarationLine, DeclarationState, DeclaredDocument
from customs.operations.book_checks import require_open_book
from customs.operations.declaration_numbers import let_go_of_number, stand_under_number
from documents.operations import documents
from documents.operations.acts import BY_CUSTOMS, BY_POSTERS, Who, act, take_back_act
from documents.operations.shares import riding_of, shares_of
from ledger.operations import post, reverse
from ledger.postings import Account, Hold, Journal, Leg, MovementKind
from ledger.queries import entries_of, lots, standing_transactions_of
from registry.models import PlaceKind, User
from registry.queries import tariff_rates_for

ZERO = Decimal(0)


@act(
    Declaration,
    "submit",
    DeclarationState.DRAFT,
    DeclarationState.RETURNED,
    to=DeclarationState.SUBMITTED,
    who=BY_POSTERS,
)
def submit_declaration(*, declaration: Declaration, actor: User, at: datetime) -> Declaration:
    """Hand the declaration over to whoever accepts it.

    Raises:
        ChangedSinceDrawnUp: naming documents of which something came back, or that became void.
    """
    require_unchanged(declaration)
    declaration.submitted_at = at
    return declaration


take_back_declaration = take_back_act(Declaration, "declaration", DeclarationState.SUBMITTED, to=DeclarationState.DRAFT)


@act(
    Declaration,
    "return",
    DeclarationState.SUBMITTED,
    to=DeclarationState.RETURNED,
    who=BY_CUSTOMS,
    not_by=("prepared_by",),
    with_reason=True,
)
def return_declaration(*, declaration: Declaration, actor: User, at: datetime, reason: str) -> Declaration:
    """Give a submitted declaration back for correction."""
    return declaration


@act(
    Declaration,
    "accept",
    DeclarationState.SUBMITTED,
    to=DeclarationState.ACCEPTED,
    who=BY_CUSTOMS,
    not_by=("prepared_by",),
    related=("book",),
)
def accept_declaration(*, declaration: Declaration, actor: User, at: datetime, declaration_number: str) -> Declaration:
    """Accept the declaration: the book pre-deducts it, and what it is not relieved of is payable at today's rates.

    Args:
        declaration_number: that customs gave it.
    Raises:
        NotAsRequired: the number is missing, has not the regime's form, or another document stands under it.
        ChangedSinceDrawnUp: naming documents of which something came back, or that became void.
        NotEnoughStock: the book holds less than that of a lot.
        NoTariffRate: a lot has no rate on the day.
    Source: receipt INV201 of customs' system for special supervision areas (金关二期): pre-posted.
    """
    stand_under_number(document=declaration, number=declaration_number)
    today = documents.customs_date(declaration, at)
    require_open_book(declaration.book, on_date=today)
    lock_documents(declaration)
    require_unchanged(declaration)
    lines = list(declaration.lines.select_related("item").order_by("row"))
    _pre_deduct(declaration, lines, actor, at)
    _assess(lines, today)
    DeclarationLine.objects.bulk_update(lines, _FIXED_AT_ACCEPTANCE, batch_size=ROWS_AT_ONCE)
    declaration.accepted_by, declaration.accepted_at = actor, at
    mark_documents(declaration, is_declared=True, actor=actor, at=at)
    return declaration


@act(
    Declaration,
    "release",
    DeclarationState.ACCEPTED,
    to=DeclarationState.RELEASED,
    who=BY_CUSTOMS,
    not_by=("prepared_by",),
    related=("book",),
)
def release_declaration(*, declaration: Declaration, actor: User, at: datetime) -> Declaration:
    """Release the declaration: the book deducts what is still out; what came back meanwhile it holds free again.

    Raises:
        PeriodClosed: the day lies in a closed period.
    Source: receipt INV211 of customs' system for special supervision areas (金关二期): posted.
    """
    lock_documents(declaration)
    linked = documents_of(declaration)
    out = still_out(declaration, linked)
    for one in linked:
        one.deducted_quantity = min(out.get((one.document_id, one.lot_id), ZERO), one.quantity)
    DeclaredDocument.objects.bulk_update(linked, ["deducted_quantity"], batch_size=ROWS_AT_ONCE)
    _deduct(declaration, linked, actor, at)
    declaration.released_by, declaration.released_at = actor, at
    return declaration


@act(
    Declaration,
    "close",
    DeclarationState.RELEASED,
    to=DeclarationState.CLOSED,
    who=BY_CUSTOMS,
    not_by=("prepared_by",),
)
def close_declaration(*, declaration: Declaration, actor: User, at: datetime) -> Declaration:
    """Close a released declaration: its lines are written off."""
    return declaration


def _who_gives_up(declaration: Declaration) -> Who:
    """Before it is accepted, whoever posts; after that customs."""
    return BY_CUSTOMS if declaration.state == DeclarationState.ACCEPTED else BY_POSTERS


def _is_accepted_and_own(user: User, declaration: Declaration) -> bool:
    return declaration.state == DeclarationState.ACCEPTED and declaration.prepared_by_id == user.pk


@act(
    Declaration,
    "void",
    DeclarationState.DRAFT,
    DeclarationState.RETURNED,
    DeclarationState.SUBMITTED,
    DeclarationState.ACCEPTED,
    to=DeclarationState.VOID,
    who=_who_gives_up,
    is_kept_away=_is_accepted_and_own,
    with_reason=True,
)
def void_declaration(*, declaration: Declaration, actor: User, at: datetime, reason: str) -> Declaration:
    """Give up a declaration that is not released; what was pre-deducted is free; its documents may be declared anew.

    Raises:
        OwnWork: an accepted one is given up by another than who prepared it.
    """
    if declaration.accepted_at is not None:
        documents.require_second_person(declaration, actor)
    _undo(declaration, "make_void", actor, at, reason)
    return declaration


@act(
    Declaration,
    "reverse",
    DeclarationState.RELEASED,
    DeclarationState.CLOSED,
    to=DeclarationState.REVERSED,
    who=BY_CUSTOMS,
    not_by=("prepared_by",),
    with_reason=True,
)
def reverse_declaration(*, declaration: Declaration, actor: User, at: datetime, reason: str) -> Declaration:
    """Take a released declaration back: the book holds again what it had deducted, and it may be declared anew.

    Raises:
        ChangedSinceDrawnUp: naming documents of which something came back, or was cleared, after the release.
    """
    lock_documents(declaration)
    require_unchanged_since_release(declaration)
    _undo(declaration, "reverse", actor, at, reason)
    return declaration


_FIXED_AT_ACCEPTANCE = [
    *("net_mass_kg", "released_value_cny", "released_duty_cny", "released_consumption_tax_cny", "released_vat_cny"),
    *("customs_value_cny", "duty_cny", "consumption_tax_cny", "vat_cny", "duty_rate", "vat_rate"),
    *("consumption_tax_rate", "consumption_tax_cny_per_unit"),
]


def _pre_deduct(declaration: Declaration, lines: Sequence[DeclarationLine], actor: User, at: datetime) -> None:
    place_id = declaration.book.place_id
    free, reserved = Account(place_id), Account(place_id, Hold.RESERVED)
    legs = [Leg(Journal.CUSTOMS, line.lot_id, free, reserved, line.quantity) for line in lines]
    posting = documents.posting_of(declaration, "accept", kind=MovementKind.RESERVED, legs=legs, occurred_at=at)
    post(zone_id=declaration.site.zone_id, actor_id=actor.pk, postings=[posting])
    for line, entry in zip(lines, _pre_deducted(declaration), strict=True):
        line.net_mass_kg = entry.net_mass_kg
        line.released_value_cny = entry.customs_value_cny
        line.released_duty_cny = entry.duty_cny
        line.released_consumption_tax_cny = entry.consumption_tax_cny
        line.released_vat_cny = entry.vat_cny


def _pre_deducted(declaration: Declaration) -> list[Any]:
    """What the book set apart for each line, in the order of the lines."""
    entries = entries_of(
        document=documents.in_ledger(declaration),
        journal=Journal.CUSTOMS,
        hold=Hold.RESERVED,
        kinds=[MovementKind.RESERVED],
    ).filter(transaction__reversal_of=None)
    return list(entries.select_related(None).order_by("transaction_id", "line"))


def _assess(lines: Sequence[DeclarationLine], today: date) -> None:
    known = lots().in_bulk({line.lot_id for line in lines})
    of_lots = [known[line.lot_id] for line in lines]
    tariff_rates = tariff_rates_for([(lot.tariff_code, lot.origin) for lot in of_lots], today)
    for number, (line, tariff_rate) in enumerate(zip(lines, tariff_rates, strict=True)):
        rates = _without_relieved(rates_of(tariff_rate), line)
        value_cny: Any = line.released_value_cny
        payable = assess(value_cny=value_cny, quantity=line.quantity, rates=rates, row=number)
        line.take(payable, rates)


def _without_relieved(rates: Rates, line: DeclarationLine) -> Rates:
    """The rates of what is payable: a tax that is relieved of is in the base of no other."""
    return Rates(
        duty_rate=ZERO if line.relieves_duty else rates.duty_rate,
        consumption_tax_rate=ZERO if line.relieves_consumption_tax else rates.consumption_tax_rate,
        consumption_tax_cny_per_unit=ZERO if line.relieves_consumption_tax else rates.consumption_tax_cny_per_unit,
        vat_rate=ZERO if line.relieves_vat else rates.vat_rate,
    )


def _deduct(declaration: Declaration, linked: Sequence[DeclaredDocument], actor: User, at: datetime) -> None:
    """Line by line what is still out leaves for abroad, with its share of what was set apart for the line."""
    by_line: defaultdict[int, Decimal] = defaultdict(Decimal)
    for one in linked:
        by_line[one.line_id] += one.deducted_quantity or ZERO
    place_id = declaration.book.place_id
    reserved, free = Account(place_id, Hold.RESERVED), Account(place_id)
    abroad = Account(documents.boundary(declaration.site, PlaceKind.ABROAD).pk)
    gone, back = [], []
    for line, entry in zip(declaration.lines.order_by("row"), _pre_deducted(declaration), strict=True):
        out, came_back = by_line[line.pk], line.quantity - by_line[line.pk]
        shares = shares_of(riding_of(entry), [quantity for quantity in (out, came_back) if quantity])
        if out:
            gone.append(Leg(Journal.CUSTOMS, line.lot_id, reserved, abroad, out, next(shares)))
        if came_back:
            back.append(Leg(Journal.CUSTOMS, line.lot_id, reserved, free, came_back, next(shares)))
    kinds = (("release", MovementKind.RE_EXPORTED, gone), ("set-free", MovementKind.UNRESERVED, back))
    post(
        zone_id=declaration.site.zone_id,
        actor_id=actor.pk,
        postings=[
            documents.posting_of(declaration, act, kind=kind, legs=legs, occurred_at=at)
            for act, kind, legs in kinds
            if legs
        ],
    )


def _undo(declaration: Declaration, act_name: str, actor: User, at: datetime, reason: str) -> None:
    reverse(
        transaction_ids=standing_transactions_of(document_kind=declaration.kind, document_id=declaration.pk),
        actor_id=actor.pk,
        occurred_at=at,
        reason=reason,
        idempotency_key=f"{declaration.kind}:{declaration.pk}:{act_name}",
    )
    DeclaredDocument.objects.filter(line__declaration=declaration).update(is_standing=False)
    declaration.undone_at = at
    let_go_of_number(document=declaration)
    if declaration.accepted_at is not None:
        mark_documents(declaration, is_declared=False, actor=actor, at=at)
