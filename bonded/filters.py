"""What the lists of warehouse documents can be narrowed by."""

import django_filters as filters
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
from customs.document_tables import DocumentFilter
from registry.filters import yes_or_no


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
