"""Tank groups, tanks and strapping tables as JSON. Masses in kg, dips in mm, volumes in m³."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from documents.api.answers import person
from documents.api.codes import DocumentCodes
from documents.api.requests import Figure, RequestSerializer
from fuel.api.named_tanks import tanks_at
from fuel.models import StrappingRow, StrappingTable, Tank, TankGroup, TankMode
from fuel.models.tickets import DUTY_STATUSES
from registry.api.fields import Day, coded
from registry.models import User


class AtSiteRequest(RequestSerializer):
    """Something of one site."""

    site = serializers.CharField(help_text=_("Code of the site."))

    def figures(self, *, user: User, at: datetime, document: Any = None) -> dict[str, Any]:
        codes = DocumentCodes(user)
        given = {**self.validated_data, "site": codes.site(self.validated_data["site"])}
        codes.raise_if_unknown()
        return given


class ChangeRequest(RequestSerializer):
    """What is changed; what is left out stays as it is."""

    reason = serializers.CharField(required=False, allow_blank=True, max_length=200)
    seen_history_id = serializers.IntegerField(
        required=False, help_text=_("The latest history entry that the change was made on; a later one refuses it.")
    )


class TankGroupSerializer(serializers.ModelSerializer[TankGroup]):
    site = coded()

    class Meta:
        model = TankGroup
        fields = ("id", "site", "code", "name", "mode")


class TankGroupRequest(AtSiteRequest):
    """Tanks that are run alike."""

    code = serializers.CharField(max_length=20)
    name = serializers.CharField(required=False, allow_blank=True, max_length=120)
    mode = serializers.ChoiceField(choices=TankMode.choices)


class TankGroupChangeRequest(ChangeRequest):
    name = serializers.CharField(required=False, allow_blank=True, max_length=120)


def _mass(name: str) -> serializers.DecimalField:
    return serializers.DecimalField(source=f"contents.{name}", max_digits=18, decimal_places=5, read_only=True)


class TankSerializer(serializers.ModelSerializer[Tank]):
    """A tank with what it holds by book now and by its last gauge."""

    site = serializers.CharField(source="place.site.code", read_only=True)
    group = coded()
    code = serializers.CharField(source="place.code", read_only=True)
    name = serializers.CharField(source="place.name", read_only=True)
    product = coded()
    is_open = serializers.BooleanField(source="place.is_open", read_only=True)
    bonded_kg = _mass("bonded_kg")
    duty_paid_kg = _mass("duty_paid_kg")
    blocked_kg = _mass("blocked_kg")
    book_kg = _mass("book_kg")
    gauged_kg = serializers.DecimalField(
        source="contents.gauged_kg", max_digits=18, decimal_places=3, read_only=True, allow_null=True
    )
    gauge = serializers.CharField(
        source="contents.gauge.number", read_only=True, allow_null=True, default=None, help_text=_("Its last gauge.")
    )
    gauged_at = serializers.DateTimeField(
        source="contents.gauge.gauged_at", read_only=True, allow_null=True, default=None
    )

    class Meta:
        model = Tank
        fields = (
            *("id", "site", "group", "code", "name", "product", "customs_status", "safe_fill_m3", "is_slop", "is_open"),
            *("bonded_kg", "duty_paid_kg", "blocked_kg", "book_kg", "gauge", "gauged_at", "gauged_kg"),
        )


class TankRequest(RequestSerializer):
    """A new tank, with its place in the ledger."""

    site = serializers.CharField(help_text=_("Code of the site."))
    group = serializers.CharField(help_text=_("Code of the tank group at the site."))
    code = serializers.CharField(max_length=40)
    name = serializers.CharField(required=False, allow_blank=True, max_length=120)
    product = serializers.CharField(help_text=_("Item number, in the zone of the site."))
    customs_status = serializers.ChoiceField(
        choices=DUTY_STATUSES, required=False, allow_blank=True, help_text=_("Only in a group that is segregated.")
    )
    safe_fill_m3 = Figure(required=False, allow_null=True)
    is_slop = serializers.BooleanField(
        required=False, help_text=_("It takes what is drained. Nothing in it is ever used.")
    )

    def figures(self, *, user: User, at: datetime, document: Any = None) -> dict[str, Any]:
        given = dict(self.validated_data)
        codes = DocumentCodes(user)
        site = codes.site(given.pop("site"))
        groups = TankGroup.objects.filter(site=site) if site else TankGroup.objects.none()
        given["group"] = codes.one(groups.select_related("site"), given["group"], field="group")
        (given["product"],) = codes.items(site, [given["product"]])
        codes.raise_if_unknown()
        return given


class TankChangeRequest(ChangeRequest):
    name = serializers.CharField(required=False, allow_blank=True, max_length=120)
    safe_fill_m3 = Figure(required=False, allow_null=True)
    is_open = serializers.BooleanField(required=False, help_text=_("A tank that holds fuel stays in use."))


class StrappingRowSerializer(serializers.ModelSerializer[StrappingRow]):
    class Meta:
        model = StrappingRow
        fields = ("dip_mm", "volume_m3")


class StrappingTableRowSerializer(serializers.ModelSerializer[StrappingTable]):
    """A strapping table as a list has it: without its rows."""

    site = serializers.CharField(source="tank.place.site.code", read_only=True)
    tank = serializers.CharField(source="tank.code", read_only=True)
    loaded_by = person()

    class Meta:
        model = StrappingTable
        fields: tuple[str, ...] = (
            *("id", "site", "tank", "version"),
            *("valid_from_date", "certificate_number", "loaded_by", "loaded_at"),
        )


class StrappingTableSerializer(StrappingTableRowSerializer):
    rows = StrappingRowSerializer(many=True, read_only=True)

    class Meta(StrappingTableRowSerializer.Meta):
        fields = (*StrappingTableRowSerializer.Meta.fields, "rows")


class StrappingRowRequest(RequestSerializer):
    dip_mm = Figure()
    volume_m3 = Figure(help_text=_("Below the dip."))


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "Calibration",
            summary="A calibration from a day on",
            request_only=True,
            value={
                "site": "URC-FUEL",
                "tank": "T-101",
                "valid_from_date": "2026-12-01",
                "certificate_number": "CAL-2026-118",
                "rows": [{"dip_mm": "5230", "volume_m3": "3214.560"}, {"dip_mm": "5240", "volume_m3": "3220.704"}],
            },
        )
    ]
)
class StrappingTableRequest(RequestSerializer):
    """A tank's calibration: dips rising, volumes never falling."""

    site = serializers.CharField(help_text=_("Code of the site."))
    tank = serializers.CharField(help_text=_("Code of the tank at the site."))
    valid_from_date = Day()
    certificate_number = serializers.CharField(required=False, allow_blank=True, max_length=60)
    rows = StrappingRowRequest(many=True)

    def figures(self, *, user: User, at: datetime, document: Any = None) -> dict[str, Any]:
        given = dict(self.validated_data)
        codes = DocumentCodes(user)
        given["tank"] = codes.one(tanks_at(codes.site(given.pop("site"))), given["tank"], field="tank", by="tank_code")
        codes.raise_if_unknown()
        given["rows"] = [(row["dip_mm"], row["volume_m3"]) for row in given["rows"]]
        return given
