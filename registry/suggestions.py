"""Codes offered while somebody types one: what `CodeField` asks for."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Case, Q, When
from django.http import HttpRequest, HttpResponse, JsonResponse

from registry.pages import Page
from registry.parameters import refuse_unknown
from registry.rules import visible_rows

MOST = 20


class SuggestPage(Page):
    """Answer `?q=` with the row that has this code, then those whose code begins so, then those whose words contain it.

    Declare in `other_codes` what else is a code of the row, such as the barcode on its sign.
    """

    model: type[models.Model]
    code_field = "code"
    other_codes: ClassVar[tuple[str, ...]] = ()
    name_fields: ClassVar[tuple[str, ...]] = ("name",)
    # What the address may carry beside `q`.
    parameters: ClassVar[frozenset[str]] = frozenset()

    def queryset(self) -> models.QuerySet[Any]:
        return visible_rows(self.model, self.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        refuse_unknown(request.GET, {"q", *self.parameters})
        asked = request.GET.get("q", "").strip()
        is_code = self._any(self.code_field, *self.other_codes, lookup="iexact", asked=asked)
        by_code = self._any(self.code_field, *self.other_codes, lookup="istartswith", asked=asked)
        by_name = self._any(*self.name_fields, *self.other_codes, lookup="icontains", asked=asked)
        rows = (
            self.queryset()
            .filter(by_code | by_name)
            .order_by(Case(When(is_code, then=0), When(by_code, then=1), default=2), self.code_field, "pk")[:MOST]
        )
        return JsonResponse({"results": [self.result(row) for row in rows]})

    def _any(self, *names: str, lookup: str, asked: str) -> Q:
        return Q(*((f"{name}__{lookup}", asked) for name in names), _connector=Q.OR)

    def result(self, row: Any) -> dict[str, str]:
        return {"code": getattr(row, self.code_field), "name": getattr(row, self.name_fields[0])}
