"""The documents that a declaration declares: what of them is still out, and what they cannot do meanwhile."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customs.declared import source_of
from customs.models import Declaration, DeclarationState, DeclaredDocument
from documents.models import Document
from documents.operations.documents import WrongState
from registry.errors import Conflict, FieldError
from registry.models import User
from registry.wording import quantity_text

# How many documents a refusal names before it only counts them.
MOST_NAMED = 5
ZERO = Decimal(0)


class ChangedSinceDrawnUp(Conflict):
    """Documents that it declares have changed since it was drawn up."""

    code = "changed-since-drawn-up"


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


def documents_of(declaration: Declaration) -> list[DeclaredDocument]:
    """What it declares, in the order of its lines."""
    rows: Any = DeclaredDocument.objects.filter(line__declaration=declaration).select_related("line")
    return list(rows.order_by("line__row", "pk"))


def lock_documents(declaration: Declaration) -> None:
    """What is out of the documents stays so until the transaction ends: a defuel would post by the state before."""
    source_of(declaration.declared_kind).lock(_ids_of(declaration))


def _ids_of(declaration: Declaration) -> set[int]:
    rows: Any = DeclaredDocument.objects.filter(line__declaration=declaration)
    return set(rows.values_list("document_id", flat=True))


def still_out(declaration: Declaration, linked: Iterable[DeclaredDocument]) -> Mapping[tuple[int, int], Decimal]:
    """By document and lot what is out."""
    return source_of(declaration.declared_kind).still_out({one.document_id for one in linked})


def mark_documents(declaration: Declaration, *, is_declared: bool, actor: User, at: datetime) -> None:
    """Tell the documents that they stand on an accepted declaration, or do no more."""
    ids = _ids_of(declaration)
    source_of(declaration.declared_kind).mark(document_ids=ids, is_declared=is_declared, actor=actor, at=at)


def require_unchanged(declaration: Declaration) -> None:
    """Raise ChangedSinceDrawnUp naming documents of which something came back, or that became void."""
    linked = documents_of(declaration)
    out = still_out(declaration, linked)
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


def require_unchanged_since_release(declaration: Declaration) -> None:
    """Raise ChangedSinceDrawnUp naming documents of which something came back, or was cleared, after the release."""
    linked = documents_of(declaration)
    out = still_out(declaration, linked)
    changed = [one for one in linked if out.get((one.document_id, one.lot_id), ZERO) != one.deducted_quantity]
    if changed:
        message = _("Fuel or goods of %(numbers)s came back or were cleared after %(declaration)s was released.")
        words = {"numbers": _named(one.document_number for one in changed), "declaration": declaration.number}
        raise ChangedSinceDrawnUp(message % words, errors=[FieldError(message % words, figure=words["numbers"])])


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
