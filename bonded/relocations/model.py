"""Relocation: goods that move from bin to bin, by scan and at once."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from documents.models import Document
from registry.history import append_only
from registry.models import Place


class Relocation(Document):
    """Goods moved within a site; posted as soon as it is entered."""

    kind = "relocation"
    letters = "RLC"

    occurred_at = models.DateTimeField(_("moved"))
    is_reversed = models.BooleanField(_("reversed"), default=False, editable=False)
    history = HistoricalRecords()

    class Meta(Document.Meta):
        db_table_comment = "Goods moved from bin to bin within a site."
        verbose_name = _("relocation")
        verbose_name_plural = _("relocations")


class RelocationLine(models.Model):
    """A quantity of a lot from one bin to another, in the lot's unit."""

    relocation = models.ForeignKey(Relocation, models.CASCADE, related_name="lines", verbose_name=_("relocation"))
    row = models.PositiveSmallIntegerField(_("line"))
    lot = models.ForeignKey(
        "ledger.Lot", models.DO_NOTHING, related_name="+", db_constraint=False, verbose_name=_("lot")
    )
    from_place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("from bin"))
    to_place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("to bin"))
    quantity = models.DecimalField(_("quantity"), max_digits=18, decimal_places=5)

    class Meta:
        ordering = ("relocation", "row")
        db_table_comment = "A quantity of a lot from one bin to another."
        verbose_name = _("relocation line")
        verbose_name_plural = _("relocation lines")
        constraints = [
            models.UniqueConstraint(fields=("relocation", "row"), name="relocation_line_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="relocation_line_quantity_positive"),
            models.CheckConstraint(condition=~Q(from_place=F("to_place")), name="relocation_line_moves"),
        ]

    def __str__(self) -> str:
        return f"{self.relocation} / {self.row}"


append_only(Relocation.history.model)
