"""Reversal of a posted document: asked for with a reason, decided by a second person."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from documents.models.documents import DocumentQuerySet
from registry.history import append_only
from registry.models import Site, User
from registry.states import States, Tone


class ReversalState(States):
    REQUESTED = "requested", Tone.WAITING, _("Requested")
    APPROVED = "approved", Tone.MOVING, _("Approved")
    REFUSED = "refused", Tone.QUIET, _("Refused")
    WITHDRAWN = "withdrawn", Tone.QUIET, _("Withdrawn")


class Reversal(models.Model):
    """The request to reverse one posted document. Approved, every ledger transaction of it is posted back."""

    kind = "reversal"

    site = models.ForeignKey(Site, models.PROTECT, related_name="reversals", verbose_name=_("site"))
    document_kind = models.CharField(_("document kind"), max_length=30)
    document_id = models.BigIntegerField(_("document id"))
    document_number = models.CharField(_("document number"), max_length=40)
    state = models.CharField(
        _("state"), max_length=50, choices=ReversalState.choices, default=ReversalState.REQUESTED, editable=False
    )
    reason = models.CharField(_("reason"), max_length=400)
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("requested by"))
    requested_at = models.DateTimeField(_("requested"))
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)
    decision_reason = models.CharField(_("reason for the decision"), max_length=400, blank=True)
    objects = DocumentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("-pk",)
        db_table_comment = "The request to reverse a posted document, and the decision of a second person."
        verbose_name = _("reversal")
        verbose_name_plural = _("reversals")
        constraints = [
            models.UniqueConstraint(
                fields=("document_kind", "document_id"),
                condition=Q(state__in=["requested", "approved"]),
                name="reversal_once_per_document",
                violation_error_message=_("The reversal of this document was already asked for."),
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("requested_by")),
                name="reversal_decided_by_another",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="reversal_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.document_number}: {self.reason}"


append_only(Reversal.history.model)
