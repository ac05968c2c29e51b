"""Stock counts as JSON. Quantities in the item's unit; what the ledger holds stays hidden until all have counted."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from bonded.api.serializers.payments import PAYMENT_FIELDS, PayableSerializer
from bonded.models import StockCount, StockCountLine, StockCountState, StockVariance
from bonded.stock_counts.model import BLIND
from bonded.stock_counts.operations import CountedLine
from customs.api.answers import ASSESSED_FIELDS, AssessedSerializer
from customs.api.codes import BookCodes
from documents.api.answers import DOCUMENT_FIELDS, person
from documents.api.kinds import ActsOfKind
from documents.api.requests import Figure, RequestSerializer, site_of
from registry.api.fields import Moment, coded
from registry.models import User


class StockVarianceSerializer(AssessedSerializer):
    """A shortage (minus) or overage (plus), gross, and the tax payable on a shortage."""

    lot = coded("number", allow_null=True)

    class Meta:
        model = StockVariance
        fields = ("lot", "quantity", *ASSESSED_FIELDS)


class StockCountLineSerializer(serializers.ModelSerializer[StockCountLine]):
    place = coded()
    item = coded()
    unit = serializers.CharField(source="item.unit_id", read_only=True)
    needs_recount = serializers.SerializerMethodField(help_text=_("Whether the second count has to name this line."))
    counted_by = person()
    recounted_by = person()
    variances = StockVarianceSerializer(many=True, read_only=True)

    class Meta:
        model = StockCountLine
        fields = (
            "row",
            "place",
            "item",
            "unit",
            "needs_recount",
            "expected_quantity",
            "counted_quantity",
            "counted_by",
            "recounted_quantity",
            "recounted_by",
            "variances",
        )
        extra_kwargs = {
            "expected_quantity": {"allow_null": True, "help_text": _("Null until everybody has counted.")},
            "counted_quantity": {"help_text": _("Null until everybody has counted.")},
        }

    def get_needs_recount(self, line: StockCountLine) -> bool:
        return line.stock_count.state == StockCountState.COUNTED and line.counted_quantity != line.expected_quantity

    def to_representation(self, instance: StockCountLine) -> Any:
        told = super().to_representation(instance)
        if instance.stock_count.state in BLIND:
            told |= {"expected_quantity": None, "counted_quantity": None}
        return told


class StockCountRowSerializer(PayableSerializer):
    """A stock count as a list has it: without its lines."""

    book = coded("number")
    approved_by = person()

    class Meta:
        model = StockCount
        fields: tuple[str, ...] = (
            *DOCUMENT_FIELDS,
            *("book", "counted_as_of", "approved_by", "approved_at"),
            *PAYMENT_FIELDS,
        )


class StockCountSerializer(StockCountRowSerializer):
    acts = ActsOfKind()
    lines = StockCountLineSerializer(many=True, read_only=True)

    class Meta(StockCountRowSerializer.Meta):
        fields = (*StockCountRowSerializer.Meta.fields, "acts", "lines")


class StockCountRequest(RequestSerializer):
    """The bins of which sheets are drawn up."""

    site = serializers.CharField(help_text=_("Code of the site."))
    book = serializers.CharField(help_text=_("Number of the account book."))
    places = serializers.ListField(child=serializers.CharField(), help_text=_("Codes of the bins."))
    counted_as_of = Moment(required=False, help_text=_("The moment whose stock is counted; left out, it is now."))
    remark = serializers.CharField(required=False, allow_blank=True, max_length=400)

    def figures(self, *, user: User, at: datetime, document: Any = None) -> dict[str, Any]:
        given = {"counted_as_of": at, **self.validated_data}
        codes = BookCodes(user)
        site = site_of(given["site"], codes, document)
        given |= {
            "site": site,
            "book": codes.book(given["book"]),
            "places": codes.places(site, given["places"], field="places"),
        }
        codes.raise_if_unknown()
        return given


class CountedLineRequest(RequestSerializer):
    """What somebody found of an item in a bin, in the item's unit."""

    place = serializers.CharField(help_text=_("Code of the bin."))
    item = serializers.CharField(help_text=_("Item number, in the zone of the site."))
    quantity = Figure(help_text=_("What was found; 0 when there was none."))


class CountsRequest(RequestSerializer):
    """The figures of one count of the sheets."""

    counts = CountedLineRequest(many=True)

    def figures(self, *, user: User, at: datetime, document: Any = None) -> dict[str, Any]:
        rows = self.validated_data["counts"]
        codes = BookCodes(user)
        places = codes.places(document.site, [row["place"] for row in rows])
        items = codes.items(document.site, [row["item"] for row in rows])
        codes.raise_if_unknown()
        counts = [
            CountedLine(place=place, item=item, quantity=row["quantity"])
            for row, place, item in zip(rows, places, items, strict=True)
        ]
        return {"counts": counts}
