"""Manual charges as JSON. Amounts in the currency of the contract."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from documents.api.answers import DOCUMENT_FIELDS, DocumentSerializer, person
from documents.api.codes import DocumentCodes
from documents.api.kinds import ActsOfKind
from documents.api.requests import Figure, RequestSerializer
from fuel.billing.manual_charges.operations import ManualChargeDetails
from fuel.models import FuelContract, ManualCharge
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
    acts = ActsOfKind()

    class Meta(ManualChargeRowSerializer.Meta):
        fields = (*ManualChargeRowSerializer.Meta.fields, "acts")


class ManualChargeRequest(RequestSerializer):
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
