"""Defuels as JSON. Litres at the temperature that was read, densities in kg/m³, masses in kg."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from documents.api.answers import DOCUMENT_FIELDS, DocumentSerializer
from documents.api.codes import DocumentCodes
from documents.api.kinds import ActsOfKind
from documents.api.requests import Figure, ReasonRequest, RequestSerializer
from fuel.api.named_tanks import tanks_at
from fuel.delivery_tickets.shapes import MEASURED
from fuel.models import Defuel, DefuelDraw, DeliveryTicket
from fuel.tank_movements.shapes import DrawSerializer
from registry.api.fields import Moment, coded
from registry.models import User


class DefuelDrawSerializer(DrawSerializer):
    class Meta(DrawSerializer.Meta):
        model = DefuelDraw


class DefuelRowSerializer(DocumentSerializer):
    ticket = coded("number")
    tank = serializers.CharField(source="tank.code", read_only=True)

    class Meta:
        model = Defuel
        fields: tuple[str, ...] = (*DOCUMENT_FIELDS, "ticket", "tank", *MEASURED, "defuelled_at")


class DefuelSerializer(DefuelRowSerializer):
    acts = ActsOfKind()
    draws = DefuelDrawSerializer(many=True, read_only=True)

    class Meta(DefuelRowSerializer.Meta):
        fields = (*DefuelRowSerializer.Meta.fields, "acts", "draws")


class SlopRequest(ReasonRequest):
    """Why fuel that came back goes to slops, and where to."""

    slop_tank = serializers.CharField(
        required=False,
        allow_null=True,
        help_text=_("Code of the slop tank. Left out, the only one at the site that takes such slops."),
    )

    def figures(self, *, user: User, at: datetime, document: Any = None) -> dict[str, Any]:
        given = dict(self.validated_data)
        codes = DocumentCodes(user)
        if code := given.pop("slop_tank", None):
            given["slop_tank"] = codes.one(tanks_at(document.site), code, field="slop_tank", by="tank_code")
        codes.raise_if_unknown()
        return given


class DefuelRequest(RequestSerializer):
    """Fuel that came back from a ticket; what the ticket drew last comes back first."""

    ticket = serializers.CharField(help_text=_("Number of the ticket in Bondbook."))
    tank = serializers.CharField(help_text=_("Code of the tank that it came into."))
    litres_observed = Figure()
    celsius = Figure()
    density_at_base = Figure()
    defuelled_at = Moment(required=False, help_text=_("Left out, it is now."))
    remark = serializers.CharField(required=False, allow_blank=True, max_length=400)

    def figures(self, *, user: User, at: datetime, document: Any = None) -> dict[str, Any]:
        given = {"defuelled_at": at, **self.validated_data}
        codes = DocumentCodes(user)
        tickets = DeliveryTicket.objects.visible_to(user).select_related("site__zone")
        given["ticket"] = codes.one(tickets, given["ticket"], field="ticket", by="number")
        site = given["ticket"].site if given["ticket"] else None
        given["tank"] = codes.one(tanks_at(site), given["tank"], field="tank", by="tank_code")
        codes.raise_if_unknown()
        return given
