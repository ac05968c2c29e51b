"""Declaration numbers: their form, one standing document for each, and the correction of a wrong one."""

import unicodedata
from datetime import datetime
from functools import wraps
from typing import Any, TypeVar, cast

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customs.models import DeclarationNumber, Regime
from customs.models.declaration_numbers import pattern_of
from documents.models import Document
from documents.operations import documents
from documents.operations.acts import BY_ALL_WHO_ACT, BY_DECIDERS, Act, Operation, Who
from documents.operations.documents import DECIDERS, POSTERS, NotAsRequired, WrongState
from registry.errors import FieldError
from registry.identity import folded_key
from registry.models import Site, User
from registry.rules import require_role

FIELD = "declaration_number"
# A document in one of these stands under no number: it is still written, or undone.
_WITHOUT = frozenset({"draft", "submitted", "returned", "advised", "void", "reversed"})

AnyDocument = TypeVar("AnyDocument", bound=Document)


def written_number(
    *, site: Site, number: str, document: Document | None = None, row: int | None = None, field: str = FIELD
) -> str:
    """A declaration number as it is kept; empty stays empty, because a draft may not have it yet.

    Blanks and full-width digits of Chinese keyboards are taken for what they mean.

    Args:
        document: that is to stand under it; None while it is not saved.
        row: of a file or request with several.
        field: that it was typed in.
    Raises:
        NotAsRequired: it has not the form of the site's regime, or another document of the zone stands under it.
    """
    kept = "".join(unicodedata.normalize("NFKC", number).upper().split())
    if not kept:
        return ""
    form = Regime.objects.values_list("declaration_number_form", flat=True).get(pk=site.regime)
    if not pattern_of(form).fullmatch(kept):
        words = {"number": number.strip(), "form": form_in_words(form)}
        raise _refused(
            _("“%(number)s” is no customs declaration number: %(form)s are expected.") % words, kept, row, field
        )
    _require_not_taken(site, kept, document, row, field)
    return kept


def form_in_words(form: str) -> str:
    """The form of a regime's numbers as a person is told it."""
    if set(form) == {"#"}:
        return ngettext("%(count)s digit", "%(count)s digits", len(form)) % {"count": len(form)}
    return _("signs of the form %(form)s (# a digit, @ a letter, * either)") % {"form": form.replace("|", " / ")}


@transaction.atomic
def stand_under_number(*, document: AnyDocument, number: str | None = None) -> AnyDocument:
    """Put a document under its declaration number, which it needs; called by the act that customs decides.

    The document is not saved here. Of two documents that come at once with one number the second is refused.

    Args:
        number: that is given with the act; None takes the one that the document has.
    Raises:
        NotAsRequired: there is none, it has not the regime's form, or another document stands under it.
    """
    mine: Any = document
    kept = written_number(
        site=document.site, number=mine.declaration_number if number is None else number, document=document
    )
    if not kept:
        message = _("%(number)s has no customs declaration number. It is accepted and released under one.")
        raise _refused(message % {"number": document.number}, "", None)
    row = _row_of(document).first() or DeclarationNumber(
        zone_id=document.site.zone_id,
        document_kind=document.kind,
        document_id=document.pk,
        document_number=document.number,
    )
    row.number, row.key = kept, folded_key(kept)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        _require_not_taken(document.site, kept, document, None)
        raise
    mine.declaration_number = kept
    return document


def let_go_of_number(*, document: Document) -> None:
    """Let others stand under a document's number: it is void or reversed."""
    _row_of(document).delete()


@transaction.atomic
def correct_declaration_number(
    *, document: AnyDocument, declaration_number: str, actor: User, at: datetime, reason: str = ""
) -> AnyDocument:
    """Put a wrong declaration number right, or enter the one that is still missing, after acceptance.

    Who posts may enter a missing one; a wrong one is put right by somebody else than who prepared the document.

    Args:
        reason: why; only where there was a number before.
    Raises:
        NotAllowed, OwnWork: the actor decides nothing at the site, or prepared the document.
        NotAsRequired: no reason or number, the number that it has, another form, or another document's.
        WrongState: it is a draft, not accepted yet, void or reversed.
    """
    document = documents.locked(document)
    former = document.declaration_number  # type: ignore[attr-defined]
    if former:
        documents.require_decider(actor, document.site)
        documents.require_second_person(document, actor)
    else:
        require_role(actor, document.site, *POSTERS, *DECIDERS)
    if not stands(document):
        words = {"number": document.number}
        raise WrongState(_("%(number)s stands under no declaration number now: it is not accepted, or undone.") % words)
    if former:
        reason = documents.require_reason(reason)
    if folded_key(declaration_number) == folded_key(former):
        message = _("%(number)s stands under this declaration number already.") % {"number": document.number}
        raise _refused(message, declaration_number, None)
    stand_under_number(document=document, number=declaration_number)
    documents.keep(document, actor=actor, at=at, reason=reason)
    return document


def number_act(model: type[Document], *states: str) -> Operation[..., Any]:
    """The correction as an act on a kind of document, in the states in which it stands under a number.

    It tells by itself who may and in which state, by whether there was a number before.
    """

    @wraps(correct_declaration_number)
    def correct(**given: Any) -> Any:
        return correct_declaration_number(**given)

    found = cast("Operation[..., Any]", correct)
    found.act = Act(
        name="number",
        model=model,
        argument="document",
        states=frozenset(states),
        who=_who_numbers,
        is_due=stands,
        is_kept_away=_is_own_number,
    )
    return found


def _who_numbers(document: Any) -> Who:
    return BY_DECIDERS if document.declaration_number else BY_ALL_WHO_ACT


def _is_own_number(user: User, document: Any) -> bool:
    return bool(document.declaration_number) and document.prepared_by_id == user.pk


def stands(document: Any) -> bool:
    """Whether the document is one that stands under a declaration number as it is now."""
    if getattr(document, "is_past_customs", False) or getattr(document, "is_reversed", False):
        return False
    return getattr(document, "state", "") not in _WITHOUT


def _row_of(document: Document) -> Any:
    return DeclarationNumber.objects.filter(document_kind=document.kind, document_id=document.pk)


def _require_not_taken(site: Site, number: str, document: Document | None, row: int | None, field: str = FIELD) -> None:
    rows: Any = DeclarationNumber.objects.filter(zone=site.zone_id, key=folded_key(number))
    if document is not None and document.pk is not None:
        rows = rows.exclude(document_kind=document.kind, document_id=document.pk)
    other = rows.first()
    if other is not None:
        words = {"number": number, "other": other.document_number}
        raise _refused(_("%(number)s stands on %(other)s already.") % words, number, row, field)


def _refused(message: str, figure: str, row: int | None, field: str = FIELD) -> NotAsRequired:
    return NotAsRequired(message, errors=[FieldError(message, field=field, row=row, figure=figure or None)])
