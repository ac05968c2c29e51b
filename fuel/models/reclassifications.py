"""A flight that turned out to be another kind: its bonded fuel becomes duty-paid, and what is owed for that."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from customs.models import Assessed
from fuel.models.tickets import DeliveryTicket, FlightType
from registry.history import append_only
from registry.models import User


class TicketReclassification(Assessed):
    """The tax of a bonded uplift that turned domestic, at the rates of the day. Amounts in CNY; never changed."""

    ticket = models.OneToOneField(
        DeliveryTicket, models.PROTECT, related_name="reclassification", verbose_name=_("ticket")
    )
    was_flight_type = models.CharField(_("kind of flight before"), max_length=15, choices=FlightType.choices)
    flight_type = models.CharField(_("kind of flight"), max_length=15, choices=FlightType.choices)
    mass_kg = models.DecimalField(_("mass (kg)"), max_digits=18, decimal_places=3)
    rates_date = models.DateField(_("rates of"))
    reason = models.CharField(_("reason"), max_length=400)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("decided by"))
    decided_at = models.DateTimeField(_("decided"))

    class Meta:
        ordering = ("ticket",)
        db_table_comment = "The tax payable on a bonded uplift whose flight turned out to be another kind."
        verbose_name = _("reclassification")
        verbose_name_plural = _("reclassifications")
        constraints = [
            models.CheckConstraint(condition=Q(mass_kg__gt=0), name="ticket_reclassification_mass_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.ticket} {self.get_flight_type_display()}"


append_only(TicketReclassification)
