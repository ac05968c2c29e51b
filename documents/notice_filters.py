"""What a person's notices can be narrowed by, on the page and in the API."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from documents.models import Notice
from registry.filters import CodeFilter, FoldingFilterSet, yes_or_no


class NoticeFilter(FoldingFilterSet):
    is_read = yes_or_no(_("Read"), method="by_reading")
    document = CodeFilter("document_number", label=_("Number of the document"))

    class Meta:
        model = Notice
        fields = ()

    @extend_schema_field(OpenApiTypes.BOOL)
    def by_reading(self, queryset: QuerySet[Any], _name: str, is_read: Any) -> QuerySet[Any]:
        return queryset.filter(read_at__isnull=not is_read)
