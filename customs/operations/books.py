"""Account books: opening one with its place in the ledger, changing what may change, closing it for good."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customs.models import AccountBook, Guarantee
from customs.operations.guarantees import BookClosed, lock_guarantees, require_free
from customs.queries import suspended_tax_by_book
from customs.rules import require_may_keep_books
from ledger.postings import Journal
from ledger.queries import balances
from registry.errors import Conflict, FieldError, RuleBroken
from registry.models import Organisation, PlaceKind, Site, User
from registry.operations.register import check_fit, enter_in_register
from registry.operations.sites import add_place


class GuaranteeOfAnotherSite(RuleBroken):
    """The guarantee was given for the account books of another site."""

    code = "guarantee-of-another-site"


class BookNotEmpty(Conflict):
    """The account book still holds goods."""

    code = "book-not-empty"


@transaction.atomic
def open_account_book(
    *,
    site: Site,
    number: str,
    kind: str,
    holder: Organisation,
    opened_date: date,
    actor: User | None,
    at: datetime,
    guarantee: Guarantee | None = None,
    reconciliation_months: int = 12,
) -> AccountBook:
    """Open an account book and give it its place in the ledger, whose code is the book's number.

    Args:
        kind: one of AccountBookKind.
        reconciliation_months: how often it is reconciled; at most 12.
        actor: an administrator of the site; None for the system.
    Raises:
        NotAllowed: the actor is no administrator there.
        GuaranteeOfAnotherSite: the guarantee was given for another site.
        NotFitForRegister: naming each field and figure that cannot be accepted.
    """
    require_may_keep_books(actor, site)
    _refuse_guarantee_of_another_site(site, guarantee)
    book = AccountBook(
        site=site,
        number=number,
        kind=kind,
        holder=holder,
        guarantee=guarantee,
        reconciliation_months=reconciliation_months,
        opened_date=opened_date,
    )
    # First, so that a number that is taken is refused as the number of the book and not as the code of a place.
    check_fit(book, exclude={"place"})
    book.place = add_place(site=site, code=number, kind=PlaceKind.BOOK, actor=actor, at=at)
    return enter_in_register(row=book, actor=actor, at=at)


@transaction.atomic
def change_account_book(
    *,
    book: AccountBook,
    kind: str,
    holder: Organisation,
    guarantee: Guarantee | None,
    reconciliation_months: int,
    actor: User | None,
    at: datetime,
    reason: str = "",
    seen_history_id: int | None = None,
) -> AccountBook:
    """Change an open account book; its number, site and opening day stay.

    Raises:
        NotAllowed: the actor is no administrator of the site.
        BookClosed: the book is closed.
        GuaranteeOfAnotherSite: the guarantee was given for another site.
        GuaranteeExceeded: what the book holds would not fit under the new guarantee.
        NotFitForRegister, ChangedMeanwhile: as for every row of the register.
    """
    require_may_keep_books(actor, book.site)
    changed = _locked_open_book(book)
    _refuse_guarantee_of_another_site(changed.site, guarantee)
    if guarantee is not None and guarantee.pk != changed.guarantee_id:
        locked = lock_guarantees(changed.guarantee_id, guarantee.pk)[guarantee.pk]
        require_free(guarantee=locked, asked_cny=suspended_tax_by_book(books=[changed])[changed.pk], field="guarantee")
    changed.kind = kind
    changed.holder = holder
    changed.guarantee = guarantee
    changed.reconciliation_months = reconciliation_months
    return enter_in_register(row=changed, actor=actor, at=at, reason=reason, seen_history_id=seen_history_id)


@transaction.atomic
def take_guarantee(
    *, book: AccountBook, guarantee: Guarantee | None, actor: User | None, at: datetime, reason: str = ""
) -> AccountBook:
    """Put an account book under a guarantee, or under none.

    Raises:
        as change_account_book.
    """
    return change_account_book(
        book=book,
        kind=book.kind,
        holder=book.holder,
        guarantee=guarantee,
        reconciliation_months=book.reconciliation_months,
        actor=actor,
        at=at,
        reason=reason,
    )


@transaction.atomic
def close_account_book(
    *, book: AccountBook, closed_date: date, actor: User | None, at: datetime, reason: str = ""
) -> AccountBook:
    """Close an account book that holds nothing; nothing is admitted to it any more.

    Raises:
        NotAllowed: the actor is no administrator of the site.
        BookNotEmpty: the CUSTOMS journal still holds goods at the book's place, naming how many lots.
        BookClosed: it is closed already.
        NotFitForRegister: the day lies before the book was opened.
    """
    require_may_keep_books(actor, book.site)
    closed = _locked_open_book(book)
    held = balances(places=[closed.place_id], journal=Journal.CUSTOMS)
    if held:
        lots = len({balance.lot_id for balance in held})
        message = ngettext(
            "The account book %(number)s still holds goods of %(lots)s lot; discharge them first.",
            "The account book %(number)s still holds goods of %(lots)s lots; discharge them first.",
            lots,
        ) % {"number": closed.number, "lots": lots}
        raise BookNotEmpty(message, errors=[FieldError(message, figure=closed.number)])
    closed.closed_date = closed_date
    closed.place.is_open = False
    enter_in_register(row=closed.place, actor=actor, at=at, reason=reason)
    return enter_in_register(row=closed, actor=actor, at=at, reason=reason)


def _locked_open_book(book: AccountBook) -> AccountBook:
    """The book as it stands now; whoever admits to it waits until the change is done."""
    locked: AccountBook = AccountBook.objects.select_for_update(of=("self",), no_key=True).get(pk=book.pk)
    if locked.closed_date is not None:
        message = _("The account book %(number)s was closed on %(date)s.") % {
            "number": locked.number,
            "date": locked.closed_date,
        }
        raise BookClosed(message, errors=[FieldError(message, figure=locked.number)])
    return locked


def _refuse_guarantee_of_another_site(site: Site, guarantee: Guarantee | None) -> None:
    if guarantee is not None and guarantee.site_id != site.pk:
        message = _("The guarantee %(number)s was given for another site than %(site)s.") % {
            "number": guarantee.number,
            "site": site.code,
        }
        raise GuaranteeOfAnotherSite(message, errors=[FieldError(message, "guarantee", None, guarantee.number)])
