"""What the lists of warehouse documents can be narrowed by."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bonded.models import (
    Admission,
    AdmissionSource,
    AdmissionState,
    Withdrawal,
    WithdrawalPurpose,
    WithdrawalState,
)
from bonded.paid_filter import paid_filter
from documents.tables import DocumentFilter
from ledger.queries import lots
from registry.filters import SearchFilterSet, SiteChoiceFilter


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
    is_paid = paid_filter()

    class Meta:
        model = Withdrawal
        fields = ()


AGAINST = [("short", _("Short")), ("over", _("Over"))]


class SuspenseFilter(SearchFilterSet):
    """Lots in suspense; what stands there, and when, is asked of the ledger."""

    searched = ("number", "document_number", "item__code", "item__name", "item__name_zh")
    site = SiteChoiceFilter(method="leave_to_the_ledger")
    against = filters.ChoiceFilter(choices=AGAINST, method="leave_to_the_ledger", label=_("Against the declaration"))
    through_date = filters.DateFilter(
        method="leave_to_the_ledger", label=_("At the end of this day"), widget=forms.DateInput
    )

    class Meta:
        model = lots().model
        fields = ()

    def leave_to_the_ledger(self, queryset: QuerySet[Any], _name: str, _value: Any) -> QuerySet[Any]:
        return queryset
