"""Withdrawal 出区: goods that leave a bonded warehouse."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from bonded.models.payments import IS_CORRECTED, IS_PAID, PAID, TaxPaid
from customs.models import AccountBook, Assessed, LotIdentification
from documents.models import Document
from registry.countries import check_country
from registry.frozen import frozen, frozen_lines, frozen_once
from registry.history import append_only
from registry.models import Item, Organisation, Place, User
from registry.states import States, Tone


class WithdrawalPurpose(models.TextChoices):
    """Why goods leave; each has its boundary in the ledger and its line in the reconciliation statement."""

    RE_EXPORT = "re_export", _("Re-export")
    DOMESTIC_SALE = "domestic_sale", _("Domestic sale")
    TRANSFER_OUT = "transfer_out", _("Transfer to another site")
    CONSUMPTION = "consumption", _("Consumption in the zone")
    DESTRUCTION = "destruction", _("Destruction")
    SAMPLE = "sample", _("Sample")


class WithdrawalState(States):
    DRAFT = "draft", Tone.QUIET, _("Draft")
    SUBMITTED = "submitted", Tone.WAITING, _("Submitted")
    RETURNED = "returned", Tone.WARNING, _("Returned for correction")
    ACCEPTED = "accepted", Tone.MOVING, _("Accepted")
    PICKED = "picked", Tone.MOVING, _("Picked")
    PASSED = "passed", Tone.GOOD, _("Passed the gate")
    DISCHARGED = "discharged", Tone.GOOD, _("Discharged")
    CLOSED = "closed", Tone.GOOD, _("Closed")
    REVERSED = "reversed", Tone.GONE, _("Reversed")
    VOID = "void", Tone.GONE, _("Void")


class Withdrawal(TaxPaid, Document):
    """Goods of one account book that leave: reserved at acceptance, out at the gate, discharged when also released."""

    kind = "withdrawal"
    letters = "WDR"
    # A sale is paid until its declaration is released.
    payable_in = frozenset({WithdrawalState.ACCEPTED, WithdrawalState.PICKED, WithdrawalState.PASSED})
    payable_since = "accepted_at"
    unpaid_label = _("Sales to pay duty and tax on")

    state = models.CharField(
        _("state"), max_length=50, choices=WithdrawalState.choices, default=WithdrawalState.DRAFT, editable=False
    )
    purpose = models.CharField(_("purpose"), max_length=20, choices=WithdrawalPurpose.choices)
    book = models.ForeignKey(AccountBook, models.PROTECT, related_name="withdrawals", verbose_name=_("account book"))
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="withdrawals", verbose_name=_("goods owner"))
    destination = models.CharField(_("destination (ISO 3166)"), max_length=2, blank=True, validators=[check_country])
    declaration_number = models.CharField(_("customs declaration number"), max_length=40, blank=True)
    certificate_number = models.CharField(_("customs certificate number"), max_length=40, blank=True)
    vehicle = models.CharField(_("vehicle or container"), max_length=60, blank=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True, editable=False)
    accepted_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("accepted by")
    )
    accepted_at = models.DateTimeField(_("accepted"), null=True, editable=False)
    picked_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("picked by")
    )
    picked_at = models.DateTimeField(_("picked"), null=True, editable=False)
    passed_at = models.DateTimeField(_("passed the gate"), null=True, editable=False)
    released_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("released by")
    )
    released_at = models.DateTimeField(_("released by customs"), null=True, editable=False)
    discharged_at = models.DateTimeField(_("discharged"), null=True, editable=False)
    history = HistoricalRecords()

    class Meta(Document.Meta):
        db_table_comment = "Goods of one account book that leave a bonded warehouse."
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        constraints = [
            *Document.Meta.constraints,
            *TaxPaid.Meta.constraints,
            models.CheckConstraint(
                condition=Q(accepted_by__isnull=True) | ~Q(accepted_by=F("prepared_by")),
                name="withdrawal_accepted_by_another",
            ),
        ]

    @property
    def is_open_for_change(self) -> bool:
        return self.state in {WithdrawalState.DRAFT, WithdrawalState.RETURNED}


class WithdrawalLine(models.Model):
    """How much of one item is to leave, and by which rule its lots are taken; a named lot is given here."""

    withdrawal = models.ForeignKey(Withdrawal, models.CASCADE, related_name="lines", verbose_name=_("withdrawal"))
    row = models.PositiveSmallIntegerField(_("line"))
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", verbose_name=_("item"))
    quantity = models.DecimalField(_("quantity"), max_digits=18, decimal_places=5)
    identification = models.CharField(_("lot identification"), max_length=10, choices=LotIdentification.choices)
    lot = models.ForeignKey(
        "ledger.Lot",
        models.DO_NOTHING,
        null=True,
        blank=True,
        related_name="+",
        db_constraint=False,
        verbose_name=_("named lot"),
    )

    class Meta:
        ordering = ("withdrawal", "row")
        db_table_comment = "How much of one item is to leave, and by which rule its lots are taken."
        verbose_name = _("withdrawal line")
        verbose_name_plural = _("withdrawal lines")
        constraints = [
            models.UniqueConstraint(fields=("withdrawal", "row"), name="withdrawal_line_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="withdrawal_line_quantity_positive"),
            models.CheckConstraint(
                condition=Q(identification=LotIdentification.NAMED, lot__isnull=False)
                | ~Q(identification=LotIdentification.NAMED) & Q(lot__isnull=True),
                name="withdrawal_line_names_its_lot",
                violation_error_message=_("Name the lot, or choose first in or first expired."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.withdrawal} / {self.row}"


class WithdrawalPick(Assessed):
    """What of a line is taken from one lot in one bin. Assessed at acceptance if the purpose owes tax.

    ``released_*`` is what ceases to be suspended: the share of the amounts booked at admission.
    """

    line = models.ForeignKey(WithdrawalLine, models.CASCADE, related_name="picks", verbose_name=_("line"))
    lot = models.ForeignKey(
        "ledger.Lot", models.DO_NOTHING, related_name="+", db_constraint=False, verbose_name=_("lot")
    )
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("bin"))
    quantity = models.DecimalField(_("quantity"), max_digits=18, decimal_places=5)
    net_mass_kg = models.DecimalField(_("net mass (kg)"), max_digits=18, decimal_places=5)
    released_value_cny = models.DecimalField(_("booked customs value (CNY)"), max_digits=18, decimal_places=2)
    released_duty_cny = models.DecimalField(_("suspended duty released (CNY)"), max_digits=18, decimal_places=2)
    released_consumption_tax_cny = models.DecimalField(
        _("suspended consumption tax released (CNY)"), max_digits=18, decimal_places=2
    )
    released_vat_cny = models.DecimalField(_("suspended VAT released (CNY)"), max_digits=18, decimal_places=2)

    class Meta:
        ordering = ("line", "pk")
        db_table_comment = "What of a withdrawal line is taken from one lot in one bin, and the tax payable on it."
        verbose_name = _("pick")
        verbose_name_plural = _("picks")
        constraints = [
            models.UniqueConstraint(fields=("line", "lot", "place"), name="withdrawal_pick_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="withdrawal_pick_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.place}"

    @property
    def released_tax_cny(self) -> "models.DecimalField[Any, Any]":
        """Suspended duty and taxes released together."""
        return self.released_duty_cny + self.released_consumption_tax_cny + self.released_vat_cny  # type: ignore[return-value]


append_only(Withdrawal.history.model)
append_only(WithdrawalPick)
# Accepted, a declaration says for good what it said to customs; its number alone is put right, by another person.
DECIDED = (
    *(WithdrawalState.ACCEPTED, WithdrawalState.PICKED, WithdrawalState.PASSED),
    *(WithdrawalState.DISCHARGED, WithdrawalState.CLOSED, WithdrawalState.REVERSED),
)
frozen(
    Withdrawal,
    name="declared",
    columns=("purpose", "book", "owner", "destination", "accepted_by", "accepted_at"),
    states=DECIDED,
)
frozen_lines(
    WithdrawalLine,
    of="withdrawal",
    name="declared",
    columns=("row", "item", "quantity", "identification", "lot"),
    states=DECIDED,
)
frozen_once(Withdrawal, name="paid", columns=PAID, when=IS_PAID, unless=f"{IS_CORRECTED} AND OLD.released_at IS NULL")
