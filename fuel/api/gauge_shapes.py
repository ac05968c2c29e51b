"""Gauges and tank reconciliations as JSON. Dips in mm, volumes in m³, masses in kg."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from customs.api.answers import ASSESSED_FIELDS, AssessedSerializer
from documents.api.answers import DOCUMENT_FIELDS, DocumentSerializer, person
from documents.api.asked import Asked, Figure
from documents.api.codes import DocumentCodes
from fuel.api.consignment_shapes import tanks_at
from fuel.api.documents import FuelActs
from fuel.models import DensityInstrument, Gauge, GaugePurpose, TankLoss, TankReconciliation, TankReconciliationLine
from fuel.queries import posted_late_kg
from registry.api.fields import Moment, coded
from registry.models import User


class GaugeRowSerializer(DocumentSerializer):
    """A gauge as a list has it: without what may be done to it."""

    tank = serializers.CharField(source="tank.code", read_only=True)
    strapping_table = serializers.IntegerField(source="strapping_table_id", read_only=True, help_text=_("Its id."))

    class Meta:
        model = Gauge
        fields: tuple[str, ...] = (
            *(name for name in DOCUMENT_FIELDS if name != "state"),
            *("tank", "purpose", "gauged_at", "dip_mm", "water_mm", "tank_celsius"),
            *("density_reading", "sample_celsius", "instrument", "strapping_table"),
            *("total_observed_m3", "free_water_m3", "gross_observed_m3", "density_at_base", "vcf"),
            *("gross_standard_m3", "mass_kg", "standard", "vcf_decimals", "base", "mass_in", "is_void"),
        )


class GaugeSerializer(GaugeRowSerializer):
    acts = FuelActs()

    class Meta(GaugeRowSerializer.Meta):
        fields = (*GaugeRowSerializer.Meta.fields, "acts")


class GaugeAsked(Asked):
    """A tank as it was gauged: dip, water cut, temperature and sample."""

    site = serializers.CharField(help_text=_("Code of the site."))
    tank = serializers.CharField(help_text=_("Code of the tank at the site."))
    purpose = serializers.ChoiceField(choices=GaugePurpose.choices, required=False)
    gauged_at = Moment(required=False, help_text=_("Left out, it is now."))
    dip_mm = Figure(help_text=_("Of the surface."))
    water_mm = Figure(required=False, help_text=_("Of the water below the fuel; 0 when left out."))
    tank_celsius = Figure()
    density_reading = Figure(help_text=_("Of the sample, kg/m³, as it was read."))
    sample_celsius = Figure()
    instrument = serializers.ChoiceField(choices=DensityInstrument.choices, required=False)
    remark = serializers.CharField(required=False, allow_blank=True, max_length=400)

    def figures(self, *, user: User, at: datetime, document: Any = None) -> dict[str, Any]:
        given = {"gauged_at": at, **self.validated_data}
        codes = DocumentCodes(user)
        given["tank"] = codes.one(tanks_at(codes.site(given.pop("site"))), given["tank"], field="tank", by="tank_code")
        codes.raise_if_unknown()
        return given


class ReconciliationLineSerializer(serializers.ModelSerializer[TankReconciliationLine]):
    """One duty status.

    Opening + receipts + defuels ± transfers ± status changes ± adjustments − uplifts − samples − drains = book.
    """

    class Meta:
        model = TankReconciliationLine
        fields = (
            "customs_status",
            "opening_kg",
            "receipts_kg",
            "defuels_kg",
            "transfers_kg",
            "status_changes_kg",
            "adjustments_kg",
            "uplifts_kg",
            "samples_kg",
            "drains_kg",
            "book_kg",
            "gain_loss_kg",
        )


class TankLossSerializer(AssessedSerializer):
    """What of a bonded lot was lost beyond the tolerance, and the tax payable on it."""

    lot = coded("number")

    class Meta:
        model = TankLoss
        fields = ("row", "lot", "lost_mass_kg", "tolerated_mass_kg", "taxed_mass_kg", *ASSESSED_FIELDS, "rates_date")


class TankReconciliationRowSerializer(DocumentSerializer):
    """A tank reconciliation as a list has it: without its lines."""

    tank = serializers.CharField(source="tank.code", read_only=True)
    gauge = coded("number")
    rule = serializers.CharField(source="rule.name", read_only=True)
    rule_version = serializers.IntegerField(source="rule.version", read_only=True)
    explained_by = person()
    approved_by = person()

    class Meta:
        model = TankReconciliation
        fields: tuple[str, ...] = (
            *DOCUMENT_FIELDS,
            *("tank", "gauge", "begins_at", "ends_at", "rule", "rule_version"),
            *("book_kg", "physical_kg", "gain_loss_kg", "percent_of_issues", "percent_of_throughput"),
            *("explanation", "explained_by", "approved_by", "approved_at", "is_entered_for_customs"),
        )


class TankReconciliationSerializer(TankReconciliationRowSerializer):
    acts = FuelActs()
    lines = ReconciliationLineSerializer(many=True, read_only=True)
    losses = TankLossSerializer(many=True, read_only=True)
    posted_late_kg = serializers.SerializerMethodField(
        help_text=_("What was posted into the days before after they were reconciled; the opening has it already.")
    )

    class Meta(TankReconciliationRowSerializer.Meta):
        fields = (*TankReconciliationRowSerializer.Meta.fields, "posted_late_kg", "acts", "lines", "losses")

    def get_posted_late_kg(self, reconciliation: TankReconciliation) -> Decimal:
        return posted_late_kg(reconciliation)


class TankReconciliationAsked(Asked):
    """The closing gauge, and with it the tank and the moment."""

    gauge = serializers.CharField(help_text=_("Number of the gauge."))
    remark = serializers.CharField(required=False, allow_blank=True, max_length=400)

    def figures(self, *, user: User, at: datetime, document: Any = None) -> dict[str, Any]:
        given = dict(self.validated_data)
        codes = DocumentCodes(user)
        gauges = Gauge.objects.visible_to(user).select_related("tank__place__site__zone")  # type: ignore[attr-defined]
        given["gauge"] = codes.one(gauges, given["gauge"], field="gauge", by="number")
        codes.raise_if_unknown()
        return {**given, "tank": given["gauge"].tank}


class ExplainAsked(Asked):
    """What was found out about the difference; somebody else then approves it."""

    explanation = serializers.CharField(max_length=400)
