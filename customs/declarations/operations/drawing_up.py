"""Consolidated declarations drawn up from what has left, each for one declarant, book and month."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from customs.declared import Relief, Scope, Share, Source, source_of
from customs.models import AccountBook, Declaration, DeclarationLine, DeclarationState, DeclaredDocument, Regime
from documents.operations import documents
from documents.operations.acts import BY_POSTERS, act
from documents.operations.documents import NotAsRequired, Refusals
from documents.operations.numbers import give_number
from ledger.queries import lots
from registry.errors import Conflict, FieldError, RuleBroken
from registry.models import Organisation, Site, User
from registry.wording import local_time_text

ROWS_AT_ONCE = 2000
# A declaration never crosses the year's end, so December is declared on its last day.
LAST_DAY_OF_THE_YEAR = (12, 31)


class NothingToDeclare(Conflict):
    """Nothing left in the period that is not declared already."""

    code = "nothing-to-declare"


class DrawnUpMeanwhile(Conflict):
    """Another declaration of the same period is open, or declares the same documents."""

    code = "drawn-up-meanwhile"


class BatchDeclarationNotAllowed(NotAsRequired):
    """The regime of the site takes no consolidated declaration."""

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
    Source: GACC Order 169 (2008) on consolidated declaration.
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


@act(
    Declaration,
    "redraw",
    DeclarationState.DRAFT,
    DeclarationState.RETURNED,
    who=BY_POSTERS,
    related=("book__site", "declarant"),
)
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
        NotAsRequired, NothingToDeclare: as draw_up_declaration.
    """
    _lock(declaration.book)
    declaration.lines.all().delete()
    shares = _undeclared(source_of(declaration.declared_kind), _scope_of(declaration))
    if bonded_note_number is not None:
        declaration.bonded_note_number = bonded_note_number.strip()
    if remark is not None:
        declaration.remark = remark
    documents.require_fit(declaration)
    _write(declaration, shares)
    return declaration


def _lock(book: AccountBook) -> None:
    """One declaration of a book is drawn up at a time, so that none counts on what another is just taking up."""
    AccountBook.objects.select_for_update(of=("self",), no_key=True).get(pk=book.pk)


def _scope_of(declaration: Declaration) -> Scope:
    return Scope(
        declaration.site, declaration.book, declaration.declarant, declaration.from_date, declaration.through_date
    )


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
        message = _("%(site)s is under the regime “%(regime)s”, which does not allow consolidated declaration.") % words
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
            quantity=sum((share.quantity for share in of_line), Decimal(0)),
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
