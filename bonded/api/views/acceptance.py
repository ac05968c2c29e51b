"""The address by which a program reads what accepting a declaration would fix, before it does."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from bonded.acceptance import AcceptancePreview
from documents.api.documents import DocumentResource


def acceptance_of(preview: Callable[..., AcceptancePreview], shape: type[Any]) -> Any:
    """The GET of a document that waits for acceptance."""

    @extend_schema(responses=shape, filters=False)
    @action(detail=True, filter_backends=[])
    def acceptance(self: DocumentResource, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Tell what accepting it now would fix: value, duty and taxes line by line, and the guarantee afterwards."""
        document = self.get_object()
        if document.state != "submitted":
            raise exceptions.NotFound(_("%(number)s does not wait for acceptance.") % {"number": document.number})
        return Response(shape(preview(document, at=self.now)).data)

    return acceptance
