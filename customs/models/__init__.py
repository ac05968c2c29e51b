"""Regimes, account books, guarantees and declarations: what customs keeps and every app's documents stand on."""

from customs.declarations.model import (
    Declaration,
    DeclarationLine,
    DeclarationState,
    DeclaredDocument,
    Deduction,
    last_day_due,
    last_day_to_declare,
)
from customs.models.assessed import ASSESSED, Assessed
from customs.models.books import AccountBook, AccountBookKind, Guarantee
from customs.models.declaration_numbers import DeclarationNumber
from customs.models.regimes import LotIdentification, Regime

__all__ = [
    "ASSESSED",
    "AccountBook",
    "AccountBookKind",
    "Assessed",
    "Declaration",
    "DeclarationLine",
    "DeclarationNumber",
    "DeclarationState",
    "DeclaredDocument",
    "Deduction",
    "Guarantee",
    "LotIdentification",
    "Regime",
    "last_day_due",
    "last_day_to_declare",
]
