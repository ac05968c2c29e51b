"""Reversals over the API."""

from typing import Any

import django_filters as filters
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from documents.api.documents import DocumentResource, act
from documents.api.requests import OptionalReasonRequest, ReasonRequest
from documents.models import Reversal, ReversalState
from documents.reversals import operations, shapes
from documents.reversals.offers import REVERSALS
from registry.filters import CodeFilter, SiteChoiceFilter


class ReversalFilter(filters.FilterSet):
    site = SiteChoiceFilter()
    state = filters.MultipleChoiceFilter(choices=ReversalState.choices, label=_("State"))
    document = CodeFilter("document_number", label=_("Number of the document"))

    class Meta:
        model = Reversal
        fields = ()


class ReversalResource(DocumentResource):
    """Requests to reverse a posted document, and the decision of a second person."""

    rules = REVERSALS
    model = Reversal
    serializer_class = shapes.ReversalSerializer
    row_class = shapes.ReversalRowSerializer
    filterset_class = ReversalFilter
    related = ("site", "requested_by", "decided_by")

    @extend_schema(request=shapes.ReversalRequest, responses={201: shapes.ReversalSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Ask a second person to reverse everything that a document has posted."""
        self.require_may_write()
        asked_for = operations.request_reversal(**self.asked(shapes.ReversalRequest))
        return self.answer(asked_for, code=status.HTTP_201_CREATED)

    approve = act("approve", operations.approve_reversal, OptionalReasonRequest)
    refuse = act("refuse", operations.refuse_reversal, ReasonRequest)
    take_back = act("take_back", operations.take_back_reversal, rule="take_back")
