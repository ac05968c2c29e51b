"""The page of a document that is reversed when a second person agrees."""

from typing import Any

from django.utils.functional import cached_property

from documents.kind_pages import KindDetail
from documents.models import Reversal, ReversalState
from documents.reversals.history import timeline_with_reversals
from documents.reversals.offers import REVERSALS
from documents.reversals.queries import reversals_of
from documents.steps import OfferedStep
from registry.timeline import Entry


class ReversibleDetail(KindDetail):
    """A document, with what was asked and decided about reversing it."""

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
        return REVERSALS.offered(REVERSALS.acts_on(self.user, asked), asked)

    def context(self, **more: Any) -> dict[str, Any]:
        if not self.is_printed:
            more |= {"decisions": self.decisions(), "pending_reversal": self.pending_reversal}
        return super().context(**more)
