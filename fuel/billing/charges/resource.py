"""Charges over the API: read, and credited."""

from typing import Any

import django_filters as filters
from django.db import models
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from fuel.api.contracts import OfAirlineFilter, OfAirlineResource
from fuel.billing.charges.operations import credit_and_rebill, credit_part
from fuel.billing.charges.shapes import ChargeSerializer, CreditRequest
from fuel.models import Charge, ChargeKind
from registry.api.resources import ReadableResource
from registry.filters import CodeFilter


class ChargeFilter(OfAirlineFilter):
    kind = filters.MultipleChoiceFilter(choices=ChargeKind.choices, label=gettext_lazy("Kind"))
    ticket = CodeFilter(field_name="ticket__number", label=gettext_lazy("Number of the ticket"))
    statement = CodeFilter(field_name="lines__statement__number", label=gettext_lazy("Number of the statement"))

    class Meta:
        model = Charge
        fields = ()


class ChargeResource(OfAirlineResource, ReadableResource):
    """Amounts that airlines owe or get back, with every figure behind them; never changed, only credited."""

    model = Charge
    serializer_class = ChargeSerializer
    filterset_class = ChargeFilter

    def get_queryset(self) -> models.QuerySet[Any]:
        related = ("site", "airline", "contract", "ticket", "manual", "defuel", "airport", "destination")
        return super().get_queryset().select_related(*related).prefetch_related("lines__statement")

    @extend_schema(request=CreditRequest, responses=ChargeSerializer(many=True), filters=False)
    @action(detail=True, methods=["post"], pagination_class=None, filter_backends=[])
    def credit(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Take a charge back, in part or whole, and then charge its ticket again; answers what was made."""
        charge = self.get_object()
        self.require_may_write()
        given = self.asked(CreditRequest(data=request.data))
        right, is_rebilled = given.pop("right"), given.pop("is_rebilled")
        given |= {"charge": charge, "actor": self.user, "at": self.now}
        if right is not None:
            made = [credit_part(**given, right=right)]
        else:
            made = credit_and_rebill(**given, is_rebilled=is_rebilled)
        rows = self.get_queryset().filter(pk__in=[one.pk for one in made]).order_by("pk")
        return Response(self.get_serializer(rows, many=True).data)
