"""What the API's lists of documents can be narrowed by; rows are named by code and number."""

from typing import Any

import django_filters as filters
from django.db import models
from django.utils.translation import gettext_lazy as _

from bonded.models import (
    Admission,
    AdmissionLine,
    AdmissionSource,
    AdmissionState,
    Reversal,
    ReversalState,
    Withdrawal,
    WithdrawalLine,
    WithdrawalPick,
    WithdrawalPurpose,
    WithdrawalState,
)
from bonded.paid_filter import paid_filter
from documents.api.filters import CodeFilter, DocumentFilter


def _with_line(lines: type[models.Model], to_document: str, to_code: str) -> Any:
    """Documents of which a line matches; asked apart, so that no document is found twice."""

    def narrow(_filter: Any, queryset: models.QuerySet[Any], _name: str, code: str) -> models.QuerySet[Any]:
        rows = lines._default_manager.filter(**{to_code: code})
        return queryset.filter(pk__in=rows.values(to_document))

    return narrow


class AdmissionFilter(DocumentFilter):
    state = filters.MultipleChoiceFilter(choices=AdmissionState.choices, label=_("State"))
    source = filters.ChoiceFilter(choices=AdmissionSource.choices, label=_("Source"))
    book = CodeFilter(field_name="book__number", label=_("Number of the account book"))
    owner = CodeFilter(field_name="owner__code", label=_("Code of the goods owner"))
    item = filters.CharFilter(method="with_item", label=_("Item number in a line"))
    with_item = _with_line(AdmissionLine, "admission", "item__code")

    class Meta:
        model = Admission
        fields = ()


class WithdrawalFilter(DocumentFilter):
    state = filters.MultipleChoiceFilter(choices=WithdrawalState.choices, label=_("State"))
    purpose = filters.ChoiceFilter(choices=WithdrawalPurpose.choices, label=_("Purpose"))
    book = CodeFilter(field_name="book__number", label=_("Number of the account book"))
    owner = CodeFilter(field_name="owner__code", label=_("Code of the goods owner"))
    item = filters.CharFilter(method="with_item", label=_("Item number in a line"))
    lot = filters.CharFilter(method="with_lot", label=_("Number of a lot that is taken"))
    with_item = _with_line(WithdrawalLine, "withdrawal", "item__code")
    with_lot = _with_line(WithdrawalPick, "line__withdrawal", "lot__number")
    is_paid = paid_filter()

    class Meta:
        model = Withdrawal
        fields = ()


class ReversalFilter(filters.FilterSet):
    site = CodeFilter(field_name="site__code", label=_("Code of the site"))
    state = filters.MultipleChoiceFilter(choices=ReversalState.choices, label=_("State"))
    document = CodeFilter(field_name="document_number", label=_("Number of the document"))

    class Meta:
        model = Reversal
        fields = ()
