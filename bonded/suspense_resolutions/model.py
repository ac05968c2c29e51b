"""How goods in suspense find an end: short or over against the declaration, settled with a second person's consent."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from bonded.admissions.model import Admission
from bonded.models.payments import IS_CORRECTED, IS_PAID, PAID, TaxPaid
from customs.models import AccountBook, Assessed
from documents.models import Document
from registry.frozen import frozen_once
from registry.history import append_only
from registry.models import Place, User
from registry.states import States, Tone


class SuspenseWay(models.TextChoices):
    """What becomes of goods in suspense. Short goods are in the book and not on the floor; over goods are neither."""

    TAXED = "taxed", _("Short: duty and tax become payable")
    CORRECTED = "corrected", _("Short: the declaration is corrected")
    FOUND = "found", _("Short: found, put into a bin")
    ADMITTED = "admitted", _("Over: admitted by an admission of their own")
    LEFT = "left", _("Over: returned abroad")


# Ways to settle what is short; the others settle what is over or was never declared.
WAYS_OF_SHORT = frozenset({SuspenseWay.TAXED, SuspenseWay.CORRECTED, SuspenseWay.FOUND})
# Ways that change what customs has accepted, and that customs decides therefore.
WAYS_OF_CUSTOMS = frozenset({SuspenseWay.TAXED, SuspenseWay.CORRECTED})


class SuspenseState(States):
    SUBMITTED = "submitted", Tone.WAITING, _("Submitted")
    APPROVED = "approved", Tone.MOVING, _("Approved")
    REFUSED = "refused", Tone.QUIET, _("Refused")
    WITHDRAWN = "withdrawn", Tone.QUIET, _("Withdrawn")
    REVERSED = "reversed", Tone.GONE, _("Reversed")


class SuspenseResolution(TaxPaid, Assessed, Document):
    """The end that a quantity of one lot in suspense finds; assessed where duty and tax become payable."""

    kind = "suspense_resolution"
    letters = "SUS"
    payable_in = frozenset({SuspenseState.APPROVED})
    payable_since = "decided_at"
    unpaid_label = _("Short goods to pay duty and tax on")

    state = models.CharField(
        _("state"), max_length=50, choices=SuspenseState.choices, default=SuspenseState.SUBMITTED, editable=False
    )
    way = models.CharField(_("how it is settled"), max_length=20, choices=SuspenseWay.choices)
    lot = models.ForeignKey(
        "ledger.Lot", models.DO_NOTHING, related_name="+", db_constraint=False, verbose_name=_("lot")
    )
    book = models.ForeignKey(
        AccountBook, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("account book")
    )
    quantity = models.DecimalField(_("quantity"), max_digits=18, decimal_places=5)
    to_place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("to bin")
    )
    admission = models.ForeignKey(
        Admission,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="resolutions",
        verbose_name=_("admitted by"),
    )
    reason = models.CharField(_("reason"), max_length=400)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)
    history = HistoricalRecords()

    class Meta(Document.Meta):
        db_table_comment = "The end that a quantity of a lot in suspense finds, decided by a second person."
        verbose_name = _("settlement of goods in suspense")
        verbose_name_plural = _("settlements of goods in suspense")
        constraints = [
            *Document.Meta.constraints,
            *TaxPaid.Meta.constraints,
            models.CheckConstraint(condition=Q(quantity__gt=0), name="suspense_resolution_quantity_positive"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("prepared_by")),
                name="suspense_resolution_decided_by_another",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="suspense_resolution_has_a_reason"),
            models.CheckConstraint(
                condition=Q(way=SuspenseWay.FOUND, to_place__isnull=False)
                | ~Q(way=SuspenseWay.FOUND) & Q(to_place__isnull=True),
                name="suspense_resolution_bin_where_found",
            ),
            models.CheckConstraint(
                condition=Q(way=SuspenseWay.ADMITTED, admission__isnull=False)
                | ~Q(way=SuspenseWay.ADMITTED) & Q(admission__isnull=True),
                name="suspense_resolution_names_admission",
            ),
        ]

    def __str__(self) -> str:
        return self.number


append_only(SuspenseResolution.history.model)
frozen_once(SuspenseResolution, name="paid", columns=PAID, when=IS_PAID, unless=IS_CORRECTED)
