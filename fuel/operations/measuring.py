"""Measuring as a site does it: by the basis in force on the day, with refusals that name field, figure and limits."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from documents.operations.documents import NotAsRequired
from fuel import measurement
from fuel.measurement import Gauged, Instrument, Measured, Method, OutsideTheStandard
from fuel.models import MeasuredBy, MeasurementBasis, Meter, StrappingTable, Tank
from registry.errors import FieldError
from registry.models import Site
from registry.wording import local_time_text, quantity_text


class NoMeasurementBasis(NotAsRequired):
    """The site has not said by which standard it measures."""

    code = "no-measurement-basis"


class NoStrappingTable(NotAsRequired):
    """The tank had no strapping table on the day."""

    code = "no-strapping-table"


class NoMeterFactor(NotAsRequired):
    """The meter was not proved before the moment."""

    code = "no-meter-factor"


class MeterRanBackwards(NotAsRequired):
    """The end reading is below the start by more than a roll-over explains."""

    code = "meter-ran-backwards"


def basis_on(*, site: Site, day: date, field: str = "", row: int | None = None) -> MeasurementBasis:
    """The measurement basis in force at the site on the day.

    Args:
        field, row: that the refusal names.
    Raises:
        NoMeasurementBasis: none is.
    """
    found = MeasurementBasis.objects.filter(site=site, valid_from_date__lte=day).order_by("-valid_from_date").first()
    if found is None:
        words = {"site": site.code, "day": local_time_text(day)}
        message = _("%(site)s has no measurement basis on %(day)s. Set one first.") % words
        raise NoMeasurementBasis(message, errors=[FieldError(message, field=field, row=row, figure=str(day))])
    basis: MeasurementBasis = found
    return basis


def method_of(basis: MeasuredBy) -> Method:
    """The basis as the measurement engine takes it."""
    return Method(
        standard=measurement.Standard(basis.standard),
        vcf_decimals=basis.vcf_decimals,
        base=measurement.Base(basis.base),
        mass_in=measurement.MassIn(basis.mass_in),
    )


def measure_fuel(
    *,
    litres_observed: Decimal,
    celsius: Decimal,
    density_at_base: Decimal,
    basis: MeasuredBy,
    row: int | None = None,
) -> Measured:
    """Litres at base and kilograms of an observed volume.

    Args:
        litres_observed: at ``celsius``, the meter factor already in it.
        density_at_base: kg/m³ at the basis' base temperature.
        row: of the line, for the refusal.
    Raises:
        NotAsRequired: naming celsius, density_at_base or litres_observed, the figure and the limits.
    """
    with refusals_translated(row):
        return measurement.measure(
            litres_observed=litres_observed,
            celsius=celsius,
            density_at_base=density_at_base,
            method=method_of(basis),
        )


def gauge_tank(
    *,
    dip_mm: Decimal,
    water_mm: Decimal,
    tank_celsius: Decimal,
    density_reading: Decimal,
    sample_celsius: Decimal,
    instrument: str,
    table: StrappingTable,
    basis: MeasuredBy,
) -> Gauged:
    """What a tank holds by a dip; see fuel.measurement.gauge_tank.

    Raises:
        NotAsRequired: naming the field whose figure the strapping table or the standard does not cover.
    """
    rows = table.rows.order_by("dip_mm").values_list("dip_mm", "volume_m3")
    with refusals_translated(None):
        return measurement.gauge_tank(
            strapping=list(rows),
            dip_mm=dip_mm,
            water_mm=water_mm,
            tank_celsius=tank_celsius,
            density_reading=density_reading,
            sample_celsius=sample_celsius,
            instrument=Instrument(instrument),
            method=method_of(basis),
        )


def strapping_table_on(*, tank: Tank, day: date) -> StrappingTable:
    """The strapping table of the tank in force on the day.

    Raises:
        NoStrappingTable: none is.
    """
    found = tank.strapping_tables.filter(valid_from_date__lte=day).order_by("-valid_from_date").first()
    if found is None:
        words = {"tank": tank.code, "day": local_time_text(day)}
        message = _("Tank %(tank)s has no strapping table on %(day)s. Load one first.") % words
        raise NoStrappingTable(message, errors=[FieldError(message, field="tank", figure=tank.code)])
    return found


def metered_litres(
    *, meter: Meter, start: Decimal, end: Decimal, at: datetime, row: int | None = None
) -> tuple[Decimal, Decimal]:
    """Litres between two readings and the factor in force: (litres to 0.001, factor).

    An end below the start is taken for a roll-over when less than half of the totaliser passed.

    Args:
        start, end: readings in litres.
        at: when it was delivered; the last proving before counts.
    Raises:
        NoMeterFactor: the meter was not proved before.
        MeterRanBackwards: the end is below the start and no roll-over explains it.
        NotAsRequired: a reading beyond the totaliser.
    """
    # A meter has few provings, and a caller with many readings has them at hand.
    provings = (proving for proving in meter.provings.all() if proving.proved_at <= at)
    proving = max(provings, key=lambda proving: proving.proved_at, default=None)
    if proving is None:
        message = _("Meter %(meter)s was not proved before %(time)s.") % {
            "meter": meter.code,
            "time": local_time_text(at),
        }
        raise NoMeterFactor(message, errors=[FieldError(message, field="meter", row=row, figure=meter.code)])
    if end < start and end + Decimal(10) ** meter.digits - start > Decimal(10) ** meter.digits / 2:
        words = {"end": quantity_text(end), "start": quantity_text(start), "meter": meter.code}
        message = _("Meter %(meter)s cannot end at %(end)s after it began at %(start)s; that is no roll-over.") % words
        raise MeterRanBackwards(message, errors=[FieldError(message, field="meter_end", row=row, figure=str(end))])
    with refusals_translated(row, start="meter_start", end="meter_end", factor="meter"):
        litres = measurement.metered_litres(start=start, end=end, digits=meter.digits, factor=proving.factor)
    return litres, proving.factor


@contextmanager
def refusals_translated(row: int | None = None, **fields: str) -> Iterator[None]:
    """Let what a standard or a table does not cover be a refusal that names field, row, figure and limits.

    Args:
        fields: by the engine's argument the name of the field that a person filled in.
    """
    try:
        yield
    except OutsideTheStandard as refused:
        message = _sentence(refused)
        error = FieldError(message, field=fields.get(refused.field, refused.field), row=row, figure=str(refused.figure))
        raise NotAsRequired(message, errors=[error]) from refused


def _sentence(refused: OutsideTheStandard) -> str:
    words = {
        "figure": quantity_text(refused.figure) if refused.figure.is_finite() else str(refused.figure),
        "lowest": quantity_text(refused.lowest) if refused.lowest is not None else "",
        "highest": quantity_text(refused.highest) if refused.highest is not None else "",
    }
    if refused.standard in {"1980", "2004"}:
        words["standard"] = f"API MPMS 11.1-{refused.standard}"
        if refused.highest is None:
            return _("%(figure)s is below %(lowest)s, the least that %(standard)s covers.") % words
        return _("%(figure)s lies outside %(standard)s, which covers %(lowest)s to %(highest)s.") % words
    if refused.standard == "strapping_table":
        return _("%(figure)s mm is outside the strapping table, which goes from %(lowest)s to %(highest)s mm.") % words
    return _("%(figure)s is no reading of this meter, which goes from %(lowest)s to %(highest)s.") % words
