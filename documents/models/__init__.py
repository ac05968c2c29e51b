"""What every document has: its number, who prepared it and when, its lines as they stood, and its reversal."""

from documents.models.documents import Document, DocumentQuerySet, NumberSeries
from documents.models.lines import LinesAsOf
from documents.reversals.model import Reversal, ReversalState

__all__ = ["Document", "DocumentQuerySet", "LinesAsOf", "NumberSeries", "Reversal", "ReversalState"]
