"""Customs exchange rates and tariff rates, each valid from a date until the next one."""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from registry.countries import check_country
from registry.currencies import check_currency
from registry.history import append_only
from registry.models.people import SharedQuerySet
from registry.shared import shared


@shared
class ExchangeRate(models.Model):
    """The customs rate of a currency: CNY for one unit of it, from a date on."""

    currency = models.CharField(
        _("currency (ISO 4217)"),
        max_length=3,
        validators=[check_currency],
    )
    valid_from_date = models.DateField(_("valid from"))
    cny_per_unit = models.DecimalField(_("CNY per unit"), max_digits=14, decimal_places=6)
    source = models.CharField(_("source"), max_length=120, blank=True)
    objects = SharedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("currency", "-valid_from_date")
        db_table_comment = "CNY for one unit of a currency, from a date until the next rate."
        verbose_name = _("exchange rate")
        verbose_name_plural = _("exchange rates")
        constraints = [
            models.UniqueConstraint(
                fields=("currency", "valid_from_date"),
                name="exchange_rate_once_a_day",
                violation_error_message=_("The currency already has a rate from this day on."),
            ),
            models.CheckConstraint(
                condition=Q(cny_per_unit__gt=0),
                name="exchange_rate_positive",
                violation_error_message=_("The rate must be above zero."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.cny_per_unit} ({self.valid_from_date})"

    def get_absolute_url(self) -> str:
        return reverse("registry:exchange_rate_detail", args=[self.pk])


@shared
class CountryGroup(models.Model):
    """A group of countries that trade terms or statistics name, such as RCEP or Central Asia."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=120)
    objects = SharedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("code",)
        db_table_comment = "A group of countries that trade terms or statistics name."
        verbose_name = _("country group")
        verbose_name_plural = _("country groups")

    def __str__(self) -> str:
        return self.name


@shared
class CountryGroupMember(models.Model):
    """A country's membership of a group, both days included; without a last day it goes on."""

    group = models.ForeignKey(CountryGroup, models.CASCADE, related_name="members", verbose_name=_("group"))
    country = models.CharField(_("country (ISO 3166)"), max_length=2, validators=[check_country])
    valid_from_date = models.DateField(_("valid from"))
    valid_to_date = models.DateField(_("valid to"), null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ("group", "country", "valid_from_date")
        db_table_comment = "A country in a group, both days included."
        verbose_name = _("member of a country group")
        verbose_name_plural = _("members of country groups")
        constraints = [
            models.UniqueConstraint(fields=("group", "country", "valid_from_date"), name="country_group_member_once"),
            models.CheckConstraint(
                condition=Q(valid_to_date__isnull=True) | Q(valid_to_date__gte=F("valid_from_date")),
                name="country_group_member_in_order",
                violation_error_message=_("The last day lies before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group.code}: {self.country}"


_FRACTION = [MinValueValidator(0), MaxValueValidator(10)]


@shared
class TariffRate(models.Model):
    """Duty, VAT and consumption tax of an HS prefix, for an origin group or for every origin.

    Rates are fractions (0.08 is 8 %). The specific consumption tax is CNY per declared unit of the item.
    """

    hs_prefix = models.CharField(
        _("HS prefix"), max_length=10, validators=[RegexValidator(r"^\d{2,10}$", _("Write 2 to 10 digits."))]
    )
    origin_group = models.ForeignKey(
        CountryGroup, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("origin group")
    )
    valid_from_date = models.DateField(_("valid from"))
    duty_rate = models.DecimalField(_("duty"), max_digits=7, decimal_places=6, validators=_FRACTION)
    vat_rate = models.DecimalField(_("VAT"), max_digits=7, decimal_places=6, validators=_FRACTION)
    consumption_tax_rate = models.DecimalField(
        _("consumption tax, ad valorem"), max_digits=7, decimal_places=6, default=0, validators=_FRACTION
    )
    consumption_tax_cny_per_unit = models.DecimalField(
        _("consumption tax, specific (CNY per unit)"), max_digits=12, decimal_places=5, default=0
    )
    source = models.CharField(_("source"), max_length=120, blank=True)
    objects = SharedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("hs_prefix", "origin_group", "-valid_from_date", "pk")
        db_table_comment = "Fractions of duty and tax by HS prefix and origin, from a date until the next rate."
        verbose_name = _("tariff rate")
        verbose_name_plural = _("tariff rates")
        constraints = [
            models.UniqueConstraint(
                fields=("hs_prefix", "origin_group", "valid_from_date"),
                nulls_distinct=False,
                name="tariff_rate_once_a_day",
                violation_error_message=_("This prefix and origin group already have a rate from this day on."),
            ),
            models.CheckConstraint(
                condition=Q(duty_rate__gte=0, vat_rate__gte=0, consumption_tax_cny_per_unit__gte=0)
                & Q(consumption_tax_rate__gte=0, consumption_tax_rate__lt=1),
                name="tariff_rate_in_range",
                violation_error_message=_(
                    "Rates are fractions and not negative; an ad valorem consumption tax is below 1."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hs_prefix} {self.duty_rate} ({self.valid_from_date})"

    def get_absolute_url(self) -> str:
        return reverse("registry:tariff_rate_detail", args=[self.pk])


for tracked in (ExchangeRate, CountryGroup, CountryGroupMember, TariffRate):
    append_only(tracked.history.model)
