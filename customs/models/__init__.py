"""Regimes, account books, guarantees and document numbers: what customs keeps and every app's documents stand on."""

from customs.models.assessed import Assessed
from customs.models.books import AccountBook, AccountBookKind, Guarantee
from customs.models.documents import Document, DocumentQuerySet, NumberSeries
from customs.models.regimes import LotIdentification, Regime

__all__ = [
    "AccountBook",
    "AccountBookKind",
    "Assessed",
    "Document",
    "DocumentQuerySet",
    "Guarantee",
    "LotIdentification",
    "NumberSeries",
    "Regime",
]
