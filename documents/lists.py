"""The table and the filters of a kind's list, made of its declaration; page and API narrow by the same filters."""

from functools import cache
from typing import Any, ClassVar

import django_filters as filters
import django_tables2 as tables
from django import forms
from django.utils.translation import gettext_lazy as _

from documents.kinds import Kind
from documents.tables import DocumentTable
from registry.filters import SearchFilterSet, SiteChoiceFilter

# Both names were in use before there was one set of filters for pages and programs.
FORMER_NAMES = {"prepared_through": "prepared_to"}


class KindFilterSet(SearchFilterSet):
    """What every list of documents is narrowed by, on its page and in the API."""

    former_names: ClassVar[dict[str, str]] = FORMER_NAMES

    site = SiteChoiceFilter()
    prepared_from = filters.DateFilter(
        "prepared_at", lookup_expr="date__gte", label=_("Prepared from"), widget=forms.DateInput
    )
    prepared_to = filters.DateFilter(
        "prepared_at", lookup_expr="date__lte", label=_("Prepared to"), widget=forms.DateInput
    )
    number = filters.CharFilter(lookup_expr="istartswith", label=_("Number begins with"))

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data if data is None else _in_present_names(data, self.former_names), *args, **kwargs)


def _in_present_names(data: Any, former_names: dict[str, str]) -> Any:
    used = [name for name in former_names if name in data]
    if not used:
        return data
    renamed = data.copy()
    for name in used:
        renamed.setlist(former_names[name], renamed.pop(name))
    return renamed


@cache
def filterset_of(kind: Kind) -> type[KindFilterSet]:
    """The filters of a kind's list."""
    meta = type("Meta", (), {"model": kind.model, "fields": ()})
    given = {"searched": kind.searched, "folded": (*kind.folded, "number"), "Meta": meta}
    return type(f"{kind.model.__name__}Filter", (KindFilterSet,), {**kind.filters, **given})


@cache
def table_of(kind: Kind) -> type[tables.Table]:
    """The table of a kind's list."""
    given = {"sequence": kind.sequence, "caption": kind.title, "empty_text": kind.empty_text}
    meta = type("Meta", (DocumentTable.Meta,), given)
    return type(f"{kind.model.__name__}Table", (DocumentTable,), {**kind.columns, "Meta": meta})
