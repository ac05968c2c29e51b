"""What documents did to the ledger, and what stands in the way of undoing it."""

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, OuterRef, QuerySet, Subquery

from ledger.models import Transaction
from ledger.postings import Document


def transactions_of(*, document_kind: str, document_id: int) -> "QuerySet[Transaction]":
    """A document's transactions in order of posting, each with ``reversed_by``: the reversal's id, or None."""
    reversals = Transaction.objects.filter(reversal_of=OuterRef("pk")).order_by().values("pk")
    return (
        Transaction.objects.filter(document_kind=document_kind, document_id=document_id)
        .annotate(reversed_by=Subquery(reversals[:1], output_field=BigIntegerField()))
        .select_related("actor", "site")
        .order_by("pk")
    )


def standing_transactions_of(*, document_kind: str, document_id: int) -> list[int]:
    """The ids of a document's transactions that are no reversal and were not reversed, in order of posting."""
    posted: Any = transactions_of(document_kind=document_kind, document_id=document_id)
    return list(posted.filter(reversal_of=None, reversed_by=None).values_list("pk", flat=True))


def dependants_of(*, transaction_ids: Iterable[int]) -> list[Document]:
    """Documents that must be reversed before these transactions can be, latest first.

    They are those whose transactions took, later and for good, from an account that no longer holds all that these
    transactions brought to it. A transaction that has been reversed, or is a reversal, stands in nobody's way.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT document_kind, document_id, document_number FROM ledger_dependants_of(%s::bigint[])"
            " ORDER BY latest DESC",
            [sorted(set(transaction_ids))],
        )
        return [Document(*row) for row in cursor.fetchall()]
