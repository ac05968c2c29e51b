"""Fuel contracts and payments; an airline reads its own, a supervisor of the site writes."""

import copy
from typing import Any

import django_filters as filters
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from documents.api.requests import RequestSerializer
from fuel.api import contract_shapes as shapes
from fuel.models import FuelContract, FuelPayment
from fuel.operations.contracts import end_contract, open_contract, record_payment
from registry.api.resources import ReadableResource, Resource, TrackedResource
from registry.api.serializers import HistoryEntrySerializer
from registry.filters import CodeFilter
from registry.models import Role, Site
from registry.navigation import READERS_OF_TICKETS, STAFF


class OfAirlineFilter(filters.FilterSet):
    site = CodeFilter(field_name="site__code", label=gettext_lazy("Code of the site"))
    airline = CodeFilter(field_name="airline__iata_code", label=gettext_lazy("IATA designator of the airline"))


class ContractFilter(OfAirlineFilter):
    airport = CodeFilter(field_name="airport__iata_code", label=gettext_lazy("IATA code of the airport"))
    index = CodeFilter(field_name="index__code", label=gettext_lazy("Code of the price index"))
    number = CodeFilter(field_name="number", label=gettext_lazy("Contract number"))
    in_force_on = filters.DateFilter(method="only_in_force", label=gettext_lazy("In force on this day"))

    class Meta:
        model = FuelContract
        fields = ()

    def only_in_force(self, rows: models.QuerySet[Any], _name: str, day: Any) -> models.QuerySet[Any]:
        return rows.filter(Q(valid_to_date__isnull=True) | Q(valid_to_date__gte=day), valid_from_date__lte=day)


class PaymentFilter(OfAirlineFilter):
    currency = CodeFilter(field_name="currency", label=gettext_lazy("Currency (ISO 4217)"))
    reference = CodeFilter(field_name="reference", label=gettext_lazy("Reference of the bank"))
    received_from = filters.DateFilter(
        "received_date", lookup_expr="gte", label=gettext_lazy("Received on this day or later")
    )
    received_through = filters.DateFilter(
        "received_date", lookup_expr="lte", label=gettext_lazy("Received on this day or earlier")
    )

    class Meta:
        model = FuelPayment
        fields = ()


class OfAirlineResource(Resource):
    """Rows between a site and an airline: read by both, written by the site's supervisors."""

    readers = READERS_OF_TICKETS

    @property
    def is_of_the_zone(self) -> bool:
        return bool(getattr(self, "swagger_fake_view", False) or self.roles & STAFF)

    def require_may_write(self) -> None:
        """Who supervises nothing anywhere hears so before the figures are looked at."""
        if Role.SUPERVISOR not in self.roles:
            raise exceptions.PermissionDenied(_("Only a supervisor keeps the accounts of airlines."))

    def asked(self, shape: RequestSerializer, *, document: Any = None) -> dict[str, Any]:
        shape.is_valid(raise_exception=True)
        return shape.figures(user=self.user, at=self.now, document=document)


def parted(asked: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The figures of a contract, and what is said of the change itself."""
    of_a_change: dict[str, Any] = {name: asked.pop(name) for name in ("reason", "seen_history_id") if name in asked}
    return asked, of_a_change


class ContractResource(OfAirlineResource, TrackedResource):
    """What an airline pays at an airport, from a day to another."""

    model = FuelContract
    serializer_class = shapes.ContractSerializer
    filterset_class = ContractFilter

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().select_related("site", "airline", "airport", "index")

    def answer(self, contract: FuelContract, *, code: int = status.HTTP_200_OK) -> Response:
        return Response(self.get_serializer(self.get_queryset().get(pk=contract.pk)).data, status=code)

    @extend_schema(request=shapes.ContractRequest, responses={201: shapes.ContractSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Enter a contract; the contracts of an airline at an airport do not overlap."""
        self.require_may_write()
        given, of_a_change = parted(self.asked(shapes.ContractRequest(data=request.data)))
        contract = open_contract(contract=FuelContract(**given), actor=self.user, at=self.now, **of_a_change)
        return self.answer(contract, code=status.HTTP_201_CREATED)

    @extend_schema(request=shapes.ContractRequest(partial=True), responses=shapes.ContractSerializer)
    @transaction.atomic
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Correct a contract that has charged nothing yet; one that has is ended, and another entered."""
        found = self.get_object()
        self.require_may_write()
        # In the order of the operation: the site, then the contract.
        Site.objects.select_for_update(no_key=True, of=("self",)).get(pk=found.site_id)
        contract = self.locked_object()
        asked = self.asked(shapes.ContractRequest(data=request.data, partial=True), document=contract)
        given, of_a_change = parted(asked)
        changed = copy.copy(contract)
        for name, figure in given.items():
            setattr(changed, name, figure)
        return self.answer(open_contract(contract=changed, actor=self.user, at=self.now, **of_a_change))

    @extend_schema(request=shapes.ContractEndRequest)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """End a contract on a day, which is its last."""
        contract = self.get_object()
        self.require_may_write()
        given = self.asked(shapes.ContractEndRequest(data=request.data))
        return self.answer(end_contract(contract=contract, actor=self.user, at=self.now, **given))

    @extend_schema(responses=HistoryEntrySerializer(many=True), filters=False)
    @action(detail=True, pagination_class=None, filter_backends=[])
    def history(self, request: Request, *args: Any, **kwargs: Any) -> Response:  # type: ignore[override]
        """Tell the life of one contract, newest first; for the people of the zone."""
        if not self.is_of_the_zone:
            raise exceptions.PermissionDenied(_("None of your roles may read this."))
        return self.told_life()


class PaymentResource(OfAirlineResource, ReadableResource):
    """Money that came from airlines; a wrong one is taken off by another below zero."""

    model = FuelPayment
    serializer_class = shapes.PaymentOfZoneSerializer
    filterset_class = PaymentFilter

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Any]]:
        return super().get_serializer_class() if self.is_of_the_zone else shapes.PaymentSerializer

    def get_queryset(self) -> models.QuerySet[Any]:
        rows = super().get_queryset().select_related("site", "airline", "recorded_by")
        return rows.prefetch_related("statements__statement")

    @extend_schema(request=shapes.PaymentRequest, responses={201: shapes.PaymentOfZoneSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Record money that came from an airline; the same reference comes once."""
        self.require_may_write()
        given = self.asked(shapes.PaymentRequest(data=request.data))
        payment = record_payment(**given, actor=self.user, at=self.now)
        whole = self.get_queryset().get(pk=payment.pk)
        return Response(self.get_serializer(whole).data, status=status.HTTP_201_CREATED)
