"""What every document has: its number, who prepared it and when, and its lines as they stood."""

from documents.models.documents import Document, DocumentQuerySet, NumberSeries
from documents.models.lines import LinesAsOf

__all__ = ["Document", "DocumentQuerySet", "LinesAsOf", "NumberSeries"]
