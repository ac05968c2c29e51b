"""Fuel that came over its declaration: admitted under a declaration of its own, or taken out again."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from customs.models import Assessed
from fuel.models.consignments import FuelConsignment
from registry.currencies import check_currency
from registry.history import append_only
from registry.models import User


class OverDeliveryOutcome(models.TextChoices):
    ADMITTED = "admitted", _("Admitted")
    TAKEN_OUT = "taken_out", _("Taken out again")


class OverDelivery(Assessed):
    """What was decided on the fuel of a consignment that nobody had declared; never changed.

    Admitted, it is assessed at the rates of the day and has a lot of its own; amounts in CNY.
    """

    consignment = models.OneToOneField(
        FuelConsignment, models.PROTECT, related_name="over_delivery", verbose_name=_("consignment")
    )
    outcome = models.CharField(_("outcome"), max_length=10, choices=OverDeliveryOutcome.choices)
    over_lot = models.ForeignKey(
        "ledger.Lot", models.DO_NOTHING, related_name="+", db_constraint=False, verbose_name=_("lot as found")
    )
    lot = models.ForeignKey(
        "ledger.Lot",
        models.DO_NOTHING,
        null=True,
        related_name="+",
        db_constraint=False,
        verbose_name=_("lot admitted"),
    )
    mass_kg = models.DecimalField(_("mass (kg)"), max_digits=18, decimal_places=3)
    reference = models.CharField(_("declaration number or reference"), max_length=40)
    invoice_value = models.DecimalField(_("invoice value, CIF"), max_digits=18, decimal_places=2, null=True)
    currency = models.CharField(_("currency (ISO 4217)"), max_length=3, blank=True, validators=[check_currency])
    exchange_rate_cny_per_unit = models.DecimalField(
        _("exchange rate (CNY)"), max_digits=14, decimal_places=6, null=True
    )
    rates_date = models.DateField(_("rates of"), null=True)
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    happened_at = models.DateTimeField(_("happened"))
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("decided by"))
    decided_at = models.DateTimeField(_("decided"))

    class Meta:
        ordering = ("consignment",)
        db_table_comment = "What was decided on fuel that came over its declaration, and the tax suspended on it."
        verbose_name = _("over-delivery")
        verbose_name_plural = _("over-deliveries")
        constraints = [
            models.CheckConstraint(condition=Q(mass_kg__gt=0), name="over_delivery_mass_positive"),
            models.CheckConstraint(
                condition=Q(outcome="admitted", lot__isnull=False, customs_value_cny__isnull=False)
                | Q(outcome="taken_out", lot__isnull=True, customs_value_cny__isnull=True),
                name="over_delivery_admitted_has_lot_and_assessment",
            ),
            models.CheckConstraint(condition=~Q(reference=""), name="over_delivery_has_reference"),
        ]

    def __str__(self) -> str:
        return f"{self.consignment} {self.mass_kg} kg"


append_only(OverDelivery)
