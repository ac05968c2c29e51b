"""What an airline owes: a charge for each uplift, credits and rebills beside it, and the statements they stand on."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from documents.models import Document
from fuel.billing.manual_charges.model import ManualCharge
from fuel.defuels.model import Defuel
from fuel.delivery_tickets.model import DeliveryTicket
from fuel.models.measuring import BaseTemperature
from fuel.models.pricing import FuelContract, OfAirlineQuerySet, PriceUnit
from fuel.models.tickets import DUTY_STATUSES
from registry.currencies import check_currency
from registry.history import append_only, never_removed
from registry.key_fields import NO_KEY, FoldedKeyField
from registry.models import Airline, Airport, Site, User
from registry.states import States, Tone


def _money(label: Any) -> "models.DecimalField[Any, Any]":
    return models.DecimalField(label, max_digits=18, decimal_places=2)


class ChargeKind(models.TextChoices):
    UPLIFT = "uplift", _("Uplift")
    DEFUEL = "defuel", _("Defuel")
    CREDIT = "credit", _("Credit")
    REBILL = "rebill", _("Rebill")
    PART = "part", _("Part credit")
    MANUAL = "manual", _("Manual")


# By either of them a ticket is charged: for a corrected ticket, what was charged for the wrong one is charged again.
CHARGED = (ChargeKind.UPLIFT, ChargeKind.REBILL)
# Nobody lifts them: once they are made they wait for the next statement.
BESIDE_UPLIFTS = (ChargeKind.CREDIT, ChargeKind.REBILL, ChargeKind.PART, ChargeKind.MANUAL)


class Charge(models.Model):
    """An amount that an airline owes, or gets back, with every figure that it was reckoned from; never changed.

    Quantities and amounts of credits and defuels are below zero. A part credit takes off some of what it corrects: by
    quantity, or, with no mass, by amount. What is charged by hand is of no ticket, has no quantity, and says in its
    price basis what it is for; its day of delivery is the last of its period.
    """

    site = models.ForeignKey(Site, models.PROTECT, related_name="fuel_charges", verbose_name=_("site"))
    airline = models.ForeignKey(Airline, models.PROTECT, related_name="fuel_charges", verbose_name=_("airline"))
    contract = models.ForeignKey(FuelContract, models.PROTECT, related_name="charges", verbose_name=_("contract"))
    kind = models.CharField(_("kind"), max_length=6, choices=ChargeKind.choices)
    ticket = models.ForeignKey(
        DeliveryTicket, models.PROTECT, null=True, blank=True, related_name="charges", verbose_name=_("ticket")
    )
    manual = models.ForeignKey(
        ManualCharge, models.PROTECT, null=True, blank=True, related_name="charges", verbose_name=_("manual charge")
    )
    defuel = models.ForeignKey(
        Defuel, models.PROTECT, null=True, blank=True, related_name="charges", verbose_name=_("defuel")
    )
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name=_("corrects")
    )
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    flight_number = models.CharField(_("flight"), max_length=10)
    flight_date = models.DateField(_("flight date"))
    registration = models.CharField(_("registration"), max_length=10)
    aircraft_type = models.CharField(_("aircraft type"), max_length=4, blank=True)
    airport = models.ForeignKey(Airport, models.PROTECT, related_name="+", verbose_name=_("airport of uplift"))
    destination = models.ForeignKey(
        Airport, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("destination")
    )
    delivered_at = models.DateTimeField(_("fuelling ended"))
    customs_status = models.CharField(_("duty status"), max_length=20, choices=DUTY_STATUSES, blank=True)
    litres_observed = models.DecimalField(_("litres observed"), max_digits=18, decimal_places=3)
    celsius = models.DecimalField(_("temperature (°C)"), max_digits=6, decimal_places=2, null=True)
    density_at_base = models.DecimalField(_("density at base (kg/m³)"), max_digits=7, decimal_places=1, null=True)
    base = models.CharField(_("base temperature"), max_length=3, choices=BaseTemperature.choices)
    litres_at_base = models.DecimalField(_("litres at base"), max_digits=18, decimal_places=3)
    mass_kg = models.DecimalField(_("mass (kg)"), max_digits=18, decimal_places=3)
    us_gallons_observed = models.DecimalField(
        _("US gallons observed"), max_digits=18, decimal_places=3, db_column="us_gallons"
    )
    price_basis = models.CharField(_("price basis"), max_length=120)
    index_price = models.DecimalField(_("index"), max_digits=12, decimal_places=4, null=True)
    # Quotes of the average by day, as they stood when it was charged: {"2026-05-29": "92.3700"}.
    quotes = models.JSONField(_("quotes of the average"), default=dict, db_default={})
    index_unit = models.CharField(_("index per"), max_length=3, choices=PriceUnit.choices, blank=True, db_default="")
    differential = models.DecimalField(_("differential"), max_digits=10, decimal_places=4, null=True)
    differential_unit = models.CharField(
        _("differential per"), max_length=3, choices=PriceUnit.choices, blank=True, db_default=""
    )
    barrels_per_tonne = models.DecimalField(_("barrels per tonne"), max_digits=6, decimal_places=4, null=True)
    into_plane_fee_per_tonne = models.DecimalField(_("into-plane fee per tonne"), max_digits=10, decimal_places=2)
    unit_price = _money(_("price per tonne"))
    currency = models.CharField(_("currency (ISO 4217)"), max_length=3, validators=[check_currency])
    exchange_rate_cny_per_unit = models.DecimalField(_("exchange rate (CNY)"), max_digits=14, decimal_places=6)
    net_amount = models.DecimalField(_("net"), max_digits=18, decimal_places=2, db_column="amount")
    vat_rate = models.DecimalField(_("VAT rate"), max_digits=7, decimal_places=6, null=True)
    vat_amount = _money(_("VAT"))
    amount_cny = _money(_("total (CNY)"))
    # What the saving is measured against; empty in what was charged before it was kept.
    duty_paid_cny_per_tonne = models.DecimalField(
        _("duty-paid price (CNY/t)"), max_digits=12, decimal_places=2, null=True
    )
    duty_paid_has_fee = models.BooleanField(_("the duty-paid price has the into-plane fee in it"), null=True)
    duty_paid_from_date = models.DateField(_("duty-paid price valid from"), null=True)
    duty_paid_source = models.CharField(_("source of the duty-paid price"), max_length=120, blank=True, db_default="")
    duty_paid_cny = _money(_("at the duty-paid price (CNY)"))
    saving_duty_cny = _money(_("saved duty (CNY)"))
    saving_consumption_tax_cny = _money(_("saved consumption tax (CNY)"))
    saving_vat_cny = _money(_("saved VAT (CNY)"))
    saving_price_cny = _money(_("saved by price (CNY)"))
    due_date = models.DateField(_("due"))
    # As it stood when it was charged; a declaration that is accepted later does not change what was issued.
    customs_reference = models.CharField(_("customs declaration number"), max_length=40, blank=True)
    charged_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("charged by"))
    charged_at = models.DateTimeField(_("charged"))
    objects = OfAirlineQuerySet.as_manager()

    class Meta:
        ordering = ("delivered_at", "pk")
        db_table_comment = "An amount that an airline owes or gets back, with every figure behind it."
        verbose_name = _("charge")
        verbose_name_plural = _("charges")
        indexes = [models.Index(fields=["airline", "delivered_at"], name="charge_airline_delivered")]
        constraints = [
            models.UniqueConstraint(fields=("ticket",), condition=Q(kind="uplift"), name="charge_once_per_ticket"),
            models.UniqueConstraint(fields=("defuel",), condition=Q(kind="defuel"), name="charge_once_per_defuel"),
            models.UniqueConstraint(
                fields=("corrects", "kind"),
                condition=Q(kind__in=["credit", "rebill"]),
                name="charge_corrected_once",
                violation_error_message=_("This charge was credited already."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["credit", "rebill"], corrects__isnull=False)
                | Q(kind="part", corrects__isnull=False)
                | Q(kind__in=["uplift", "defuel", "manual"], corrects__isnull=True),
                name="charge_names_what_it_corrects",
            ),
            models.UniqueConstraint(fields=("manual",), condition=Q(kind="manual"), name="charge_once_per_manual"),
            models.CheckConstraint(
                condition=Q(
                    ticket__isnull=False,
                    manual__isnull=True,
                    destination__isnull=False,
                    celsius__isnull=False,
                    density_at_base__isnull=False,
                )
                & ~Q(kind="manual")
                | Q(ticket__isnull=True, manual__isnull=False, kind__in=["manual", "credit"]),
                name="charge_is_of_a_ticket_or_by_hand",
            ),
            models.CheckConstraint(
                # What corrects a defuel has the other sign; what is charged by hand has none.
                condition=Q(manual__isnull=False, mass_kg=0)
                | Q(kind="uplift", mass_kg__gt=0)
                | Q(kind="defuel", mass_kg__lt=0)
                | Q(kind="credit", defuel__isnull=True, mass_kg__lt=0)
                | Q(kind="credit", defuel__isnull=False, mass_kg__gt=0)
                | Q(kind="rebill", defuel__isnull=True, mass_kg__gt=0)
                | Q(kind="rebill", defuel__isnull=False, mass_kg__lt=0)
                # One by amount alone has no mass.
                | Q(kind="part", defuel__isnull=True, mass_kg__lte=0, net_amount__lt=0),
                name="charge_mass_signed",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["uplift", "rebill"], customs_status="duty_paid", duty_paid_has_fee__isnull=False)
                | Q(duty_paid_cny=F("amount_cny")),
                name="charge_duty_paid_saves_nothing",
            ),
            models.CheckConstraint(
                condition=Q(
                    saving_price_cny=F("duty_paid_cny")
                    - F("amount_cny")
                    - F("saving_duty_cny")
                    - F("saving_consumption_tax_cny")
                    - F("saving_vat_cny")
                ),
                name="charge_saving_adds_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.get_kind_display()}"

    @property
    def document(self) -> Any:
        """The ticket, or what it was charged by, by hand."""
        return self.ticket if self.ticket is not None else self.manual

    @property
    def told_number(self) -> str:
        """What the airline knows it by: the ticket's own number, or that of the manual charge."""
        found: str = self.document.ticket_number if self.ticket is not None else self.document.number
        return found

    @property
    def total_amount(self) -> Any:
        return self.net_amount + self.vat_amount

    @property
    def saving_cny(self) -> Any:
        return self.duty_paid_cny - self.amount_cny


class StatementState(States):
    ISSUED = "issued", Tone.QUIET, _("Issued")
    SUPERSEDED = "superseded", Tone.QUIET, _("Superseded")


class Statement(Document):
    """What an airline owes at a site for a period: numbered and frozen as it was issued."""

    kind = "fuel_statement"
    letters = "STM"

    state = models.CharField(
        _("state"), max_length=50, choices=StatementState.choices, default=StatementState.ISSUED, editable=False
    )
    airline = models.ForeignKey(Airline, models.PROTECT, related_name="statements", verbose_name=_("airline"))
    currency = models.CharField(_("currency (ISO 4217)"), max_length=3, validators=[check_currency])
    from_date = models.DateField(_("from"))
    through_date = models.DateField(_("through"))
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by", verbose_name=_("supersedes")
    )
    opening = _money(_("opening balance"))
    charges_total = _money(_("charges"))
    payments_total = _money(_("payments"))
    closing = _money(_("closing balance"))
    amount_cny = _money(_("charges (CNY)"))
    duty_paid_cny = _money(_("at the duty-paid price (CNY)"))
    mass_kg = models.DecimalField(_("mass (kg)"), max_digits=18, decimal_places=3)
    due_date = models.DateField(_("due"))
    # What it says of things that may change afterwards: names, codes, and what was owed by then.
    frozen = models.JSONField(_("as it was issued"), default=dict, editable=False)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    objects = OfAirlineQuerySet.as_manager()  # type: ignore[assignment,misc]
    history = HistoricalRecords()

    class Meta(Document.Meta):
        db_table_comment = "What an airline owes at a site for a period, as it was issued."
        verbose_name = _("fuel statement")
        verbose_name_plural = _("fuel statements")
        constraints = [
            *Document.Meta.constraints,
            models.CheckConstraint(
                condition=Q(closing=F("opening") + F("charges_total") - F("payments_total")),
                name="fuel_statement_adds_up",
            ),
            models.CheckConstraint(condition=Q(from_date__lte=F("through_date")), name="fuel_statement_in_order"),
        ]

    @property
    def saving_cny(self) -> Any:
        return self.duty_paid_cny - self.amount_cny


class StatementLine(models.Model):
    """A charge on a statement, in the order in which it is printed."""

    statement = models.ForeignKey(Statement, models.PROTECT, related_name="lines", verbose_name=_("statement"))
    row = models.PositiveIntegerField(_("line"))
    charge = models.ForeignKey(Charge, models.PROTECT, related_name="lines", verbose_name=_("charge"))

    class Meta:
        ordering = ("statement", "row")
        db_table_comment = "A charge on a statement."
        verbose_name = _("statement line")
        verbose_name_plural = _("statement lines")
        constraints = [
            models.UniqueConstraint(fields=("statement", "row"), name="statement_line_once"),
            models.UniqueConstraint(fields=("statement", "charge"), name="statement_line_charge_once"),
        ]

    def __str__(self) -> str:
        return f"{self.statement} / {self.row}"


class FuelPayment(models.Model):
    """Money that came from an airline; a wrong one is taken off by another below zero."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="fuel_payments", verbose_name=_("site"))
    airline = models.ForeignKey(Airline, models.PROTECT, related_name="fuel_payments", verbose_name=_("airline"))
    received_date = models.DateField(_("received"))
    amount = _money(_("amount"))
    currency = models.CharField(_("currency (ISO 4217)"), max_length=3, validators=[check_currency])
    reference = models.CharField(_("reference of the bank"), max_length=60)
    reference_key = FoldedKeyField(of="reference", max_length=120)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("recorded by"))
    recorded_at = models.DateTimeField(_("recorded"))
    objects = OfAirlineQuerySet.as_manager()

    class Meta:
        ordering = ("-received_date", "-pk")
        db_table_comment = "Money that came from an airline."
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        constraints = [
            models.UniqueConstraint(
                fields=("site", "airline", "reference_key"),
                condition=~Q(reference_key=NO_KEY),
                name="fuel_payment_once",
                violation_error_message=_("A payment with this reference is recorded already."),
            ),
            models.CheckConstraint(
                condition=~Q(amount=0),
                name="fuel_payment_not_zero",
                violation_error_message=_("The amount cannot be zero."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.airline} {self.received_date} {self.amount} {self.currency}"


class StatementPayment(models.Model):
    """A payment that a statement takes into its balance."""

    statement = models.ForeignKey(Statement, models.PROTECT, related_name="payments_taken", verbose_name=_("statement"))
    payment = models.ForeignKey(FuelPayment, models.PROTECT, related_name="statements", verbose_name=_("payment"))

    class Meta:
        ordering = ("statement", "payment")
        db_table_comment = "A payment that a statement takes into its balance."
        verbose_name = _("payment of a statement")
        verbose_name_plural = _("payments of statements")
        constraints = [
            models.UniqueConstraint(fields=("statement", "payment"), name="statement_payment_once"),
        ]

    def __str__(self) -> str:
        return f"{self.statement} {self.payment}"


never_removed(Statement)
append_only(Statement.history.model)
append_only(StatementPayment)
append_only(Charge)
append_only(StatementLine)
append_only(FuelPayment)
