"""A flight that turned out to be domestic: its bonded fuel becomes duty-paid, and what is owed for that."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from customs.models import Assessed
from fuel.delivery_tickets.model import DeliveryTicket
from fuel.models.tickets import FlightType
from registry.history import append_only
from registry.models import Airport, User


class TicketReclassification(models.Model):
    """What a bonded uplift owes whose flight turned domestic; amounts in CNY at the day's rates; never changed."""

    ticket = models.OneToOneField(
        DeliveryTicket, models.PROTECT, related_name="reclassification", verbose_name=_("ticket")
    )
    was_flight_type = models.CharField(_("kind of flight before"), max_length=15, choices=FlightType.choices)
    was_destination = models.ForeignKey(Airport, models.PROTECT, related_name="+", verbose_name=_("destination before"))
    mass_kg = models.DecimalField(_("mass (kg)"), max_digits=18, decimal_places=3)
    customs_value_cny = models.DecimalField(_("customs value (CNY)"), max_digits=18, decimal_places=2)
    duty_cny = models.DecimalField(_("duty (CNY)"), max_digits=18, decimal_places=2)
    consumption_tax_cny = models.DecimalField(_("consumption tax (CNY)"), max_digits=18, decimal_places=2)
    vat_cny = models.DecimalField(_("VAT (CNY)"), max_digits=18, decimal_places=2)
    rates_date = models.DateField(_("rates as of"))
    declaration_number = models.CharField(
        _("domestic declaration number"), max_length=40, blank=True, db_default="", default=""
    )
    reason = models.CharField(_("reason"), max_length=400)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("decided by"))
    decided_at = models.DateTimeField(_("decided"))

    class Meta:
        ordering = ("ticket",)
        db_table_comment = "The tax payable on a bonded uplift whose flight turned out to be domestic."
        verbose_name = _("reclassification")
        verbose_name_plural = _("reclassifications")
        constraints = [
            models.CheckConstraint(condition=Q(mass_kg__gt=0), name="ticket_reclassification_mass_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.ticket} {self.tax_cny} CNY"

    @property
    def tax_cny(self) -> "models.DecimalField[Any, Any]":
        """Duty and taxes together."""
        return self.duty_cny + self.consumption_tax_cny + self.vat_cny  # type: ignore[return-value]


class ReclassifiedLot(Assessed):
    """What of one lot was reclassified, and its assessment."""

    reclassification = models.ForeignKey(
        TicketReclassification, models.PROTECT, related_name="lots", verbose_name=_("reclassification")
    )
    lot = models.ForeignKey(
        "ledger.Lot", models.DO_NOTHING, related_name="+", db_constraint=False, verbose_name=_("lot")
    )
    mass_kg = models.DecimalField(_("mass (kg)"), max_digits=18, decimal_places=3)

    class Meta:
        ordering = ("reclassification", "lot")
        db_table_comment = "What of one lot was reclassified, and its assessment."
        verbose_name = _("reclassified lot")
        verbose_name_plural = _("reclassified lots")
        constraints = [
            models.UniqueConstraint(fields=("reclassification", "lot"), name="reclassified_lot_once"),
        ]

    def __str__(self) -> str:
        return f"{self.lot_id}: {self.mass_kg} kg"


append_only(TicketReclassification)
append_only(ReclassifiedLot)
