"""Loading guarantees and account books from rows of text, through the same operations that enter them one by one."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from customs.models import AccountBook, Guarantee
from customs.operations.books import change_account_book, open_account_book
from customs.operations.guarantees import change_guarantee, enter_guarantee
from registry.errors import FieldError, RuleBroken
from registry.models import Organisation, Site, User
from registry.operations.loading import Loaded
from registry.operations.loading.rows import Cells, refuse_if_any

GUARANTEE_COLUMNS = ("site", "number", "guarantor", "limit_cny")
ACCOUNT_BOOK_COLUMNS = ("site", "number", "kind", "holder", "opened_date")
ACCOUNT_BOOK_OPTIONAL_COLUMNS = ("guarantee", "reconciliation_months")

LONGEST_CYCLE_MONTHS = 12


@transaction.atomic
def load_guarantees(*, rows: Sequence[Mapping[str, str]], actor: User | None, at: datetime, reason: str = "") -> Loaded:
    """Load guarantees, each known by its number; who guarantees and the limit may change, the site stays.

    Raises:
        RowsRefused: naming each cell that cannot be accepted.
    """
    sites = {site.code: site for site in Site.objects.all()}
    known = {guarantee.number: guarantee for guarantee in Guarantee.objects.select_related("site")}

    def load(cells: Cells) -> str:
        site = cells.the_one_of("site", sites)
        number, guarantor = cells.text("number"), cells.text("guarantor")
        limit_cny = cells.number("limit_cny")
        present = known.get(number)
        if cells.is_refused:
            return ""
        if present is None:
            enter_guarantee(site=site, number=number, guarantor=guarantor, limit_cny=limit_cny, actor=actor, at=at)
            return "added"
        if present.site_id != site.pk:
            _refuse_another_site(cells, present.site)
        elif (present.guarantor, present.limit_cny) != (guarantor, limit_cny):
            change_guarantee(
                guarantee=present, guarantor=guarantor, limit_cny=limit_cny, actor=actor, at=at, reason=reason
            )
            return "changed"
        return "unchanged"

    return _load_each(rows, load)


@transaction.atomic
def load_account_books(
    *, rows: Sequence[Mapping[str, str]], actor: User | None, at: datetime, reason: str = ""
) -> Loaded:
    """Load account books, each known by its number; a new one is opened with its place in the ledger.

    Kind, holder, guarantee and reconciliation cycle may change; the site and the opening day stay.

    Raises:
        RowsRefused: naming each cell that cannot be accepted.
    """
    sites = {site.code: site for site in Site.objects.all()}
    organisations = {organisation.code: organisation for organisation in Organisation.objects.all()}
    guarantees = {guarantee.number: guarantee for guarantee in Guarantee.objects.all()}
    known = {book.number: book for book in AccountBook.objects.select_related("site")}

    def load(cells: Cells) -> str:
        site = cells.the_one_of("site", sites)
        holder = cells.the_one_of("holder", organisations)
        guarantee = cells.one_of("guarantee", guarantees)
        months = cells.whole_number("reconciliation_months") or LONGEST_CYCLE_MONTHS
        opened_date = cells.day("opened_date")
        number, kind = cells.text("number"), cells.text("kind")
        present = known.get(number)
        if cells.is_refused:
            return ""
        if present is None:
            open_account_book(
                site=site,
                number=number,
                kind=kind,
                holder=holder,
                guarantee=guarantee,
                reconciliation_months=months,
                opened_date=opened_date,
                actor=actor,
                at=at,
            )
            return "added"
        if present.site_id != site.pk:
            _refuse_another_site(cells, present.site)
            return ""
        asked = (kind, holder.pk, guarantee.pk if guarantee else None, months)
        if asked == (present.kind, present.holder_id, present.guarantee_id, present.reconciliation_months):
            return "unchanged"
        change_account_book(
            book=present,
            kind=kind,
            holder=holder,
            guarantee=guarantee,
            reconciliation_months=months,
            actor=actor,
            at=at,
            reason=reason,
        )
        return "changed"

    return _load_each(rows, load)


def _load_each(rows: Sequence[Mapping[str, str]], load: Callable[[Cells], str]) -> Loaded:
    """Load row by row; what one row is refused for does not keep the others from being judged."""
    errors: list[FieldError] = []
    outcomes = []
    for number, row in enumerate(rows):
        with _refusals_of_row(number, errors):
            outcomes.append(load(Cells(number, row, errors)))
    refuse_if_any(errors)
    return Loaded(**{outcome: outcomes.count(outcome) for outcome in ("added", "changed", "unchanged")})


@contextmanager
def _refusals_of_row(number: int, errors: list[FieldError]) -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except RuleBroken as broken:
        errors += [replace(error, row=number) for error in broken.errors]


def _refuse_another_site(cells: Cells, site: Site) -> None:
    cells.refuse("site", _("It belongs to the site %(site)s and stays there.") % {"site": site.code})
