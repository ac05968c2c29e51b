"""What moves in the tank farm besides receipts and uplifts."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from documents.models import Document
from fuel.models.tanks import Tank
from fuel.models.tickets import DUTY_STATUSES, Draw
from registry.history import append_only
from registry.models import User
from registry.states import States, Tone


class TankMovementKind(models.TextChoices):
    TRANSFER = "transfer", _("Transfer to another tank")
    SAMPLE = "sample", _("Sample")
    DRAIN = "drain", _("Drain to slops")
    DESTRUCTION = "destruction", _("Destruction of slops")


class TankMovementState(States):
    DRAFT = "draft", Tone.QUIET, _("Draft")
    ASKED = "asked", Tone.WAITING, _("Waits for approval")
    RETURNED = "returned", Tone.WARNING, _("Returned for correction")
    POSTED = "posted", Tone.GOOD, _("Posted")
    REVERSED = "reversed", Tone.GONE, _("Reversed")
    VOID = "void", Tone.GONE, _("Void")


class TankMovement(Document):
    """A mass that leaves a tank for another, for the laboratory, for slops, or from slops to be destroyed.

    Posted as soon as it is entered; what is above the site's limits, and every destruction, when somebody else has
    approved it.
    """

    kind = "tank_movement"
    letters = "TMV"

    state = models.CharField(
        _("state"), max_length=50, choices=TankMovementState.choices, default=TankMovementState.POSTED, editable=False
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


append_only(TankMovement.history.model)
append_only(TankMovementDraw)
