"""What was lost of a consignment on its way beyond what is tolerated, and the tax payable on it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from customs.models import Assessed
from fuel.models.consignments import FuelConsignment
from registry.history import append_only
from registry.models import User


class TransportLoss(Assessed):
    """A transport loss beyond its tolerance as it was approved; amounts in CNY at the day's rates; never changed.

    The tax is payable on what is beyond the tolerance. Duty-paid fuel has no figures: its tax was paid.
    """

    consignment = models.OneToOneField(
        FuelConsignment, models.PROTECT, related_name="transport_loss", verbose_name=_("consignment")
    )
    missing_mass_kg = models.DecimalField(_("missing (kg)"), max_digits=18, decimal_places=3)
    tolerated_mass_kg = models.DecimalField(_("of which tolerated (kg)"), max_digits=18, decimal_places=3)
    taxed_mass_kg = models.DecimalField(_("beyond the tolerance (kg)"), max_digits=18, decimal_places=3)
    rates_date = models.DateField(_("rates of"), null=True)
    reason = models.CharField(_("reason"), max_length=400)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("decided by"))
    decided_at = models.DateTimeField(_("decided"))

    class Meta:
        ordering = ("consignment",)
        db_table_comment = "A transport loss beyond its tolerance, and the tax payable on it."
        verbose_name = _("transport loss")
        verbose_name_plural = _("transport losses")
        constraints = [
            models.CheckConstraint(
                condition=Q(missing_mass_kg=F("tolerated_mass_kg") + F("taxed_mass_kg")),
                name="transport_loss_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(tolerated_mass_kg__gte=0, taxed_mass_kg__gt=0), name="transport_loss_is_beyond_tolerance"
            ),
            models.CheckConstraint(
                condition=Q(rates_date__isnull=True, customs_value_cny__isnull=True)
                | Q(rates_date__isnull=False, customs_value_cny__isnull=False),
                name="transport_loss_rates_with_figures",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consignment} {self.missing_mass_kg} kg"


append_only(TransportLoss)
