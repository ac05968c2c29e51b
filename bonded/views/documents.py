"""What the pages of warehouse documents add to those of every document: reversals and scanned bins."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property

from bonded.models import Reversal, ReversalState
from bonded.rules import RULES
from bonded.views.history import reversals_of, timeline_with_reversals
from bonded.views.steps import STEPS
from documents import kind_pages, pages
from documents.steps import OfferedStep
from registry.timeline import Entry


class WarehouseDocuments:
    namespace = "bonded"
    rules = RULES
    offers = STEPS


class DocumentList(WarehouseDocuments, pages.DocumentList):
    """A list of one kind of warehouse document."""


class WithReversals:
    """What was asked and decided about reversing a document; stands before the class of its page."""

    user: Any
    object: Any
    is_printed: bool

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
        offered: list[OfferedStep] = super().steps()  # type: ignore[misc]
        return [one for one in offered if one.name != "reverse"] if self.pending_reversal is not None else offered

    def decisions(self) -> list[OfferedStep]:
        """What this user may answer to a reversal that was asked for."""
        asked = self.pending_reversal
        if asked is None:
            return []
        return STEPS.offered(RULES.acts_on(self.user, asked), kind_url="reversal", document=asked)

    def context(self, **more: Any) -> dict[str, Any]:
        if not self.is_printed:
            more |= {"decisions": self.decisions(), "pending_reversal": self.pending_reversal}
        told: dict[str, Any] = super().context(**more)  # type: ignore[misc]
        return told


class DocumentDetail(WithReversals, WarehouseDocuments, pages.DocumentDetail):
    """A warehouse document."""


class KindDetail(WithReversals, kind_pages.KindDetail):  # type: ignore[misc]
    """A warehouse document of a declared kind."""


class DocumentAct(WarehouseDocuments, pages.DocumentAct):
    """One act on a warehouse document."""


class ScannedBins:
    """A form whose lines bins are scanned into; stands before the class of its page."""

    @property
    def scan_url(self) -> str:
        return reverse("bonded:scanned")


class DocumentFormPage(ScannedBins, WarehouseDocuments, pages.DocumentFormPage):
    """A form whose lines bins are scanned into."""


class DraftPage(ScannedBins, WarehouseDocuments, pages.DraftPage):
    """A form of goods that is saved as a draft, or saved and submitted at once."""


class ChangePage(ScannedBins, WarehouseDocuments, pages.ChangePage):
    """The form of a draft or returned warehouse document."""

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("book", "owner")
