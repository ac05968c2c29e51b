"""Statements over the API: their lines page by page, and their files."""

from dataclasses import asdict
from typing import Any, ClassVar

from django.http import HttpResponseBase, StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.pagination import CursorPagination
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from fuel.billing.resources import OfAirlineResource
from fuel.billing.statement_files import FORMATS
from fuel.billing.statement_reading import LINE_RELATED, content_of, corrected_by, line_of
from fuel.billing.statements.shapes import StatementLineSerializer
from fuel.models import StatementLine
from registry.models import Role


class LinePages(CursorPagination):
    """Lines in the order in which they are printed, 100 a page, 1,000 at most."""

    ordering = "row"
    page_size = 100
    page_size_query_param = "page_size"
    max_page_size = 1000


class FileRenderer(JSONRenderer):
    """Lets a file be asked for by its own media type; a refusal is JSON all the same."""

    media_type = "*/*"


class StatementResource(OfAirlineResource):
    writers: ClassVar[frozenset[Role]] = frozenset({Role.SUPERVISOR})

    @extend_schema(responses=StatementLineSerializer(many=True), filters=False)
    @action(detail=True, url_path="lines", url_name="lines", pagination_class=LinePages, filter_backends=[])
    def read_lines(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Read the lines of one statement page by page, in the order in which they are printed."""
        statement = self.get_object()
        lines = StatementLine.objects.filter(statement=statement).select_related(*LINE_RELATED)
        rows: Any = self.paginate_queryset(lines)
        corrected = corrected_by(statement)
        told = [{**asdict(line_of(row.row, row.charge, corrected)), "charge": row.charge_id} for row in rows]
        return self.get_paginated_response(StatementLineSerializer(told, many=True).data)

    @extend_schema(
        filters=False,
        parameters=[OpenApiParameter("form", str, OpenApiParameter.PATH, enum=list(FORMATS))],
        responses={(200, kind.content_type.partition(";")[0]): OpenApiTypes.BINARY for kind in FORMATS.values()},
    )
    @action(
        detail=True,
        url_path=f"files/(?P<form>{'|'.join(FORMATS)})",
        url_name="file",
        filter_backends=[],
        pagination_class=None,
        renderer_classes=[FileRenderer],
    )
    def file(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Read one statement as a file; the same bytes that its page hands out."""
        statement, kind = self.get_object(), FORMATS[self.kwargs["form"]]
        response = StreamingHttpResponse(kind.write(content_of(statement)), kind.content_type)
        response["Content-Disposition"] = f'attachment; filename="{statement.number}.{kind.suffix}"'
        return response
