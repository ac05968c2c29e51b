"""What prices are made of, and who is relieved of what: read by the zone's people, kept by administrators."""

from typing import Any

import django_filters as filters
from django.db import models
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from fuel.api import price_shapes as shapes
from fuel.billing.charges.shapes import ChargeSerializer, MisquotedSerializer, RebillRequest
from fuel.filters import PriceIndexFilter
from fuel.models import CarrierNationality, Charge, DutyPaidPrice, FlightType, IndexQuote, PriceIndex, ReliefRule
from fuel.operations.contracts import counted, keep_price_index, preview_quotes, publish_quotes
from fuel.operations.quote_corrections import misquoted, rebill_misquoted, sites_of_other_price
from registry.api.resources import RegisterResource
from registry.filters import CodeFilter
from registry.models import Role
from registry.navigation import KEEPERS_OF_MASTER_DATA


class IndexQuoteFilter(filters.FilterSet):
    index = CodeFilter(field_name="index__code", label=_("Code of the price index"))
    quoted_from = filters.DateFilter("quoted_date", lookup_expr="gte", label=_("Quoted on this day or later"))
    quoted_through = filters.DateFilter("quoted_date", lookup_expr="lte", label=_("Quoted on this day or earlier"))

    class Meta:
        model = IndexQuote
        fields = ()


class DutyPaidPriceFilter(filters.FilterSet):
    airport = CodeFilter(field_name="airport__iata_code", label=_("IATA code of the airport"))

    class Meta:
        model = DutyPaidPrice
        fields = ()


class ReliefRuleFilter(filters.FilterSet):
    airport = CodeFilter(field_name="airport__iata_code", label=_("IATA code of the airport"))
    nationality = filters.ChoiceFilter(choices=CarrierNationality.choices, label=_("Carrier"))
    flight_type = filters.ChoiceFilter(choices=FlightType.choices, label=_("Kind of flight"))

    class Meta:
        model = ReliefRule
        fields = ()


class PriceIndexResource(RegisterResource):
    """Published prices of jet fuel."""

    model = PriceIndex
    readers = KEEPERS_OF_MASTER_DATA
    serializer_class = shapes.PriceIndexSerializer
    filterset_class = PriceIndexFilter

    def change(self, row: Any, serializer: serializers.BaseSerializer[Any]) -> Any:
        of_a_change = {name: serializer.validated_data.get(name) for name in ("reason", "seen_history_id")}
        of_a_change["reason"] = of_a_change["reason"] or ""
        return keep_price_index(index=row, actor=self.user, at=self.now, **of_a_change)


class IndexQuoteResource(RegisterResource):
    """Price indices by day; one that was published wrong is corrected, and its history tells so."""

    model = IndexQuote
    readers = KEEPERS_OF_MASTER_DATA
    serializer_class = shapes.IndexQuoteSerializer
    filterset_class = IndexQuoteFilter

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().select_related("index")

    @extend_schema(request=shapes.QuotesRequest, responses=shapes.PublishedSerializer, filters=False)
    @action(detail=False, methods=["post"], pagination_class=None, filter_backends=[])
    def publish(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Take in many quotes, all or none; one of a day that has one corrects it, the same again changes nothing."""
        self.require_may_write()
        asked = shapes.QuotesRequest(data=request.data)
        asked.is_valid(raise_exception=True)
        rows = asked.rows()
        if asked.validated_data["is_trial"]:
            loaded = counted(preview_quotes(rows=rows, at=self.now))
        else:
            loaded = publish_quotes(rows=rows, actor=self.user, at=self.now)
        return Response(shapes.PublishedSerializer(loaded).data)

    @extend_schema(responses=MisquotedSerializer(many=True), filters=False)
    @action(detail=True, url_path="charges", url_name="charges", pagination_class=None, filter_backends=[])
    def read_charges(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Read the charges that stand and were reckoned from another price of the day, at the sites that you see."""
        quote = self.get_object()
        found = [
            one
            for site in sites_of_other_price(quote, self.user)
            for one in misquoted(quote=quote, site=site, at=self.now)
        ]
        return Response(MisquotedSerializer(found, many=True).data)

    @extend_schema(request=RebillRequest, responses=ChargeSerializer(many=True), filters=False)
    @action(detail=True, methods=["post"], pagination_class=None, filter_backends=[])
    def rebill(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Credit all these charges of a site and charge them again; answers what was made, credits first."""
        quote = self.get_object()
        if Role.SUPERVISOR not in self.roles:
            raise exceptions.PermissionDenied(_("None of your roles may do this."))
        asked = RebillRequest(data=request.data)
        asked.is_valid(raise_exception=True)
        made = rebill_misquoted(quote=quote, actor=self.user, at=self.now, **asked.figures(user=self.user, at=self.now))
        related = ("site", "airline", "contract", "ticket", "defuel", "airport", "destination")
        rows = Charge.objects.filter(pk__in=[one.pk for one in made]).select_related(*related)
        return Response(ChargeSerializer(rows.prefetch_related("lines__statement").order_by("pk"), many=True).data)


class DutyPaidPriceResource(RegisterResource):
    """What a tonne of duty-paid jet fuel costs at an airport, from a day on."""

    model = DutyPaidPrice
    readers = KEEPERS_OF_MASTER_DATA
    serializer_class = shapes.DutyPaidPriceSerializer
    filterset_class = DutyPaidPriceFilter

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().select_related("airport")


class ReliefRuleResource(RegisterResource):
    """What a flight is relieved of, by the carrier's nationality and the kind of flight; whoever holds a role reads."""

    model = ReliefRule
    serializer_class = shapes.ReliefRuleSerializer
    filterset_class = ReliefRuleFilter

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().select_related("airport")
