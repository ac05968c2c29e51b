"""What moves in the tank farm besides receipts and uplifts: transfers, samples and drains."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from customs.models import Document
from fuel.models.tanks import Tank
from fuel.models.tickets import DUTY_STATUSES, Draw
from registry.history import append_only


class TankMovementKind(models.TextChoices):
    TRANSFER = "transfer", _("Transfer to another tank")
    SAMPLE = "sample", _("Sample")
    DRAIN = "drain", _("Drain to slops")


class TankMovement(Document):
    """A mass that leaves a tank for another, for the laboratory or for slops; posted as soon as it is entered."""

    kind = "tank_movement"
    letters = "TMV"

    movement = models.CharField(_("movement"), max_length=10, choices=TankMovementKind.choices)
    from_tank = models.ForeignKey(Tank, models.PROTECT, related_name="movements_out", verbose_name=_("from tank"))
    to_tank = models.ForeignKey(
        Tank, models.PROTECT, null=True, blank=True, related_name="movements_in", verbose_name=_("to tank")
    )
    customs_status = models.CharField(_("duty status"), max_length=20, choices=DUTY_STATUSES)
    mass_kg = models.DecimalField(_("mass (kg)"), max_digits=18, decimal_places=3)
    moved_at = models.DateTimeField(_("moved"))
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
                condition=Q(movement="transfer", to_tank__isnull=False) & ~Q(to_tank=F("from_tank"))
                | ~Q(movement="transfer") & Q(to_tank__isnull=True),
                name="tank_movement_names_its_target",
                violation_error_message=_("A transfer names another tank; a sample or drain names none."),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("fuel:tank_movement_detail", args=[self.pk])


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
