"""Airports, airlines and aircraft: what a fuel ticket and a maintenance order name."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from registry.countries import check_country
from registry.history import append_only
from registry.key_fields import NO_KEY, FoldedKeyField
from registry.models.people import Organisation, OrganisationKind, SharedQuerySet, User
from registry.shared import shared
from registry.wording import name_text

# A nationality mark of one or two signs, a hyphen and up to five more as in UP-B6701; or one word as in N123AB.
check_registration = RegexValidator(
    r"^(?=.*[A-Z])(?:[A-Z0-9]{1,2}-[A-Z0-9]{1,5}|[A-Z][A-Z0-9]{2,6})$",
    _("Write the marks in capitals, such as B-2098."),
)


@shared
class Airport(models.Model):
    """An airport by its IATA code."""

    iata_code = models.CharField(
        _("IATA code"),
        max_length=3,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]{3}$", _("Write three capital letters such as URC."))],
    )
    icao_code = models.CharField(
        _("ICAO code"),
        max_length=4,
        blank=True,
        validators=[RegexValidator(r"^[A-Z]{4}$", _("Write four capital letters such as ZWWW."))],
    )
    name = models.CharField(_("name"), max_length=120)
    name_zh = models.CharField(_("name in Chinese"), max_length=120, blank=True)
    country = models.CharField(_("country (ISO 3166)"), max_length=2, validators=[check_country])
    time_zone = models.CharField(_("time zone"), max_length=40)
    objects = SharedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("iata_code",)
        db_table_comment = "Airports by their IATA code."
        verbose_name = _("airport")
        verbose_name_plural = _("airports")

    def __str__(self) -> str:
        return f"{self.iata_code} {name_text(self)}"

    def get_absolute_url(self) -> str:
        return reverse("registry:airport_detail", args=[self.pk])


class AirlineQuerySet(models.QuerySet["Airline"]):
    def visible_to(self, user: User) -> "AirlineQuerySet":
        """Staff of the zone see every airline, an airline's people only their own."""
        return self.filter(organisation__in=Organisation.objects.visible_to(user))


@shared
class Airline(models.Model):
    """What aviation adds to the organisation of a carrier; its nationality is the organisation's country."""

    organisation = models.OneToOneField(
        Organisation,
        models.PROTECT,
        related_name="airline",
        limit_choices_to={"kind": OrganisationKind.AIRLINE},
        verbose_name=_("organisation"),
    )
    iata_code = models.CharField(
        _("IATA designator"),
        max_length=2,
        unique=True,
        validators=[RegexValidator(r"^[A-Z0-9]{2}$", _("Write two capital letters or digits."))],
    )
    icao_code = models.CharField(
        _("ICAO designator"),
        max_length=3,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]{3}$", _("Write three capital letters."))],
    )
    objects = AirlineQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("iata_code",)
        db_table_comment = "The designators of a carrier."
        verbose_name = _("airline")
        verbose_name_plural = _("airlines")

    def __str__(self) -> str:
        return f"{self.iata_code} {name_text(self.organisation)}"

    def get_absolute_url(self) -> str:
        return reverse("registry:airline_detail", args=[self.pk])


class AircraftQuerySet(models.QuerySet["Aircraft"]):
    def visible_to(self, user: User) -> "AircraftQuerySet":
        return self.filter(airline__in=Airline.objects.visible_to(user))


@shared
class Aircraft(models.Model):
    """An aircraft by its registration, with the airline that operates it now."""

    registration = models.CharField(
        _("registration"),
        max_length=10,
        unique=True,
        validators=[check_registration],
    )
    registration_key = FoldedKeyField(of="registration")
    type_designator = models.CharField(
        _("type (ICAO Doc 8643)"),
        max_length=4,
        validators=[RegexValidator(r"^[A-Z][A-Z0-9]{1,3}$", _("Write the designator, such as B744."))],
    )
    airline = models.ForeignKey(Airline, models.PROTECT, related_name="aircraft", verbose_name=_("airline"))
    tank_capacity_litres = models.PositiveIntegerField(_("tank capacity (L)"), null=True, blank=True)
    objects = AircraftQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["registration_key"])

    class Meta:
        ordering = ("registration",)
        db_table_comment = "Aircraft by registration."
        verbose_name = _("aircraft")
        verbose_name_plural = _("aircraft")
        constraints = [
            models.CheckConstraint(
                condition=Q(tank_capacity_litres__isnull=True) | Q(tank_capacity_litres__gt=0),
                name="aircraft_capacity_positive",
            ),
            models.UniqueConstraint(
                fields=("registration_key",),
                condition=~Q(registration_key=NO_KEY),
                name="aircraft_registration_once",
                violation_error_message=_("An aircraft with this registration is in the register already."),
            ),
        ]

    def __str__(self) -> str:
        return self.registration

    def get_absolute_url(self) -> str:
        return reverse("registry:aircraft_detail", args=[self.pk])


for tracked in (Airport, Airline, Aircraft):
    append_only(tracked.history.model)
