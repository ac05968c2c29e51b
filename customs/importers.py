"""Files of account books and guarantees: read here, judged and written by customs.operations.loading."""

from pathlib import Path

from customs.operations import loading
from registry.importers import FileKind

DATA = Path(__file__).resolve().parent / "data"

GUARANTEES = FileKind("guarantees.csv", loading.load_guarantees, loading.GUARANTEE_COLUMNS)
ACCOUNT_BOOKS = FileKind(
    "account_books.csv",
    loading.load_account_books,
    loading.ACCOUNT_BOOK_COLUMNS,
    loading.ACCOUNT_BOOK_OPTIONAL_COLUMNS,
)

# In an order in which each finds what it points to.
CUSTOMS = (GUARANTEES, ACCOUNT_BOOKS)
