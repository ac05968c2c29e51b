"""What every list of documents in the API can be narrowed by; rows are named by code and number."""

import django_filters as filters
from django.utils.translation import gettext_lazy as _


class CodeFilter(filters.CharFilter):
    """Exactly this code."""


class DocumentFilter(filters.FilterSet):
    site = CodeFilter(field_name="site__code", label=_("Code of the site"))
    number = filters.CharFilter(lookup_expr="istartswith", label=_("Number begins with"))
    prepared_from = filters.DateFilter(
        field_name="prepared_at", lookup_expr="date__gte", label=_("Prepared on this day or later")
    )
    prepared_through = filters.DateFilter(
        field_name="prepared_at", lookup_expr="date__lte", label=_("Prepared on this day or earlier")
    )
