"""Duty statuses of fuel, who is relieved of what, the lots that are drawn, and fuel that comes back."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition
from simple_history.models import HistoricalRecords

from documents.models import Document
from fuel.models.measuring import MeasuredFuel
from fuel.models.tanks import Tank
from ledger.postings import CustomsStatus
from registry.history import append_only
from registry.models import Airport, User
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


class DefuelState(models.TextChoices):
    HELD = "held", _("Held for quality")
    RELEASED = "released", _("Released into stock")
    SLOPPED = "slopped", _("To slops")
    VOID = "void", _("Void")


class Defuel(Document, MeasuredFuel):
    """Fuel that comes back from an aircraft to a tank: the exact lots of its ticket, newest first."""

    kind = "defuel"
    letters = "DFL"

    state = FSMField(_("state"), choices=DefuelState.choices, default=DefuelState.HELD, protected=True)
    ticket = models.ForeignKey("fuel.DeliveryTicket", models.PROTECT, related_name="defuels", verbose_name=_("ticket"))
    tank = models.ForeignKey(Tank, models.PROTECT, related_name="defuels", verbose_name=_("tank"))
    defuelled_at = models.DateTimeField(_("defuelled"))
    slop_tank = models.ForeignKey(
        Tank, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("sent to slop tank")
    )
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)
    history = HistoricalRecords()

    class Meta(Document.Meta):
        db_table_comment = "Fuel that came back from an aircraft."
        verbose_name = _("defuel")
        verbose_name_plural = _("defuels")
        constraints = [
            *Document.Meta.constraints,
            models.CheckConstraint(condition=Q(mass_kg__gt=0), name="defuel_mass_positive"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("prepared_by")), name="defuel_decided_by_another"
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("fuel:defuel_detail", args=[self.pk])

    @transition(state, source=DefuelState.HELD, target=DefuelState.RELEASED)
    def release(self) -> None: ...

    @transition(state, source=DefuelState.HELD, target=DefuelState.SLOPPED)
    def send_to_slops(self) -> None: ...

    @transition(state, source=DefuelState.HELD, target=DefuelState.VOID)
    def make_void(self) -> None: ...


class DefuelDraw(Draw):
    """What of one lot a defuel restored."""

    defuel = models.ForeignKey(Defuel, models.PROTECT, related_name="draws", verbose_name=_("defuel"))

    class Meta:
        ordering = ("defuel", "row")
        db_table_comment = "What of one lot a defuel restored."
        verbose_name = _("restored lot")
        verbose_name_plural = _("restored lots")
        constraints = [
            models.UniqueConstraint(fields=("defuel", "row"), name="defuel_draw_once"),
            models.CheckConstraint(condition=Q(mass_kg__gt=0), name="defuel_draw_positive"),
        ]


for tracked in (ReliefRule, Defuel):
    append_only(tracked.history.model)
append_only(DefuelDraw)
