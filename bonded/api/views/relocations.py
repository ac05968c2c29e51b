from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from bonded.api.filters import RelocationFilter
from bonded.api.serializers import relocations as shapes
from bonded.api.views.resources import DocumentResource
from bonded.api.views.reversals import reversal_request
from bonded.models import Relocation
from bonded.operations.relocations import relocate


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

    request_reversal = reversal_request()
