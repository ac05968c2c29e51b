"""What an airline disputes of a statement: one charge, what was said about it, and what came of it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from documents.models import Document
from fuel.billing.statements.model import Charge, Statement
from fuel.models.pricing import OfAirlineQuerySet
from registry.history import append_only
from registry.models import Airline, User
from registry.states import States, Tone


class DisputeState(States):
    OPEN = "open", Tone.QUIET, _("Waits for an answer")
    ANSWERED = "answered", Tone.QUIET, _("Answered")
    CREDITED = "credited", Tone.GONE, _("Credited")
    REFUSED = "refused", Tone.QUIET, _("Charge stands")
    WITHDRAWN = "withdrawn", Tone.QUIET, _("Withdrawn")


# Somebody has still to say something.
UNDECIDED = (DisputeState.OPEN, DisputeState.ANSWERED)


class DisputeGround(models.TextChoices):
    QUANTITY = "quantity", _("Quantity")
    PRICE = "price", _("Price")
    DUPLICATE = "duplicate", _("Charged twice")
    FLIGHT = "flight", _("Not our flight or aircraft")
    TAX = "tax", _("Duty or tax")
    OTHER = "other", _("Something else")


class Dispute(Document):
    """An airline's objection to one charge. It ends credited, withdrawn, or with the charge as it was."""

    kind = "fuel_dispute"
    letters = "DSP"

    state = models.CharField(
        _("state"), max_length=50, choices=DisputeState.choices, default=DisputeState.OPEN, editable=False
    )
    airline = models.ForeignKey(Airline, models.PROTECT, related_name="disputes", verbose_name=_("airline"))
    charge = models.ForeignKey(Charge, models.PROTECT, related_name="disputes", verbose_name=_("charge"))
    statement = models.ForeignKey(Statement, models.PROTECT, related_name="disputes", verbose_name=_("statement"))
    ground = models.CharField(_("ground"), max_length=10, choices=DisputeGround.choices)
    claimed_amount = models.DecimalField(_("claimed amount"), max_digits=18, decimal_places=2, null=True, blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)
    objects = OfAirlineQuerySet.as_manager()  # type: ignore[assignment,misc]
    history = HistoricalRecords()

    class Meta(Document.Meta):
        db_table_comment = "An airline's objection to one charge of a statement."
        verbose_name = _("dispute")
        verbose_name_plural = _("disputes")
        constraints = [
            *Document.Meta.constraints,
            models.UniqueConstraint(
                fields=("charge",),
                condition=Q(state__in=["open", "answered"]),
                name="dispute_undecided_once_per_charge",
                violation_error_message=_("This charge is disputed already."),
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | Q(state="withdrawn") | ~Q(decided_by=F("prepared_by")),
                name="dispute_decided_by_another",
            ),
        ]


class DisputeMessage(models.Model):
    """What the airline or the supplier said; never changed."""

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="messages", verbose_name=_("dispute"))
    is_of_airline = models.BooleanField(_("by the airline"))
    text = models.TextField(_("message"), max_length=4000)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("written by"))
    written_at = models.DateTimeField(_("written"))

    class Meta:
        ordering = ("dispute", "pk")
        db_table_comment = "What the airline or the supplier said about a dispute."
        verbose_name = _("message")
        verbose_name_plural = _("messages")

    def __str__(self) -> str:
        return f"{self.dispute} {self.written_at}"


class DisputeAttachment(models.Model):
    """A picture or PDF that came with a message, kept in the database with it."""

    message = models.ForeignKey(DisputeMessage, models.PROTECT, related_name="attachments", verbose_name=_("message"))
    name = models.CharField(_("file name"), max_length=120)
    content_type = models.CharField(_("content type"), max_length=40)
    content = models.BinaryField(_("content"))
    sha256 = models.BinaryField(_("SHA-256"), max_length=32)

    class Meta:
        ordering = ("message", "pk")
        db_table_comment = "A picture or PDF that came with a message of a dispute."
        verbose_name = _("attachment of a dispute")
        verbose_name_plural = _("attachments of disputes")

    def __str__(self) -> str:
        return self.name


append_only(Dispute.history.model)
append_only(DisputeMessage)
append_only(DisputeAttachment)
