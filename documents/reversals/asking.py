"""Asking for the reversal of a document: how each kind offers it that is reversed on request."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from documents.api.documents import DocumentResource
from documents.api.requests import ReasonRequest, of_version
from documents.kinds import Offer
from documents.models import Reversal
from documents.reversals import operations
from documents.reversals.shapes import ReversalSerializer
from registry.pages import Text
from registry.versions import with_version


@extend_schema(request=of_version(ReasonRequest), responses={201: ReversalSerializer})
@action(detail=True, methods=["post"], url_path="request-reversal")
def request_reversal(self: DocumentResource, request: Request, *args: Any, **kwargs: Any) -> Response:
    """Ask a second person to reverse everything that the document has posted."""
    document = self.get_object()
    asked = self.asked(of_version(ReasonRequest), document=document)
    asked_for = operations.request_reversal(document=document, **asked)
    reversal = with_version(Reversal.objects.all()).get(pk=asked_for.pk)
    answer = ReversalSerializer(reversal, context=self.get_serializer_context())
    return Response(answer.data, status=status.HTTP_201_CREATED)


def offer_reversal_request(operation: Any) -> Offer:
    """Asking a second person to reverse a document; the API answers the request, not the document.

    Args:
        operation: made by `reversal_act`.
    """
    return Offer(
        operation=operation,
        label=gettext_lazy("Request reversal"),
        icon="history",
        tone="outline-danger",
        question=gettext_lazy(
            "Somebody else decides: customs on what it accepted, a supervisor on the rest. Everything that the"
            " document posted is then posted back, and reserved goods are free again."
        ),
        asked=None,
        path="request-reversal",
        posted=request_reversal,
        told=_asked_for,
    )


def _asked_for(reversal: Reversal) -> Text:
    words = {"number": reversal.document_number}
    return _("The reversal of %(number)s waits for the decision of somebody else.") % words
