"""Statements of a whole site and period: asked for once, issued airline by airline in the background."""

from typing import Any

from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from documents.models import Document
from documents.models.documents import DocumentQuerySet
from fuel.billing.statements.model import Statement
from registry.history import append_only
from registry.models import Airline
from registry.states import States, Tone


class RunState(States):
    QUEUED = "queued", Tone.WAITING, _("Queued")
    RUNNING = "running", Tone.MOVING, _("Running")
    DONE = "done", Tone.GOOD, _("Done")
    FAILED = "failed", Tone.BAD, _("Failed")
    CANCELLED = "cancelled", Tone.GONE, _("Cancelled")


UNDER_WAY = (RunState.QUEUED, RunState.RUNNING)


class RunOutcome(models.TextChoices):
    """What came of one airline; in a run that was cancelled some wait for ever."""

    WAITING = "waiting", _("Waiting")
    ISSUED = "issued", _("Statement issued")
    NOTHING = "nothing", _("Nothing to bill")
    REFUSED = "refused", _("Refused")
    FAILED = "failed", _("Failed")


NOT_ISSUED = (RunOutcome.REFUSED, RunOutcome.FAILED)


class StatementRunQuerySet(DocumentQuerySet):
    def with_progress(self) -> "StatementRunQuerySet":
        """With how many airlines there are, are settled, got a statement, had nothing, and were refused."""
        rows: StatementRunQuerySet = self.annotate(
            airlines=Count("lines"),
            airlines_settled=Count("lines", filter=~Q(lines__outcome=RunOutcome.WAITING)),
            airlines_issued=Count("lines", filter=Q(lines__outcome=RunOutcome.ISSUED)),
            airlines_with_nothing=Count("lines", filter=Q(lines__outcome=RunOutcome.NOTHING)),
            airlines_refused=Count("lines", filter=Q(lines__outcome__in=NOT_ISSUED)),
        )
        return rows


class StatementRun(Document):
    """Statements of every airline of a site for a period; what came of each stands on its lines."""

    kind = "statement_run"
    letters = "RUN"

    state = models.CharField(
        _("state"), max_length=50, choices=RunState.choices, default=RunState.QUEUED, editable=False
    )
    from_date = models.DateField(_("from"))
    through_date = models.DateField(_("through"))
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    objects = StatementRunQuerySet.as_manager()  # type: ignore[misc]
    history = HistoricalRecords()

    class Meta(Document.Meta):
        db_table_comment = "Statements of every airline of a site for a period, issued in the background."
        verbose_name = _("statement run")
        verbose_name_plural = _("statement runs")
        constraints = [
            *Document.Meta.constraints,
            models.CheckConstraint(condition=Q(from_date__lte=F("through_date")), name="statement_run_in_order"),
            # Two at once could issue a later period first, whose opening balance would then be wrong.
            models.UniqueConstraint(
                fields=("site",), condition=Q(state__in=["queued", "running"]), name="statement_run_one_at_a_time"
            ),
        ]

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY


class StatementRunLine(models.Model):
    """One airline of a run: the statement it got, or why it got none."""

    run = models.ForeignKey(StatementRun, models.PROTECT, related_name="lines", verbose_name=_("statement run"))
    airline = models.ForeignKey(Airline, models.PROTECT, related_name="+", verbose_name=_("airline"))
    outcome = models.CharField(_("outcome"), max_length=8, choices=RunOutcome.choices, default=RunOutcome.WAITING)
    statement = models.OneToOneField(
        Statement, models.PROTECT, null=True, blank=True, related_name="run_line", verbose_name=_("statement")
    )
    refusal_code = models.CharField(_("rule"), max_length=60, blank=True)
    # Each with message, field and figure, in the language of whoever asked for the run.
    refusals = models.JSONField(_("refusals"), default=list, blank=True)
    unmatched_tickets = models.PositiveIntegerField(_("tickets not matched yet"), default=0)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    class Meta:
        ordering = ("run", "airline__iata_code")
        db_table_comment = "What came of one airline in a statement run."
        verbose_name = _("airline of a statement run")
        verbose_name_plural = _("airlines of statement runs")
        constraints = [
            models.UniqueConstraint(fields=("run", "airline"), name="statement_run_line_once"),
            models.CheckConstraint(
                condition=Q(outcome="issued", statement__isnull=False)
                | (~Q(outcome="issued") & Q(statement__isnull=True)),
                name="statement_run_line_names_its_statement",
            ),
            models.CheckConstraint(
                condition=Q(outcome="waiting", settled_at__isnull=True)
                | (~Q(outcome="waiting") & Q(settled_at__isnull=False)),
                name="statement_run_line_settled",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run} / {self.airline}"

    @property
    def messages(self) -> list[Any]:
        return [one["message"] for one in self.refusals]


append_only(StatementRun.history.model)
