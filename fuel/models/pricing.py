"""What an airline pays: indices and their quotes, contracts, the duty-paid price that savings are measured against."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from registry.currencies import check_currency
from registry.history import append_only
from registry.key_fields import NO_KEY, FoldedKeyField
from registry.models import Airline, Airport, Site, User
from registry.models.people import SharedQuerySet
from registry.shared import shared


class PriceUnit(models.TextChoices):
    BARREL = "bbl", _("barrel")
    TONNE = "t", _("tonne")


class Averaging(models.TextChoices):
    """Which quotes make the price of a day, before the lag is taken off."""

    DAY_BEFORE = "day_before", _("The last quote before the day")
    WEEK_BEFORE = "week_before", _("The calendar week before")
    MONTH_BEFORE = "month_before", _("The calendar month before")
    MONTH = "month", _("The calendar month of delivery")


@shared
class PriceIndex(models.Model):
    """A published price of jet fuel, such as a Singapore or Mediterranean assessment."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=120)
    currency = models.CharField(_("currency (ISO 4217)"), max_length=3, default="USD", validators=[check_currency])
    unit = models.CharField(_("price per"), max_length=3, choices=PriceUnit.choices, default=PriceUnit.BARREL)
    objects = SharedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("code",)
        db_table_comment = "Published prices of jet fuel."
        verbose_name = _("price index")
        verbose_name_plural = _("price indices")

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("fuel:price_index_detail", args=[self.pk])


@shared
class IndexQuote(models.Model):
    """An index on a day. One that was published wrong is corrected with its reason kept."""

    index = models.ForeignKey(PriceIndex, models.PROTECT, related_name="quotes", verbose_name=_("price index"))
    quoted_date = models.DateField(_("quoted"))
    price = models.DecimalField(_("price"), max_digits=12, decimal_places=4, validators=[MinValueValidator(0)])
    source = models.CharField(_("source"), max_length=120, blank=True)
    objects = SharedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("index", "-quoted_date")
        db_table_comment = "A price index on a day."
        verbose_name = _("index quote")
        verbose_name_plural = _("index quotes")
        constraints = [
            models.UniqueConstraint(
                fields=("index", "quoted_date"),
                name="index_quote_once_a_day",
                violation_error_message=_("The index already has a quote of this day."),
            ),
            models.CheckConstraint(
                condition=Q(price__gt=0),
                name="index_quote_positive",
                violation_error_message=_("The price must be above zero."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.index} {self.quoted_date}"

    def get_absolute_url(self) -> str:
        return reverse("fuel:index_quote_detail", args=[self.pk])


@shared
class DutyPaidPrice(models.Model):
    """What a tonne of duty-paid jet fuel costs at an airport, from a day until the next price."""

    airport = models.ForeignKey(Airport, models.PROTECT, related_name="+", verbose_name=_("airport"))
    valid_from_date = models.DateField(_("valid from"))
    price_cny_per_tonne = models.DecimalField(_("price (CNY/t)"), max_digits=12, decimal_places=2)
    has_into_plane_fee = models.BooleanField(
        _("has the into-plane fee in it"),
        default=False,
        db_default=False,
        help_text=_("Delivered into the aircraft; else the fee of the contract is added to it."),
    )
    source = models.CharField(_("source"), max_length=120)
    objects = SharedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("airport", "-valid_from_date")
        db_table_comment = "The duty-paid price of jet fuel at an airport, from a day on."
        verbose_name = _("duty-paid price")
        verbose_name_plural = _("duty-paid prices")
        constraints = [
            models.UniqueConstraint(
                fields=("airport", "valid_from_date"),
                name="duty_paid_price_once_a_day",
                violation_error_message=_("The airport already has a duty-paid price from this day on."),
            ),
            models.CheckConstraint(
                condition=Q(price_cny_per_tonne__gt=0),
                name="duty_paid_price_positive",
                violation_error_message=_("The price must be above zero."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.airport.iata_code} {self.valid_from_date}"

    def get_absolute_url(self) -> str:
        return reverse("fuel:duty_paid_price_detail", args=[self.pk])


class OfAirlineQuerySet(models.QuerySet[Any]):
    """Rows between a site and an airline: its site's people see them, and that airline's people."""

    def visible_to(self, user: User | AnonymousUser) -> "OfAirlineQuerySet":
        if not user.is_authenticated:
            return self.none()
        own = user.memberships.filter(role="airline").values("organisation")
        return self.filter(Q(site__in=Site.objects.visible_to(user)) | Q(airline__organisation__in=own))


class FuelContract(models.Model):
    """What an airline pays at an airport, from a day to another: an index, what is added, and when it is due."""

    number = models.CharField(_("contract number"), max_length=40, unique=True)
    number_key = FoldedKeyField(of="number")
    site = models.ForeignKey(Site, models.PROTECT, related_name="fuel_contracts", verbose_name=_("site"))
    airline = models.ForeignKey(Airline, models.PROTECT, related_name="fuel_contracts", verbose_name=_("airline"))
    airport = models.ForeignKey(Airport, models.PROTECT, related_name="+", verbose_name=_("airport"))
    valid_from_date = models.DateField(_("valid from"))
    valid_to_date = models.DateField(_("valid to"), null=True, blank=True)
    index = models.ForeignKey(PriceIndex, models.PROTECT, related_name="contracts", verbose_name=_("price index"))
    averaging = models.CharField(_("averaging period"), max_length=12, choices=Averaging.choices)
    publication_lag_days = models.PositiveSmallIntegerField(_("publication lag (days)"), default=0)
    differential = models.DecimalField(_("differential"), max_digits=10, decimal_places=4, default=0)
    differential_unit = models.CharField(
        _("differential per"), max_length=3, choices=PriceUnit.choices, default=PriceUnit.BARREL
    )
    barrels_per_tonne = models.DecimalField(
        _("barrels per tonne"), max_digits=6, decimal_places=4, default=Decimal("7.9")
    )
    into_plane_fee_per_tonne = models.DecimalField(_("into-plane fee per tonne"), max_digits=10, decimal_places=2)
    payment_days = models.PositiveSmallIntegerField(_("payment term (days)"), default=30)
    objects = OfAirlineQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["number_key"])

    class Meta:
        ordering = ("airline", "airport", "-valid_from_date")
        db_table_comment = "What an airline pays at an airport, from a day to another."
        verbose_name = _("fuel contract")
        verbose_name_plural = _("fuel contracts")
        constraints = [
            models.UniqueConstraint(
                fields=("number_key",),
                condition=~Q(number_key=NO_KEY),
                name="fuel_contract_number_once",
                violation_error_message=_("There is already a contract with this number."),
            ),
            ExclusionConstraint(
                name="fuel_contract_one_at_a_time",
                expressions=[
                    ("site", RangeOperators.EQUAL),
                    ("airline", RangeOperators.EQUAL),
                    ("airport", RangeOperators.EQUAL),
                    (
                        Func(
                            F("valid_from_date"),
                            F("valid_to_date"),
                            RangeBoundary(inclusive_lower=True, inclusive_upper=True),
                            function="DATERANGE",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("Another contract of the airline at this airport covers some of these days."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to_date__isnull=True) | Q(valid_to_date__gte=F("valid_from_date")),
                name="fuel_contract_ends_after_it_begins",
                violation_error_message=_("The contract cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(barrels_per_tonne__gte=6, barrels_per_tonne__lte=9),
                name="fuel_contract_factor_in_range",
                violation_error_message=_("Barrels per tonne lie between 6 and 9."),
            ),
            models.CheckConstraint(
                condition=Q(into_plane_fee_per_tonne__gte=0),
                name="fuel_contract_fee_not_negative",
                violation_error_message=_("The fee cannot be below zero."),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def covers(self, uplift: Any, day: date) -> bool:
        """Whether an uplift of the day, by its airline and airport, is priced by this contract."""
        is_theirs = (self.airline_id, self.airport_id) == (uplift.airline_id, uplift.airport_id)
        begins, ends = self.valid_from_date, self.valid_to_date
        return is_theirs and begins <= day and (ends is None or day <= ends)

    def get_absolute_url(self) -> str:
        return reverse("fuel:contract_detail", args=[self.pk])

    @property
    def currency(self) -> str:
        """The index's: a formula adds amounts of one currency only."""
        return self.index.currency


for tracked in (PriceIndex, IndexQuote, DutyPaidPrice, FuelContract):
    append_only(tracked.history.model)
