"""Account books and the guarantees that the suspended duty and tax in them stand under."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from registry.history import append_only
from registry.models import Organisation, Place, Site, User


class AtSiteQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> "AtSiteQuerySet":
        return self.filter(site__in=Site.objects.visible_to(user))


class Guarantee(models.Model):
    """Up to how much suspended duty and tax a site's account books may hold, in CNY."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="guarantees", verbose_name=_("site"))
    number = models.CharField(_("guarantee number"), max_length=40, unique=True)
    guarantor = models.CharField(_("guarantor"), max_length=120)
    limit_cny = models.DecimalField(_("limit (CNY)"), max_digits=18, decimal_places=2)
    objects = AtSiteQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("number",)
        db_table_comment = "Up to how much suspended duty and tax the account books under it may hold."
        verbose_name = _("guarantee")
        verbose_name_plural = _("guarantees")
        constraints = [
            models.CheckConstraint(
                condition=Q(limit_cny__gt=0),
                name="guarantee_limit_positive",
                violation_error_message=_("The limit must be above zero."),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("customs:guarantee_detail", args=[self.pk])


class AccountBookKind(models.TextChoices):
    LOGISTICS = "logistics", _("Logistics")
    PROCESSING = "processing", _("Processing")
    FUEL = "fuel", _("Fuel")
    MAINTENANCE = "maintenance", _("Maintenance")


class AccountBook(models.Model):
    """A customs account book. Its figures are readings of the CUSTOMS journal at its place, never counters."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="account_books", verbose_name=_("site"))
    number = models.CharField(_("account book number"), max_length=30, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=AccountBookKind.choices)
    holder = models.ForeignKey(Organisation, models.PROTECT, related_name="account_books", verbose_name=_("holder"))
    guarantee = models.ForeignKey(
        Guarantee, models.PROTECT, null=True, blank=True, related_name="account_books", verbose_name=_("guarantee")
    )
    place = models.OneToOneField(
        Place, models.PROTECT, related_name="account_book", verbose_name=_("place in the ledger"), editable=False
    )
    reconciliation_months = models.PositiveSmallIntegerField(
        _("reconciliation cycle (months)"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
    )
    opened_date = models.DateField(_("opened"))
    closed_date = models.DateField(_("closed"), null=True, blank=True)
    objects = AtSiteQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("number",)
        db_table_comment = "A customs account book; its figures are readings of the CUSTOMS journal at its place."
        verbose_name = _("account book")
        verbose_name_plural = _("account books")
        constraints = [
            models.CheckConstraint(
                condition=Q(reconciliation_months__gte=1, reconciliation_months__lte=12),
                name="account_book_cycle_at_most_a_year",
                violation_error_message=_("The reconciliation cycle is 1 to 12 months."),
            ),
            models.CheckConstraint(
                condition=Q(closed_date__isnull=True) | Q(closed_date__gte=F("opened_date")),
                name="account_book_closed_after_opened",
                violation_error_message=_("The book cannot be closed before it was opened."),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("customs:account_book_detail", args=[self.pk])


for tracked in (Guarantee, AccountBook):
    append_only(tracked.history.model)
