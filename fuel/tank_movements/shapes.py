"""Tank movements as JSON. Masses in kg."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from documents.api.answers import DOCUMENT_FIELDS, DocumentSerializer, person
from documents.api.codes import DocumentCodes
from documents.api.kinds import ActsOfKind
from documents.api.requests import Figure, RequestSerializer, site_of
from fuel.api.named_tanks import tanks_at
from fuel.models import TankMovement, TankMovementDraw, TankMovementKind
from fuel.models.tickets import DUTY_STATUSES
from fuel.tank_movements.operations import MovementDetails
from registry.api.fields import Moment, coded
from registry.models import User


class DrawSerializer(serializers.ModelSerializer[TankMovementDraw]):
    lot = coded("number")

    class Meta:
        model: type[Any] = TankMovementDraw
        fields = ("row", "lot", "mass_kg")


class TankMovementRowSerializer(DocumentSerializer):
    """A tank movement as a list has it: without its lots."""

    from_tank = serializers.CharField(source="from_tank.code", read_only=True)
    to_tank = serializers.CharField(source="to_tank.code", read_only=True, allow_null=True, default=None)
    decided_by = person()

    class Meta:
        model = TankMovement
        fields: tuple[str, ...] = (
            *DOCUMENT_FIELDS,
            "movement",
            "from_tank",
            "to_tank",
            "customs_status",
            "mass_kg",
            "moved_at",
            "certificate_number",
            "decided_by",
            "decided_at",
            "is_reversed",
        )


class TankMovementSerializer(TankMovementRowSerializer):
    acts = ActsOfKind()
    draws = DrawSerializer(many=True, read_only=True)

    class Meta(TankMovementRowSerializer.Meta):
        fields = (*TankMovementRowSerializer.Meta.fields, "acts", "draws")


class TankMovementRequest(RequestSerializer):
    """A mass that leaves a tank, the oldest consignment first. Changing one, the site stays as it is."""

    echoed = frozenset(TankMovementSerializer.Meta.fields)

    site = serializers.CharField(help_text=_("Code of the site."))
    movement = serializers.ChoiceField(choices=TankMovementKind.choices)
    from_tank = serializers.CharField(help_text=_("Code of the tank at the site."))
    to_tank = serializers.CharField(
        required=False, allow_null=True, help_text=_("Of a transfer; for a drain, the slop tank.")
    )
    customs_status = serializers.ChoiceField(choices=DUTY_STATUSES)
    mass_kg = Figure()
    moved_at = Moment(required=False, help_text=_("Left out, it is now."))
    certificate_number = serializers.CharField(
        required=False, allow_blank=True, max_length=60, help_text=_("For the destruction of bonded slops only.")
    )
    remark = serializers.CharField(required=False, allow_blank=True, max_length=400)

    def figures(self, *, user: User, at: datetime, document: Any = None) -> dict[str, Any]:
        given = {"moved_at": at, **self.validated_data}
        codes = DocumentCodes(user)
        tanks = tanks_at(site_of(given.pop("site"), codes, document))
        for field in ("from_tank", "to_tank"):
            code = given.get(field)
            given[field] = codes.one(tanks, code, field=field, by="tank_code") if code else None
        codes.raise_if_unknown()
        return {"details": MovementDetails(**given)} if document else given
