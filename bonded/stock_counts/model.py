"""Stock count 盘点: blind sheets by bin, a second count where it differs, shortage and overage gross."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from bonded.models.payments import IS_CORRECTED, IS_PAID, PAID, TaxPaid
from customs.models import AccountBook, Assessed
from documents.models import Document
from registry.frozen import frozen_once
from registry.history import append_only
from registry.models import Item, Place, User
from registry.states import States, Tone


class StockCountState(States):
    OPEN = "open", Tone.QUIET, _("Open")
    COUNTED = "counted", Tone.WAITING, _("Counted: a second count is due")
    RECOUNTED = "recounted", Tone.WAITING, _("Counted: ready for approval")
    APPROVED = "approved", Tone.MOVING, _("Approved")
    REVERSED = "reversed", Tone.GONE, _("Reversed")
    VOID = "void", Tone.GONE, _("Void")


# Nobody is shown what the ledger or somebody else says while it is still counted.
BLIND = frozenset({StockCountState.OPEN, StockCountState.COUNTED, StockCountState.VOID})


class StockCount(TaxPaid, Document):
    """A count of an account book's goods in some bins of a site, against what the ledger held at `counted_as_of`."""

    kind = "stock_count"
    letters = "CNT"
    payable_in = frozenset({StockCountState.APPROVED})
    payable_since = "approved_at"
    unpaid_label = _("Shortages of stock counts to pay duty and tax on")

    state = models.CharField(
        _("state"), max_length=50, choices=StockCountState.choices, default=StockCountState.OPEN, editable=False
    )
    book = models.ForeignKey(AccountBook, models.PROTECT, related_name="stock_counts", verbose_name=_("account book"))
    counted_as_of = models.DateTimeField(_("counted as of"))
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("approved"), null=True, editable=False)
    history = HistoricalRecords()

    class Meta(Document.Meta):
        db_table_comment = "A count of an account book's goods in some bins, against what the ledger held."
        verbose_name = _("stock count")
        verbose_name_plural = _("stock counts")
        constraints = [
            *Document.Meta.constraints,
            *TaxPaid.Meta.constraints,
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("prepared_by")),
                name="stock_count_approved_by_another",
            ),
        ]


class StockCountLine(models.Model):
    """One item in one bin on the count sheet. The book's figure is kept from the counters until both have counted."""

    stock_count = models.ForeignKey(StockCount, models.CASCADE, related_name="lines", verbose_name=_("stock count"))
    row = models.PositiveSmallIntegerField(_("line"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("bin"))
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", verbose_name=_("item"))
    expected_quantity = models.DecimalField(_("in the ledger"), max_digits=18, decimal_places=5)
    counted_quantity = models.DecimalField(_("first count"), max_digits=18, decimal_places=5, null=True, blank=True)
    counted_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("counted by")
    )
    recounted_quantity = models.DecimalField(_("second count"), max_digits=18, decimal_places=5, null=True, blank=True)
    recounted_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("recounted by")
    )

    class Meta:
        ordering = ("stock_count", "row")
        db_table_comment = "One item in one bin on a count sheet."
        verbose_name = _("line of a stock count")
        verbose_name_plural = _("lines of stock counts")
        constraints = [
            models.UniqueConstraint(fields=("stock_count", "place", "item"), name="stock_count_line_once"),
            models.CheckConstraint(
                condition=Q(expected_quantity__gte=0)
                & (Q(counted_quantity__isnull=True) | Q(counted_quantity__gte=0))
                & (Q(recounted_quantity__isnull=True) | Q(recounted_quantity__gte=0)),
                name="stock_count_line_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stock_count} / {self.row}"

    @property
    def final_quantity(self) -> "models.DecimalField[Any, Any] | None":
        """The second count where there was one, else the first."""
        return self.counted_quantity if self.recounted_quantity is None else self.recounted_quantity  # type: ignore[return-value]


class StockVariance(Assessed):
    """A shortage (minus) or overage (plus) of one lot in one bin; a shortage is assessed: the tax payable on it.

    Kept gross: a shortage in one bin is never set off against an overage in another.
    """

    line = models.ForeignKey(StockCountLine, models.CASCADE, related_name="variances", verbose_name=_("line"))
    lot = models.ForeignKey(
        "ledger.Lot", models.DO_NOTHING, null=True, related_name="+", db_constraint=False, verbose_name=_("lot")
    )
    quantity = models.DecimalField(_("difference"), max_digits=18, decimal_places=5)

    class Meta:
        ordering = ("line", "pk")
        db_table_comment = "A shortage or overage of a lot in a bin, gross, and the tax payable on a shortage."
        verbose_name = _("variance")
        verbose_name_plural = _("variances")
        constraints = [models.CheckConstraint(condition=~Q(quantity=0), name="stock_variance_differs")]

    def __str__(self) -> str:
        return f"{self.line} {self.quantity}"


append_only(StockCount.history.model)
frozen_once(StockCount, name="paid", columns=PAID, when=IS_PAID, unless=IS_CORRECTED)
