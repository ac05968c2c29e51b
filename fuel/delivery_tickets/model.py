"""Into-plane delivery: tickets, the lots they drew, and their signatures and photos."""

from decimal import Decimal

from django.contrib.auth.models import AnonymousUser
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from documents.models import Document
from fuel.models.flight_numbers import FlightKeyField, check_flight_number
from fuel.models.measuring import MeasuredFuel
from fuel.models.meters import Meter
from fuel.models.tanks import Tank
from fuel.models.tickets import DUTY_STATUSES, Draw, FlightType, ReliefRule
from registry.frozen import frozen
from registry.history import append_only
from registry.key_fields import NO_KEY, FoldedKeyField, TwinKeyField
from registry.models import Airline, Airport, Organisation, Site, User
from registry.models.aviation import check_registration
from registry.states import States, Tone


class TicketState(States):
    DRAFT = "draft", Tone.QUIET, _("Draft")
    METERED = "metered", Tone.WAITING, _("Metered")
    SIGNED = "signed", Tone.MOVING, _("Signed")
    MATCHED = "matched", Tone.MOVING, _("Matched")
    DECLARED = "declared", Tone.MOVING, _("Declared")
    INVOICED = "invoiced", Tone.GOOD, _("Invoiced")
    DISPUTED = "disputed", Tone.BAD, _("Disputed")
    CREDITED = "credited", Tone.GONE, _("Credited")
    VOID = "void", Tone.GONE, _("Void")


OPEN = (TicketState.DRAFT, TicketState.METERED)
# The fuel of a ticket has left, whatever became of the bill.
LIFTED = (
    *(TicketState.SIGNED, TicketState.MATCHED, TicketState.DECLARED),
    *(TicketState.INVOICED, TicketState.DISPUTED, TicketState.CREDITED),
)


class TicketQuerySet(models.QuerySet["DeliveryTicket"]):
    def visible_to(self, user: User | AnonymousUser) -> "TicketQuerySet":
        """A site's people see its tickets, an airline's people those of their airline that are signed."""
        if not user.is_authenticated:
            return self.none()
        own = user.memberships.filter(role="airline").values("organisation")
        return self.filter(
            Q(site__in=Site.objects.visible_to(user)) | Q(airline__organisation__in=own, signed_at__isnull=False)
        )


class DeliveryTicket(Document, MeasuredFuel):
    """Fuel delivered into one aircraft. Signed, it has left the tank; nothing of it is changed after that."""

    kind = "delivery_ticket"
    letters = "TKT"

    state = models.CharField(
        _("state"), max_length=50, choices=TicketState.choices, default=TicketState.DRAFT, editable=False
    )
    vendor = models.ForeignKey(Organisation, models.PROTECT, related_name="tickets", verbose_name=_("vendor"))
    ticket_number = models.CharField(_("ticket number"), max_length=30)
    ticket_key = FoldedKeyField(of="ticket_number")
    ticket_twin_key = TwinKeyField(of="ticket_number")
    airline = models.ForeignKey(Airline, models.PROTECT, related_name="tickets", verbose_name=_("airline"))
    flight_number = models.CharField(_("flight"), max_length=10, validators=[check_flight_number])
    flight_key = FlightKeyField(of="flight_number")
    flight_date = models.DateField(_("flight date"))
    flight_type = models.CharField(_("kind of flight"), max_length=15, choices=FlightType.choices)
    registration = models.CharField(_("registration"), max_length=10, validators=[check_registration])
    aircraft_type = models.CharField(_("aircraft type"), max_length=4, blank=True)
    airport = models.ForeignKey(Airport, models.PROTECT, related_name="+", verbose_name=_("airport of uplift"))
    destination = models.ForeignKey(Airport, models.PROTECT, related_name="+", verbose_name=_("destination"))
    stand = models.CharField(_("stand"), max_length=10, blank=True)
    tank = models.ForeignKey(Tank, models.PROTECT, related_name="tickets", verbose_name=_("tank"))
    customs_status = models.CharField(_("duty status"), max_length=20, choices=DUTY_STATUSES)
    relief_rule = models.ForeignKey(
        ReliefRule, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("relief rule")
    )
    meter = models.ForeignKey(
        Meter, models.PROTECT, null=True, blank=True, related_name="tickets", verbose_name=_("meter")
    )
    meter_start = models.DecimalField(_("meter start"), max_digits=13, decimal_places=1, null=True, blank=True)
    meter_end = models.DecimalField(_("meter end"), max_digits=13, decimal_places=1, null=True, blank=True)
    meter_factor = models.DecimalField(
        _("meter factor"), max_digits=6, decimal_places=4, null=True, blank=True, editable=False
    )
    requested_litres = models.DecimalField(
        _("litres requested"),
        max_digits=18,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.001"))],
    )
    started_at = models.DateTimeField(_("fuelling began"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("fuelling ended"))
    signatory = models.CharField(_("signed for the airline by"), max_length=120, blank=True)
    signed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("fuelled by")
    )
    signed_at = models.DateTimeField(_("signed"), null=True, editable=False)
    matched_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("matched by")
    )
    matched_at = models.DateTimeField(_("matched"), null=True, editable=False)
    match_note = models.CharField(_("what explains the exceptions"), max_length=400, blank=True, editable=False)
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="replaced_by",
        verbose_name=_("replaces"),
    )
    evidence = models.CharField(
        _("what shows the corrected figures"), max_length=400, blank=True, default="", db_default="", editable=False
    )
    objects = TicketQuerySet.as_manager()  # type: ignore[assignment,misc]
    history = HistoricalRecords(excluded_fields=["ticket_key", "ticket_twin_key", "flight_key"])

    class Meta(Document.Meta):
        db_table_comment = "Fuel delivered into one aircraft."
        verbose_name = _("delivery ticket")
        verbose_name_plural = _("delivery tickets")
        indexes = [
            models.Index(fields=["airline", "flight_date"], name="ticket_airline_flight_date"),
            models.Index(fields=["vendor", "ticket_twin_key"], name="ticket_twins_of_vendor"),
        ]
        constraints = [
            *Document.Meta.constraints,
            models.UniqueConstraint(
                fields=("vendor", "ticket_key"),
                condition=~Q(state="void") & ~Q(ticket_key=NO_KEY),
                name="ticket_number_once_per_vendor",
                violation_error_message=_("The vendor already has a ticket with this number."),
            ),
            models.CheckConstraint(
                condition=Q(litres_observed__isnull=True) | Q(litres_observed__gt=0),
                name="ticket_litres_positive",
                violation_error_message=_("The litres delivered must be above zero."),
            ),
            models.CheckConstraint(
                condition=Q(requested_litres__isnull=True) | Q(requested_litres__gt=0),
                name="ticket_requested_litres_positive",
                violation_error_message=_("The litres requested must be above zero."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "void"]) | Q(mass_kg__gt=0),
                name="ticket_metered_has_mass",
            ),
            models.CheckConstraint(
                condition=Q(started_at__isnull=True) | Q(started_at__lte=F("delivered_at")),
                name="ticket_ends_after_it_begins",
                violation_error_message=_("Fuelling cannot end before it began."),
            ),
            models.CheckConstraint(
                condition=Q(matched_by__isnull=True) | ~Q(matched_by=F("signed_by")),
                name="ticket_matched_by_another",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(evidence="") & ~Q(replaces=F("id")),
                name="ticket_replaces_with_evidence",
            ),
        ]

    @property
    def is_open_for_change(self) -> bool:
        return self.state in OPEN


class TicketDraw(Draw):
    """What a ticket took of one consignment lot, first in first out."""

    ticket = models.ForeignKey(DeliveryTicket, models.PROTECT, related_name="draws", verbose_name=_("ticket"))

    class Meta:
        ordering = ("ticket", "row")
        db_table_comment = "What a ticket took of one consignment lot."
        verbose_name = _("draw")
        verbose_name_plural = _("draws")
        constraints = [
            models.UniqueConstraint(fields=("ticket", "row"), name="ticket_draw_once"),
            models.CheckConstraint(condition=Q(mass_kg__gt=0), name="ticket_draw_positive"),
        ]


class AttachmentKind(models.TextChoices):
    SIGNATURE = "signature", _("Signature")
    PHOTO = "photo", _("Photo")


class TicketAttachment(models.Model):
    """A drawn signature or a photo, kept in the database with the ticket it belongs to."""

    ticket = models.ForeignKey(DeliveryTicket, models.PROTECT, related_name="attachments", verbose_name=_("ticket"))
    kind = models.CharField(_("kind"), max_length=10, choices=AttachmentKind.choices)
    content_type = models.CharField(_("content type"), max_length=40)
    content = models.BinaryField(_("content"))
    sha256 = models.BinaryField(_("SHA-256"), max_length=32)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("added by"))
    added_at = models.DateTimeField(_("added"))

    class Meta:
        ordering = ("ticket", "pk")
        db_table_comment = "A signature or photo of a ticket."
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self) -> str:
        return f"{self.ticket} {self.get_kind_display()}"


append_only(DeliveryTicket.history.model)
append_only(TicketDraw)
append_only(TicketAttachment)

# Signed, a ticket says for good what was delivered; its fuel may still be declared under another duty status.
frozen(
    DeliveryTicket,
    name="measured",
    columns=(
        *("litres_observed", "celsius", "density_at_base", "vcf", "litres_at_base", "mass_kg"),
        *("standard", "vcf_decimals", "base", "mass_in"),
        *("vendor", "ticket_number", "airline", "tank", "delivered_at"),
        *("meter", "meter_start", "meter_end", "meter_factor"),
        *("signatory", "signed_by", "signed_at"),
    ),
    # A void one was lifted as well, or is as its draft was put away.
    states=(*LIFTED, TicketState.VOID),
)
