"""Exceptions of tickets and the limits of plausibility as JSON."""

from datetime import datetime
from typing import Any

import django_filters as filters
from django.db import models
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from documents.api.answers import person
from documents.api.codes import DocumentCodes
from documents.api.requests import Figure
from fuel.api.farm import FarmResource
from fuel.api.tank_shapes import AtSiteRequest, ChangeRequest
from fuel.filters import ExceptionStateFilter
from fuel.models import BaseTemperature, ExceptionKind, FuelLimits, TicketException
from fuel.operations.limits import change_fuel_limits, set_fuel_limits
from registry.api.fields import coded
from registry.api.resources import ReadableResource, TrackedResource
from registry.filters import CodeFilter
from registry.models import Item, User
from registry.navigation import STAFF

FIGURES = (
    *("specification", "density_base", "lowest_density", "highest_density", "lowest_celsius", "highest_celsius"),
    "largest_uplift_litres",
)


class ExceptionOfTicketSerializer(serializers.ModelSerializer[TicketException]):
    """What is exceptional of a ticket, and what explains it."""

    message = serializers.CharField(read_only=True, help_text=_("With its figures, in the language asked for."))
    explained_by = person()

    class Meta:
        model = TicketException
        fields: tuple[str, ...] = (
            *("id", "kind", "message", "words", "noted_at", "explanation", "explained_by", "explained_at"),
            "ended_at",
        )


class TicketExceptionSerializer(ExceptionOfTicketSerializer):
    ticket = coded("number")
    ticket_number = serializers.CharField(source="ticket.ticket_number", read_only=True)
    site = serializers.CharField(source="ticket.site.code", read_only=True)
    airline = serializers.CharField(source="ticket.airline.iata_code", read_only=True)
    flight_number = serializers.CharField(source="ticket.flight_number", read_only=True)
    flight_date = serializers.DateField(source="ticket.flight_date", read_only=True)

    class Meta(ExceptionOfTicketSerializer.Meta):
        fields = (
            *("ticket", "ticket_number", "site", "airline", "flight_number", "flight_date"),
            *ExceptionOfTicketSerializer.Meta.fields,
        )


class TicketExceptionFilter(filters.FilterSet):
    state = ExceptionStateFilter(label=_("State"))
    kind = filters.MultipleChoiceFilter(choices=ExceptionKind.choices, label=_("Exception"))
    site = CodeFilter(field_name="ticket__site__code", label=_("Code of the site"))
    airline = CodeFilter(field_name="ticket__airline__iata_code", label=_("IATA designator of the airline"))
    ticket = CodeFilter(field_name="ticket__number", label=_("Number of the ticket"))
    flown_from = filters.DateFilter("ticket__flight_date", lookup_expr="gte", label=_("Flights from"))
    flown_to = filters.DateFilter("ticket__flight_date", lookup_expr="lte", label=_("Flights to"))

    class Meta:
        model = TicketException
        fields = ()


class TicketExceptionResource(ReadableResource):
    """What is implausible of deliveries or does not fit, open and explained."""

    model = TicketException
    readers = STAFF
    serializer_class = TicketExceptionSerializer
    filterset_class = TicketExceptionFilter

    def get_queryset(self) -> models.QuerySet[Any]:
        rows: Any = super().get_queryset()
        related = ("ticket__site", "ticket__airline", "explained_by")
        found: models.QuerySet[Any] = rows.of_delivered().select_related(*related).order_by("-noted_at", "-pk")
        return found


class FuelLimitsSerializer(serializers.ModelSerializer[FuelLimits]):
    site = coded()
    product = coded()

    class Meta:
        model = FuelLimits
        fields = ("id", "site", "product", *FIGURES)


class LimitFigures(serializers.Serializer[Any]):
    specification = serializers.CharField(required=False, max_length=60)
    density_base = serializers.ChoiceField(choices=BaseTemperature.choices, required=False)
    lowest_density = Figure(required=False, help_text=_("kg/m³ at the base of the density."))
    highest_density = Figure(required=False)
    lowest_celsius = Figure(required=False)
    highest_celsius = Figure(required=False)
    largest_uplift_litres = Figure(required=False)


class FuelLimitsRequest(AtSiteRequest, LimitFigures):
    """Between which figures a delivery is plausible; left out, those of Jet A-1 by DEF STAN 91-091 count."""

    product = serializers.CharField(help_text=_("Code of the item."))

    def figures(self, *, user: User, at: datetime, document: Any = None) -> dict[str, Any]:
        given = super().figures(user=user, at=at, document=document)
        codes = DocumentCodes(user)
        given["product"] = codes.one(Item.objects.all(), given["product"], field="product")
        codes.raise_if_unknown()
        return given


class FuelLimitsChangeRequest(ChangeRequest, LimitFigures):
    """What is changed; what is left out stays as it is."""


class FuelLimitsFilter(filters.FilterSet):
    site = CodeFilter(field_name="site__code", label=_("Code of the site"))
    product = CodeFilter(field_name="product__code", label=_("Code of the item"))

    class Meta:
        model = FuelLimits
        fields = ()


class FuelLimitsResource(FarmResource, TrackedResource):
    """Between which figures deliveries are plausible at the sites, by product."""

    model = FuelLimits
    related = ("site", "product")
    serializer_class = FuelLimitsSerializer
    filterset_class = FuelLimitsFilter

    @extend_schema(request=FuelLimitsRequest, responses={201: FuelLimitsSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Set the limits of a product at a site."""
        return self.enter(set_fuel_limits, FuelLimitsRequest)

    @extend_schema(request=FuelLimitsChangeRequest)
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change the limits of a product at a site."""
        return self.amend(change_fuel_limits, FuelLimitsChangeRequest, argument="limits")
