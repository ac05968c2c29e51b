"""What an airline reads of its own beside the people of the zone."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from documents.api.documents import DocumentResource
from registry.api.serializers import HistoryEntrySerializer
from registry.navigation import STAFF


class OfAirlineResource(DocumentResource):
    """Documents of an airline, whose life only the people of the zone are told."""

    @extend_schema(responses=HistoryEntrySerializer(many=True), filters=False)
    @action(detail=True, pagination_class=None, filter_backends=[])
    def history(self, request: Request, *args: Any, **kwargs: Any) -> Response:  # type: ignore[override]
        """Tell the life of one document, newest first; for the people of the zone."""
        if not self.roles & STAFF:
            raise exceptions.PermissionDenied(_("None of your roles may read this."))
        return self.told_life()
