from functools import partial
from typing import Any, ClassVar

import django_filters as filters
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from documents.api.asked import Asked, ReasonAsked, of_version
from documents.api.documents import act
from documents.api.filters import CodeFilter, DocumentFilter
from fuel.api import ticket_shapes as shapes
from fuel.api.documents import DocumentResource
from fuel.filters import FlightFilter
from fuel.models import DeliveryTicket, FlightRecord, TicketState
from fuel.models.tickets import DUTY_STATUSES
from fuel.operations import tickets
from fuel.operations.matching import match_ticket, record_flight, record_flights
from fuel.operations.reclassification import reclassify_ticket
from fuel.operations.replacements import replace_ticket
from registry.api.resources import ReadableResource
from registry.api.serializers import HistoryEntrySerializer
from registry.models import Role
from registry.navigation import READERS_OF_TICKETS, STAFF
from registry.rules import POSTING_ROLES


class TicketFilter(DocumentFilter):
    state = filters.MultipleChoiceFilter(choices=TicketState.choices, label=gettext_lazy("State"))
    customs_status = filters.ChoiceFilter(choices=DUTY_STATUSES, label=gettext_lazy("Duty status"))
    airline = CodeFilter(field_name="airline__iata_code", label=gettext_lazy("IATA designator of the airline"))
    ticket_number = CodeFilter(field_name="ticket_number", label=gettext_lazy("Ticket number"))
    flight_number = CodeFilter(field_name="flight_number", label=gettext_lazy("Flight"))
    registration = CodeFilter(field_name="registration", label=gettext_lazy("Registration"))
    tank = CodeFilter(field_name="tank__place__code", label=gettext_lazy("Code of the tank"))
    flown_from = filters.DateFilter("flight_date", lookup_expr="gte", label=gettext_lazy("Flights from"))
    flown_to = filters.DateFilter("flight_date", lookup_expr="lte", label=gettext_lazy("Flights to"))

    class Meta:
        model = DeliveryTicket
        fields = ()


class TicketResource(DocumentResource):
    """Fuel delivered into aircraft. An airline reads its own tickets as they were signed, and no others."""

    model = DeliveryTicket
    argument = "ticket"
    readers = READERS_OF_TICKETS
    serializer_class = shapes.TicketSerializer
    row_class = shapes.TicketRowSerializer
    filterset_class = TicketFilter
    related = (
        *("site", "prepared_by", "vendor", "airline", "airport", "destination"),
        *("tank__place", "meter", "reclassification", "replaces", "replaced_by"),
    )
    lines = ("draws__lot", "exceptions__explained_by")

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Any]]:
        is_drawn_up = getattr(self, "swagger_fake_view", False)
        return super().get_serializer_class() if is_drawn_up or self.roles & STAFF else self.row_class

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().order_by("-pk")

    @extend_schema(request=shapes.TicketAsked, responses={201: shapes.TicketSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Enter a ticket; nothing leaves the tank before it is signed."""
        return self.enter(tickets.record_ticket, shapes.TicketAsked)

    @extend_schema(request=of_version(shapes.TicketAsked))
    def update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Replace what a ticket says that is not signed yet."""
        return self.amend(tickets.amend_ticket, shapes.TicketAsked, partly=False)

    @extend_schema(request=of_version(shapes.TicketAsked)(partial=True))
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Replace some of what a ticket says that is not signed yet."""
        return self.amend(tickets.amend_ticket, shapes.TicketAsked, partly=True)

    @extend_schema(request=shapes.TicketsAsked, responses={200: shapes.TakenInSerializer})
    @action(detail=False, methods=["post"], url_path="take-in", url_name="take-in")
    def take_in(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Take in signed tickets, all or none; those that came before with the same figures are left as they are."""
        self.require_may_write()
        taken = tickets.take_in_tickets(**self.asked(shapes.TicketsAsked))
        numbers = {"new": [one.number for one in taken.new], "known": [one.number for one in taken.known]}
        return Response(numbers, status=status.HTTP_200_OK)

    @extend_schema(responses=HistoryEntrySerializer(many=True), filters=False)
    @action(detail=True, pagination_class=None, filter_backends=[])
    def history(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Tell the life of one ticket, newest first; for the people of the zone."""
        if not self.roles & STAFF:
            raise exceptions.PermissionDenied(_("None of your roles may read this."))
        return super().history(request, *args, **kwargs)

    @extend_schema(request=of_version(shapes.ReplaceAsked), responses={201: shapes.TicketSerializer})
    @action(detail=True, methods=["post"])
    def replace(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Make a signed ticket void and write a corrected one in its place, which is answered."""
        operation = partial(replace_ticket, request_key=self.request_key)
        answer = self.do(operation, of_version(shapes.ReplaceAsked), "replace")
        answer.status_code = status.HTTP_201_CREATED
        return answer

    sign = act("sign", tickets.sign_ticket, shapes.SignAsked)
    match = act("match", match_ticket, shapes.MatchAsked)
    reclassify = act("reclassify", reclassify_ticket, shapes.ReclassifyAsked)
    void = act("void", tickets.void_ticket, ReasonAsked)


class FlightResource(ReadableResource):
    """What flew by the schedule or the airline; tickets are matched against it."""

    model = FlightRecord
    readers: ClassVar[frozenset[Role]] = STAFF
    serializer_class = shapes.FlightSerializer
    filterset_class = FlightFilter

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().select_related("site", "airline", "destination").order_by("-pk")

    @extend_schema(request=shapes.FlightAsked, responses={201: shapes.FlightSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Record a departure; told again, the later word replaces the earlier."""
        flight = record_flight(**self._asked(shapes.FlightAsked))
        return Response(self.get_serializer(flight).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=shapes.FlightsAsked, responses={200: shapes.RecordedFlightsSerializer})
    @action(detail=False, methods=["post"])
    def batch(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Record many departures of a site, all or none; told again, the later word replaces the earlier."""
        recorded = record_flights(**self._asked(shapes.FlightsAsked))
        return Response(shapes.RecordedFlightsSerializer(recorded).data, status=status.HTTP_200_OK)

    def _asked(self, shape: type[Asked]) -> dict[str, Any]:
        """What the request asks for, as arguments of an operation; only for who posts somewhere."""
        if not self.roles & POSTING_ROLES:
            raise exceptions.PermissionDenied(_("None of your roles posts documents."))
        asked = shape(data=self.request.data)
        asked.is_valid(raise_exception=True)
        return {**asked.figures(user=self.user, at=self.now), "actor": self.user, "at": self.now}
