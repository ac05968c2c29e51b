"""Consolidated declarations: drawn up from what has left, handed over, accepted, released, and undone."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customs.declared import Relief, Scope, Share, Source, source_of
from customs.duty import Rates, assess, rates_of
from customs.models import AccountBook, Declaration, DeclarationLine, DeclarationState, DeclaredDocument, Regime
from customs.operations.book_checks import require_open_book
from customs.operations.declaration_numbers import let_go_of_number, stand_under_number
from documents.models import Document
from documents.officers import require_customs
from documents.operations import documents
from documents.operations.documents import NotAsRequired, Refusals, WrongState
from documents.operations.numbers import give_number
from documents.operations.shares import riding_of, shares_of
from ledger.operations import post, reverse
from ledger.postings import Account, Hold, Journal, Leg, MovementKind
from ledger.queries import entries_of, lots, standing_transactions_of
from registry.errors import Conflict, FieldError, RuleBroken
from registry.models import Organisation, PlaceKind, Site, User
from registry.queries import tariff_rates_for
from registry.wording import local_time_text, quantity_text

ROWS_AT_ONCE = 2000
# How many documents a refusal names before it only counts them.
MOST_NAMED = 5
ZERO = Decimal(0)


class NothingToDeclare(Conflict):
    """Nothing left in the period that is not declared already."""

    code = "nothing-to-declare"


class DrawnUpMeanwhile(Conflict):
    """Another declaration of the same period is open, or declares the same documents."""

    code = "drawn-up-meanwhile"


class ChangedSinceDrawnUp(Conflict):
    """Documents that it declares have changed since it was drawn up."""

    code = "changed-since-drawn-up"


class BatchDeclarationNotAllowed(NotAsRequired):
    """The regime of the site takes no declaration of many deliveries at once."""

    code = "batch-declaration-not-allowed"


def draw_up_declaration(
    *,
    book: AccountBook,
    declared_kind: str,
    declarant: Organisation,
    from_date: date,
    through_date: date,
    actor: User,
    at: datetime,
    request_key: UUID,
    bonded_note_number: str = "",
    remark: str = "",
) -> Declaration:
    """Draw up as a draft what a declarant took out of a book in a period and has not declared yet.

    The same request twice gives one declaration.

    Args:
        declared_kind: of the documents that are declared, as their app registered it.
        from_date, through_date: days by the clock of the site's zone, both included, of one month.
    Raises:
        NotAllowed: the actor posts no documents at the site.
        NotAsRequired: the period is not over or not of one month, or a document is not fit to be declared.
        BatchDeclarationNotAllowed: the site's regime does not take it.
        NothingToDeclare: nothing is left to be declared.
        DrawnUpMeanwhile: another declaration of the period is open.
        RequestKeyUsed: the key stands for somebody else's document.
    """
    site = book.site
    documents.require_poster(actor, site)
    scope = Scope(site, book, declarant, from_date, through_date)

    def prepare() -> Declaration:
        _require_period(scope, at)
        _require_allowed(site)
        declaration = Declaration(
            site=site,
            declared_kind=declared_kind,
            book=book,
            declarant=declarant,
            from_date=from_date,
            through_date=through_date,
            bonded_note_number=bonded_note_number.strip(),
            remark=remark,
            prepared_by=actor,
            prepared_at=at,
            request_key=request_key,
        )
        _lock(book)
        _refuse_second_open(declaration)
        shares = _undeclared(source_of(declared_kind), scope)
        give_number(document=declaration, at=at)
        documents.require_fit(declaration)
        documents.keep(declaration, actor=actor, at=at)
        _write(declaration, shares)
        return declaration

    with transaction.atomic():
        return documents.prepared_once(Declaration, request_key=request_key, actor=actor, prepare=prepare)


@dataclass(frozen=True, slots=True)
class DrawnUp:
    """What came of drawing up for everybody: declarations, and by declarant why there is none."""

    declarations: list[Declaration]
    refused: list[tuple[Organisation, RuleBroken]]


def draw_up_all(
    *,
    book: AccountBook,
    declared_kind: str,
    from_date: date,
    through_date: date,
    actor: User,
    at: datetime,
    request_key: UUID,
) -> DrawnUp:
    """Draw up a declaration for everybody who took anything out of a book in a period, each on its own.

    One whose documents are not fit stands in nobody else's way; who has declared all is passed over.

    Raises:
        NotAllowed: the actor posts no documents at the site.
        NothingToDeclare: nobody took anything out that is not declared.
        BatchDeclarationNotAllowed: as draw_up_declaration.
        NotAsRequired: there is a refusal for everybody; naming each declarant.
    """
    documents.require_poster(actor, book.site)
    drawn = DrawnUp([], [])
    for declarant in source_of(declared_kind).declarants(book, from_date, through_date):
        try:
            declaration = draw_up_declaration(
                book=book,
                declared_kind=declared_kind,
                declarant=declarant,
                from_date=from_date,
                through_date=through_date,
                actor=actor,
                at=at,
                request_key=uuid5(request_key, declarant.code),
            )
            drawn.declarations.append(declaration)
        except NothingToDeclare:
            continue
        except BatchDeclarationNotAllowed:
            raise
        except RuleBroken as refused:
            drawn.refused.append((declarant, refused))
    if drawn.refused and not drawn.declarations:
        raise NotAsRequired(
            str(drawn.refused[0][1]),
            errors=[
                FieldError(f"{declarant.name}: {refused}", field="declarant", figure=declarant.code)
                for declarant, refused in drawn.refused
            ],
        )
    if not drawn.declarations:
        words = {"from": local_time_text(from_date), "to": local_time_text(through_date), "book": book.number}
        raise NothingToDeclare(_("From %(from)s to %(to)s nothing of book %(book)s is left to declare.") % words)
    return drawn


@transaction.atomic
def draw_up_again(
    *,
    declaration: Declaration,
    actor: User,
    at: datetime,
    bonded_note_number: str | None = None,
    remark: str | None = None,
) -> Declaration:
    """Draw up a draft or returned declaration again, from what has left and came back until now.

    Args:
        bonded_note_number, remark: None leaves them as they are.
    Raises:
        NotAllowed: the actor posts no documents at the site.
        WrongState: it is submitted.
        NotAsRequired, NothingToDeclare: as draw_up_declaration.
    """
    declaration = _locked(declaration)
    documents.require_poster(actor, declaration.site)
    documents.require_open_for_change(declaration)
    _lock(declaration.book)
    declaration.lines.all().delete()
    shares = _undeclared(source_of(declaration.declared_kind), _scope_of(declaration))
    if bonded_note_number is not None:
        declaration.bonded_note_number = bonded_note_number.strip()
    if remark is not None:
        declaration.remark = remark
    documents.require_fit(declaration)
    documents.keep(declaration, actor=actor, at=at)
    _write(declaration, shares)
    return declaration


@transaction.atomic
def submit_declaration(*, declaration: Declaration, actor: User, at: datetime) -> Declaration:
    """Hand the declaration over to whoever accepts it.

    Raises:
        NotAllowed: the actor posts no documents at the site.
        ChangedSinceDrawnUp: naming documents of which something came back, or that became void.
        WrongState: it is neither a draft nor returned.
    """
    declaration = _locked(declaration)
    documents.require_poster(actor, declaration.site)
    documents.move_on(declaration, "submit")
    _require_unchanged(declaration)
    declaration.submitted_at = at
    documents.keep(declaration, actor=actor, at=at)
    return declaration


@transaction.atomic
def return_declaration(*, declaration: Declaration, actor: User, at: datetime, reason: str) -> Declaration:
    """Give a submitted declaration back for correction.

    Raises:
        NotAllowed, OwnWork: customs decides at the site by others, or the actor prepared the document.
        NotAsRequired: there is no reason.
        WrongState: it is not submitted.
    """
    declaration = _locked(declaration)
    for_customs = require_customs(actor, declaration.site)
    documents.require_second_person(declaration, actor)
    reason = documents.require_reason(reason)
    documents.move_on(declaration, "send_back")
    documents.keep(declaration, actor=actor, at=at, reason=reason, for_customs=for_customs)
    return declaration


@transaction.atomic
def accept_declaration(*, declaration: Declaration, actor: User, at: datetime, declaration_number: str) -> Declaration:
    """Accept the declaration: the book pre-deducts it, and what it is not relieved of is payable at today's rates.

    Args:
        declaration_number: that customs gave it.
    Raises:
        NotAllowed, OwnWork: customs decides at the site by others, or the actor prepared the document.
        NotAsRequired: the number is missing, has not the regime's form, or another document stands under it.
        ChangedSinceDrawnUp: naming documents of which something came back, or that became void.
        NotEnoughStock: the book holds less than that of a lot.
        NoTariffRate: a lot has no rate on the day.
        WrongState: it is not submitted.
    """
    declaration = _locked(declaration)
    for_customs = require_customs(actor, declaration.site)
    documents.require_second_person(declaration, actor)
    documents.move_on(declaration, "accept")
    stand_under_number(document=declaration, number=declaration_number)
    today = documents.customs_date(declaration, at)
    require_open_book(declaration.book, on_date=today)
    _lock_documents(declaration)
    _require_unchanged(declaration)
    lines = list(declaration.lines.select_related("item").order_by("row"))
    _pre_deduct(declaration, lines, actor, at)
    _assess(lines, today)
    DeclarationLine.objects.bulk_update(lines, _FIXED_AT_ACCEPTANCE, batch_size=ROWS_AT_ONCE)
    declaration.accepted_by, declaration.accepted_at = actor, at
    documents.keep(declaration, actor=actor, at=at, for_customs=for_customs)
    _mark(declaration, is_declared=True, actor=actor, at=at)
    return declaration


@transaction.atomic
def release_declaration(*, declaration: Declaration, actor: User, at: datetime) -> Declaration:
    """Release the declaration: the book deducts what is still out; what came back meanwhile it holds free again.

    Raises:
        NotAllowed, OwnWork: customs decides at the site by others, or the actor prepared the document.
        WrongState: it is not accepted.
        PeriodClosed: the day lies in a closed period.
    """
    declaration = _locked(declaration)
    for_customs = require_customs(actor, declaration.site)
    documents.require_second_person(declaration, actor)
    documents.move_on(declaration, "release")
    _lock_documents(declaration)
    linked = _documents_of(declaration)
    out = _still_out(declaration, linked)
    for one in linked:
        one.deducted_quantity = min(out.get((one.document_id, one.lot_id), ZERO), one.quantity)
    DeclaredDocument.objects.bulk_update(linked, ["deducted_quantity"], batch_size=ROWS_AT_ONCE)
    _deduct(declaration, linked, actor, at)
    declaration.released_by, declaration.released_at = actor, at
    documents.keep(declaration, actor=actor, at=at, for_customs=for_customs)
    return declaration


@transaction.atomic
def close_declaration(*, declaration: Declaration, actor: User, at: datetime) -> Declaration:
    """Close a released declaration: its lines are written off.

    Raises:
        NotAllowed, OwnWork: customs decides at the site by others, or the actor prepared the document.
        WrongState: it is not released.
    """
    declaration = _locked(declaration)
    for_customs = require_customs(actor, declaration.site)
    documents.require_second_person(declaration, actor)
    documents.move_on(declaration, "close")
    documents.keep(declaration, actor=actor, at=at, for_customs=for_customs)
    return declaration


@transaction.atomic
def void_declaration(*, declaration: Declaration, actor: User, at: datetime, reason: str) -> Declaration:
    """Give up a declaration that is not released; what was pre-deducted is free; its documents may be declared anew.

    Raises:
        NotAllowed: the actor posts no documents at the site; for an accepted one: customs decides there by others.
        OwnWork: an accepted one is given up by another than who prepared it.
        NotAsRequired: there is no reason.
        WrongState: it is released, or void.
    """
    declaration = _locked(declaration)
    for_customs = False
    if declaration.state == DeclarationState.ACCEPTED:
        for_customs = require_customs(actor, declaration.site)
        documents.require_second_person(declaration, actor)
    else:
        documents.require_poster(actor, declaration.site)
    return _undo(declaration, "make_void", actor, at, reason, for_customs=for_customs)


@transaction.atomic
def reverse_declaration(*, declaration: Declaration, actor: User, at: datetime, reason: str) -> Declaration:
    """Take a released declaration back: the book holds again what it had deducted, and it may be declared anew.

    Raises:
        NotAllowed, OwnWork: customs decides at the site by others, or the actor prepared the document.
        NotAsRequired: there is no reason.
        ChangedSinceDrawnUp: naming documents of which something came back, or was cleared, after the release.
        WrongState: it is not released.
    """
    declaration = _locked(declaration)
    for_customs = require_customs(actor, declaration.site)
    documents.require_second_person(declaration, actor)
    _lock_documents(declaration)
    linked = _documents_of(declaration)
    out = _still_out(declaration, linked)
    changed = [one for one in linked if out.get((one.document_id, one.lot_id), ZERO) != one.deducted_quantity]
    if changed:
        message = _("Fuel or goods of %(numbers)s came back or were cleared after %(declaration)s was released.")
        words = {"numbers": _named(one.document_number for one in changed), "declaration": declaration.number}
        raise ChangedSinceDrawnUp(message % words, errors=[FieldError(message % words, figure=words["numbers"])])
    return _undo(declaration, "reverse", actor, at, reason, for_customs=for_customs)


def require_not_pre_deducted(document: Document) -> None:
    """Raise WrongState while an accepted declaration that is not released yet declares the document."""
    declaration = _standing_on(document, DeclarationState.ACCEPTED)
    if declaration is not None:
        words = {"number": document.number, "declaration": declaration.number}
        message = _("%(number)s stands on %(declaration)s, which is accepted but not released. Release it first.")
        raise WrongState(message % words)


def require_not_declared(document: Document) -> None:
    """Raise WrongState while a declaration that customs accepted declares the document, naming it and its number."""
    accepted = (DeclarationState.ACCEPTED, DeclarationState.RELEASED, DeclarationState.CLOSED)
    declaration = _standing_on(document, *accepted)
    if declaration is not None:
        words = {"number": document.number, "declaration": declaration.number, "its": declaration.declaration_number}
        message = _("%(number)s is declared: %(declaration)s stands under %(its)s. Customs has to undo that first.")
        raise WrongState(message % words, errors=[FieldError(message % words, figure=declaration.declaration_number)])


def _standing_on(document: Document, *states: DeclarationState) -> Declaration | None:
    """The declaration in one of the states that declares the document."""
    standing: Any = DeclaredDocument.objects.filter(
        document_kind=document.kind, document_id=document.pk, is_standing=True, line__declaration__state__in=states
    )
    found = standing.select_related("line__declaration").first()
    return found.line.declaration if found is not None else None


_FIXED_AT_ACCEPTANCE = [
    *("net_mass_kg", "released_value_cny", "released_duty_cny", "released_consumption_tax_cny", "released_vat_cny"),
    *("customs_value_cny", "duty_cny", "consumption_tax_cny", "vat_cny", "duty_rate", "vat_rate"),
    *("consumption_tax_rate", "consumption_tax_cny_per_unit"),
]


def _locked(declaration: Declaration) -> Declaration:
    return documents.locked(declaration, "book__site", "declarant")


def _lock(book: AccountBook) -> None:
    """One declaration of a book is drawn up at a time, so that none counts on what another is just taking up."""
    AccountBook.objects.select_for_update(of=("self",), no_key=True).get(pk=book.pk)


def _scope_of(declaration: Declaration) -> Scope:
    return Scope(
        declaration.site, declaration.book, declaration.declarant, declaration.from_date, declaration.through_date
    )


# A declaration never crosses the year's end, so December is declared on its last day.
LAST_DAY_OF_THE_YEAR = (12, 31)


def _require_period(scope: Scope, at: datetime) -> None:
    refusals = Refusals()
    today = documents.customs_day(scope.site, at)
    first, last = scope.from_date, scope.through_date
    if first > last:
        refusals.add(_("The period ends before it begins."), "through_date", None, last)
    elif (first.year, first.month) != (last.year, last.month):
        refusals.add(_("A declaration is of days of one month."), "through_date", None, last)
    elif last > today or (last == today and (last.month, last.day) != LAST_DAY_OF_THE_YEAR):
        words = {"day": local_time_text(last)}
        refusals.add(_("%(day)s is not over yet.") % words, "through_date", None, last)
    refusals.raise_if_any()


def _require_allowed(site: Site) -> None:
    regime = Regime.objects.get(code=site.regime)
    if not regime.allows_batch_declaration:
        words = {"regime": regime, "site": site.code}
        message = _("%(site)s is under the regime “%(regime)s”, which does not take many deliveries at once.") % words
        raise BatchDeclarationNotAllowed(message, errors=[FieldError(message, field="book", figure=site.code)])


def _refuse_second_open(declaration: Declaration) -> None:
    rows: Any = Declaration.objects.filter(
        site=declaration.site,
        book=declaration.book,
        declared_kind=declaration.declared_kind,
        declarant=declaration.declarant,
        from_date=declaration.from_date,
        state__in=[DeclarationState.DRAFT, DeclarationState.SUBMITTED, DeclarationState.RETURNED],
    )
    found = rows.first()
    if found is not None:
        words = {"number": found.number, "state": found.get_state_display()}
        message = _("%(number)s of the same declarant and period is in the state “%(state)s”. Go on with it.") % words
        raise DrawnUpMeanwhile(message, errors=[FieldError(message, field="declarant", figure=found.number)])


def _undeclared(source: Source, scope: Scope) -> list[Share]:
    """What of a scope stands on no declaration yet."""
    shares = source.shares(scope)
    ids = {share.document.id for share in shares}
    standing = DeclaredDocument.objects.filter(document_kind=source.kind, document_id__in=ids, is_standing=True)
    declared = set(standing.values_list("document_id", "lot"))
    left = [share for share in shares if (share.document.id, share.lot_id) not in declared]
    if not left:
        words = {
            "declarant": scope.declarant.name,
            "from": local_time_text(scope.from_date),
            "to": local_time_text(scope.through_date),
        }
        message = _("%(declarant)s has nothing to declare from %(from)s to %(to)s.") % words
        raise NothingToDeclare(message, errors=[FieldError(message, field="declarant", figure=scope.declarant.code)])
    return left


def _write(declaration: Declaration, shares: Sequence[Share]) -> None:
    """The lines: one for each lot, country and relief; below each the documents that it declares."""
    grouped: defaultdict[tuple[int, str, Relief], list[Share]] = defaultdict(list)
    for share in shares:
        grouped[share.lot_id, share.destination, share.relief].append(share)
    items = dict(lots().filter(pk__in={lot_id for lot_id, _to, _relief in grouped}).values_list("pk", "item"))
    lines, linked = [], []
    ordered = sorted(grouped.items(), key=lambda entry: (entry[0][0], entry[0][1], str(entry[0][2])))
    for row, ((lot_id, destination, relief), of_line) in enumerate(ordered, start=1):
        line = DeclarationLine(
            declaration=declaration,
            row=row,
            lot_id=lot_id,
            item_id=items[lot_id],
            destination=destination,
            relieves_duty=relief.duty,
            relieves_consumption_tax=relief.consumption_tax,
            relieves_vat=relief.vat,
            quantity=sum((share.quantity for share in of_line), ZERO),
        )
        lines.append(line)
        linked += [
            DeclaredDocument(
                line=line,
                document_kind=share.document.kind,
                document_id=share.document.id,
                document_number=share.document.number,
                occurred_at=share.occurred_at,
                lot_id=lot_id,
                quantity=share.quantity,
            )
            for share in of_line
        ]
    DeclarationLine.objects.bulk_create(lines)
    DeclaredDocument.objects.bulk_create(linked, batch_size=ROWS_AT_ONCE)


def _documents_of(declaration: Declaration) -> list[DeclaredDocument]:
    rows: Any = DeclaredDocument.objects.filter(line__declaration=declaration).select_related("line")
    return list(rows.order_by("line__row", "pk"))


def _lock_documents(declaration: Declaration) -> None:
    """What is out of the documents stays so until the transaction ends: a defuel would post by the state before."""
    source_of(declaration.declared_kind).lock(_ids_of(declaration))


def _ids_of(declaration: Declaration) -> set[int]:
    rows: Any = DeclaredDocument.objects.filter(line__declaration=declaration)
    return set(rows.values_list("document_id", flat=True))


def _still_out(declaration: Declaration, linked: Iterable[DeclaredDocument]) -> Mapping[tuple[int, int], Decimal]:
    return source_of(declaration.declared_kind).still_out({one.document_id for one in linked})


def _require_unchanged(declaration: Declaration) -> None:
    linked = _documents_of(declaration)
    out = _still_out(declaration, linked)
    changed = [one for one in linked if out.get((one.document_id, one.lot_id), ZERO) != one.quantity]
    if not changed:
        return
    first = changed[0]
    words = {
        "numbers": _named(one.document_number for one in changed),
        "first": first.document_number,
        "declared": quantity_text(first.quantity),
        "out": quantity_text(out.get((first.document_id, first.lot_id), ZERO)),
    }
    message = _(
        "%(numbers)s changed since it was drawn up: of %(first)s it declares %(declared)s, but %(out)s are out."
        " Draw it up again."
    )
    raise ChangedSinceDrawnUp(message % words, errors=[FieldError(message % words, figure=first.document_number)])


def _named(numbers: Iterable[str]) -> str:
    known = sorted(set(numbers))
    more = len(known) - MOST_NAMED
    told = ", ".join(known[:MOST_NAMED])
    if more <= 0:
        return told
    return ngettext("%(numbers)s and %(more)s more", "%(numbers)s and %(more)s more", more) % {
        "numbers": told,
        "more": more,
    }


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


def _undo(
    declaration: Declaration, transition: str, actor: User, at: datetime, reason: str, *, for_customs: bool
) -> Declaration:
    reason = documents.require_reason(reason)
    documents.move_on(declaration, transition)
    reverse(
        transaction_ids=standing_transactions_of(document_kind=declaration.kind, document_id=declaration.pk),
        actor_id=actor.pk,
        occurred_at=at,
        reason=reason,
        idempotency_key=f"{declaration.kind}:{declaration.pk}:{transition}",
    )
    DeclaredDocument.objects.filter(line__declaration=declaration).update(is_standing=False)
    declaration.undone_at = at
    let_go_of_number(document=declaration)
    documents.keep(declaration, actor=actor, at=at, reason=reason, for_customs=for_customs)
    if declaration.accepted_at is not None:
        _mark(declaration, is_declared=False, actor=actor, at=at)
    return declaration


def _mark(declaration: Declaration, *, is_declared: bool, actor: User, at: datetime) -> None:
    ids = _ids_of(declaration)
    source_of(declaration.declared_kind).mark(document_ids=ids, is_declared=is_declared, actor=actor, at=at)
