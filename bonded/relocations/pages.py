"""Pages of relocations that differ from those of other documents."""

from typing import Any

from django.db import models
from django.db.models import Count

from bonded.views.documents import ScannedBins
from documents import kind_pages


class RelocationList(kind_pages.KindList):
    def queryset(self) -> models.QuerySet[Any]:
        rows: models.QuerySet[Any] = super().queryset().annotate(line_count=Count("lines"))
        return rows


class RelocationAdd(ScannedBins, kind_pages.KindAdd):
    bin_field = "from_place"
    to_field = "to_place"
