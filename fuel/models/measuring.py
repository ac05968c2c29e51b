"""How a site measures fuel, from a day on, and the figures of one measurement as a row keeps them."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from customs.models.books import AtSiteQuerySet
from registry.history import append_only
from registry.models import Site


class MeasurementStandard(models.TextChoices):
    """The editions of the volume correction; each quantity says by which it was reckoned."""

    API_1980 = "1980", _("API MPMS 11.1-1980, Tables 53B and 54B")
    API_2004 = "2004", _("API MPMS 11.1-2004")


class BaseTemperature(models.TextChoices):
    CELSIUS_15 = "15C", _("15 °C")
    CELSIUS_20 = "20C", _("20 °C")
    FAHRENHEIT_60 = "60F", _("60 °F")


class MassIn(models.TextChoices):
    VACUUM = "vacuum", _("in vacuum")
    AIR = "air", _("in air")


class DensityInstrument(models.TextChoices):
    GLASS_HYDROMETER = "glass_hydrometer", _("Glass hydrometer")
    DENSITOMETER = "densitometer", _("Densitometer")


class MeasuredBy(models.Model):
    """By which standard, to how many decimals, at which base and as which mass a quantity was reckoned."""

    standard = models.CharField(_("standard"), max_length=4, choices=MeasurementStandard.choices)
    vcf_decimals = models.PositiveSmallIntegerField(_("decimals of the volume correction factor"), default=4)
    base = models.CharField(_("base temperature"), max_length=3, choices=BaseTemperature.choices, default="15C")
    mass_in = models.CharField(_("mass"), max_length=6, choices=MassIn.choices, default=MassIn.VACUUM)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.standard} {self.base}"


class MeasurementBasis(MeasuredBy):
    """The standard that a site measures by, from a day until the next one."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="measurement_bases", verbose_name=_("site"))
    valid_from_date = models.DateField(_("valid from"))
    agreed_in = models.CharField(_("agreed in (contract or notice)"), max_length=120, blank=True)
    objects = AtSiteQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("site", "-valid_from_date")
        db_table_comment = "The standard that a site measures fuel by, from a day until the next one."
        verbose_name = _("measurement basis")
        verbose_name_plural = _("measurement bases")
        constraints = [
            models.UniqueConstraint(
                fields=("site", "valid_from_date"),
                name="measurement_basis_once_a_day",
                violation_error_message=_("The site already has a measurement basis from this day on."),
            ),
            models.CheckConstraint(
                condition=Q(standard="1980", vcf_decimals__in=[4, 5], base__in=["15C", "20C"])
                | Q(standard="2004", vcf_decimals=5),
                name="measurement_basis_of_its_standard",
                violation_error_message=_(
                    "The standard of 1980 has 4 or 5 decimals at 15 °C or 20 °C, that of 2004 has 5 decimals."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site.code} {self.get_standard_display()} ({self.valid_from_date})"

    def get_absolute_url(self) -> str:
        return reverse("fuel:measurement_basis_detail", args=[self.pk])


class MeasuredFuel(MeasuredBy):
    """A volume as it was observed and what it is at the base temperature; litres of the two are never added."""

    litres_observed = models.DecimalField(_("litres observed"), max_digits=18, decimal_places=3, null=True, blank=True)
    celsius = models.DecimalField(_("temperature (°C)"), max_digits=6, decimal_places=2, null=True, blank=True)
    density_at_base = models.DecimalField(
        _("density at base (kg/m³)"), max_digits=7, decimal_places=1, null=True, blank=True
    )
    vcf = models.DecimalField(
        _("volume correction factor"), max_digits=7, decimal_places=5, null=True, blank=True, editable=False
    )
    litres_at_base = models.DecimalField(
        _("litres at base"), max_digits=18, decimal_places=3, null=True, blank=True, editable=False
    )
    mass_kg = models.DecimalField(
        _("mass (kg)"), max_digits=18, decimal_places=3, null=True, blank=True, editable=False
    )

    class Meta:
        abstract = True

    def take(self, measured: Any, basis: MeasuredBy) -> None:
        """Keep a measurement and the basis it was reckoned on."""
        self.vcf = measured.vcf
        self.litres_at_base = measured.litres_at_base
        self.mass_kg = measured.mass_kg
        self.standard = basis.standard
        self.vcf_decimals = basis.vcf_decimals
        self.base = basis.base
        self.mass_in = basis.mass_in


append_only(MeasurementBasis.history.model)
