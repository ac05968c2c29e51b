"""Bonded fuel that becomes duty-paid while it lies in a tank, and what is owed for that."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from customs.models import Assessed
from documents.models import Document
from fuel.models.tanks import Tank
from registry.history import append_only
from registry.models import User
from registry.states import States, Tone


class StatusChangeState(States):
    DRAFT = "draft", Tone.QUIET, _("Draft")
    ASKED = "asked", Tone.WAITING, _("Waits for customs")
    RETURNED = "returned", Tone.WARNING, _("Returned for correction")
    POSTED = "posted", Tone.GOOD, _("Posted")
    REVERSED = "reversed", Tone.GONE, _("Reversed")
    VOID = "void", Tone.GONE, _("Void")


class StatusChange(Document):
    """Bonded fuel in a tank that a paid domestic declaration clears; posted when customs accepts it.

    Amounts in CNY at the rates of the customs day on which it was cleared, before that as they would come to. Without
    another tank it stays where it is.
    """

    kind = "status_change"
    letters = "FSC"

    state = models.CharField(
        _("state"), max_length=50, choices=StatusChangeState.choices, default=StatusChangeState.ASKED, editable=False
    )
    from_tank = models.ForeignKey(
        Tank, models.PROTECT, related_name="status_changes_out", verbose_name=_("cleared in tank")
    )
    to_tank = models.ForeignKey(
        Tank, models.PROTECT, null=True, blank=True, related_name="status_changes_in", verbose_name=_("moved to tank")
    )
    mass_kg = models.DecimalField(_("mass (kg)"), max_digits=18, decimal_places=3)
    reference = models.CharField(_("domestic declaration number"), max_length=40)
    changed_at = models.DateTimeField(_("cleared"))
    rates_date = models.DateField(_("rates as of"), editable=False)
    customs_value_cny = models.DecimalField(_("customs value (CNY)"), max_digits=18, decimal_places=2, editable=False)
    duty_cny = models.DecimalField(_("duty (CNY)"), max_digits=18, decimal_places=2, editable=False)
    consumption_tax_cny = models.DecimalField(
        _("consumption tax (CNY)"), max_digits=18, decimal_places=2, editable=False
    )
    vat_cny = models.DecimalField(_("VAT (CNY)"), max_digits=18, decimal_places=2, editable=False)
    accepted_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("accepted by")
    )
    accepted_at = models.DateTimeField(_("accepted"), null=True, editable=False)
    is_entered_for_customs = models.BooleanField(
        _("entered for customs"), default=False, db_default=False, editable=False
    )
    is_reversed = models.BooleanField(_("reversed"), default=False, editable=False)
    history = HistoricalRecords()

    class Meta(Document.Meta):
        db_table_comment = "Bonded fuel in a tank that was cleared for the domestic market, and the tax payable on it."
        verbose_name = _("status change")
        verbose_name_plural = _("status changes")
        constraints = [
            *Document.Meta.constraints,
            models.CheckConstraint(
                condition=Q(mass_kg__gt=0),
                name="status_change_mass_positive",
                violation_error_message=_("The mass must be above zero."),
            ),
            models.CheckConstraint(condition=~Q(reference=""), name="status_change_has_reference"),
            models.CheckConstraint(
                condition=Q(to_tank__isnull=True) | ~Q(to_tank=F("from_tank")), name="status_change_to_another_tank"
            ),
            models.UniqueConstraint(
                fields=("from_tank", "reference"),
                condition=Q(is_reversed=False) & ~Q(state="void"),
                name="status_change_declaration_once_per_tank",
            ),
            models.CheckConstraint(
                condition=Q(accepted_by__isnull=True) | ~Q(accepted_by=F("prepared_by")),
                name="status_change_accepted_by_another",
            ),
        ]

    @property
    def tax_cny(self) -> "models.DecimalField[Any, Any]":
        """Duty and taxes together."""
        return self.duty_cny + self.consumption_tax_cny + self.vat_cny  # type: ignore[return-value]


class StatusChangeLot(Assessed):
    """What of one bonded lot was cleared, its assessment, and the duty-paid lot that it became."""

    status_change = models.ForeignKey(
        StatusChange, models.PROTECT, related_name="lots", verbose_name=_("status change")
    )
    row = models.PositiveSmallIntegerField(_("line"))
    lot = models.ForeignKey(
        "ledger.Lot", models.DO_NOTHING, related_name="+", db_constraint=False, verbose_name=_("bonded lot")
    )
    new_lot = models.ForeignKey(
        "ledger.Lot", models.DO_NOTHING, related_name="+", db_constraint=False, verbose_name=_("duty-paid lot")
    )
    mass_kg = models.DecimalField(_("mass (kg)"), max_digits=18, decimal_places=3)

    class Meta:
        ordering = ("status_change", "row")
        db_table_comment = "What of one bonded lot was cleared, its assessment, and the duty-paid lot it became."
        verbose_name = _("cleared lot")
        verbose_name_plural = _("cleared lots")
        constraints = [
            models.UniqueConstraint(fields=("status_change", "row"), name="status_change_lot_row_once"),
            models.UniqueConstraint(fields=("status_change", "lot"), name="status_change_lot_once"),
            models.CheckConstraint(condition=Q(mass_kg__gt=0), name="status_change_lot_mass_positive"),
            models.CheckConstraint(
                condition=Q(
                    customs_value_cny__isnull=False,
                    duty_cny__isnull=False,
                    consumption_tax_cny__isnull=False,
                    vat_cny__isnull=False,
                ),
                name="status_change_lot_is_assessed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.row}: {self.mass_kg} kg"


append_only(StatusChange.history.model)
append_only(StatusChangeLot)
