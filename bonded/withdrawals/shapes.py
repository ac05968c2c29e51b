"""Withdrawals as JSON. Quantities in the item's unit, masses in kg, amounts in CNY."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from bonded.api.serializers.payments import PAYMENT_FIELDS, PayableSerializer
from bonded.models import Withdrawal, WithdrawalLine, WithdrawalPick, WithdrawalPurpose
from bonded.withdrawals.operations.withdrawals import WithdrawalLineInput
from customs.api.answers import ASSESSED_FIELDS, AssessedSerializer
from customs.api.requests import DraftRequest
from customs.models import LotIdentification
from documents.api.answers import DOCUMENT_FIELDS, person
from documents.api.codes import DocumentCodes
from documents.api.kinds import ActsOfKind
from documents.api.requests import Figure, RequestSerializer, without_unit
from ledger.expiry import is_expired_now
from registry.api.fields import Moment, coded
from registry.models import Site, User


class IsExpired(serializers.BooleanField):
    """Whether the lot of a line or pick is past its date today."""

    def __init__(self, **kwargs: Any) -> None:
        help_text = _("Whether its lot is past its date today; null without a lot.")
        super().__init__(**{"source": "*", "read_only": True, "allow_null": True, "help_text": help_text, **kwargs})

    def to_representation(self, value: Any) -> bool | None:  # type: ignore[override]
        return None if value.lot is None else is_expired_now(value.lot.expiry_date)


class WithdrawalPickSerializer(AssessedSerializer):
    """What is taken of one lot in one bin. `released_*` ceases to be suspended; the others are payable."""

    lot = coded("number")
    expiry_date = serializers.DateField(source="lot.expiry_date", read_only=True, allow_null=True)
    is_expired = IsExpired()
    place = coded()
    released_tax_cny = serializers.DecimalField(max_digits=18, decimal_places=2, read_only=True)

    class Meta:
        model = WithdrawalPick
        fields = (
            "lot",
            "expiry_date",
            "is_expired",
            "place",
            "quantity",
            "net_mass_kg",
            "released_value_cny",
            "released_duty_cny",
            "released_consumption_tax_cny",
            "released_vat_cny",
            "released_tax_cny",
            *ASSESSED_FIELDS,
        )


class WithdrawalLineSerializer(serializers.ModelSerializer[WithdrawalLine]):
    item = coded()
    unit = serializers.CharField(source="item.unit_id", read_only=True)
    lot = coded("number", allow_null=True)
    is_expired = IsExpired()
    picks = WithdrawalPickSerializer(many=True, read_only=True)

    class Meta:
        model = WithdrawalLine
        fields = ("row", "item", "unit", "quantity", "identification", "lot", "is_expired", "picks")


class WithdrawalRowSerializer(PayableSerializer):
    """A withdrawal as a list has it: without its lines."""

    book = coded("number")
    owner = coded()
    accepted_by = person()
    picked_by = person()
    released_by = person()

    class Meta:
        model = Withdrawal
        fields: tuple[str, ...] = (
            *DOCUMENT_FIELDS,
            "purpose",
            "book",
            "owner",
            "destination",
            "declaration_number",
            "certificate_number",
            "vehicle",
            "submitted_at",
            "accepted_by",
            "accepted_at",
            "picked_by",
            "picked_at",
            "passed_at",
            *PAYMENT_FIELDS,
            "released_by",
            "released_at",
            "discharged_at",
        )


class WithdrawalSerializer(WithdrawalRowSerializer):
    acts = ActsOfKind()
    lines = WithdrawalLineSerializer(many=True, read_only=True)

    class Meta(WithdrawalRowSerializer.Meta):
        fields = (*WithdrawalRowSerializer.Meta.fields, "acts", "lines")


class WithdrawalLineRequest(RequestSerializer):
    """How much of one item is to leave, and which lots."""

    echoed = frozenset(WithdrawalLineSerializer.Meta.fields)

    item = serializers.CharField(help_text=_("Item number, in the zone of the site."))
    quantity = Figure()
    unit = serializers.CharField(required=False, help_text=_("Code of the item's unit; any other is refused."))
    identification = serializers.ChoiceField(
        choices=LotIdentification.choices,
        required=False,
        allow_blank=True,
        help_text=_("Which lot leaves first; left out, as the regime of the site has it."),
    )
    lot = serializers.CharField(
        required=False, allow_null=True, allow_blank=True, help_text=_("Number of the lot that is to leave.")
    )


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "Domestic sale",
            summary="A domestic sale; the regime says which lots leave",
            request_only=True,
            value={
                "site": "HRS",
                "book": "T9401W000001",
                "owner": "SILKROAD",
                "purpose": "domestic_sale",
                "declaration_number": "940120261000000456",
                "lines": [{"item": "PISTACHIO", "quantity": "5000"}],
            },
        ),
        OpenApiExample(
            "Re-export",
            summary="A re-export of one named lot",
            request_only=True,
            value={
                "site": "HRS",
                "book": "T9401W000001",
                "owner": "SILKROAD",
                "purpose": "re_export",
                "destination": "KZ",
                "lines": [{"item": "PISTACHIO", "quantity": "1500", "lot": "HRS-ADM-2026-000001-01"}],
            },
        ),
    ]
)
class WithdrawalRequest(DraftRequest):
    """A whole withdrawal with its lines."""

    echoed = frozenset(WithdrawalSerializer.Meta.fields)

    purpose = serializers.ChoiceField(choices=WithdrawalPurpose.choices)
    destination = serializers.CharField(
        required=False, allow_blank=True, max_length=2, help_text=_("ISO 3166; a re-export needs it.")
    )
    declaration_number = serializers.CharField(required=False, allow_blank=True, max_length=40)
    certificate_number = serializers.CharField(
        required=False, allow_blank=True, max_length=40, help_text=_("A destruction needs it.")
    )
    vehicle = serializers.CharField(required=False, allow_blank=True, max_length=60)
    lines = WithdrawalLineRequest(many=True)

    def lines_of(
        self, given: list[dict[str, Any]], codes: DocumentCodes, site: Site | None
    ) -> list[WithdrawalLineInput]:
        items = codes.items_in_unit(site, given)
        named = codes.lots(site, [line.get("lot") for line in given])
        return [
            WithdrawalLineInput(**{**without_unit(line), "item": item, "lot": lot})
            for line, item, lot in zip(given, items, named, strict=True)
        ]


class PassRequest(RequestSerializer):
    """When the goods left through the gate."""

    passed_at = Moment(required=False, help_text=_("Left out, it is now."))
    vehicle = serializers.CharField(required=False, allow_blank=True, max_length=60)

    def figures(self, *, user: User, at: datetime, document: Any = None) -> dict[str, Any]:
        return {"passed_at": at, **self.validated_data}
