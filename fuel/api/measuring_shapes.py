"""Meters, provings, measurement bases, limits of drains and reconciliation rules as JSON."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from documents.api.answers import person
from documents.api.codes import DocumentCodes
from documents.api.requests import Figure, RequestSerializer
from fuel.api.tank_shapes import AtSiteRequest, ChangeRequest
from fuel.models import (
    BaseTemperature,
    MassIn,
    MeasurementBasis,
    MeasurementStandard,
    Meter,
    MeterKind,
    MeterProving,
    MovementLimit,
    ReconciliationRule,
    SplitBy,
)
from fuel.models.tickets import DUTY_STATUSES
from registry.api.fields import Day, Moment, coded
from registry.models import User


class ProvingOfMeterSerializer(serializers.ModelSerializer[MeterProving]):
    factor = serializers.DecimalField(max_digits=6, decimal_places=4, read_only=True)
    recorded_by = person()

    class Meta:
        model = MeterProving
        fields: tuple[str, ...] = ("id", "proved_at", "factor", "certificate_number", "recorded_by", "recorded_at")


class MeterRowSerializer(serializers.ModelSerializer[Meter]):
    """A meter as a list has it: without its provings."""

    site = coded()

    class Meta:
        model = Meter
        fields: tuple[str, ...] = ("id", "site", "code", "name", "kind", "digits", "is_open")


class MeterSerializer(MeterRowSerializer):
    provings = ProvingOfMeterSerializer(many=True, read_only=True, help_text=_("The newest first."))

    class Meta(MeterRowSerializer.Meta):
        fields = (*MeterRowSerializer.Meta.fields, "provings")


class MeterRequest(AtSiteRequest):
    """A new meter, whose totaliser counts whole litres."""

    code = serializers.CharField(max_length=20)
    name = serializers.CharField(required=False, allow_blank=True, max_length=120, help_text=_("Vehicle or pit."))
    kind = serializers.ChoiceField(choices=MeterKind.choices)
    digits = serializers.IntegerField(help_text=_("Of the totaliser, 4 to 12."), min_value=4, max_value=12)


class MeterChangeRequest(ChangeRequest):
    name = serializers.CharField(required=False, allow_blank=True, max_length=120, help_text=_("Vehicle or pit."))
    is_open = serializers.BooleanField(required=False)


class ProvingSerializer(ProvingOfMeterSerializer):
    site = serializers.CharField(source="meter.site.code", read_only=True)
    meter = coded()

    class Meta(ProvingOfMeterSerializer.Meta):
        fields = ("site", "meter", *ProvingOfMeterSerializer.Meta.fields)


class ProvingRequest(RequestSerializer):
    """A proving: the meter's factor from that moment on."""

    site = serializers.CharField(help_text=_("Code of the site."))
    meter = serializers.CharField(help_text=_("Code of the meter."))
    proved_at = Moment()
    factor = Figure(help_text=_("0.9800 to 1.0200, to 0.0001."))
    certificate_number = serializers.CharField(required=False, allow_blank=True, max_length=60)

    def figures(self, *, user: User, at: datetime, document: Any = None) -> dict[str, Any]:
        given = dict(self.validated_data)
        codes = DocumentCodes(user)
        site = codes.site(given.pop("site"))
        meters = Meter.objects.filter(site=site) if site else Meter.objects.none()
        given["meter"] = codes.one(meters.select_related("site"), given["meter"], field="meter")
        codes.raise_if_unknown()
        return given


class MeasurementBasisSerializer(serializers.ModelSerializer[MeasurementBasis]):
    site = coded()

    class Meta:
        model = MeasurementBasis
        fields = ("id", "site", "valid_from_date", "standard", "vcf_decimals", "base", "mass_in", "agreed_in")


class MeasurementBasisRequest(AtSiteRequest):
    """The standard that a site measures by from a day on; what was measured before keeps its own."""

    valid_from_date = Day()
    standard = serializers.ChoiceField(choices=MeasurementStandard.choices)
    vcf_decimals = serializers.ChoiceField(choices=[4, 5])
    base = serializers.ChoiceField(choices=BaseTemperature.choices, required=False)
    mass_in = serializers.ChoiceField(choices=MassIn.choices, required=False)
    agreed_in = serializers.CharField(required=False, allow_blank=True, max_length=120)


class MovementLimitSerializer(serializers.ModelSerializer[MovementLimit]):
    site = coded()

    class Meta:
        model = MovementLimit
        fields = (
            "id",
            "site",
            "valid_from_date",
            "drain_kg_per_act",
            "drain_kg_per_day",
            "sample_kg_per_act",
            "sample_kg_per_day",
        )


class MovementLimitRequest(AtSiteRequest):
    """What one person may drain and sample alone; a day's limit is for all that nobody else approved."""

    valid_from_date = Day()
    drain_kg_per_act = Figure()
    drain_kg_per_day = Figure()
    sample_kg_per_act = Figure()
    sample_kg_per_day = Figure()


class ReconciliationRuleSerializer(serializers.ModelSerializer[ReconciliationRule]):
    site = coded()

    class Meta:
        model = ReconciliationRule
        fields = (
            "id",
            "site",
            "name",
            "version",
            "valid_from_date",
            "split_by",
            "all_to_status",
            "tolerance_percent_of_issues",
            "tolerance_percent_of_throughput",
        )


class ReconciliationRuleRequest(AtSiteRequest):
    """How a site shares gain and loss and what it tolerates, from a day on; the same name gets a new version."""

    name = serializers.CharField(max_length=80)
    valid_from_date = Day()
    split_by = serializers.ChoiceField(choices=SplitBy.choices)
    all_to_status = serializers.ChoiceField(
        choices=DUTY_STATUSES, required=False, allow_blank=True, help_text=_("Only where one status bears all.")
    )
    tolerance_percent_of_issues = Figure()
    tolerance_percent_of_throughput = Figure(help_text=_("In % of opening and receipts."))
