from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from documents.api.documents import DocumentResource
from fuel.defuels.operations import record_defuel
from fuel.defuels.shapes import DefuelRequest, DefuelSerializer


class DefuelResource(DocumentResource):
    """Defuels, which pages enter from their ticket."""

    @extend_schema(request=DefuelRequest, responses={201: DefuelSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Take fuel of a ticket back into a tank."""
        return self.enter(record_defuel, DefuelRequest)
