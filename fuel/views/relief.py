"""Pages of relief rules: who is relieved of what, from a day on."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy

from fuel.filters import ReliefRuleFilter
from fuel.forms.relief import ReliefRuleForm
from fuel.models import ReliefRule
from fuel.ticket_tables import ReliefRuleTable
from registry.views import RegisterAdd, RegisterChange, RegisterDetail, RegisterList


class ReliefRuleList(RegisterList):
    model = ReliefRule
    title = gettext_lazy("Relief rules")
    subtitle = gettext_lazy(
        "What a flight is relieved of, by the carrier's nationality and the kind of flight, from a day until the next"
        " rule. A rule of an airport goes before one of every airport."
    )
    add_label = gettext_lazy("New relief rule")
    filterset_class = ReliefRuleFilter
    table_class = ReliefRuleTable

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("airport")


class ReliefRuleDetail(RegisterDetail):
    model = ReliefRule
    list_label = gettext_lazy("Relief rules")
    fact_names = (
        "valid_from_date",
        "nationality",
        "flight_type",
        "airport",
        "relieves_duty",
        "relieves_consumption_tax",
        "relieves_vat",
        "legal_basis",
    )

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("airport")


class ReliefRuleAdd(RegisterAdd):
    model = ReliefRule
    title = gettext_lazy("New relief rule")
    form_class = ReliefRuleForm


class ReliefRuleChange(RegisterChange):
    model = ReliefRule
    form_class = ReliefRuleForm
