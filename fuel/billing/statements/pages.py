"""Pages of statements; an airline reads its own, in every format."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from documents.kind_pages import KindAct, KindAdd, KindDetail, KindList
from fuel.billing.statement_content import StatementContent
from fuel.billing.statement_files import FORMATS
from fuel.billing.statement_reading import LINE_RELATED, content_of, corrected_by, line_of
from fuel.billing.statement_tables import AircraftGroupTable, RouteTable, StatementLineTable
from fuel.billing.statement_wording import duty_paid_told, how_reckoned, price_bases_told, vat_rate_told
from fuel.models import UNDECIDED, Charge, ChargeKind, Dispute, Statement, StatementLine
from fuel.models.tickets import DUTY_STATUSES
from registry.errors import RuleBroken
from registry.facts import Fact, without_links
from registry.models import Role
from registry.navigation import READERS_OF_TICKETS, STAFF
from registry.pages import Link, ObjectPage
from registry.rules import acts_for, has_role
from registry.timeline import Entry
from registry.wording import local_time_text, money_text, quantity_text

LINES_A_PAGE = 100
# What is a credit itself.
NOT_CREDITED = (ChargeKind.CREDIT, ChargeKind.PART)
RELATED = ("site__zone", "site__organisation", "airline__organisation", "supersedes", "prepared_by")


class StatementList(KindList):
    def links(self) -> list[Link]:
        if Role.SUPERVISOR not in self.roles:
            return []
        return [
            Link(
                _("Issue monthly statements"), reverse("fuel:statement_run_add"), icon="calendar-check", tone="primary"
            ),
            Link(_("Issue a statement"), self.url("add"), icon="plus"),
        ]


class StatementDetail(KindDetail):
    """What every format prints: balance, saving, ageing, lines with their corrections, totals by route and aircraft."""

    @property
    def template_name(self) -> str:
        return "documents/document_print.html" if self.is_printed else "fuel/statement_detail.html"

    @cached_property
    def content(self) -> StatementContent:
        return content_of(self.object)

    def links(self) -> list[Link]:
        files = [Link(name.upper(), self.url("file", self.object.pk, name), icon="file-download") for name in FORMATS]
        return [*super().links(), *files]

    def facts(self) -> list[Fact]:
        references = Fact(_("Customs declarations"), ", ".join(self.content.customs_references))
        shown = [*super().facts(), *([references] if references.value else [])]
        return shown if self.roles & STAFF else without_links(shown)

    def timeline(self) -> list[Entry]:
        return super().timeline() if self.roles & STAFF else []

    def figures(self) -> list[dict[str, Any]]:
        one, totals = self.object, self.content.totals
        percent = "" if totals.saving_percent is None else f"{totals.saving_percent} %"
        return [
            {"label": _("Net"), "value": money_text(totals.net_amount), "unit": one.currency},
            {"label": _("VAT"), "value": money_text(totals.vat_amount), "unit": one.currency},
            {"label": _("Total"), "value": money_text(one.charges_total), "unit": one.currency},
            {"label": _("Closing balance"), "value": money_text(one.closing), "unit": one.currency},
            {"label": _("Mass"), "value": quantity_text(totals.mass_kg), "unit": "kg"},
            {
                "label": _("Saved against the duty-paid price"),
                "value": money_text(totals.saving.total_cny),
                "unit": "CNY",
            },
            {"label": _("Saving"), "value": percent, "unit": ""},
        ]

    def tables(self) -> list[Any]:
        return [
            (_("Lines"), self.lines_table),
            (_("By route"), RouteTable(self.content.by_route)),
            (_("By aircraft"), AircraftGroupTable(self.content.by_aircraft)),
        ]

    @cached_property
    def lines_page(self) -> Any:
        rows = StatementLine.objects.filter(statement=self.object).order_by("row")
        return Paginator(rows.select_related(*LINE_RELATED), LINES_A_PAGE).get_page(self.request.GET.get("lines"))

    @cached_property
    def lines_table(self) -> StatementLineTable:
        shown, content = list(self.lines_page.object_list), self.content
        corrected = corrected_by(self.object)
        may_credit = has_role(self.user, self.object.site, Role.SUPERVISOR)
        may_dispute = acts_for(self.user, self.object.airline.organisation_id, Role.AIRLINE)
        disputed = self._last_disputes(shown)
        credited = set(
            Charge.objects.filter(corrects__in=[line.charge_id for line in shown], kind=ChargeKind.CREDIT).values_list(
                "corrects", flat=True
            )
        )
        rows = []
        for one in shown:
            line = line_of(one.row, one.charge, corrected)
            is_open = one.charge.kind not in NOT_CREDITED and one.charge_id not in credited
            corrects = f" ({line.corrects_statement} / {line.corrects_row or ''})" if line.corrects_statement else ""
            why = f": {line.reason}" if line.reason else ""
            rows.append(
                {
                    **asdict(line),
                    "kind": f"{one.charge.get_kind_display()}{corrects}{why}",
                    "customs_status": dict(DUTY_STATUSES).get(line.customs_status, ""),
                    "ticket_number": line.ticket_number or line.document_number,
                    "delivered_local": line.delivered_local and line.delivered_local.strftime("%Y-%m-%d %H:%M"),
                    "vat_rate": vat_rate_told(line.vat_rate),
                    "index_unit": _per(content.currency, line.index_unit),
                    "differential_unit": _per(content.currency, line.differential_unit),
                    "route": f"{line.origin}–{line.destination}" if line.destination else "",
                    **{f"saving_{part}": amount for part, amount in asdict(line.saving).items()},
                    "credit_url": reverse("fuel:charge_credit", args=[one.charge_id]) if may_credit and is_open else "",
                    **_dispute_of(one.charge_id, disputed, may_dispute=may_dispute and is_open),
                }
            )
        has_references = any(row["customs_reference"] for row in rows)
        return StatementLineTable(rows, exclude=() if has_references else ("customs_reference",))

    def _last_disputes(self, shown: list[StatementLine]) -> dict[int, Dispute]:
        """By charge the dispute that was raised last."""
        rows: Any = Dispute.objects.filter(charge__in=[line.charge_id for line in shown]).order_by("pk")
        return {one.charge_id: one for one in rows}

    def context(self, **more: Any) -> dict[str, Any]:
        saving, ageing = self.content.totals.saving, self.content.ageing
        return super().context(
            content=self.content,
            lines_page=self.lines_page,
            saving_parts=[
                (_("Duty"), money_text(saving.duty_cny)),
                (_("Consumption tax"), money_text(saving.consumption_tax_cny)),
                (_("VAT"), money_text(saving.vat_cny)),
                (_("Price"), money_text(saving.price_cny)),
                (_("Total"), money_text(saving.total_cny)),
            ],
            ageing_parts=[
                (_("Not due"), money_text(ageing.not_due)),
                (_("1 to 30 days"), money_text(ageing.to_30_days)),
                (_("31 to 60 days"), money_text(ageing.to_60_days)),
                (_("61 to 90 days"), money_text(ageing.to_90_days)),
                (_("Over 90 days"), money_text(ageing.over_90_days)),
            ],
            price_bases=price_bases_told(self.content.price_bases, self.object.currency),
            duty_paid_bases=duty_paid_told(self.content.duty_paid_bases),
            how_reckoned=how_reckoned(),
            payment_parts=[
                (f"{local_time_text(one.received_date)} · {one.reference}", money_text(one.amount))
                for one in self.content.payments
            ],
            **more,
        )


def _per(currency: str, unit: str) -> str:
    return f"{currency}/{unit}" if unit else ""


def _dispute_of(charge_id: int, disputed: dict[int, Dispute], *, may_dispute: bool) -> dict[str, Any]:
    """Where a line's dispute is, or where it may be raised; one that was withdrawn may be raised again."""
    found = disputed.get(charge_id)
    if found is not None and (found.state in UNDECIDED or not may_dispute):
        state = {"dispute_state": found.state, "dispute_label": found.get_state_display()}
        return {**state, "dispute_url": found.get_absolute_url()}
    return {"dispute_url": reverse("fuel:charge_dispute", args=[charge_id]) if may_dispute else ""}


class StatementFile(ObjectPage):
    """A statement in one of its formats."""

    model = Statement
    readers = READERS_OF_TICKETS

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related(*RELATED)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        kind = FORMATS.get(self.kwargs["form"])
        if kind is None:
            raise Http404
        try:
            pieces = kind.write(content_of(self.object))
        except RuleBroken as refused:
            messages.error(request, str(refused))
            return redirect(self.object.get_absolute_url())
        response = StreamingHttpResponse(pieces, kind.content_type)
        response["Content-Disposition"] = f'attachment; filename="{self.object.number}.{kind.suffix}"'
        return response


class StatementIssue(KindAdd):
    def may_act(self) -> bool:
        return Role.SUPERVISOR in self.roles


class StatementReissue(KindAct):
    readers = STAFF
