"""Meters of refuellers and hydrants, and the provings that give them their factor."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from customs.models.books import AtSiteQuerySet
from registry.history import append_only
from registry.key_fields import SameCode
from registry.models import Site, User


class MeterKind(models.TextChoices):
    REFUELLER = "refueller", _("Refueller")
    HYDRANT = "hydrant", _("Hydrant dispenser")
    RECEIPT = "receipt", _("Receipt meter")


class Meter(models.Model):
    """A volume meter with a totaliser in litres that rolls over after its last digit."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="meters", verbose_name=_("site"))
    code = models.CharField(_("code"), max_length=20)
    name = models.CharField(_("vehicle or pit"), max_length=120, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=MeterKind.choices)
    digits = models.PositiveSmallIntegerField(
        _("digits of the totaliser"), default=8, validators=[MinValueValidator(4), MaxValueValidator(12)]
    )
    is_open = models.BooleanField(_("in use"), default=True)
    objects = AtSiteQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("site", "code")
        db_table_comment = "A volume meter with a totaliser in litres."
        verbose_name = _("meter")
        verbose_name_plural = _("meters")
        constraints = [
            models.UniqueConstraint(
                fields=("site", "code"),
                name="meter_code_once_per_site",
                violation_error_message=_("The site already has a meter with this code."),
            ),
            models.UniqueConstraint(
                "site",
                SameCode("code"),
                name="meter_code_once_in_any_case",
                violation_error_message=_("The site already has a meter with this code."),
            ),
            models.CheckConstraint(condition=Q(digits__gte=4, digits__lte=12), name="meter_digits_in_range"),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("fuel:meter_detail", args=[self.pk])


class MeterProvingQuerySet(models.QuerySet["MeterProving"]):
    def visible_to(self, user: User) -> "MeterProvingQuerySet":
        return self.filter(meter__site__in=Site.objects.visible_to(user))


class MeterProving(models.Model):
    """A proving against a prover: the meter's factor from that moment until the next one."""

    meter = models.ForeignKey(Meter, models.PROTECT, related_name="provings", verbose_name=_("meter"))
    proved_at = models.DateTimeField(_("proved"))
    factor = models.DecimalField(
        _("meter factor"),
        max_digits=6,
        decimal_places=4,
        validators=[MinValueValidator(0.98), MaxValueValidator(1.02)],
    )
    certificate_number = models.CharField(_("proving certificate"), max_length=60, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("recorded by"))
    recorded_at = models.DateTimeField(_("recorded"))
    objects = MeterProvingQuerySet.as_manager()

    class Meta:
        ordering = ("meter", "-proved_at")
        db_table_comment = "The factor of a meter from a proving until the next."
        verbose_name = _("proving")
        verbose_name_plural = _("provings")
        constraints = [
            models.UniqueConstraint(
                fields=("meter", "proved_at"),
                name="meter_proving_once",
                violation_error_message=_("The meter was already proved at this moment."),
            ),
            models.CheckConstraint(
                condition=Q(factor__gte="0.98", factor__lte="1.02"),
                name="meter_factor_in_range",
                violation_error_message=_("A meter factor lies between 0.9800 and 1.0200."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meter} {self.factor}"


append_only(Meter.history.model)
append_only(MeterProving)
