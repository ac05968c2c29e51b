"""Stock counts 盘点: blind, twice where the first count differs, approved by a third person."""

from typing import Any

import django_filters as filters
from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from bonded.about import value_and_payable
from bonded.api.views.payments import PayableResource
from bonded.columns import PaidColumn
from bonded.models import StockCount, StockCountLine, StockCountState, StockVariance
from bonded.offers import offer_payment
from bonded.paid_filter import paid_filter
from bonded.payable import TAX_CNY
from bonded.stock_counts import operations
from bonded.stock_counts.form import StockCountForm
from bonded.stock_counts.pages import (
    StockCountAdd,
    StockCountDetail,
    StockCountFirst,
    StockCountList,
    StockCountSecond,
)
from bonded.stock_counts.shapes import CountsRequest, StockCountRequest, StockCountRowSerializer, StockCountSerializer
from bonded.views.payments import PAYMENT_FACTS
from documents.api.requests import OptionalReasonRequest
from documents.kinds import Answers, Entry, Kind, Offer, Waits
from documents.offers import offer_void
from documents.officers import Decider
from documents.reversals.asking import offer_reversal_request
from registry.columns import CodeColumn, LocalTimeColumn, MoneyColumn, QuantityColumn, StatusColumn
from registry.filters import CodeFilter


def to_approve(who: Decider) -> QuerySet[Any]:
    """Counts that wait for a supervisor who counted no line of them."""
    counted = StockCountLine.objects.filter(Q(counted_by=who.user) | Q(recounted_by=who.user))
    waiting: Any = StockCount.objects.filter(site__in=who.supervises, state=StockCountState.RECOUNTED)
    return waiting.exclude(pk__in=counted.values("stock_count"))  # type: ignore[no-any-return]


def about(stock_counts: list[StockCount]) -> dict[int, list[str]]:
    """How many differences, and what becomes payable on what is missing."""
    variances = StockVariance.objects.filter(line__stock_count__in=stock_counts).order_by().values("line__stock_count")
    found = {one.pk: [_("Nothing differs.")] for one in stock_counts}
    for row in variances.annotate(number=Count("pk"), value=Sum("customs_value_cny"), tax=Sum(TAX_CNY)):
        number = row["number"]
        words = [ngettext("%(number)s difference", "%(number)s differences", number) % {"number": number}]
        if row["tax"] is not None:
            words.append(value_and_payable(row["value"], row["tax"]))
        found[row["line__stock_count"]] = words
    return found


KIND = Kind(
    model=StockCount,
    path="stock-counts",
    title=gettext_lazy("Stock counts"),
    section="goods",
    place=170,
    icon="clipboard-check",
    shortcut="c",
    entry=Entry(
        operation=operations.open_stock_count,
        title=gettext_lazy("New stock count"),
        form=StockCountForm,
        button=gettext_lazy("Draw up the sheets"),
        asked=StockCountRequest,
    ),
    offers=(
        Offer(
            operation=operations.record_counts,
            label=gettext_lazy("Enter the first count"),
            icon="clipboard-check",
            tone="primary",
            asked=CountsRequest,
            page=StockCountFirst,
            waits=(Waits(label=gettext_lazy("Stock counts to enter"), icon="clipboard-check"),),
        ),
        Offer(
            operation=operations.record_recounts,
            label=gettext_lazy("Enter the second count"),
            icon="clipboard-check",
            tone="primary",
            asked=CountsRequest,
            page=StockCountSecond,
            waits=(Waits(label=gettext_lazy("Stock counts to recount"), icon="clipboard-check"),),
        ),
        Offer(
            operation=operations.approve_stock_count,
            label=gettext_lazy("Approve"),
            icon="check",
            tone="primary",
            question=gettext_lazy("Shortages leave stock and account book and are taxed; overages go to suspense."),
            asked=OptionalReasonRequest,
            waits=(Waits(label=gettext_lazy("Stock counts to approve"), icon="clipboard-check", find=to_approve),),
        ),
        offer_void(operations.void_stock_count),
        offer_payment(operations.pay_for_shortage),
        offer_reversal_request(operations.ask_to_reverse_stock_count),
    ),
    columns={
        "state": StatusColumn(verbose_name=gettext_lazy("State")),
        "book": CodeColumn(accessor="book__number", verbose_name=gettext_lazy("Account book")),
        "counted_as_of": LocalTimeColumn(verbose_name=gettext_lazy("Counted as of")),
        "line_count": QuantityColumn(verbose_name=pgettext_lazy("how many", "Lines")),
        "payable_cny": MoneyColumn(verbose_name=gettext_lazy("Payable (CNY)")),
        "payment_date": PaidColumn(),
    },
    empty_text=gettext_lazy("No stock count matches what you asked for."),
    filters={
        "state": filters.MultipleChoiceFilter(choices=StockCountState.choices, label=gettext_lazy("State")),
        "is_paid": paid_filter(),
        "book": CodeFilter("book__number", label=gettext_lazy("Number of the account book")),
    },
    folded=("book",),
    related=("site", "prepared_by", "book"),
    detail_related=("site__zone", "book", "prepared_by", "approved_by", "payment_recorded_by"),
    facts=(
        *("site", "book", "counted_as_of", "prepared_by", "prepared_at", "approved_by", "approved_at"),
        *(*PAYMENT_FACTS, "remark"),
    ),
    about=about,
    unfinished=("prepared_at", (StockCountState.OPEN, StockCountState.COUNTED, StockCountState.RECOUNTED)),
    answers=Answers(
        whole=StockCountSerializer,
        row=StockCountRowSerializer,
        doc="Counts of bins: blind, twice where the first count differs, approved by a third person.",
        related=("site", "prepared_by", "book", "approved_by", "payment_recorded_by"),
        lines=(
            *("lines__stock_count", "lines__place", "lines__item", "lines__counted_by", "lines__recounted_by"),
            "lines__variances__lot",
        ),
        base=PayableResource,
    ),
    pages={"list": StockCountList, "add": StockCountAdd, "detail": StockCountDetail},
)
