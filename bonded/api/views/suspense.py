from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from bonded.api.filters import SuspenseResolutionFilter
from bonded.api.serializers import suspense as shapes
from bonded.api.views.payments import PayableResource, payment_act
from bonded.api.views.reversals import reversal_request
from bonded.models import SuspenseResolution
from bonded.operations import suspense
from bonded.suspense import suspense_positions
from documents.api.asked import ReasonAsked
from documents.api.documents import act
from registry.api.resources import Resource
from registry.models import Site
from registry.navigation import STAFF


class SuspenseResource(Resource):
    """What stands in suspense now at the sites that the user may see, the longest first."""

    readers = STAFF
    queryset = Site.objects.none()
    serializer_class = shapes.SuspensePositionSerializer
    pagination_class = None
    filter_backends = ()

    @extend_schema(responses=shapes.SuspensePositionSerializer(many=True))
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List every position: short of the declaration, over it, or never declared."""
        found = suspense_positions(sites=Site.objects.visible_to(self.user))
        return Response(shapes.SuspensePositionSerializer(found, many=True).data)


class SuspenseResolutionResource(PayableResource):
    """Settlements of goods in suspense: asked for by who posts, decided by a second person."""

    model = SuspenseResolution
    argument = "resolution"
    serializer_class = shapes.ResolutionSerializer
    row_class = shapes.ResolutionRowSerializer
    filterset_class = SuspenseResolutionFilter
    related = (
        *("site", "prepared_by", "decided_by", "payment_recorded_by"),
        *("lot__item", "book", "to_place", "admission"),
    )

    @extend_schema(request=shapes.ResolutionAsked, responses={201: shapes.ResolutionSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Ask a second person to settle a quantity of a lot in suspense."""
        return self.enter(suspense.submit_resolution, shapes.ResolutionAsked)

    approve = act("approve", suspense.approve_resolution)
    refuse = act("refuse", suspense.refuse_resolution, ReasonAsked)
    pay = payment_act("resolution")
    request_reversal = reversal_request()
