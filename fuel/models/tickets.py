"""Duty statuses of fuel, who is relieved of what, and the lots that are drawn."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from fuel.models.tanks import Tank
from ledger.postings import CustomsStatus
from registry.history import append_only
from registry.models import Airport
from registry.models.people import SharedQuerySet
from registry.shared import shared

DUTY_STATUSES = [
    (CustomsStatus.BONDED.value, CustomsStatus.BONDED.label),
    (CustomsStatus.DUTY_PAID.value, CustomsStatus.DUTY_PAID.label),
]


class FlightType(models.TextChoices):
    INTERNATIONAL = "international", _("International")
    REGIONAL = "regional", _("Hong Kong, Macao or Taiwan")
    DOMESTIC = "domestic", _("Domestic")


class CarrierNationality(models.TextChoices):
    CHINESE = "chinese", _("Chinese carrier")
    FOREIGN = "foreign", _("Foreign carrier")


@shared
class ReliefRule(models.Model):
    """What a flight is relieved of, by the carrier's nationality and the kind of flight, from a day on.

    A rule that names an airport goes before one that names none.
    """

    valid_from_date = models.DateField(_("valid from"))
    nationality = models.CharField(_("carrier"), max_length=10, choices=CarrierNationality.choices)
    flight_type = models.CharField(_("flight"), max_length=15, choices=FlightType.choices)
    airport = models.ForeignKey(
        Airport, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("airport of uplift")
    )
    relieves_duty = models.BooleanField(_("relieved of duty"), default=False)
    relieves_consumption_tax = models.BooleanField(_("relieved of consumption tax"), default=False)
    relieves_vat = models.BooleanField(_("relieved of VAT"), default=False)
    legal_basis = models.CharField(_("legal basis"), max_length=200, blank=True)
    objects = SharedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("nationality", "flight_type", "airport", "-valid_from_date", "pk")
        db_table_comment = "What fuel for a flight is relieved of, from a day until the next rule."
        verbose_name = _("relief rule")
        verbose_name_plural = _("relief rules")
        constraints = [
            models.UniqueConstraint(
                fields=("nationality", "flight_type", "airport", "valid_from_date"),
                nulls_distinct=False,
                name="relief_rule_once_a_day",
                violation_error_message=_("There is already such a rule from this day on."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_nationality_display()}, {self.get_flight_type_display()} ({self.valid_from_date})"

    def get_absolute_url(self) -> str:
        return reverse("fuel:relief_rule_detail", args=[self.pk])

    @property
    def admits_bonded_fuel(self) -> bool:
        """Bonded fuel is for who is at least relieved of duty."""
        return self.relieves_duty


class Draw(models.Model):
    """A mass of one lot in one tank, in kilograms."""

    row = models.PositiveSmallIntegerField(_("line"))
    lot = models.ForeignKey(
        "ledger.Lot", models.DO_NOTHING, related_name="+", db_constraint=False, verbose_name=_("lot")
    )
    tank = models.ForeignKey(Tank, models.PROTECT, related_name="+", verbose_name=_("tank"))
    mass_kg = models.DecimalField(_("mass (kg)"), max_digits=18, decimal_places=3)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.row}: {self.mass_kg} kg"


append_only(ReliefRule.history.model)
