"""Gauging a tank, and making a wrong gauge void. Neither posts stock: gain and loss come from a reconciliation."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from documents.operations import documents
from documents.operations.acts import BY_POSTERS, POSTED_AT_ONCE, act
from documents.operations.numbers import give_number
from fuel.models import ConsignmentReceipt, DensityInstrument, Gauge, GaugePurpose, Tank
from fuel.operations.measuring import basis_on, gauge_tank, strapping_table_on
from fuel.reconciliations.model import UNDONE
from registry.errors import Conflict, FieldError
from registry.models import User

_RESULTS = (
    "total_observed_m3",
    "free_water_m3",
    "gross_observed_m3",
    "density_at_base",
    "vcf",
    "gross_standard_m3",
    "mass_kg",
)


class GaugeInUse(Conflict):
    """A receipt or a reconciliation stands on the gauge."""

    code = "gauge-in-use"


class GaugedAlready(Conflict):
    """The tank has a gauge of this moment."""

    code = "gauged-already"


def record_gauge(
    *,
    tank: Tank,
    gauged_at: datetime,
    dip_mm: Decimal,
    tank_celsius: Decimal,
    density_reading: Decimal,
    sample_celsius: Decimal,
    actor: User,
    at: datetime,
    request_key: UUID,
    water_mm: Decimal = Decimal(0),
    instrument: str = DensityInstrument.GLASS_HYDROMETER,
    purpose: str = GaugePurpose.DAILY,
    remark: str = "",
) -> Gauge:
    """Gauge a tank: dip, water cut, temperature and sample become volume and mass; the same request twice gives one.

    Args:
        dip_mm, water_mm: of the surface and of the water below the fuel.
        density_reading: of the sample, kg/m³, read at ``sample_celsius``.
    Raises:
        NotAllowed: the actor posts no documents at the site.
        NotAsRequired: a moment in the future, or a figure outside the strapping table or the standard.
        NoMeasurementBasis, NoStrappingTable: none is in force on the day.
        GaugedAlready: the tank has a gauge of this moment.
        RequestKeyUsed: the key stands for somebody else's document.
    """
    documents.require_poster(actor, tank.site)
    documents.require_not_in_the_future(gauged_at, at=at, field="gauged_at")

    def prepare() -> Gauge:
        gauge = Gauge(
            site=tank.site,
            tank=tank,
            purpose=purpose,
            gauged_at=gauged_at,
            dip_mm=dip_mm,
            water_mm=water_mm,
            tank_celsius=tank_celsius,
            density_reading=density_reading,
            sample_celsius=sample_celsius,
            instrument=instrument,
            prepared_by=actor,
            prepared_at=at,
            request_key=request_key,
            remark=remark,
        )
        _measure(gauge)
        _require_new_moment(gauge)
        give_number(document=gauge, at=at)
        documents.keep(gauge, actor=actor, at=at)
        return gauge

    with transaction.atomic():
        # The tank's row is the lock on its gauges.
        Tank.objects.select_for_update().get(pk=tank.pk)
        return documents.prepared_once(Gauge, request_key=request_key, actor=actor, prepare=prepare)


@act(Gauge, "void", POSTED_AT_ONCE, who=BY_POSTERS, with_reason=True, is_due=lambda gauge: not gauge.is_void)
def void_gauge(*, gauge: Gauge, actor: User, at: datetime, reason: str) -> Gauge:
    """Make a wrong gauge void; the tank is gauged again. Its number stays.

    Raises:
        WrongState: it is void already.
        GaugeInUse: a receipt or a reconciliation stands on it.
    """
    words = {"number": gauge.number}
    if gauge.is_void:
        raise documents.WrongState(_("%(number)s is void already.") % words)
    if _is_used(gauge):
        raise GaugeInUse(_("A receipt or a reconciliation stands on %(number)s.") % words)
    gauge.is_void = True
    return gauge


def _measure(gauge: Gauge) -> None:
    day = documents.customs_date(gauge, gauge.gauged_at)
    basis = basis_on(site=gauge.site, day=day)
    gauge.strapping_table = strapping_table_on(tank=gauge.tank, day=day)
    gauge.standard, gauge.vcf_decimals = basis.standard, basis.vcf_decimals
    gauge.base, gauge.mass_in = basis.base, basis.mass_in
    documents.require_fit(gauge, exclude=_RESULTS)
    gauged = gauge_tank(
        dip_mm=gauge.dip_mm,
        water_mm=gauge.water_mm,
        tank_celsius=gauge.tank_celsius,
        density_reading=gauge.density_reading,
        sample_celsius=gauge.sample_celsius,
        instrument=gauge.instrument,
        table=gauge.strapping_table,
        basis=basis,
    )
    for name in _RESULTS:
        setattr(gauge, name, getattr(gauged, name))


def _require_new_moment(gauge: Gauge) -> None:
    earlier: Any = Gauge.objects.filter(tank=gauge.tank, gauged_at=gauge.gauged_at, is_void=False).first()
    if earlier is not None:
        words = {"tank": gauge.tank.code, "number": earlier.number}
        message = _("Tank %(tank)s was already gauged at this moment: %(number)s.") % words
        raise GaugedAlready(message, errors=[FieldError(message, field="gauged_at", figure=earlier.number)])


def _is_used(gauge: Gauge) -> bool:
    received = ConsignmentReceipt.objects.filter(Q(gauge_before=gauge) | Q(gauge_after=gauge))
    standing = received.exclude(consignment__state="reversed")
    return standing.exists() or gauge.reconciliations.exclude(state__in=UNDONE).exists()
