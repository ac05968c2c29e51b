"""Pages of the rules that count at a site from a day on: of measuring, of reconciling, and of what one moves alone."""

from typing import Any
from urllib.parse import urlencode

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customs.rules import may_keep_books
from fuel.filters import MeasurementBasisFilter, MovementLimitFilter, ReconciliationRuleFilter
from fuel.forms.farm import MeasurementBasisForm, MovementLimitForm, ReconciliationRuleForm
from fuel.models import MeasurementBasis, MovementLimit, ReconciliationRule
from fuel.operations.measurement_bases import set_measurement_basis
from fuel.operations.movement_limits import set_movement_limit
from fuel.operations.reconciliation_rules import set_reconciliation_rule
from fuel.tables import MeasurementBasisTable, MovementLimitTable, ReconciliationRuleTable
from registry.navigation import KEEPERS_OF_MASTER_DATA
from registry.pages import Link
from registry.views import RegisterAdd, RegisterDetail, RegisterList


class MeasurementBasisList(RegisterList):
    model = MeasurementBasis
    title = gettext_lazy("Measurement bases")
    subtitle = gettext_lazy("The standard that a site measures by, from a day until the next basis.")
    add_label = gettext_lazy("New measurement basis")
    readers = KEEPERS_OF_MASTER_DATA
    filterset_class = MeasurementBasisFilter
    table_class = MeasurementBasisTable

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site")


class MeasurementBasisDetail(RegisterDetail):
    """A basis stays as it was set: what was measured names it. Another day gets another one."""

    model = MeasurementBasis
    list_label = gettext_lazy("Measurement bases")
    readers = KEEPERS_OF_MASTER_DATA
    fact_names = ("site", "valid_from_date", "standard", "vcf_decimals", "base", "mass_in", "agreed_in")

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site")

    def may_change(self) -> bool:
        return False


class MeasurementBasisAdd(RegisterAdd):
    model = MeasurementBasis
    title = gettext_lazy("New measurement basis")
    subtitle = gettext_lazy("What was measured before keeps its own.")
    form_class = MeasurementBasisForm

    def form_kwargs(self) -> dict[str, Any]:
        return {"user": self.user}

    def act(self, form: Any, rows: list[dict[str, Any]]) -> MeasurementBasis:
        return set_measurement_basis(**form.cleaned_data, actor=self.user, at=self.now)


class MovementLimitList(RegisterList):
    model = MovementLimit
    title = gettext_lazy("Limits of drains and samples")
    subtitle = gettext_lazy(
        "What one person may drain and sample at a site alone, from a day until the next limit. Above it somebody else"
        " has to approve; where nothing is set, always."
    )
    add_label = gettext_lazy("New limit")
    readers = KEEPERS_OF_MASTER_DATA
    filterset_class = MovementLimitFilter
    table_class = MovementLimitTable

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site")


class MovementLimitDetail(RegisterDetail):
    """A limit stays as it was set; another day gets another one."""

    model = MovementLimit
    list_label = gettext_lazy("Limits of drains and samples")
    readers = KEEPERS_OF_MASTER_DATA
    fact_names = (
        "site",
        "valid_from_date",
        "drain_kg_per_act",
        "drain_kg_per_day",
        "sample_kg_per_act",
        "sample_kg_per_day",
    )

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site")

    def may_change(self) -> bool:
        return False


class MovementLimitAdd(RegisterAdd):
    model = MovementLimit
    title = gettext_lazy("New limit")
    subtitle = gettext_lazy("It counts from its day on for every act that is entered then.")
    form_class = MovementLimitForm

    def form_kwargs(self) -> dict[str, Any]:
        return {"user": self.user}

    def act(self, form: Any, rows: list[dict[str, Any]]) -> MovementLimit:
        return set_movement_limit(**form.cleaned_data, actor=self.user, at=self.now)


class ReconciliationRuleList(RegisterList):
    model = ReconciliationRule
    title = gettext_lazy("Reconciliation rules")
    subtitle = gettext_lazy(
        "How a site shares gain and loss of its tanks and what it tolerates, from a day until the next rule."
    )
    add_label = gettext_lazy("New reconciliation rule")
    readers = KEEPERS_OF_MASTER_DATA
    filterset_class = ReconciliationRuleFilter
    table_class = ReconciliationRuleTable

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site")


class ReconciliationRuleDetail(RegisterDetail):
    """A rule stays as it was set, and gets a new version from another day on."""

    model = ReconciliationRule
    list_label = gettext_lazy("Reconciliation rules")
    readers = KEEPERS_OF_MASTER_DATA
    fact_names = (
        "site",
        "name",
        "version",
        "valid_from_date",
        "split_by",
        "all_to_status",
        "tolerance_percent_of_issues",
        "tolerance_percent_of_throughput",
    )
    kept = ("name", "split_by", "all_to_status", "tolerance_percent_of_issues", "tolerance_percent_of_throughput")

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site")

    def links(self) -> list[Link]:
        if not may_keep_books(self.user, self.object.site):
            return []
        begun = urlencode({"site": self.object.site_id, **{name: getattr(self.object, name) for name in self.kept}})
        return [Link(_("New version"), f"{reverse('fuel:reconciliation_rule_add')}?{begun}", icon="plus")]


class ReconciliationRuleAdd(RegisterAdd):
    model = ReconciliationRule
    title = gettext_lazy("New reconciliation rule")
    subtitle = gettext_lazy("What was reconciled before keeps its own.")
    form_class = ReconciliationRuleForm

    def form_kwargs(self) -> dict[str, Any]:
        return {"user": self.user}

    def act(self, form: Any, rows: list[dict[str, Any]]) -> ReconciliationRule:
        return set_reconciliation_rule(**form.cleaned_data, actor=self.user, at=self.now)
