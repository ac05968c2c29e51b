"""Pages on which tanks are reconciled."""

from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fuel.filters import ReconciliationFilter
from fuel.forms.reconciliation import ReconciliationForm
from fuel.models import ReconciliationState, TankLoss, TankReconciliation
from fuel.models.reconciliations import UNDONE
from fuel.operations import reconciliation, reversals
from fuel.queries import is_for_customs, posted_late_kg
from fuel.tables import ReconciliationLineTable, ReconciliationTable, TankLossTable
from fuel.views.documents import DocumentAct, DocumentDetail, DocumentFormPage, DocumentList
from registry.facts import Fact
from registry.pages import Text
from registry.wording import money_text, quantity_text

CHARTED = 30


class ReconciliationPage:
    model = TankReconciliation
    kind_url = "reconciliation"
    list_label = gettext_lazy("Tank reconciliations")


class ReconciliationList(ReconciliationPage, DocumentList):
    title = gettext_lazy("Tank reconciliations")
    add_label = gettext_lazy("Reconcile a tank")
    filterset_class = ReconciliationFilter
    table_class = ReconciliationTable

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site", "tank__place", "prepared_by")


class ReconciliationDetail(ReconciliationPage, DocumentDetail):
    fact_names = (
        "site",
        "tank",
        "gauge",
        "begins_at",
        "ends_at",
        "rule",
        "percent_of_issues",
        "percent_of_throughput",
        "explanation",
        "explained_by",
        "prepared_by",
        "prepared_at",
        "approved_by",
        "approved_at",
        "remark",
    )

    def queryset(self) -> models.QuerySet[Any]:
        related = ("site__zone", "tank__place", "gauge", "rule", "prepared_by", "explained_by", "approved_by")
        return super().queryset().select_related(*related)

    def facts(self) -> list[Fact]:
        late_kg = posted_late_kg(self.object)
        told = [Fact(_("Posted late into the days before"), quantity_text(late_kg, "kg"))] if late_kg else []
        return [*super().facts(), *told]

    def figures(self) -> list[dict[str, Any]]:
        one = self.object
        return [
            {"label": _("Book"), "value": quantity_text(one.book_kg), "unit": "kg"},
            {"label": _("Physical, by gauge"), "value": quantity_text(one.physical_kg), "unit": "kg"},
            {
                "label": _("Gain or loss"),
                "value": quantity_text(one.gain_loss_kg),
                "unit": "kg",
                "hint": self.decided(),
            },
            *self._payable(),
        ]

    def decided(self) -> Text:
        """Who has to decide on it, when that is not whoever supervises."""
        waits = self.object.state in {ReconciliationState.BREACHED, ReconciliationState.EXPLAINED}
        return _("Customs decides on it.") if waits and is_for_customs(self.object) else ""

    def _payable(self) -> list[dict[str, Any]]:
        if not self.losses or self.object.state != ReconciliationState.APPROVED:
            return []
        tax_cny = sum((one.tax_cny for one in self.losses), Decimal(0))
        return [{"label": _("Tax payable on the loss"), "value": money_text(tax_cny), "unit": "CNY"}]

    def tables(self) -> list[Any]:
        shown: list[Any] = [(_("By duty status, in kilograms"), ReconciliationLineTable(self.object.lines.all()))]
        if self.losses:
            shown.append((_("Bonded fuel lost beyond the tolerance"), TankLossTable(self.losses)))
        return shown

    @cached_property
    def losses(self) -> list[TankLoss]:
        return list(self.object.losses.select_related("lot"))

    @cached_property
    def course(self) -> list[TankReconciliation]:
        """The tank's last reconciliations up to this one, oldest first."""
        rows = TankReconciliation.objects.filter(tank=self.object.tank, ends_at__lte=self.object.ends_at)
        found = rows.exclude(state__in=UNDONE).order_by("-ends_at")[:CHARTED]
        return list(reversed(found))

    def charts(self) -> list[dict[str, Any]]:
        """Book against physical, and the gain or loss as it adds up."""
        labels = [f"{one.ends_at:%m-%d}" for one in self.course]
        urls = [one.get_absolute_url() for one in self.course]
        sums, so_far = [], Decimal(0)
        for one in self.course:
            so_far += one.gain_loss_kg
            sums.append(float(so_far))
        return [
            {
                "id": "book-physical",
                "title": _("Book against physical"),
                "chart": {
                    "kind": "lines",
                    "label": _("Reconciled to"),
                    "x": labels,
                    "urls": urls,
                    "series": [
                        {"label": _("Book"), "unit": "kg", "values": [float(one.book_kg) for one in self.course]},
                        {
                            "label": _("Physical"),
                            "unit": "kg",
                            "values": [float(one.physical_kg) for one in self.course],
                        },
                    ],
                },
            },
            {
                "id": "gain-loss",
                "title": _("Gain and loss, added up"),
                "chart": {
                    "kind": "lines",
                    "label": _("Reconciled to"),
                    "x": labels,
                    "urls": urls,
                    "series": [{"label": _("Gain or loss"), "unit": "kg", "values": sums}],
                },
            },
        ]

    @property
    def template_name(self) -> str:  # type: ignore[override]
        return "documents/document_print.html" if self.is_printed else "fuel/reconciliation_detail.html"

    def context(self, **more: Any) -> dict[str, Any]:
        if self.is_printed:
            return super().context(**more)
        course = ReconciliationTable(
            self.course, orderable=False, exclude=("site", "tank", "prepared_at", "prepared_by")
        )
        return super().context(charts=self.charts(), course=course, **more)


class ReconciliationAdd(ReconciliationPage, DocumentFormPage):
    model = None  # type: ignore[assignment]
    title = gettext_lazy("Reconcile a tank")
    template_name = "registry/act_page.html"
    form_class = ReconciliationForm
    button = gettext_lazy("Hold book against gauge")

    def act(self, form: Any, rows: list[dict[str, Any]]) -> TankReconciliation:
        gauge = form.cleaned_data["gauge"]
        return reconciliation.draw_up_reconciliation(
            tank=gauge.tank,
            gauge=gauge,
            remark=form.cleaned_data["remark"],
            actor=self.user,
            at=self.now,
            request_key=self.request_key,
        )


class ReconciliationExplain(ReconciliationPage, DocumentAct):
    act_name = "explain"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> TankReconciliation:
        return reconciliation.explain_reconciliation(
            reconciliation=self.object, explanation=form.cleaned_data["reason"], actor=self.user, at=self.now
        )


class ReconciliationApprove(ReconciliationPage, DocumentAct):
    act_name = "approve"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> TankReconciliation:
        return reconciliation.approve_reconciliation(reconciliation=self.object, actor=self.user, at=self.now)


class ReconciliationReverse(ReconciliationPage, DocumentAct):
    act_name = "reverse"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> TankReconciliation:
        return reversals.reverse_reconciliation(
            reconciliation=self.object, reason=form.cleaned_data["reason"], actor=self.user, at=self.now
        )


class ReconciliationVoid(ReconciliationPage, DocumentAct):
    act_name = "void"

    def act(self, form: Any, rows: list[dict[str, Any]]) -> TankReconciliation:
        return reconciliation.void_reconciliation(
            reconciliation=self.object, reason=form.cleaned_data["reason"], actor=self.user, at=self.now
        )
