from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from bonded.api.serializers.suspense import SuspensePositionSerializer
from bonded.suspense import suspense_positions
from registry.api.resources import Resource
from registry.models import Site
from registry.navigation import STAFF


class SuspenseResource(Resource):
    """What stands in suspense now at the sites that the user may see, the longest first."""

    readers = STAFF
    queryset = Site.objects.none()
    serializer_class = SuspensePositionSerializer
    pagination_class = None
    filter_backends = ()

    @extend_schema(responses=SuspensePositionSerializer(many=True))
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List every position: short of the declaration, over it, or never declared."""
        found = suspense_positions(sites=Site.objects.visible_to(self.user))
        return Response(SuspensePositionSerializer(found, many=True).data)
