"""Gauge readings: what a dip, a temperature and a sample say of a tank."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from documents.models import Document
from fuel.models.measuring import DensityInstrument, MeasuredBy
from fuel.models.tanks import StrappingTable, Tank
from registry.history import append_only


class GaugePurpose(models.TextChoices):
    DAILY = "daily", _("Daily gauge")
    BEFORE_RECEIPT = "before_receipt", _("Before a receipt")
    AFTER_RECEIPT = "after_receipt", _("After a receipt")
    CHECK = "check", _("Check")


class Gauge(Document, MeasuredBy):
    """A tank's contents as gauged at one moment. A wrong one is made void and gauged again; neither posts stock."""

    kind = "gauge"
    letters = "GAU"

    tank = models.ForeignKey(Tank, models.PROTECT, related_name="gauges", verbose_name=_("tank"))
    purpose = models.CharField(_("purpose"), max_length=20, choices=GaugePurpose.choices, default=GaugePurpose.DAILY)
    gauged_at = models.DateTimeField(_("gauged"))
    dip_mm = models.DecimalField(_("dip (mm)"), max_digits=8, decimal_places=1)
    water_mm = models.DecimalField(_("water dip (mm)"), max_digits=8, decimal_places=1, default=0)
    tank_celsius = models.DecimalField(_("tank temperature (°C)"), max_digits=6, decimal_places=2)
    density_reading = models.DecimalField(_("density of the sample (kg/m³)"), max_digits=7, decimal_places=2)
    sample_celsius = models.DecimalField(_("sample temperature (°C)"), max_digits=6, decimal_places=2)
    instrument = models.CharField(
        _("instrument"),
        max_length=20,
        choices=DensityInstrument.choices,
        default=DensityInstrument.GLASS_HYDROMETER,
    )
    strapping_table = models.ForeignKey(
        StrappingTable, models.PROTECT, related_name="+", editable=False, verbose_name=_("strapping table")
    )
    total_observed_m3 = models.DecimalField(
        _("total observed volume (m³)"), max_digits=12, decimal_places=4, editable=False
    )
    free_water_m3 = models.DecimalField(_("free water (m³)"), max_digits=12, decimal_places=4, editable=False)
    gross_observed_m3 = models.DecimalField(
        _("gross observed volume (m³)"), max_digits=12, decimal_places=4, editable=False
    )
    density_at_base = models.DecimalField(_("density at base (kg/m³)"), max_digits=7, decimal_places=1, editable=False)
    vcf = models.DecimalField(_("volume correction factor"), max_digits=7, decimal_places=5, editable=False)
    gross_standard_m3 = models.DecimalField(
        _("gross standard volume (m³)"), max_digits=12, decimal_places=3, editable=False
    )
    mass_kg = models.DecimalField(_("mass (kg)"), max_digits=18, decimal_places=3, editable=False)
    is_void = models.BooleanField(_("void"), default=False, editable=False)
    history = HistoricalRecords()

    class Meta(Document.Meta):
        db_table_comment = "A tank's contents as gauged at one moment."
        verbose_name = _("gauge")
        verbose_name_plural = _("gauges")
        constraints = [
            *Document.Meta.constraints,
            models.CheckConstraint(
                condition=Q(dip_mm__gte=0, water_mm__gte=0, water_mm__lte=F("dip_mm")),
                name="gauge_water_below_dip",
                violation_error_message=_("The water dip lies above the dip."),
            ),
            models.UniqueConstraint(
                fields=("tank", "gauged_at"),
                condition=Q(is_void=False),
                name="gauge_once_a_moment",
                violation_error_message=_("The tank was already gauged at this moment."),
            ),
        ]


append_only(Gauge.history.model)
