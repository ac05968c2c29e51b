"""Fuel that comes back from an aircraft."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from documents.models import Document
from fuel.delivery_tickets.model import DeliveryTicket
from fuel.models.measuring import MeasuredFuel
from fuel.models.tanks import Tank
from fuel.models.tickets import Draw
from registry.history import append_only
from registry.models import User
from registry.states import States, Tone


class DefuelState(States):
    HELD = "held", Tone.BAD, _("Held for quality")
    RELEASED = "released", Tone.GOOD, _("Released into stock")
    SLOPPED = "slopped", Tone.GONE, _("To slops")
    VOID = "void", Tone.GONE, _("Void")


class Defuel(Document, MeasuredFuel):
    """Fuel that comes back from an aircraft to a tank: the exact lots of its ticket, newest first."""

    kind = "defuel"
    letters = "DFL"

    state = models.CharField(
        _("state"), max_length=50, choices=DefuelState.choices, default=DefuelState.HELD, editable=False
    )
    ticket = models.ForeignKey(DeliveryTicket, models.PROTECT, related_name="defuels", verbose_name=_("ticket"))
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


append_only(Defuel.history.model)
append_only(DefuelDraw)
