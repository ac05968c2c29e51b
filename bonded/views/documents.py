"""What the pages of warehouse documents add to those of every document: reversals and scanned bins."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property

from bonded.models import Reversal, ReversalState
from bonded.reversals.history import reversals_of, timeline_with_reversals
from bonded.reversals.offers import REVERSALS
from documents import kind_pages
from documents.steps import OfferedStep
from registry.timeline import Entry


class KindDetail(kind_pages.KindDetail):
    """A warehouse document, with what was asked and decided about reversing it."""

    @cached_property
    def told(self) -> list[Entry]:
        return timeline_with_reversals(self.object, self.reversals)

    @cached_property
    def reversals(self) -> list[Reversal]:
        return reversals_of(self.object)

    @property
    def pending_reversal(self) -> Reversal | None:
        return next((one for one in self.reversals if one.state == ReversalState.REQUESTED), None)

    def steps(self) -> list[OfferedStep]:
        offered = super().steps()
        return [one for one in offered if one.name != "reverse"] if self.pending_reversal is not None else offered

    def decisions(self) -> list[OfferedStep]:
        """What this user may answer to a reversal that was asked for."""
        asked = self.pending_reversal
        if asked is None:
            return []
        return REVERSALS.steps.offered(REVERSALS.acts_on(self.user, asked), kind_url=REVERSALS.name, document=asked)

    def context(self, **more: Any) -> dict[str, Any]:
        if not self.is_printed:
            more |= {"decisions": self.decisions(), "pending_reversal": self.pending_reversal}
        return super().context(**more)


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
