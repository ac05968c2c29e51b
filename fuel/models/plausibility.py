"""What is plausible at a site, and what of a ticket is not, or does not fit with what others say."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.models import HistoricalRecords

from customs.models.books import AtSiteQuerySet
from fuel.delivery_tickets.model import LIFTED, DeliveryTicket
from fuel.models.measuring import BaseTemperature
from registry.history import append_only
from registry.models import Item, Site, User
from registry.wording import local_time_text, quantity_text


class FuelLimits(models.Model):
    """Between which figures a delivery of a product is plausible at a site; without a row the defaults count.

    Density is that of the product's specification: Jet A-1 by DEF STAN 91-091, table 1: 775.0 to 840.0 kg/m³ at
    15 °C; No. 3 jet fuel by GB 6537: 775 to 830 kg/m³ at 20 °C.
    """

    site = models.ForeignKey(Site, models.PROTECT, related_name="fuel_limits", verbose_name=gettext_lazy("site"))
    product = models.ForeignKey(Item, models.PROTECT, related_name="+", verbose_name=gettext_lazy("product"))
    specification = models.CharField(gettext_lazy("specification"), max_length=60, default="DEF STAN 91-091")
    density_base = models.CharField(
        gettext_lazy("density base temperature"),
        max_length=3,
        choices=BaseTemperature.choices,
        default=BaseTemperature.CELSIUS_15,
    )
    lowest_density = models.DecimalField(
        gettext_lazy("lowest density (kg/m³)"), max_digits=6, decimal_places=1, default=Decimal("775.0")
    )
    highest_density = models.DecimalField(
        gettext_lazy("highest density (kg/m³)"), max_digits=6, decimal_places=1, default=Decimal("840.0")
    )
    lowest_celsius = models.DecimalField(
        gettext_lazy("lowest temperature (°C)"), max_digits=5, decimal_places=1, default=Decimal(-40)
    )
    highest_celsius = models.DecimalField(
        gettext_lazy("highest temperature (°C)"), max_digits=5, decimal_places=1, default=Decimal(50)
    )
    largest_uplift_litres = models.DecimalField(
        gettext_lazy("largest delivery (L)"),
        max_digits=18,
        decimal_places=3,
        default=Decimal(240_000),
        validators=[MinValueValidator(Decimal(1))],
    )
    objects = AtSiteQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("site", "product")
        db_table_comment = "Between which figures a delivery of a product is plausible at a site."
        verbose_name = gettext_lazy("limits of plausibility")
        verbose_name_plural = gettext_lazy("limits of plausibility")
        constraints = [
            models.UniqueConstraint(
                fields=("site", "product"),
                name="fuel_limits_once",
                violation_error_message=gettext_lazy("The site already has limits for this product."),
            ),
            models.CheckConstraint(
                condition=Q(lowest_density__lt=F("highest_density"), lowest_celsius__lt=F("highest_celsius")),
                name="fuel_limits_in_order",
                violation_error_message=gettext_lazy("The lowest figure lies below the highest."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site.code} {self.product.code}"

    def get_absolute_url(self) -> str:
        return reverse("fuel:fuel_limits_detail", args=[self.pk])


class ExceptionKind(models.TextChoices):
    """What has to be explained. The first ones are asked back before a ticket is signed, the others at matching."""

    OVER_REQUEST = "over_request", gettext_lazy("Not what was requested")
    OVER_CAPACITY = "over_capacity", gettext_lazy("More than the aircraft holds")
    OVER_LIMIT = "over_limit", gettext_lazy("More than the site delivers at once")
    ROLL_OVER = "roll_over", gettext_lazy("Meter rolled over")
    METER_GAP = "meter_gap", gettext_lazy("Meter not continuous")
    NEXT_START = "next_start", gettext_lazy("Next delivery contradicts the meter")
    DENSITY = "density", gettext_lazy("Density outside the specification")
    TEMPERATURE = "temperature", gettext_lazy("Unusual temperature")
    TWIN_NUMBER = "twin_number", gettext_lazy("Number of another ticket but for zeros")
    QUANTITY = "quantity", gettext_lazy("Quantity differs")
    PRICE = "price", gettext_lazy("No price")
    DUPLICATE = "duplicate", gettext_lazy("Possible duplicate")
    GHOST_FLIGHT = "ghost_flight", gettext_lazy("No such flight")
    WRONG_REGISTRATION = "wrong_registration", gettext_lazy("Wrong registration")
    OTHER_OPERATOR = "other_operator", gettext_lazy("Aircraft of another airline")
    WRONG_DESTINATION = "wrong_destination", gettext_lazy("Wrong destination")


def sentence(kind: str, words: Mapping[str, str]) -> str:
    """An exception with its figures, in the language of whoever reads it."""
    told = {name: _WRITTEN.get(name, str)(word) for name, word in words.items()}
    return _(_SENTENCES[kind]) % told


def _quantity(word: str) -> str:
    return str(quantity_text(Decimal(word)))


def _day(word: str) -> str:
    return str(local_time_text(date.fromisoformat(word)))


def _base(word: str) -> str:
    return str(BaseTemperature(word).label)


_WRITTEN: Mapping[str, Any] = {
    **dict.fromkeys(("delivered", "requested", "capacity", "most", "reported", "start", "end", "next"), _quantity),
    **dict.fromkeys(("density", "celsius", "lowest", "highest"), _quantity),
    "day": _day,
    "base": _base,
}
_SENTENCES: Mapping[str, Any] = {
    ExceptionKind.OVER_REQUEST: gettext_lazy("%(delivered)s L were delivered, %(requested)s L were requested."),
    ExceptionKind.OVER_CAPACITY: gettext_lazy(
        "%(delivered)s L were delivered to the flight; the tanks of %(aircraft)s hold %(capacity)s L."
    ),
    ExceptionKind.OVER_LIMIT: gettext_lazy("%(delivered)s L were delivered; at this site %(most)s L are the most."),
    ExceptionKind.ROLL_OVER: gettext_lazy(
        "The meter ended at %(end)s after it began at %(start)s: it rolled over, and %(delivered)s L passed."
    ),
    ExceptionKind.METER_GAP: gettext_lazy("The meter began at %(start)s, but %(number)s left it at %(end)s."),
    ExceptionKind.NEXT_START: gettext_lazy("The meter ended at %(end)s, but %(number)s began at %(next)s."),
    ExceptionKind.DENSITY: gettext_lazy(
        "%(density)s kg/m³ at %(base)s lies outside %(specification)s: %(lowest)s to %(highest)s kg/m³."
    ),
    ExceptionKind.TEMPERATURE: gettext_lazy(
        "%(celsius)s °C is not measured at this site, which has %(lowest)s to %(highest)s °C."
    ),
    ExceptionKind.TWIN_NUMBER: gettext_lazy("%(number)s has the ticket number %(twin)s, which differs in zeros alone."),
    ExceptionKind.QUANTITY: gettext_lazy("%(delivered)s L were delivered, the airline reports %(reported)s L."),
    ExceptionKind.PRICE: gettext_lazy("%(airline)s has no contract on %(day)s; the uplift has no price."),
    ExceptionKind.DUPLICATE: gettext_lazy("%(number)s delivered as much into the flight %(flight)s of the same day."),
    ExceptionKind.GHOST_FLIGHT: gettext_lazy("No record says that %(flight)s flew on this day."),
    ExceptionKind.WRONG_REGISTRATION: gettext_lazy("The ticket says %(ticket)s, the flight record %(record)s."),
    ExceptionKind.OTHER_OPERATOR: gettext_lazy("%(registration)s is registered for another airline."),
    ExceptionKind.WRONG_DESTINATION: gettext_lazy(
        "The ticket says that the flight went to %(ticket)s, the flight record says %(record)s."
    ),
}


class TicketExceptionQuerySet(models.QuerySet["TicketException"]):
    def visible_to(self, user: User) -> "TicketExceptionQuerySet":
        return self.filter(ticket__site__in=Site.objects.visible_to(user))

    def of_delivered(self) -> "TicketExceptionQuerySet":
        """Those of fuel that has left; what is still being written is not listed."""
        return self.filter(ticket__state__in=LIFTED)

    def open(self) -> "TicketExceptionQuerySet":
        """Those that stand and that nobody explained."""
        return self.filter(ended_at__isnull=True, explained_at__isnull=True)


class TicketException(models.Model):
    """What of a ticket is implausible or does not fit, with its figures, and what explains it.

    It ends when its cause is gone: the flight is recorded after all, or the figure was corrected before signing.
    """

    ticket = models.ForeignKey(
        DeliveryTicket, models.PROTECT, related_name="exceptions", verbose_name=gettext_lazy("ticket")
    )
    kind = models.CharField(gettext_lazy("exception"), max_length=20, choices=ExceptionKind.choices)
    words = models.JSONField(gettext_lazy("figures"))
    noted_at = models.DateTimeField(gettext_lazy("since"))
    explanation = models.CharField(gettext_lazy("explanation"), max_length=400, blank=True)
    explained_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=gettext_lazy("explained by")
    )
    explained_at = models.DateTimeField(gettext_lazy("explained"), null=True)
    ended_at = models.DateTimeField(gettext_lazy("resolved since"), null=True)
    objects = TicketExceptionQuerySet.as_manager()

    class Meta:
        ordering = ("-noted_at", "-pk")
        db_table_comment = "What of a ticket is implausible or does not fit, and what explains it."
        verbose_name = gettext_lazy("exception of a ticket")
        verbose_name_plural = gettext_lazy("exceptions of tickets")
        constraints = [
            models.UniqueConstraint(
                fields=("ticket", "kind"), condition=Q(ended_at__isnull=True), name="ticket_exception_stands_once"
            ),
            models.CheckConstraint(
                condition=Q(explanation="", explained_by__isnull=True, explained_at__isnull=True)
                | (~Q(explanation="") & Q(explained_by__isnull=False, explained_at__isnull=False)),
                name="ticket_exception_explained_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.kind}"

    @property
    def message(self) -> str:
        return sentence(self.kind, self.words)

    @property
    def days_open(self) -> int:
        """How many whole days it waited, or has waited by now, for its explanation or for its end."""
        until = self.explained_at or self.ended_at or timezone.now()
        return (until - self.noted_at).days


append_only(FuelLimits.history.model)
