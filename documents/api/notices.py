"""Each person's notices as JSON: what somebody else decided on what they submitted or asked for."""

from typing import Any, ClassVar

from django.db import models
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from documents.models import Notice
from documents.notice_filters import NoticeFilter
from documents.notices import title_of
from documents.operations.notices import read_notices
from registry.api.resources import ReadableResource


class NoticeSerializer(serializers.ModelSerializer[Notice]):
    """A decision, on which version of the document it was made, and the version that it made."""

    title = serializers.SerializerMethodField(
        help_text="What it is about and what was decided, in the caller's language."
    )
    by: Any = serializers.StringRelatedField()

    class Meta:
        model = Notice
        fields = (
            *("id", "title", "document_kind", "document_id", "document_number", "acted_on", "act", "state"),
            *("by", "at", "reason", "made_on", "version", "read_at"),
        )

    def get_title(self, notice: Notice) -> str:
        return title_of(notice)


class ReadSerializer(serializers.Serializer[Any]):
    """How many were unread."""

    read = serializers.IntegerField()


class NoticeResource(ReadableResource):
    """What was decided on what the caller submitted or asked for."""

    model = Notice
    serializer_class = NoticeSerializer
    filterset_class: ClassVar[Any] = NoticeFilter

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().select_related("by")

    @extend_schema(request=None, responses=NoticeSerializer)
    @action(detail=True, methods=["post"])
    def read(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Note that the caller has read it."""
        read_notices(user=self.user, at=self.now, notices=[self.get_object()])
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(request=None, responses=ReadSerializer, filters=False)
    @action(
        detail=False,
        methods=["post"],
        url_path="read-all",
        url_name="read-all",
        pagination_class=None,
        filter_backends=[],
    )
    def read_all(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Note that the caller has read all of them."""
        return Response({"read": read_notices(user=self.user, at=self.now)})
