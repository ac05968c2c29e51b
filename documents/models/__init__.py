"""What every document has: its number, who prepared it and when, its lines as they stood, its reversal, and notices."""

from documents.models.documents import Document, DocumentQuerySet, NumberSeries
from documents.models.lines import LinesAsOf
from documents.models.notices import Notice
from documents.reversals.model import Reversal, ReversalState

__all__ = ["Document", "DocumentQuerySet", "LinesAsOf", "Notice", "NumberSeries", "Reversal", "ReversalState"]
