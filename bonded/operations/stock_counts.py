"""Stock count 盘点: blind sheets, a second count by another person where the first differs, approval by a third."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bonded.models import StockCount, StockCountLine, StockVariance
from bonded.operations import documents
from bonded.operations.documents import NotAsRequired, OwnWork, Refusals
from bonded.operations.variances import assessed_variances, post_variances
from customs.models import AccountBook
from customs.operations.numbers import give_number
from ledger.queries import book_stock
from registry.errors import FieldError
from registry.models import Item, Place, Role, Site, User
from registry.quantities import TOO_MUCH
from registry.rules import require_role


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
    documents.require_book_of_site(book, site)
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
        expected: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
        for row in book_stock(
            book_place_id=book.place_id, place_ids=[place.pk for place in places], until=counted_as_of
        ):
            expected[row.place_id, row.item_id] += row.quantity
        StockCountLine.objects.bulk_create(
            StockCountLine(
                stock_count=stock_count, row=number, place_id=place_id, item_id=item_id, expected_quantity=quantity
            )
            for number, ((place_id, item_id), quantity) in enumerate(sorted(expected.items()), start=1)
        )
        return stock_count

    with transaction.atomic():
        return documents.prepared_once(StockCount, request_key=request_key, actor=actor, prepare=prepare)


@transaction.atomic
def record_counts(*, stock_count: StockCount, counts: Sequence[CountedLine], actor: User, at: datetime) -> StockCount:
    """Enter the first count of every line; where one differs, somebody else has to count it again.

    Items that the sheets do not name may be added; the ledger has none of them there.

    Raises:
        NotAllowed: the actor posts no documents at the site.
        NotAsRequired: a line was left out, or a figure cannot be.
        WrongState: it is not open.
    """
    stock_count = documents.locked(stock_count)
    documents.require_poster(actor, stock_count.site)
    lines = _lines_of(stock_count)
    counted = _figures(stock_count, counts)
    _add_what_was_not_on_the_sheets(stock_count, lines, counted)
    _require_all(lines.values(), counted)
    for key, line in lines.items():
        line.counted_quantity, line.counted_by = counted[key], actor
    StockCountLine.objects.bulk_update(lines.values(), ["counted_quantity", "counted_by"])
    if all(line.counted_quantity == line.expected_quantity for line in lines.values()):
        documents.move_on(stock_count, "settle")
    else:
        documents.move_on(stock_count, "differ")
    documents.keep(stock_count, actor=actor, at=at)
    return stock_count


@transaction.atomic
def record_recounts(*, stock_count: StockCount, counts: Sequence[CountedLine], actor: User, at: datetime) -> StockCount:
    """Enter the second count of the lines that differed; what still differs becomes shortage or overage, gross.

    Raises:
        NotAllowed, OwnWork: the actor posts no documents at the site, or made the first count.
        NotAsRequired: a differing line was left out, or a figure cannot be.
        NotEnoughStock: the missing goods were taken since, or are reserved.
        WrongState: no second count is due.
    """
    stock_count = documents.locked(stock_count)
    documents.require_poster(actor, stock_count.site)
    documents.move_on(stock_count, "settle")
    differing = {key: line for key, line in _lines_of(stock_count).items() if _differs(line)}
    if any(line.counted_by_id == actor.pk for line in differing.values()):
        raise OwnWork(_("You made the first count yourself. Somebody else has to count again."))
    counted = _figures(stock_count, counts)
    _require_all(differing.values(), counted)
    for key, line in differing.items():
        line.recounted_quantity, line.recounted_by = counted[key], actor
    StockCountLine.objects.bulk_update(differing.values(), ["recounted_quantity", "recounted_by"])
    StockVariance.objects.bulk_create(assessed_variances(stock_count, list(differing.values())))
    documents.keep(stock_count, actor=actor, at=at)
    return stock_count


@transaction.atomic
def approve_stock_count(*, stock_count: StockCount, actor: User, at: datetime, reason: str = "") -> StockCount:
    """Approve the count: shortages leave stock and book and are taxed, overages go to suspense until admitted.

    Raises:
        NotAllowed, OwnWork: the actor does not supervise the site, or prepared the sheets or counted.
        NotEnoughStock: the missing goods were taken or reserved since.
        WrongState: it is not ready for approval.
    """
    stock_count = documents.locked(stock_count)
    require_role(actor, stock_count.site, Role.SUPERVISOR)
    documents.require_second_person(stock_count, actor)
    if stock_count.lines.filter(counted_by=actor).exists() or stock_count.lines.filter(recounted_by=actor).exists():
        raise OwnWork(_("You counted yourself. Somebody else has to approve."))
    documents.move_on(stock_count, "approve")
    post_variances(stock_count, actor=actor, at=at)
    stock_count.approved_by, stock_count.approved_at = actor, at
    documents.keep(stock_count, actor=actor, at=at, reason=reason)
    return stock_count


@transaction.atomic
def void_stock_count(*, stock_count: StockCount, actor: User, at: datetime, reason: str) -> StockCount:
    """Give up a count that was not approved; its number stays, marked void.

    Raises:
        NotAllowed: the actor posts no documents at the site.
        NotAsRequired: there is no reason.
        WrongState: it is approved, or void.
    """
    stock_count = documents.locked(stock_count)
    documents.require_poster(actor, stock_count.site)
    reason = documents.require_reason(reason)
    documents.move_on(stock_count, "make_void")
    documents.keep(stock_count, actor=actor, at=at, reason=reason)
    return stock_count


Key = tuple[int, int]


def _lines_of(stock_count: StockCount) -> dict[Key, StockCountLine]:
    return {(line.place_id, line.item_id): line for line in stock_count.lines.select_related("place", "item__unit")}


def _differs(line: StockCountLine) -> bool:
    return line.counted_quantity != line.expected_quantity


def _require_bins(site: Site, places: Sequence[Place]) -> None:
    refusals = Refusals()
    for number, place in enumerate(places):
        documents.check_bin(place, site, refusals, field="places", row=number)
    if not places:
        refusals.add(_("Choose at least one bin."), "places")
    refusals.raise_if_any()


def _figures(stock_count: StockCount, counts: Sequence[CountedLine]) -> dict[Key, Decimal]:
    """What was counted by bin and item; raise NotAsRequired for figures that nobody can have counted."""
    refusals = Refusals()
    figures: dict[Key, Decimal] = {}
    for number, row in enumerate(counts):
        documents.check_bin(row.place, stock_count.site, refusals, field="place", row=number)
        if row.quantity != 0 or not row.quantity.is_finite() or row.quantity >= TOO_MUCH:
            refusals.quantity(row.quantity, row.item.unit, field="quantity", row=number)
        if (row.place.pk, row.item.pk) in figures:
            words = {"item": row.item.code, "place": row.place.code}
            refusals.add(_("%(item)s in %(place)s stands there twice.") % words, "item", number, row.item.code)
        figures[row.place.pk, row.item.pk] = row.quantity
    refusals.raise_if_any()
    return figures


def _add_what_was_not_on_the_sheets(
    stock_count: StockCount, lines: dict[Key, StockCountLine], counted: dict[Key, Decimal]
) -> None:
    added = [
        StockCountLine(
            stock_count=stock_count, row=number, place_id=place_id, item_id=item_id, expected_quantity=Decimal(0)
        )
        for number, (place_id, item_id) in enumerate(sorted(counted.keys() - lines.keys()), start=len(lines) + 1)
    ]
    for line in StockCountLine.objects.bulk_create(added):
        lines[line.place_id, line.item_id] = line


def _require_all(lines: Iterable[StockCountLine], counted: dict[Key, Decimal]) -> None:
    missing = [line for line in lines if (line.place_id, line.item_id) not in counted]
    if missing:
        message = _("%(item)s in %(place)s was not counted. Enter 0 when there is none.")
        errors = [
            FieldError(message % {"item": line.item.code, "place": line.place.code}, field="quantity", row=line.row - 1)
            for line in missing
        ]
        raise NotAsRequired(errors[0].message, errors=errors)
