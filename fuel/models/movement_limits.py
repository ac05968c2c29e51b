"""How much fuel one person may move alone."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from customs.models.books import AtSiteQuerySet
from registry.history import append_only
from registry.models import Site


class MovementLimit(models.Model):
    """What one person may drain and sample at a site without a second one, from a day until the next limit; in kg.

    A day's limit is for all such acts of the day together that nobody else has approved.
    """

    site = models.ForeignKey(Site, models.PROTECT, related_name="movement_limits", verbose_name=_("site"))
    valid_from_date = models.DateField(_("valid from"))
    drain_kg_per_act = models.DecimalField(
        _("drain (kg per act)"), max_digits=18, decimal_places=3, validators=[MinValueValidator(0)]
    )
    drain_kg_per_day = models.DecimalField(
        _("drains (kg per day)"), max_digits=18, decimal_places=3, validators=[MinValueValidator(0)]
    )
    sample_kg_per_act = models.DecimalField(
        _("sample (kg per act)"), max_digits=18, decimal_places=3, validators=[MinValueValidator(0)]
    )
    sample_kg_per_day = models.DecimalField(
        _("samples (kg per day)"), max_digits=18, decimal_places=3, validators=[MinValueValidator(0)]
    )
    objects = AtSiteQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("site", "-valid_from_date")
        db_table_comment = "How much fuel one person may drain and sample at a site alone, from a day on."
        verbose_name = _("limit of drains and samples")
        verbose_name_plural = _("limits of drains and samples")
        constraints = [
            models.UniqueConstraint(
                fields=("site", "valid_from_date"),
                name="movement_limit_once_a_day",
                violation_error_message=_("The site already has a limit from this day on."),
            ),
            models.CheckConstraint(
                condition=Q(
                    drain_kg_per_act__gte=0, drain_kg_per_day__gte=0, sample_kg_per_act__gte=0, sample_kg_per_day__gte=0
                ),
                name="movement_limit_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site.code} {self.valid_from_date}"

    def get_absolute_url(self) -> str:
        return reverse("fuel:movement_limit_detail", args=[self.pk])


append_only(MovementLimit.history.model)
