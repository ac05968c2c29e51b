"""What may go into a consolidated declaration after it has left: apps register the documents by which goods leave."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from django.utils.functional import Promise

from customs.models import AccountBook
from ledger.postings import Document
from registry.models import Organisation, Site, User

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Scope:
    """What a declaration is about: who took goods out of which account book, on which days (both included)."""

    site: Site
    book: AccountBook
    declarant: Organisation
    from_date: date
    through_date: date


@dataclass(frozen=True, slots=True)
class Relief:
    """Of what the goods are relieved on leaving; what they are not relieved of is payable."""

    duty: bool
    consumption_tax: bool
    vat: bool


@dataclass(frozen=True, slots=True)
class Share:
    """What of one lot one document took out and has not brought back, in the lot's unit."""

    document: Document
    occurred_at: datetime
    lot_id: int
    quantity: Decimal
    destination: str
    relief: Relief


class Mark(Protocol):
    """Tells documents whether they stand on an accepted declaration."""

    def __call__(self, *, document_ids: Collection[int], is_declared: bool, actor: User, at: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of document by which goods leave before they are declared.

    Args:
        kind: of the documents, as the ledger names them.
        label: in words, such as "Delivery tickets".
        shares: what left within a scope, declared or not, in order of time; refuses what is not fit to be declared.
        still_out: by document and lot what documents took out and have not brought back.
        lock: keeps anything of documents from coming back or being cleared until the transaction ends.
        declarants: who took out anything of a book within days.
        mark: tells documents that they stand on an accepted declaration, or do no more.
        url_of: where a document has its page.
    """

    kind: str
    label: Text
    shares: Callable[[Scope], Sequence[Share]]
    still_out: Callable[[Collection[int]], dict[tuple[int, int], Decimal]]
    lock: Callable[[Collection[int]], None]
    declarants: Callable[[AccountBook, date, date], Sequence[Organisation]]
    mark: Mark
    url_of: Callable[[int], str]


_sources: dict[str, Source] = {}


def register_source(source: Source) -> None:
    """Let documents of a kind be declared; from an app's ``ready()``."""
    _sources[source.kind] = source


def source_of(kind: str) -> Source:
    """The source of a kind of document."""
    return _sources[kind]


def sources() -> list[Source]:
    """Every kind of document that may go into a consolidated declaration."""
    return list(_sources.values())
