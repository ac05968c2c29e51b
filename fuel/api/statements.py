"""Statements, their lines and files, charges, and the runs that issue a month of every airline."""

from dataclasses import asdict
from typing import Any, ClassVar

import django_filters as filters
from django.db import models
from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions, status
from rest_framework.decorators import action
from rest_framework.pagination import CursorPagination
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from documents.api.asked import ReasonAsked
from documents.api.documents import act
from documents.api.filters import CodeFilter, DocumentFilter
from fuel.api import statement_shapes as shapes
from fuel.api.contracts import OfAirlineFilter, OfAirlineResource
from fuel.api.documents import DocumentResource
from fuel.models import Charge, ChargeKind, RunState, Statement, StatementLine, StatementRun, StatementState
from fuel.operations.charges import credit_and_rebill, credit_part
from fuel.operations.statement_runs import ask_for_statement_run, cancel_statement_run
from fuel.operations.statements import issue_statement, reissue_statement
from fuel.statement_files import FORMATS
from fuel.statement_reading import LINE_RELATED, content_of, corrected_by, line_of
from fuel.tasks import send_statement_run
from registry.api.resources import ReadableResource
from registry.api.serializers import HistoryEntrySerializer
from registry.models import Role
from registry.navigation import READERS_OF_TICKETS, STAFF

SUPERVISORS = frozenset({Role.SUPERVISOR})


class LinePages(CursorPagination):
    """Lines in the order in which they are printed, 100 a page, 1,000 at most."""

    ordering = "row"
    page_size = 100
    page_size_query_param = "page_size"
    max_page_size = 1000


class FileRenderer(JSONRenderer):
    """Lets a file be asked for by its own media type; a refusal is JSON all the same."""

    media_type = "*/*"


class StatementFilter(DocumentFilter):
    state = filters.MultipleChoiceFilter(choices=StatementState.choices, label=gettext_lazy("State"))
    airline = CodeFilter(field_name="airline__iata_code", label=gettext_lazy("IATA designator of the airline"))
    currency = CodeFilter(field_name="currency", label=gettext_lazy("Currency (ISO 4217)"))
    from_day = filters.DateFilter(
        "through_date", lookup_expr="gte", label=gettext_lazy("Of a period that ends on this day or later")
    )
    through_day = filters.DateFilter(
        "from_date", lookup_expr="lte", label=gettext_lazy("Of a period that begins on this day or earlier")
    )

    class Meta:
        model = Statement
        fields = ()


class ChargeFilter(OfAirlineFilter):
    kind = filters.MultipleChoiceFilter(choices=ChargeKind.choices, label=gettext_lazy("Kind"))
    ticket = CodeFilter(field_name="ticket__number", label=gettext_lazy("Number of the ticket"))
    statement = CodeFilter(field_name="lines__statement__number", label=gettext_lazy("Number of the statement"))

    class Meta:
        model = Charge
        fields = ()


class StatementRunFilter(DocumentFilter):
    state = filters.MultipleChoiceFilter(choices=RunState.choices, label=gettext_lazy("State"))

    class Meta:
        model = StatementRun
        fields = ()


class StatementResource(DocumentResource):
    """What airlines owe for a period, frozen as it was issued. An airline reads its own statements, and no others."""

    model = Statement
    argument = "statement"
    readers = READERS_OF_TICKETS
    writers: ClassVar[frozenset[Role]] = SUPERVISORS
    serializer_class = shapes.FuelStatementSerializer
    row_class = shapes.FuelStatementRowSerializer
    filterset_class = StatementFilter
    related = (
        *("site__zone", "site__organisation", "airline__organisation"),
        *("supersedes", "superseded_by", "prepared_by"),
    )

    @extend_schema(request=shapes.StatementAsked, responses={201: shapes.FuelStatementSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Charge what an airline lifted in a period, once, and put it on a numbered statement."""
        return self.enter(issue_statement, shapes.StatementAsked)

    reissue = act("reissue", reissue_statement, ReasonAsked)

    @extend_schema(responses=shapes.StatementLineSerializer(many=True), filters=False)
    @action(detail=True, url_path="lines", url_name="lines", pagination_class=LinePages, filter_backends=[])
    def read_lines(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Read the lines of one statement page by page, in the order in which they are printed."""
        statement = self.get_object()
        lines = StatementLine.objects.filter(statement=statement).select_related(*LINE_RELATED)
        rows: Any = self.paginate_queryset(lines)
        corrected = corrected_by(statement)
        told = [{**asdict(line_of(row.row, row.charge, corrected)), "charge": row.charge_id} for row in rows]
        return self.get_paginated_response(shapes.StatementLineSerializer(told, many=True).data)

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

    @extend_schema(responses=HistoryEntrySerializer(many=True), filters=False)
    @action(detail=True, pagination_class=None, filter_backends=[])
    def history(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Tell the life of one statement, newest first; for the people of the zone."""
        if not self.roles & STAFF:
            raise exceptions.PermissionDenied(_("None of your roles may read this."))
        return super().history(request, *args, **kwargs)


class ChargeResource(OfAirlineResource, ReadableResource):
    """Amounts that airlines owe or get back, with every figure behind them; never changed, only credited."""

    model = Charge
    serializer_class = shapes.ChargeSerializer
    filterset_class = ChargeFilter

    def get_queryset(self) -> models.QuerySet[Any]:
        related = ("site", "airline", "contract", "ticket", "manual", "defuel", "airport", "destination")
        return super().get_queryset().select_related(*related).prefetch_related("lines__statement")

    @extend_schema(request=shapes.CreditAsked, responses=shapes.ChargeSerializer(many=True), filters=False)
    @action(detail=True, methods=["post"], pagination_class=None, filter_backends=[])
    def credit(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Take a charge back, in part or whole, and then charge its ticket again; answers what was made."""
        charge = self.get_object()
        self.require_may_write()
        given = self.asked(shapes.CreditAsked(data=request.data))
        right, is_rebilled = given.pop("right"), given.pop("is_rebilled")
        given |= {"charge": charge, "actor": self.user, "at": self.now}
        if right is not None:
            made = [credit_part(**given, right=right)]
        else:
            made = credit_and_rebill(**given, is_rebilled=is_rebilled)
        rows = self.get_queryset().filter(pk__in=[one.pk for one in made]).order_by("pk")
        return Response(self.get_serializer(rows, many=True).data)


class StatementRunResource(DocumentResource):
    """Statements of every airline of a site for a period, issued in the background, airline by airline."""

    model = StatementRun
    argument = "run"
    writers: ClassVar[frozenset[Role]] = SUPERVISORS
    serializer_class = shapes.StatementRunSerializer
    row_class = shapes.StatementRunRowSerializer
    filterset_class = StatementRunFilter
    lines = ("lines__airline", "lines__statement")

    def get_queryset(self) -> models.QuerySet[Any]:
        rows: Any = super().get_queryset()
        return rows.with_progress()

    @extend_schema(request=shapes.RunAsked, responses={201: shapes.StatementRunSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Ask for the statements of every airline of a site for a period; read the run again to see how far it is."""
        self.require_may_write()
        run = ask_for_statement_run(**self.asked(shapes.RunAsked), request_key=self.request_key)
        send_statement_run(run)
        return self.answer(run, code=status.HTTP_201_CREATED)

    cancel = act("cancel", cancel_statement_run)
