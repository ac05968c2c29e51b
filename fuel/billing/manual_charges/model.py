"""What is charged to an airline, or given back, by hand: entered by one person, approved by another."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from documents.models import Document
from fuel.models.pricing import FuelContract
from registry.currencies import check_currency
from registry.frozen import frozen
from registry.history import append_only
from registry.models import User
from registry.states import States, Tone


class ManualChargeState(States):
    DRAFT = "draft", Tone.QUIET, _("Draft")
    ASKED = "asked", Tone.WAITING, _("Waits for approval")
    RETURNED = "returned", Tone.WARNING, _("Returned for correction")
    CHARGED = "charged", Tone.QUIET, _("Charged")
    VOID = "void", Tone.GONE, _("Void")


class ManualCharge(Document):
    """An amount for a period that no ticket comes to; below zero it is given back. Charged once it is approved."""

    kind = "manual_charge"
    letters = "MCH"

    state = models.CharField(
        _("state"), max_length=50, choices=ManualChargeState.choices, default=ManualChargeState.ASKED, editable=False
    )
    contract = models.ForeignKey(
        FuelContract, models.PROTECT, related_name="manual_charges", verbose_name=_("contract")
    )
    from_date = models.DateField(_("from"))
    through_date = models.DateField(_("through"))
    description = models.CharField(_("what is charged"), max_length=120)
    reason = models.CharField(_("reason"), max_length=400)
    net_amount = models.DecimalField(_("net"), max_digits=18, decimal_places=2)
    vat_rate = models.DecimalField(_("VAT rate"), max_digits=7, decimal_places=6)
    vat_amount = models.DecimalField(_("VAT"), max_digits=18, decimal_places=2)
    currency = models.CharField(_("currency (ISO 4217)"), max_length=3, validators=[check_currency])
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("approved by")
    )
    decided_at = models.DateTimeField(_("approved"), null=True, editable=False)
    history = HistoricalRecords()

    class Meta(Document.Meta):
        db_table_comment = "What is charged to an airline, or given back, by hand."
        verbose_name = _("manual charge")
        verbose_name_plural = _("manual charges")
        constraints = [
            *Document.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(net_amount=0),
                name="manual_charge_not_zero",
                violation_error_message=_("The amount cannot be zero."),
            ),
            models.CheckConstraint(
                condition=Q(vat_rate__gte=0, vat_rate__lt=1),
                name="manual_charge_vat_rate_is_a_fraction",
                violation_error_message=_("A VAT rate lies between 0 and 100 %."),
            ),
            models.CheckConstraint(
                condition=Q(from_date__lte=F("through_date")),
                name="manual_charge_in_order",
                violation_error_message=_("The period ends before it begins."),
            ),
            models.CheckConstraint(
                condition=~Q(state="charged") | Q(decided_by__isnull=False) & ~Q(decided_by=F("prepared_by")),
                name="manual_charge_approved_by_another",
            ),
        ]

    @property
    def total_amount(self) -> Any:
        return self.net_amount + self.vat_amount


append_only(ManualCharge.history.model)


frozen(
    ManualCharge,
    name="charged",
    columns=(
        *("contract", "from_date", "through_date", "description", "reason"),
        *("net_amount", "vat_rate", "vat_amount", "currency"),
    ),
    states=(ManualChargeState.CHARGED, ManualChargeState.VOID),
)
