"""What flew, by the schedule or by the airline itself: what a delivery ticket is matched against."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from fuel.models.flight_numbers import FlightKeyField, check_flight_number
from registry.history import append_only
from registry.key_fields import NO_KEY
from registry.models import Airline, Airport, Site, User
from registry.models.aviation import check_registration


class FlightRecordQuerySet(models.QuerySet["FlightRecord"]):
    def visible_to(self, user: User) -> "FlightRecordQuerySet":
        return self.filter(site__in=Site.objects.visible_to(user))


class FlightRecord(models.Model):
    """One departure: aircraft, destination and, where the airline told it, the litres that it took."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="flight_records", verbose_name=_("site"))
    airline = models.ForeignKey(Airline, models.PROTECT, related_name="flight_records", verbose_name=_("airline"))
    flight_number = models.CharField(_("flight"), max_length=10, validators=[check_flight_number])
    flight_key = FlightKeyField(of="flight_number")
    flight_date = models.DateField(_("flight date"))
    registration = models.CharField(_("registration"), max_length=10, validators=[check_registration])
    destination = models.ForeignKey(Airport, models.PROTECT, related_name="+", verbose_name=_("destination"))
    litres_reported = models.DecimalField(
        _("litres by the airline"), max_digits=18, decimal_places=3, null=True, blank=True
    )
    source = models.CharField(_("source"), max_length=120, blank=True)
    objects = FlightRecordQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["flight_key"])

    class Meta:
        ordering = ("-flight_date", "flight_number", "pk")
        db_table_comment = "Departures by the schedule or the airline, for matching tickets."
        verbose_name = _("flight record")
        verbose_name_plural = _("flight records")
        constraints = [
            models.UniqueConstraint(
                fields=("site", "airline", "flight_key", "flight_date"),
                condition=~Q(flight_key=NO_KEY),
                name="flight_record_once",
                violation_error_message=_("This flight of the day is recorded already."),
            ),
            models.CheckConstraint(
                condition=Q(litres_reported__isnull=True) | Q(litres_reported__gte=0),
                name="flight_record_litres_not_negative",
                violation_error_message=_("The litres cannot be below zero."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.flight_number} {self.flight_date}"


append_only(FlightRecord.history.model)
