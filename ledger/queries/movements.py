"""What moved: the life of a lot, the entries behind a figure, and a period's sums."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet, Sum

from ledger.models import MEASURES, Entry, Hold, Journal, Lot, LotQuerySet, MovementKind
from ledger.postings import Document
from ledger.queries.moments import day_after, first_moment_of
from registry.models import Place


@dataclass(frozen=True, slots=True)
class MovementTotal:
    """What moved on one account for one reason, signed: plus came, minus left. Units as in AccountBalance."""

    kind: MovementKind
    lot_id: int
    place_id: int
    hold: Hold
    document_kind: str
    quantity: Decimal
    net_mass_kg: Decimal
    customs_value_cny: Decimal
    duty_cny: Decimal
    consumption_tax_cny: Decimal
    vat_cny: Decimal


def lots() -> LotQuerySet:
    """Lots, for lists and pages; narrow them with ``visible_to(user)``."""
    return Lot.objects.all()


def lot_life(*, lot_id: int) -> "QuerySet[Entry]":
    """Every entry of a lot in the order in which it happened, with transaction, actor, place and site."""
    return (
        Entry.objects.filter(lot=lot_id)
        .select_related("transaction__actor", "place__site")
        .order_by("occurred_at", "transaction_id", "line")
    )


def entries_of(
    *,
    site_id: int | None = None,
    journal: Journal | None = None,
    kinds: Iterable[MovementKind] | None = None,
    from_date: date | None = None,
    through_date: date | None = None,
    item_id: int | None = None,
    lot_ids: Iterable[int] | None = None,
    place_ids: Iterable[int] | None = None,
    place_kinds: Iterable[str] | None = None,
    hold: Hold | None = None,
    document: Document | None = None,
    document_kinds: Iterable[str] | None = None,
) -> "QuerySet[Entry]":
    """The entries behind a figure, with transaction, lot, item and place, in the order in which they happened.

    Args:
        site_id: Of the place that the goods came to or left. Needed with dates: they are days by its zone's clock.
        from_date, through_date: Customs days, both included.
        document: Its kind and id; the number is not looked at.
    """
    entries = Entry.objects.select_related("transaction__actor", "lot__item", "place__site")
    if site_id is not None:
        # Values and not a join: the planner then knows how much of a period a site is, and reads the period by time.
        at_site = list(Place.objects.filter(site=site_id).order_by().values_list("pk", flat=True))
        entries = entries.filter(place__in=at_site)
    if from_date is not None:
        began_at = first_moment_of(day=from_date, site_id=site_id)
        entries = entries.filter(occurred_at__gte=began_at, transaction__occurred_at__gte=began_at)
    if through_date is not None:
        ended_at = day_after(day=through_date, site_id=site_id)
        entries = entries.filter(occurred_at__lt=ended_at, transaction__occurred_at__lt=ended_at)
    if document is not None:
        entries = entries.filter(transaction__document_kind=document.kind, transaction__document_id=document.id)
    given = {
        "journal": journal,
        "hold": hold,
        "lot__item": item_id,
        "transaction__kind__in": kinds and list(kinds),
        "transaction__document_kind__in": document_kinds and list(document_kinds),
        "lot__in": lot_ids and list(lot_ids),
        "place__in": place_ids and list(place_ids),
        "place__kind__in": place_kinds and list(place_kinds),
    }
    narrowed = {field: value for field, value in given.items() if value is not None}
    return entries.filter(**narrowed).order_by("occurred_at", "transaction_id", "line")


def movement_totals(
    *,
    site_id: int,
    from_date: date,
    through_date: date,
    journal: Journal | None = None,
    item_id: int | None = None,
    lot_ids: Iterable[int] | None = None,
    place_ids: Iterable[int] | None = None,
) -> list[MovementTotal]:
    """What moved at a site's places in a period: one row per kind, lot, place, hold and kind of document.

    Reads only the entries of the period, however many the ledger holds. A reversal counts under the kind of what it
    reverses, with the other sign. Boundary places of the site are among the rows; rows that sum to nothing are not.

    Args:
        from_date, through_date: Customs days by the clock of the site's zone, both included.
        journal, item_id, lot_ids, place_ids: Only these; None for all.
    """
    keys = ("transaction__kind", "lot_id", "place_id", "hold", "transaction__document_kind")
    rows = (
        entries_of(
            site_id=site_id,
            journal=journal,
            from_date=from_date,
            through_date=through_date,
            item_id=item_id,
            lot_ids=lot_ids,
            place_ids=place_ids,
        )
        .select_related(None)
        .order_by(*keys)
        .values_list(*keys)
        .annotate(**{f"total_{measure}": Sum(measure) for measure in MEASURES})
    )
    return [
        MovementTotal(MovementKind(kind), lot_id, place_id, Hold(hold), document_kind, *measures)
        for kind, lot_id, place_id, hold, document_kind, *measures in rows
        if any(measures)
    ]


@dataclass(frozen=True, slots=True)
class PlaceTurnover:
    """What came to a place or left it for one reason, signed: plus came, minus left; in the lots' unit."""

    kind: MovementKind
    customs_status: str
    document_kind: str
    quantity: Decimal


def turnover_of_place(*, place_id: int, since: datetime, until: datetime) -> list[PlaceTurnover]:
    """What moved at a place of the STOCK journal between two moments, by kind, customs status and kind of document.

    Args:
        since, until: the first moment is included, the last is not. All lots there must have one unit.
    """
    keys = ("transaction__kind", "lot__customs_status", "transaction__document_kind")
    rows = (
        Entry.objects.filter(place=place_id, journal=Journal.STOCK)
        .filter(occurred_at__gte=since, occurred_at__lt=until)
        .order_by(*keys)
        .values_list(*keys)
        .annotate(total=Sum("quantity"))
    )
    return [
        PlaceTurnover(MovementKind(kind), status, document, total) for kind, status, document, total in rows if total
    ]
