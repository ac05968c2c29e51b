"""What the API's lists of documents can be narrowed by; rows are named by code and number."""

from typing import Any

import django_filters as filters
from django.db import models
from django.utils.translation import gettext_lazy as _

from bonded.models import (
    Relocation,
    RelocationLine,
    Reversal,
    ReversalState,
    StockCount,
    StockCountState,
    SuspenseResolution,
    SuspenseState,
    SuspenseWay,
)
from bonded.paid_filter import paid_filter
from documents.api.filters import CodeFilter, DocumentFilter
from registry.filters import yes_or_no


def _with_line(lines: type[models.Model], to_document: str, to_code: str) -> Any:
    """Documents of which a line matches; asked apart, so that no document is found twice."""

    def narrow(_filter: Any, queryset: models.QuerySet[Any], _name: str, code: str) -> models.QuerySet[Any]:
        rows = lines._default_manager.filter(**{to_code: code})
        return queryset.filter(pk__in=rows.values(to_document))

    return narrow


class RelocationFilter(DocumentFilter):
    is_reversed = yes_or_no(_("Reversed"))
    lot = filters.CharFilter(method="with_lot", label=_("Number of a lot in a line"))
    with_lot = _with_line(RelocationLine, "relocation", "lot__number")

    class Meta:
        model = Relocation
        fields = ()


class StockCountFilter(DocumentFilter):
    state = filters.MultipleChoiceFilter(choices=StockCountState.choices, label=_("State"))
    book = CodeFilter(field_name="book__number", label=_("Number of the account book"))
    is_paid = paid_filter()

    class Meta:
        model = StockCount
        fields = ()


class ReversalFilter(filters.FilterSet):
    site = CodeFilter(field_name="site__code", label=_("Code of the site"))
    state = filters.MultipleChoiceFilter(choices=ReversalState.choices, label=_("State"))
    document = CodeFilter(field_name="document_number", label=_("Number of the document"))

    class Meta:
        model = Reversal
        fields = ()


class SuspenseResolutionFilter(DocumentFilter):
    state = filters.MultipleChoiceFilter(choices=SuspenseState.choices, label=_("State"))
    way = filters.MultipleChoiceFilter(choices=SuspenseWay.choices, label=_("How it ends"))
    lot = CodeFilter(field_name="lot__number", label=_("Number of the lot"))
    admission = CodeFilter(field_name="admission__number", label=_("Number of the admission"))
    is_paid = paid_filter()

    class Meta:
        model = SuspenseResolution
        fields = ()
