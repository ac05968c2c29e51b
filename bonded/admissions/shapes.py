"""Admissions as JSON. Quantities in the item's unit, masses in kg, prices in `currency`, assessed figures in CNY."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from bonded.admissions.operations.admissions import AdmissionLineInput
from bonded.admissions.operations.receiving import CountInput, UndeclaredInput
from bonded.models import Admission, AdmissionLine, AdmissionSource, CountedGoods, DeliveryTerms, UndeclaredGoods
from customs.api.answers import ASSESSED_FIELDS, AssessedSerializer
from customs.api.requests import DraftRequest
from documents.api.answers import DOCUMENT_FIELDS, DocumentSerializer, person
from documents.api.codes import DocumentCodes
from documents.api.kinds import ActsOfKind
from documents.api.requests import Figure, RequestSerializer, without_unit
from registry.api.fields import Day, Moment, coded
from registry.errors import FieldError
from registry.models import Site, User


class CountedGoodsSerializer(serializers.ModelSerializer[CountedGoods]):
    place = coded()

    class Meta:
        model = CountedGoods
        fields = ("place", "quantity")


class UndeclaredGoodsSerializer(serializers.ModelSerializer[UndeclaredGoods]):
    """What came with the admission and stands on no line of it; it lies in suspense as a lot of its own."""

    item = coded()
    unit = serializers.CharField(source="item.unit_id", read_only=True)
    place = coded()
    lot = coded("number")

    class Meta:
        model = UndeclaredGoods
        fields = ("row", "item", "unit", "quantity", "place", "description", "lot")


class AdmissionLineSerializer(AssessedSerializer):
    item = coded()
    unit = serializers.CharField(source="item.unit_id", read_only=True)
    lot = coded("number", allow_null=True)
    over_lot = coded("number", allow_null=True)
    counted = CountedGoodsSerializer(many=True, read_only=True)

    class Meta:
        model = AdmissionLine
        fields = (
            "row",
            "item",
            "unit",
            "quantity",
            "packages",
            "gross_mass_kg",
            "net_mass_kg",
            "invoice_value",
            "currency",
            "terms",
            "freight",
            "insurance_rate",
            "origin",
            "expiry_date",
            "exchange_rate_cny_per_unit",
            *ASSESSED_FIELDS,
            "lot",
            "over_lot",
            "counted",
        )


class AdmissionRowSerializer(DocumentSerializer):
    """An admission as a list has it: without its lines."""

    book = coded("number")
    owner = coded()
    accepted_by = person()
    counted_by = person()

    class Meta:
        model = Admission
        fields: tuple[str, ...] = (
            *DOCUMENT_FIELDS,
            "source",
            "book",
            "owner",
            "declaration_number",
            "vehicle",
            "submitted_at",
            "accepted_by",
            "accepted_at",
            "arrived_at",
            "counted_by",
            "counted_at",
        )


class AdmissionSerializer(AdmissionRowSerializer):
    acts = ActsOfKind()
    lines = AdmissionLineSerializer(many=True, read_only=True)
    undeclared = UndeclaredGoodsSerializer(many=True, read_only=True)

    class Meta(AdmissionRowSerializer.Meta):
        fields = (*AdmissionRowSerializer.Meta.fields, "acts", "lines", "undeclared")


class AdmissionLineRequest(RequestSerializer):
    """One article as declared; becomes one lot."""

    echoed = frozenset(AdmissionLineSerializer.Meta.fields)

    item = serializers.CharField(help_text=_("Item number, in the zone of the site."))
    quantity = Figure()
    unit = serializers.CharField(required=False, help_text=_("Code of the item's unit; any other is refused."))
    invoice_value = Figure()
    currency = serializers.CharField(help_text=_("ISO 4217; customs needs an exchange rate for it."))
    packages = serializers.IntegerField(required=False)
    gross_mass_kg = Figure(required=False, allow_null=True, help_text=_("Left out, it is the net mass."))
    net_mass_kg = Figure(required=False, allow_null=True, help_text=_("Left out, it is the item's usual one."))
    terms = serializers.ChoiceField(choices=DeliveryTerms.choices, required=False)
    freight = Figure(required=False)
    insurance_rate = Figure(required=False, help_text=_("A fraction: 0.003 is 3 per mille."))
    origin = serializers.CharField(required=False, allow_blank=True, help_text=_("Left out, it is the item's usual."))
    expiry_date = Day(required=False, allow_null=True)


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "From abroad, FOB",
            summary="Pistachios from abroad, invoiced FOB in US dollars",
            request_only=True,
            value={
                "site": "HRS",
                "book": "T9401W000001",
                "owner": "SILKROAD",
                "source": "abroad",
                "declaration_number": "940120261000000123",
                "lines": [
                    {
                        "item": "PISTACHIO",
                        "quantity": "20000",
                        "packages": 800,
                        "gross_mass_kg": "20400",
                        "invoice_value": "100000.00",
                        "currency": "USD",
                        "terms": "FOB",
                        "freight": "3000.00",
                        "insurance_rate": "0.003",
                        "origin": "UZ",
                    }
                ],
            },
        )
    ]
)
class AdmissionRequest(DraftRequest):
    """A whole admission with its lines."""

    echoed = frozenset(AdmissionSerializer.Meta.fields)

    source = serializers.ChoiceField(choices=AdmissionSource.choices, required=False)  # type: ignore[assignment]
    declaration_number = serializers.CharField(required=False, allow_blank=True, max_length=40)
    vehicle = serializers.CharField(required=False, allow_blank=True, max_length=60)
    lines = AdmissionLineRequest(many=True)

    def lines_of(
        self, given: list[dict[str, Any]], codes: DocumentCodes, site: Site | None
    ) -> list[AdmissionLineInput]:
        items = codes.items_in_unit(site, given)
        return [
            AdmissionLineInput(**{**without_unit(line), "item": item}) for line, item in zip(given, items, strict=True)
        ]


class ArrivalRequest(RequestSerializer):
    """When the goods came through the gate."""

    arrived_at = Moment(required=False, help_text=_("Left out, it is now."))
    vehicle = serializers.CharField(required=False, allow_blank=True, max_length=60)

    def figures(self, *, user: User, at: datetime, document: Any = None) -> dict[str, Any]:
        return {"arrived_at": at, **self.validated_data}


class CountedRequest(RequestSerializer):
    """What of a line was counted into one bin, in the item's unit."""

    line = serializers.IntegerField(help_text=_("The `row` of the admission's line."))
    place = serializers.CharField(help_text=_("Code of the bin at the site."))
    quantity = Figure()


class UndeclaredRequest(RequestSerializer):
    """What was found of an item that no line declares, in the item's unit; it goes to suspense."""

    item = serializers.CharField(help_text=_("Item number, in the zone of the site."))
    place = serializers.CharField(help_text=_("Code of the bin where it was set aside."))
    quantity = Figure()
    description = serializers.CharField(required=False, allow_blank=True, max_length=200)


class CountRequest(RequestSerializer):
    """What was counted into which bin; a line of which nothing is named was not there at all."""

    counted = CountedRequest(many=True)
    undeclared = UndeclaredRequest(many=True, required=False)
    counted_at = Moment(required=False, allow_null=True, help_text=_("Left out, it is now."))

    def figures(self, *, user: User, at: datetime, document: Any = None) -> dict[str, Any]:
        given = dict(self.validated_data)
        codes = DocumentCodes(user)
        rows = given["counted"]
        places = codes.places(document.site, [row["place"] for row in rows])
        line_of = {line.row: line for line in document.lines.all()}
        for number, row in enumerate(rows):
            if row["line"] not in line_of:
                message = str(_("%(number)s has no such line.")) % {"number": document.number}
                codes.errors.append(FieldError(message, field="line", row=number, figure=str(row["line"])))
        undeclared = given.get("undeclared", [])
        found_places = codes.places(document.site, [row["place"] for row in undeclared], field="undeclared.place")
        found_items = codes.items(document.site, [row["item"] for row in undeclared], field="undeclared.item")
        codes.raise_if_unknown()
        given["undeclared"] = [
            UndeclaredInput(**{**row, "item": item, "place": place})
            for row, item, place in zip(undeclared, found_items, found_places, strict=True)
        ]
        given["counted"] = [
            CountInput(line=line_of[row["line"]], place=place, quantity=row["quantity"])
            for row, place in zip(rows, places, strict=True)
        ]
        return given
