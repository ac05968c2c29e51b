"""Consignments of fuel by rail, pipeline or road: what was declared and received, lost on the way, or came over."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from customs.models import AccountBook, Assessed
from documents.models import Document
from fuel.gauges.model import Gauge
from fuel.models.measuring import MeasuredFuel
from fuel.models.meters import Meter
from fuel.models.tanks import Tank
from ledger.postings import CustomsStatus
from registry.countries import check_country
from registry.currencies import check_currency
from registry.history import append_only
from registry.models import Item, Organisation, User
from registry.states import States, Tone


class Transport(models.TextChoices):
    RAIL = "rail", _("Rail tank cars")
    PIPELINE = "pipeline", _("Pipeline")
    ROAD = "road", _("Road tankers")


class FuelSource(models.TextChoices):
    ABROAD = "abroad", _("From abroad")
    DOMESTIC = "domestic", _("Domestic market")
    OTHER_SITE = "other_site", _("Another site")


class ConsignmentState(States):
    DRAFT = "draft", Tone.QUIET, _("Draft")
    ADVISED = "advised", Tone.WAITING, _("Advised")
    RETURNED = "returned", Tone.WARNING, _("Returned for correction")
    ACCEPTED = "accepted", Tone.MOVING, _("Accepted by customs")
    GAUGED = "gauged", Tone.WAITING, _("Gauged, awaiting release")
    HELD = "held", Tone.BAD, _("Held for quality")
    RELEASED = "released", Tone.GOOD, _("Released")
    REVERSED = "reversed", Tone.GONE, _("Reversed")
    VOID = "void", Tone.GONE, _("Void")


class QualityCertificate(models.TextChoices):
    RCQ = "rcq", _("Refinery certificate of quality")
    COA = "coa", _("Certificate of analysis")
    RC = "rc", _("Recertification test certificate")


class FuelConsignment(Document, Assessed):
    """One lot of fuel under one declaration. Bonded fuel is accepted by customs first, duty-paid fuel is not."""

    kind = "fuel_consignment"
    letters = "FCN"

    state = models.CharField(
        _("state"), max_length=50, choices=ConsignmentState.choices, default=ConsignmentState.ADVISED, editable=False
    )
    customs_status = models.CharField(
        _("duty status"),
        max_length=20,
        choices=[
            (CustomsStatus.BONDED.value, CustomsStatus.BONDED.label),
            (CustomsStatus.DUTY_PAID.value, CustomsStatus.DUTY_PAID.label),
        ],
    )
    source = models.CharField(_("source"), max_length=20, choices=FuelSource.choices)
    transport = models.CharField(_("transport"), max_length=10, choices=Transport.choices)
    book = models.ForeignKey(
        AccountBook,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="fuel_consignments",
        verbose_name=_("account book"),
    )
    supplier = models.ForeignKey(
        Organisation, models.PROTECT, related_name="fuel_consignments", verbose_name=_("supplier")
    )
    product = models.ForeignKey(Item, models.PROTECT, related_name="+", verbose_name=_("product"))
    origin = models.CharField(_("origin (ISO 3166)"), max_length=2, validators=[check_country])
    declaration_number = models.CharField(_("customs declaration number"), max_length=40, blank=True)
    bonded_note_number = models.CharField(_("bonded note number"), max_length=40, blank=True)
    vehicles = models.CharField(_("tank cars, pipeline batch or vehicles"), max_length=400, blank=True)
    seals = models.CharField(_("seals"), max_length=400, blank=True)
    document_mass_kg = models.DecimalField(_("mass by document (kg)"), max_digits=18, decimal_places=3)
    document_litres_15c = models.DecimalField(
        _("litres at 15 °C by document"), max_digits=18, decimal_places=3, null=True, blank=True
    )
    document_density_15c = models.DecimalField(
        _("density at 15 °C by document (kg/m³)"), max_digits=7, decimal_places=1, null=True, blank=True
    )
    invoice_value = models.DecimalField(_("invoice value, CIF"), max_digits=18, decimal_places=2, default=0)
    currency = models.CharField(_("currency (ISO 4217)"), max_length=3, default="CNY", validators=[check_currency])
    exchange_rate_cny_per_unit = models.DecimalField(
        _("exchange rate (CNY)"), max_digits=14, decimal_places=6, null=True, editable=False
    )
    loss_tolerance_percent = models.DecimalField(
        _("tolerated transport loss (% of the document)"), max_digits=6, decimal_places=3, default=0
    )
    certificate_kind = models.CharField(
        _("quality certificate"), max_length=5, blank=True, choices=QualityCertificate.choices
    )
    certificate_number = models.CharField(_("number of the quality certificate"), max_length=60, blank=True)
    specification = models.CharField(_("specification"), max_length=60, blank=True)
    batch_number = models.CharField(_("batch number"), max_length=60, blank=True)
    lot = models.ForeignKey(
        "ledger.Lot",
        models.DO_NOTHING,
        null=True,
        editable=False,
        related_name="+",
        db_constraint=False,
        verbose_name=_("lot"),
    )
    received_mass_kg = models.DecimalField(
        _("mass received (kg)"), max_digits=18, decimal_places=3, null=True, editable=False
    )
    accepted_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("accepted by")
    )
    accepted_at = models.DateTimeField(_("accepted"), null=True, editable=False)
    is_entered_for_customs = models.BooleanField(
        _("entered for customs"), default=False, db_default=False, editable=False
    )
    received_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("measured by")
    )
    received_at = models.DateTimeField(_("received"), null=True, editable=False)
    released_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("released by")
    )
    released_at = models.DateTimeField(_("released"), null=True, editable=False)
    history = HistoricalRecords()

    class Meta(Document.Meta):
        db_table_comment = "One lot of fuel under one declaration, measured into tanks."
        verbose_name = _("fuel consignment")
        verbose_name_plural = _("fuel consignments")
        constraints = [
            *Document.Meta.constraints,
            models.CheckConstraint(
                condition=Q(document_mass_kg__gt=0),
                name="fuel_consignment_mass_positive",
                violation_error_message=_("The mass by document must be above zero."),
            ),
            models.CheckConstraint(
                condition=Q(customs_status="bonded", book__isnull=False) | ~Q(customs_status="bonded"),
                name="fuel_consignment_bonded_has_book",
                violation_error_message=_("Bonded fuel needs an account book."),
            ),
            models.CheckConstraint(
                condition=Q(loss_tolerance_percent__gte=0, loss_tolerance_percent__lte=5),
                name="fuel_consignment_tolerance_in_range",
                violation_error_message=_("The tolerance is between 0 and 5 %."),
            ),
            models.CheckConstraint(
                condition=Q(accepted_by__isnull=True) | ~Q(accepted_by=F("prepared_by")),
                name="fuel_consignment_accepted_by_another",
            ),
            models.CheckConstraint(
                condition=Q(released_by__isnull=True) | ~Q(released_by=F("received_by")),
                name="fuel_consignment_released_by_another",
            ),
        ]

    @property
    def is_past_customs(self) -> bool:
        """Whether customs accepts nothing: duty-paid fuel is measured into the tanks as it comes."""
        return self.customs_status != "bonded"

    @property
    def transport_loss_kg(self) -> "models.DecimalField[Any, Any] | None":
        """Document less received; below zero where more came than was declared; None until measured."""
        if self.received_mass_kg is None:
            return None
        return self.document_mass_kg - self.received_mass_kg  # type: ignore[return-value]


class ConsignmentReceipt(MeasuredFuel):
    """What of a consignment was measured into one tank: by two gauges, or by a meter."""

    consignment = models.ForeignKey(
        FuelConsignment, models.PROTECT, related_name="receipts", verbose_name=_("consignment")
    )
    row = models.PositiveSmallIntegerField(_("line"))
    tank = models.ForeignKey(Tank, models.PROTECT, related_name="receipts", verbose_name=_("tank"))
    gauge_before = models.ForeignKey(
        Gauge, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("gauge before")
    )
    gauge_after = models.ForeignKey(
        Gauge, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("gauge after")
    )
    meter = models.ForeignKey(
        Meter, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("receipt meter")
    )

    class Meta:
        ordering = ("consignment", "row")
        db_table_comment = "What of a consignment was measured into one tank."
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        constraints = [
            models.UniqueConstraint(fields=("consignment", "row"), name="consignment_receipt_once"),
            models.UniqueConstraint(fields=("consignment", "tank"), name="consignment_receipt_once_per_tank"),
            models.CheckConstraint(condition=Q(mass_kg__gt=0), name="consignment_receipt_mass_positive"),
            models.CheckConstraint(
                condition=Q(gauge_before__isnull=False, gauge_after__isnull=False)
                | Q(gauge_before__isnull=True, gauge_after__isnull=True, litres_observed__isnull=False),
                name="consignment_receipt_gauged_or_metered",
                violation_error_message=_("Name both gauges, or the metered litres with temperature and density."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consignment} / {self.row}"


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
    rates_date = models.DateField(_("rates as of"), null=True)
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


class OverDeliveryOutcome(models.TextChoices):
    ADMITTED = "admitted", _("Admitted")
    TAKEN_OUT = "taken_out", _("Taken out again")


class OverDelivery(Assessed):
    """What was decided on the fuel of a consignment that nobody had declared; never changed.

    Admitted, it is assessed at the rates of the day and has a lot of its own; amounts in CNY.
    """

    consignment = models.OneToOneField(
        FuelConsignment, models.PROTECT, related_name="over_delivery", verbose_name=_("consignment")
    )
    outcome = models.CharField(_("outcome"), max_length=10, choices=OverDeliveryOutcome.choices)
    over_lot = models.ForeignKey(
        "ledger.Lot", models.DO_NOTHING, related_name="+", db_constraint=False, verbose_name=_("lot as found")
    )
    lot = models.ForeignKey(
        "ledger.Lot",
        models.DO_NOTHING,
        null=True,
        related_name="+",
        db_constraint=False,
        verbose_name=_("lot admitted"),
    )
    mass_kg = models.DecimalField(_("mass (kg)"), max_digits=18, decimal_places=3)
    reference = models.CharField(_("declaration number or reference"), max_length=40)
    invoice_value = models.DecimalField(_("invoice value, CIF"), max_digits=18, decimal_places=2, null=True)
    currency = models.CharField(_("currency (ISO 4217)"), max_length=3, blank=True, validators=[check_currency])
    exchange_rate_cny_per_unit = models.DecimalField(
        _("exchange rate (CNY)"), max_digits=14, decimal_places=6, null=True
    )
    rates_date = models.DateField(_("rates as of"), null=True)
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    happened_at = models.DateTimeField(_("occurred"))
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("decided by"))
    decided_at = models.DateTimeField(_("decided"))

    class Meta:
        ordering = ("consignment",)
        db_table_comment = "What was decided on fuel that came over its declaration, and the tax suspended on it."
        verbose_name = _("over-delivery")
        verbose_name_plural = _("over-deliveries")
        constraints = [
            models.CheckConstraint(condition=Q(mass_kg__gt=0), name="over_delivery_mass_positive"),
            models.CheckConstraint(
                condition=Q(outcome="admitted", lot__isnull=False, customs_value_cny__isnull=False)
                | Q(outcome="taken_out", lot__isnull=True, customs_value_cny__isnull=True),
                name="over_delivery_admitted_has_lot_and_assessment",
            ),
            models.CheckConstraint(condition=~Q(reference=""), name="over_delivery_has_reference"),
        ]

    def __str__(self) -> str:
        return f"{self.consignment} {self.mass_kg} kg"


append_only(FuelConsignment.history.model)
append_only(TransportLoss)
append_only(OverDelivery)
