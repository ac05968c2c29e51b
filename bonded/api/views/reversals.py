from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from bonded.api.filters import ReversalFilter
from bonded.api.serializers import reversals as shapes
from bonded.api.views.resources import DocumentResource
from bonded.models import Reversal
from bonded.operations import reversals
from documents.api.asked import OptionalReasonAsked, ReasonAsked, of_version
from documents.api.documents import act
from registry.versions import with_version


class ReversalResource(DocumentResource):
    """Requests to reverse a posted document, and the decision of a second person."""

    model = Reversal
    argument = "reversal"
    serializer_class = shapes.ReversalSerializer
    row_class = shapes.ReversalRowSerializer
    filterset_class = ReversalFilter
    related = ("site", "requested_by", "decided_by")

    @extend_schema(request=shapes.ReversalAsked, responses={201: shapes.ReversalSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Ask a second person to reverse everything that a document has posted."""
        self.require_may_write()
        return self.answer(reversals.request_reversal(**self.asked(shapes.ReversalAsked)), code=status.HTTP_201_CREATED)

    approve = act("approve", reversals.approve_reversal, OptionalReasonAsked)
    refuse = act("refuse", reversals.refuse_reversal, ReasonAsked)


def reversal_request() -> Any:
    """The POST by which the reversal of one document is asked for; it answers the reversal."""

    @extend_schema(request=of_version(ReasonAsked), responses={201: shapes.ReversalSerializer})
    @action(detail=True, methods=["post"], url_path="request-reversal")
    def request_reversal(self: DocumentResource, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Ask a second person to reverse everything that the document has posted."""
        document = self.get_object()
        asked = self.asked(of_version(ReasonAsked), document=document)
        asked_for = reversals.request_reversal(document=document, **asked)
        reversal = with_version(Reversal.objects.all()).get(pk=asked_for.pk)
        return Response(
            shapes.ReversalSerializer(reversal, context=self.get_serializer_context()).data,
            status=status.HTTP_201_CREATED,
        )

    return request_reversal


class ReversibleResource(DocumentResource):
    """Documents that are reversed when a second person agrees."""

    request_reversal = reversal_request()
