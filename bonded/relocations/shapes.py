"""Relocations as JSON. Quantities in the lot's unit."""

from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID, uuid5

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from bonded.models import Relocation, RelocationLine
from bonded.relocations.operations import RelocationInput, RelocationLineInput, in_one_of
from documents.api.answers import DOCUMENT_FIELDS, DocumentSerializer
from documents.api.codes import DocumentCodes
from documents.api.kinds import ActsOfKind
from documents.api.requests import Figure, RequestSerializer
from registry.api.fields import Moment, coded
from registry.models import Site, User


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
    acts = ActsOfKind()
    lines = RelocationLineSerializer(many=True, read_only=True)

    class Meta(RelocationRowSerializer.Meta):
        fields = (*RelocationRowSerializer.Meta.fields, "acts", "lines")


class RelocationLineRequest(RequestSerializer):
    """A quantity of a lot, in the lot's unit, from one bin to another."""

    lot = serializers.CharField(help_text=_("Number of the lot."))
    from_place = serializers.CharField(help_text=_("Code of the bin that the goods leave."))
    to_place = serializers.CharField(help_text=_("Code of the bin that they come to."))
    quantity = Figure()


class RelocationRequest(RequestSerializer):
    """A whole relocation with its lines."""

    site = serializers.CharField(help_text=_("Code of the site."))
    occurred_at = Moment(required=False, help_text=_("When they were moved; left out, it is now."))
    remark = serializers.CharField(required=False, allow_blank=True, max_length=400)
    lines = RelocationLineRequest(many=True)

    def figures(self, *, user: User, at: datetime, document: Any = None) -> dict[str, Any]:
        given = {"occurred_at": at, **self.validated_data}
        codes = DocumentCodes(user)
        site = codes.site(given["site"])
        lines = _lines(given["lines"], codes, site)
        codes.raise_if_unknown()
        return {**given, "site": site, "lines": lines}


class RelocationInBatchRequest(RequestSerializer):
    """One relocation of a batch."""

    occurred_at = Moment(required=False, help_text=_("When they were moved; left out, it is now."))
    remark = serializers.CharField(required=False, allow_blank=True, max_length=400)
    lines = RelocationLineRequest(many=True)


class RelocationBatchRequest(RequestSerializer):
    """Many relocations of one site, entered together: all or none."""

    site = serializers.CharField(help_text=_("Code of the site."))
    relocations = RelocationInBatchRequest(many=True)

    def batch(self, *, user: User, at: datetime, request_key: UUID) -> dict[str, Any]:
        """The site and the relocations, each with a request key made of the batch's."""
        given = self.validated_data["relocations"]
        codes = DocumentCodes(user)
        site = codes.site(self.validated_data["site"])
        found = iter(_lines([line for one in given for line in one["lines"]], codes, site))
        relocations = [
            RelocationInput(
                **{
                    "occurred_at": at,
                    **one,
                    "lines": list(islice(found, len(one["lines"]))),
                    "request_key": uuid5(request_key, str(number)),
                }
            )
            for number, one in enumerate(given)
        ]
        codes.errors = [in_one_of(relocations, error) for error in codes.errors]
        codes.raise_if_unknown()
        return {"site": site, "relocations": relocations}


def _lines(given: list[Any], codes: DocumentCodes, site: Site | None) -> list[RelocationLineInput]:
    lots = codes.lots(site, [line["lot"] for line in given])
    sources = codes.places(site, [line["from_place"] for line in given], field="from_place")
    targets = codes.places(site, [line["to_place"] for line in given], field="to_place")
    return [
        RelocationLineInput(lot=lot, from_place=source, to_place=target, quantity=line["quantity"])
        for line, lot, source, target in zip(given, lots, sources, targets, strict=True)
    ]
