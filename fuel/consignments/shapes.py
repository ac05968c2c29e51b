"""Consignments as JSON. Masses in kg, densities in kg/m³, assessed figures in CNY."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from customs.api.answers import ASSESSED_FIELDS, AssessedSerializer
from customs.api.codes import BookCodes
from documents.api.answers import DOCUMENT_FIELDS, DocumentSerializer, person
from documents.api.kinds import ActsOfKind
from documents.api.requests import Figure, RequestSerializer, site_of
from fuel.api.named_tanks import tanks_at
from fuel.consignments.operations.declaring import ConsignmentDetails
from fuel.consignments.operations.receipts import ReceiptInput
from fuel.models import (
    ConsignmentReceipt,
    FuelConsignment,
    FuelSource,
    Gauge,
    Meter,
    OverDelivery,
    QualityCertificate,
    Transport,
    TransportLoss,
)
from fuel.models.tickets import DUTY_STATUSES
from registry.api.fields import Moment, coded
from registry.models import User

DETAILS = (
    "customs_status",
    "source",
    "transport",
    "book",
    "supplier",
    "product",
    "origin",
    "declaration_number",
    "bonded_note_number",
    "vehicles",
    "seals",
    "document_mass_kg",
    "document_litres_15c",
    "document_density_15c",
    "invoice_value",
    "currency",
    "loss_tolerance_percent",
)


class ReceiptSerializer(serializers.ModelSerializer[ConsignmentReceipt]):
    tank = serializers.CharField(source="tank.code", read_only=True)
    gauge_before = coded("number", allow_null=True)
    gauge_after = coded("number", allow_null=True)
    meter = coded(allow_null=True)

    class Meta:
        model = ConsignmentReceipt
        fields = (
            "row",
            "tank",
            "gauge_before",
            "gauge_after",
            "meter",
            "litres_observed",
            "celsius",
            "density_at_base",
            "vcf",
            "litres_at_base",
            "mass_kg",
            "standard",
            "base",
            "mass_in",
        )


class ConsignmentRowSerializer(DocumentSerializer, AssessedSerializer):
    """A consignment as a list has it: without its receipts."""

    book = coded("number", allow_null=True)
    supplier = coded()
    product = coded()
    lot = coded("number", allow_null=True)
    transport_loss_kg = serializers.DecimalField(max_digits=18, decimal_places=3, read_only=True, allow_null=True)
    accepted_by = person()
    received_by = person()
    released_by = person()

    class Meta:
        model = FuelConsignment
        fields: tuple[str, ...] = (
            *DOCUMENT_FIELDS,
            *DETAILS,
            "exchange_rate_cny_per_unit",
            *ASSESSED_FIELDS,
            "lot",
            "received_mass_kg",
            "transport_loss_kg",
            "certificate_kind",
            "certificate_number",
            "specification",
            "batch_number",
            "accepted_by",
            "accepted_at",
            "is_entered_for_customs",
            "received_by",
            "received_at",
            "released_by",
            "released_at",
        )


class TransportLossSerializer(AssessedSerializer):
    """An approved loss beyond the tolerance; the figures are of the tax payable, null for duty-paid fuel."""

    decided_by = person()

    class Meta:
        model = TransportLoss
        fields = (
            "missing_mass_kg",
            "tolerated_mass_kg",
            "taxed_mass_kg",
            *ASSESSED_FIELDS,
            "rates_date",
            "reason",
            "decided_by",
            "decided_at",
        )


class OverDeliverySerializer(AssessedSerializer):
    """What was decided on fuel that came over the document; without figures where it was taken out again."""

    over_lot = coded("number")
    lot = coded("number", allow_null=True)
    decided_by = person()

    class Meta:
        model = OverDelivery
        fields = (
            "outcome",
            "mass_kg",
            "reference",
            "over_lot",
            "lot",
            "invoice_value",
            "currency",
            "exchange_rate_cny_per_unit",
            *ASSESSED_FIELDS,
            "rates_date",
            "reason",
            "happened_at",
            "decided_by",
            "decided_at",
        )


class ConsignmentSerializer(ConsignmentRowSerializer):
    acts = ActsOfKind()
    receipts = ReceiptSerializer(many=True, read_only=True)
    over_delivery = OverDeliverySerializer(read_only=True, allow_null=True)
    transport_loss = TransportLossSerializer(read_only=True, allow_null=True)

    class Meta(ConsignmentRowSerializer.Meta):
        fields = (*ConsignmentRowSerializer.Meta.fields, "acts", "receipts", "over_delivery", "transport_loss")


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "Bonded, by rail",
            summary="Bonded jet fuel by rail from abroad",
            request_only=True,
            value={
                "site": "URC-FUEL",
                "customs_status": "bonded",
                "source": "abroad",
                "transport": "rail",
                "book": "T9401F000001",
                "supplier": "STEPPE-OIL",
                "product": "JET-A1",
                "document_mass_kg": "1200000",
                "document_density_15c": "800.0",
                "invoice_value": "900000.00",
                "currency": "USD",
                "loss_tolerance_percent": "0.3",
            },
        )
    ]
)
class ConsignmentRequest(RequestSerializer):
    """A whole consignment as its papers have it. Changing one, the site stays as it is."""

    echoed = frozenset(ConsignmentSerializer.Meta.fields)

    site = serializers.CharField(help_text=_("Code of the site."))
    customs_status = serializers.ChoiceField(choices=DUTY_STATUSES)
    source = serializers.ChoiceField(choices=FuelSource.choices, required=False)  # type: ignore[assignment]
    transport = serializers.ChoiceField(choices=Transport.choices, required=False)
    book = serializers.CharField(
        required=False, allow_null=True, help_text=_("Number of the account book; for bonded fuel only.")
    )
    supplier = serializers.CharField(help_text=_("Code of the supplier."))
    product = serializers.CharField(help_text=_("Item number, in the zone of the site."))
    origin = serializers.CharField(required=False, allow_blank=True, help_text=_("Left out, it is the item's usual."))
    declaration_number = serializers.CharField(required=False, allow_blank=True, max_length=40)
    bonded_note_number = serializers.CharField(required=False, allow_blank=True, max_length=40)
    vehicles = serializers.CharField(required=False, allow_blank=True, max_length=400)
    seals = serializers.CharField(required=False, allow_blank=True, max_length=400)
    document_mass_kg = Figure()
    document_litres_15c = Figure(required=False, allow_null=True)
    document_density_15c = Figure(required=False, allow_null=True)
    invoice_value = Figure(required=False, help_text=_("CIF, in `currency`."))
    currency = serializers.CharField(required=False, help_text=_("ISO 4217; customs needs an exchange rate for it."))
    loss_tolerance_percent = Figure(required=False, help_text=_("In % of the mass by document, 0 to 5."))
    remark = serializers.CharField(required=False, allow_blank=True, max_length=400)

    def figures(self, *, user: User, at: datetime, document: Any = None) -> dict[str, Any]:
        given = dict(self.validated_data)
        codes = BookCodes(user)
        site = site_of(given.pop("site"), codes, document)
        given["book"] = codes.book(given["book"]) if given.get("book") else None
        given["supplier"] = codes.owner(given["supplier"])
        (given["product"],) = codes.items(site, [given["product"]])
        codes.raise_if_unknown()
        details = ConsignmentDetails(**given)
        return {"details": details} if document else {"details": details, "site": site}


class ReceiptRequest(RequestSerializer):
    """What came into one tank: both gauges, or metered litres with temperature and density."""

    tank = serializers.CharField(help_text=_("Code of the tank at the site."))
    gauge_before = serializers.CharField(required=False, allow_null=True, help_text=_("Number of the gauge."))
    gauge_after = serializers.CharField(required=False, allow_null=True, help_text=_("Number of the gauge."))
    litres_observed = Figure(required=False, allow_null=True)
    celsius = Figure(required=False, allow_null=True)
    density_at_base = Figure(required=False, allow_null=True, help_text=_("kg/m³ at the base temperature."))
    meter = serializers.CharField(required=False, allow_null=True, help_text=_("Code of the receipt meter."))


class ReceiveRequest(RequestSerializer):
    """What was measured into which tank."""

    receipts = ReceiptRequest(many=True)
    received_at = Moment(required=False, help_text=_("Left out, it is now."))

    def figures(self, *, user: User, at: datetime, document: Any = None) -> dict[str, Any]:
        given = {"received_at": at, **self.validated_data}
        codes = BookCodes(user)
        rows = given["receipts"]
        tanks = codes.each(tanks_at(document.site), [row["tank"] for row in rows], field="tank", by="tank_code")
        gauges = Gauge.objects.filter(site=document.site)
        found: dict[str, list[Any]] = {
            name: codes.each(gauges, [row.get(name) for row in rows], field=name, by="number")
            for name in ("gauge_before", "gauge_after")
        }
        meters = Meter.objects.filter(site=document.site)
        found["meter"] = codes.each(meters, [row.get("meter") for row in rows], field="meter")
        codes.raise_if_unknown()
        given["receipts"] = [
            ReceiptInput(**{**row, "tank": tanks[number], **{name: rows_[number] for name, rows_ in found.items()}})
            for number, row in enumerate(rows)
        ]
        return given


class CertificateRequest(RequestSerializer):
    """By which certificate the fuel is released."""

    certificate_kind = serializers.ChoiceField(choices=QualityCertificate.choices)
    certificate_number = serializers.CharField(max_length=60)
    specification = serializers.CharField(required=False, allow_blank=True, max_length=60)
    batch_number = serializers.CharField(required=False, allow_blank=True, max_length=60)


class OverAdmissionRequest(RequestSerializer):
    """Under which declaration fuel that came over the document is admitted."""

    reference = serializers.CharField(max_length=40, help_text=_("Number of the customs declaration."))
    invoice_value = Figure(
        required=False, allow_null=True, help_text=_("CIF, in the consignment's currency; left out, by mass.")
    )
    reason = serializers.CharField(required=False, allow_blank=True, max_length=400)


class OverTakenOutRequest(RequestSerializer):
    """By which paper fuel that came over the document leaves the tanks again."""

    reference = serializers.CharField(max_length=40, help_text=_("Number of the waybill or other paper."))
    reason = serializers.CharField(max_length=400)
    taken_out_at = Moment(required=False, allow_null=True, help_text=_("Left out, it is now."))
