"""Pages of statement runs: a month of every airline asked for at once, and watched until it is done."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.db import models
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRefresh

from documents.kind_pages import KindAdd, KindDetail, KindList
from fuel.billing.statement_runs.model import NOT_ISSUED
from fuel.billing.statement_tables import StatementRunLineTable
from fuel.models import RunOutcome, RunState
from registry.models import Role
from registry.pages import Link
from registry.rules import has_role
from registry.wording import CUSTOMS_TIME


class StatementRunList(KindList):
    def queryset(self) -> models.QuerySet[Any]:
        rows: Any = super().queryset()
        found: models.QuerySet[Any] = rows.with_progress()
        return found

    def links(self) -> list[Link]:
        if Role.SUPERVISOR not in self.roles:
            return []
        return [Link(_("Issue monthly statements"), self.url("add"), icon="calendar-check", tone="primary")]


class StatementRunDetail(KindDetail):
    """What came of each airline. While the run is under way the page asks again by itself, or is opened again."""

    @property
    def template_name(self) -> str:
        return "documents/document_print.html" if self.is_printed else "fuel/statement_run_detail.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.request.htmx:
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


class StatementRunAdd(KindAdd):
    def may_act(self) -> bool:
        return Role.SUPERVISOR in self.roles

    def initial(self) -> dict[str, Any]:
        """The month before this one."""
        last = timezone.localtime(self.now, CUSTOMS_TIME).date().replace(day=1) - timedelta(days=1)
        return {"from_date": last.replace(day=1), "through_date": last, **super().initial()}
