"""The reconciliation statement over the API: the same definition as page and files."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from customs.models import AccountBook
from ledger.postings import CustomsStatus
from registry.api.fields import Day
from registry.models import Item, Role
from registry.navigation import REVIEWERS
from registry.parameters import refuse_unknown
from registry.rules import roles_of
from reports.reconciliation import Scope, Statement, reconcile
from reports.reconciliation.rows import StatementRow, statement_rows


class ScopeSerializer(serializers.Serializer[Any]):
    """What the statement is about: an account book by its number, and days, both included."""

    book = serializers.SlugRelatedField(slug_field="number", queryset=AccountBook.objects.none())
    from_date = Day()
    through_date = Day()
    item = serializers.SlugRelatedField(
        slug_field="code", queryset=Item.objects.select_related("unit"), required=False, allow_null=True
    )
    customs_status = serializers.ChoiceField(choices=CustomsStatus.choices, required=False, default="")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        request = self.context.get("request")
        if request is not None:
            books: Any = AccountBook.objects
            book: Any = self.fields["book"]
            book.queryset = books.visible_to(request.user).select_related("site")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["from_date"] > attrs["through_date"]:
            raise serializers.ValidationError({"through_date": _("The last day lies before the first.")})
        return attrs


class LineSerializer(serializers.Serializer[StatementRow]):
    """One line; quantities of several units are not added up and stay empty."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    quantity = serializers.DecimalField(max_digits=24, decimal_places=5, allow_null=True)
    unit = serializers.CharField()
    customs_value_cny = serializers.DecimalField(max_digits=24, decimal_places=2, allow_null=True)
    tax_cny = serializers.DecimalField(max_digits=24, decimal_places=2, allow_null=True)


class ItemStatementSerializer(serializers.Serializer[Any]):
    item = serializers.CharField()
    name = serializers.CharField()
    lines = LineSerializer(many=True)


class StatementSerializer(serializers.Serializer[Any]):
    book = serializers.CharField()
    site = serializers.CharField()
    from_date = Day()
    through_date = Day()
    is_explained = serializers.BooleanField()
    total = LineSerializer(many=True)
    items = ItemStatementSerializer(many=True)


class ReconciliationView(APIView):
    """Draw up the reconciliation statement of an account book and period."""

    readers: ClassVar[frozenset[Role]] = REVIEWERS

    @extend_schema(parameters=[ScopeSerializer], responses=StatementSerializer, operation_id="reconciliation_retrieve")
    def get(self, request: Request) -> Response:
        if not roles_of(request.user) & self.readers:
            raise exceptions.PermissionDenied(_("None of your roles may read this."))
        asked = ScopeSerializer(data=request.query_params, context={"request": request})
        refuse_unknown(request.query_params, asked.fields)
        asked.is_valid(raise_exception=True)
        given = asked.validated_data
        scope = Scope(
            given["book"], given["from_date"], given["through_date"], given.get("item"), given["customs_status"]
        )
        return Response(StatementSerializer(_told(reconcile(scope))).data)


def _told(statement: Statement) -> dict[str, Any]:
    scope = statement.scope
    by_item: dict[str, list[StatementRow]] = {}
    for row in statement_rows(statement):
        by_item.setdefault(row.item, []).append(row)
    total = by_item.pop("")
    return {
        "book": scope.book.number,
        "site": scope.book.site.code,
        "from_date": scope.from_date,
        "through_date": scope.through_date,
        "is_explained": not statement.unexplained,
        "total": total,
        "items": [{"item": code, "name": lines[0].name, "lines": lines} for code, lines in by_item.items()],
    }
