"""Guarantees: entering and changing them, and holding admissions to what is still free."""

from datetime import datetime
from decimal import Decimal

from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django.utils.translation import gettext as _

from customs.models import AccountBook, Guarantee, Regime
from customs.queries import guarantee_used_cny
from customs.rules import require_may_keep_books
from registry.errors import Conflict, FieldError
from registry.models import Site, User
from registry.operations.register import enter_in_register
from registry.wording import money_text


class GuaranteeExceeded(Conflict):
    """The suspended duty and taxes would be more than the guarantee covers."""

    code = "guarantee-exceeded"


class MissingGuarantee(Conflict):
    """The site's regime takes a guarantee, and the book stands under none."""

    code = "missing-guarantee"


class BookClosed(Conflict):
    """The account book is closed."""

    code = "book-closed"


class LimitBelowUsed(Conflict):
    """The new limit is lower than what already stands under the guarantee."""

    code = "limit-below-used"


@transaction.atomic
def enter_guarantee(
    *, site: Site, number: str, guarantor: str, limit_cny: Decimal, actor: User | None, at: datetime
) -> Guarantee:
    """Enter a guarantee for a site's account books.

    Args:
        limit_cny: the most suspended duty and tax that may stand under it, in CNY.
        actor: an administrator of the site; None for the system.
    Raises:
        NotAllowed: the actor is no administrator there.
        NotFitForRegister: naming each field and figure that cannot be accepted.
    """
    require_may_keep_books(actor, site)
    row = Guarantee(site=site, number=number, guarantor=guarantor, limit_cny=limit_cny)
    return enter_in_register(row=row, actor=actor, at=at)


@transaction.atomic
def change_guarantee(
    *,
    guarantee: Guarantee,
    guarantor: str,
    limit_cny: Decimal,
    actor: User | None,
    at: datetime,
    reason: str = "",
    seen_history_id: int | None = None,
) -> Guarantee:
    """Change who guarantees and up to how much; number and site stay.

    Args:
        limit_cny: the new limit in CNY.
        seen_history_id: the latest entry of the history that the actor had in view; None skips the comparison.
    Raises:
        NotAllowed: the actor is no administrator of the site.
        LimitBelowUsed: more than the new limit already stands under it.
        NotFitForRegister, ChangedMeanwhile: as for every row of the register.
    """
    require_may_keep_books(actor, guarantee.site)
    changed = _locked(guarantee.pk)
    used_cny = guarantee_used_cny(changed)
    if limit_cny < used_cny:
        message = _("%(used)s of the guarantee %(number)s are used; the limit cannot be lower than that.") % {
            "used": money_text(used_cny, "CNY"),
            "number": changed.number,
        }
        raise LimitBelowUsed(message, errors=[FieldError(message, "limit_cny", None, limit_cny)])
    changed.guarantor = guarantor
    changed.limit_cny = limit_cny
    return enter_in_register(row=changed, actor=actor, at=at, reason=reason, seen_history_id=seen_history_id)


def require_open_book(*, book: AccountBook) -> AccountBook:
    """Hold the book as it is until the transaction ends, and refuse it when it is closed.

    Postings on one book do not wait for each other because of it; only a change of the book itself waits.

    Returns:
        The book as it stands now.

    Raises:
        BookClosed: the book is closed.
        TransactionManagementError: outside a transaction, where nothing could be held.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("An account book is held inside a transaction.")
    with connection.cursor() as cursor:
        # FOR SHARE, which the ORM does not know: admissions share the book, changing it excludes them.
        cursor.execute(f"SELECT FROM {AccountBook._meta.db_table} WHERE id = %s FOR SHARE", [book.pk])
    present: AccountBook = AccountBook.objects.select_related("site").get(pk=book.pk)
    if present.closed_date is not None:
        message = _("The account book %(number)s was closed on %(date)s.") % {
            "number": present.number,
            "date": present.closed_date,
        }
        raise BookClosed(message, errors=[FieldError(message, "book", None, present.number)])
    return present


def require_guarantee(*, book: AccountBook, suspended_tax_cny: Decimal, row: int | None = None) -> None:
    """Refuse what would bring more suspended duty and tax into a book than its guarantee has free.

    The guarantee stays locked until the surrounding transaction ends, so of two admissions that come at once the
    second sees what the first has used. Call it before the ledger is posted to.

    Args:
        suspended_tax_cny: duty, consumption tax and VAT together that are to be suspended, in CNY.
        row: the document's line that asks for it; None for the whole document.

    Raises:
        GuaranteeExceeded: naming limit, used, free and asked.
        MissingGuarantee: the site's regime takes a guarantee and the book has none.
        BookClosed: the book is closed.
    Source: Regulations on Guarantees in Customs Affairs, State Council Order 581 (2010).
    """
    present = require_open_book(book=book)
    if present.guarantee_id is None:
        _refuse_without_guarantee(present, suspended_tax_cny, row)
        return
    require_free(guarantee=_locked(present.guarantee_id), asked_cny=suspended_tax_cny, row=row)


def require_free(*, guarantee: Guarantee, asked_cny: Decimal, field: str = "book", row: int | None = None) -> None:
    """Refuse to put more under a locked guarantee than it has free, in CNY; field and row say where it was asked.

    Raises:
        GuaranteeExceeded: naming limit, used, free and asked.
    """
    used_cny = guarantee_used_cny(guarantee)
    free_cny = guarantee.limit_cny - used_cny
    if asked_cny > free_cny:
        message = _(
            "The guarantee %(number)s covers %(limit)s, of which %(used)s are used and %(free)s are free;"
            " %(asked)s are asked for."
        ) % {
            "number": guarantee.number,
            "limit": money_text(guarantee.limit_cny, "CNY"),
            "used": money_text(used_cny, "CNY"),
            "free": money_text(free_cny, "CNY"),
            "asked": money_text(asked_cny, "CNY"),
        }
        raise GuaranteeExceeded(message, errors=[FieldError(message, field, row, asked_cny)])


def lock_guarantees(*guarantee_ids: int | None) -> dict[int, Guarantee]:
    """Lock guarantees in the order of their ids, by which two changes at once never wait for each other in a ring."""
    ids = {guarantee_id for guarantee_id in guarantee_ids if guarantee_id is not None}
    rows = Guarantee.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    return {guarantee.pk: guarantee for guarantee in rows}


def _locked(guarantee_id: int) -> Guarantee:
    return lock_guarantees(guarantee_id)[guarantee_id]


def _refuse_without_guarantee(book: AccountBook, suspended_tax_cny: Decimal, row: int | None) -> None:
    regime = Regime.objects.get(pk=book.site.regime)
    if not regime.takes_guarantee:
        return
    message = _(
        "The regime of %(site)s takes a guarantee, and the account book %(number)s stands under none."
        " Let an administrator put it under one."
    ) % {"site": book.site.code, "number": book.number}
    raise MissingGuarantee(message, errors=[FieldError(message, "book", row, suspended_tax_cny)])
