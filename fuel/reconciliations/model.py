"""Reconciling a tank: book against gauge over some days, its gain or loss, and what was lost beyond the tolerance."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from customs.models import Assessed
from documents.models import Document
from fuel.gauges.model import Gauge
from fuel.models.reconciliation_rules import ReconciliationRule
from fuel.models.tanks import Tank
from fuel.models.tickets import DUTY_STATUSES
from registry.frozen import frozen
from registry.history import append_only
from registry.models import User
from registry.states import States, Tone


class ReconciliationState(States):
    DRAWN = "drawn", Tone.WAITING, _("Drawn up, within tolerance")
    BREACHED = "breached", Tone.BAD, _("Out of tolerance: to be explained")
    EXPLAINED = "explained", Tone.WAITING, _("Explained, awaiting approval")
    APPROVED = "approved", Tone.MOVING, _("Approved")
    VOID = "void", Tone.GONE, _("Void")
    REVERSED = "reversed", Tone.GONE, _("Reversed")


# States of a reconciliation that no longer says anything about its tank; the number stays.
UNDONE = (ReconciliationState.VOID, ReconciliationState.REVERSED)


class TankReconciliation(Document):
    """A tank's book against its gauge, from one gauge to another. Approved, its gain or loss is posted."""

    kind = "tank_reconciliation"
    letters = "FRC"

    state = models.CharField(_("state"), max_length=50, choices=ReconciliationState.choices, editable=False)
    tank = models.ForeignKey(Tank, models.PROTECT, related_name="reconciliations", verbose_name=_("tank"))
    gauge = models.ForeignKey(Gauge, models.PROTECT, related_name="reconciliations", verbose_name=_("closing gauge"))
    begins_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))
    rule = models.ForeignKey(ReconciliationRule, models.PROTECT, related_name="+", verbose_name=_("rule"))
    physical_kg = models.DecimalField(_("physical (kg)"), max_digits=18, decimal_places=3)
    book_kg = models.DecimalField(_("book (kg)"), max_digits=18, decimal_places=3)
    gain_loss_kg = models.DecimalField(_("gain or loss (kg)"), max_digits=18, decimal_places=3)
    percent_of_issues = models.DecimalField(
        _("% of issues"), max_digits=24, decimal_places=3, null=True, editable=False
    )
    percent_of_throughput = models.DecimalField(
        _("% of opening and receipts"), max_digits=24, decimal_places=3, null=True, editable=False
    )
    explanation = models.CharField(_("explanation"), max_length=400, blank=True)
    explained_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("explained by")
    )
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("approved"), null=True, editable=False)
    is_entered_for_customs = models.BooleanField(
        _("entered for customs"), default=False, db_default=False, editable=False
    )
    history = HistoricalRecords()

    class Meta(Document.Meta):
        db_table_comment = "A tank's book against its gauge; approved, its gain or loss is posted."
        verbose_name = _("tank reconciliation")
        verbose_name_plural = _("tank reconciliations")
        constraints = [
            *Document.Meta.constraints,
            models.CheckConstraint(
                condition=Q(gain_loss_kg=F("physical_kg") - F("book_kg")), name="tank_reconciliation_adds_up"
            ),
            models.CheckConstraint(condition=Q(begins_at__lt=F("ends_at")), name="tank_reconciliation_in_order"),
            models.UniqueConstraint(
                fields=("tank", "ends_at"),
                condition=~Q(state__in=["void", "reversed"]),
                name="tank_reconciliation_once",
                violation_error_message=_("The tank was already reconciled to this gauge."),
            ),
            models.UniqueConstraint(
                fields=("tank",),
                condition=Q(state__in=["drawn", "breached", "explained"]),
                name="tank_reconciliation_one_open",
                violation_error_message=_("An earlier reconciliation of the tank is not decided yet."),
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | ~Q(approved_by=F("prepared_by")) & (Q(explained_by__isnull=True) | ~Q(approved_by=F("explained_by"))),
                name="tank_reconciliation_approved_by_another",
            ),
        ]


class TankReconciliationLine(models.Model):
    """One duty status of a reconciled tank, in kilograms: what was there, came, went, and its share of gain or loss."""

    reconciliation = models.ForeignKey(
        TankReconciliation, models.PROTECT, related_name="lines", verbose_name=_("reconciliation")
    )
    customs_status = models.CharField(_("duty status"), max_length=20, choices=DUTY_STATUSES)
    opening_kg = models.DecimalField(_("opening"), max_digits=18, decimal_places=3)
    receipts_kg = models.DecimalField(_("receipts"), max_digits=18, decimal_places=3)
    defuels_kg = models.DecimalField(_("defuels"), max_digits=18, decimal_places=3)
    transfers_kg = models.DecimalField(_("transfers"), max_digits=18, decimal_places=3)
    # Lines of before there were status changes have none.
    status_changes_kg = models.DecimalField(_("status changes"), max_digits=18, decimal_places=3, db_default=0)
    uplifts_kg = models.DecimalField(_("uplifts"), max_digits=18, decimal_places=3)
    samples_kg = models.DecimalField(_("samples"), max_digits=18, decimal_places=3)
    drains_kg = models.DecimalField(_("drains"), max_digits=18, decimal_places=3)
    adjustments_kg = models.DecimalField(_("adjustments"), max_digits=18, decimal_places=3)
    book_kg = models.DecimalField(_("book"), max_digits=18, decimal_places=3)
    gain_loss_kg = models.DecimalField(_("gain or loss"), max_digits=18, decimal_places=3)

    class Meta:
        ordering = ("reconciliation", "customs_status")
        db_table_comment = "One duty status of a reconciled tank, in kilograms."
        verbose_name = _("reconciliation line")
        verbose_name_plural = _("reconciliation lines")
        constraints = [
            models.UniqueConstraint(fields=("reconciliation", "customs_status"), name="tank_reconciliation_line_once"),
            models.CheckConstraint(
                condition=Q(
                    book_kg=F("opening_kg")
                    + F("receipts_kg")
                    + F("defuels_kg")
                    + F("transfers_kg")
                    + F("status_changes_kg")
                    - F("uplifts_kg")
                    - F("samples_kg")
                    - F("drains_kg")
                    + F("adjustments_kg")
                ),
                name="tank_reconciliation_line_adds_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reconciliation} {self.customs_status}"


class TankLoss(Assessed):
    """What of one bonded lot a tank lost in a reconciliation out of tolerance; amounts in CNY; never changed.

    Tax is payable on what is beyond the tolerance, at the rates of the day of the decision; the rest is excused.
    """

    reconciliation = models.ForeignKey(
        TankReconciliation, models.PROTECT, related_name="losses", verbose_name=_("reconciliation")
    )
    row = models.PositiveSmallIntegerField(_("line"))
    lot = models.ForeignKey(
        "ledger.Lot", models.DO_NOTHING, related_name="+", db_constraint=False, verbose_name=_("lot")
    )
    lost_mass_kg = models.DecimalField(_("lost (kg)"), max_digits=18, decimal_places=3)
    tolerated_mass_kg = models.DecimalField(_("of which tolerated (kg)"), max_digits=18, decimal_places=3)
    taxed_mass_kg = models.DecimalField(_("beyond the tolerance (kg)"), max_digits=18, decimal_places=3)
    rates_date = models.DateField(_("rates as of"))

    class Meta:
        ordering = ("reconciliation", "row")
        db_table_comment = "What a tank lost of one bonded lot out of tolerance, and the tax payable on it."
        verbose_name = _("tank loss")
        verbose_name_plural = _("tank losses")
        constraints = [
            models.UniqueConstraint(fields=("reconciliation", "row"), name="tank_loss_row_once"),
            models.CheckConstraint(
                condition=Q(lost_mass_kg=F("tolerated_mass_kg") + F("taxed_mass_kg")), name="tank_loss_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(tolerated_mass_kg__gte=0, taxed_mass_kg__gt=0), name="tank_loss_is_beyond_tolerance"
            ),
            models.CheckConstraint(
                condition=Q(
                    customs_value_cny__isnull=False,
                    duty_cny__isnull=False,
                    consumption_tax_cny__isnull=False,
                    vat_cny__isnull=False,
                ),
                name="tank_loss_is_assessed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reconciliation} {self.taxed_mass_kg} kg"


append_only(TankReconciliation.history.model)
append_only(TankReconciliationLine)
append_only(TankLoss)

# Approved, a reconciliation says for good what was measured and what was missing.
frozen(
    TankReconciliation,
    name="measured",
    columns=(
        *("tank", "gauge", "begins_at", "ends_at", "rule", "physical_kg", "book_kg", "gain_loss_kg"),
        *("percent_of_issues", "percent_of_throughput", "explanation", "explained_by", "approved_by", "approved_at"),
    ),
    states=(ReconciliationState.APPROVED, ReconciliationState.REVERSED),
)
