"""Tanks, how statuses share them, and the strapping tables that turn a dip into a volume."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from customs.models.books import AtSiteQuerySet
from ledger.postings import CustomsStatus
from registry.history import append_only
from registry.models import Item, Place, Site, User


class TankMode(models.TextChoices):
    """How bonded and duty-paid fuel share the tanks of a group."""

    SEGREGATED = "segregated", _("Segregated: a tank has one duty status")
    BOOK = "book", _("By book: statuses share a tank, the total is controlled")


class TankGroup(models.Model):
    """Tanks that are run alike."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="tank_groups", verbose_name=_("site"))
    code = models.CharField(_("code"), max_length=20)
    name = models.CharField(_("name"), max_length=120, blank=True)
    mode = models.CharField(_("mode"), max_length=12, choices=TankMode.choices)
    objects = AtSiteQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("site", "code")
        db_table_comment = "Tanks in which bonded and duty-paid fuel are kept apart, or share by book."
        verbose_name = _("tank group")
        verbose_name_plural = _("tank groups")
        constraints = [
            models.UniqueConstraint(
                fields=("site", "code"),
                name="tank_group_code_once_per_site",
                violation_error_message=_("The site already has a tank group with this code."),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("fuel:tank_group_detail", args=[self.pk])


class TankQuerySet(models.QuerySet["Tank"]):
    def visible_to(self, user: User) -> "TankQuerySet":
        return self.filter(place__site__in=Site.objects.visible_to(user))


class Tank(models.Model):
    """A tank: a place of the ledger that holds one product. Segregated, it also has one duty status.

    A slop tank holds what was drained: it is blocked there, and leaves only to be destroyed.
    """

    place = models.OneToOneField(Place, models.PROTECT, related_name="tank", verbose_name=_("place in the ledger"))
    group = models.ForeignKey(TankGroup, models.PROTECT, related_name="tanks", verbose_name=_("tank group"))
    product = models.ForeignKey(Item, models.PROTECT, related_name="+", verbose_name=_("product"))
    customs_status = models.CharField(
        _("duty status, where segregated"),
        max_length=20,
        blank=True,
        choices=[
            (CustomsStatus.BONDED.value, CustomsStatus.BONDED.label),
            (CustomsStatus.DUTY_PAID.value, CustomsStatus.DUTY_PAID.label),
        ],
    )
    safe_fill_m3 = models.DecimalField(
        _("safe fill (m³)"), max_digits=12, decimal_places=3, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    is_slop = models.BooleanField(_("slop tank"), default=False, db_default=False)
    objects = TankQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("place__site", "place__code")
        db_table_comment = "A tank of the ledger with its product and, where segregated, its duty status."
        verbose_name = _("tank")
        verbose_name_plural = _("tanks")

    def __str__(self) -> str:
        return self.place.code

    @property
    def code(self) -> str:
        return self.place.code

    @property
    def site(self) -> Site:
        return self.place.site

    def get_absolute_url(self) -> str:
        return reverse("fuel:tank_detail", args=[self.pk])


class StrappingTableQuerySet(models.QuerySet["StrappingTable"]):
    def visible_to(self, user: User) -> "StrappingTableQuerySet":
        return self.filter(tank__place__site__in=Site.objects.visible_to(user))


class StrappingTable(models.Model):
    """A tank's calibration: which volume lies below which dip. A new calibration is a new version."""

    tank = models.ForeignKey(Tank, models.PROTECT, related_name="strapping_tables", verbose_name=_("tank"))
    version = models.PositiveSmallIntegerField(_("version"))
    valid_from_date = models.DateField(_("valid from"))
    certificate_number = models.CharField(_("calibration certificate"), max_length=60, blank=True)
    loaded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("loaded by"))
    loaded_at = models.DateTimeField(_("loaded"))
    objects = StrappingTableQuerySet.as_manager()

    class Meta:
        ordering = ("tank", "-version")
        db_table_comment = "A version of a tank's calibration; never changed once loaded."
        verbose_name = _("strapping table")
        verbose_name_plural = _("strapping tables")
        constraints = [
            models.UniqueConstraint(fields=("tank", "version"), name="strapping_table_version_once"),
            models.UniqueConstraint(
                fields=("tank", "valid_from_date"),
                name="strapping_table_once_a_day",
                violation_error_message=_("The tank already has a strapping table from this day on."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tank} v{self.version}"

    def get_absolute_url(self) -> str:
        return reverse("fuel:strapping_table_detail", args=[self.pk])


class StrappingRow(models.Model):
    """One row: the dip in millimetres and the volume below it in cubic metres."""

    table = models.ForeignKey(StrappingTable, models.PROTECT, related_name="rows", verbose_name=_("strapping table"))
    dip_mm = models.DecimalField(_("dip (mm)"), max_digits=8, decimal_places=1)
    volume_m3 = models.DecimalField(_("volume (m³)"), max_digits=12, decimal_places=4)

    class Meta:
        ordering = ("table", "dip_mm")
        db_table_comment = "The volume below a dip; linear between rows."
        verbose_name = _("strapping row")
        verbose_name_plural = _("strapping rows")
        constraints = [
            models.UniqueConstraint(fields=("table", "dip_mm"), name="strapping_row_once"),
            models.CheckConstraint(condition=Q(dip_mm__gte=0, volume_m3__gte=0), name="strapping_row_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.dip_mm} mm: {self.volume_m3} m³"


for tracked in (TankGroup, Tank):
    append_only(tracked.history.model)
append_only(StrappingTable)
append_only(StrappingRow)
