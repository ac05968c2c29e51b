"""What documents of the warehouse make payable, and what of it is not paid yet."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery, Sum

from bonded.models import (
    StockCountState,
    StockVariance,
    SuspenseResolution,
    Withdrawal,
    WithdrawalPick,
)
from bonded.models.payments import TaxPaid
from documents.kinds import kinds
from registry.models import Site

ZERO = Decimal(0)
TAX_CNY = F("duty_cny") + F("consumption_tax_cny") + F("vat_cny")


def payable_models() -> list[Any]:
    """The kinds of document that make duty and tax payable."""
    return [model for model in kinds().values() if issubclass(model, TaxPaid)]


def with_payable(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The documents with `payable_cny`, the duty and tax that each has made payable, in CNY; None where it owes none.

    What a count that nobody has approved would come to is not payable yet.
    """
    if rows.model is SuspenseResolution:
        settled: QuerySet[Any] = rows.annotate(payable_cny=TAX_CNY)
        return settled
    parts: QuerySet[Any]
    if rows.model is Withdrawal:
        parts, document = WithdrawalPick.objects.all(), "line__withdrawal"
    else:
        approved = [StockCountState.APPROVED, StockCountState.REVERSED]
        parts, document = StockVariance.objects.filter(line__stock_count__state__in=approved), "line__stock_count"
    own = parts.filter(**{document: OuterRef("pk")}).order_by().values(document)
    found: QuerySet[Any] = rows.annotate(payable_cny=Subquery(own.annotate(total=Sum(TAX_CNY)).values("total")))
    return found


def payable_cny(document: Any) -> Decimal:
    """The duty and tax that a document has made payable, in CNY; zero where it owes none."""
    rows = with_payable(type(document)._default_manager.filter(pk=document.pk))
    return rows.values_list("payable_cny", flat=True).get() or ZERO


def unpaid(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those of the documents on which duty and tax are payable and no payment of them is recorded."""
    owing = with_payable(rows).filter(payable_cny__gt=0, payment_recorded_at=None, state__in=rows.model.payable_in)
    # A sale that customs has released was let go as it is.
    return owing.filter(released_at=None) if rows.model is Withdrawal else owing


def is_unpaid(document: Any) -> bool:
    """Whether a document of `with_payable` waits for its payment; asks as `unpaid` does, without a query."""
    is_due = document.state in document.payable_in and getattr(document, "released_at", None) is None
    return bool(is_due and document.payable_cny and document.payment_recorded_at is None)


def unpaid_at(site: Site, *, until: datetime) -> list[Any]:
    """The documents of a site that made duty and tax payable before a moment and are not paid; the oldest first.

    Sales are left out: they do not end without having been paid.
    """
    found: list[Any] = []
    for model in payable_models():
        if model is not Withdrawal:
            found.extend(unpaid(model._default_manager.filter(site=site, **{f"{model.payable_since}__lt": until})))
    return sorted(found, key=lambda document: (getattr(document, document.payable_since), document.number))
