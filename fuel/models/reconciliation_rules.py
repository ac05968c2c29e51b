"""How a site shares the gain and loss of its tanks between duty statuses, and how much of it is tolerated."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from customs.models.books import AtSiteQuerySet
from fuel.models.tickets import DUTY_STATUSES
from registry.history import append_only
from registry.models import Site


class SplitBy(models.TextChoices):
    """By what gain and loss are shared between the duty statuses."""

    ISSUES = "issues", _("By issues")
    BOOK = "book", _("By book stock")
    ONE_STATUS = "one_status", _("All to one status")


class ReconciliationRule(models.Model):
    """How a site shares operating gain and loss, and how much of it is tolerated, from a day until the next rule."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="reconciliation_rules", verbose_name=_("site"))
    name = models.CharField(_("name"), max_length=80)
    version = models.PositiveSmallIntegerField(_("version"))
    valid_from_date = models.DateField(_("valid from"))
    split_by = models.CharField(_("gain and loss are shared"), max_length=12, choices=SplitBy.choices)
    all_to_status = models.CharField(_("status that bears all"), max_length=20, blank=True, choices=DUTY_STATUSES)
    tolerance_percent_of_issues = models.DecimalField(
        _("tolerance (% of issues)"), max_digits=6, decimal_places=3, validators=[MinValueValidator(0)]
    )
    tolerance_percent_of_throughput = models.DecimalField(
        _("tolerance (% of opening and receipts)"), max_digits=6, decimal_places=3, validators=[MinValueValidator(0)]
    )
    objects = AtSiteQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("site", "-valid_from_date")
        db_table_comment = "How a site shares gain and loss of its tanks and what it tolerates, from a day on."
        verbose_name = _("reconciliation rule")
        verbose_name_plural = _("reconciliation rules")
        constraints = [
            models.UniqueConstraint(
                fields=("site", "valid_from_date"),
                name="reconciliation_rule_once_a_day",
                violation_error_message=_("The site already has a reconciliation rule from this day on."),
            ),
            models.UniqueConstraint(fields=("site", "name", "version"), name="reconciliation_rule_version_once"),
            models.CheckConstraint(
                condition=Q(split_by="one_status") & ~Q(all_to_status="")
                | ~Q(split_by="one_status") & Q(all_to_status=""),
                name="reconciliation_rule_names_its_status",
                violation_error_message=_("Name the status that bears all, and only then."),
            ),
            models.CheckConstraint(
                condition=Q(tolerance_percent_of_issues__gte=0, tolerance_percent_of_throughput__gte=0),
                name="reconciliation_rule_tolerances_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"

    def get_absolute_url(self) -> str:
        return reverse("fuel:reconciliation_rule_detail", args=[self.pk])


append_only(ReconciliationRule.history.model)
