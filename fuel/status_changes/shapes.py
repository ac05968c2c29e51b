"""Status changes as JSON. Masses in kg, amounts in CNY."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from customs.api.answers import ASSESSED_FIELDS, AssessedSerializer
from documents.api.answers import DOCUMENT_FIELDS, DocumentSerializer, person
from documents.api.codes import DocumentCodes
from documents.api.kinds import ActsOfKind
from documents.api.requests import Figure, RequestSerializer, site_of
from fuel.api.named_tanks import tanks_at
from fuel.models import StatusChange, StatusChangeLot
from fuel.status_changes.operations import StatusChangeDetails
from registry.api.fields import Moment, coded
from registry.models import User


class StatusChangeLotSerializer(AssessedSerializer):
    """What of one bonded lot was cleared, at which rates, and the duty-paid lot that it became."""

    lot = coded("number")
    new_lot = coded("number")

    class Meta:
        model = StatusChangeLot
        fields = ("row", "lot", "new_lot", "mass_kg", *ASSESSED_FIELDS)


class StatusChangeRowSerializer(DocumentSerializer):
    """A status change as a list has it: without its lots. Without `to_tank` the fuel stayed in its tank."""

    from_tank = serializers.CharField(source="from_tank.code", read_only=True)
    to_tank = serializers.CharField(source="to_tank.code", read_only=True, allow_null=True, default=None)
    accepted_by = person()
    tax_cny = serializers.DecimalField(max_digits=18, decimal_places=2, read_only=True)

    class Meta:
        model = StatusChange
        fields: tuple[str, ...] = (
            *DOCUMENT_FIELDS,
            "from_tank",
            "to_tank",
            "mass_kg",
            "reference",
            "changed_at",
            "rates_date",
            "customs_value_cny",
            "duty_cny",
            "consumption_tax_cny",
            "vat_cny",
            "tax_cny",
            "accepted_by",
            "accepted_at",
            "is_entered_for_customs",
            "is_reversed",
        )


class StatusChangeSerializer(StatusChangeRowSerializer):
    acts = ActsOfKind()
    lots = StatusChangeLotSerializer(many=True, read_only=True)

    class Meta(StatusChangeRowSerializer.Meta):
        fields = (*StatusChangeRowSerializer.Meta.fields, "acts", "lots")


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "In its tank",
            summary="Fuel that stays in a tank whose duty statuses are kept by book",
            request_only=True,
            value={
                "site": "URC-FUEL",
                "from_tank": "T-101",
                "mass_kg": "25000",
                "reference": "940120261000000017",
                "changed_at": "2026-11-24T10:00:00+08:00",
            },
        )
    ]
)
class StatusChangeRequest(RequestSerializer):
    """Bonded fuel in a tank that a paid domestic declaration clears, the oldest consignment first.

    Changing one, the site stays as it is.
    """

    echoed = frozenset(StatusChangeSerializer.Meta.fields)

    site = serializers.CharField(help_text=_("Code of the site."))
    from_tank = serializers.CharField(help_text=_("Code of the tank at the site."))
    to_tank = serializers.CharField(
        required=False, allow_null=True, help_text=_("Where duty statuses are kept apart, a tank for duty-paid fuel.")
    )
    mass_kg = Figure()
    reference = serializers.CharField(max_length=40, help_text=_("Number of the paid domestic declaration."))
    changed_at = Moment(required=False, help_text=_("The rates of this day count. Left out, it is now."))
    remark = serializers.CharField(required=False, allow_blank=True, max_length=400)

    def figures(self, *, user: User, at: datetime, document: Any = None) -> dict[str, Any]:
        given = {"changed_at": at, **self.validated_data}
        codes = DocumentCodes(user)
        tanks = tanks_at(site_of(given.pop("site"), codes, document))
        for field in ("from_tank", "to_tank"):
            code = given.get(field)
            given[field] = codes.one(tanks, code, field=field, by="tank_code") if code else None
        codes.raise_if_unknown()
        return {"details": StatusChangeDetails(**given)} if document else given
