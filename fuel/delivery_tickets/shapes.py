"""Delivery tickets as JSON: what requests and answers say."""

import base64
import binascii
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from documents.api.answers import DOCUMENT_FIELDS, DocumentSerializer
from documents.api.codes import DocumentCodes
from documents.api.kinds import ActsOfKind
from documents.api.requests import Figure, RequestSerializer, site_of
from fuel.api.named_tanks import tanks_at
from fuel.api.plausibility import ExceptionOfTicketSerializer
from fuel.delivery_tickets.operations.entry import TicketDetails
from fuel.delivery_tickets.operations.exceptions import ALL_KINDS, LONGEST_EXPLANATION
from fuel.delivery_tickets.operations.tickets import Picture
from fuel.models import (
    AttachmentKind,
    DeliveryTicket,
    ExceptionKind,
    FlightType,
    Meter,
    TicketDraw,
)
from fuel.models.tickets import DUTY_STATUSES
from fuel.operations.attachments import too_large
from fuel.tank_movements.shapes import DrawSerializer
from registry.api.fields import Moment, coded
from registry.models import Airline, Airport, Organisation, User

MEASURED = (
    *("litres_observed", "celsius", "density_at_base", "vcf", "litres_at_base", "mass_kg"),
    *("standard", "vcf_decimals", "base", "mass_in"),
)


class TicketDrawSerializer(DrawSerializer):
    class Meta(DrawSerializer.Meta):
        model = TicketDraw


class TicketRowSerializer(DocumentSerializer):
    """A ticket as it was signed: what an airline may read of it too."""

    vendor = coded("code")
    airline = coded("iata_code")
    airport = coded("iata_code")
    destination = coded("iata_code")
    tank = serializers.CharField(source="tank.code", read_only=True)
    meter = coded("code")

    class Meta:
        model = DeliveryTicket
        fields: tuple[str, ...] = (
            *DOCUMENT_FIELDS,
            "vendor",
            "ticket_number",
            "airline",
            "flight_number",
            "flight_date",
            "flight_type",
            "registration",
            "aircraft_type",
            "airport",
            "destination",
            "stand",
            "tank",
            "customs_status",
            "meter",
            "meter_start",
            "meter_end",
            "meter_factor",
            "requested_litres",
            *MEASURED,
            "started_at",
            "delivered_at",
            "signatory",
        )


class TicketSerializer(TicketRowSerializer):
    replaces = coded("number")
    replaced_by = coded("number", allow_null=True)
    acts = ActsOfKind()
    draws = TicketDrawSerializer(many=True, read_only=True)
    exceptions = ExceptionOfTicketSerializer(many=True, read_only=True)

    class Meta(TicketRowSerializer.Meta):
        fields = (
            *TicketRowSerializer.Meta.fields,
            *("match_note", "replaces", "replaced_by", "evidence", "acts", "draws", "exceptions"),
        )


class Explanations(serializers.DictField):
    """Why something of a ticket is unusual, by the kind of exception; an empty key explains all of them."""

    child = serializers.CharField(max_length=LONGEST_EXPLANATION)

    def to_internal_value(self, data: Any) -> Any:
        given = super().to_internal_value(data)
        if unknown := sorted(set(given) - {ALL_KINDS, *ExceptionKind.values}):
            raise serializers.ValidationError({name: _("There is no such exception.") for name in unknown})
        return given


def explanations_field() -> Explanations:
    return Explanations(
        required=False,
        help_text=gettext_lazy(
            "By the kind of exception what explains it. Signing asks for those that are missing with the code"
            " exceptions-unexplained, each named in the figure of an error."
        ),
    )


class TicketFields(RequestSerializer):
    """A ticket without its site. Left out, the kind of flight follows from the destination."""

    echoed = frozenset(TicketSerializer.Meta.fields)

    vendor = serializers.CharField(help_text=gettext_lazy("Code of the organisation that delivers."))
    ticket_number = serializers.CharField(max_length=30)
    airline = serializers.CharField(help_text=gettext_lazy("IATA designator."))
    flight_number = serializers.CharField(max_length=10)
    flight_date = serializers.DateField()
    flight_type = serializers.ChoiceField(choices=FlightType.choices, required=False)
    registration = serializers.CharField(max_length=10)
    aircraft_type = serializers.CharField(required=False, allow_blank=True, max_length=4)
    airport = serializers.CharField(help_text=gettext_lazy("IATA code of the airport of uplift."))
    destination = serializers.CharField(help_text=gettext_lazy("IATA code."))
    stand = serializers.CharField(required=False, allow_blank=True, max_length=10)
    tank = serializers.CharField(help_text=gettext_lazy("Code of the tank at the site."))
    customs_status = serializers.ChoiceField(choices=DUTY_STATUSES)
    meter = serializers.CharField(required=False, allow_null=True, help_text=gettext_lazy("Code of the meter."))
    meter_start = Figure(required=False, allow_null=True)
    meter_end = Figure(required=False, allow_null=True)
    litres_observed = Figure(required=False, allow_null=True)
    celsius = Figure(required=False, allow_null=True)
    density_at_base = Figure(required=False, allow_null=True, help_text=gettext_lazy("kg/m³ at the base temperature."))
    requested_litres = Figure(required=False, allow_null=True)
    started_at = Moment(required=False, allow_null=True)
    delivered_at = Moment(required=False, help_text=gettext_lazy("Left out, it is now."))
    signatory = serializers.CharField(required=False, allow_blank=True, max_length=120)
    remark = serializers.CharField(required=False, allow_blank=True, max_length=400)
    explanations = explanations_field()


class TicketRequest(TicketFields):
    """A whole ticket. Changing one, the site stays as it is."""

    site = serializers.CharField(help_text=gettext_lazy("Code of the site."))

    def figures(self, *, user: User, at: datetime, document: Any = None) -> dict[str, Any]:
        given = dict(self.validated_data)
        codes = DocumentCodes(user)
        site = site_of(given.pop("site"), codes, document)
        (details,) = details_of([given], codes=codes, site=site, at=at)
        return {"details": details} if document else {"details": details, "site": site}


class ReplaceRequest(TicketFields):
    """A whole ticket as it ought to have been, and why it replaces the one that is there; it keeps the site."""

    reason = serializers.CharField(max_length=400, help_text=gettext_lazy("What is wrong."))
    evidence = serializers.CharField(max_length=400, help_text=gettext_lazy("What shows the corrected figures."))
    delivered_at = Moment(required=False, help_text=gettext_lazy("Left out, it stays as it is."))
    photo = serializers.CharField(required=False, help_text=gettext_lazy("PNG or JPEG, base 64."))

    def figures(self, *, user: User, at: datetime, document: Any = None) -> dict[str, Any]:
        given = dict(self.validated_data)
        why = {"reason": given.pop("reason"), "evidence": given.pop("evidence")}
        photo = given.pop("photo", "")
        kind = AttachmentKind.PHOTO
        pictures = [Picture(kind=kind, content=_decoded(kind, photo))] if photo else []
        codes = DocumentCodes(user)
        (details,) = details_of([given], codes=codes, site=document.site, at=document.delivered_at)
        return {**why, "details": details, "pictures": pictures}


class SignedTicketFields(TicketFields):
    """A ticket that was signed on the apron; sent again, it says the same moment."""

    delivered_at = Moment()


class TicketsRequest(RequestSerializer):
    """Signed tickets of one site, at most 1,000: all are taken in, or none."""

    site = serializers.CharField(help_text=gettext_lazy("Code of the site."))
    tickets = SignedTicketFields(many=True)

    def figures(self, *, user: User, at: datetime, document: Any = None) -> dict[str, Any]:
        codes = DocumentCodes(user)
        site = codes.site(self.validated_data["site"])
        details = details_of(self.validated_data["tickets"], codes=codes, site=site, at=at)
        return {"site": site, "details": details}


class TakenInSerializer(serializers.Serializer[Any]):
    """What came of many tickets, by their numbers."""

    new = serializers.ListField(child=serializers.CharField())
    known = serializers.ListField(child=serializers.CharField())


def details_of(
    given: Sequence[dict[str, Any]], *, codes: DocumentCodes, site: Any, at: datetime
) -> list[TicketDetails]:
    """Rows of a request as details of tickets, each kind of code looked up once.

    Raises:
        UnknownCode: naming each code with its row.
    """
    meters = Meter.objects.filter(site=site) if site else Meter.objects.none()
    kinds: dict[str, tuple[Any, str]] = {
        "vendor": (Organisation.objects.visible_to(codes.user), "code"),
        "airline": (Airline.objects.visible_to(codes.user).select_related("organisation"), "iata_code"),
        "airport": (Airport.objects.all(), "iata_code"),
        "destination": (Airport.objects.all(), "iata_code"),
        "tank": (tanks_at(site), "tank_code"),
        "meter": (meters, "code"),
    }
    found = {
        name: codes.each(rows, [row.get(name) for row in given], field=name, by=by)
        for name, (rows, by) in kinds.items()
    }
    codes.raise_if_unknown()
    return [
        TicketDetails(**{"delivered_at": at, **row, **{name: rows[number] for name, rows in found.items()}})
        for number, row in enumerate(given)
    ]


class SignRequest(RequestSerializer):
    """Who signed for the airline; the drawn signature and a photo as PNG or JPEG in base 64."""

    signatory = serializers.CharField(required=False, allow_blank=True, max_length=120)
    signature = serializers.CharField(required=False, help_text=gettext_lazy("PNG or JPEG, base 64."))
    photo = serializers.CharField(required=False, help_text=gettext_lazy("PNG or JPEG, base 64."))
    explanations = explanations_field()

    def figures(self, *, user: User, at: datetime, document: Any = None) -> dict[str, Any]:
        given = self.validated_data
        kinds = (AttachmentKind.SIGNATURE, AttachmentKind.PHOTO)
        pictures = [Picture(kind=kind, content=_decoded(kind, given[kind])) for kind in kinds if given.get(kind)]
        explanations = given.get("explanations", {})
        return {"signatory": given.get("signatory", ""), "pictures": pictures, "explanations": explanations}


def _decoded(field: str, text: str) -> bytes:
    if message := too_large(len(text) * 3 // 4):
        raise serializers.ValidationError({field: message})
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as refused:
        raise serializers.ValidationError({field: _("This is no base 64.")}) from refused


class MatchRequest(RequestSerializer):
    reason = serializers.CharField(
        required=False, allow_blank=True, max_length=400, help_text=gettext_lazy("What explains the exceptions.")
    )


class ReclassifyRequest(RequestSerializer):
    destination = serializers.CharField(help_text=gettext_lazy("IATA code of where the flight went instead."))
    declaration_number = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=40,
        help_text=gettext_lazy("Number of the paid domestic declaration."),
    )
    reason = serializers.CharField(max_length=400)

    def figures(self, *, user: User, at: datetime, document: Any = None) -> dict[str, Any]:
        given = dict(self.validated_data)
        codes = DocumentCodes(user)
        airports = Airport.objects.all()
        given["destination"] = codes.one(airports, given["destination"], field="destination", by="iata_code")
        codes.raise_if_unknown()
        return given
