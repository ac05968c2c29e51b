"""Whether a consignment can have come into the tanks that are named: status, product, safe fill, and quiet gauges."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _

from documents.operations.documents import Refusals, check_tank
from fuel.models import ConsignmentReceipt, ConsignmentState, FuelConsignment, Gauge, Meter, Tank, TankMode
from fuel.operations.safe_fill import LITRES_PER_M3, check_fill, note_overfill
from ledger.postings import Journal
from ledger.queries import entries_of, standing_transactions_of
from registry.models import Item, Site
from registry.wording import local_time_text


def check_receipts(
    consignment: FuelConsignment, rows: Sequence[ConsignmentReceipt], received_at: datetime, refusals: Refusals
) -> None:
    """Note every row whose tank, meter or gauges cannot have received the consignment. Lock the tanks before."""
    seen: set[int] = set()
    for number, row in enumerate(rows):
        tank = row.tank
        check_tank(tank.place, consignment.site, refusals, field="tank", row=number)
        if tank.pk in seen:
            message = _("Tank %(tank)s is named twice. Write what it received in one line.")
            refusals.add(message % {"tank": tank.code}, "tank", number, tank.code)
        seen.add(tank.pk)
        check_product(tank, consignment.product, refusals, field="tank", row=number)
        check_status(tank, consignment.customs_status, refusals, field="tank", row=number)
        check_no_slops(tank, refusals, field="tank", row=number)
        _check_fill(row, number, refusals)
        _check_moment(row, received_at, number, refusals)
        check_meter(row.meter, consignment.site, refusals, row=number)


def check_status(tank: Tank, customs_status: str, refusals: Refusals, *, field: str, row: int | None = None) -> None:
    """Note a tank of a segregated group that is kept for the other duty status."""
    if tank.group.mode == TankMode.SEGREGATED and tank.customs_status != customs_status:
        message = _("Tank %(tank)s is not kept for fuel of this duty status; its group keeps them apart.")
        refusals.add(message % {"tank": tank.code}, field, row, tank.code)


def check_product(tank: Tank, product: Item, refusals: Refusals, *, field: str, row: int | None = None) -> None:
    """Note a tank that holds another product."""
    if tank.product_id != product.pk:
        words = {"tank": tank.code, "holds": tank.product.code, "product": product.code}
        refusals.add(_("Tank %(tank)s holds %(holds)s, not %(product)s.") % words, field, row, tank.code)


def check_no_slops(tank: Tank, refusals: Refusals, *, field: str, row: int | None = None) -> None:
    """Note a tank that holds what was drained: fuel that is to be used does not come into it."""
    if tank.is_slop:
        message = _("Tank %(tank)s is a slop tank. What lies in it is never used again.")
        refusals.add(message % {"tank": tank.code}, field, row, tank.code)


def check_meter(meter: Meter | None, site: Site, refusals: Refusals, *, row: int | None = None) -> None:
    """Note a meter of another site, or one that is out of use."""
    if meter is not None and (meter.site_id != site.pk or not meter.is_open):
        words = {"meter": meter.code, "site": site.code}
        refusals.add(_("%(meter)s is no meter in use at %(site)s.") % words, "meter", row, meter.code)


def _check_fill(row: ConsignmentReceipt, number: int, refusals: Refusals) -> None:
    """A gauge tells the volume; without one it is reckoned from the book and the density of what came."""
    if row.gauge_after is not None:
        note_overfill(row.tank, row.gauge_after.total_observed_m3, refusals, field="tank", row=number)
    elif row.mass_kg and row.litres_at_base:
        m3_per_kg = row.litres_at_base / row.mass_kg / LITRES_PER_M3
        check_fill(row.tank, added_kg=row.mass_kg, m3_per_kg=m3_per_kg, refusals=refusals, field="tank", row=number)


def _check_moment(row: ConsignmentReceipt, received_at: datetime, number: int, refusals: Refusals) -> None:
    before, after = row.gauge_before, row.gauge_after
    if before is None or after is None:
        return
    if received_at < before.gauged_at:
        words = {"time": local_time_text(received_at), "gauge": before.number}
        message = _("%(time)s lies before %(gauge)s, the gauge before the receipt.")
        refusals.add(message % words, "gauge_before", number, before.number)
    for moved in moved_between(row.tank, before, after):
        words = {"tank": row.tank.code, "number": moved}
        message = _("Tank %(tank)s was moved by %(number)s between these gauges. Gauge it while nothing else moves.")
        refusals.add(message % words, "gauge_after", number, moved)


class QuietTimes:
    """When tanks were gauged for a receipt: from the gauge before to the gauge after nothing else moves.

    A movement in between would be taken for fuel that the consignment brought, or did not bring.

    Args:
        since: the earliest of the moments to be asked for.
    """

    def __init__(self, tank_ids: Iterable[int], *, since: datetime) -> None:
        rows = ConsignmentReceipt.objects.filter(tank__in=set(tank_ids), gauge_after__gauged_at__gt=since)
        self._times: dict[int, list[tuple[datetime, datetime, str]]] = {}
        standing: Any = rows.exclude(consignment__state=ConsignmentState.REVERSED)
        named = ("gauge_before__gauged_at", "gauge_after__gauged_at", "consignment__number")
        for tank, before, after, number in standing.values_list("tank", *named):
            self._times.setdefault(tank, []).append((before, after, number))

    def check(self, tank: Tank, moment: datetime, refusals: Refusals, *, field: str, row: int | None = None) -> None:
        """Note a moment at which the tank was gauged for a receipt."""
        for before, after, number in self._times.get(tank.pk, []):
            if before <= moment < after:
                words = {
                    "tank": tank.code,
                    "number": number,
                    "from": local_time_text(before),
                    "to": local_time_text(after),
                }
                message = _(
                    "Tank %(tank)s was gauged for %(number)s from %(from)s to %(to)s; nothing else moved meanwhile."
                )
                refusals.add(message % words, field, row, moment.isoformat())


def check_quiet(tanks: Iterable[Tank | None], moment: datetime, refusals: Refusals, *, field: str) -> None:
    """Note a moment at which one of the tanks that are named was gauged for a receipt."""
    named = [tank for tank in tanks if tank is not None]
    quiet = QuietTimes((tank.pk for tank in named), since=moment)
    for tank in named:
        quiet.check(tank, moment, refusals, field=field)


def moved_between(tank: Tank, before: Gauge, after: Gauge) -> list[str]:
    """The numbers of the documents that changed what is in a tank between two gauges; reversed ones do not count."""
    named = ("transaction__document_kind", "transaction__document_id", "transaction__document_number")
    moved = (
        entries_of(place_ids=[tank.place_id], journal=Journal.STOCK)
        .filter(occurred_at__gte=before.gauged_at, occurred_at__lt=after.gauged_at)
        .select_related(None)
        .order_by(*named)
        .values_list(*named)
        .annotate(total=Sum("quantity"))
    )
    return [
        number
        for kind, pk, number, total in moved
        if total and standing_transactions_of(document_kind=kind, document_id=pk)
    ]
