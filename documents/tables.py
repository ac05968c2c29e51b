"""The columns and filters that every list of documents has."""

import django_filters as filters
import django_tables2 as tables
from django import forms
from django.utils.translation import gettext_lazy as _

from registry.columns import CodeColumn, LocalTimeColumn
from registry.filters import SearchFilterSet, SiteChoiceFilter

# Tables with many columns: their headings may take two lines.
WITH_TALL_HEAD = {"class": "table table-dense table-tall-head"}


class DocumentTable(tables.Table):
    """What every list of documents has."""

    number = CodeColumn(linkify=True, verbose_name=_("Number"))
    site = CodeColumn(accessor="site__code", verbose_name=_("Site"))
    prepared_at = LocalTimeColumn(verbose_name=_("Prepared"))
    prepared_by = tables.Column(accessor="prepared_by__name", verbose_name=_("By"))

    class Meta:
        attrs = WITH_TALL_HEAD


class DocumentFilter(SearchFilterSet):
    """What every list of documents is narrowed by."""

    searched = ("number", "remark", "prepared_by__name")
    site = SiteChoiceFilter()
    prepared_from = filters.DateFilter(
        "prepared_at", lookup_expr="date__gte", label=_("Prepared from"), widget=forms.DateInput
    )
    prepared_to = filters.DateFilter(
        "prepared_at", lookup_expr="date__lte", label=_("Prepared to"), widget=forms.DateInput
    )
