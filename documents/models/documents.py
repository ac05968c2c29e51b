"""What every document that posts to the ledger has: a site, a gapless number, who prepared it and when."""

from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from registry.models import Site, User


class NumberSeries(models.Model):
    """The last number given to one kind of document of one site in one year; its row is the lock on the next."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="+", verbose_name=_("site"))
    kind = models.CharField(_("document kind"), max_length=30)
    year = models.PositiveSmallIntegerField(_("year"))
    last_sequence = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        ordering = ("site", "kind", "year")
        db_table_comment = "The last number given to a kind of document of a site in a year."
        verbose_name = _("number series")
        verbose_name_plural = _("number series")
        constraints = [
            models.UniqueConstraint(fields=("site", "kind", "year"), name="number_series_once"),
        ]

    def __str__(self) -> str:
        return f"{self.site.code} {self.kind} {self.year}: {self.last_sequence}"


class DocumentQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> "DocumentQuerySet":
        return self.filter(site__in=Site.objects.visible_to(user))


class Document(models.Model):
    """A business document of one site. Its kind names it in the ledger, its letters stand in its number."""

    kind = ""
    letters = ""
    # What documents.operations knows of the act that is being done to it.
    is_kept = False
    is_acted_for_customs = False
    site = models.ForeignKey(Site, models.PROTECT, related_name="%(class)ss", verbose_name=_("site"))
    number = models.CharField(_("number"), max_length=40, unique=True, editable=False)
    number_year = models.PositiveSmallIntegerField(_("year of the number"), editable=False)
    number_sequence = models.PositiveIntegerField(_("place in the number series"), editable=False)
    prepared_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("prepared by"))
    prepared_at = models.DateTimeField(_("prepared"))
    remark = models.CharField(_("remark"), max_length=400, blank=True)
    # Sent twice, a request gives one document.
    request_key = models.UUIDField(default=uuid4, unique=True, editable=False)
    objects = DocumentQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("site", "number_year", "number_sequence"), name="%(class)s_number_once_per_site_and_year"
            ),
            models.CheckConstraint(condition=Q(number_sequence__gt=0), name="%(class)s_number_from_1"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """Its page, as documents.kinds names it."""
        return reverse(f"{self._meta.app_label}:{self.kind}_detail", args=[self.pk])
