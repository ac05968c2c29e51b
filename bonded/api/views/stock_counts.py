from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from bonded.api.filters import StockCountFilter
from bonded.api.serializers import stock_counts as shapes
from bonded.api.views.payments import PayableResource, payment_act
from bonded.api.views.reversals import reversal_request
from bonded.models import StockCount
from bonded.operations import stock_counts
from documents.api.asked import OptionalReasonAsked, ReasonAsked
from documents.api.documents import act


class StockCountResource(PayableResource):
    """Counts of bins: blind, twice where the first count differs, approved by a third person."""

    model = StockCount
    argument = "stock_count"
    serializer_class = shapes.StockCountSerializer
    row_class = shapes.StockCountRowSerializer
    filterset_class = StockCountFilter
    related = ("site", "prepared_by", "book", "approved_by", "payment_recorded_by")
    lines = (
        "lines__stock_count",
        "lines__place",
        "lines__item",
        "lines__counted_by",
        "lines__recounted_by",
        "lines__variances__lot",
    )

    @extend_schema(request=shapes.StockCountAsked, responses={201: shapes.StockCountSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Draw up the sheets of a count."""
        return self.enter(stock_counts.open_stock_count, shapes.StockCountAsked)

    counts = act("counts", stock_counts.record_counts, shapes.CountsAsked)
    recounts = act("recounts", stock_counts.record_recounts, shapes.CountsAsked)
    approve = act("approve", stock_counts.approve_stock_count, OptionalReasonAsked)
    pay = payment_act("stock_count")
    void = act("void", stock_counts.void_stock_count, ReasonAsked)
    request_reversal = reversal_request()
