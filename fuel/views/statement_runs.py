"""Pages of statement runs: a month of every airline asked for at once, and watched until it is done."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.db import models
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_htmx.http import HttpResponseClientRefresh

from fuel.filters import StatementRunFilter
from fuel.forms.prices import StatementRunForm
from fuel.models import RunOutcome, RunState, StatementRun
from fuel.models.statement_runs import NOT_ISSUED
from fuel.operations.statement_runs import ask_for_statement_run, cancel_statement_run
from fuel.statement_tables import StatementRunLineTable, StatementRunTable
from fuel.tasks import send_statement_run
from fuel.views.documents import DocumentAct, DocumentDetail, DocumentList
from fuel.views.statements import SupervisorForm
from registry.models import Role
from registry.pages import Link, Text
from registry.rules import has_role
from registry.wording import CUSTOMS_TIME


class StatementRunPage:
    model = StatementRun
    kind_url = "statement_run"
    list_label = gettext_lazy("Statement runs")


class StatementRunList(StatementRunPage, DocumentList):
    title = gettext_lazy("Statement runs")
    filterset_class = StatementRunFilter
    table_class = StatementRunTable

    def queryset(self) -> models.QuerySet[Any]:
        rows: Any = super().queryset()
        return rows.with_progress().select_related("site", "prepared_by")

    def links(self) -> list[Link]:
        if Role.SUPERVISOR not in self.roles:
            return []
        return [Link(_("Issue a month"), self.url("add"), icon="calendar-check", tone="primary")]


class StatementRunDetail(StatementRunPage, DocumentDetail):
    """What came of each airline. While the run is under way the page asks again by itself, or is opened again."""

    fact_names = ("site", "from_date", "through_date", "remark", "prepared_by", "prepared_at", "started_at", "ended_at")

    @property
    def template_name(self) -> str:  # type: ignore[override]
        return "documents/document_print.html" if self.is_printed else "fuel/statement_run_detail.html"

    def queryset(self) -> models.QuerySet[Any]:
        rows: Any = super().queryset()
        return rows.select_related("site__zone", "prepared_by")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.htmx:
            return super().get(request, *args, **kwargs)
        if not self.object.is_under_way or request.GET.get("seen", "") != self.object.state:
            # State, next steps and history have changed too: the whole page is drawn once more.
            return HttpResponseClientRefresh()
        return self.show({"object": self.object, "figures": self.figures(), **self.progress()}, fragment="progress")

    @cached_property
    def lines(self) -> list[Any]:
        lines = self.object.lines.select_related("airline__organisation", "statement")
        return list(lines.order_by("airline__iata_code"))

    def progress(self) -> dict[str, Any]:
        settled = sum(line.outcome != RunOutcome.WAITING for line in self.lines)
        queued = self.object.state == RunState.QUEUED
        return {
            "settled": settled,
            "all_airlines": len(self.lines),
            "doing": _("Waiting for a worker") if queued else _("Airlines settled"),
            "lines_table": StatementRunLineTable(self.lines),
        }

    def figures(self) -> list[dict[str, Any]]:
        counted = [
            (_("Issued"), [RunOutcome.ISSUED]),
            (_("Refused"), NOT_ISSUED),
            (_("Nothing to bill"), [RunOutcome.NOTHING]),
            (_("Waiting") if self.object.is_under_way else _("Not begun"), [RunOutcome.WAITING]),
        ]
        figures = [
            {"label": label, "value": sum(line.outcome in outcomes for line in self.lines), "unit": ""}
            for label, outcomes in counted
        ]
        # Of a run that came to its end none is left.
        return figures if figures[-1]["value"] or self.object.is_under_way else figures[:-1]

    def tables(self) -> list[Any]:
        return [(_("Airlines"), StatementRunLineTable(self.lines))]

    def links(self) -> list[Link]:
        links = super().links()
        is_left_over = any(line.outcome in {*NOT_ISSUED, RunOutcome.WAITING} for line in self.lines)
        if self.is_printed or self.object.is_under_way or not is_left_over:
            return links
        if has_role(self.user, self.object.site, Role.SUPERVISOR):
            period = {"from_date": self.object.from_date, "through_date": self.object.through_date}
            url = f"{self.url('add')}?{urlencode({'site': self.object.site_id, **period})}"
            links.append(Link(_("Run the rest again"), url, icon="refresh", tone="primary"))
        return links

    def context(self, **more: Any) -> dict[str, Any]:
        return super().context(**self.progress(), **more)


class StatementRunAdd(StatementRunPage, SupervisorForm):
    """Every airline of a site is billed for a period, each on its own."""

    model = None  # type: ignore[assignment]
    title = gettext_lazy("Issue a month")
    subtitle = gettext_lazy(
        "A statement of every airline of the site is issued in the background, each on its own: where a price is"
        " missing, that airline is left out and the others go on."
    )
    form_class = StatementRunForm
    button = gettext_lazy("Issue for all airlines")

    def initial(self) -> dict[str, Any]:
        """The month before this one."""
        last = timezone.localtime(self.now, CUSTOMS_TIME).date().replace(day=1) - timedelta(days=1)
        return {"from_date": last.replace(day=1), "through_date": last, **super().initial()}

    def back(self) -> Link:
        return Link(self.list_label, reverse("fuel:statement_run_list"))

    def act(self, form: Any, rows: list[dict[str, Any]]) -> StatementRun:
        run = ask_for_statement_run(**form.cleaned_data, actor=self.user, at=self.now, request_key=self.request_key)
        send_statement_run(run)
        return run

    def success_message(self, outcome: StatementRun) -> Text:
        return _("%(number)s was asked for. You may leave this page; the run goes on.") % {"number": outcome.number}


class StatementRunCancel(StatementRunPage, DocumentAct):
    act_name = "cancel"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> StatementRun:
        return cancel_statement_run(run=self.object, actor=self.user, at=self.now)
