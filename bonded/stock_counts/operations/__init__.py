"""Stock count 盘点: blind sheets, a second count by another person where the first differs, approval by a third."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from bonded.models import StockCount, StockCountLine, StockCountState, StockVariance
from bonded.operations.payments import payment_of
from bonded.stock_counts.operations.sheets import (
    BinAndItem,
    bring_up_to_date,
    draw_up,
    lines_of,
    note_goods_of_other_books,
    require_still_known_so,
)
from bonded.stock_counts.operations.variances import assessed_variances, post_variances, require_not_settled_by_another
from customs.models import AccountBook
from customs.operations.book_checks import require_book_of_site
from documents.operations import documents
from documents.operations.acts import BY_DECIDERS, BY_POSTERS, BY_SUPERVISORS, Who, act
from documents.operations.documents import NotAsRequired, OwnWork, Refusals
from documents.operations.numbers import give_number
from documents.reversals.operations import reversal_act
from registry.errors import FieldError
from registry.models import Item, Place, Site, User


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedLine:
    """What somebody found of an item in a bin, in the item's unit; zero when there was none."""

    place: Place
    item: Item
    quantity: Decimal


def open_stock_count(
    *,
    site: Site,
    book: AccountBook,
    places: Sequence[Place],
    actor: User,
    at: datetime,
    counted_as_of: datetime,
    request_key: UUID,
    remark: str = "",
) -> StockCount:
    """Draw up the sheets of a count: every item that the ledger has in the bins, with a figure nobody is shown.

    Args:
        counted_as_of: the moment whose stock is counted; work in the bins rests from then on.
    Raises:
        NotAllowed: the actor posts no documents at the site.
        NotAsRequired: no bin, a bin of another site, or a time in the future.
        RequestKeyUsed: the key stands for somebody else's document.
    """
    documents.require_poster(actor, site)
    documents.require_not_in_the_future(counted_as_of, at=at, field="counted_as_of")
    require_book_of_site(book, site)
    _require_bins(site, places)

    def prepare() -> StockCount:
        stock_count = StockCount(
            site=site,
            book=book,
            counted_as_of=counted_as_of,
            prepared_by=actor,
            prepared_at=at,
            request_key=request_key,
            remark=remark,
        )
        documents.require_fit(stock_count)
        give_number(document=stock_count, at=at)
        documents.keep(stock_count, actor=actor, at=at)
        draw_up(stock_count, [place.pk for place in places])
        return stock_count

    with transaction.atomic():
        return documents.prepared_once(StockCount, request_key=request_key, actor=actor, prepare=prepare)


def shows_shortage(stock_count: StockCount) -> bool:
    """Whether less was counted of anything than the ledger has: in the second count where there was one."""
    counted = Coalesce("recounted_quantity", "counted_quantity")
    return stock_count.lines.filter(expected_quantity__gt=counted).exists()


def _made_first_count(user: User, stock_count: StockCount) -> bool:
    return stock_count.lines.filter(counted_by=user).exists()


def _counted(user: User, stock_count: StockCount) -> bool:
    return stock_count.lines.filter(Q(counted_by=user) | Q(recounted_by=user)).exists()


@act(StockCount, "counts", StockCountState.OPEN)
def record_counts(*, stock_count: StockCount, counts: Sequence[CountedLine], actor: User, at: datetime) -> StockCount:
    """Enter the first count of every line; where one differs, somebody else has to count it again.

    What the sheets do not name may be added, and is held against what the ledger has there.

    Args:
        counts: in each item's unit.
    Raises:
        NotAsRequired: a line was left out, a figure cannot be, or goods of another account book were counted.
    """
    counted = _figures(stock_count, counts)
    lines = bring_up_to_date(stock_count, counted)
    _require_all(lines.values(), counted)
    for key, line in lines.items():
        line.counted_quantity, line.counted_by = counted[key], actor
    StockCountLine.objects.bulk_update(lines.values(), ["counted_quantity", "counted_by"])
    differs = any(map(_differs, lines.values()))
    stock_count.state = StockCountState.COUNTED if differs else StockCountState.RECOUNTED
    return stock_count


@act(StockCount, "recounts", StockCountState.COUNTED, to=StockCountState.RECOUNTED, is_kept_away=_made_first_count)
def record_recounts(*, stock_count: StockCount, counts: Sequence[CountedLine], actor: User, at: datetime) -> StockCount:
    """Enter the second count of the lines that differed; what still differs becomes shortage or overage, gross.

    Lines that did not differ may be counted again too; the second count is the one that holds.

    Args:
        counts: in each item's unit.
    Raises:
        OwnWork: the actor made the first count.
        NotAsRequired: a differing line was left out, a figure cannot be, or was no part of the first count.
        NotEnoughStock: the missing goods have left the bin since the moment counted.
    """
    if _made_first_count(actor, stock_count):
        raise OwnWork(_("You made the first count yourself. Somebody else has to count again."))
    lines = lines_of(stock_count)
    counted = _figures(stock_count, counts)
    _require_on_sheets(counts, lines)
    _require_all(filter(_differs, lines.values()), counted)
    for key, quantity in counted.items():
        lines[key].recounted_quantity, lines[key].recounted_by = quantity, actor
    StockCountLine.objects.bulk_update(lines.values(), ["recounted_quantity", "recounted_by"])
    StockVariance.objects.bulk_create(assessed_variances(stock_count, list(lines.values())))
    return stock_count


@act(
    StockCount,
    "approve",
    StockCountState.RECOUNTED,
    to=StockCountState.APPROVED,
    who=BY_SUPERVISORS,
    not_by=("prepared_by",),
    is_kept_away=_counted,
)
def approve_stock_count(*, stock_count: StockCount, actor: User, at: datetime, reason: str = "") -> StockCount:
    """Approve the count: shortages leave stock and book and are taxed, overages go to suspense until admitted.

    Raises:
        OwnWork: the actor counted.
        NotEnoughStock: missing goods are reserved, naming by what, or have left the bin since.
        CountedTwice: another count of the same goods was approved since the moment counted.
        EnteredLate: something entered since has changed what lay there at the moment counted.
    Source: Customs Law of the PRC (2021), article 38.
    """
    _require_did_not_count(stock_count, actor)
    # The book's row is what two approvals at once wait for, so that the second sees what the first has settled.
    AccountBook.objects.select_for_update(of=("self",), no_key=True).get(pk=stock_count.book_id)
    require_not_settled_by_another(stock_count)
    require_still_known_so(stock_count)
    post_variances(stock_count, actor=actor, at=at)
    stock_count.approved_by, stock_count.approved_at = actor, at
    return stock_count


def _require_did_not_count(stock_count: StockCount, actor: User) -> None:
    if _counted(actor, stock_count):
        raise OwnWork(_("You counted yourself. Somebody else has to decide on it."))


def _who_gives_up(stock_count: StockCount) -> Who:
    return BY_DECIDERS if shows_shortage(stock_count) else BY_POSTERS


def _is_kept_from_giving_up(user: User, stock_count: StockCount) -> bool:
    is_first = stock_count.prepared_by_id == user.pk or _counted(user, stock_count)
    return is_first and shows_shortage(stock_count)


@act(
    StockCount,
    "void",
    *(StockCountState.OPEN, StockCountState.COUNTED, StockCountState.RECOUNTED),
    to=StockCountState.VOID,
    who=_who_gives_up,
    with_reason=True,
    is_kept_away=_is_kept_from_giving_up,
)
def void_stock_count(*, stock_count: StockCount, actor: User, at: datetime, reason: str) -> StockCount:
    """Give up a count that was not approved; its number stays, marked void.

    One that shows a shortage is given up by a supervisor or customs, who neither drew up its sheets nor counted.

    Raises:
        OwnWork: the count shows a shortage, and the actor drew up its sheets or counted.
    """
    if shows_shortage(stock_count):
        documents.require_second_person(stock_count, actor)
        _require_did_not_count(stock_count, actor)
    return stock_count


pay_for_shortage = payment_of(StockCount)


ask_to_reverse_stock_count = reversal_act(StockCount, "stock_count", StockCountState.APPROVED)


def _differs(line: StockCountLine) -> bool:
    return line.counted_quantity != line.expected_quantity


def _require_bins(site: Site, places: Sequence[Place]) -> None:
    refusals = Refusals()
    for number, place in enumerate(places):
        documents.check_bin(place, site, refusals, field="places", row=number)
    if not places:
        refusals.add(_("Choose at least one bin."), "places")
    refusals.raise_if_any()


def _figures(stock_count: StockCount, counts: Sequence[CountedLine]) -> dict[BinAndItem, Decimal]:
    """What was counted by bin and item; raise NotAsRequired for figures that nobody can have counted."""
    refusals = Refusals()
    figures: dict[BinAndItem, Decimal] = {}
    row_of: dict[BinAndItem, int] = {}
    for number, row in enumerate(counts):
        key = (row.place.pk, row.item.pk)
        documents.check_bin(row.place, stock_count.site, refusals, field="place", row=number)
        if row.item.zone_id != stock_count.site.zone_id:
            refusals.add(_("%(item)s is an item of another zone.") % {"item": row.item}, "item", number, row.item.code)
        if not (row.quantity.is_finite() and row.quantity == 0):
            refusals.quantity(row.quantity, row.item.unit, field="quantity", row=number)
        if key in figures:
            words = {"item": row.item.code, "place": row.place.code}
            refusals.add(_("%(item)s in %(place)s stands there twice.") % words, "item", number, row.item.code)
        figures[key] = row.quantity
        row_of.setdefault(key, number)
    refusals.raise_if_any()
    note_goods_of_other_books(stock_count, figures, row_of, refusals)
    refusals.raise_if_any()
    return figures


def _require_on_sheets(counts: Sequence[CountedLine], lines: Mapping[BinAndItem, StockCountLine]) -> None:
    refusals = Refusals()
    for number, row in enumerate(counts):
        if (row.place.pk, row.item.pk) not in lines:
            words = {"item": row.item.code, "place": row.place.code}
            message = _("%(item)s in %(place)s was no part of the first count. Count it on sheets of its own.")
            refusals.add(message % words, "item", number, row.item.code)
    refusals.raise_if_any()


def _require_all(lines: Iterable[StockCountLine], counted: Mapping[BinAndItem, Decimal]) -> None:
    missing = [line for line in lines if (line.place_id, line.item_id) not in counted]
    if missing:
        message = _("%(item)s in %(place)s was not counted. Enter 0 when there is none.")
        errors = [
            FieldError(message % {"item": line.item.code, "place": line.place.code}, field="quantity", row=line.row - 1)
            for line in missing
        ]
        raise NotAsRequired(errors[0].message, errors=errors)
