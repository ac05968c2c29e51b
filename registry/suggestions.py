"""Codes offered while somebody types one: what `CodeField` asks for."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Case, Q, When
from django.http import HttpRequest, HttpResponse, JsonResponse

from registry.pages import Page
from registry.parameters import refuse_unknown

MOST = 20


class SuggestPage(Page):
    """Answer `?q=` with rows whose code begins with it, then those whose words contain it."""

    model: type[models.Model]
    code_field = "code"
    name_fields: ClassVar[tuple[str, ...]] = ("name",)
    # What the address may carry beside `q`.
    parameters: ClassVar[frozenset[str]] = frozenset()

    def queryset(self) -> models.QuerySet[Any]:
        return self.model._default_manager.visible_to(self.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        refuse_unknown(request.GET, {"q", *self.parameters})
        asked = request.GET.get("q", "").strip()
        by_code = Q(**{f"{self.code_field}__istartswith": asked})
        by_name = Q(*((f"{name}__icontains", asked) for name in self.name_fields), _connector=Q.OR)
        rows = (
            self.queryset()
            .filter(by_code | by_name)
            .order_by(Case(When(by_code, then=0), default=1), self.code_field, "pk")[:MOST]
        )
        return JsonResponse({"results": [self.result(row) for row in rows]})

    def result(self, row: Any) -> dict[str, str]:
        return {"code": getattr(row, self.code_field), "name": getattr(row, self.name_fields[0])}
