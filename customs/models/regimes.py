"""Regimes: what customs demands of a kind of site. Policy kept as rows, not as code."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from customs.models.declaration_numbers import CHINESE_FORM, check_form
from registry.history import append_only
from registry.models import RegimeCode
from registry.models.people import SharedQuerySet
from registry.shared import shared


class LotIdentification(models.TextChoices):
    """Which lot leaves first when several hold the item."""

    FIFO = "fifo", _("First in, first out")
    FEFO = "fefo", _("First expired, first out")
    NAMED = "named", _("The named lot")


@shared
class Regime(models.Model):
    """What one customs regime demands of the sites under it. Tolerances are fractions (0.03 is 3 %)."""

    code = models.CharField(_("regime"), max_length=30, primary_key=True, choices=RegimeCode.choices)
    storage_limit_months = models.PositiveSmallIntegerField(_("storage limit (months)"), null=True, blank=True)
    extension_months = models.PositiveSmallIntegerField(_("one extension (months)"), null=True, blank=True)
    takes_guarantee = models.BooleanField(_("guarantee taken"), default=True)
    weighing_tolerance = models.DecimalField(_("weighing tolerance"), max_digits=5, decimal_places=4)
    loss_tolerance = models.DecimalField(_("loss tolerance"), max_digits=5, decimal_places=4)
    allows_batch_declaration = models.BooleanField(_("batch declaration allowed"), default=False)
    lot_identification = models.CharField(
        _("lot identification"), max_length=10, choices=LotIdentification.choices, default=LotIdentification.FIFO
    )
    declaration_number_form = models.CharField(
        _("form of declaration numbers"),
        max_length=80,
        default=CHINESE_FORM,
        db_default=CHINESE_FORM,
        validators=[check_form],
        help_text=_("# for a digit, @ for a letter, * for either; | parts several forms."),
    )
    objects = SharedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("code",)
        db_table_comment = "What a customs regime demands of the sites under it."
        verbose_name = _("regime")
        verbose_name_plural = _("regimes")
        constraints = [
            models.CheckConstraint(
                condition=Q(weighing_tolerance__gte=0, weighing_tolerance__lt=1)
                & Q(loss_tolerance__gte=0, loss_tolerance__lt=1),
                name="regime_tolerances_are_fractions",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_code_display())

    def get_absolute_url(self) -> str:
        return reverse("customs:regime_detail", args=[self.pk])


append_only(Regime.history.model)
