"""The resources of customs: the same loading, rules and operations as its pages."""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions, mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from customs import filters
from customs.api import serializers as shapes
from customs.models import AccountBook, Guarantee, Regime
from customs.operations.books import change_account_book, close_account_book, open_account_book
from customs.operations.guarantees import change_guarantee, enter_guarantee
from customs.operations.periods import close_period
from customs.operations.regimes import change_regime
from customs.queries import book_readings, guarantee_readings, suspended_tax_by_book
from customs.rules import CLOSING_ROLES
from documents.checklist import run_checklist
from ledger.queries import closed_periods, day_after
from registry.api.fields import Day
from registry.api.resources import RegisterResource, Resource, WithFigures
from registry.models import Site
from registry.navigation import KEEPERS_OF_MASTER_DATA, REVIEWERS


class KeptWithFigures(WithFigures, RegisterResource):
    """Rows of the register that carry figures of the ledger."""

    readers = KEEPERS_OF_MASTER_DATA

    def keep(self, before: models.Model, row: models.Model, *names: str) -> None:
        """Refuse a change of what stays for good."""
        changed = [name for name in names if getattr(before, name) != getattr(row, name)]
        if changed:
            refusals = {name.removesuffix("_id"): _("This stays as it was entered.") for name in changed}
            raise exceptions.ValidationError(refusals)


class AccountBookResource(KeptWithFigures):
    model = AccountBook
    serializer_class = shapes.AccountBookSerializer
    filterset_class = filters.AccountBookFilter

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().select_related("site", "holder", "guarantee")

    def add_figures(self, rows: list[AccountBook]) -> None:
        held = suspended_tax_by_book(books=rows)
        for book in rows:
            book.suspended_tax_cny = held[book.pk]  # type: ignore[attr-defined]

    def add(self, row: AccountBook, serializer: serializers.BaseSerializer[Any]) -> AccountBook:
        given = {**serializer.validated_data}
        given.pop("reason", None), given.pop("seen_history_id", None)
        book = open_account_book(**given, actor=self.user, at=self.now)
        self.add_figures([book])
        return book

    def change(self, row: AccountBook, serializer: serializers.BaseSerializer[Any]) -> AccountBook:
        self.keep(self.get_object(), row, "site_id", "number", "opened_date")
        book = change_account_book(
            book=row,
            kind=row.kind,
            holder=row.holder,
            guarantee=row.guarantee,
            reconciliation_months=row.reconciliation_months,
            actor=self.user,
            at=self.now,
            reason=serializer.validated_data.get("reason", ""),
            seen_history_id=serializer.validated_data.get("seen_history_id"),
        )
        self.add_figures([book])
        return book

    parameters = {"readings": frozenset({"through_date"})}

    @extend_schema(
        parameters=[
            OpenApiParameter("through_date", OpenApiTypes.DATE, description="At the end of this day; without it, now.")
        ],
        responses=shapes.BookReadingSerializer(many=True),
        filters=False,
    )
    @action(detail=True, pagination_class=None, filter_backends=[])
    def readings(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Tell of each item what came to the book, left it, is pre-deducted and available."""
        book = self.get_object()
        day = Day(allow_null=True).run_validation(request.query_params.get("through_date"))
        until = day_after(day=day, site_id=book.site_id) if day else None
        return Response(shapes.BookReadingSerializer(book_readings(book=book, until=until), many=True).data)

    @extend_schema(request=shapes.AccountBookCloseSerializer, responses=shapes.AccountBookSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Close the book for good; refused while it holds anything."""
        book = self.get_object()
        self.require_may_write()
        asked = shapes.AccountBookCloseSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        closed = close_account_book(book=book, **asked.validated_data, actor=self.user, at=self.now)
        self.add_figures([closed])
        return Response(self.get_serializer(closed).data)


class GuaranteeResource(KeptWithFigures):
    model = Guarantee
    serializer_class = shapes.GuaranteeSerializer
    filterset_class = filters.GuaranteeFilter

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().select_related("site")

    def add_figures(self, rows: list[Guarantee]) -> None:
        for reading in guarantee_readings(guarantees=rows):
            guarantee: Any = reading.guarantee
            guarantee.used_cny, guarantee.free_cny = reading.used_cny, reading.free_cny

    def add(self, row: Guarantee, serializer: serializers.BaseSerializer[Any]) -> Guarantee:
        guarantee = enter_guarantee(
            site=row.site,
            number=row.number,
            guarantor=row.guarantor,
            limit_cny=row.limit_cny,
            actor=self.user,
            at=self.now,
        )
        self.add_figures([guarantee])
        return guarantee

    def change(self, row: Guarantee, serializer: serializers.BaseSerializer[Any]) -> Guarantee:
        self.keep(self.get_object(), row, "site_id", "number")
        guarantee = change_guarantee(
            guarantee=row,
            guarantor=row.guarantor,
            limit_cny=row.limit_cny,
            actor=self.user,
            at=self.now,
            reason=serializer.validated_data.get("reason", ""),
            seen_history_id=serializer.validated_data.get("seen_history_id"),
        )
        self.add_figures([guarantee])
        return guarantee


class RegimeResource(RegisterResource):
    """Regimes are there from the start; an administrator of the whole zone changes what they demand."""

    model = Regime
    readers = KEEPERS_OF_MASTER_DATA
    serializer_class = shapes.RegimeSerializer
    http_method_names = ["get", "patch", "head", "options"]
    lookup_field = "code"
    lookup_value_regex = "[a-z_]+"

    def change(self, row: Regime, serializer: serializers.BaseSerializer[Any]) -> Regime:
        return change_regime(
            regime=row,
            actor=self.user,
            at=self.now,
            reason=serializer.validated_data.get("reason", ""),
            seen_history_id=serializer.validated_data.get("seen_history_id"),
        )


class PeriodResource(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    """Closed periods, newest first; posting one closes it."""

    readers = REVIEWERS
    queryset = closed_periods()
    serializer_class = shapes.PeriodSerializer
    filterset_class = filters.ClosedPeriodFilter

    def get_queryset(self) -> models.QuerySet[Any]:
        if getattr(self, "swagger_fake_view", False):
            return closed_periods().none()
        return closed_periods().filter(site__in=Site.objects.visible_to(self.user))

    parameters = {"checklist": frozenset({"site", "through_date"})}

    @extend_schema(request=shapes.PeriodCloseSerializer, responses={201: shapes.PeriodSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Close everything of a site through a day, for good; what the checklist finds needs an explanation."""
        if not self.roles & set(CLOSING_ROLES):
            raise exceptions.PermissionDenied(_("None of your roles closes periods."))
        asked = shapes.PeriodCloseSerializer(data=request.data, context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        given = asked.validated_data
        close_period(**given, actor=self.user, at=self.now)
        period = closed_periods().get(site=given["site"], closed_through_date=given["through_date"])
        return Response(shapes.PeriodSerializer(period).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        parameters=[shapes.ChecklistQuestionSerializer],
        responses=shapes.CheckResultSerializer(many=True),
        filters=False,
    )
    @action(detail=False, pagination_class=None, filter_backends=[])
    def checklist(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Tell what was open at a site at the end of a day, check by check."""
        asked = shapes.ChecklistQuestionSerializer(data=request.query_params, context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        return Response(shapes.CheckResultSerializer(run_checklist(**asked.validated_data), many=True).data)
