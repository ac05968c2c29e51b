"""Disputes over the API: they are raised against a line of a statement, and their attachments are read one by one."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from fuel.billing.disputes.operations import raise_dispute
from fuel.billing.disputes.shapes import DisputeRequest, DisputeSerializer
from fuel.billing.resources import OfAirlineResource
from fuel.models import DisputeAttachment, DisputeMessage
from registry.models import Role
from registry.rules import POSTING_ROLES


class DisputeResource(OfAirlineResource):
    writers: ClassVar[frozenset[Role]] = POSTING_ROLES | {Role.AIRLINE}

    def get_queryset(self) -> models.QuerySet[Any]:
        rows = super().get_queryset()
        if self.action == "list":
            return rows
        said = DisputeMessage.objects.select_related("written_by").order_by("pk")
        files = models.Prefetch("attachments", DisputeAttachment.objects.defer("content").order_by("pk"))
        return rows.prefetch_related(models.Prefetch("messages", said.prefetch_related(files)))

    @extend_schema(request=DisputeRequest, responses={201: DisputeSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Object to a line of a statement; its ticket is disputed until it is decided."""
        return self.enter(raise_dispute, DisputeRequest)

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY}, filters=False)
    @action(
        detail=True,
        pagination_class=None,
        filter_backends=[],
        url_path=r"attachments/(?P<attachment>\d+)",
        url_name="attachment",
    )
    def attachment(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        """Read one attachment."""
        known = DisputeAttachment.objects.filter(message__dispute=self.get_object())
        found = get_object_or_404(known, pk=self.kwargs["attachment"])
        return HttpResponse(bytes(found.content), content_type=found.content_type)
