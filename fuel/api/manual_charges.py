"""Manual charges over the API: asked for by one person, charged when another approves."""

from datetime import datetime
from typing import Any

import django_filters as filters
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from documents.api.answers import DOCUMENT_FIELDS, DocumentSerializer, person
from documents.api.asked import Asked, Figure, ReasonAsked
from documents.api.codes import DocumentCodes
from documents.api.documents import act
from documents.api.filters import CodeFilter, DocumentFilter
from fuel.api.documents import DocumentResource, FuelActs
from fuel.models import FuelContract, ManualCharge, ManualChargeState
from fuel.operations import manual_charges
from fuel.operations.manual_charges import ManualChargeDetails
from registry.api.fields import Day, coded
from registry.models import User


class ManualChargeRowSerializer(DocumentSerializer):
    """What is charged by hand, or, below zero, given back: in the contract's currency, for a period."""

    contract = coded("number")
    airline = serializers.CharField(source="contract.airline.iata_code", read_only=True)
    total_amount = serializers.DecimalField(max_digits=18, decimal_places=2, read_only=True)
    decided_by = person()

    class Meta:
        model = ManualCharge
        fields: tuple[str, ...] = (
            *DOCUMENT_FIELDS,
            *("contract", "airline", "from_date", "through_date", "description", "reason"),
            *("net_amount", "vat_rate", "vat_amount", "total_amount", "currency", "decided_by", "decided_at"),
        )


class ManualChargeSerializer(ManualChargeRowSerializer):
    acts = FuelActs()

    class Meta(ManualChargeRowSerializer.Meta):
        fields = (*ManualChargeRowSerializer.Meta.fields, "acts")


class ManualChargeAsked(Asked):
    """What is charged by hand. The contract says to whom, where, in which currency and when it is due."""

    echoed = frozenset(ManualChargeSerializer.Meta.fields)

    contract = serializers.CharField(help_text=_("Number of the contract."))
    from_date = Day()
    through_date = Day()
    description = serializers.CharField(max_length=120, help_text=_("As the line of the statement says it."))
    reason = serializers.CharField(max_length=400)
    net_amount = Figure(help_text=_("In the currency of the contract; below zero it is given back."))
    vat_rate = Figure(required=False, help_text=_("As a fraction."))
    remark = serializers.CharField(required=False, allow_blank=True, max_length=400)

    def figures(self, *, user: User, at: datetime, document: Any = None) -> dict[str, Any]:
        given = dict(self.validated_data)
        codes = DocumentCodes(user)
        contracts = FuelContract.objects.visible_to(user).select_related("site__zone", "airline", "airport", "index")
        given["contract"] = codes.one(contracts, given["contract"], field="contract", by="number")
        codes.raise_if_unknown()
        return {"details": ManualChargeDetails(**given)}


class ManualChargeFilter(DocumentFilter):
    state = filters.MultipleChoiceFilter(choices=ManualChargeState.choices, label=_("State"))
    airline = CodeFilter(field_name="contract__airline__iata_code", label=_("IATA designator of the airline"))
    contract = CodeFilter(field_name="contract__number", label=_("Contract number"))

    class Meta:
        model = ManualCharge
        fields = ()


class ManualChargeResource(DocumentResource):
    """What is charged to airlines, or given back, by hand. What is charged is found, and credited, under /charges/."""

    model = ManualCharge
    argument = "manual_charge"
    serializer_class = ManualChargeSerializer
    row_class = ManualChargeRowSerializer
    filterset_class = ManualChargeFilter
    related = ("site", "prepared_by", "decided_by", "contract__airline")

    @extend_schema(request=ManualChargeAsked, responses={201: ManualChargeSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Ask for a manual charge; nothing is charged before somebody else approves."""
        return self.enter(manual_charges.ask_for_manual_charge, ManualChargeAsked)

    @extend_schema(request=ManualChargeAsked)
    def update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Say a returned manual charge anew."""
        return self.amend(manual_charges.amend_manual_charge, ManualChargeAsked, partly=False)

    @extend_schema(request=ManualChargeAsked(partial=True))
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Say some of a returned manual charge anew."""
        return self.amend(manual_charges.amend_manual_charge, ManualChargeAsked, partly=True)

    approve = act("approve", manual_charges.approve_manual_charge)
    send_back = act("send_back", manual_charges.return_manual_charge, ReasonAsked, path="return")
    void = act("void", manual_charges.void_manual_charge, ReasonAsked)
