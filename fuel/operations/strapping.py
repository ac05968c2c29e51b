"""Loading strapping tables: what a calibration must be like, and trying one before it is loaded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from documents.operations.documents import Refusals
from fuel.models import StrappingRow, StrappingTable, Tank
from fuel.rules import require_may_calibrate
from registry.errors import Conflict, FieldError
from registry.models import User
from registry.operations.register import check_fit
from registry.wording import local_time_text

# A row to the millimetre of the highest tanks there are.
MOST_ROWS = 30_000

Rows = Sequence[tuple[Decimal, Decimal]]


class TableLoadedAlready(Conflict):
    """The tank has this table already, or another one from the same day on."""

    code = "strapping-table-loaded-already"


@dataclass(frozen=True, slots=True)
class StrappingTrial:
    """What loading a strapping table would come to; dips in mm, volumes in m³."""

    version: int
    is_known: bool
    rows: int
    lowest_dip_mm: Decimal
    highest_dip_mm: Decimal
    lowest_volume_m3: Decimal
    highest_volume_m3: Decimal


@transaction.atomic
def load_strapping_table(
    *, tank: Tank, rows: Rows, valid_from_date: date, actor: User, at: datetime, certificate_number: str = ""
) -> StrappingTable:
    """Load a tank's calibration as a new version, in force from a day on; the same one again gives the first.

    Gauges that were taken keep the table that they were taken by.

    Args:
        rows: dip in mm and the volume below it in m³, dips rising and volumes never falling; at least two.
    Raises:
        NotAllowed: the actor neither administers nor supervises the site.
        NotAsRequired: naming each row and figure that breaks the order or that a table cannot hold.
        TableLoadedAlready: the tank has another table from this day on, or this one from another day on.
        NotFitForRegister: naming each other figure that cannot be accepted.
    Source: API MPMS 2.2A; GB/T 13235.1.
    """
    # The tank's row is the lock on its next version.
    Tank.objects.select_for_update().get(pk=tank.pk)
    table = _drawn_up(tank, rows, valid_from_date, certificate_number, actor, at)
    if table._state.adding:
        table.save()
        StrappingRow.objects.bulk_create(
            StrappingRow(table=table, dip_mm=dip_mm, volume_m3=volume_m3) for dip_mm, volume_m3 in rows
        )
    return table


def try_strapping_table(
    *, tank: Tank, rows: Rows, valid_from_date: date, actor: User, at: datetime, certificate_number: str = ""
) -> StrappingTrial:
    """Say what loading a tank's calibration would come to; nothing is written.

    Raises:
        as load_strapping_table.
    """
    table = _drawn_up(tank, rows, valid_from_date, certificate_number, actor, at)
    (lowest_dip, lowest_volume), (highest_dip, highest_volume) = rows[0], rows[-1]
    return StrappingTrial(
        version=table.version,
        is_known=not table._state.adding,
        rows=len(rows),
        lowest_dip_mm=lowest_dip,
        highest_dip_mm=highest_dip,
        lowest_volume_m3=lowest_volume,
        highest_volume_m3=highest_volume,
    )


def _drawn_up(
    tank: Tank, rows: Rows, valid_from_date: date, certificate_number: str, actor: User, at: datetime
) -> StrappingTable:
    """The table as it would be saved, or the one that was loaded before."""
    require_may_calibrate(actor, tank.site)
    _require_rising(rows)
    known = _known(tank, rows, valid_from_date, certificate_number)
    if known is not None:
        return known
    last = tank.strapping_tables.order_by("-version").values_list("version", flat=True).first() or 0
    table = StrappingTable(
        tank=tank,
        version=last + 1,
        valid_from_date=valid_from_date,
        certificate_number=certificate_number,
        loaded_by=actor,
        loaded_at=at,
    )
    check_fit(table)
    return table


def _known(tank: Tank, rows: Rows, valid_from_date: date, certificate_number: str) -> StrappingTable | None:
    """The table when it was loaded before; raises where the day or the table is taken otherwise."""
    words = {"tank": tank.code, "day": local_time_text(valid_from_date)}
    same = _with_the_same_figures(tank, rows, certificate_number)
    if same is not None and same.valid_from_date == valid_from_date:
        return same
    of_the_day = tank.strapping_tables.filter(valid_from_date=valid_from_date).first()
    if of_the_day is not None:
        message = _("Tank %(tank)s already has version %(version)s of its table from %(day)s on. Choose another day.")
        message %= {**words, "version": of_the_day.version}
        raise TableLoadedAlready(message, errors=[FieldError(message, "valid_from_date", None, str(valid_from_date))])
    if same is not None:
        message = _("This is version %(version)s of the table of tank %(tank)s again, in force from %(since)s on.")
        message %= {**words, "version": same.version, "since": local_time_text(same.valid_from_date)}
        raise TableLoadedAlready(message, errors=[FieldError(message, "rows")])
    return None


def _with_the_same_figures(tank: Tank, rows: Rows, certificate_number: str) -> StrappingTable | None:
    alike = tank.strapping_tables.filter(certificate_number=certificate_number)
    for table in alike.annotate(number_of_rows=Count("rows")).filter(number_of_rows=len(rows)):
        if list(table.rows.order_by("dip_mm").values_list("dip_mm", "volume_m3")) == [tuple(row) for row in rows]:
            return table
    return None


def _require_rising(rows: Rows) -> None:
    refusals = Refusals()
    if len(rows) < 2:
        refusals.add(_("A strapping table needs at least two rows."), "rows", figure=len(rows))
    if len(rows) > MOST_ROWS:
        message = _("A strapping table has at most %(most)s rows, and this one has %(rows)s.")
        refusals.add(message % {"most": MOST_ROWS, "rows": len(rows)}, "rows", figure=len(rows))
        refusals.raise_if_any()
    for number, (dip_mm, volume_m3) in enumerate(rows):
        if dip_mm < 0:
            refusals.add(_("%(dip)s mm is below zero.") % {"dip": dip_mm}, "dip_mm", number, dip_mm)
        if volume_m3 < 0:
            refusals.add(_("%(volume)s m³ is below zero.") % {"volume": volume_m3}, "volume_m3", number, volume_m3)
        refusals.row_fits(StrappingRow(dip_mm=dip_mm, volume_m3=volume_m3), number=number, exclude={"table"})
    for number, ((before_mm, before_m3), (dip_mm, volume_m3)) in enumerate(pairwise(rows), start=1):
        if dip_mm <= before_mm:
            words = {"dip": dip_mm, "before": before_mm}
            refusals.add(_("%(dip)s mm does not follow on %(before)s mm.") % words, "dip_mm", number, dip_mm)
        if volume_m3 < before_m3:
            words = {"volume": volume_m3, "before": before_m3}
            message = _("%(volume)s m³ is less than the %(before)s m³ of the row before.") % words
            refusals.add(message, "volume_m3", number, volume_m3)
    refusals.raise_if_any()
