"""What the lists of customs can be asked for."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from customs.models import (
    AccountBook,
    AccountBookKind,
    Guarantee,
    Regime,
)
from registry.filters import FoldingFilterSet, SearchFilterSet, SiteChoiceFilter, yes_or_no
from registry.models import Item, RegimeCode, Site


class AccountBookFilter(SearchFilterSet):
    searched = ("number", "holder__code", "holder__name", "holder__name_zh")
    site = SiteChoiceFilter()
    kind = filters.ChoiceFilter(choices=AccountBookKind.choices, label=_("Kind"))
    is_open = yes_or_no(_("Open"), field_name="closed_date", lookup_expr="isnull")

    class Meta:
        model = AccountBook
        fields = ()


class GuaranteeFilter(SearchFilterSet):
    searched = ("number", "guarantor")
    site = SiteChoiceFilter()

    class Meta:
        model = Guarantee
        fields = ()


class RegimeFilter(FoldingFilterSet):
    class Meta:
        model = Regime
        fields = ()


class ReadingFilter(SearchFilterSet):
    """Items of a book; the day is asked of the ledger, not of the items."""

    searched = ("code", "name", "name_zh", "hs_code__code")
    through_date = filters.DateFilter(
        method="leave_to_the_ledger", label=_("At the end of this day"), widget=forms.DateInput
    )

    class Meta:
        model = Item
        fields = ()

    def leave_to_the_ledger(self, queryset: QuerySet[Any], _name: str, _value: Any) -> QuerySet[Any]:
        return queryset


class PeriodFilter(SearchFilterSet):
    regime = filters.ChoiceFilter(choices=RegimeCode.choices, label=_("Regime"))

    class Meta:
        model = Site
        fields = ()


class ClosedPeriodFilter(FoldingFilterSet):
    site = SiteChoiceFilter()
