"""What flew, over the API."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from documents.api.requests import RequestSerializer
from fuel.api import flight_shapes as shapes
from fuel.delivery_tickets.operations.matching import record_flight, record_flights
from fuel.filters import FlightFilter
from fuel.models import FlightRecord
from registry.api.resources import ReadableResource
from registry.models import Role
from registry.navigation import STAFF
from registry.rules import POSTING_ROLES


class FlightResource(ReadableResource):
    """What flew by the schedule or the airline; tickets are matched against it."""

    model = FlightRecord
    readers: ClassVar[frozenset[Role]] = STAFF
    serializer_class = shapes.FlightSerializer
    filterset_class = FlightFilter

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().select_related("site", "airline", "destination").order_by("-pk")

    @extend_schema(request=shapes.FlightRequest, responses={201: shapes.FlightSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Record a departure; told again, the later word replaces the earlier."""
        flight = record_flight(**self._asked(shapes.FlightRequest))
        return Response(self.get_serializer(flight).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=shapes.FlightsRequest, responses={200: shapes.RecordedFlightsSerializer})
    @action(detail=False, methods=["post"])
    def batch(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Record many departures of a site, all or none; told again, the later word replaces the earlier."""
        recorded = record_flights(**self._asked(shapes.FlightsRequest))
        return Response(shapes.RecordedFlightsSerializer(recorded).data, status=status.HTTP_200_OK)

    def _asked(self, shape: type[RequestSerializer]) -> dict[str, Any]:
        """What the request asks for, as arguments of an operation; only for who posts somewhere."""
        if not self.roles & POSTING_ROLES:
            raise exceptions.PermissionDenied(_("None of your roles posts documents."))
        asked = shape(data=self.request.data)
        asked.is_valid(raise_exception=True)
        return {**asked.figures(user=self.user, at=self.now), "actor": self.user, "at": self.now}
