"""Pages of what is plausible at a site: density, temperature and the largest delivery."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy

from customs.rules import may_keep_books
from customs.views import KeepsTheBooks
from fuel.filters import FuelLimitsFilter
from fuel.forms.farm import FuelLimitsChangeForm, FuelLimitsForm
from fuel.models import FuelLimits
from fuel.operations.limits import change_fuel_limits, set_fuel_limits
from fuel.tables import FuelLimitsTable
from registry.navigation import KEEPERS_OF_MASTER_DATA
from registry.views import RegisterAdd, RegisterChange, RegisterDetail, RegisterList


class FuelLimitsList(RegisterList):
    model = FuelLimits
    title = gettext_lazy("Limits of plausibility")
    subtitle = gettext_lazy(
        "A delivery outside them has to be explained before it is signed. A site without a row has those of Jet A-1."
    )
    add_label = gettext_lazy("New limits")
    readers = KEEPERS_OF_MASTER_DATA
    filterset_class = FuelLimitsFilter
    table_class = FuelLimitsTable

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site", "product")


class FuelLimitsDetail(RegisterDetail):
    model = FuelLimits
    list_label = gettext_lazy("Limits of plausibility")
    readers = KEEPERS_OF_MASTER_DATA
    fact_names = (
        *("site", "product", "specification", "density_base", "lowest_density", "highest_density"),
        *("lowest_celsius", "highest_celsius", "largest_uplift_litres"),
    )

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site", "product")

    def may_change(self) -> bool:
        return may_keep_books(self.user, self.object.site)


class FuelLimitsAdd(RegisterAdd):
    model = FuelLimits
    title = gettext_lazy("New limits of plausibility")
    form_class = FuelLimitsForm

    def form_kwargs(self) -> dict[str, Any]:
        return {"user": self.user}

    def act(self, form: Any, rows: list[dict[str, Any]]) -> FuelLimits:
        return set_fuel_limits(**form.cleaned_data, actor=self.user, at=self.now)


class FuelLimitsChange(KeepsTheBooks, RegisterChange):
    model = FuelLimits
    form_class = FuelLimitsChangeForm

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("site", "product")

    def act(self, form: Any, rows: list[dict[str, Any]]) -> FuelLimits:
        return change_fuel_limits(limits=self.object, **form.cleaned_data, actor=self.user, at=self.now)
