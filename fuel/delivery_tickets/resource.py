"""What the API of delivery tickets has beside their acts."""

from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from documents.api.documents import DocumentResource
from documents.api.requests import of_version
from fuel.delivery_tickets import shapes
from fuel.delivery_tickets.operations.replacements import replace_ticket
from fuel.delivery_tickets.operations.taking_in import take_in_tickets
from registry.api.serializers import HistoryEntrySerializer
from registry.navigation import STAFF


class TicketResource(DocumentResource):
    argument = "ticket"

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Any]]:
        is_drawn_up = getattr(self, "swagger_fake_view", False)
        return super().get_serializer_class() if is_drawn_up or self.roles & STAFF else self.row_class

    @extend_schema(request=shapes.TicketsRequest, responses={200: shapes.TakenInSerializer})
    @action(detail=False, methods=["post"], url_path="take-in", url_name="take-in")
    def take_in(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Take in signed tickets, all or none; those that came before with the same figures are left as they are."""
        self.require_may_write()
        taken = take_in_tickets(**self.asked(shapes.TicketsRequest))
        numbers = {"new": [one.number for one in taken.new], "known": [one.number for one in taken.known]}
        return Response(numbers, status=status.HTTP_200_OK)

    @extend_schema(responses=HistoryEntrySerializer(many=True), filters=False)
    @action(detail=True, pagination_class=None, filter_backends=[])
    def history(self, request: Request, *args: Any, **kwargs: Any) -> Response:  # type: ignore[override]
        """Tell the life of one ticket, newest first; for the people of the zone."""
        if not self.roles & STAFF:
            raise exceptions.PermissionDenied(_("None of your roles may read this."))
        return self.told_life()

    @extend_schema(request=of_version(shapes.ReplaceRequest), responses={201: shapes.TicketSerializer})
    @action(detail=True, methods=["post"])
    def replace(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Make a signed ticket void and write a corrected one in its place, which is answered."""
        operation = partial(replace_ticket, request_key=self.request_key)
        answer = self.do(operation, of_version(shapes.ReplaceRequest), "replace")
        answer.status_code = status.HTTP_201_CREATED
        return answer
