"""Settlements of goods in suspense as JSON. Quantities in the lot's unit, amounts in CNY."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from bonded.api.serializers.payments import PAYMENT_FIELDS, PayableSerializer
from bonded.models import Admission, SuspenseResolution, SuspenseWay
from customs.api.answers import ASSESSED_FIELDS, AssessedSerializer
from documents.api.answers import DOCUMENT_FIELDS, person
from documents.api.codes import DocumentCodes
from documents.api.kinds import ActsOfKind
from documents.api.requests import Figure, RequestSerializer
from ledger.queries import lots
from registry.api.fields import coded
from registry.models import User


class ResolutionRowSerializer(AssessedSerializer, PayableSerializer):
    """A settlement; the assessed figures are what is payable on short goods."""

    lot = coded("number")
    item = serializers.CharField(source="lot.item.code", read_only=True)
    unit = serializers.CharField(source="lot.unit_id", read_only=True)
    book = coded("number", allow_null=True)
    to_place = coded(allow_null=True)
    admission = coded("number", allow_null=True)
    decided_by = person()

    class Meta:
        model = SuspenseResolution
        fields: tuple[str, ...] = (
            *DOCUMENT_FIELDS,
            *("way", "lot", "item", "quantity", "unit", "book", "to_place", "admission", "reason"),
            *("decided_by", "decided_at"),
            *ASSESSED_FIELDS,
            *PAYMENT_FIELDS,
        )


class ResolutionSerializer(ResolutionRowSerializer):
    acts = ActsOfKind()

    class Meta(ResolutionRowSerializer.Meta):
        fields = (*ResolutionRowSerializer.Meta.fields, "acts")


class ResolutionRequest(RequestSerializer):
    """How a quantity of a lot in suspense is to end, and why."""

    site = serializers.CharField(help_text=_("Code of the site."))
    lot = serializers.CharField(help_text=_("Number of the lot that is in suspense."))
    way = serializers.ChoiceField(choices=SuspenseWay.choices)
    quantity = Figure()
    reason = serializers.CharField(
        required=False, allow_blank=True, default="", max_length=400, help_text=_("Why; must not be empty.")
    )
    to_place = serializers.CharField(required=False, help_text=_("Bin into which found goods are put."))
    admission = serializers.CharField(required=False, help_text=_("Number of the admission that declares over goods."))
    remark = serializers.CharField(required=False, allow_blank=True, max_length=400)

    def figures(self, *, user: User, at: datetime, document: Any = None) -> dict[str, Any]:
        given = dict(self.validated_data)
        codes = DocumentCodes(user)
        site = codes.site(given["site"])
        known = lots().visible_to(user).select_related("item__unit")
        given["lot"] = codes.one(known, given["lot"], field="lot", by="number")
        if "admission" in given:
            rows: Any = Admission.objects.visible_to(user)
            given["admission"] = codes.one(rows, given["admission"], field="admission", by="number")
        if "to_place" in given and site is not None:
            (given["to_place"],) = codes.places(site, [given["to_place"]])
        codes.raise_if_unknown()
        return {**given, "site": site}
