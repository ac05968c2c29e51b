"""What the lists of warehouse documents can be narrowed by."""

from typing import Any

import django_filters as filters
from django import forms
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ledger.queries import lots
from registry.filters import SearchFilterSet, SiteChoiceFilter


def with_line(lines: type[models.Model], to_document: str, to_code: str) -> Any:
    """Finds the documents of which a line matches a code; asked apart, so that no document is found twice."""

    def narrow(queryset: QuerySet[Any], _name: str, code: str) -> QuerySet[Any]:
        rows = lines._default_manager.filter(**{to_code: code})
        return queryset.filter(pk__in=rows.values(to_document))

    return narrow


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
