"""What the pages of warehouse documents add to those of every document: scanned bins, and a book that says where."""

from typing import Any

from django.db import models
from django.urls import reverse

from documents import kind_pages


class ScannedBins:
    """A form whose lines bins are scanned into; stands before the class of its page."""

    @property
    def scan_url(self) -> str:
        return reverse("ledger:scanned")


class GoodsDraft(ScannedBins, kind_pages.KindDraft):
    """Entering goods of an account book, which says at which site."""

    def figures_of(self, form: Any, rows: list[dict[str, Any]]) -> dict[str, Any]:
        return {**super().figures_of(form, rows), "site": form.cleaned_data["book"].site}


class GoodsChange(ScannedBins, kind_pages.KindDraftChange):
    """Saying anew which goods of an account book are meant."""

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("book", "owner")
