from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from bonded.api.filters import RelocationFilter
from bonded.api.serializers import relocations as shapes
from bonded.api.views.resources import DocumentResource
from bonded.api.views.reversals import reversal_request
from bonded.models import Relocation
from bonded.operations.relocations import relocate, relocate_all


class RelocationResource(DocumentResource):
    """Goods moved from bin to bin; posted as soon as they are entered."""

    model = Relocation
    argument = "relocation"
    serializer_class = shapes.RelocationSerializer
    row_class = shapes.RelocationRowSerializer
    filterset_class = RelocationFilter
    lines = ("lines__lot__item", "lines__from_place", "lines__to_place")

    @extend_schema(request=shapes.RelocationAsked, responses={201: shapes.RelocationSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Move free goods between the bins of a site, at once."""
        return self.enter(relocate, shapes.RelocationAsked)

    @extend_schema(request=shapes.RelocationBatchAsked, responses={201: shapes.RelocationSerializer(many=True)})
    @action(detail=False, methods=["post"], pagination_class=None, filter_backends=[])
    def batch(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Enter many relocations of a site at once, all or none, in one posting."""
        self.require_may_write()
        asked = shapes.RelocationBatchAsked(data=request.data)
        asked.is_valid(raise_exception=True)
        given = asked.batch(user=self.user, at=self.now, request_key=self.request_key)
        entered = relocate_all(**given, actor=self.user, at=self.now)
        whole = self.get_queryset().filter(pk__in=[relocation.pk for relocation in entered]).order_by("pk")
        return Response(self.get_serializer(whole, many=True).data, status=status.HTTP_201_CREATED)

    request_reversal = reversal_request()
