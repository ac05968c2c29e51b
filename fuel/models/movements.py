"""What moves in the tank farm besides receipts and uplifts, and how much of it one person may move alone."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition
from simple_history.models import HistoricalRecords

from customs.models.books import AtSiteQuerySet
from documents.models import Document
from fuel.models.tanks import Tank
from fuel.models.tickets import DUTY_STATUSES, Draw
from registry.history import append_only
from registry.models import Site, User


class MovementLimit(models.Model):
    """What one person may drain and sample at a site without a second one, from a day until the next limit; in kg.

    A day's limit is for all such acts of the day together that nobody else has approved.
    """

    site = models.ForeignKey(Site, models.PROTECT, related_name="movement_limits", verbose_name=_("site"))
    valid_from_date = models.DateField(_("valid from"))
    drain_kg_per_act = models.DecimalField(
        _("drain (kg per act)"), max_digits=18, decimal_places=3, validators=[MinValueValidator(0)]
    )
    drain_kg_per_day = models.DecimalField(
        _("drains (kg per day)"), max_digits=18, decimal_places=3, validators=[MinValueValidator(0)]
    )
    sample_kg_per_act = models.DecimalField(
        _("sample (kg per act)"), max_digits=18, decimal_places=3, validators=[MinValueValidator(0)]
    )
    sample_kg_per_day = models.DecimalField(
        _("samples (kg per day)"), max_digits=18, decimal_places=3, validators=[MinValueValidator(0)]
    )
    objects = AtSiteQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("site", "-valid_from_date")
        db_table_comment = "How much fuel one person may drain and sample at a site alone, from a day on."
        verbose_name = _("limit of drains and samples")
        verbose_name_plural = _("limits of drains and samples")
        constraints = [
            models.UniqueConstraint(
                fields=("site", "valid_from_date"),
                name="movement_limit_once_a_day",
                violation_error_message=_("The site already has a limit from this day on."),
            ),
            models.CheckConstraint(
                condition=Q(
                    drain_kg_per_act__gte=0, drain_kg_per_day__gte=0, sample_kg_per_act__gte=0, sample_kg_per_day__gte=0
                ),
                name="movement_limit_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site.code} {self.valid_from_date}"

    def get_absolute_url(self) -> str:
        return reverse("fuel:movement_limit_detail", args=[self.pk])


class TankMovementKind(models.TextChoices):
    TRANSFER = "transfer", _("Transfer to another tank")
    SAMPLE = "sample", _("Sample")
    DRAIN = "drain", _("Drain to slops")
    DESTRUCTION = "destruction", _("Destruction of slops")


class TankMovementState(models.TextChoices):
    ASKED = "asked", _("Waits for approval")
    RETURNED = "returned", _("Returned for correction")
    POSTED = "posted", _("Posted")
    REVERSED = "reversed", _("Reversed")
    VOID = "void", _("Void")


class TankMovement(Document):
    """A mass that leaves a tank for another, for the laboratory, for slops, or from slops to be destroyed.

    Posted as soon as it is entered; what is above the site's limits, and every destruction, when somebody else has
    approved it.
    """

    kind = "tank_movement"
    letters = "TMV"

    state = FSMField(
        _("state"),
        choices=TankMovementState.choices,
        default=TankMovementState.POSTED,
        protected=True,
    )
    movement = models.CharField(_("movement"), max_length=12, choices=TankMovementKind.choices)
    from_tank = models.ForeignKey(Tank, models.PROTECT, related_name="movements_out", verbose_name=_("from tank"))
    to_tank = models.ForeignKey(
        Tank, models.PROTECT, null=True, blank=True, related_name="movements_in", verbose_name=_("to tank")
    )
    customs_status = models.CharField(_("duty status"), max_length=20, choices=DUTY_STATUSES)
    mass_kg = models.DecimalField(_("mass (kg)"), max_digits=18, decimal_places=3)
    moved_at = models.DateTimeField(_("moved"))
    certificate_number = models.CharField(
        _("customs certificate of destruction"), max_length=60, blank=True, db_default=""
    )
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("approved by")
    )
    decided_at = models.DateTimeField(_("approved"), null=True, editable=False)
    is_reversed = models.BooleanField(_("reversed"), default=False, editable=False)
    history = HistoricalRecords()

    class Meta(Document.Meta):
        db_table_comment = "A mass that left a tank for another, for the laboratory or for slops."
        verbose_name = _("tank movement")
        verbose_name_plural = _("tank movements")
        constraints = [
            *Document.Meta.constraints,
            models.CheckConstraint(
                condition=Q(mass_kg__gt=0),
                name="tank_movement_mass_positive",
                violation_error_message=_("The mass must be above zero."),
            ),
            models.CheckConstraint(
                # Drains of before there were slop tanks name none.
                condition=Q(movement__in=["transfer", "drain"], to_tank__isnull=False) & ~Q(to_tank=F("from_tank"))
                | ~Q(movement="transfer") & Q(to_tank__isnull=True),
                name="tank_movement_names_its_target",
                violation_error_message=_(
                    "A transfer or drain names another tank; a sample or destruction names none."
                ),
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("prepared_by")),
                name="tank_movement_approved_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(movement="destruction", state__in=["posted", "reversed"]) | Q(decided_by__isnull=False),
                name="tank_movement_destruction_is_approved",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("fuel:tank_movement_detail", args=[self.pk])

    @property
    def is_open_for_change(self) -> bool:
        return self.state == TankMovementState.RETURNED

    @transition(state, source=TankMovementState.RETURNED, target=TankMovementState.ASKED)
    def ask_again(self) -> None: ...

    @transition(state, source=TankMovementState.RETURNED, target=TankMovementState.POSTED)
    def post_at_once(self) -> None: ...

    @transition(state, source=TankMovementState.ASKED, target=TankMovementState.POSTED)
    def approve(self) -> None: ...

    @transition(state, source=TankMovementState.ASKED, target=TankMovementState.RETURNED)
    def send_back(self) -> None: ...

    @transition(state, source=[TankMovementState.ASKED, TankMovementState.RETURNED], target=TankMovementState.VOID)
    def make_void(self) -> None: ...

    @transition(state, source=TankMovementState.POSTED, target=TankMovementState.REVERSED)
    def reverse(self) -> None: ...


class TankMovementDraw(Draw):
    """What of one lot moved."""

    tank_movement = models.ForeignKey(
        TankMovement, models.PROTECT, related_name="draws", verbose_name=_("tank movement")
    )

    class Meta:
        ordering = ("tank_movement", "row")
        db_table_comment = "What of one lot moved."
        verbose_name = _("moved lot")
        verbose_name_plural = _("moved lots")
        constraints = [
            models.UniqueConstraint(fields=("tank_movement", "row"), name="tank_movement_draw_once"),
            models.CheckConstraint(condition=Q(mass_kg__gt=0), name="tank_movement_draw_positive"),
        ]


for tracked in (MovementLimit, TankMovement):
    append_only(tracked.history.model)
append_only(TankMovementDraw)
