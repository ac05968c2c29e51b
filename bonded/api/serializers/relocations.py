"""Relocations as JSON. Quantities in the lot's unit."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from bonded.api.codes import DocumentCodes
from bonded.api.serializers.answers import DOCUMENT_FIELDS, Acts, DocumentSerializer, coded
from bonded.api.serializers.asked import Asked, Figure
from bonded.models import Relocation, RelocationLine
from bonded.operations.relocations import RelocationLineInput
from registry.models import User


class RelocationLineSerializer(serializers.ModelSerializer[RelocationLine]):
    lot = coded("number")
    item = serializers.CharField(source="lot.item.code", read_only=True)
    unit = serializers.CharField(source="lot.unit_id", read_only=True)
    from_place = coded()
    to_place = coded()

    class Meta:
        model = RelocationLine
        fields = ("row", "lot", "item", "unit", "from_place", "to_place", "quantity")


class RelocationRowSerializer(DocumentSerializer):
    """A relocation as a list has it: without its lines."""

    class Meta:
        model = Relocation
        fields = (*(name for name in DOCUMENT_FIELDS if name != "state"), "occurred_at", "is_reversed")


class RelocationSerializer(RelocationRowSerializer):
    acts = Acts()
    lines = RelocationLineSerializer(many=True, read_only=True)

    class Meta(RelocationRowSerializer.Meta):
        fields = (*RelocationRowSerializer.Meta.fields, "acts", "lines")


class RelocationLineAsked(Asked):
    """A quantity of a lot, in the lot's unit, from one bin to another."""

    lot = serializers.CharField(help_text=_("Number of the lot."))
    from_place = serializers.CharField(help_text=_("Code of the bin that the goods leave."))
    to_place = serializers.CharField(help_text=_("Code of the bin that they come to."))
    quantity = Figure()


class RelocationAsked(Asked):
    """A whole relocation with its lines."""

    site = serializers.CharField(help_text=_("Code of the site."))
    occurred_at = serializers.DateTimeField(required=False, help_text=_("When they were moved; left out, it is now."))
    remark = serializers.CharField(required=False, allow_blank=True, max_length=400)
    lines = RelocationLineAsked(many=True)

    def figures(self, *, user: User, at: datetime, document: Any = None) -> dict[str, Any]:
        given = {"occurred_at": at, **self.validated_data}
        lines = given["lines"]
        codes = DocumentCodes(user)
        site = codes.site(given["site"])
        lots = codes.lots(site, [line["lot"] for line in lines])
        sources = codes.places(site, [line["from_place"] for line in lines], field="from_place")
        targets = codes.places(site, [line["to_place"] for line in lines], field="to_place")
        codes.raise_if_unknown()
        given["lines"] = [
            RelocationLineInput(lot=lot, from_place=source, to_place=target, quantity=line["quantity"])
            for line, lot, source, target in zip(lines, lots, sources, targets, strict=True)
        ]
        return {**given, "site": site}
