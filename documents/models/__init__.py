"""What every document has: its number, who prepared it and when, its lines as they stood, and who is told of it."""

from documents.models.documents import Document, DocumentQuerySet, NumberSeries
from documents.models.lines import LinesAsOf
from documents.models.notices import Notice

__all__ = ["Document", "DocumentQuerySet", "LinesAsOf", "Notice", "NumberSeries"]
