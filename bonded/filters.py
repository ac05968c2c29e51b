"""What the lists of warehouse documents can be narrowed by."""

import django_filters as filters
from django import forms
from django.utils.translation import gettext_lazy as _

from bonded.models import (
    Admission,
    AdmissionSource,
    AdmissionState,
    Relocation,
    StockCount,
    StockCountState,
    Withdrawal,
    WithdrawalPurpose,
    WithdrawalState,
)
from registry.filters import SearchFilterSet, visible_sites, yes_or_no


class DocumentFilter(SearchFilterSet):
    """What every list of documents is narrowed by."""

    searched = ("number", "remark", "prepared_by__name")
    site = filters.ModelChoiceFilter(queryset=visible_sites, label=_("Site"))
    prepared_from = filters.DateFilter(
        "prepared_at", lookup_expr="date__gte", label=_("Prepared from"), widget=forms.DateInput
    )
    prepared_to = filters.DateFilter(
        "prepared_at", lookup_expr="date__lte", label=_("Prepared to"), widget=forms.DateInput
    )


class AdmissionFilter(DocumentFilter):
    searched = ("number", "declaration_number", "vehicle", "owner__name", "owner__code")
    state = filters.MultipleChoiceFilter(choices=AdmissionState.choices, label=_("State"))
    source = filters.ChoiceFilter(choices=AdmissionSource.choices, label=_("Source"))

    class Meta:
        model = Admission
        fields = ()


class WithdrawalFilter(DocumentFilter):
    searched = ("number", "declaration_number", "vehicle", "owner__name", "owner__code")
    state = filters.MultipleChoiceFilter(choices=WithdrawalState.choices, label=_("State"))
    purpose = filters.ChoiceFilter(choices=WithdrawalPurpose.choices, label=_("Purpose"))

    class Meta:
        model = Withdrawal
        fields = ()


class RelocationFilter(DocumentFilter):
    is_reversed = yes_or_no(_("Reversed"))

    class Meta:
        model = Relocation
        fields = ()


class StockCountFilter(DocumentFilter):
    state = filters.MultipleChoiceFilter(choices=StockCountState.choices, label=_("State"))

    class Meta:
        model = StockCount
        fields = ()
