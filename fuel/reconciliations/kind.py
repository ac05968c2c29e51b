"""Tank reconciliations: book against gauge, explained where out of tolerance, approved by a second person."""

from decimal import Decimal
from typing import Any

import django_filters as filters
import django_tables2 as tables
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.api.requests import OptionalReasonRequest
from documents.kinds import Answers, Entry, Figures, Kind, Offer, Waits, each
from documents.offers import offer_reversal, offer_void
from documents.officers import Decider
from documents.tables import WITH_TALL_HEAD
from fuel.models import ReconciliationState, TankReconciliation
from fuel.queries import for_customs, is_for_customs
from fuel.reconciliations import shapes
from fuel.reconciliations.form import ExplanationForm, ReconciliationForm
from fuel.reconciliations.operations import reconciling
from fuel.reconciliations.pages import ReconciliationDetail
from registry.columns import CodeColumn, LocalTimeColumn, MoneyColumn, QuantityColumn, StatusColumn
from registry.filters import CodeFilter
from registry.pages import Text
from registry.wording import money_text, quantity_text


class ReconciliationLineTable(tables.Table):
    """What each duty status had, moved and bears; the last row sums them up."""

    customs_status = tables.Column(verbose_name=gettext_lazy("Duty status"))
    opening_kg = QuantityColumn(verbose_name=gettext_lazy("Opening"))
    receipts_kg = QuantityColumn(verbose_name=gettext_lazy("+ receipts"))
    defuels_kg = QuantityColumn(verbose_name=gettext_lazy("+ defuels"))
    transfers_kg = QuantityColumn(verbose_name=gettext_lazy("± transfers"))
    status_changes_kg = QuantityColumn(verbose_name=gettext_lazy("± status changes"))
    adjustments_kg = QuantityColumn(verbose_name=gettext_lazy("± adjustments"))
    uplifts_kg = QuantityColumn(verbose_name=gettext_lazy("− uplifts"))
    samples_kg = QuantityColumn(verbose_name=gettext_lazy("− samples"))
    drains_kg = QuantityColumn(verbose_name=gettext_lazy("− drains"))
    book_kg = QuantityColumn(verbose_name=gettext_lazy("= book"))
    gain_loss_kg = QuantityColumn(verbose_name=gettext_lazy("Gain or loss"))

    class Meta:
        caption = gettext_lazy("By duty status, in kilograms")
        attrs = WITH_TALL_HEAD
        orderable = False


class TankLossTable(tables.Table):
    """What a tank lost of each bonded lot beyond the tolerance, and the tax payable on it."""

    lot = CodeColumn(accessor="lot__number", verbose_name=gettext_lazy("Lot"))
    lost_mass_kg = QuantityColumn(verbose_name=gettext_lazy("Lost (kg)"))
    tolerated_mass_kg = QuantityColumn(verbose_name=gettext_lazy("Tolerated (kg)"))
    taxed_mass_kg = QuantityColumn(verbose_name=gettext_lazy("Beyond the tolerance (kg)"))
    customs_value_cny = MoneyColumn(verbose_name=gettext_lazy("Customs value (CNY)"))
    duty_cny = MoneyColumn(verbose_name=gettext_lazy("Duty (CNY)"))
    consumption_tax_cny = MoneyColumn(verbose_name=gettext_lazy("Consumption tax (CNY)"))
    vat_cny = MoneyColumn(verbose_name=gettext_lazy("VAT (CNY)"))
    tax_cny = MoneyColumn(verbose_name=gettext_lazy("Tax payable (CNY)"))
    rates_date = tables.DateColumn(verbose_name=gettext_lazy("Rates as of"))

    class Meta:
        caption = gettext_lazy("Bonded fuel lost beyond the tolerance")
        attrs = WITH_TALL_HEAD
        orderable = False


def figures(one: Any) -> Figures:
    """Book and physical, and what is payable on a loss."""
    shown: Figures = [
        {"label": _("Book"), "value": quantity_text(one.book_kg), "unit": "kg"},
        {"label": _("Physical, by gauge"), "value": quantity_text(one.physical_kg), "unit": "kg"},
        {"label": _("Gain or loss"), "value": quantity_text(one.gain_loss_kg), "unit": "kg", "hint": _decided(one)},
    ]
    losses = one.losses.all()
    if losses and one.state == ReconciliationState.APPROVED:
        tax_cny = sum((loss.tax_cny for loss in losses), Decimal(0))
        shown.append({"label": _("Tax payable on the loss"), "value": money_text(tax_cny), "unit": "CNY"})
    return shown


def _decided(reconciliation: TankReconciliation) -> Text:
    """Who has to decide on it, when that is not whoever supervises."""
    waits = reconciliation.state in {ReconciliationState.BREACHED, ReconciliationState.EXPLAINED}
    return _("Customs decides on it.") if waits and is_for_customs(reconciliation) else ""


def lines_and_losses(reconciliation: Any) -> list[tuple[Text, Any]]:
    """Each duty status, and what of bonded lots is taxed."""
    shown: list[tuple[Text, Any]] = [
        (_("By duty status, in kilograms"), ReconciliationLineTable(reconciliation.lines.all()))
    ]
    if losses := reconciliation.losses.all():
        shown.append((_("Bonded fuel lost beyond the tolerance"), TankLossTable(losses)))
    return shown


def reconciliations_to_approve(who: Decider) -> Any:
    """Reconciliations of tanks that are within tolerance, or explained; out of it bonded fuel is for customs."""
    rows = TankReconciliation.objects.filter(state__in=[ReconciliationState.DRAWN, ReconciliationState.EXPLAINED])
    return rows.filter(Q(site__in=who.for_customs_at) & for_customs() | Q(site__in=who.supervises) & ~for_customs())


def answers(reconciliation: Any) -> tuple[str, ...]:
    """What may be answered to one that waits."""
    return ("approve", "void") if reconciliation.state == ReconciliationState.DRAWN else ("approve",)


def about(reconciliation: TankReconciliation) -> list[str]:
    """With both measures, first the one that is out of tolerance: a little of the stock may be much of the issues."""
    rule = reconciliation.rule
    of_issues = (
        _("%(percent)s of issues, tolerated %(tolerance)s"),
        _("%(percent)s of issues, out of tolerance: %(tolerance)s"),
        reconciliation.percent_of_issues,
        rule.tolerance_percent_of_issues,
    )
    of_throughput = (
        _("%(percent)s of opening and receipts, tolerated %(tolerance)s"),
        _("%(percent)s of opening and receipts, out of tolerance: %(tolerance)s"),
        reconciliation.percent_of_throughput,
        rule.tolerance_percent_of_throughput,
    )
    measures: list[Any] = [one for one in (of_issues, of_throughput) if one[2] is not None]
    measures.sort(key=lambda one: abs(one[2]) <= one[3])
    return [
        _("Tank %(tank)s") % {"tank": reconciliation.tank.code},
        _("Gain or loss: %(mass)s") % {"mass": quantity_text(reconciliation.gain_loss_kg, "kg")},
        *(
            (beyond if abs(percent) > tolerance else within)
            % {"percent": quantity_text(percent, "%"), "tolerance": quantity_text(tolerance, "%")}
            for within, beyond, percent, tolerance in measures
        ),
    ]


def reason(reconciliation: Any) -> str:
    """Its explanation, where there is one."""
    return str(reconciliation.explanation or reconciliation.remark)


KIND = Kind(
    model=TankReconciliation,
    path="reconciliations",
    title=gettext_lazy("Tank reconciliations"),
    section="fuel",
    place=285,
    icon="gauge",
    entry=Entry(
        operation=reconciling.draw_up_reconciliation,
        title=gettext_lazy("Reconcile a tank"),
        form=ReconciliationForm,
        button=gettext_lazy("Compare book with gauge"),
        asked=shapes.TankReconciliationRequest,
    ),
    offers=(
        Offer(
            operation=reconciling.explain_reconciliation,
            label=gettext_lazy("Explain"),
            icon="pencil",
            tone="primary",
            question=gettext_lazy("Say what was found out about the difference; somebody else then approves it."),
            form=ExplanationForm,
            asked=shapes.ExplainRequest,
            waits=(Waits(label=gettext_lazy("Tank reconciliations to explain"), icon="gauge"),),
        ),
        Offer(
            operation=reconciling.approve_reconciliation,
            label=gettext_lazy("Approve"),
            icon="check",
            tone="primary",
            question=gettext_lazy(
                "Gain or loss is posted, to each duty status its share. On bonded fuel lost beyond the tolerance duty"
                " and tax become payable at the rates of today."
            ),
            asked=OptionalReasonRequest,
            waits=(
                Waits(
                    label=gettext_lazy("Tank reconciliations to approve"),
                    icon="gauge",
                    find=reconciliations_to_approve,
                    answers=answers,
                ),
            ),
        ),
        offer_void(reconciling.void_reconciliation),
        offer_reversal(
            reconciling.reverse_reconciliation,
            question=gettext_lazy("Its gain or loss is posted back, and the tank may be reconciled again. Say why."),
            told=None,
        ),
    ),
    columns={
        "state": StatusColumn(verbose_name=gettext_lazy("State")),
        "tank": CodeColumn(accessor="tank__place__code", verbose_name=gettext_lazy("Tank")),
        "ends_at": LocalTimeColumn(verbose_name=gettext_lazy("Reconciled to")),
        "book_kg": QuantityColumn(verbose_name=gettext_lazy("Book (kg)")),
        "physical_kg": QuantityColumn(verbose_name=gettext_lazy("Physical (kg)")),
        "gain_loss_kg": QuantityColumn(verbose_name=gettext_lazy("Gain or loss (kg)")),
        "percent_of_issues": QuantityColumn(verbose_name=gettext_lazy("% of issues")),
        "percent_of_throughput": QuantityColumn(verbose_name=gettext_lazy("% of opening and receipts")),
    },
    sequence=(
        *("number", "state", "site", "tank", "ends_at", "book_kg", "physical_kg", "gain_loss_kg"),
        *("percent_of_issues", "percent_of_throughput", "..."),
    ),
    empty_text=gettext_lazy("No reconciliation matches what you asked for."),
    searched=("number", "tank__place__code", "explanation"),
    filters={
        "state": filters.MultipleChoiceFilter(choices=ReconciliationState.choices, label=gettext_lazy("State")),
        "tank": CodeFilter("tank__place__code", label=gettext_lazy("Code of the tank")),
    },
    folded=("tank",),
    related=("site", "tank__place", "rule", "prepared_by"),
    detail_related=(
        *("site__zone", "tank__place", "gauge", "rule"),
        *("prepared_by", "explained_by", "approved_by"),
    ),
    facts=(
        *("site", "tank", "gauge", "begins_at", "ends_at", "rule", "percent_of_issues", "percent_of_throughput"),
        *("explanation", "explained_by", "prepared_by", "prepared_at", "approved_by", "approved_at", "remark"),
    ),
    figures=figures,
    tables=lines_and_losses,
    about=each(about),
    reason=reason,
    unfinished=(
        "ends_at",
        (ReconciliationState.DRAWN, ReconciliationState.BREACHED, ReconciliationState.EXPLAINED),
    ),
    answers=Answers(
        whole=shapes.TankReconciliationSerializer,
        row=shapes.TankReconciliationRowSerializer,
        doc="Tanks held against a gauge: book, physical, gain or loss, and each duty status' share of it.",
        path="tank-reconciliations",
        related=("site", "prepared_by", "tank__place", "gauge", "rule", "explained_by", "approved_by"),
        lines=("lines", "losses__lot"),
    ),
    pages={"detail": ReconciliationDetail},
)
