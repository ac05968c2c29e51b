"""Goods as customs knows them: units, the Harmonized System and items."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast
from django.db.models.lookups import Regex
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from registry.countries import check_country
from registry.history import append_only
from registry.key_fields import SameCode
from registry.models.people import SharedQuerySet, Zone
from registry.shared import shared
from registry.wording import name_text

# Chapters 98 and 99 are no part of the nomenclature: national purposes, and statistics of what is not told apart.
SUBHEADING = r"^(?!9[89])\d{6}$"


@shared
class Unit(models.Model):
    """A unit of UN/ECE Recommendation 20, with the decimals to which quantities in it are kept."""

    code = models.CharField(_("code"), max_length=3, primary_key=True)
    name = models.CharField(_("name"), max_length=120)
    symbol = models.CharField(_("symbol"), max_length=20, blank=True)
    decimals = models.PositiveSmallIntegerField(_("decimals"), default=5)
    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ("code",)
        db_table_comment = "Units of UN/ECE Recommendation 20."
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        constraints = [models.CheckConstraint(condition=Q(decimals__lte=5), name="unit_decimals_at_most_5")]

    def __str__(self) -> str:
        return self.symbol or self.code


class HsCodeQuerySet(SharedQuerySet):
    def subheadings(self) -> "HsCodeQuerySet":
        """The codes that goods are declared under: six digits, and not of the chapters kept for statistics."""
        return self.filter(code__regex=SUBHEADING)


@shared
class HsCode(models.Model):
    """A chapter, heading or subheading of the Harmonized System, 2, 4 or 6 digits."""

    code = models.CharField(_("code"), max_length=6, primary_key=True)
    description = models.TextField(_("description"))
    section = models.CharField(_("section"), max_length=6)
    objects = HsCodeQuerySet.as_manager()

    class Meta:
        ordering = ("code",)
        db_table_comment = "Headings and subheadings of the Harmonized System."
        verbose_name = _("HS code")
        verbose_name_plural = _("HS codes")

    def __str__(self) -> str:
        return f"{self.code} {self.description}"


@shared
class Item(models.Model):
    """An article under one HS code, declared in one unit."""

    zone = models.ForeignKey(Zone, models.PROTECT, related_name="items", verbose_name=_("zone"))
    code = models.CharField(_("item number"), max_length=40)
    name = models.CharField(_("name"), max_length=200)
    name_zh = models.CharField(_("name in Chinese"), max_length=200, blank=True)
    hs_code = models.ForeignKey(HsCode, models.PROTECT, related_name="items", verbose_name=_("HS code"))
    national_code = models.CharField(
        _("national tariff code"),
        max_length=10,
        blank=True,
        validators=[RegexValidator(r"^(\d{8}|\d{10})$", _("Write 8 or 10 digits."))],
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("declared unit"))
    net_mass_kg_per_unit = models.DecimalField(_("net mass per unit (kg)"), max_digits=18, decimal_places=5)
    statutory_unit_1 = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("first statutory unit")
    )
    statutory_factor_1 = models.DecimalField(
        _("first statutory units per declared unit"), max_digits=18, decimal_places=6, null=True, blank=True
    )
    statutory_unit_2 = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("second statutory unit")
    )
    statutory_factor_2 = models.DecimalField(
        _("second statutory units per declared unit"), max_digits=18, decimal_places=6, null=True, blank=True
    )
    origin = models.CharField(_("usual origin (ISO 3166)"), max_length=2, blank=True, validators=[check_country])
    shelf_life_days = models.PositiveIntegerField(_("shelf life (days)"), null=True, blank=True)
    needs_licence = models.BooleanField(_("licence required"), default=False)
    needs_preference_proof = models.BooleanField(_("preference proof required"), default=False)
    is_hazardous = models.BooleanField(_("hazardous"), default=False)
    is_perishable = models.BooleanField(_("perishable"), default=False)
    objects = SharedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("code", "pk")
        db_table_comment = "An article under one HS code, declared in one unit."
        verbose_name = _("item")
        verbose_name_plural = _("items")
        constraints = [
            models.UniqueConstraint(
                fields=("zone", "code"),
                name="item_code_once_per_zone",
                violation_error_message=_("This item number is already taken."),
            ),
            models.UniqueConstraint(
                "zone",
                SameCode("code"),
                name="item_code_once_in_any_case",
                violation_error_message=_("This item number is already taken."),
            ),
            models.CheckConstraint(
                condition=Q(net_mass_kg_per_unit__gt=0),
                name="item_net_mass_positive",
                violation_error_message=_("The net mass per unit must be above zero."),
            ),
            models.CheckConstraint(
                condition=Q(statutory_unit_1__isnull=True, statutory_factor_1__isnull=True)
                | Q(statutory_unit_1__isnull=False, statutory_factor_1__isnull=False, statutory_factor_1__gt=0),
                name="item_statutory_1_whole",
                violation_error_message=_(
                    "Give the first statutory unit and how many of it one declared unit has, or neither."
                ),
            ),
            models.CheckConstraint(
                condition=Q(statutory_unit_2__isnull=True, statutory_factor_2__isnull=True)
                | Q(statutory_unit_2__isnull=False, statutory_factor_2__isnull=False, statutory_factor_2__gt=0),
                name="item_statutory_2_whole",
                violation_error_message=_(
                    "Give the second statutory unit and how many of it one declared unit has, or neither."
                ),
            ),
            models.CheckConstraint(
                condition=Q(Regex(Cast("hs_code", models.CharField(max_length=6)), SUBHEADING)),
                name="item_hs_code_is_subheading",
                violation_error_message=_("Goods are declared under six digits; 27 and 2710 name many goods, 99 none."),
            ),
            models.CheckConstraint(
                condition=Q(national_code="") | Q(national_code__startswith=F("hs_code")),
                name="item_national_code_refines_hs_code",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {name_text(self)}"

    def clean(self) -> None:
        self._check_subheading()
        self._check_unit_kept()
        if self.national_code and not self.national_code.startswith(self.hs_code_id or ""):
            message = _("%(figure)s does not begin with the HS code %(hs_code)s.")
            words = {"figure": self.national_code, "hs_code": self.hs_code_id}
            raise ValidationError({"national_code": ValidationError(message, params=words)})

    def _check_subheading(self) -> None:
        if self.hs_code_id and not re.match(SUBHEADING, self.hs_code_id):
            message = _("%(figure)s is no code that goods are declared under. Write six digits such as 271019.")
            raise ValidationError({"hs_code": ValidationError(message, params={"figure": self.hs_code_id})})

    def _check_unit_kept(self) -> None:
        """What lies in bond was measured in the unit; nobody could tell kilograms from pieces afterwards."""
        if not self.pk:
            return
        former = type(self)._base_manager.filter(pk=self.pk).exclude(unit=self.unit_id).first()
        if former is not None and former.lots.exists():
            message = _("%(item)s has lots in %(unit)s and keeps that unit. Enter another item for another unit.")
            words = {"item": former.code, "unit": former.unit_id}
            raise ValidationError({"unit": ValidationError(message, params=words)})

    @property
    def tariff_code(self) -> str:
        """The finest code that tariff rates are looked up by."""
        return self.national_code or self.hs_code_id

    def get_absolute_url(self) -> str:
        return reverse("registry:item_detail", args=[self.pk])


append_only(Item.history.model)
