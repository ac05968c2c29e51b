"""Opening tanks and meters, and what is measured by: master data that administrators keep."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from customs.operations.documents import Refusals
from customs.rules import require_may_keep_books
from fuel.models import (
    MeasurementBasis,
    Meter,
    MeterProving,
    ReconciliationRule,
    StrappingRow,
    StrappingTable,
    Tank,
    TankGroup,
    TankMode,
)
from registry.models import Item, PlaceKind, Role, Site, User
from registry.operations.register import enter_in_register
from registry.operations.sites import add_place
from registry.rules import require_role

KILOGRAM = "KGM"


@transaction.atomic
def open_tank_group(*, site: Site, code: str, mode: str, actor: User | None, at: datetime, name: str = "") -> TankGroup:
    """Enter tanks that are run alike.

    Raises:
        NotAllowed: the actor is no administrator of the site.
        NotFitForRegister: naming each field and figure that cannot be accepted.
    """
    require_may_keep_books(actor, site)
    return enter_in_register(row=TankGroup(site=site, code=code, mode=mode, name=name), actor=actor, at=at)


@transaction.atomic
def open_tank(
    *,
    group: TankGroup,
    code: str,
    product: Item,
    actor: User | None,
    at: datetime,
    customs_status: str = "",
    safe_fill_m3: Decimal | None = None,
    name: str = "",
) -> Tank:
    """Open a tank, with its place in the ledger.

    Args:
        customs_status: of all that a segregated tank holds; empty in a group that is kept by book.
        safe_fill_m3: the most that is pumped into it.
    Raises:
        NotAllowed: the actor is no administrator of the site.
        NotAsRequired: the status does not fit the group's mode, or the product is not kept in kilograms.
        NotFitForRegister: naming each field and figure that cannot be accepted.
    """
    require_may_keep_books(actor, group.site)
    refusals = Refusals()
    if group.mode == TankMode.SEGREGATED and not customs_status:
        message = _("Tanks of group %(group)s are segregated. Say which duty status this one has.")
        refusals.add(message % {"group": group.code}, "customs_status")
    if group.mode == TankMode.BOOK and customs_status:
        message = _("Statuses share the tanks of group %(group)s. Leave the duty status empty.")
        refusals.add(message % {"group": group.code}, "customs_status", figure=customs_status)
    if product.unit_id != KILOGRAM:
        message = _("Fuel is kept in kilograms, but %(product)s is declared in %(unit)s.")
        refusals.add(message % {"product": product.code, "unit": product.unit_id}, "product", figure=product.code)
    refusals.raise_if_any()
    place = add_place(site=group.site, code=code, kind=PlaceKind.TANK, name=name, actor=actor, at=at)
    tank = Tank(place=place, group=group, product=product, customs_status=customs_status, safe_fill_m3=safe_fill_m3)
    return enter_in_register(row=tank, actor=actor, at=at)


@transaction.atomic
def load_strapping_table(
    *,
    tank: Tank,
    rows: Sequence[tuple[Decimal, Decimal]],
    valid_from_date: date,
    actor: User,
    at: datetime,
    certificate_number: str = "",
) -> StrappingTable:
    """Load a tank's calibration as a new version, in force from a day on.

    Args:
        rows: dip in mm and the volume below it in m³, dips rising and volumes never falling; at least two.
    Raises:
        NotAllowed: the actor neither administers nor supervises the site.
        NotAsRequired: naming each row and figure that breaks the order.
        NotFitForRegister: the tank already has a table from this day on.
    """
    require_role(actor, tank.site, Role.ADMINISTRATOR, Role.SUPERVISOR)
    _require_rising(rows)
    # The tank's row is the lock on its next version.
    Tank.objects.select_for_update().get(pk=tank.pk)
    last = tank.strapping_tables.order_by("-version").values_list("version", flat=True).first() or 0
    table = StrappingTable(
        tank=tank,
        version=last + 1,
        valid_from_date=valid_from_date,
        certificate_number=certificate_number,
        loaded_by=actor,
        loaded_at=at,
    )
    _enter(table)
    StrappingRow.objects.bulk_create(StrappingRow(table=table, dip_mm=dip, volume_m3=volume) for dip, volume in rows)
    return table


@transaction.atomic
def open_meter(
    *, site: Site, code: str, kind: str, digits: int, actor: User | None, at: datetime, name: str = ""
) -> Meter:
    """Enter a meter.

    Args:
        digits: of the totaliser in whole litres, 4 to 12.
    Raises:
        NotAllowed: the actor is no administrator of the site.
        NotFitForRegister: naming each field and figure that cannot be accepted.
    """
    require_may_keep_books(actor, site)
    return enter_in_register(row=Meter(site=site, code=code, kind=kind, digits=digits, name=name), actor=actor, at=at)


@transaction.atomic
def record_proving(
    *, meter: Meter, proved_at: datetime, factor: Decimal, actor: User, at: datetime, certificate_number: str = ""
) -> MeterProving:
    """Record a proving: the meter's factor from that moment on.

    Args:
        factor: 0.9800 to 1.0200, to 0.0001.
    Raises:
        NotAllowed: the actor neither administers nor supervises the site.
        NotFitForRegister: naming each field and figure that cannot be accepted.
    """
    require_role(actor, meter.site, Role.ADMINISTRATOR, Role.SUPERVISOR)
    proving = MeterProving(
        meter=meter,
        proved_at=proved_at,
        factor=factor,
        certificate_number=certificate_number,
        recorded_by=actor,
        recorded_at=at,
    )
    _enter(proving)
    return proving


@transaction.atomic
def set_measurement_basis(
    *,
    site: Site,
    valid_from_date: date,
    standard: str,
    actor: User | None,
    at: datetime,
    vcf_decimals: int,
    base: str = "15C",
    mass_in: str = "vacuum",
    agreed_in: str = "",
) -> MeasurementBasis:
    """Set the standard that a site measures by from a day on; what was measured before keeps its own.

    Raises:
        NotAllowed: the actor is no administrator of the site.
        NotFitForRegister: a combination that the standard does not have, or a day that already has a basis.
    """
    require_may_keep_books(actor, site)
    row = MeasurementBasis(
        site=site,
        valid_from_date=valid_from_date,
        standard=standard,
        vcf_decimals=vcf_decimals,
        base=base,
        mass_in=mass_in,
        agreed_in=agreed_in,
    )
    return enter_in_register(row=row, actor=actor, at=at)


@transaction.atomic
def set_reconciliation_rule(
    *,
    site: Site,
    name: str,
    valid_from_date: date,
    split_by: str,
    tolerance_percent_of_issues: Decimal,
    tolerance_percent_of_throughput: Decimal,
    actor: User | None,
    at: datetime,
    all_to_status: str = "",
) -> ReconciliationRule:
    """Set how a site shares gain and loss and what it tolerates, from a day on; the rule of a name gets a new version.

    Args:
        split_by: "issues", "book" or "one_status", which bears all and is named.
        tolerance_percent_of_issues, tolerance_percent_of_throughput: in percent, not below zero.
    Raises:
        NotAllowed: the actor is no administrator of the site.
        NotFitForRegister: naming each field and figure that cannot be accepted.
    """
    require_may_keep_books(actor, site)
    Site.objects.select_for_update().get(pk=site.pk)
    earlier = ReconciliationRule.objects.filter(site=site, name=name).order_by("-version").first()
    rule = ReconciliationRule(
        site=site,
        name=name,
        version=earlier.version + 1 if earlier is not None else 1,
        valid_from_date=valid_from_date,
        split_by=split_by,
        all_to_status=all_to_status,
        tolerance_percent_of_issues=tolerance_percent_of_issues,
        tolerance_percent_of_throughput=tolerance_percent_of_throughput,
    )
    return enter_in_register(row=rule, actor=actor, at=at)


def _require_rising(rows: Sequence[tuple[Decimal, Decimal]]) -> None:
    refusals = Refusals()
    if len(rows) < 2:
        refusals.add(_("A strapping table needs at least two rows."), "rows", figure=len(rows))
    for number, (dip_mm, volume_m3) in enumerate(rows):
        if dip_mm < 0:
            refusals.add(_("%(dip)s mm is below zero.") % {"dip": dip_mm}, "dip_mm", number, dip_mm)
        if volume_m3 < 0:
            refusals.add(_("%(volume)s m³ is below zero.") % {"volume": volume_m3}, "volume_m3", number, volume_m3)
    for number, ((before_mm, before_m3), (dip_mm, volume_m3)) in enumerate(pairwise(rows), start=1):
        if dip_mm <= before_mm:
            words = {"dip": dip_mm, "before": before_mm}
            refusals.add(_("%(dip)s mm does not follow on %(before)s mm.") % words, "dip_mm", number, dip_mm)
        if volume_m3 < before_m3:
            words = {"volume": volume_m3, "before": before_m3}
            message = _("%(volume)s m³ is less than the %(before)s m³ of the row before.") % words
            refusals.add(message, "volume_m3", number, volume_m3)
    refusals.raise_if_any()


def _enter(row: Any) -> None:
    """Save a row that is its own history; raise NotAsRequired naming each figure that cannot be kept."""
    refusals = Refusals()
    refusals.row_fits(row, number=None, exclude=set())
    refusals.raise_if_any()
    row.validate_constraints()
    row.save()
