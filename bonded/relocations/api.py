"""The addresses of relocations in the API beside those of every document."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from bonded.relocations.operations import relocate_all
from bonded.relocations.shapes import RelocationBatchRequest, RelocationSerializer
from documents.api.documents import DocumentResource


class RelocationResource(DocumentResource):
    @extend_schema(request=RelocationBatchRequest, responses={201: RelocationSerializer(many=True)})
    @action(detail=False, methods=["post"], pagination_class=None, filter_backends=[])
    def batch(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Enter many relocations of a site at once, all or none, in one posting."""
        self.require_may_write()
        asked = RelocationBatchRequest(data=request.data)
        asked.is_valid(raise_exception=True)
        given = asked.batch(user=self.user, at=self.now, request_key=self.request_key)
        entered = relocate_all(**given, actor=self.user, at=self.now)
        whole = self.get_queryset().filter(pk__in=[relocation.pk for relocation in entered]).order_by("pk")
        return Response(self.get_serializer(whole, many=True).data, status=status.HTTP_201_CREATED)
